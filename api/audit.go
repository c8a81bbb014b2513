package api

import (
	"context"
	"encoding/json"
	"time"

	"zhongda/domain"
)

// AuditRecord is one line of the append-only record. before and after hold only the fields that the act touched.
type AuditRecord struct {
	ID                int64              `json:"id"`
	At                time.Time          `json:"at"`
	Actor             string             `json:"actor"`
	ActorOrganisation string             `json:"actorOrganisation"`
	Address           string             `json:"address"`
	RequestID         string             `json:"requestId"`
	Request           string             `json:"request"`
	Action            string             `json:"action"`
	ObjectKind        string             `json:"objectKind"`
	ObjectID          *int64             `json:"objectId"`
	ProjectID         *int64             `json:"projectId"`
	Result            domain.AuditResult `json:"result"`
	Reason            string             `json:"reason"`
	Before            json.RawMessage    `json:"before"`
	After             json.RawMessage    `json:"after"`
}

type listAuditIn struct {
	pageParams
	Actor      string              `query:"actor" validate:"max=60"`
	Action     string              `query:"action" validate:"max=60"`
	ObjectKind string              `query:"objectKind" validate:"max=30"`
	ProjectID  *int64              `query:"projectId" validate:"min=1"`
	Result     *domain.AuditResult `query:"result"`
	From       *time.Time          `query:"from"`
	To         *time.Time          `query:"to"`
}

func (in listAuditIn) filter() domain.AuditFilter {
	f := domain.AuditFilter{Actor: in.Actor, Action: in.Action, ObjectKind: in.ObjectKind}
	if in.ProjectID != nil {
		f.ProjectID = *in.ProjectID
	}
	if in.Result != nil {
		f.Result = *in.Result
	}
	if in.From != nil {
		f.From = *in.From
	}
	if in.To != nil {
		f.To = *in.To
	}
	return f
}

func (h handlers) listAudit(ctx context.Context, in listAuditIn) (Page[AuditRecord], error) {
	page, err := h.service.AuditRecords(ctx, in.filter(), in.request())
	return pageOf(page, in.WithTotal, auditRecord), err
}

func auditRecord(r domain.AuditRecord) AuditRecord {
	return AuditRecord{
		ID: r.ID, At: r.At, Actor: r.Actor, ActorOrganisation: r.ActorOrganisation, Address: r.Address,
		RequestID: r.RequestID, Request: r.Request, Action: r.Action, ObjectKind: r.ObjectKind,
		ObjectID: emptyAsNull(r.ObjectID), ProjectID: emptyAsNull(r.ProjectID), Result: r.Result, Reason: r.Reason,
		Before: nullIfAbsent(r.Before), After: nullIfAbsent(r.After),
	}
}

// nullIfAbsent keeps an absent side a legal JSON value.
func nullIfAbsent(side json.RawMessage) json.RawMessage {
	if len(side) == 0 {
		return json.RawMessage("null")
	}
	return side
}
