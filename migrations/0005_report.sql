-- Monthly reports. A report is one period of one project; a correction is its next revision.

-- +goose Up
CREATE TABLE report_cycle (
    stage   text NOT NULL CONSTRAINT report_cycle_pk PRIMARY KEY
            CONSTRAINT report_cycle_stage CHECK (stage IN ('conceived', 'reserve', 'preliminary', 'implementation', 'completed', 'transferred')),
    months  integer NOT NULL CONSTRAINT report_cycle_months CHECK (months IN (0, 1, 3, 6, 12)),
    due_day integer NOT NULL CONSTRAINT report_cycle_due_day CHECK (due_day BETWEEN 1 AND 28)
);
-- Under construction monthly, before that quarterly, until the asset is transferred half-yearly, then no more.
INSERT INTO report_cycle (stage, months, due_day) VALUES
    ('conceived', 3, 6), ('reserve', 3, 6), ('preliminary', 3, 6), ('implementation', 1, 6), ('completed', 6, 6), ('transferred', 0, 6);

CREATE TABLE report (
    id                bigint GENERATED ALWAYS AS IDENTITY CONSTRAINT report_pk PRIMARY KEY,
    project_id        bigint NOT NULL CONSTRAINT report_project_fk REFERENCES project,
    period            date NOT NULL CONSTRAINT report_period_is_a_month CHECK (extract(day FROM period) = 1),
    revision          integer NOT NULL CONSTRAINT report_revision CHECK (revision >= 1),
    correction_reason text NOT NULL DEFAULT '' CONSTRAINT report_correction_reason CHECK (revision = 1 OR correction_reason <> ''),
    state             text NOT NULL CONSTRAINT report_state CHECK (state IN ('draft', 'submitted', 'returned', 'approved')),
    content           jsonb NOT NULL,
    content_hash      text NOT NULL,
    due               date NOT NULL,
    version           bigint NOT NULL DEFAULT 1,
    drafted_by        text NOT NULL,
    submitted_by      text NOT NULL DEFAULT '',
    submitted_at      timestamptz,
    decided_by        text NOT NULL DEFAULT '',
    decided_at        timestamptz,
    comment           text NOT NULL DEFAULT '',
    updated_at        timestamptz NOT NULL,
    updated_by        text NOT NULL,
    CONSTRAINT report_one_per_period UNIQUE (project_id, period, revision),
    CONSTRAINT report_submission CHECK (state IN ('draft', 'returned') OR (submitted_by <> '' AND submitted_at IS NOT NULL)),
    CONSTRAINT report_decision CHECK (state NOT IN ('returned', 'approved') OR (decided_by <> '' AND decided_at IS NOT NULL)),
    CONSTRAINT report_return_commented CHECK (state <> 'returned' OR comment <> ''),
    CONSTRAINT report_four_eyes CHECK (decided_by = '' OR decided_by NOT IN (drafted_by, submitted_by) AND (state <> 'approved' OR decided_by <> updated_by))
);
-- One thing at a time: a project has at most one report that is not approved yet.
CREATE UNIQUE INDEX report_one_open ON report (project_id) WHERE state <> 'approved';
CREATE INDEX report_waiting ON report (submitted_at, id) WHERE state = 'submitted';
CREATE INDEX report_by_project ON report (project_id, period DESC, revision DESC);

-- An approved report is a frozen snapshot; a correction is another row.
-- +goose StatementBegin
CREATE FUNCTION report_keep_approved() RETURNS trigger
    LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.state = 'approved' THEN
        RAISE EXCEPTION 'an approved report is frozen' USING ERRCODE = 'check_violation', CONSTRAINT = 'report_frozen';
    END IF;
    RETURN NEW;
END $$;
-- +goose StatementEnd
CREATE TRIGGER report_keep_approved BEFORE UPDATE ON report
    FOR EACH ROW EXECUTE FUNCTION report_keep_approved();

-- What the last approved report said, beside the project for lists: the whole report is one join away.
ALTER TABLE project
    ADD COLUMN progress        numeric(4, 1) CONSTRAINT project_progress CHECK (progress BETWEEN 0 AND 100),
    ADD COLUMN reported_period date,
    ADD COLUMN owner_light     text NOT NULL DEFAULT '' CONSTRAINT project_owner_light CHECK (owner_light IN ('', 'green', 'yellow', 'red'));

ALTER TABLE report ENABLE ROW LEVEL SECURITY;
CREATE POLICY report_select ON report FOR SELECT USING (true);
CREATE POLICY report_insert ON report FOR INSERT TO zhongda_app
    WITH CHECK (EXISTS (SELECT FROM project p WHERE p.id = project_id AND may_write(p.owner_organisation_id)));
CREATE POLICY report_update ON report FOR UPDATE TO zhongda_app
    USING (EXISTS (SELECT FROM project p WHERE p.id = project_id AND may_write(p.owner_organisation_id)));

GRANT SELECT ON report_cycle TO zhongda_app;
GRANT SELECT, INSERT ON report TO zhongda_app;
GRANT UPDATE (state, content, content_hash, version, submitted_by, submitted_at, decided_by, decided_at, comment, updated_at, updated_by)
    ON report TO zhongda_app;
GRANT UPDATE (progress, reported_period, owner_light) ON project TO zhongda_app;

-- +goose Down
ALTER TABLE project DROP COLUMN progress, DROP COLUMN reported_period, DROP COLUMN owner_light;
DROP TABLE report, report_cycle;
DROP FUNCTION report_keep_approved;
