package repository

import (
	"context"
	"encoding/json"
	"time"

	"zhongda/domain"
)

type auditRow struct {
	ID                int64
	At                time.Time
	ActorID           int64
	Actor             string
	ActorOrganisation string
	Address           string
	RequestID         string
	Request           string
	Action            string
	ObjectKind        string
	ObjectID          int64
	ProjectID         int64
	Result            domain.AuditResult
	Reason            string
	Before            []byte
	After             []byte
}

func (r auditRow) record() domain.AuditRecord {
	return domain.AuditRecord{
		ID: r.ID, At: r.At, ActorID: r.ActorID, Actor: r.Actor, ActorOrganisation: r.ActorOrganisation, Address: r.Address,
		RequestID: r.RequestID, Request: r.Request, Action: r.Action, ObjectKind: r.ObjectKind, ObjectID: r.ObjectID,
		ProjectID: r.ProjectID, Result: r.Result, Reason: r.Reason, Before: r.Before, After: r.After,
	}
}

const auditColumns = `
	a.id, a.at, coalesce(a.actor_id, 0) AS actor_id, a.actor, a.actor_organisation, a.address, a.request_id, a.request,
	a.action, a.object_kind, coalesce(a.object_id, 0) AS object_id, coalesce(a.project_id, 0) AS project_id,
	a.result, a.reason, a.before, a.after`

// AddAudit appends one record. Its ID is given by the database; nothing can change or remove it afterwards.
func (s *Store) AddAudit(ctx context.Context, r domain.AuditRecord) error {
	err := s.conn(ctx).Exec(`
		INSERT INTO audit_record (at, actor_id, actor, actor_organisation, address, request_id, request, action,
		                          object_kind, object_id, project_id, result, reason, before, after)
		VALUES (?, nullif(?::bigint, 0), ?, ?, ?, ?, ?, ?, ?, nullif(?::bigint, 0), nullif(?::bigint, 0), ?, ?, ?, ?)`,
		r.At, r.ActorID, r.Actor, r.ActorOrganisation, r.Address, r.RequestID, r.Request, r.Action,
		r.ObjectKind, r.ObjectID, r.ProjectID, string(r.Result), r.Reason, jsonText(r.Before), jsonText(r.After)).Error
	return failure("append to the audit record", err)
}

// jsonText passes JSON as text; nothing becomes NULL.
func jsonText(raw json.RawMessage) *string {
	if len(raw) == 0 {
		return nil
	}
	text := string(raw)
	return &text
}

// AuditRecords lists the record, newest first. From is inclusive, To is not.
func (s *Store) AuditRecords(ctx context.Context, f domain.AuditFilter, page domain.PageRequest) (domain.Page[domain.AuditRecord], error) {
	return s.auditPage(ctx, auditConditions(f), page)
}

// AuditCount counts the records of the filter.
func (s *Store) AuditCount(ctx context.Context, f domain.AuditFilter) (int, error) {
	return s.countRows(ctx, " FROM audit_record a", auditConditions(f))
}

// ProjectHistory lists what was done to one project, newest first. Refused attempts are the auditor's business.
func (s *Store) ProjectHistory(ctx context.Context, projectID int64, page domain.PageRequest) (domain.Page[domain.AuditRecord], error) {
	var c conditions
	c.add("project", "a.project_id = @project", arguments{"project": projectID})
	c.add("result", "a.result = @result", arguments{"result": string(domain.AuditDone)})
	return s.auditPage(ctx, c, page)
}

const auditSort = "audit"

func (s *Store) auditPage(ctx context.Context, filter conditions, page domain.PageRequest) (domain.Page[domain.AuditRecord], error) {
	after, err := decodeCursor(page.Cursor, auditSort)
	if err != nil {
		return domain.Page[domain.AuditRecord]{}, err
	}
	list := keyset[auditRow]{
		columns: auditColumns, tables: " FROM audit_record a", filter: filter, order: "a.id DESC",
		cursor: func(r auditRow) cursor { return cursor{Sort: auditSort, ID: r.ID} },
	}
	if after != nil {
		list.after.add("cursor", "a.id < @after", arguments{"after": after.ID})
	}
	return readPage(ctx, s, list, page, auditRow.record)
}

func auditConditions(f domain.AuditFilter) conditions {
	var c conditions
	equal := func(name, column, value string) {
		if value != "" {
			c.add(name, "a."+column+" = @"+name, arguments{name: value})
		}
	}
	equal("actor", "actor", f.Actor)
	equal("action", "action", f.Action)
	equal("kind", "object_kind", f.ObjectKind)
	equal("result", "result", string(f.Result))
	if f.ProjectID != 0 {
		c.add("project", "a.project_id = @project", arguments{"project": f.ProjectID})
	}
	if !f.From.IsZero() {
		c.add("from", "a.at >= @from", arguments{"from": f.From})
	}
	if !f.To.IsZero() {
		c.add("to", "a.at < @to", arguments{"to": f.To})
	}
	return c
}
