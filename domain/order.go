package domain

import (
	"fmt"
	"time"
)

// OrderState is where a supervision order 督办单 stands.
type OrderState string

// The states: issued until the addressee signs for it, acknowledged until answered, answered until the Commission
// decides, closed. A withdrawn one keeps its number.
const (
	OrderIssued       OrderState = "issued"
	OrderAcknowledged OrderState = "acknowledged"
	OrderAnswered     OrderState = "answered"
	OrderClosed       OrderState = "closed"
	OrderWithdrawn    OrderState = "withdrawn"
)

// OrderStates lists them.
func OrderStates() []OrderState {
	return []OrderState{OrderIssued, OrderAcknowledged, OrderAnswered, OrderClosed, OrderWithdrawn}
}

// SupervisionState says whether a supervision order is under way for a project.
type SupervisionState string

// A project is ordered from the issue of an order until the Commission has closed or withdrawn the last of them.
const (
	Ordered   SupervisionState = "ordered"
	Unordered SupervisionState = "unordered"
)

// SupervisionStates lists them.
func SupervisionStates() []SupervisionState { return []SupervisionState{Ordered, Unordered} }

// OrderAction is one entry of an order's course.
type OrderAction string

// The actions. Acknowledge and answer are the addressee's, close, send back and withdraw the Commission's. Issue begins
// the course; escalate is the system's alone.
const (
	OrderIssue       OrderAction = "issue"
	OrderAcknowledge OrderAction = "acknowledge"
	OrderAnswer      OrderAction = "answer"
	OrderClose       OrderAction = "close"
	OrderSendBack    OrderAction = "send_back"
	OrderWithdraw    OrderAction = "withdraw"
	OrderEscalate    OrderAction = "escalate"
)

// OrderActions lists what people do with an issued order.
func OrderActions() []OrderAction {
	return []OrderAction{OrderAcknowledge, OrderAnswer, OrderClose, OrderSendBack, OrderWithdraw}
}

// OrderEntries lists everything that an order's course may hold.
func OrderEntries() []OrderAction { return append(OrderActions(), OrderIssue, OrderEscalate) }

// Live reports whether the addressee still has to act.
func (s OrderState) Live() bool { return s == OrderIssued || s == OrderAcknowledged }

// Next is the state an action leads to from s; ok is false where it is not allowed.
func (s OrderState) Next(action OrderAction) (next OrderState, ok bool) {
	switch {
	case action == OrderAcknowledge && s == OrderIssued:
		return OrderAcknowledged, true
	case action == OrderAnswer && s == OrderAcknowledged:
		return OrderAnswered, true
	case action == OrderClose && s == OrderAnswered:
		return OrderClosed, true
	case action == OrderSendBack && s == OrderAnswered:
		return OrderAcknowledged, true
	case action == OrderWithdraw && s.Live():
		return OrderWithdrawn, true
	case action == OrderEscalate && s.Live():
		return s, true
	}
	return s, false
}

// refusal names the state that does not allow an action, and so what to do instead.
func (s OrderState) refusal() *Error {
	switch s {
	case OrderIssued:
		return Conflict("order_is_issued")
	case OrderAcknowledged:
		return Conflict("order_is_acknowledged")
	case OrderAnswered:
		return Conflict("order_is_answered")
	case OrderClosed:
		return Conflict("order_is_closed")
	default:
		return Conflict("order_is_withdrawn")
	}
}

// OrderNumber counts the orders of a year without a gap: 督2026-0007.
type OrderNumber struct {
	Year   int
	Serial int
}

// String is the number as it is printed.
func (n OrderNumber) String() string { return fmt.Sprintf("督%d-%04d", n.Year, n.Serial) }

// OrderCause is what the project showed when the order was issued; the order keeps it whatever the project shows later.
// All three lights are kept, none in place of another; Clauses are those by which the rule warned, with their figures,
// by Rule, its version. Progress ("37.5") and Period ("2026-06") are empty before the first approved report, Words are its
// owner's beside the light. Orders of before the rule's light was kept have neither it nor the Commission's.
type OrderCause struct {
	RuleLight     RuleLight `json:"ruleLight,omitempty"`
	Rule          int       `json:"rule,omitempty"`
	Clauses       []Clause  `json:"clauses,omitempty"`
	OwnerLight    Light     `json:"ownerLight"`
	ReviewerLight Light     `json:"reviewerLight,omitempty"`
	Progress      string    `json:"progress"`
	Period        string    `json:"period"`
	SlipDays      *int      `json:"slipDays"`
	Stage         Stage     `json:"stage"`
	Words         string    `json:"words"`
}

// CauseOf is what a project shows now; last is its last approved report, nil for none.
func CauseOf(lights ProjectLights, last *Report) OrderCause {
	p := lights.Project
	cause := OrderCause{
		RuleLight: lights.Verdict.Light, Rule: lights.Verdict.Rule, Clauses: lights.Verdict.Warnings(), OwnerLight: p.OwnerLight,
		ReviewerLight: lights.Reviewer.Light, SlipDays: p.SlipDays, Stage: p.Stage,
	}
	if p.Progress != nil {
		cause.Progress = p.Progress.String()
	}
	if !p.ReportedPeriod.IsZero() {
		cause.Period = p.ReportedPeriod.String()
	}
	if last != nil {
		cause.Words = last.Content.LightText
	}
	return cause
}

// Order is a demand of the Commission on one organisation about one project.
type Order struct {
	ID          int64
	Number      OrderNumber
	Project     Project
	Addressee   Organisation
	Demand      string
	Due         Date
	State       OrderState
	Cause       OrderCause
	IssueID     int64 // the issue it came from; zero for none
	MeetingID   int64 // the meeting it was decided in; zero for none
	IssuedBy    string
	IssuedAt    time.Time
	AnsweredBy  string
	Evidence    Evidence
	EndedBy     string
	EndedAt     time.Time
	Escalations int
	Version     int64
	UpdatedAt   time.Time
}

// OrderDraft is what the Commission says when issuing an order. An AddresseeID of zero means the project's owner.
type OrderDraft struct {
	AddresseeID int64
	Demand      string
	Due         Date
	IssueID     int64
}

// Check refuses an order that demands nothing, or by a day that has gone by.
func (d OrderDraft) Check(today Date) error {
	return InvalidFields(append(checkText("demand", d.Demand, SpeechRunes), checkDue(d.Due, today)...))
}

// OrderMove is one act on an order; only an answer carries evidence.
type OrderMove struct {
	Action   OrderAction
	Text     string
	Evidence Evidence
}

// Do takes the order through an act of somebody at an instant. It is closed on the evidence of its answer, and not by who
// answered (four eyes).
func (o Order) Do(move OrderMove, by string, at time.Time) (Order, error) {
	next, ok := o.State.Next(move.Action)
	if !ok {
		return o, o.State.refusal()
	}
	if err := move.check(); err != nil {
		return o, err
	}
	o.State, o.UpdatedAt = next, at
	switch move.Action { //nolint:exhaustive // the others only move the state
	case OrderAnswer:
		o.AnsweredBy, o.Evidence = by, move.Evidence
	case OrderSendBack:
		o.AnsweredBy, o.Evidence = "", Evidence{}
	case OrderClose:
		if by == o.AnsweredBy {
			return o, Forbidden("order_four_eyes")
		}
		o.EndedBy, o.EndedAt = by, at
	case OrderWithdraw:
		o.EndedBy, o.EndedAt = by, at
	}
	return o, nil
}

func (m OrderMove) check() error {
	var fields []FieldError
	if m.Action == OrderAnswer || m.Action == OrderSendBack || m.Action == OrderWithdraw {
		fields = append(fields, checkText("text", m.Text, SpeechRunes)...)
	}
	if m.Action == OrderAnswer {
		fields = append(fields, m.Evidence.check()...)
	}
	return InvalidFields(fields)
}

// TakesEvidence refuses files for an order that the addressee need not answer any more, by the state's name.
func (o Order) TakesEvidence() error {
	if !o.State.Live() {
		return o.State.refusal()
	}
	return nil
}

// Overdue reports whether the addressee should have answered before today.
func (o Order) Overdue(today Date) bool { return o.State.Live() && o.Due.Before(today) }

// Escalate counts the full periods of days that the order is overdue; ok is false while they are counted already.
func (o Order) Escalate(days int, today Date) (raised Order, ok bool) {
	periods := overduePeriods(o.Due, today, days)
	if !o.Overdue(today) || periods <= o.Escalations {
		return o, false
	}
	o.Escalations = periods
	return o, true
}

// OrderEntry is one line of an order's course: who did what, with which words.
type OrderEntry struct {
	ID           int64
	Action       OrderAction
	Text         string
	Evidence     Evidence
	By           string
	Organisation string
	At           time.Time
}

// OrderFilter selects orders. Values of one field widen, fields narrow; empty fields do not filter. OnlyMine keeps those
// addressed to the organisations of Mine.
type OrderFilter struct {
	ProjectID  int64
	MeetingID  int64
	States     []OrderState
	Addressees []string
	Overdue    bool
	OnlyMine   bool
	Mine       Scope
	Text       string
	Today      Date
}
