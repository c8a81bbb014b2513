package domain

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode/utf8"
)

// ReportState is where a monthly report (月报) stands.
type ReportState string

// The states: draft and returned belong to the bureau, submitted to the Commission, approved is frozen.
const (
	ReportDraft     ReportState = "draft"
	ReportSubmitted ReportState = "submitted"
	ReportReturned  ReportState = "returned"
	ReportApproved  ReportState = "approved"
)

// ReportStates lists them.
func ReportStates() []ReportState {
	return []ReportState{ReportDraft, ReportSubmitted, ReportReturned, ReportApproved}
}

// ReportAction is what can be done with a report.
type ReportAction string

// The actions. Save and submit are the bureau's, withdraw undoes a submission nobody decided, approve and return are the
// Commission's, correct opens the next revision of an approved report.
const (
	ReportSave     ReportAction = "save"
	ReportSubmit   ReportAction = "submit"
	ReportWithdraw ReportAction = "withdraw"
	ReportApprove  ReportAction = "approve"
	ReportReturn   ReportAction = "return"
	ReportCorrect  ReportAction = "correct"
)

// ReportActions lists them.
func ReportActions() []ReportAction {
	return []ReportAction{ReportSave, ReportSubmit, ReportWithdraw, ReportApprove, ReportReturn, ReportCorrect}
}

// Next is the state an action leads to from s; ok is false where it is not allowed.
func (s ReportState) Next(action ReportAction) (next ReportState, ok bool) {
	editable := s == ReportDraft || s == ReportReturned
	switch {
	case action == ReportSave && editable:
		return s, true
	case action == ReportSubmit && editable:
		return ReportSubmitted, true
	case action == ReportWithdraw && s == ReportSubmitted:
		return ReportDraft, true
	case action == ReportApprove && s == ReportSubmitted:
		return ReportApproved, true
	case action == ReportReturn && s == ReportSubmitted:
		return ReportReturned, true
	case action == ReportCorrect && s == ReportApproved:
		return ReportDraft, true
	}
	return s, false
}

// refusal names the state that does not allow an action, and so what to do instead.
func (s ReportState) refusal() *Error {
	switch s {
	case ReportDraft:
		return Conflict("report_is_draft")
	case ReportSubmitted:
		return Conflict("report_is_submitted")
	case ReportReturned:
		return Conflict("report_is_returned")
	default:
		return Conflict("report_is_approved")
	}
}

// Report is one period's report of a project. Revision 1 is the first; a correction is the next, with its reason, and
// the earlier one stays as it was approved.
type Report struct {
	ID               int64
	ProjectID        int64
	Period           Period
	Revision         int
	CorrectionReason string
	State            ReportState
	Content          ReportContent
	Due              Date
	Version          int64
	DraftedBy        string
	SubmittedBy      string
	SubmittedAt      time.Time
	DecidedBy        string
	DecidedAt        time.Time
	Comment          string
	UpdatedAt        time.Time
	UpdatedBy        string
}

// Do takes the report through an action of somebody at an instant; a state that does not allow it refuses, as does every
// state a correction, which is a report of its own (see [Report.Correct]). A submission forgets the decision before it
// but keeps its comment, so that the next reviewer sees what was asked for.
func (r Report) Do(action ReportAction, by string, at time.Time, comment string) (Report, error) {
	next, ok := r.State.Next(action)
	if !ok || action == ReportCorrect {
		return r, r.State.refusal()
	}
	r.State = next
	switch action { //nolint:exhaustive // a correction went above
	case ReportSave:
		r.UpdatedBy, r.UpdatedAt = by, at
	case ReportSubmit:
		r.SubmittedBy, r.SubmittedAt = by, at
		r.DecidedBy, r.DecidedAt = "", time.Time{}
	case ReportWithdraw:
		r.SubmittedBy, r.SubmittedAt = "", time.Time{}
	case ReportApprove, ReportReturn:
		if err := r.checkDecision(action, by, comment); err != nil {
			return r, err
		}
		r.DecidedBy, r.DecidedAt, r.Comment = by, at, comment
	}
	return r, nil
}

// MayBeDecidedBy reports whether somebody has no part in the report: neither drafted, nor last edited, nor submitted it
// (four eyes).
func (r Report) MayBeDecidedBy(who string) bool {
	return !slices.Contains([]string{r.DraftedBy, r.SubmittedBy, r.UpdatedBy}, who)
}

func (r Report) checkDecision(action ReportAction, by, comment string) error {
	if !r.MayBeDecidedBy(by) {
		return Forbidden("four_eyes")
	}
	if action == ReportReturn && strings.TrimSpace(comment) == "" {
		return Invalid("comment", "return_needs_comment")
	}
	return nil
}

// correctionRunes is how many characters the reason of a correction has at least.
const correctionRunes = 10

// Correct opens the next revision of an approved report with its content; the approved one stays as it is.
func (r Report) Correct(reason, by string, at time.Time) (Report, error) {
	state, ok := r.State.Next(ReportCorrect)
	if !ok {
		return r, r.State.refusal()
	}
	if utf8.RuneCountInString(strings.TrimSpace(reason)) < correctionRunes {
		return r, Invalid("reason", "min_chars", "limit", correctionRunes)
	}
	return Report{
		ProjectID: r.ProjectID, Period: r.Period, Revision: r.Revision + 1, CorrectionReason: reason, State: state,
		Content: r.Content, Due: r.Due, DraftedBy: by, UpdatedBy: by, UpdatedAt: at,
	}, nil
}

// Overdue reports whether the report should have been submitted before today.
func (r Report) Overdue(today Date) bool {
	return (r.State == ReportDraft || r.State == ReportReturned) && r.Due.Before(today)
}

// Hash binds a decision to what was read: it covers the project, the period, the revision and every word of the content.
func (r Report) Hash() string {
	content, err := json.Marshal(r.Content.Record())
	if err != nil {
		panic(fmt.Sprintf("report content holds only texts and numbers: %v", err))
	}
	sum := sha256.Sum256(fmt.Appendf(nil, "%d %s %d %s", r.ProjectID, r.Period, r.Revision, content))
	return hex.EncodeToString(sum[:])
}
