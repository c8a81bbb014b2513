-- The append-only record. The web process may add to it and read it, nothing else.

-- +goose Up
CREATE TABLE audit_record (
    id                 bigint GENERATED ALWAYS AS IDENTITY CONSTRAINT audit_record_pk PRIMARY KEY,
    at                 timestamptz NOT NULL,
    actor_id           bigint,
    actor              text NOT NULL,
    actor_organisation text NOT NULL,
    address            text NOT NULL,
    request_id         text NOT NULL,
    request            text NOT NULL DEFAULT '',
    action             text NOT NULL,
    object_kind        text NOT NULL,
    object_id          bigint,
    project_id         bigint,
    result             text NOT NULL CONSTRAINT audit_record_result CHECK (result IN ('done', 'refused', 'failed')),
    reason             text NOT NULL,
    before             jsonb,
    after              jsonb
);
CREATE INDEX audit_record_by_project ON audit_record (project_id, id DESC) WHERE project_id IS NOT NULL;
CREATE INDEX audit_record_by_actor ON audit_record (actor, id DESC);
CREATE INDEX audit_record_by_time ON audit_record (at);

-- +goose StatementBegin
CREATE FUNCTION audit_record_is_final() RETURNS trigger
    LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'audit records are final' USING ERRCODE = 'insufficient_privilege', CONSTRAINT = 'audit_record_final';
END $$;
-- +goose StatementEnd
CREATE TRIGGER audit_record_is_final BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_record
    FOR EACH STATEMENT EXECUTE FUNCTION audit_record_is_final();

GRANT SELECT, INSERT ON audit_record TO zhongda_app;

-- +goose Down
DROP TABLE audit_record;
DROP FUNCTION audit_record_is_final;
