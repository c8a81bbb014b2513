package service

import (
	"cmp"
	"context"
	"slices"

	"zhongda/domain"
)

// Work is what the actor's own desk holds today. Duties are the reports their bureaus owe, nil for those who file none;
// Requests are their open requests; Review counts what waits for the Commission, nil for those who decide nothing. Issues
// and Orders count what waits for the actor's side of them.
type Work struct {
	AsOf     domain.Date
	Duties   []domain.ReportDuty
	Requests []domain.OpenRequest
	Review   *domain.ReviewWork
	Issues   domain.Desk
	Orders   domain.Desk
}

// Work gathers what is due, late, returned and waiting. Projects that owe nothing are left out.
func (s *Service) Work(ctx context.Context) (Work, error) {
	actor := domain.ActorFrom(ctx)
	if _, err := s.access.require(actor, domain.PermissionReportRead); err != nil {
		return Work{}, err
	}
	work := Work{AsOf: s.Today()}
	if scope := s.access.Scope(actor, domain.PermissionReportWrite); !scope.Empty() {
		duties, err := s.store.ReportDuties(ctx, scope, s.Today(), s.zone)
		if err != nil {
			return Work{}, err
		}
		work.Duties = pressing(duties)
	}
	if scope := s.access.Scope(actor, domain.PermissionRequestWrite); !scope.Empty() {
		requests, err := s.store.OpenRequests(ctx, scope)
		if err != nil {
			return Work{}, err
		}
		work.Requests = requests
	}
	if scope := s.access.Scope(actor, domain.PermissionReportDecide); !scope.Empty() {
		review, err := s.store.ReviewWork(ctx, scope)
		if err != nil {
			return Work{}, err
		}
		work.Review = &review
	}
	return work, s.addDesks(ctx, actor, &work)
}

// addDesks counts the issues and orders that wait for the actor.
func (s *Service) addDesks(ctx context.Context, actor domain.Actor, work *Work) (err error) {
	reply, closing := s.access.Scope(actor, domain.PermissionIssueReply), s.access.Scope(actor, domain.PermissionIssueClose)
	if work.Issues, err = s.store.IssueDesk(ctx, reply, closing, work.AsOf); err != nil {
		return err
	}
	answer, closing := s.access.Scope(actor, domain.PermissionOrderAnswer), s.access.Scope(actor, domain.PermissionOrderClose)
	work.Orders, err = s.store.OrderDesk(ctx, answer, closing, work.AsOf)
	return err
}

// pressing leaves out who owes nothing and puts the rest in order: by group, the most periods missed first, then by due
// day and code.
func pressing(duties []domain.ReportDuty) []domain.ReportDuty {
	owing := slices.DeleteFunc(duties, func(d domain.ReportDuty) bool { return d.Group == domain.DutyDone })
	slices.SortStableFunc(owing, func(a, b domain.ReportDuty) int {
		return cmp.Or(
			cmp.Compare(slices.Index(domain.DutyGroups(), a.Group), slices.Index(domain.DutyGroups(), b.Group)),
			cmp.Compare(b.Missed, a.Missed),
			a.Due.Time().Compare(b.Due.Time()),
			cmp.Compare(a.Project.Code, b.Project.Code),
		)
	})
	return append([]domain.ReportDuty{}, owing...)
}
