package domain

import (
	"fmt"
	"slices"
)

// RequestContent is everything a request says. Reason is of every kind; the other fields belong to the kinds named beside
// them and stay empty in the rest.
type RequestContent struct {
	Reason        string
	From, To      Stage        // gate: the stage it was opened at, and the one it leads to
	Items         []GateAnswer // gate
	Baselines     []Rebaseline // rebaseline
	Document      string       // pause, resume, exit
	ExpectedUntil Date         // pause
	ExitKind      ExitKind     // exit
	Successors    []string     // exit: project codes
}

// Rebaseline is a new current baseline for one milestone. Before is the one it replaces, as it stood when the line was
// written: a request whose ground has moved cannot be submitted nor approved. The original baseline never changes.
type Rebaseline struct {
	MilestoneID int64
	Name        string
	Before      *PlanDate
	After       *PlanDate
	ReasonCode  ReasonCode
	ReasonText  string
}

// Impact is the slip of the milestone against both baselines, before and after the new one.
func (b Rebaseline) Impact(m Milestone) (before, after Slip) {
	m.CurrentBaseline = b.Before
	before = m.Slip()
	m.CurrentBaseline = b.After
	return before, m.Slip()
}

// Exit is the exit that the content asks for.
func (c RequestContent) Exit() Exit {
	return Exit{Kind: c.ExitKind, Document: c.Document, Successors: c.Successors}
}

// NewRequestContent is what a request of the kind begins with: for a gate, its checklist.
func NewRequestContent(kind RequestKind, p Project, items []GateItem) RequestContent {
	var content RequestContent
	if kind == RequestGate {
		content.From = p.Stage
		content.To, _ = p.Stage.Next()
		content.Items = NewGateAnswers(items)
	}
	return content
}

// RequestChange is a partial edit: a nil field stays as it is. Of Items, the lines given replace theirs; Baselines
// replace all.
type RequestChange struct {
	Reason        *string
	Items         []GateAnswer
	Baselines     *[]Rebaseline
	Document      *string
	ExpectedUntil *Date
	ExitKind      *ExitKind
	Successors    *[]string
}

// Apply gives the content after the change, or says which field the kind does not have, or what no record may hold. A
// draft may be incomplete; see [RequestContent.CheckSubmission].
func (c RequestChange) Apply(kind RequestKind, content RequestContent, milestones []Milestone) (RequestContent, error) {
	if err := c.belongs(kind); err != nil {
		return content, err
	}
	assign(&content.Reason, c.Reason)
	assign(&content.Document, c.Document)
	assign(&content.ExpectedUntil, c.ExpectedUntil)
	assign(&content.ExitKind, c.ExitKind)
	if c.Successors != nil {
		content.Successors = slices.Clone(*c.Successors)
	}
	fields := content.checkLengths()
	items, refused := answered(content.Items, c.Items)
	content.Items, fields = items, append(fields, refused...)
	if c.Baselines != nil {
		content.Baselines, refused = rebaselined(*c.Baselines, milestones)
		fields = append(fields, refused...)
	}
	return content, InvalidFields(fields)
}

// belongs refuses an edit that names nothing, or a field of another kind.
func (c RequestChange) belongs(kind RequestKind) error {
	parts := []struct {
		field string
		given bool
		kinds []RequestKind
	}{
		{"reason", c.Reason != nil, RequestKinds()},
		{"items", c.Items != nil, []RequestKind{RequestGate}},
		{"baselines", c.Baselines != nil, []RequestKind{RequestRebaseline}},
		{"document", c.Document != nil, []RequestKind{RequestPause, RequestResume, RequestExit}},
		{"expectedUntil", c.ExpectedUntil != nil, []RequestKind{RequestPause}},
		{"exitKind", c.ExitKind != nil, []RequestKind{RequestExit}},
		{"successors", c.Successors != nil, []RequestKind{RequestExit}},
	}
	named := false
	for _, part := range parts {
		if part.given && !slices.Contains(part.kinds, kind) {
			return Invalid(part.field, "not_of_this_request")
		}
		named = named || part.given
	}
	if !named {
		return NothingToChange()
	}
	return nil
}

func (c RequestContent) checkLengths() []FieldError {
	fields := tooLong("reason", c.Reason, requestTextRunes)
	fields = append(fields, tooLong("document", c.Document, requestDocumentRunes)...)
	if len(c.Successors) > exitSuccessorsMax {
		fields = append(fields, FieldError{Field: "successors", Code: "max_items", Params: Params("limit", exitSuccessorsMax)})
	}
	return fields
}

// answered puts the given answers into their lines; the line itself stays as the checklist said it.
func answered(lines, given []GateAnswer) (after []GateAnswer, fields []FieldError) {
	after = slices.Clone(lines)
	for i, answer := range given {
		path := fmt.Sprintf("items[%d]", i)
		at := slices.IndexFunc(after, func(line GateAnswer) bool { return line.Code == answer.Code })
		if at < 0 {
			fields = append(fields, FieldError{Field: path + ".code", Code: "unknown_gate_item"})
			continue
		}
		fields = append(fields, under(path, answer.checkLengths())...)
		after[at].Verdict, after[at].Reason, after[at].Document = answer.Verdict, answer.Reason, answer.Document
	}
	return after, fields
}

// rebaselined takes name and old baseline of each line from the milestone as it stands now.
func rebaselined(given []Rebaseline, milestones []Milestone) (lines []Rebaseline, fields []FieldError) {
	seen := map[int64]bool{}
	for i, line := range given {
		path := fmt.Sprintf("baselines[%d]", i)
		at := slices.IndexFunc(milestones, func(m Milestone) bool { return m.ID == line.MilestoneID })
		if at < 0 || seen[line.MilestoneID] {
			fields = append(fields, FieldError{Field: path + ".milestoneId", Code: "milestone_not_found"})
			continue
		}
		seen[line.MilestoneID] = true
		line.Name, line.Before = milestones[at].Name, milestones[at].CurrentBaseline
		fields = append(fields, under(path, tooLong("reasonText", line.ReasonText, 2000))...)
		lines = append(lines, line)
	}
	return lines, fields
}

// under gives fields their path in the request that carried them.
func under(path string, fields []FieldError) []FieldError {
	for i := range fields {
		fields[i].Field = path + "." + fields[i].Field
	}
	return fields
}
