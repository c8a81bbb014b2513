package domain

import (
	"fmt"
	"time"
)

// RulingKind is what a decision is about: one of the request kinds, or the Commission's own correction of a stage.
type RulingKind string

// RulingStage is a stage moved back, or a provisional one put right, without a request.
const RulingStage RulingKind = "stage"

// RulingKinds lists them.
func RulingKinds() []RulingKind {
	kinds := []RulingKind{RulingStage}
	for _, kind := range RequestKinds() {
		kinds = append(kinds, RulingKind(kind))
	}
	return kinds
}

// Outcome is how a decision went.
type Outcome string

// The outcomes. A returned request is not decided yet: the decision to return it carries no number.
const (
	OutcomeApproved Outcome = "approved"
	OutcomeReturned Outcome = "returned"
)

// Outcomes lists them.
func Outcomes() []Outcome { return []Outcome{OutcomeApproved, OutcomeReturned} }

// Ruling is one act of the Commission on a project, as it was done and never changed. RequestID is zero where the
// Commission acted by itself; Hash is that of the content decided, empty then. Until is when a pause is expected to end.
type Ruling struct {
	ID        int64
	Number    string
	ProjectID int64
	Kind      RulingKind
	Outcome   Outcome
	RequestID int64
	Hash      string
	Reason    string
	Document  string
	ExitKind  ExitKind
	Until     Date
	DecidedBy string
	DecidedAt time.Time
}

// RulingNumber is the number of the n-th decision of a year, "2026-0012" behind the prefix of the installation.
func RulingNumber(prefix string, year, n int) string {
	return fmt.Sprintf("%s%04d-%04d", prefix, year, n)
}
