package domain

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"
)

// CheckGround refuses a request whose project is no longer what the request speaks of: it moved, was paused or ended, or
// a baseline was given another date meanwhile. It holds at the submission and again at the approval.
func (r Request) CheckGround(p ProjectDetail) error {
	if err := r.Kind.MayStart(p.Project); err != nil {
		return err
	}
	if r.Kind == RequestGate && r.Content.From != p.Stage {
		return Conflict("project_moved_meanwhile")
	}
	for _, line := range r.Content.Baselines {
		at := slices.IndexFunc(p.Milestones, func(m Milestone) bool { return m.ID == line.MilestoneID })
		if at < 0 || !samePlanDate(p.Milestones[at].CurrentBaseline, line.Before) {
			return Conflict("baseline_moved_meanwhile", "milestone", line.Name)
		}
	}
	return nil
}

// rebaselineWords is how many characters the words for a new baseline have at least.
const rebaselineWords = 10

// CheckSubmission says all that the content still lacks; field paths are those of the content.
func (r Request) CheckSubmission(p ProjectDetail, today Date) error {
	var fields []FieldError
	if strings.TrimSpace(r.Content.Reason) == "" {
		fields = append(fields, FieldError{Field: "reason", Code: "required"})
	}
	switch r.Kind {
	case RequestGate:
		for i, item := range r.Content.Items {
			fields = append(fields, under(fmt.Sprintf("items[%d]", i), item.checkSubmission(today))...)
		}
	case RequestRebaseline:
		fields = append(fields, r.Content.checkBaselines(p.Milestones)...)
	case RequestPause:
		if !r.Content.ExpectedUntil.After(today) {
			fields = append(fields, FieldError{Field: "expectedUntil", Code: "expected_in_past"})
		}
	case RequestExit:
		fields = append(fields, r.Content.Exit().check(p.Code)...)
	case RequestResume:
	}
	return InvalidFields(fields)
}

func (c RequestContent) checkBaselines(milestones []Milestone) []FieldError {
	if len(c.Baselines) == 0 {
		return []FieldError{{Field: "baselines", Code: "rebaseline_needs_milestone"}}
	}
	var fields []FieldError
	for i, line := range c.Baselines {
		at := slices.IndexFunc(milestones, func(m Milestone) bool { return m.ID == line.MilestoneID })
		reached := at >= 0 && !milestones[at].Actual.IsZero()
		fields = append(fields, under(fmt.Sprintf("baselines[%d]", i), line.checkSubmission(reached))...)
	}
	return fields
}

func (b Rebaseline) checkSubmission(reached bool) []FieldError {
	var fields []FieldError
	refuse := func(broken bool, field, code string, params ...any) {
		if broken {
			fields = append(fields, FieldError{Field: field, Code: code, Params: Params(params...)})
		}
	}
	words := utf8.RuneCountInString(strings.TrimSpace(b.ReasonText))
	refuse(reached, "milestoneId", "milestone_reached")
	refuse(b.Before == nil, "milestoneId", "no_baseline_yet")
	refuse(b.After == nil, "baseline", "required")
	refuse(b.After != nil && samePlanDate(b.Before, b.After), "baseline", "same_baseline")
	refuse(b.ReasonCode == "", "reasonCode", "required")
	refuse(words < rebaselineWords, "reasonText", "min_chars", "limit", rebaselineWords)
	return fields
}
