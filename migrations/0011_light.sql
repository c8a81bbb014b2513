-- The three lights: what the published rule says, what the owner says, what the Commission says.

-- +goose Up
-- Every version of the rule that was ever published. None is changed; on any day the newest one valid by then applies.
CREATE TABLE light_rule (
    version       integer CONSTRAINT light_rule_pk PRIMARY KEY,
    valid_from    date NOT NULL,
    behind_yellow numeric(4, 1) NOT NULL CONSTRAINT light_rule_behind_yellow CHECK (behind_yellow > 0),
    behind_red    numeric(4, 1) NOT NULL CONSTRAINT light_rule_behind_red CHECK (behind_red BETWEEN behind_yellow AND 100),
    start_yellow  integer NOT NULL CONSTRAINT light_rule_start_yellow CHECK (start_yellow >= 0),
    start_red     integer NOT NULL CONSTRAINT light_rule_start_red CHECK (start_red > start_yellow AND start_red <= 60),
    missed_yellow integer NOT NULL CONSTRAINT light_rule_missed_yellow CHECK (missed_yellow >= 1),
    missed_red    integer NOT NULL CONSTRAINT light_rule_missed_red CHECK (missed_red BETWEEN missed_yellow AND 12),
    note          text NOT NULL CONSTRAINT light_rule_note CHECK (char_length(note) BETWEEN 1 AND 1000),
    published_by  text NOT NULL,
    published_at  timestamptz NOT NULL DEFAULT now()
);
-- Progress 10 to 30 points behind is yellow, more is red; a start is yellow the day after it was due and red three months
-- later; one missed report is yellow, two are red.
INSERT INTO light_rule (version, valid_from, behind_yellow, behind_red, start_yellow, start_red, missed_yellow, missed_red, note, published_by)
VALUES (1, '2000-01-01', 10, 30, 0, 3, 1, 2, '初始规则', 'system');

-- The lights beside the project, for lists. reviewer_saw is the pair of lights that the reviewer's word is about: while
-- rule and owner still say the same, the disagreement is settled.
ALTER TABLE project
    ADD COLUMN rule_light         text NOT NULL DEFAULT '' CONSTRAINT project_rule_light CHECK (rule_light IN ('', 'green', 'yellow', 'red', 'grey', 'completed', 'paused', 'exited')),
    ADD COLUMN rule_light_version integer CONSTRAINT project_rule_light_version_fk REFERENCES light_rule,
    ADD COLUMN rule_light_at      timestamptz,
    ADD COLUMN verdict            jsonb,
    ADD COLUMN reviewer_light     text NOT NULL DEFAULT '' CONSTRAINT project_reviewer_light CHECK (reviewer_light IN ('', 'green', 'yellow', 'red')),
    ADD COLUMN reviewer_text      text NOT NULL DEFAULT '' CONSTRAINT project_reviewer_text_length CHECK (char_length(reviewer_text) <= 1000),
    ADD COLUMN reviewer_light_by  text NOT NULL DEFAULT '',
    ADD COLUMN reviewer_light_at  timestamptz,
    ADD COLUMN reviewer_saw       text NOT NULL DEFAULT '',
    ADD CONSTRAINT project_verdict_whole CHECK ((rule_light = '') = (verdict IS NULL) AND (rule_light = '') = (rule_light_at IS NULL) AND (rule_light = '') = (rule_light_version IS NULL)),
    ADD CONSTRAINT project_reviewer_light_explained CHECK (reviewer_light = '' OR (reviewer_text <> '' AND reviewer_light_by <> '' AND reviewer_light_at IS NOT NULL));

-- Every change of a light, and what it rested on.
CREATE TABLE light_change (
    id           bigint GENERATED ALWAYS AS IDENTITY CONSTRAINT light_change_pk PRIMARY KEY,
    project_id   bigint NOT NULL CONSTRAINT light_change_project_fk REFERENCES project,
    changed_at   timestamptz NOT NULL,
    kind         text NOT NULL CONSTRAINT light_change_kind CHECK (kind IN ('rule', 'owner', 'reviewer')),
    from_light   text NOT NULL,
    to_light     text NOT NULL,
    changed_by   text NOT NULL CONSTRAINT light_change_by CHECK ((kind = 'rule') = (changed_by = '')),
    words        text NOT NULL,
    rule_version integer CONSTRAINT light_change_rule_version_fk REFERENCES light_rule,
    clauses      jsonb,
    CONSTRAINT light_change_explained CHECK ((kind = 'rule') = (clauses IS NOT NULL) AND (kind = 'rule') = (rule_version IS NOT NULL))
);
CREATE INDEX light_change_by_project ON light_change (project_id, changed_at DESC, id DESC);

ALTER TABLE light_change ENABLE ROW LEVEL SECURITY;
CREATE POLICY light_change_select ON light_change FOR SELECT USING (true);
CREATE POLICY light_change_insert ON light_change FOR INSERT TO zhongda_app
    WITH CHECK (EXISTS (SELECT FROM project p WHERE p.id = project_id AND may_write(p.owner_organisation_id)));

GRANT SELECT, INSERT ON light_rule, light_change TO zhongda_app;
GRANT UPDATE (rule_light, rule_light_version, rule_light_at, verdict,
              reviewer_light, reviewer_text, reviewer_light_by, reviewer_light_at, reviewer_saw)
    ON project TO zhongda_app;

-- The lights of a past day are those of its versions.
SELECT keep_versions_of('project');
SELECT keep_versions_of('light_change');

-- +goose Down
ALTER TABLE project DROP CONSTRAINT project_verdict_whole, DROP CONSTRAINT project_reviewer_light_explained,
    DROP COLUMN rule_light, DROP COLUMN rule_light_version, DROP COLUMN rule_light_at, DROP COLUMN verdict,
    DROP COLUMN reviewer_light, DROP COLUMN reviewer_text, DROP COLUMN reviewer_light_by, DROP COLUMN reviewer_light_at,
    DROP COLUMN reviewer_saw;
SELECT keep_versions_of('project');
DROP TABLE light_change, light_rule;
DROP VIEW as_of.light_change;
DROP TABLE history.light_change;
DROP FUNCTION history.keep_light_change;
