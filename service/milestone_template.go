package service

import (
	"context"
	"slices"

	"zhongda/domain"
)

// MilestoneTemplates lists the templates.
func (s *Service) MilestoneTemplates(ctx context.Context) ([]domain.MilestoneTemplate, error) {
	return readReference(ctx, s, s.store.MilestoneTemplates)
}

// TemplateApplied is what a template left: the milestones it added, and its steps that the phase had already.
type TemplateApplied struct {
	Added   []domain.Milestone
	Skipped []domain.TemplateStep
}

// ApplyMilestoneTemplate adds the milestones of a template that a phase of one's own project misses, with their
// baselines, all in one act. The plan's own promise stays as it is.
func (s *Service) ApplyMilestoneTemplate(ctx context.Context, projectID int64, code, phase string, anchor domain.PlanDate) (TemplateApplied, error) {
	a := act{permission: domain.PermissionMilestoneCreate, action: "milestone.template", objectKind: "project", objectID: projectID, projectID: projectID}
	var applied TemplateApplied
	err := s.perform(ctx, a, func(w *write) error {
		if _, err := s.ownProject(ctx, w.Store, w.scope, projectID); err != nil {
			return err
		}
		if err := w.LockProject(ctx, projectID); err != nil { // of two at once the second sees what the first added
			return err
		}
		template, err := w.template(ctx, code)
		if err != nil {
			return err
		}
		existing, err := w.Milestones(ctx, projectID)
		if err != nil {
			return err
		}
		missing, skipped, err := template.Missing(phase, anchor, existing)
		if err != nil {
			return err
		}
		applied.Skipped = skipped
		if applied.Added, err = s.addMilestones(ctx, w, projectID, missing); err != nil {
			return err
		}
		return s.refreshDerived(ctx, w, projectID)
	})
	return applied, err
}

func (w *write) template(ctx context.Context, code string) (domain.MilestoneTemplate, error) {
	templates, err := w.MilestoneTemplates(ctx)
	if err != nil {
		return domain.MilestoneTemplate{}, err
	}
	at := slices.IndexFunc(templates, func(t domain.MilestoneTemplate) bool { return t.Code == code })
	if at < 0 {
		return domain.MilestoneTemplate{}, domain.Invalid("template", "template_not_found")
	}
	return templates[at], nil
}

// addMilestones writes several milestones and one audit record that names each with its baseline.
func (s *Service) addMilestones(ctx context.Context, w *write, projectID int64, missing []domain.Milestone) ([]domain.Milestone, error) {
	var added []domain.Milestone
	baselines := facts{}
	for _, m := range missing {
		m.ProjectID, m.UpdatedAt, m.UpdatedBy = projectID, w.record.At, w.record.Actor
		if err := m.CheckNew(s.Today()); err != nil {
			return nil, err
		}
		created, err := w.CreateMilestone(ctx, m)
		if err != nil {
			return nil, err
		}
		added = append(added, created)
		name := created.Name
		if created.Phase != "" {
			name = created.Phase + " " + name
		}
		baselines[name] = planDateFact(created.Baseline)
	}
	return added, w.note(facts{}, baselines)
}
