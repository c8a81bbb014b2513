package service

import (
	"context"
	"slices"
	"time"

	"zhongda/domain"
)

// Work is what the actor's own desk holds today. A part that the actor's roles have nothing to do with is nil, and one
// that is there counts only what the actor may read. Duties are the reports their bureaus owe; Requests their open
// requests, Red their projects in red; Review what waits for the Commission; Issues and Orders what waits for the actor's
// side of them; Oversight is a leader's, Accounts are an administrator's, Record is the auditor's.
type Work struct {
	AsOf      domain.Date
	Duties    []domain.ReportDuty
	Requests  []domain.OpenRequest
	Red       int
	Review    *domain.ReviewWork
	Issues    domain.Desk
	Orders    domain.Desk
	Oversight *domain.Oversight
	Accounts  domain.AccountWork
	Record    *domain.RecordWork
}

// Work gathers what is due, late, returned and waiting, for everybody who is signed in. Projects that owe nothing are
// left out.
func (s *Service) Work(ctx context.Context) (Work, error) {
	actor := domain.ActorFrom(ctx)
	if err := s.access.admit(actor); err != nil {
		return Work{}, err
	}
	work := Work{AsOf: s.Today()}
	for _, add := range []func(context.Context, domain.Actor, *Work) error{
		s.addBureau, s.addReview, s.addDesks, s.addOversight, s.addAccounts, s.addRecord,
	} {
		if err := add(ctx, actor, &work); err != nil {
			return Work{}, err
		}
	}
	return work, nil
}

func (s *Service) addBureau(ctx context.Context, actor domain.Actor, work *Work) error {
	if scope := s.access.Scope(actor, domain.PermissionReportWrite); !scope.Empty() {
		duties, err := s.store.ReportDuties(ctx, scope, work.AsOf, s.zone)
		if err != nil {
			return err
		}
		work.Duties = pressing(duties)
		red := domain.ProjectFilter{OnlyMine: true, RuleLights: []domain.RuleLight{domain.RuleRed}}
		if work.Red, err = s.projectCount(ctx, actor, red); err != nil {
			return err
		}
	}
	if scope := s.access.Scope(actor, domain.PermissionRequestWrite); !scope.Empty() {
		requests, err := s.store.OpenRequests(ctx, scope)
		if err != nil {
			return err
		}
		work.Requests = requests
	}
	return nil
}

func (s *Service) addReview(ctx context.Context, actor domain.Actor, work *Work) error {
	scope := s.access.Scope(actor, domain.PermissionReportDecide)
	if scope.Empty() {
		return nil
	}
	review, err := s.store.ReviewWork(ctx, scope)
	if err != nil {
		return err
	}
	open := domain.ProjectFilter{Disagreements: []domain.Disagreement{domain.DisagreementOpen}}
	if review.Disagreements, err = s.projectCount(ctx, actor, open); err != nil {
		return err
	}
	confirm := s.access.Scope(actor, domain.PermissionInvestmentConfirm)
	review.Plans, err = s.store.PlansToConfirm(ctx, confirm, work.AsOf.Time().Year())
	work.Review = &review
	return err
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

// addOversight is for who reads the meetings and has neither reports to write nor to decide.
func (s *Service) addOversight(ctx context.Context, actor domain.Actor, work *Work) error {
	acts := !s.access.Scope(actor, domain.PermissionReportWrite).Empty() || !s.access.Scope(actor, domain.PermissionReportDecide).Empty()
	if acts || !s.access.Scope(actor, domain.PermissionMeetingRead).All() {
		return nil
	}
	red, late := []domain.RuleLight{domain.RuleRed}, domain.OverseenLateByDays
	var seen domain.Oversight
	for _, count := range []struct {
		into   *int
		filter domain.ProjectFilter
	}{
		{&seen.Red, domain.ProjectFilter{RuleLights: red}},
		{&seen.Unanswered, domain.ProjectFilter{RuleLights: red, Supervision: []domain.SupervisionState{domain.Unordered}}},
		{&seen.Late, domain.ProjectFilter{LateByDays: &late}},
	} {
		var err error
		if *count.into, err = s.projectCount(ctx, actor, count.filter); err != nil {
			return err
		}
	}
	meetings, err := s.store.Meetings(ctx)
	seen.Meetings = slices.DeleteFunc(meetings, func(m domain.Meeting) bool { return m.State == domain.MeetingFinished })
	work.Oversight = &seen
	return err
}

// projectCount counts what the list of the filter would show this actor.
func (s *Service) projectCount(ctx context.Context, actor domain.Actor, f domain.ProjectFilter) (int, error) {
	return s.store.ProjectCount(ctx, s.access.Scope(actor, domain.PermissionProjectRead), s.completeFilter(actor, f))
}

// addAccounts counts for whoever opens and closes accounts what is theirs, and for whoever grants roles what is theirs.
func (s *Service) addAccounts(ctx context.Context, actor domain.Actor, work *Work) error {
	var states []domain.UserState
	if !s.access.Scope(actor, domain.PermissionUserManage).Empty() {
		states = append(states, domain.UserNeverSignedIn, domain.UserPasswordDue, domain.UserDisabled)
	}
	if !s.access.Scope(actor, domain.PermissionRoleGrant).Empty() {
		states = append(states, domain.UserWithoutRole, domain.UserRolesLeft)
	}
	for _, state := range states {
		count, err := s.store.UserCount(ctx, domain.UserFilter{State: state})
		if err != nil {
			return err
		}
		if work.Accounts == nil {
			work.Accounts = domain.AccountWork{}
		}
		work.Accounts[state] = count
	}
	return nil
}

// refusedDays is how far back the auditor's desk looks for refusals, today included.
const refusedDays = 7

func (s *Service) addRecord(ctx context.Context, actor domain.Actor, work *Work) error {
	if s.access.Scope(actor, domain.PermissionAuditRead).Empty() {
		return nil
	}
	now := s.now().In(s.zone)
	since := time.Date(now.Year(), now.Month(), now.Day()-refusedDays+1, 0, 0, 0, 0, s.zone)
	record := domain.RecordWork{Since: since}
	var err error
	if record.Anchor, err = s.store.AuditAnchor(ctx, s.now().UTC().Truncate(time.Second)); err != nil {
		return err
	}
	record.Refused, err = s.store.AuditCount(ctx, domain.AuditFilter{Result: domain.AuditRefused, From: since})
	work.Record = &record
	return err
}
