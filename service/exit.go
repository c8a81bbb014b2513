package service

import (
	"context"

	"zhongda/domain"
)

// Exits lists the projects of the filter that left the portfolio, the latest first.
func (s *Service) Exits(ctx context.Context, f domain.ExitFilter, page domain.PageRequest) (domain.Page[domain.ExitedProject], error) {
	actor := domain.ActorFrom(ctx)
	scope, err := s.access.require(actor, domain.PermissionProjectRead)
	if err != nil {
		return domain.Page[domain.ExitedProject]{}, err
	}
	f.Projects = s.completeFilter(actor, f.Projects)
	return s.store.ExitedProjects(ctx, scope, f, page)
}

// changeStanding pauses, resumes or ends a project, and records who carries on for it. The code of the first successor
// stays beside the project, for lists.
func (s *Service) changeStanding(ctx context.Context, w *write, p *domain.Project, move domain.StandingMove) error {
	if err := move.Check(p.Standing, p.Code); err != nil {
		return err
	}
	if err := checkSuccessors(ctx, w, move.Successors); err != nil {
		return err
	}
	p.Standing, p.StandingReason, p.StandingDocument = move.To, move.Reason, move.Document
	p.StandingSince, p.SuccessorCode = s.Today(), ""
	for i, code := range move.Successors {
		if i == 0 {
			p.SuccessorCode = code
		}
		if err := w.AddSuccessor(ctx, p.ID, code, move.ExitKind); err != nil {
			return err
		}
	}
	return nil
}

// decideAlone records what the Commission did to a project by itself, under the next number.
func (s *Service) decideAlone(ctx context.Context, w *write, d domain.Ruling) (number string, err error) {
	if number, err = s.nextNumber(ctx, w); err != nil {
		return "", err
	}
	d.Number, d.Outcome, d.DecidedBy, d.DecidedAt = number, domain.OutcomeApproved, w.record.Actor, w.record.At
	if w.basis == nil {
		w.basis = facts{}
	}
	w.basis["number"] = number
	return number, w.AddRuling(ctx, d)
}
