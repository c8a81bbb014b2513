-- Evidence of issues and orders: who must act brings the files, which is often another bureau than the project's owner. A
-- file stays with the project, and says which issue or order it was brought for.

-- +goose Up
ALTER TABLE attachment
    ADD COLUMN issue_id bigint CONSTRAINT attachment_issue_fk REFERENCES issue,
    ADD COLUMN order_id bigint CONSTRAINT attachment_order_fk REFERENCES supervision_order,
    ADD CONSTRAINT attachment_one_matter CHECK (issue_id IS NULL OR order_id IS NULL),
    DROP CONSTRAINT attachment_unique,
    ADD CONSTRAINT attachment_unique UNIQUE NULLS NOT DISTINCT (project_id, sha256, issue_id, order_id);

DROP POLICY attachment_insert ON attachment;
CREATE POLICY attachment_insert ON attachment FOR INSERT TO zhongda_app
    WITH CHECK (CASE
        WHEN issue_id IS NOT NULL THEN EXISTS (SELECT FROM issue i
            WHERE i.id = issue_id AND i.project_id = attachment.project_id AND may_write(i.responsible_organisation_id))
        WHEN order_id IS NOT NULL THEN EXISTS (SELECT FROM supervision_order s
            WHERE s.id = order_id AND s.project_id = attachment.project_id AND may_write(s.addressee_organisation_id))
        ELSE EXISTS (SELECT FROM project p WHERE p.id = project_id AND may_write(p.owner_organisation_id)) END);

-- +goose Down
DROP POLICY attachment_insert ON attachment;
CREATE POLICY attachment_insert ON attachment FOR INSERT TO zhongda_app
    WITH CHECK (EXISTS (SELECT FROM project p WHERE p.id = project_id AND may_write(p.owner_organisation_id)));
ALTER TABLE attachment
    DROP CONSTRAINT attachment_unique,
    DROP COLUMN issue_id,
    DROP COLUMN order_id,
    ADD CONSTRAINT attachment_unique UNIQUE (project_id, sha256);
