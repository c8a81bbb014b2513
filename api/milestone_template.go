package api

import (
	"context"

	"zhongda/domain"
)

// MilestoneTemplate lists what projects of a kind pass. categories are codes of the first level that it fits best; anchor
// is the kind of the step with offset 0.
type MilestoneTemplate struct {
	Code       string               `json:"code"`
	Name       string               `json:"name"`
	NameEn     string               `json:"nameEn"`
	Categories []string             `json:"categories"`
	Anchor     domain.MilestoneKind `json:"anchor"`
	Steps      []TemplateStep       `json:"steps"`
}

// TemplateStep is one milestone of a template, offset days after the anchor, negative before it.
type TemplateStep struct {
	Kind   domain.MilestoneKind `json:"kind"`
	Name   string               `json:"name"`
	NameEn string               `json:"nameEn"`
	Offset int                  `json:"offset"`
}

// TemplateApplied is what a template added, and the kinds that the phase had already.
type TemplateApplied struct {
	Added   []Milestone            `json:"added"`
	Skipped []domain.MilestoneKind `json:"skipped"`
}

func (h handlers) listMilestoneTemplates(ctx context.Context, _ None) (List[MilestoneTemplate], error) {
	return listOf(milestoneTemplate)(h.service.MilestoneTemplates(ctx))
}

func milestoneTemplate(t domain.MilestoneTemplate) MilestoneTemplate {
	return MilestoneTemplate{
		Code: t.Code, Name: t.Name, NameEn: t.NameEn, Categories: t.Categories, Anchor: t.Anchor,
		Steps: mapSlice(t.Steps, func(s domain.TemplateStep) TemplateStep { return TemplateStep(s) }),
	}
}

// applyTemplateIn states the anchor as a plan date is stated: its last day and how precisely it is known.
type applyTemplateIn struct {
	projectID
	Template   string           `json:"template" validate:"required,max=60"`
	AnchorDate Date             `json:"anchorDate"`
	Precision  domain.Precision `json:"precision"`
	Phase      string           `json:"phase,omitempty" validate:"max=40"`
}

func (h handlers) applyMilestoneTemplate(ctx context.Context, in applyTemplateIn) (TemplateApplied, error) {
	anchor, err := (&PlanDate{Date: in.AnchorDate, Precision: in.Precision}).planDate()
	if err != nil {
		return TemplateApplied{}, err
	}
	applied, err := h.service.ApplyMilestoneTemplate(ctx, in.ID, in.Template, in.Phase, *anchor)
	return TemplateApplied{
		Added:   mapSlice(applied.Added, h.milestone),
		Skipped: mapSlice(applied.Skipped, func(s domain.TemplateStep) domain.MilestoneKind { return s.Kind }),
	}, err
}
