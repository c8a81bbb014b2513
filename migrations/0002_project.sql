-- Projects, the plan's mentions of them, and their milestones. Nothing is ever deleted.

-- +goose Up
-- What the web process may write is announced per transaction: app.write_scope is 'all', or a comma-separated list of
-- organisation ids. Unset means none, so a forgotten announcement writes nothing. The sub-select is evaluated once.
-- +goose StatementBegin
CREATE FUNCTION may_write(owner_organisation_id bigint) RETURNS boolean
    LANGUAGE sql STABLE AS $$
    SELECT coalesce(current_setting('app.write_scope', true), '') = 'all'
        OR owner_organisation_id::text = ANY (string_to_array(nullif(current_setting('app.write_scope', true), ''), ','))
$$;
-- +goose StatementEnd

CREATE TABLE project (
    id                    bigint GENERATED ALWAYS AS IDENTITY CONSTRAINT project_pk PRIMARY KEY,
    code                  text NOT NULL CONSTRAINT project_code_unique UNIQUE,
    name                  text NOT NULL CONSTRAINT project_name_length CHECK (char_length(name) BETWEEN 1 AND 200),
    initials              text NOT NULL DEFAULT '',
    category_code         text NOT NULL CONSTRAINT project_category_fk REFERENCES category,
    owner_organisation_id bigint NOT NULL CONSTRAINT project_owner_fk REFERENCES organisation,
    owner_provisional     boolean NOT NULL DEFAULT true,
    owner_rule            text NOT NULL DEFAULT '' CONSTRAINT project_owner_rule CHECK (owner_rule IN ('', 'stated', 'district', 'municipal')),
    stage                 text NOT NULL CONSTRAINT project_stage CHECK (stage IN ('conceived', 'reserve', 'preliminary', 'implementation', 'completed', 'transferred')),
    stage_provisional     boolean NOT NULL DEFAULT true,
    standing              text NOT NULL DEFAULT 'active' CONSTRAINT project_standing CHECK (standing IN ('active', 'paused', 'exited')),
    standing_reason       text NOT NULL DEFAULT '',
    standing_document     text NOT NULL DEFAULT '',
    standing_since        date,
    successor_code        text CONSTRAINT project_successor_fk REFERENCES project (code),
    target                text NOT NULL CONSTRAINT project_target CHECK (target IN ('completed', 'started', 'in_progress', 'preliminary', 'none')),
    construction_unit     text NOT NULL DEFAULT '' CONSTRAINT project_construction_unit_length CHECK (char_length(construction_unit) <= 200),
    national_code         text NOT NULL DEFAULT '',
    summary               text NOT NULL DEFAULT '' CONSTRAINT project_summary_length CHECK (char_length(summary) <= 4000),
    internal_note         text NOT NULL DEFAULT '' CONSTRAINT project_internal_note_length CHECK (char_length(internal_note) <= 4000),
    estimate              numeric(18, 2),
    estimate_missing      text NOT NULL DEFAULT 'not_filled',
    estimate_basis        text NOT NULL DEFAULT '',
    budget                numeric(18, 2),
    budget_missing        text NOT NULL DEFAULT 'not_filled',
    budget_basis          text NOT NULL DEFAULT '',
    final_account         numeric(18, 2),
    final_account_missing text NOT NULL DEFAULT 'not_filled',
    final_account_basis   text NOT NULL DEFAULT '',
    investment            numeric(18, 2) GENERATED ALWAYS AS (coalesce(final_account, budget, estimate)) STORED,
    slip_days             integer,
    catalogue_note        text NOT NULL DEFAULT '',
    version               bigint NOT NULL DEFAULT 1,
    created_at            timestamptz NOT NULL DEFAULT now(),
    updated_at            timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT project_standing_stated CHECK (standing = 'active' OR (standing_reason <> '' AND standing_since IS NOT NULL)),
    CONSTRAINT project_exit_documented CHECK (standing <> 'exited' OR standing_document <> ''),
    CONSTRAINT project_estimate_typed CHECK (estimate >= 0 AND estimate_missing = '' OR estimate IS NULL AND estimate_missing IN ('not_filled', 'not_applicable', 'withheld')),
    CONSTRAINT project_budget_typed CHECK (budget >= 0 AND budget_missing = '' OR budget IS NULL AND budget_missing IN ('not_filled', 'not_applicable', 'withheld')),
    CONSTRAINT project_final_account_typed CHECK (final_account >= 0 AND final_account_missing = '' OR final_account IS NULL AND final_account_missing IN ('not_filled', 'not_applicable', 'withheld')),
    CONSTRAINT project_estimate_basis CHECK (estimate_missing <> 'withheld' OR estimate_basis <> ''),
    CONSTRAINT project_budget_basis CHECK (budget_missing <> 'withheld' OR budget_basis <> ''),
    CONSTRAINT project_final_account_basis CHECK (final_account_missing <> 'withheld' OR final_account_basis <> '')
);
CREATE UNIQUE INDEX project_national_code_unique ON project (national_code) WHERE national_code <> '';
CREATE INDEX project_owner ON project (owner_organisation_id);
CREATE INDEX project_category ON project (category_code);
CREATE INDEX project_stage_order ON project (stage, id);
CREATE INDEX project_updated ON project (updated_at DESC, id DESC);

CREATE TABLE project_district (
    project_id    bigint NOT NULL CONSTRAINT project_district_project_fk REFERENCES project,
    district_code text NOT NULL CONSTRAINT project_district_district_fk REFERENCES district,
    CONSTRAINT project_district_pk PRIMARY KEY (project_id, district_code)
);
CREATE INDEX project_district_by_district ON project_district (district_code, project_id);

CREATE TABLE plan_mention (
    project_id    bigint NOT NULL CONSTRAINT plan_mention_project_fk REFERENCES project,
    column_number integer NOT NULL CONSTRAINT plan_mention_column_fk REFERENCES plan_column,
    ordinal       integer NOT NULL,
    group_name    text NOT NULL,
    name          text NOT NULL,
    commitment    text NOT NULL CONSTRAINT plan_mention_commitment_fk REFERENCES commitment,
    target        text NOT NULL CONSTRAINT plan_mention_target CHECK (target IN ('completed', 'started', 'in_progress', 'preliminary', 'none')),
    CONSTRAINT plan_mention_pk PRIMARY KEY (column_number, ordinal)
);
CREATE INDEX plan_mention_by_project ON plan_mention (project_id);
CREATE INDEX plan_mention_by_commitment ON plan_mention (commitment, project_id);

CREATE TABLE milestone (
    id                         bigint GENERATED ALWAYS AS IDENTITY CONSTRAINT milestone_pk PRIMARY KEY,
    project_id                 bigint NOT NULL CONSTRAINT milestone_project_fk REFERENCES project,
    kind                       text NOT NULL CONSTRAINT milestone_kind CHECK (kind IN ('proposal', 'feasibility', 'land', 'design', 'budget', 'permit', 'start', 'structure', 'acceptance', 'operation', 'accounts', 'transfer', 'plan_commitment', 'other')),
    name                       text NOT NULL CONSTRAINT milestone_name_length CHECK (char_length(name) BETWEEN 1 AND 120),
    baseline                   date,
    baseline_precision         text CONSTRAINT milestone_baseline_precision CHECK (baseline_precision IN ('day', 'month', 'quarter', 'year')),
    current_baseline           date,
    current_baseline_precision text CONSTRAINT milestone_current_baseline_precision CHECK (current_baseline_precision IN ('day', 'month', 'quarter', 'year')),
    baseline_locked            boolean NOT NULL DEFAULT false,
    forecast                   date,
    forecast_precision         text CONSTRAINT milestone_forecast_precision CHECK (forecast_precision IN ('day', 'month', 'quarter', 'year')),
    actual                     date,
    reason_code                text NOT NULL DEFAULT '' CONSTRAINT milestone_reason CHECK (reason_code IN ('', 'land', 'demolition', 'funding', 'approval', 'design', 'construction', 'utilities', 'weather', 'policy', 'other')),
    reason_text                text NOT NULL DEFAULT '' CONSTRAINT milestone_reason_length CHECK (char_length(reason_text) <= 2000),
    version                    bigint NOT NULL DEFAULT 1,
    created_at                 timestamptz NOT NULL DEFAULT now(),
    updated_at                 timestamptz NOT NULL DEFAULT now(),
    updated_by                 text NOT NULL DEFAULT '',
    CONSTRAINT milestone_baseline_whole CHECK ((baseline IS NULL) = (baseline_precision IS NULL)),
    CONSTRAINT milestone_current_baseline_whole CHECK ((current_baseline IS NULL) = (current_baseline_precision IS NULL)),
    CONSTRAINT milestone_forecast_whole CHECK ((forecast IS NULL) = (forecast_precision IS NULL)),
    CONSTRAINT milestone_both_baselines CHECK ((baseline IS NULL) = (current_baseline IS NULL))
);
CREATE INDEX milestone_by_project ON milestone (project_id);
CREATE UNIQUE INDEX milestone_one_commitment ON milestone (project_id) WHERE kind = 'plan_commitment';

-- The original baseline is written once. The second wall for a rule that the domain states first.
-- +goose StatementBegin
CREATE FUNCTION milestone_keep_baseline() RETURNS trigger
    LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.baseline IS NOT NULL AND NEW.baseline IS DISTINCT FROM OLD.baseline THEN
        RAISE EXCEPTION 'the original baseline is never overwritten'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'milestone_baseline_kept';
    END IF;
    RETURN NEW;
END $$;
-- +goose StatementEnd
CREATE TRIGGER milestone_keep_baseline BEFORE UPDATE ON milestone
    FOR EACH ROW EXECUTE FUNCTION milestone_keep_baseline();

-- Every change of stage or standing, with what it rested on.
CREATE TABLE stage_change (
    id          bigint GENERATED ALWAYS AS IDENTITY CONSTRAINT stage_change_pk PRIMARY KEY,
    project_id  bigint NOT NULL CONSTRAINT stage_change_project_fk REFERENCES project,
    from_stage  text NOT NULL,
    to_stage    text NOT NULL,
    reason      text NOT NULL CONSTRAINT stage_change_reason CHECK (reason <> ''),
    evidence    text NOT NULL,
    decided_by  text NOT NULL,
    decided_at  timestamptz NOT NULL
);
CREATE INDEX stage_change_by_project ON stage_change (project_id, decided_at);

-- Row security binds writes only: reads stay on the explicit scopes of the queries, because a policy on SELECT would
-- keep the planner from the text indexes.
ALTER TABLE project ENABLE ROW LEVEL SECURITY;
CREATE POLICY project_select ON project FOR SELECT USING (true);
CREATE POLICY project_update ON project FOR UPDATE TO zhongda_app USING (may_write(owner_organisation_id)) WITH CHECK (may_write(owner_organisation_id));

ALTER TABLE milestone ENABLE ROW LEVEL SECURITY;
CREATE POLICY milestone_select ON milestone FOR SELECT USING (true);
CREATE POLICY milestone_insert ON milestone FOR INSERT TO zhongda_app
    WITH CHECK (EXISTS (SELECT FROM project p WHERE p.id = project_id AND may_write(p.owner_organisation_id)));
CREATE POLICY milestone_update ON milestone FOR UPDATE TO zhongda_app
    USING (EXISTS (SELECT FROM project p WHERE p.id = project_id AND may_write(p.owner_organisation_id)));

ALTER TABLE stage_change ENABLE ROW LEVEL SECURITY;
CREATE POLICY stage_change_select ON stage_change FOR SELECT USING (true);
CREATE POLICY stage_change_insert ON stage_change FOR INSERT TO zhongda_app
    WITH CHECK (EXISTS (SELECT FROM project p WHERE p.id = project_id AND may_write(p.owner_organisation_id)));

GRANT SELECT ON project, project_district, plan_mention, milestone, stage_change TO zhongda_app;
GRANT UPDATE (owner_organisation_id, owner_provisional, owner_rule, stage, stage_provisional, standing, standing_reason,
              standing_document, standing_since, successor_code, construction_unit, national_code, summary, internal_note,
              estimate, estimate_missing, estimate_basis, budget, budget_missing, budget_basis,
              final_account, final_account_missing, final_account_basis, slip_days, version, updated_at)
    ON project TO zhongda_app;
GRANT INSERT ON milestone, stage_change TO zhongda_app;
GRANT UPDATE (name, baseline, baseline_precision, current_baseline, current_baseline_precision, forecast,
              forecast_precision, actual, reason_code, reason_text, version, updated_at, updated_by)
    ON milestone TO zhongda_app;

-- +goose Down
DROP TABLE stage_change, milestone, plan_mention, project_district, project;
DROP FUNCTION milestone_keep_baseline, may_write;
