-- Requests of the owners, the decisions of the Commission with their numbers, and who carries on for whom.

-- +goose Up
-- The checklist of each gate is data: what an approval chain asks for differs from place to place. Requests keep the
-- lines they were opened with.
CREATE TABLE gate_item (
    from_stage     text NOT NULL CONSTRAINT gate_item_stage CHECK (from_stage IN ('conceived', 'reserve', 'preliminary', 'implementation', 'completed')),
    ordinal        integer NOT NULL,
    code           text NOT NULL CONSTRAINT gate_item_code CHECK (code ~ '^[a-z_]+$'),
    name           text NOT NULL,
    name_en        text NOT NULL,
    required       boolean NOT NULL,
    evidence       boolean NOT NULL,
    explanation    text NOT NULL,
    explanation_en text NOT NULL,
    CONSTRAINT gate_item_pk PRIMARY KEY (from_stage, code),
    CONSTRAINT gate_item_order UNIQUE (from_stage, ordinal)
);
INSERT INTO gate_item VALUES
    ('conceived', 1, 'plan_basis', '规划依据', 'Basis in a plan', true, true, '写明项目所依据的规划、纲要或会议决定。', 'Name the plan, outline or resolution the project rests on.'),
    ('conceived', 2, 'owner', '责任单位与建设单位明确', 'Owner and construction unit named', true, false, '责任单位已确认，建设单位已确定或已有意向。', 'The owner is confirmed, the construction unit chosen or intended.'),
    ('conceived', 3, 'proposal_draft', '项目建议书', 'Project proposal', true, true, '项目建议书已编制完成；企业投资项目以项目申请报告或备案材料代替。', 'The proposal is drawn up; for a company''s project its application or filing takes the place.'),
    ('conceived', 4, 'entry_review', '入库审核', 'Review for the reserve', true, true, '发展改革部门对必要性、建设内容和规模的入库审核意见。', 'The reviewing opinion on need, content and size.'),
    ('reserve', 1, 'proposal', '项目建议书批复', 'Approval of the proposal', true, true, '企业投资项目不适用的，写明核准或备案情况。', 'Where it does not apply to a company''s project, say how it was authorised or filed.'),
    ('reserve', 2, 'site', '选址初步意见', 'First opinion on the site', true, true, '规划和自然资源部门对选址、选线的初步意见。', 'The planning authority''s first opinion on site or route.'),
    ('reserve', 3, 'preliminary_funds', '前期工作经费', 'Funds for preliminary work', false, true, '前期工作经费下达文件或资金安排说明。', 'The order of funds for preliminary work, or how they are arranged.'),
    ('preliminary', 1, 'feasibility', '可行性研究报告批复', 'Approval of the feasibility study', true, true, '企业投资项目不适用的，写明核准或备案文号。', 'Where it does not apply to a company''s project, give the number of its authorisation or filing.'),
    ('preliminary', 2, 'budget', '初步设计及概算批复', 'Approval of design and budget', true, true, '概算批复是投资控制的依据，批复后应将概算填入项目。', 'The approved budget controls the investment; enter it at the project.'),
    ('preliminary', 3, 'land', '用地', 'Land', true, true, '用地批准或国有土地划拨、出让文件；用海、用林项目附相应批准。', 'The land grant; for sea or forest, their approvals.'),
    ('preliminary', 4, 'planning_permit', '建设工程规划许可证', 'Planning permit', true, true, '规划许可证号；线性工程可分段。', 'Number of the permit; lines may have one per section.'),
    ('preliminary', 5, 'environment', '环境影响评价', 'Environmental assessment', true, true, '环评批复或备案；免于办理的选择不适用并说明。', 'Approval or filing; where exempt, say so as not applicable.'),
    ('preliminary', 6, 'funding', '资金落实', 'Funding secured', true, true, '资金来源和到位安排文件。', 'The paper on sources and arrival of funds.'),
    ('preliminary', 7, 'permit', '施工许可证', 'Construction permit', true, true, '施工许可证或法定开工批准；水务、交通工程为开工备案。', 'The permit, or the lawful leave to start; for water and traffic works the filing of the start.'),
    ('implementation', 1, 'acceptance', '竣工验收', 'Final acceptance', true, true, '竣工验收报告或验收鉴定书。', 'The report or certificate of acceptance.'),
    ('implementation', 2, 'acceptance_filing', '竣工验收备案', 'Filing of the acceptance', true, true, '竣工验收备案或联合验收意见。', 'The filing, or the opinion of the joint acceptance.'),
    ('implementation', 3, 'archive', '建设档案移交', 'Handover of the archive', false, true, '城建档案接收证明。', 'The receipt of the building archive.'),
    ('completed', 1, 'accounts', '竣工财务决算批复', 'Approval of the final account', true, true, '决算批复后应将决算填入项目。', 'Enter the approved final account at the project.'),
    ('completed', 2, 'transfer', '转固手续', 'Transfer to fixed assets', true, true, '资产移交清单、入账凭证或转固文件。', 'The list of assets handed over, the entry in the books, or the paper of transfer.'),
    ('completed', 3, 'registration', '不动产登记', 'Registration of real estate', false, true, '不动产权证号；不涉及的选择不适用。', 'Number of the title; not applicable where there is none.');

CREATE TABLE request (
    id           bigint GENERATED ALWAYS AS IDENTITY CONSTRAINT request_pk PRIMARY KEY,
    project_id   bigint NOT NULL CONSTRAINT request_project_fk REFERENCES project,
    kind         text NOT NULL CONSTRAINT request_kind CHECK (kind IN ('gate', 'rebaseline', 'pause', 'resume', 'exit')),
    state        text NOT NULL CONSTRAINT request_state CHECK (state IN ('draft', 'submitted', 'returned', 'approved', 'cancelled')),
    content      jsonb NOT NULL,
    content_hash text NOT NULL,
    version      bigint NOT NULL DEFAULT 1,
    drafted_by   text NOT NULL,
    submitted_by text NOT NULL DEFAULT '',
    submitted_at timestamptz,
    decided_by   text NOT NULL DEFAULT '',
    decided_at   timestamptz,
    comment      text NOT NULL DEFAULT '',
    number       text NOT NULL DEFAULT '',
    created_at   timestamptz NOT NULL,
    updated_at   timestamptz NOT NULL,
    updated_by   text NOT NULL,
    CONSTRAINT request_submission CHECK (state NOT IN ('submitted', 'approved') OR (submitted_by <> '' AND submitted_at IS NOT NULL)),
    CONSTRAINT request_decision CHECK (state NOT IN ('returned', 'approved') OR (decided_by <> '' AND decided_at IS NOT NULL)),
    CONSTRAINT request_numbered CHECK ((state = 'approved') = (number <> '')),
    CONSTRAINT request_return_commented CHECK (state <> 'returned' OR comment <> ''),
    CONSTRAINT request_four_eyes CHECK (decided_by = '' OR decided_by NOT IN (drafted_by, submitted_by) AND (state <> 'approved' OR decided_by <> updated_by))
);
-- One open request of a kind at a time, and of those that change the project's course one of any kind.
CREATE UNIQUE INDEX request_one_open ON request (project_id, kind) WHERE state IN ('draft', 'submitted', 'returned');
CREATE UNIQUE INDEX request_one_course ON request (project_id) WHERE state IN ('draft', 'submitted', 'returned') AND kind <> 'rebaseline';
CREATE INDEX request_waiting ON request (submitted_at, id) WHERE state = 'submitted';
CREATE INDEX request_by_project ON request (project_id, id DESC);

-- What took effect is a frozen snapshot; what was given up stays as it was.
-- +goose StatementBegin
CREATE FUNCTION request_keep_closed() RETURNS trigger
    LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.state IN ('approved', 'cancelled') THEN
        RAISE EXCEPTION 'a closed request is frozen' USING ERRCODE = 'check_violation', CONSTRAINT = 'request_frozen';
    END IF;
    RETURN NEW;
END $$;
-- +goose StatementEnd
CREATE TRIGGER request_keep_closed BEFORE UPDATE ON request
    FOR EACH ROW EXECUTE FUNCTION request_keep_closed();

-- Decision numbers count without a gap within a year: the counter is part of the deciding transaction. The prefix is the
-- installation's own.
CREATE TABLE ruling_setting (
    one    boolean NOT NULL DEFAULT true CONSTRAINT ruling_setting_pk PRIMARY KEY CONSTRAINT ruling_setting_single CHECK (one),
    prefix text NOT NULL DEFAULT 'JD-' CONSTRAINT ruling_setting_prefix CHECK (char_length(prefix) <= 20)
);
INSERT INTO ruling_setting DEFAULT VALUES;
CREATE TABLE ruling_counter (
    year integer NOT NULL CONSTRAINT ruling_counter_pk PRIMARY KEY,
    last integer NOT NULL CONSTRAINT ruling_counter_last CHECK (last > 0)
);

-- Every act of the Commission on a project. Rows are added, never changed; a return is no decision yet and has no number.
CREATE TABLE ruling (
    id           bigint GENERATED ALWAYS AS IDENTITY CONSTRAINT ruling_pk PRIMARY KEY,
    number       text NOT NULL,
    project_id   bigint NOT NULL CONSTRAINT ruling_project_fk REFERENCES project,
    kind         text NOT NULL CONSTRAINT ruling_kind CHECK (kind IN ('stage', 'gate', 'rebaseline', 'pause', 'resume', 'exit')),
    outcome      text NOT NULL CONSTRAINT ruling_outcome CHECK (outcome IN ('approved', 'returned')),
    request_id   bigint CONSTRAINT ruling_request_fk REFERENCES request,
    content_hash text NOT NULL,
    reason       text NOT NULL,
    document     text NOT NULL,
    exit_kind    text NOT NULL CONSTRAINT ruling_exit_kind CHECK (exit_kind IN ('', 'merged', 'split', 'renamed', 'withdrawn')),
    until        date,
    decided_by   text NOT NULL,
    decided_at   timestamptz NOT NULL,
    CONSTRAINT ruling_numbered CHECK ((outcome = 'approved') = (number <> ''))
);
CREATE UNIQUE INDEX ruling_number_unique ON ruling (number) WHERE number <> '';
CREATE UNIQUE INDEX ruling_one_approval ON ruling (request_id) WHERE outcome = 'approved';
CREATE INDEX ruling_by_project ON ruling (project_id, id DESC);

-- Who carries on for whom. Relation is how the project left; empty where that was recorded before anybody asked.
CREATE TABLE project_successor (
    project_id   bigint NOT NULL CONSTRAINT project_successor_project_fk REFERENCES project,
    successor_id bigint NOT NULL CONSTRAINT project_successor_successor_fk REFERENCES project,
    relation     text NOT NULL CONSTRAINT project_successor_relation CHECK (relation IN ('', 'merged', 'split', 'renamed')),
    CONSTRAINT project_successor_pk PRIMARY KEY (project_id, successor_id),
    CONSTRAINT project_successor_other CHECK (project_id <> successor_id)
);
CREATE INDEX project_successor_by_successor ON project_successor (successor_id);
INSERT INTO project_successor SELECT p.id, s.id, '' FROM project p JOIN project s ON s.code = p.successor_code WHERE s.id <> p.id;

ALTER TABLE stage_change
    ADD COLUMN number     text NOT NULL DEFAULT '',
    ADD COLUMN request_id bigint CONSTRAINT stage_change_request_fk REFERENCES request;
CREATE UNIQUE INDEX stage_change_one_per_request ON stage_change (request_id);

ALTER TABLE request ENABLE ROW LEVEL SECURITY;
CREATE POLICY request_select ON request FOR SELECT USING (true);
CREATE POLICY request_insert ON request FOR INSERT TO zhongda_app
    WITH CHECK (EXISTS (SELECT FROM project p WHERE p.id = project_id AND may_write(p.owner_organisation_id)));
CREATE POLICY request_update ON request FOR UPDATE TO zhongda_app
    USING (EXISTS (SELECT FROM project p WHERE p.id = project_id AND may_write(p.owner_organisation_id)));

ALTER TABLE ruling ENABLE ROW LEVEL SECURITY;
CREATE POLICY ruling_select ON ruling FOR SELECT USING (true);
CREATE POLICY ruling_insert ON ruling FOR INSERT TO zhongda_app
    WITH CHECK (EXISTS (SELECT FROM project p WHERE p.id = project_id AND may_write(p.owner_organisation_id)));

ALTER TABLE project_successor ENABLE ROW LEVEL SECURITY;
CREATE POLICY project_successor_select ON project_successor FOR SELECT USING (true);
CREATE POLICY project_successor_insert ON project_successor FOR INSERT TO zhongda_app
    WITH CHECK (EXISTS (SELECT FROM project p WHERE p.id = project_id AND may_write(p.owner_organisation_id)));

GRANT SELECT ON gate_item, ruling_setting, ruling_counter TO zhongda_app;
GRANT INSERT ON ruling_counter TO zhongda_app;
GRANT UPDATE (last) ON ruling_counter TO zhongda_app;
GRANT SELECT, INSERT ON request, ruling, project_successor TO zhongda_app;
GRANT UPDATE (state, content, content_hash, version, submitted_by, submitted_at, decided_by, decided_at, comment, number, updated_at, updated_by)
    ON request TO zhongda_app;

-- Lists and pages show these; they answer about the past too.
SELECT keep_versions_of('request');
SELECT keep_versions_of('ruling');
SELECT keep_versions_of('project_successor');
SELECT keep_versions_of('stage_change'); -- with its new columns

-- +goose Down
ALTER TABLE stage_change DROP COLUMN number, DROP COLUMN request_id;
DROP TABLE project_successor, ruling, ruling_counter, ruling_setting, request, gate_item;
DROP FUNCTION request_keep_closed;
