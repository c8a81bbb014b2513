-- Attachments: files that bear a project out. The bytes lie beside the records, so that one backup holds both and a file
-- comes and stays with the act that brought it.

-- +goose Up
CREATE TABLE attachment (
    id         bigint GENERATED ALWAYS AS IDENTITY CONSTRAINT attachment_pk PRIMARY KEY,
    project_id bigint NOT NULL CONSTRAINT attachment_project_fk REFERENCES project,
    name       text NOT NULL CONSTRAINT attachment_name_length CHECK (char_length(name) BETWEEN 1 AND 200),
    kind       text NOT NULL CONSTRAINT attachment_kind CHECK (kind IN ('pdf', 'jpg', 'png', 'docx', 'xlsx', 'ofd')),
    size       integer NOT NULL CONSTRAINT attachment_size CHECK (size BETWEEN 1 AND 20971520),
    sha256     text NOT NULL,
    bytes      bytea NOT NULL,
    created_by text NOT NULL,
    created_at timestamptz NOT NULL,
    CONSTRAINT attachment_whole CHECK (size = octet_length(bytes) AND sha256 = encode(sha256(bytes), 'hex')),
    CONSTRAINT attachment_unique UNIQUE (project_id, sha256)
);
-- The kinds are compressed already; kept plain, a part is read without the rest.
ALTER TABLE attachment ALTER COLUMN bytes SET STORAGE EXTERNAL;

ALTER TABLE attachment ENABLE ROW LEVEL SECURITY;
CREATE POLICY attachment_select ON attachment FOR SELECT USING (true);
CREATE POLICY attachment_insert ON attachment FOR INSERT TO zhongda_app
    WITH CHECK (EXISTS (SELECT FROM project p WHERE p.id = project_id AND may_write(p.owner_organisation_id)));

GRANT SELECT, INSERT ON attachment TO zhongda_app;

-- +goose Down
DROP TABLE attachment;
