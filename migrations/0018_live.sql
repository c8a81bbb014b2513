-- What changed is told to every server process when the transaction that changed it commits, and never when it is undone.

-- +goose Up
-- An announcement names the thing, its project and the organisations that it concerns, each by its path from the root: who
-- may hear of it is decided by the service. It never carries contents. One transaction that says the same twice is heard once.
-- +goose StatementBegin
CREATE FUNCTION tell_change(noun text, id bigint, project bigint, VARIADIC concerned bigint[] DEFAULT '{}') RETURNS void
    LANGUAGE sql AS $$
    SELECT pg_notify('zhongda_change', json_build_object('noun', noun, 'id', id, 'project', project, 'paths',
        (SELECT coalesce(json_agg(o.path ORDER BY o.id), '[]') FROM organisation o WHERE o.id = ANY (concerned)))::text)
$$;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE FUNCTION tell_project() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM tell_change('project', NEW.id, NEW.id, NEW.owner_organisation_id);
    RETURN NULL;
END $$;
-- +goose StatementEnd

-- What belongs to a project and is read by whoever reads the project.
-- +goose StatementBegin
CREATE FUNCTION tell_part_of_project() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM tell_change('project', p.id, p.id, p.owner_organisation_id) FROM project p WHERE p.id = NEW.project_id;
    RETURN NULL;
END $$;
-- +goose StatementEnd

-- What belongs to a project and is read within the owner's scope. The noun is the trigger's argument.
-- +goose StatementBegin
CREATE FUNCTION tell_own() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM tell_change(TG_ARGV[0], NEW.id, p.id, p.owner_organisation_id) FROM project p WHERE p.id = NEW.project_id;
    RETURN NULL;
END $$;
-- +goose StatementEnd

-- An issue and an order are read from two sides: the project's owner, and the organisation that must act.
-- +goose StatementBegin
CREATE FUNCTION tell_issue() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM tell_change('issue', NEW.id, p.id, p.owner_organisation_id, NEW.responsible_organisation_id)
    FROM project p WHERE p.id = NEW.project_id;
    RETURN NULL;
END $$;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE FUNCTION tell_issue_entry() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM tell_change('issue', i.id, p.id, p.owner_organisation_id, i.responsible_organisation_id)
    FROM issue i JOIN project p ON p.id = i.project_id WHERE i.id = NEW.issue_id;
    RETURN NULL;
END $$;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE FUNCTION tell_order() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM tell_change('order', NEW.id, p.id, p.owner_organisation_id, NEW.addressee_organisation_id)
    FROM project p WHERE p.id = NEW.project_id;
    RETURN NULL;
END $$;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE FUNCTION tell_order_entry() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM tell_change('order', r.id, p.id, p.owner_organisation_id, r.addressee_organisation_id)
    FROM supervision_order r JOIN project p ON p.id = r.project_id WHERE r.id = NEW.order_id;
    RETURN NULL;
END $$;
-- +goose StatementEnd

-- What belongs to no organisation: a meeting, an account, a session, the published rule.
-- +goose StatementBegin
CREATE FUNCTION tell_plain() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM tell_change(TG_ARGV[0], NEW.id, NULL);
    RETURN NULL;
END $$;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE FUNCTION tell_part_of_meeting() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM tell_change('meeting', NEW.meeting_id, NULL);
    RETURN NULL;
END $$;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE FUNCTION tell_rule() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM tell_change('rule', NEW.version, NULL);
    RETURN NULL;
END $$;
-- +goose StatementEnd

-- A notice is for one person, an ended session for the browser that holds it.
-- +goose StatementBegin
CREATE FUNCTION tell_person() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM tell_change('notice', NEW.recipient_id, NULL);
    RETURN NULL;
END $$;
-- +goose StatementEnd

CREATE TRIGGER tell AFTER INSERT OR UPDATE ON project FOR EACH ROW EXECUTE FUNCTION tell_project();
CREATE TRIGGER tell AFTER INSERT OR UPDATE ON milestone FOR EACH ROW EXECUTE FUNCTION tell_part_of_project();
CREATE TRIGGER tell AFTER INSERT OR UPDATE ON investment_plan FOR EACH ROW EXECUTE FUNCTION tell_part_of_project();
CREATE TRIGGER tell AFTER INSERT ON stage_change FOR EACH ROW EXECUTE FUNCTION tell_part_of_project();
CREATE TRIGGER tell AFTER INSERT ON light_change FOR EACH ROW EXECUTE FUNCTION tell_part_of_project();
CREATE TRIGGER tell AFTER INSERT OR UPDATE ON report FOR EACH ROW EXECUTE FUNCTION tell_own('report');
-- Everybody reads what an approved report says.
CREATE TRIGGER tell_approved AFTER UPDATE ON report FOR EACH ROW
    WHEN (NEW.state = 'approved' AND OLD.state <> 'approved') EXECUTE FUNCTION tell_part_of_project();
CREATE TRIGGER tell AFTER INSERT OR UPDATE ON request FOR EACH ROW EXECUTE FUNCTION tell_own('request');
CREATE TRIGGER tell AFTER INSERT OR UPDATE ON attachment FOR EACH ROW EXECUTE FUNCTION tell_own('attachment');
CREATE TRIGGER tell AFTER INSERT OR UPDATE ON issue FOR EACH ROW EXECUTE FUNCTION tell_issue();
CREATE TRIGGER tell AFTER INSERT ON issue_entry FOR EACH ROW EXECUTE FUNCTION tell_issue_entry();
CREATE TRIGGER tell AFTER INSERT OR UPDATE ON supervision_order FOR EACH ROW EXECUTE FUNCTION tell_order();
CREATE TRIGGER tell AFTER INSERT ON order_entry FOR EACH ROW EXECUTE FUNCTION tell_order_entry();
CREATE TRIGGER tell AFTER INSERT OR UPDATE ON meeting FOR EACH ROW EXECUTE FUNCTION tell_plain('meeting');
CREATE TRIGGER tell AFTER INSERT OR UPDATE ON meeting_item FOR EACH ROW EXECUTE FUNCTION tell_part_of_meeting();
CREATE TRIGGER tell AFTER INSERT OR UPDATE ON meeting_decision FOR EACH ROW EXECUTE FUNCTION tell_part_of_meeting();
CREATE TRIGGER tell AFTER INSERT OR UPDATE ON light_rule FOR EACH ROW EXECUTE FUNCTION tell_rule();
CREATE TRIGGER tell AFTER INSERT OR UPDATE OF version ON app_user FOR EACH ROW EXECUTE FUNCTION tell_plain('user');
CREATE TRIGGER tell AFTER INSERT OR UPDATE ON notice FOR EACH ROW EXECUTE FUNCTION tell_person();
CREATE TRIGGER tell AFTER UPDATE ON session FOR EACH ROW
    WHEN (OLD.ended_at IS NULL AND NEW.ended_at IS NOT NULL) EXECUTE FUNCTION tell_plain('session');

-- An organisation is found by the pinyin initials of its name, as a project is.
ALTER TABLE organisation ADD COLUMN initials text NOT NULL DEFAULT '';

-- +goose Down
ALTER TABLE organisation DROP COLUMN initials;
DROP TRIGGER tell ON project;
DROP TRIGGER tell ON milestone;
DROP TRIGGER tell ON investment_plan;
DROP TRIGGER tell ON stage_change;
DROP TRIGGER tell ON light_change;
DROP TRIGGER tell ON report;
DROP TRIGGER tell_approved ON report;
DROP TRIGGER tell ON request;
DROP TRIGGER tell ON attachment;
DROP TRIGGER tell ON issue;
DROP TRIGGER tell ON issue_entry;
DROP TRIGGER tell ON supervision_order;
DROP TRIGGER tell ON order_entry;
DROP TRIGGER tell ON meeting;
DROP TRIGGER tell ON meeting_item;
DROP TRIGGER tell ON meeting_decision;
DROP TRIGGER tell ON light_rule;
DROP TRIGGER tell ON app_user;
DROP TRIGGER tell ON notice;
DROP TRIGGER tell ON session;
DROP FUNCTION tell_project, tell_part_of_project, tell_own, tell_issue, tell_issue_entry, tell_order, tell_order_entry,
    tell_plain, tell_part_of_meeting, tell_rule, tell_person;
DROP FUNCTION tell_change;
