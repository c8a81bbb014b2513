package service

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"zhongda/domain"
)

// SubmitRequest hands a request to the Commission and locks it for the owner; the lead's. It must be complete, and the
// project still be what the request speaks of.
func (s *Service) SubmitRequest(ctx context.Context, id, version int64) (RequestView, error) {
	return s.editRequest(ctx, requestAct(domain.RequestSubmit, ""), id, version, func(w *write, e *requestEdit) (err error) {
		if e.after, err = e.after.Do(domain.RequestSubmit, w.record.Actor, w.record.At, ""); err != nil {
			return err
		}
		if err := e.after.CheckGround(e.project); err != nil {
			return err
		}
		if err := e.after.CheckSubmission(e.project, s.Today()); err != nil {
			return err
		}
		return checkSuccessors(ctx, w, e.after.Content.Successors)
	})
}

// checkSuccessors refuses codes that no pursued project has.
func checkSuccessors(ctx context.Context, w *write, codes []string) error {
	if len(codes) == 0 {
		return nil
	}
	missing, err := w.MissingSuccessors(ctx, codes)
	if err != nil {
		return err
	}
	var fields []domain.FieldError
	for i, code := range codes {
		if slices.Contains(missing, code) {
			fields = append(fields, domain.FieldError{
				Field: fmt.Sprintf("successors[%d]", i), Code: "unknown_successor", Params: domain.Params("code", code),
			})
		}
	}
	return domain.InvalidFields(fields)
}

// WithdrawRequest takes back a submission that nobody decided; the lead's.
func (s *Service) WithdrawRequest(ctx context.Context, id, version int64) (RequestView, error) {
	return s.editRequest(ctx, requestAct(domain.RequestWithdraw, ""), id, version, func(w *write, e *requestEdit) (err error) {
		e.after, err = e.after.Do(domain.RequestWithdraw, w.record.Actor, w.record.At, "")
		return err
	})
}

// CancelRequest gives up a request that the owner still holds. It stays readable.
func (s *Service) CancelRequest(ctx context.Context, id, version int64) (RequestView, error) {
	return s.editRequest(ctx, requestAct(domain.RequestCancel, ""), id, version, func(w *write, e *requestEdit) (err error) {
		e.after, err = e.after.Do(domain.RequestCancel, w.record.Actor, w.record.At, "")
		return err
	})
}

// RequestDecision is the Commission's word on one request, bound to the version and the hash of the content that the
// reviewer read. Action is approve or return; a return needs its comment.
type RequestDecision struct {
	ID      int64
	Version int64
	Hash    string
	Action  domain.RequestAction
	Comment string
}

// DecideRequest approves or returns one request. With the approval it takes effect, gets its number and is frozen, all in
// one transaction.
func (s *Service) DecideRequest(ctx context.Context, d RequestDecision) (RequestView, error) {
	if d.Action != domain.RequestApprove && d.Action != domain.RequestReturn {
		return RequestView{}, domain.Invalid("action", "oneof")
	}
	return s.editRequest(ctx, requestAct(d.Action, d.Comment), d.ID, d.Version, func(w *write, e *requestEdit) (err error) {
		if e.after, err = e.after.Do(d.Action, w.record.Actor, w.record.At, d.Comment); err != nil {
			return err
		}
		if e.before.Hash() != d.Hash {
			return domain.Conflict("request_hash_differs")
		}
		if d.Action == domain.RequestReturn {
			e.effect = func() error { return w.AddRuling(ctx, requestRuling(e, domain.OutcomeReturned)) }
			return nil
		}
		if err := e.after.CheckGround(e.project); err != nil {
			return err
		}
		if e.after.Number, err = s.nextNumber(ctx, w); err != nil {
			return err
		}
		e.effect = func() error { return s.requestTakesEffect(ctx, w, e) }
		return nil
	})
}

// nextNumber takes the next decision number of the running year of the business time zone.
func (s *Service) nextNumber(ctx context.Context, w *write) (string, error) {
	return w.NextRulingNumber(ctx, w.record.At.In(s.zone).Year())
}

func requestRuling(e *requestEdit, outcome domain.Outcome) domain.Ruling {
	r := e.after
	return domain.Ruling{
		Number: r.Number, ProjectID: r.ProjectID, Kind: domain.RulingKind(r.Kind), Outcome: outcome, RequestID: r.ID,
		Hash: r.Hash(), Reason: r.Comment, Document: r.Content.Document, ExitKind: r.Content.ExitKind, Until: r.Content.ExpectedUntil,
		DecidedBy: r.DecidedBy, DecidedAt: r.DecidedAt,
	}
}

// requestTakesEffect makes the project what its approved request asks for, and records the decision.
func (s *Service) requestTakesEffect(ctx context.Context, w *write, e *requestEdit) error {
	if err := w.AddRuling(ctx, requestRuling(e, domain.OutcomeApproved)); err != nil {
		return err
	}
	if e.after.Kind == domain.RequestRebaseline {
		return s.rebaseline(ctx, w, e)
	}
	after := e.project.Project
	if err := s.changeCourse(ctx, w, e, &after); err != nil {
		return err
	}
	maps.Copy(e.was, projectFacts(e.project.Project))
	maps.Copy(e.is, projectFacts(after))
	if _, err := w.UpdateProject(ctx, after); err != nil {
		return err
	}
	return s.refreshDerived(ctx, w, after.ID)
}

// changeCourse moves the project through the gate, or pauses, resumes or ends it.
func (s *Service) changeCourse(ctx context.Context, w *write, e *requestEdit, p *domain.Project) error {
	content := e.after.Content
	move := domain.StandingMove{Reason: content.Reason, Document: content.Document}
	switch e.after.Kind {
	case domain.RequestGate:
		from := p.Stage
		p.Stage, p.StageProvisional = content.To, false
		return w.AddStageChange(ctx, domain.StageChange{
			ProjectID: p.ID, From: from, To: p.Stage, Reason: content.Reason, Evidence: evidenceOf(content.Items),
			Number: e.after.Number, RequestID: e.after.ID, DecidedBy: e.after.DecidedBy, DecidedAt: e.after.DecidedAt,
		})
	case domain.RequestPause:
		move.To, move.Until = domain.StandingPaused, content.ExpectedUntil
	case domain.RequestResume:
		move.To = domain.StandingActive
	case domain.RequestExit:
		move.To, move.ExitKind, move.Successors = domain.StandingExited, content.ExitKind, content.Successors
	case domain.RequestRebaseline: // leaves the course as it is
	}
	return s.changeStanding(ctx, w, p, move)
}

// evidenceOf names the documents of a passed gate in one line.
func evidenceOf(items []domain.GateAnswer) string {
	var named []string
	for _, item := range items {
		if text := strings.TrimSpace(item.Document.Name + " " + item.Document.Number); text != "" {
			named = append(named, text)
		}
	}
	return strings.Join(named, "；")
}

// rebaseline gives the milestones their new current baselines. The original ones stay.
func (s *Service) rebaseline(ctx context.Context, w *write, e *requestEdit) error {
	for _, line := range e.after.Content.Baselines {
		milestone, err := w.Milestone(ctx, e.project.ID, line.MilestoneID)
		if err != nil {
			return err
		}
		field := fmt.Sprintf("milestones[%d].currentBaseline", line.MilestoneID)
		e.was[field], e.is[field] = planDateFact(milestone.CurrentBaseline), planDateFact(line.After)
		milestone.CurrentBaseline, milestone.UpdatedBy = line.After, e.after.SubmittedBy
		if _, err := w.UpdateMilestone(ctx, milestone); err != nil {
			return err
		}
	}
	return s.refreshDerived(ctx, w, e.project.ID)
}
