package domain

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"
)

// RequestKind is what the owner asks the Commission to decide.
type RequestKind string

// The kinds: entering the next stage (进入下一阶段), moving current baselines (调整基准), pausing (暂停), resuming (恢复) and
// ending (退出) a project.
const (
	RequestGate       RequestKind = "gate"
	RequestRebaseline RequestKind = "rebaseline"
	RequestPause      RequestKind = "pause"
	RequestResume     RequestKind = "resume"
	RequestExit       RequestKind = "exit"
)

// RequestKinds lists them.
func RequestKinds() []RequestKind {
	return []RequestKind{RequestGate, RequestRebaseline, RequestPause, RequestResume, RequestExit}
}

// Course reports whether the kind changes where the project is going. Of those only one can be open at a time, because
// each would pull the ground from under the others.
func (k RequestKind) Course() bool { return k != RequestRebaseline }

// MayStart says why a request of this kind makes no sense for the project as it is; nil where it does.
func (k RequestKind) MayStart(p Project) error {
	_, next := p.Stage.Next()
	switch {
	case p.Standing == StandingExited:
		return Conflict("project_exited")
	case k == RequestResume && p.Standing != StandingPaused:
		return Conflict("project_not_paused")
	case (k == RequestGate || k == RequestPause) && p.Standing == StandingPaused:
		return Conflict("project_paused")
	case k == RequestGate && p.StageProvisional:
		return Conflict("gate_from_provisional")
	case k == RequestGate && !next:
		return Conflict("no_gate_ahead")
	}
	return nil
}

// MayStandBeside says which open request of the same project excludes a new one of this kind; nil where none does.
func (k RequestKind) MayStandBeside(others []Request) error {
	for _, other := range others {
		switch {
		case !other.State.Open():
		case other.Kind == k:
			return Conflict("request_open")
		case other.Kind.Course() && k.Course():
			return Conflict("course_request_open")
		}
	}
	return nil
}

// RequestState is where a request stands.
type RequestState string

// The states: draft and returned belong to the owner, submitted to the Commission; approved has taken effect and is
// frozen, cancelled was given up and stays readable.
const (
	RequestDraft     RequestState = "draft"
	RequestSubmitted RequestState = "submitted"
	RequestReturned  RequestState = "returned"
	RequestApproved  RequestState = "approved"
	RequestCancelled RequestState = "cancelled"
)

// RequestStates lists them.
func RequestStates() []RequestState {
	return []RequestState{RequestDraft, RequestSubmitted, RequestReturned, RequestApproved, RequestCancelled}
}

// Open reports whether something can still become of the request.
func (s RequestState) Open() bool {
	return s == RequestDraft || s == RequestSubmitted || s == RequestReturned
}

// RequestAction is what can be done with a request.
type RequestAction string

// The actions. Save, submit, withdraw and cancel are the owner's, approve and return the Commission's.
const (
	RequestSave     RequestAction = "save"
	RequestSubmit   RequestAction = "submit"
	RequestWithdraw RequestAction = "withdraw"
	RequestCancel   RequestAction = "cancel"
	RequestApprove  RequestAction = "approve"
	RequestReturn   RequestAction = "return"
)

// RequestActions lists them.
func RequestActions() []RequestAction {
	return []RequestAction{RequestSave, RequestSubmit, RequestWithdraw, RequestCancel, RequestApprove, RequestReturn}
}

// Next is the state an action leads to from s; ok is false where it is not allowed.
func (s RequestState) Next(action RequestAction) (next RequestState, ok bool) {
	editable := s == RequestDraft || s == RequestReturned
	switch {
	case action == RequestSave && editable:
		return s, true
	case action == RequestSubmit && editable:
		return RequestSubmitted, true
	case action == RequestCancel && editable:
		return RequestCancelled, true
	case action == RequestWithdraw && s == RequestSubmitted:
		return RequestDraft, true
	case action == RequestApprove && s == RequestSubmitted:
		return RequestApproved, true
	case action == RequestReturn && s == RequestSubmitted:
		return RequestReturned, true
	}
	return s, false
}

// refusal names the state that does not allow an action, and so what to do instead.
func (s RequestState) refusal() *Error {
	switch s {
	case RequestDraft:
		return Conflict("request_is_draft")
	case RequestSubmitted:
		return Conflict("request_is_submitted")
	case RequestReturned:
		return Conflict("request_is_returned")
	case RequestApproved:
		return Conflict("request_is_approved")
	default:
		return Conflict("request_is_cancelled")
	}
}

// Request is what the owner of a project asks of the Commission, with everything the decision rests on. Number is that of
// the decision that approved it, empty until then.
type Request struct {
	ID          int64
	ProjectID   int64
	Kind        RequestKind
	State       RequestState
	Content     RequestContent
	Version     int64
	DraftedBy   string
	SubmittedBy string
	SubmittedAt time.Time
	DecidedBy   string
	DecidedAt   time.Time
	Comment     string
	Number      string
	CreatedAt   time.Time
	UpdatedAt   time.Time
	UpdatedBy   string
}

// Do takes the request through an action of somebody at an instant; a state that does not allow it refuses. A submission
// forgets the decision before it but keeps its comment, so that the next reviewer sees what was asked for.
func (r Request) Do(action RequestAction, by string, at time.Time, comment string) (Request, error) {
	next, ok := r.State.Next(action)
	if !ok {
		return r, r.State.refusal()
	}
	r.State = next
	switch action {
	case RequestSave, RequestCancel:
		r.UpdatedBy, r.UpdatedAt = by, at
	case RequestSubmit:
		r.SubmittedBy, r.SubmittedAt = by, at
		r.DecidedBy, r.DecidedAt = "", time.Time{}
	case RequestWithdraw:
		r.SubmittedBy, r.SubmittedAt = "", time.Time{}
	case RequestApprove, RequestReturn:
		if err := r.checkDecision(action, by, comment); err != nil {
			return r, err
		}
		r.DecidedBy, r.DecidedAt, r.Comment = by, at, comment
	}
	return r, nil
}

// MayBeDecidedBy reports whether somebody has no part in the request: neither drafted, nor last edited, nor submitted it
// (four eyes).
func (r Request) MayBeDecidedBy(who string) bool {
	return !slices.Contains([]string{r.DraftedBy, r.SubmittedBy, r.UpdatedBy}, who)
}

func (r Request) checkDecision(action RequestAction, by, comment string) error {
	if !r.MayBeDecidedBy(by) {
		return Forbidden("four_eyes")
	}
	if action == RequestReturn && strings.TrimSpace(comment) == "" {
		return Invalid("comment", "return_needs_comment")
	}
	return nil
}

// Hash binds a decision to what was read: it covers the project, the kind and every word of the content.
func (r Request) Hash() string {
	content, err := json.Marshal(r.Content.Record())
	if err != nil {
		panic(fmt.Sprintf("request content holds only texts and numbers: %v", err))
	}
	sum := sha256.Sum256(fmt.Appendf(nil, "%d %s %s", r.ProjectID, r.Kind, content))
	return hex.EncodeToString(sum[:])
}

// OpenRequest is a request that is not closed, with its project.
type OpenRequest struct {
	Request Request
	Project Project
}
