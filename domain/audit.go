package domain

import (
	"encoding/json"
	"time"
)

// AuditResult says how an act ended.
type AuditResult string

// The results. Refused acts are recorded like done ones: who tried what, and which rule refused.
const (
	AuditDone    AuditResult = "done"
	AuditRefused AuditResult = "refused"
	AuditFailed  AuditResult = "failed"
)

// AuditResults lists every result.
func AuditResults() []AuditResult { return []AuditResult{AuditDone, AuditRefused, AuditFailed} }

// AuditRecord is one line of the append-only record: who, when, from where, what, before, after, why, result.
// Request is the
// method and path asked for. Before and After hold only the fields that the act touched, as JSON objects.
type AuditRecord struct {
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
	Result            AuditResult
	Reason            string
	Before            json.RawMessage
	After             json.RawMessage
}

// AuditFilter selects audit records; empty fields do not filter.
type AuditFilter struct {
	Actor      string
	Action     string
	ObjectKind string
	ProjectID  int64
	Result     AuditResult
	From       time.Time
	To         time.Time
}
