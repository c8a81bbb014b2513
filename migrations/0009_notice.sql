-- Notices to people, the e-mail that carries them, and the runs of background jobs.

-- +goose Up
ALTER TABLE app_user
    ADD COLUMN email      text NOT NULL DEFAULT ''
        CONSTRAINT app_user_email_form CHECK (email = '' OR (char_length(email) <= 254 AND email ~ '^[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+$')),
    ADD COLUMN mail_habit text NOT NULL DEFAULT 'digest'
        CONSTRAINT app_user_mail_habit CHECK (mail_habit IN ('immediate', 'digest', 'none'));

-- One row for each person told. The occasion says when the same thing is told anew: the version of a report, a day.
CREATE TABLE notice (
    id           bigint GENERATED ALWAYS AS IDENTITY CONSTRAINT notice_pk PRIMARY KEY,
    recipient_id bigint NOT NULL CONSTRAINT notice_recipient_fk REFERENCES app_user,
    kind         text NOT NULL CONSTRAINT notice_kind CHECK (kind ~ '^[a-z_]{1,40}$'),
    project_id   bigint CONSTRAINT notice_project_fk REFERENCES project,
    object_kind  text NOT NULL,
    object_id    bigint NOT NULL,
    occasion     text NOT NULL CONSTRAINT notice_occasion CHECK (occasion <> ''),
    params       jsonb NOT NULL,
    actor        text NOT NULL,
    at           timestamptz NOT NULL,
    read_at      timestamptz,
    CONSTRAINT notice_once UNIQUE (recipient_id, kind, object_kind, object_id, occasion)
);
CREATE INDEX notice_inbox ON notice (recipient_id, id DESC);
CREATE INDEX notice_by_object ON notice (object_kind, object_id, kind);
CREATE INDEX notice_unread ON notice (recipient_id, id DESC) WHERE read_at IS NULL;

-- A letter is written in the transaction of what it tells, and sent afterwards.
CREATE TABLE mail (
    id           bigint GENERATED ALWAYS AS IDENTITY CONSTRAINT mail_pk PRIMARY KEY,
    recipient_id bigint NOT NULL CONSTRAINT mail_recipient_fk REFERENCES app_user,
    occasion     text NOT NULL,
    address      text NOT NULL,
    subject      text NOT NULL,
    body         text NOT NULL,
    queued_at    timestamptz NOT NULL,
    next_at      timestamptz NOT NULL,
    attempts     integer NOT NULL DEFAULT 0,
    sent_at      timestamptz,
    abandoned_at timestamptz,
    error        text NOT NULL DEFAULT '',
    CONSTRAINT mail_once UNIQUE (recipient_id, occasion),
    CONSTRAINT mail_one_end CHECK (sent_at IS NULL OR abandoned_at IS NULL)
);
CREATE INDEX mail_waiting ON mail (next_at, id) WHERE sent_at IS NULL AND abandoned_at IS NULL;

-- One row for each occasion of a job, whichever process takes it. Attempts tells the runs of one occasion apart.
CREATE TABLE job_run (
    name        text NOT NULL,
    occasion    text NOT NULL,
    attempts    integer NOT NULL DEFAULT 1,
    started_at  timestamptz NOT NULL,
    lease_until timestamptz NOT NULL,
    ended_at    timestamptz,
    result      text NOT NULL DEFAULT '',
    error       text NOT NULL DEFAULT '',
    CONSTRAINT job_run_pk PRIMARY KEY (name, occasion)
);

ALTER TABLE notice ENABLE ROW LEVEL SECURITY;
CREATE POLICY notice_select ON notice FOR SELECT USING (true);
CREATE POLICY notice_insert ON notice FOR INSERT TO zhongda_app
    WITH CHECK (project_id IS NULL OR EXISTS (SELECT FROM project p WHERE p.id = project_id AND may_write(p.owner_organisation_id)));
-- Only the person told may mark it read.
CREATE POLICY notice_update ON notice FOR UPDATE TO zhongda_app
    USING (recipient_id::text = current_setting('app.recipient', true));

GRANT SELECT, INSERT ON notice, mail, job_run TO zhongda_app;
GRANT UPDATE (read_at) ON notice TO zhongda_app;
GRANT UPDATE (next_at, attempts, sent_at, abandoned_at, error) ON mail TO zhongda_app;
GRANT UPDATE (attempts, started_at, lease_until, ended_at, result, error) ON job_run TO zhongda_app;

-- +goose Down
DROP TABLE job_run, mail, notice;
ALTER TABLE app_user DROP COLUMN email, DROP COLUMN mail_habit;
