package domain

import "time"

// DecisionKind says what becomes of a decision.
type DecisionKind string

// An order becomes a supervision order, a note stands in the minutes only.
const (
	DecisionOrder DecisionKind = "order"
	DecisionNote  DecisionKind = "note"
)

// DecisionKinds lists them.
func DecisionKinds() []DecisionKind { return []DecisionKind{DecisionOrder, DecisionNote} }

// DecisionState is where a decision of a meeting stands.
type DecisionState string

// The states: a draft is still being typed, a confirmed one stands in the minutes, a struck one does not.
const (
	DecisionDraft     DecisionState = "draft"
	DecisionConfirmed DecisionState = "confirmed"
	DecisionStruck    DecisionState = "struck"
)

// DecisionStates lists them.
func DecisionStates() []DecisionState {
	return []DecisionState{DecisionDraft, DecisionConfirmed, DecisionStruck}
}

// Decision is what a meeting decided about one project of its agenda. Order is the supervision order it became, nil
// for a note and before the confirmation.
type Decision struct {
	ID          int64
	MeetingID   int64
	ProjectID   int64
	Kind        DecisionKind
	Text        string
	Responsible Organisation // the zero one for none named
	Due         Date
	State       DecisionState
	OrderID     int64
	OrderNumber OrderNumber
	By          string
	At          time.Time
	Version     int64
}

// DecisionChange is a decision as far as it has been typed; a nil field stays as it is.
type DecisionChange struct {
	Kind          *DecisionKind
	Text          *string
	ResponsibleID *int64
	Due           *Date
}

// Open refuses to touch a decision that was confirmed or struck.
func (d Decision) Open() error {
	if d.State != DecisionDraft {
		return Conflict("decision_is_settled")
	}
	return nil
}

// Confirm makes a draft count. An order names a day, a note only says something.
func (d Decision) Confirm(today Date) (Decision, error) {
	if err := d.Open(); err != nil {
		return d, err
	}
	fields := checkText("text", d.Text, SpeechRunes)
	if d.Kind == DecisionOrder {
		fields = append(fields, checkDue(d.Due, today)...)
	}
	d.State = DecisionConfirmed
	return d, InvalidFields(fields)
}

func (d Decision) orderText() string {
	if d.OrderID == 0 {
		return ""
	}
	return d.OrderNumber.String()
}
