package domain

import (
	"slices"
	"strings"
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

// StageMove is one change of stage as the Commission decides it. Evidence names the documents a forward move rests
// on (可研批复, 施工许可 …).
type StageMove struct {
	To       Stage
	Reason   string
	Evidence string
}

// LegalNext lists where a project may go from s: one step forward through the gate, or any step back. A provisional
// stage was derived, not decided, so it may be corrected to any other.
func (s Stage) LegalNext(provisional bool) []Stage {
	next := make([]Stage, 0, len(Stages()))
	for _, to := range Stages() {
		if to != s && (provisional || to.rank() <= s.rank()+1) {
			next = append(next, to)
		}
	}
	return next
}

// Check refuses a move that skips a gate, lacks its reason, or goes forward without evidence.
func (m StageMove) Check(from Stage, provisional bool) error {
	if m.To.rank() < 0 {
		return Invalid("to", "unknown_stage")
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

// StandingMove pauses, resumes or ends a project. Document names the deciding paper; SuccessorCode the project that
// carries on after a merge, split or renaming, and is empty otherwise.
type StandingMove struct {
	To            Standing
	Reason        string
	Document      string
	SuccessorCode string
}

// Check refuses an illegal change of standing: nothing leaves exited, every change has a reason, an exit has a document.
func (m StandingMove) Check(from Standing) error {
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
	if m.To == StandingExited && strings.TrimSpace(m.Document) == "" {
		fields = append(fields, FieldError{Field: "document", Code: "document_required"})
	}
	if m.To != StandingExited && m.SuccessorCode != "" {
		fields = append(fields, FieldError{Field: "successorCode", Code: "successor_only_on_exit"})
	}
	return InvalidFields(fields)
}
