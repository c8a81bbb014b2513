-- Annual investment plans, templates of milestones, and the phases of a project.

-- +goose Up
CREATE TABLE investment_plan (
    id                bigint GENERATED ALWAYS AS IDENTITY CONSTRAINT investment_plan_pk PRIMARY KEY,
    project_id        bigint NOT NULL CONSTRAINT investment_plan_project_fk REFERENCES project,
    year              integer NOT NULL CONSTRAINT investment_plan_year CHECK (year BETWEEN 2000 AND 2100),
    revision          integer NOT NULL CONSTRAINT investment_plan_revision CHECK (revision >= 1),
    reason            text NOT NULL DEFAULT '' CONSTRAINT investment_plan_reason CHECK (revision = 1 OR reason <> ''),
    planned           numeric(18, 2),
    planned_missing   text NOT NULL,
    planned_basis     text NOT NULL,
    central_budget    numeric(18, 2) NOT NULL DEFAULT 0,
    special_bond      numeric(18, 2) NOT NULL DEFAULT 0,
    municipal_finance numeric(18, 2) NOT NULL DEFAULT 0,
    district_finance  numeric(18, 2) NOT NULL DEFAULT 0,
    enterprise        numeric(18, 2) NOT NULL DEFAULT 0,
    loan              numeric(18, 2) NOT NULL DEFAULT 0,
    other             numeric(18, 2) NOT NULL DEFAULT 0,
    drafted_by        text NOT NULL,
    updated_by        text NOT NULL,
    updated_at        timestamptz NOT NULL,
    confirmed_by      text NOT NULL DEFAULT '',
    confirmed_at      timestamptz,
    version           bigint NOT NULL DEFAULT 1,
    CONSTRAINT investment_plan_unique UNIQUE (project_id, year, revision),
    CONSTRAINT investment_plan_typed CHECK (planned >= 0 AND planned_missing = '' OR planned IS NULL AND planned_missing IN ('not_applicable', 'withheld')),
    CONSTRAINT investment_plan_basis CHECK (planned_missing <> 'withheld' OR planned_basis <> ''),
    CONSTRAINT investment_plan_sources CHECK (least(central_budget, special_bond, municipal_finance, district_finance, enterprise, loan, other) >= 0),
    CONSTRAINT investment_plan_funding CHECK (central_budget + special_bond + municipal_finance + district_finance + enterprise + loan + other <= coalesce(planned, 0)),
    CONSTRAINT investment_plan_confirmation CHECK ((confirmed_by = '') = (confirmed_at IS NULL)),
    CONSTRAINT investment_plan_four_eyes CHECK (confirmed_by = '' OR confirmed_by NOT IN (drafted_by, updated_by))
);
-- One thing at a time: a year has at most one revision that nobody confirmed yet.
CREATE UNIQUE INDEX investment_plan_one_open ON investment_plan (project_id, year) WHERE confirmed_by = '';
CREATE INDEX investment_plan_in_effect ON investment_plan (year, project_id, revision DESC) WHERE confirmed_by <> '';

-- A confirmed plan is frozen; a revision is another row.
-- +goose StatementBegin
CREATE FUNCTION investment_plan_keep_confirmed() RETURNS trigger
    LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.confirmed_by <> '' THEN
        RAISE EXCEPTION 'a confirmed plan is frozen' USING ERRCODE = 'check_violation', CONSTRAINT = 'investment_plan_frozen';
    END IF;
    RETURN NEW;
END $$;
-- +goose StatementEnd
CREATE TRIGGER investment_plan_keep_confirmed BEFORE UPDATE ON investment_plan
    FOR EACH ROW EXECUTE FUNCTION investment_plan_keep_confirmed();

ALTER TABLE investment_plan ENABLE ROW LEVEL SECURITY;
CREATE POLICY investment_plan_select ON investment_plan FOR SELECT USING (true);
CREATE POLICY investment_plan_insert ON investment_plan FOR INSERT TO zhongda_app
    WITH CHECK (EXISTS (SELECT FROM project p WHERE p.id = project_id AND may_write(p.owner_organisation_id)));
CREATE POLICY investment_plan_update ON investment_plan FOR UPDATE TO zhongda_app
    USING (EXISTS (SELECT FROM project p WHERE p.id = project_id AND may_write(p.owner_organisation_id)));
GRANT SELECT, INSERT ON investment_plan TO zhongda_app;
GRANT UPDATE (planned, planned_missing, planned_basis, central_budget, special_bond, municipal_finance, district_finance,
              enterprise, loan, other, updated_by, updated_at, confirmed_by, confirmed_at, version)
    ON investment_plan TO zhongda_app;
SELECT keep_versions_of('investment_plan');

-- A project built in phases (一期、二期) groups its milestones by them.
ALTER TABLE milestone ADD COLUMN phase text NOT NULL DEFAULT '' CONSTRAINT milestone_phase_length CHECK (char_length(phase) <= 40);
GRANT UPDATE (phase) ON milestone TO zhongda_app;
SELECT keep_versions_of('milestone');

-- What projects of a kind pass, in days before and after the start of construction. Rough experience values that a city
-- replaces by its own; categories are codes of the catalogue's first level.
CREATE TABLE milestone_template (
    code       text NOT NULL CONSTRAINT milestone_template_pk PRIMARY KEY,
    name       text NOT NULL,
    name_en    text NOT NULL,
    categories text[] NOT NULL,
    anchor     text NOT NULL
);
CREATE TABLE milestone_template_step (
    template_code text NOT NULL CONSTRAINT milestone_template_step_template_fk REFERENCES milestone_template,
    kind          text NOT NULL,
    name          text NOT NULL,
    name_en       text NOT NULL,
    offset_days   integer NOT NULL,
    CONSTRAINT milestone_template_step_pk PRIMARY KEY (template_code, kind)
);
INSERT INTO milestone_template VALUES
    ('corridor', '线性工程（轨道、道路、管廊、输电）', 'Linear works (rail, roads, utility tunnels, power lines)', '{transport,energy}', 'start'),
    ('water', '水务工程', 'Water works', '{water,ocean}', 'start'),
    ('building', '公共建筑', 'Public buildings', '{education,health,culture,city,service}', 'start'),
    ('industry', '产业与科研设施', 'Industrial and research facilities', '{industry,digital,science}', 'start');
INSERT INTO milestone_template_step
    SELECT template, kind, name, name_en, days FROM (VALUES
        ('proposal', '项目建议书批复', 'Proposal approved', -1080, -900, -720, -540),
        ('feasibility', '可行性研究报告批复', 'Feasibility study approved', -720, -600, -480, -360),
        ('land', '用地落实', 'Land secured', -360, -300, -270, -240),
        ('design', '初步设计批复', 'Preliminary design approved', -300, -240, -210, -180),
        ('budget', '概算批复', 'Budget approved', -240, -180, -150, -120),
        ('permit', '施工许可', 'Construction permit', -30, -30, -30, -30),
        ('start', '开工', 'Construction starts', 0, 0, 0, 0),
        ('structure', '主体完工', 'Main structure complete', 1260, 720, 540, 420),
        ('acceptance', '竣工验收', 'Completion accepted', 1640, 900, 820, 600),
        ('operation', '投入使用', 'In operation', 1700, 960, 900, 660),
        ('accounts', '竣工决算批复', 'Final account approved', 2065, 1265, 1185, 965),
        ('transfer', '转固', 'Transferred to fixed assets', 2155, 1355, 1275, 1055)
    ) AS step (kind, name, name_en, corridor, water, building, industry),
    LATERAL (VALUES ('corridor', corridor), ('water', water), ('building', building), ('industry', industry)) AS given (template, days);
GRANT SELECT ON milestone_template, milestone_template_step TO zhongda_app;

-- +goose Down
DROP TABLE milestone_template_step, milestone_template;
ALTER TABLE milestone DROP COLUMN phase;
SELECT keep_versions_of('milestone');
DROP VIEW as_of.investment_plan;
DROP TABLE investment_plan, history.investment_plan;
DROP FUNCTION investment_plan_keep_confirmed, history.keep_investment_plan;
