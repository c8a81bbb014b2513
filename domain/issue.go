package domain

import (
	"slices"
	"strings"
	"time"
)

// IssueType says what an issue 需协调事项 is about.
type IssueType string

// The types, as the bureaus sort what hinders a project.
const (
	IssueLand       IssueType = "land"
	IssueSea        IssueType = "sea"
	IssueForest     IssueType = "forest"
	IssueFunding    IssueType = "funding"
	IssueApproval   IssueType = "approval"
	IssueDemolition IssueType = "demolition"
	IssueUtilities  IssueType = "utilities"
	IssueEnergy     IssueType = "energy"
	IssueOther      IssueType = "other"
)

// IssueTypes lists them in the order screens show them.
func IssueTypes() []IssueType {
	return []IssueType{
		IssueLand, IssueSea, IssueForest, IssueFunding, IssueApproval, IssueDemolition, IssueUtilities, IssueEnergy, IssueOther,
	}
}

// IssueLevel is how high up an issue is being coordinated.
type IssueLevel string

// The levels from the lowest: the district, the city's bureaus, the city's leaders.
const (
	LevelDistrict IssueLevel = "district"
	LevelCity     IssueLevel = "city"
	LevelLeader   IssueLevel = "leader"
)

// IssueLevels lists them from the lowest.
func IssueLevels() []IssueLevel { return []IssueLevel{LevelDistrict, LevelCity, LevelLeader} }

// Above is the next level; ok is false at the top.
func (l IssueLevel) Above() (above IssueLevel, ok bool) {
	levels := IssueLevels()
	i := slices.Index(levels, l) + 1
	if i == 0 || i == len(levels) {
		return l, false
	}
	return levels[i], true
}

// IssueState is where an issue stands.
type IssueState string

// The states: open waits for the responsible organisation, in progress has its answer, resolved is its claim, closed is
// the word of who raised it or of the Commission, withdrawn was taken back.
const (
	IssueOpen       IssueState = "open"
	IssueInProgress IssueState = "in_progress"
	IssueResolved   IssueState = "resolved"
	IssueClosed     IssueState = "closed"
	IssueWithdrawn  IssueState = "withdrawn"
)

// IssueStates lists them.
func IssueStates() []IssueState {
	return []IssueState{IssueOpen, IssueInProgress, IssueResolved, IssueClosed, IssueWithdrawn}
}

// IssueAction is one entry of an issue's thread.
type IssueAction string

// The actions. Reply and resolve are the responsible organisation's, close and reopen belong to those who raised it and
// to the Commission, withdraw to those who raised it. Raise opens the thread; escalate is the system's alone.
const (
	IssueRaise    IssueAction = "raise"
	IssueReply    IssueAction = "reply"
	IssueResolve  IssueAction = "resolve"
	IssueClose    IssueAction = "close"
	IssueReopen   IssueAction = "reopen"
	IssueWithdraw IssueAction = "withdraw"
	IssueRemark   IssueAction = "remark"
	IssueEscalate IssueAction = "escalate"
)

// IssueActions lists what people do with an issue that was raised.
func IssueActions() []IssueAction {
	return []IssueAction{IssueReply, IssueResolve, IssueClose, IssueReopen, IssueWithdraw, IssueRemark}
}

// IssueEntries lists everything that a thread may hold.
func IssueEntries() []IssueAction { return append(IssueActions(), IssueRaise, IssueEscalate) }

// Live reports whether the responsible organisation still has to act.
func (s IssueState) Live() bool { return s == IssueOpen || s == IssueInProgress }

// Next is the state an action leads to from s; ok is false where it is not allowed.
func (s IssueState) Next(action IssueAction) (next IssueState, ok bool) {
	switch {
	case action == IssueReply && s.Live():
		return IssueInProgress, true
	case action == IssueResolve && s.Live():
		return IssueResolved, true
	case action == IssueClose && s == IssueResolved:
		return IssueClosed, true
	case action == IssueReopen && (s == IssueResolved || s == IssueClosed):
		return IssueOpen, true
	case action == IssueWithdraw && s.Live():
		return IssueWithdrawn, true
	case action == IssueRemark && (s.Live() || s == IssueResolved), action == IssueEscalate && s.Live():
		return s, true
	}
	return s, false
}

// refusal names the state that does not allow an action, and so what to do instead.
func (s IssueState) refusal() *Error {
	switch s {
	case IssueOpen, IssueInProgress:
		return Conflict("issue_is_unresolved")
	case IssueResolved:
		return Conflict("issue_is_resolved")
	case IssueClosed:
		return Conflict("issue_is_closed")
	default:
		return Conflict("issue_is_withdrawn")
	}
}

// Issue is something of a project that another organisation must act on. Responsible is the one that must act, Raiser
// that of the person who raised it; what the Commission raised itself is its own to withdraw or close, everything else the
// owner's. Escalations counts how often the level rose since the due date was set.
type Issue struct {
	ID          int64
	Project     Project
	Type        IssueType
	Title       string
	Text        string
	Responsible Organisation
	Level       IssueLevel
	Due         Date
	State       IssueState
	ReportID    int64 // the report whose words it came from; zero for none
	Raiser      Organisation
	Commission  bool
	RaisedBy    string
	RaisedAt    time.Time
	ResolvedBy  string
	Evidence    Evidence
	EndedBy     string
	EndedAt     time.Time
	Escalations int
	Version     int64
	UpdatedAt   time.Time
}

// IssueDraft is what somebody says when raising an issue.
type IssueDraft struct {
	Type          IssueType
	Title         string
	Text          string
	ResponsibleID int64
	Level         IssueLevel
	Due           Date
	ReportID      int64
}

// The lengths of what is typed, in characters.
const (
	TitleRunes  = 120
	SpeechRunes = 4000
)

// Check refuses a draft that says too little, or a day that has gone by.
func (d IssueDraft) Check(today Date) error {
	var fields []FieldError
	fields = append(fields, checkText("title", d.Title, TitleRunes)...)
	fields = append(fields, checkText("text", d.Text, SpeechRunes)...)
	fields = append(fields, checkDue(d.Due, today)...)
	return InvalidFields(fields)
}

// IssueMove is one act on an issue. Due is the new day of a reopened one; only a resolution carries evidence.
type IssueMove struct {
	Action   IssueAction
	Text     string
	Evidence Evidence
	Due      Date
}

// Do takes the issue through an act of somebody at an instant. Closing needs a second pair of eyes: not who resolved it.
func (i Issue) Do(move IssueMove, by string, at time.Time, today Date) (Issue, error) {
	next, ok := i.State.Next(move.Action)
	if !ok {
		return i, i.State.refusal()
	}
	if err := move.check(today); err != nil {
		return i, err
	}
	i.State, i.UpdatedAt = next, at
	switch move.Action { //nolint:exhaustive // reply and remark only add to the thread
	case IssueResolve:
		i.ResolvedBy, i.Evidence = by, move.Evidence
	case IssueClose:
		if by == i.ResolvedBy {
			return i, Forbidden("issue_four_eyes")
		}
		i.EndedBy, i.EndedAt = by, at
	case IssueWithdraw:
		i.EndedBy, i.EndedAt = by, at
	case IssueReopen:
		i.ResolvedBy, i.Evidence, i.EndedBy, i.EndedAt = "", Evidence{}, "", time.Time{}
		i.Due, i.Escalations = move.Due, 0
	}
	return i, nil
}

func (m IssueMove) check(today Date) error {
	var fields []FieldError
	if m.Action != IssueClose {
		fields = append(fields, checkText("text", m.Text, SpeechRunes)...)
	}
	if m.Action == IssueResolve {
		fields = append(fields, m.Evidence.check()...)
	}
	if m.Action == IssueReopen {
		fields = append(fields, checkDue(m.Due, today)...)
	}
	return InvalidFields(fields)
}

// TakesEvidence refuses files for an issue that the responsible organisation cannot resolve any more, by the state's name.
func (i Issue) TakesEvidence() error {
	if !i.State.Live() {
		return i.State.refusal()
	}
	return nil
}

// Overdue reports whether the responsible organisation should have resolved the issue before today.
func (i Issue) Overdue(today Date) bool { return i.State.Live() && i.Due.Before(today) }

// Escalate raises the level by one step for every full period of days that the issue is overdue, and counts the periods;
// ok is false while they are counted already, and at the top.
func (i Issue) Escalate(days int, today Date) (raised Issue, ok bool) {
	periods := overduePeriods(i.Due, today, days)
	if _, higher := i.Level.Above(); !i.Overdue(today) || !higher || periods <= i.Escalations {
		return i, false
	}
	for ; i.Escalations < periods; i.Escalations++ {
		i.Level, _ = i.Level.Above()
	}
	return i, true
}

// overduePeriods is how many full periods of days went by since due.
func overduePeriods(due, today Date, days int) int { return today.DaysSince(due) / max(days, 1) }

// IssueEntry is one line of the thread: who did what, with which words.
type IssueEntry struct {
	ID           int64
	Action       IssueAction
	Text         string
	Evidence     Evidence
	By           string
	Organisation string
	At           time.Time
}

// Evidence is what a claim rests on: the name of a document, files of the project, or both.
type Evidence struct {
	Document    string
	Attachments []int64
}

// evidenceRunes is how long the name of a document may be.
const evidenceRunes = 400

func (e Evidence) check() []FieldError {
	if strings.TrimSpace(e.Document) == "" && len(e.Attachments) == 0 {
		return []FieldError{{Field: "evidence", Code: "evidence_needed"}}
	}
	if runes(e.Document) > evidenceRunes {
		return []FieldError{{Field: "evidence", Code: "too_long", Params: Params("max", evidenceRunes)}}
	}
	return nil
}
