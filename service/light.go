package service

import (
	"context"
	"fmt"
	"reflect"
	"time"

	"zhongda/domain"
	"zhongda/repository"
)

// refreshDerived keeps what follows from a project's facts in step with them: its worst slip and the rule's light. Every
// act that changes a fact calls it last, in the same transaction; the lock keeps two acts on one project from writing
// over each other's result.
func (s *Service) refreshDerived(ctx context.Context, w *write, projectID int64) error {
	if err := w.LockProject(ctx, projectID); err != nil {
		return err
	}
	milestones, err := w.Milestones(ctx, projectID)
	if err != nil {
		return err
	}
	if err := w.SetProjectSlip(ctx, projectID, domain.WorstSlip(milestones)); err != nil {
		return err
	}
	return s.refreshLight(ctx, w, projectID)
}

// refreshLight is refreshDerived for acts that leave the milestones as they were.
func (s *Service) refreshLight(ctx context.Context, w *write, projectID int64) error {
	if err := w.LockProject(ctx, projectID); err != nil {
		return err
	}
	_, err := s.judge(ctx, w.Store, []int64{projectID})
	return err
}

// noteOwnerLight records that the owner's own light changed with the approval of a report.
func (s *Service) noteOwnerLight(ctx context.Context, w *write, e *reportEdit) error {
	from, to := e.project.OwnerLight, e.after.Content.Light
	if from == to {
		return nil
	}
	return w.AddLightChange(ctx, domain.LightChange{
		ProjectID: e.project.ID, At: w.record.At, Kind: domain.LightByOwner, From: string(from), To: string(to),
		By: e.after.SubmittedBy, Words: e.after.Content.LightText,
	})
}

// judge applies the rule in force to projects and keeps what it says where that is news. It returns how many lights
// changed.
func (s *Service) judge(ctx context.Context, tx *repository.Store, ids []int64) (changed int, err error) {
	rule, err := tx.LightRule(ctx, s.Today())
	if err != nil {
		return 0, err
	}
	projects, err := tx.JudgedProjects(ctx, ids, s.Today(), s.zone)
	if err != nil {
		return 0, err
	}
	for _, p := range projects {
		verdict := rule.Judge(p.Facts)
		if p.Verdict != nil && reflect.DeepEqual(*p.Verdict, verdict) {
			continue
		}
		if err := tx.SetRuleLight(ctx, p.ID, verdict, s.now()); err != nil {
			return changed, err
		}
		if p.Light == verdict.Light {
			continue
		}
		changed++
		if err := s.noteRuleLight(ctx, tx, p, verdict); err != nil {
			return changed, err
		}
	}
	return changed, nil
}

// noteRuleLight records a changed light, and tells the owner's leads when it turned red. It is the rule that speaks, so
// whoever did the act behind it is told as well.
func (s *Service) noteRuleLight(ctx context.Context, tx *repository.Store, p repository.JudgedProject, verdict domain.Verdict) error {
	at := s.now()
	if err := tx.AddLightChange(ctx, domain.LightChange{
		ProjectID: p.ID, At: at, Kind: domain.LightByRule, From: string(p.Light), To: string(verdict.Light),
		Rule: verdict.Rule, Clauses: verdict.Clauses,
	}); err != nil || verdict.Light != domain.RuleRed {
		return err
	}
	_, err := tx.AddNotice(ctx, domain.Notice{
		Kind: domain.NoticeLightRed, ProjectID: p.ID, ObjectKind: "light", ObjectID: p.ID, Occasion: at.UTC().Format(time.RFC3339Nano),
		To: domain.ToRoles(p.Owner, domain.RoleBureauLead),
	}, "", at)
	return err
}

// relight is the daily job: of a month's last day as well as of any other.
func (s *Service) relight(ctx context.Context, _ string) (result string, err error) {
	changed, err := s.RefreshLights(ctx)
	return fmt.Sprintf("%d lights changed", changed), err
}

// lightBatch is how many projects one transaction judges, so that none holds its locks for long.
const lightBatch = 500

// RefreshLights applies the rule in force to every project and returns how many lights changed. It is for the program's
// own clock, not for requests: facts change by themselves, because days pass.
func (s *Service) RefreshLights(ctx context.Context) (changed int, err error) {
	for last := int64(0); ; {
		var ids []int64
		err := s.store.Write(ctx, domain.ScopeAll(), func(tx *repository.Store) error {
			var err error
			if ids, err = tx.LockProjectsAfter(ctx, last, lightBatch); err != nil {
				return err
			}
			n, err := s.judge(ctx, tx, ids)
			changed += n
			return err
		})
		if err != nil {
			return changed, fmt.Errorf("refresh the lights: %w", err)
		}
		if len(ids) < lightBatch {
			return changed, nil
		}
		last = ids[len(ids)-1]
	}
}
