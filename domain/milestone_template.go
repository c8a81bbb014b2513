package domain

import (
	"slices"
	"strings"
	"time"
	"unicode/utf8"
)

// MilestoneTemplate lists what projects of a kind pass, in days before (negative) and after the anchor, a step of its own
// such as the start of construction. Categories are those of the first level that it fits best.
type MilestoneTemplate struct {
	Code       string
	Name       string
	NameEn     string
	Categories []string
	Anchor     MilestoneKind
	Steps      []TemplateStep
}

// TemplateStep is one milestone of a template.
type TemplateStep struct {
	Kind   MilestoneKind
	Name   string
	NameEn string
	Offset int
}

// Date is the day of a step where the anchor falls on a date, as precisely as the anchor was stated.
func (s TemplateStep) Date(anchor PlanDate) (PlanDate, error) {
	day := anchor.Date.Time().Add(time.Duration(s.Offset) * 24 * time.Hour)
	return NewPlanDate(DateOf(day), anchor.Precision)
}

// Missing gives the template's milestones that a phase of the project does not have yet, each with its baseline, in the
// order of time, and the steps skipped because the phase has one of their kind.
func (t MilestoneTemplate) Missing(phase string, anchor PlanDate, existing []Milestone) (missing []Milestone, skipped []TemplateStep, err error) {
	phase = strings.TrimSpace(phase)
	if utf8.RuneCountInString(phase) > phaseRunes {
		return nil, nil, Invalid("phase", "too_long", "max", phaseRunes)
	}
	for _, step := range t.Steps {
		if slices.ContainsFunc(existing, func(m Milestone) bool { return m.Phase == phase && m.Kind == step.Kind }) {
			skipped = append(skipped, step)
			continue
		}
		date, err := step.Date(anchor)
		if err != nil {
			return nil, nil, Invalid("precision", "unknown_precision")
		}
		missing = append(missing, Milestone{Kind: step.Kind, Name: step.Name, Phase: phase, Baseline: &date, CurrentBaseline: &date})
	}
	if len(missing) == 0 {
		return nil, skipped, Conflict("template_adds_nothing")
	}
	return missing, skipped, nil
}
