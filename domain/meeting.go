package domain

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"strings"
	"time"
)

// MeetingState is where a coordination meeting 调度会 stands.
type MeetingState string

// The states; a finished meeting is frozen.
const (
	MeetingPlanned   MeetingState = "planned"
	MeetingInSession MeetingState = "in_session"
	MeetingFinished  MeetingState = "finished"
)

// MeetingStates lists them.
func MeetingStates() []MeetingState {
	return []MeetingState{MeetingPlanned, MeetingInSession, MeetingFinished}
}

// MeetingAction is what the chair's secretary does in a meeting.
type MeetingAction string

// The actions: begin, write down a decision, change one, make it count, strike it, and finish.
const (
	MeetingStart   MeetingAction = "start"
	MeetingRecord  MeetingAction = "record"
	MeetingAmend   MeetingAction = "amend"
	MeetingConfirm MeetingAction = "confirm"
	MeetingStrike  MeetingAction = "strike"
	MeetingFinish  MeetingAction = "finish"
)

// MeetingActions lists them.
func MeetingActions() []MeetingAction {
	return []MeetingAction{MeetingStart, MeetingRecord, MeetingAmend, MeetingConfirm, MeetingStrike, MeetingFinish}
}

// Next is the state an action leads to from s; ok is false where it is not allowed.
func (s MeetingState) Next(action MeetingAction) (next MeetingState, ok bool) {
	switch action {
	case MeetingStart:
		return MeetingInSession, s == MeetingPlanned
	case MeetingFinish:
		return MeetingFinished, s == MeetingInSession
	default:
		return s, s == MeetingInSession
	}
}

// refusal names the state that does not allow an action, and so what to do instead.
func (s MeetingState) refusal() *Error {
	switch s {
	case MeetingPlanned:
		return Conflict("meeting_is_planned")
	case MeetingInSession:
		return Conflict("meeting_is_in_session")
	default:
		return Conflict("meeting_is_finished")
	}
}

// May refuses an action that the state does not allow, by the state's name.
func (s MeetingState) May(action MeetingAction) error {
	if _, ok := s.Next(action); !ok {
		return s.refusal()
	}
	return nil
}

// AgendaLimit is how many projects one meeting can have.
const AgendaLimit = PageLimitMax

// Meeting goes through an agenda of projects, frozen in its order when the meeting was called. Filter says in canonical
// JSON which projects were meant, FilterHash binds it together with what it selected; Hash, of a finished meeting, covers
// everything that the minutes say.
type Meeting struct {
	ID         int64
	Title      string
	HeldOn     Date
	Filter     string
	FilterHash string
	State      MeetingState
	Hash       string
	CalledBy   string
	CalledAt   time.Time
	StartedAt  time.Time
	FinishedBy string
	FinishedAt time.Time
	Version    int64
	Items      int
	Orders     int
}

// MeetingDraft calls a meeting.
type MeetingDraft struct {
	Title  string
	HeldOn Date
	Filter ProjectFilter
	Sort   ProjectSort
}

// Check refuses a meeting without a name or a day.
func (d MeetingDraft) Check() error {
	fields := checkText("title", d.Title, TitleRunes)
	if d.HeldOn.IsZero() {
		fields = append(fields, FieldError{Field: "heldOn", Code: "required"})
	}
	return InvalidFields(fields)
}

// Agenda freezes a choice of projects: the filter as text, and the hash of it with the projects in their order.
func Agenda(f ProjectFilter, sort ProjectSort, projects []Project) (filter, hash string) {
	text, err := json.Marshal(struct {
		Filter ProjectFilter
		Sort   ProjectSort
	}{f, sort})
	if err != nil {
		panic(fmt.Sprintf("a filter holds only texts and numbers: %v", err))
	}
	var order strings.Builder
	for _, p := range projects {
		fmt.Fprintf(&order, " %d", p.ID)
	}
	sum := sha256.Sum256(append(text, order.String()...))
	return string(text), hex.EncodeToString(sum[:])
}

// Do takes the meeting through start or finish.
func (m Meeting) Do(action MeetingAction, by string, at time.Time) (Meeting, error) {
	next, ok := m.State.Next(action)
	if !ok {
		return m, m.State.refusal()
	}
	m.State = next
	switch action { //nolint:exhaustive // decisions leave the meeting as it is
	case MeetingStart:
		m.StartedAt = at
	case MeetingFinish:
		m.FinishedBy, m.FinishedAt = by, at
	}
	return m, nil
}

// Minutes is what the hash of a finished meeting covers: the meeting, the agenda and the confirmed decisions.
func (m Meeting) Minutes(agenda []Project, decisions []Decision) (hash string) {
	said := fmt.Appendf(nil, "%d %q %s %s %s", m.ID, m.Title, m.HeldOn, m.FilterHash, m.FinishedBy)
	for _, p := range agenda {
		said = fmt.Appendf(said, "\n%d", p.ID)
	}
	for _, d := range decisions {
		if d.State == DecisionConfirmed {
			said = fmt.Appendf(said, "\n%d %d %s %q %d %s %s", d.ID, d.ProjectID, d.Kind, d.Text, d.Responsible.ID, d.Due, d.orderText())
		}
	}
	sum := sha256.Sum256(said)
	return hex.EncodeToString(sum[:])
}
