-- Issues between organisations, supervision orders, and the meetings that give them. Threads and courses only grow.

-- +goose Up
-- What a transaction may change is announced as a list of organisations; a meeting concerns the whole city.
-- +goose StatementBegin
CREATE FUNCTION may_write_all() RETURNS boolean
    LANGUAGE sql STABLE AS $$ SELECT coalesce(current_setting('app.write_scope', true), '') = 'all' $$;
-- +goose StatementEnd

-- After how many days past its due date a thing rises by one step, and again after as many more.
CREATE TABLE escalation_rule (
    object_kind  text NOT NULL CONSTRAINT escalation_rule_pk PRIMARY KEY
                 CONSTRAINT escalation_rule_kind CHECK (object_kind IN ('issue', 'order')),
    overdue_days integer NOT NULL CONSTRAINT escalation_rule_days CHECK (overdue_days BETWEEN 1 AND 365)
);
INSERT INTO escalation_rule (object_kind, overdue_days) VALUES ('issue', 14), ('order', 7);

CREATE TABLE issue (
    id                          bigint GENERATED ALWAYS AS IDENTITY CONSTRAINT issue_pk PRIMARY KEY,
    project_id                  bigint NOT NULL CONSTRAINT issue_project_fk REFERENCES project,
    type                        text NOT NULL CONSTRAINT issue_type CHECK (type IN ('land', 'sea', 'forest', 'funding', 'approval', 'demolition', 'utilities', 'energy', 'other')),
    title                       text NOT NULL CONSTRAINT issue_title_length CHECK (char_length(title) BETWEEN 1 AND 120),
    text                        text NOT NULL CONSTRAINT issue_text_length CHECK (char_length(text) BETWEEN 1 AND 4000),
    responsible_organisation_id bigint NOT NULL CONSTRAINT issue_responsible_fk REFERENCES organisation,
    level                       text NOT NULL CONSTRAINT issue_level CHECK (level IN ('district', 'city', 'leader')),
    due                         date NOT NULL,
    state                       text NOT NULL CONSTRAINT issue_state CHECK (state IN ('open', 'in_progress', 'resolved', 'closed', 'withdrawn')),
    report_id                   bigint CONSTRAINT issue_report_fk REFERENCES report,
    raiser_organisation_id      bigint NOT NULL CONSTRAINT issue_raiser_fk REFERENCES organisation,
    by_commission               boolean NOT NULL,
    raised_by                   text NOT NULL,
    raised_at                   timestamptz NOT NULL,
    resolved_by                 text NOT NULL DEFAULT '',
    evidence                    text NOT NULL DEFAULT '' CONSTRAINT issue_evidence_length CHECK (char_length(evidence) <= 400),
    attachment_ids              bigint[] NOT NULL DEFAULT '{}',
    ended_by                    text NOT NULL DEFAULT '',
    ended_at                    timestamptz,
    escalations                 integer NOT NULL DEFAULT 0,
    version                     bigint NOT NULL DEFAULT 1,
    updated_at                  timestamptz NOT NULL,
    CONSTRAINT issue_resolution CHECK (state NOT IN ('resolved', 'closed') OR (resolved_by <> '' AND (evidence <> '' OR attachment_ids <> '{}'))),
    CONSTRAINT issue_end CHECK ((state IN ('closed', 'withdrawn')) = (ended_at IS NOT NULL AND ended_by <> '')),
    CONSTRAINT issue_four_eyes CHECK (state <> 'closed' OR ended_by <> resolved_by)
);
CREATE INDEX issue_by_project ON issue (project_id, id);
CREATE INDEX issue_by_responsible ON issue (responsible_organisation_id, id);
CREATE INDEX issue_live_by_due ON issue (due, id) WHERE state IN ('open', 'in_progress');

CREATE TABLE issue_entry (
    id             bigint GENERATED ALWAYS AS IDENTITY CONSTRAINT issue_entry_pk PRIMARY KEY,
    issue_id       bigint NOT NULL CONSTRAINT issue_entry_issue_fk REFERENCES issue,
    action         text NOT NULL CONSTRAINT issue_entry_action CHECK (action IN ('raise', 'reply', 'resolve', 'close', 'reopen', 'withdraw', 'remark', 'escalate')),
    text           text NOT NULL CONSTRAINT issue_entry_text_length CHECK (char_length(text) <= 4000),
    evidence       text NOT NULL DEFAULT '',
    attachment_ids bigint[] NOT NULL DEFAULT '{}',
    written_by     text NOT NULL,
    organisation   text NOT NULL,
    at             timestamptz NOT NULL
);
CREATE INDEX issue_entry_by_issue ON issue_entry (issue_id, id);

-- A meeting's agenda is frozen when it is called, the whole meeting when it is finished.
CREATE TABLE meeting (
    id          bigint GENERATED ALWAYS AS IDENTITY CONSTRAINT meeting_pk PRIMARY KEY,
    title       text NOT NULL CONSTRAINT meeting_title_length CHECK (char_length(title) BETWEEN 1 AND 120),
    held_on     date NOT NULL,
    filter      text NOT NULL,
    filter_hash text NOT NULL,
    state       text NOT NULL CONSTRAINT meeting_state CHECK (state IN ('planned', 'in_session', 'finished')),
    hash        text NOT NULL DEFAULT '',
    called_by   text NOT NULL,
    called_at   timestamptz NOT NULL,
    started_at  timestamptz,
    finished_by text NOT NULL DEFAULT '',
    finished_at timestamptz,
    version     bigint NOT NULL DEFAULT 1,
    CONSTRAINT meeting_end CHECK ((state = 'finished') = (hash <> '' AND finished_by <> '' AND finished_at IS NOT NULL))
);

CREATE TABLE meeting_item (
    meeting_id bigint NOT NULL CONSTRAINT meeting_item_meeting_fk REFERENCES meeting,
    ordinal    integer NOT NULL,
    project_id bigint NOT NULL CONSTRAINT meeting_item_project_fk REFERENCES project,
    CONSTRAINT meeting_item_pk PRIMARY KEY (meeting_id, ordinal),
    CONSTRAINT meeting_item_once UNIQUE (meeting_id, project_id)
);

-- The last number given in a year. A number is taken in the transaction that issues the order, so that none is lost.
CREATE TABLE order_number (
    year   integer NOT NULL CONSTRAINT order_number_pk PRIMARY KEY,
    serial integer NOT NULL
);

CREATE TABLE supervision_order (
    id                        bigint GENERATED ALWAYS AS IDENTITY CONSTRAINT order_pk PRIMARY KEY,
    year                      integer NOT NULL,
    serial                    integer NOT NULL,
    project_id                bigint NOT NULL CONSTRAINT order_project_fk REFERENCES project,
    addressee_organisation_id bigint NOT NULL CONSTRAINT order_addressee_fk REFERENCES organisation,
    demand                    text NOT NULL CONSTRAINT order_demand_length CHECK (char_length(demand) BETWEEN 1 AND 4000),
    due                       date NOT NULL,
    state                     text NOT NULL CONSTRAINT order_state CHECK (state IN ('issued', 'acknowledged', 'answered', 'closed', 'withdrawn')),
    cause                     jsonb NOT NULL,
    issue_id                  bigint CONSTRAINT order_issue_fk REFERENCES issue,
    meeting_id                bigint CONSTRAINT order_meeting_fk REFERENCES meeting,
    issued_by                 text NOT NULL,
    issued_at                 timestamptz NOT NULL,
    answered_by               text NOT NULL DEFAULT '',
    evidence                  text NOT NULL DEFAULT '' CONSTRAINT order_evidence_length CHECK (char_length(evidence) <= 400),
    attachment_ids            bigint[] NOT NULL DEFAULT '{}',
    ended_by                  text NOT NULL DEFAULT '',
    ended_at                  timestamptz,
    escalations               integer NOT NULL DEFAULT 0,
    version                   bigint NOT NULL DEFAULT 1,
    updated_at                timestamptz NOT NULL,
    CONSTRAINT order_number_once UNIQUE (year, serial),
    CONSTRAINT order_answer CHECK (state NOT IN ('answered', 'closed') OR (answered_by <> '' AND (evidence <> '' OR attachment_ids <> '{}'))),
    CONSTRAINT order_end CHECK ((state IN ('closed', 'withdrawn')) = (ended_at IS NOT NULL AND ended_by <> '')),
    CONSTRAINT order_four_eyes CHECK (state <> 'closed' OR ended_by <> answered_by)
);
CREATE INDEX order_by_project ON supervision_order (project_id, id);
CREATE INDEX order_by_addressee ON supervision_order (addressee_organisation_id, id);
CREATE INDEX order_by_meeting ON supervision_order (meeting_id) WHERE meeting_id IS NOT NULL;
CREATE INDEX order_live_by_due ON supervision_order (due, id) WHERE state IN ('issued', 'acknowledged');

CREATE TABLE order_entry (
    id             bigint GENERATED ALWAYS AS IDENTITY CONSTRAINT order_entry_pk PRIMARY KEY,
    order_id       bigint NOT NULL CONSTRAINT order_entry_order_fk REFERENCES supervision_order,
    action         text NOT NULL CONSTRAINT order_entry_action CHECK (action IN ('issue', 'acknowledge', 'answer', 'close', 'send_back', 'withdraw', 'escalate')),
    text           text NOT NULL CONSTRAINT order_entry_text_length CHECK (char_length(text) <= 4000),
    evidence       text NOT NULL DEFAULT '',
    attachment_ids bigint[] NOT NULL DEFAULT '{}',
    written_by     text NOT NULL,
    organisation   text NOT NULL,
    at             timestamptz NOT NULL
);
CREATE INDEX order_entry_by_order ON order_entry (order_id, id);

CREATE TABLE meeting_decision (
    id                          bigint GENERATED ALWAYS AS IDENTITY CONSTRAINT decision_pk PRIMARY KEY,
    meeting_id                  bigint NOT NULL,
    project_id                  bigint NOT NULL,
    kind                        text NOT NULL CONSTRAINT decision_kind CHECK (kind IN ('order', 'note')),
    text                        text NOT NULL CONSTRAINT decision_text_length CHECK (char_length(text) <= 4000),
    responsible_organisation_id bigint CONSTRAINT decision_responsible_fk REFERENCES organisation,
    due                         date,
    state                       text NOT NULL CONSTRAINT decision_state CHECK (state IN ('draft', 'confirmed', 'struck')),
    order_id                    bigint CONSTRAINT decision_order_fk REFERENCES supervision_order CONSTRAINT decision_order_once UNIQUE,
    written_by                  text NOT NULL,
    at                          timestamptz NOT NULL,
    version                     bigint NOT NULL DEFAULT 1,
    CONSTRAINT decision_item_fk FOREIGN KEY (meeting_id, project_id) REFERENCES meeting_item (meeting_id, project_id),
    CONSTRAINT decision_order_confirmed CHECK (order_id IS NULL OR (state = 'confirmed' AND kind = 'order'))
);
CREATE INDEX decision_by_meeting ON meeting_decision (meeting_id, id);

-- +goose StatementBegin
CREATE FUNCTION meeting_keep_finished() RETURNS trigger
    LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.state = 'finished' THEN
        RAISE EXCEPTION 'a finished meeting is frozen' USING ERRCODE = 'check_violation', CONSTRAINT = 'meeting_frozen';
    END IF;
    RETURN NEW;
END $$;
-- +goose StatementEnd
CREATE TRIGGER meeting_keep_finished BEFORE UPDATE ON meeting
    FOR EACH ROW EXECUTE FUNCTION meeting_keep_finished();

-- +goose StatementBegin
CREATE FUNCTION decision_keep_settled() RETURNS trigger
    LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND OLD.state <> 'draft' THEN
        RAISE EXCEPTION 'a settled decision stays' USING ERRCODE = 'check_violation', CONSTRAINT = 'decision_settled';
    END IF;
    IF EXISTS (SELECT FROM meeting m WHERE m.id = NEW.meeting_id AND m.state = 'finished') THEN
        RAISE EXCEPTION 'a finished meeting is frozen' USING ERRCODE = 'check_violation', CONSTRAINT = 'meeting_frozen';
    END IF;
    RETURN NEW;
END $$;
-- +goose StatementEnd
CREATE TRIGGER decision_keep_settled BEFORE INSERT OR UPDATE ON meeting_decision
    FOR EACH ROW EXECUTE FUNCTION decision_keep_settled();

ALTER TABLE issue ENABLE ROW LEVEL SECURITY;
CREATE POLICY issue_select ON issue FOR SELECT USING (true);
CREATE POLICY issue_insert ON issue FOR INSERT TO zhongda_app
    WITH CHECK (EXISTS (SELECT FROM project p WHERE p.id = project_id AND may_write(p.owner_organisation_id)));
CREATE POLICY issue_update ON issue FOR UPDATE TO zhongda_app
    USING (may_write(responsible_organisation_id) OR EXISTS (SELECT FROM project p WHERE p.id = project_id AND may_write(p.owner_organisation_id)));

ALTER TABLE issue_entry ENABLE ROW LEVEL SECURITY;
CREATE POLICY issue_entry_select ON issue_entry FOR SELECT USING (true);
CREATE POLICY issue_entry_insert ON issue_entry FOR INSERT TO zhongda_app
    WITH CHECK (EXISTS (SELECT FROM issue i JOIN project p ON p.id = i.project_id
        WHERE i.id = issue_id AND (may_write(i.responsible_organisation_id) OR may_write(p.owner_organisation_id))));

ALTER TABLE supervision_order ENABLE ROW LEVEL SECURITY;
CREATE POLICY order_select ON supervision_order FOR SELECT USING (true);
CREATE POLICY order_insert ON supervision_order FOR INSERT TO zhongda_app WITH CHECK (may_write_all());
CREATE POLICY order_update ON supervision_order FOR UPDATE TO zhongda_app USING (may_write(addressee_organisation_id));

ALTER TABLE order_entry ENABLE ROW LEVEL SECURITY;
CREATE POLICY order_entry_select ON order_entry FOR SELECT USING (true);
CREATE POLICY order_entry_insert ON order_entry FOR INSERT TO zhongda_app
    WITH CHECK (EXISTS (SELECT FROM supervision_order o WHERE o.id = order_id AND may_write(o.addressee_organisation_id)));

ALTER TABLE order_number ENABLE ROW LEVEL SECURITY;
CREATE POLICY order_number_write ON order_number TO zhongda_app USING (may_write_all());

ALTER TABLE meeting ENABLE ROW LEVEL SECURITY;
CREATE POLICY meeting_select ON meeting FOR SELECT USING (true);
CREATE POLICY meeting_insert ON meeting FOR INSERT TO zhongda_app WITH CHECK (may_write_all());
CREATE POLICY meeting_update ON meeting FOR UPDATE TO zhongda_app USING (may_write_all());

ALTER TABLE meeting_item ENABLE ROW LEVEL SECURITY;
CREATE POLICY meeting_item_select ON meeting_item FOR SELECT USING (true);
CREATE POLICY meeting_item_insert ON meeting_item FOR INSERT TO zhongda_app WITH CHECK (may_write_all());

ALTER TABLE meeting_decision ENABLE ROW LEVEL SECURITY;
CREATE POLICY decision_select ON meeting_decision FOR SELECT USING (true);
CREATE POLICY decision_insert ON meeting_decision FOR INSERT TO zhongda_app WITH CHECK (may_write_all());
CREATE POLICY decision_update ON meeting_decision FOR UPDATE TO zhongda_app USING (may_write_all());

-- Who must act on a project of another bureau also tells its people so.
DROP POLICY notice_insert ON notice;
CREATE POLICY notice_insert ON notice FOR INSERT TO zhongda_app
    WITH CHECK (project_id IS NULL OR EXISTS (SELECT FROM project p WHERE p.id = notice.project_id AND may_write(p.owner_organisation_id))
        OR EXISTS (SELECT FROM issue i WHERE i.project_id = notice.project_id AND may_write(i.responsible_organisation_id))
        OR EXISTS (SELECT FROM supervision_order o WHERE o.project_id = notice.project_id AND may_write(o.addressee_organisation_id)));

GRANT SELECT ON escalation_rule TO zhongda_app;
GRANT SELECT, INSERT ON issue, issue_entry, meeting, meeting_item, order_number, supervision_order, order_entry, meeting_decision TO zhongda_app;
GRANT UPDATE (level, due, state, resolved_by, evidence, attachment_ids, ended_by, ended_at, escalations, version, updated_at) ON issue TO zhongda_app;
GRANT UPDATE (state, answered_by, evidence, attachment_ids, ended_by, ended_at, escalations, version, updated_at) ON supervision_order TO zhongda_app;
GRANT UPDATE (serial) ON order_number TO zhongda_app;
GRANT UPDATE (state, hash, started_at, finished_by, finished_at, version) ON meeting TO zhongda_app;
GRANT UPDATE (kind, text, responsible_organisation_id, due, state, order_id, version) ON meeting_decision TO zhongda_app;

-- +goose Down
DROP POLICY notice_insert ON notice;
CREATE POLICY notice_insert ON notice FOR INSERT TO zhongda_app
    WITH CHECK (project_id IS NULL OR EXISTS (SELECT FROM project p WHERE p.id = project_id AND may_write(p.owner_organisation_id)));
DROP TABLE meeting_decision, order_entry, supervision_order, order_number, meeting_item, meeting, issue_entry, issue, escalation_rule;
DROP FUNCTION decision_keep_settled, meeting_keep_finished, may_write_all;
