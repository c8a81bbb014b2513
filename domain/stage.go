package domain

import (
	"slices"
	"strings"
	"time"
)

// Stage is where a project stands in its life, from idea to asset (谋划—储备—前期—实施—建成—转固; the plan's
// chapter 15 asks for the rolling mechanism, chapter 6 for the unbroken chain to 转固).
type Stage string

// The stages in order.
const (
	StageConceived      Stage = "conceived"
	StageReserve        Stage = "reserve"
	StagePreliminary    Stage = "preliminary"
	StageImplementation Stage = "implementation"
	StageCompleted      Stage = "completed"
	StageTransferred    Stage = "transferred"
)

// Stages lists them in the order of a project's life.
func Stages() []Stage {
	return []Stage{StageConceived, StageReserve, StagePreliminary, StageImplementation, StageCompleted, StageTransferred}
}

func (s Stage) rank() int { return slices.Index(Stages(), s) }

// Reached reports whether s is goal or lies past it.
func (s Stage) Reached(goal Stage) bool { return s.rank() >= goal.rank() && goal.rank() >= 0 }

// Next is the stage behind the gate that lies ahead; ok is false after the last one.
func (s Stage) Next() (next Stage, ok bool) {
	ahead := s.rank() + 1
	if ahead < 1 || ahead >= len(Stages()) {
		return s, false
	}
	return Stages()[ahead], true
}

// StageMove is one change of stage that the Commission makes without a request: back, or to put a derived one right.
// Evidence names the documents that a stage further on rests on (可研批复, 施工许可 …).
type StageMove struct {
	To       Stage
	Reason   string
	Evidence string
}

// LegalNext lists where the Commission may move a project by itself: any step back. Forward leads through a gate, which
// the owner requests. A provisional stage was derived, not decided, so it may be corrected to any other.
func (s Stage) LegalNext(provisional bool) []Stage {
	next := make([]Stage, 0, len(Stages()))
	for _, to := range Stages() {
		if to != s && (provisional || to.rank() < s.rank()) {
			next = append(next, to)
		}
	}
	return next
}

// Check refuses a move past a gate, one that lacks its reason, and a correction to a later stage without evidence.
func (m StageMove) Check(from Stage, provisional bool) error {
	if m.To.rank() < 0 {
		return Invalid("to", "unknown_stage")
	}
	if !provisional && m.To.rank() > from.rank() {
		return Conflict("stage_through_gate")
	}
	if !slices.Contains(from.LegalNext(provisional), m.To) {
		return Conflict("illegal_stage_move", "from", string(from), "to", string(m.To))
	}
	var fields []FieldError
	if strings.TrimSpace(m.Reason) == "" {
		fields = append(fields, FieldError{Field: "reason", Code: "required"})
	}
	if m.To.rank() > from.rank() && strings.TrimSpace(m.Evidence) == "" {
		fields = append(fields, FieldError{Field: "evidence", Code: "evidence_required"})
	}
	return InvalidFields(fields)
}

// StageChange is one move as the record keeps it, with the number of the decision. RequestID is zero where the Commission
// moved the project by itself.
type StageChange struct {
	ProjectID int64
	From, To  Stage
	Reason    string
	Evidence  string
	Number    string
	RequestID int64
	DecidedBy string
	DecidedAt time.Time
}

// Standing says whether a project is being pursued. A paused or exited project keeps its stage and its page.
type Standing string

// The standings. Exited is final: a project that returns is a new one that names the old as predecessor.
const (
	StandingActive Standing = "active"
	StandingPaused Standing = "paused"
	StandingExited Standing = "exited"
)

// Standings lists them in the order screens show them.
func Standings() []Standing { return []Standing{StandingActive, StandingPaused, StandingExited} }

// StandingMove pauses, resumes or ends a project, as the Commission does by itself. Document names the deciding paper; an
// exit says how, and which projects carry on. Until is when a pause is expected to end.
type StandingMove struct {
	To         Standing
	Reason     string
	Document   string
	ExitKind   ExitKind
	Successors []string
	Until      Date
}

// Check refuses an illegal change of standing of the project code: nothing leaves exited, every change has a reason, an
// exit is whole, see [Exit].
func (m StandingMove) Check(from Standing, code string) error {
	if !slices.Contains(Standings(), m.To) {
		return Invalid("to", "unknown_standing")
	}
	if from == StandingExited || from == m.To {
		return Conflict("illegal_standing_move", "from", string(from), "to", string(m.To))
	}
	var fields []FieldError
	if strings.TrimSpace(m.Reason) == "" {
		fields = append(fields, FieldError{Field: "reason", Code: "required"})
	}
	if m.To == StandingExited {
		fields = append(fields, Exit{Kind: m.ExitKind, Document: m.Document, Successors: m.Successors}.check(code)...)
	} else if m.ExitKind != "" || len(m.Successors) > 0 {
		fields = append(fields, FieldError{Field: "exitKind", Code: "successor_only_on_exit"})
	}
	if m.To != StandingPaused && !m.Until.IsZero() {
		fields = append(fields, FieldError{Field: "expectedUntil", Code: "until_only_on_pause"})
	}
	return InvalidFields(fields)
}

// Kind is what a decision that changes the standing to s is called.
func (s Standing) Kind() RulingKind {
	switch s {
	case StandingPaused:
		return RulingKind(RequestPause)
	case StandingExited:
		return RulingKind(RequestExit)
	default:
		return RulingKind(RequestResume)
	}
}
