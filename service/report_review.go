package service

import (
	"context"
	"errors"
	"fmt"

	"zhongda/domain"
	"zhongda/repository"
)

// SubmitReport hands a report to the Commission and locks it for the bureau; the lead's. Every finding that blocks must
// be mended first, every other explained.
func (s *Service) SubmitReport(ctx context.Context, id, version int64) (ReportView, error) {
	return s.editReport(ctx, reportAct(domain.ReportSubmit, ""), id, version, func(w *write, e *reportEdit) (err error) {
		if e.after, err = e.after.Do(domain.ReportSubmit, w.record.Actor, w.record.At, ""); err != nil {
			return err
		}
		facts, err := s.reportFacts(ctx, w.Store, e.before, e.project)
		if err != nil {
			return err
		}
		return e.after.Content.CheckSubmission(facts)
	})
}

// WithdrawReport takes back a submission that nobody decided; the lead's.
func (s *Service) WithdrawReport(ctx context.Context, id, version int64) (ReportView, error) {
	return s.editReport(ctx, reportAct(domain.ReportWithdraw, ""), id, version, func(w *write, e *reportEdit) (err error) {
		e.after, err = e.after.Do(domain.ReportWithdraw, w.record.Actor, w.record.At, "")
		return err
	})
}

// CorrectReport opens the next revision of an approved report; the lead's. The approved one stays as it is and stays in
// force until the correction is approved.
func (s *Service) CorrectReport(ctx context.Context, id int64, reason string) (ReportView, error) {
	a := reportAct(domain.ReportCorrect, reason)
	a.objectID = id
	var view ReportView
	err := s.perform(ctx, a, func(w *write) error {
		e, err := s.ownReport(ctx, w, id)
		if err != nil {
			return err
		}
		if err := w.LockProject(ctx, e.project.ID); err != nil {
			return err
		}
		revision, err := e.before.Correct(reason, w.record.Actor, w.record.At)
		if err != nil {
			return err
		}
		if err := mayOpenRevision(ctx, w.Store, e.before); err != nil {
			return err
		}
		return s.openReport(ctx, w, &view, revision)
	})
	return view, err
}

// mayOpenRevision refuses to correct what a later revision replaced, or while another report of the project is open.
func mayOpenRevision(ctx context.Context, store *repository.Store, report domain.Report) error {
	if err := noOpenReport(ctx, store, report.ProjectID); err != nil {
		return err
	}
	all, err := store.ProjectReports(ctx, report.ProjectID)
	if err != nil {
		return err
	}
	for _, other := range all {
		if other.Period == report.Period && other.Revision > report.Revision {
			return domain.Conflict("report_superseded")
		}
	}
	return nil
}

// ReportDecision is the Commission's word on one report, bound to the version and the hash of the content that the
// reviewer read. Action is approve or return; a return needs its comment.
type ReportDecision struct {
	ID      int64
	Version int64
	Hash    string
	Action  domain.ReportAction
	Comment string
}

// DecideReport approves or returns one report. With the approval the reported dates take effect, the project shows what
// was reported, and the report is frozen, all in one transaction.
func (s *Service) DecideReport(ctx context.Context, d ReportDecision) (ReportView, error) {
	if d.Action != domain.ReportApprove && d.Action != domain.ReportReturn {
		return ReportView{}, domain.Invalid("action", "oneof")
	}
	return s.editReport(ctx, reportAct(d.Action, d.Comment), d.ID, d.Version, func(w *write, e *reportEdit) (err error) {
		if e.after, err = e.after.Do(d.Action, w.record.Actor, w.record.At, d.Comment); err != nil {
			return err
		}
		if e.before.Hash() != d.Hash {
			return domain.Conflict("report_hash_differs")
		}
		if d.Action == domain.ReportApprove {
			e.effect = func() error { return s.takeEffect(ctx, w, e) }
		}
		return nil
	})
}

// takeEffect makes the project what its approved report says. A correction of a period before the last reported one only
// mends the record: what came after has been said since.
func (s *Service) takeEffect(ctx context.Context, w *write, e *reportEdit) error {
	if e.after.Period.Before(e.project.ReportedPeriod) {
		return nil
	}
	for i, reported := range e.after.Content.Milestones {
		if err := s.reachMilestone(ctx, w, e, reported); err != nil {
			return belowMilestone(i, err)
		}
	}
	if err := w.SetProjectReported(ctx, e.after); err != nil {
		return err
	}
	if err := s.noteOwnerLight(ctx, w, e); err != nil {
		return err
	}
	return s.refreshDerived(ctx, w, e.project.ID)
}

func (s *Service) reachMilestone(ctx context.Context, w *write, e *reportEdit, reported domain.ReportedMilestone) error {
	before, err := w.Milestone(ctx, e.project.ID, reported.MilestoneID)
	if err != nil {
		return err
	}
	after, changed, err := reported.Apply(before, s.Today())
	if err != nil || !changed {
		return err
	}
	after.UpdatedBy = e.after.SubmittedBy
	if _, err := w.UpdateMilestone(ctx, after); err != nil {
		return err
	}
	for field, value := range milestoneFacts(after) {
		e.is[fmt.Sprintf("milestones[%d].%s", before.ID, field)] = value
	}
	for field, value := range milestoneFacts(before) {
		e.was[fmt.Sprintf("milestones[%d].%s", before.ID, field)] = value
	}
	return nil
}

// belowMilestone gives the refused fields of a milestone their path in the report.
func belowMilestone(i int, err error) error {
	var refused *domain.Error
	if errors.As(err, &refused) {
		for f := range refused.Fields {
			refused.Fields[f].Field = fmt.Sprintf("milestones[%d].%s", i, refused.Fields[f].Field)
		}
	}
	return err
}
