package service

import (
	"context"

	"zhongda/domain"
)

// CreateMilestone adds a dated step to a project of one's own. A baseline given here becomes the original baseline.
func (s *Service) CreateMilestone(ctx context.Context, m domain.Milestone) (domain.Milestone, error) {
	a := act{permission: domain.PermissionMilestoneCreate, action: "milestone.create", objectKind: "milestone", projectID: m.ProjectID}
	var created domain.Milestone
	err := s.perform(ctx, a, func(w *write) error {
		if _, err := s.ownProject(ctx, w.Store, w.scope, m.ProjectID); err != nil {
			return err
		}
		m.CurrentBaseline, m.UpdatedAt, m.UpdatedBy = m.Baseline, w.record.At, w.record.Actor
		if err := m.CheckNew(s.Today()); err != nil {
			return err
		}
		var err error
		if created, err = w.CreateMilestone(ctx, m); err != nil {
			return err
		}
		w.record.ObjectID = created.ID
		if err := w.note(facts{}, milestoneFacts(created)); err != nil {
			return err
		}
		return s.refreshDerived(ctx, w, m.ProjectID)
	})
	return created, err
}

// UpdateMilestone changes a milestone of one's own project at the version the caller read.
func (s *Service) UpdateMilestone(ctx context.Context, projectID, id, version int64, change domain.MilestoneChange) (domain.Milestone, error) {
	a := act{
		permission: domain.PermissionMilestoneUpdate, action: "milestone.update",
		objectKind: "milestone", objectID: id, projectID: projectID,
	}
	var after domain.Milestone
	err := s.perform(ctx, a, func(w *write) error {
		if _, err := s.ownProject(ctx, w.Store, w.scope, projectID); err != nil {
			return err
		}
		before, err := w.Milestone(ctx, projectID, id)
		if err != nil {
			return err
		}
		if before.Version != version {
			return domain.StaleVersion(before.Version)
		}
		if after, err = change.Apply(before, s.Today()); err != nil {
			return err
		}
		after.UpdatedAt, after.UpdatedBy = w.record.At, w.record.Actor
		if after.Version, err = w.UpdateMilestone(ctx, after); err != nil {
			return err
		}
		w.record.Reason = after.ReasonText
		if err := w.note(milestoneFacts(before), milestoneFacts(after)); err != nil {
			return err
		}
		return s.refreshDerived(ctx, w, projectID)
	})
	return after, err
}
