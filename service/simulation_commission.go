package service

import (
	"context"
	"fmt"

	"zhongda/domain"
)

// The days of a month on which the Commission does what only it does, and how much of it.
const (
	reviewDay     = 10
	meetingCalled = 14
	meetingHeld   = 17
	ordersAMonth  = 10
	agendaLength  = 12
	meetingOrders = 3
)

// planCommission plans the Commission's own months: it rules on lights that contradict each other, sends orders where a
// light is red, and meets. The next meeting is called already.
func (m *simulation) planCommission() {
	for p := m.about.From.Add(1); !m.about.To.Add(1).Before(p); p = p.Add(1) {
		m.at(p.First(), reviewDay-1, 0, m.reviewLights)
		m.at(p.First(), reviewDay, 0, m.sendOrders)
		m.at(p.First(), meetingCalled-1, 0, func(ctx context.Context) error {
			return m.callMeeting(ctx, p.Add(-1), domain.NewDate(p.Year, p.Month, meetingHeld), true)
		})
	}
	today := domain.DateOf(m.about.StartedAt.In(m.Service.zone))
	m.at(today, -1, 0, func(ctx context.Context) error {
		return m.callMeeting(ctx, m.about.To, domain.DateOf(today.Time().AddDate(0, 0, 6)), false)
	})
}

// reviewLights settles every second of the open disagreements with the rule's light.
func (m *simulation) reviewLights(ctx context.Context) error {
	reviewer := acting(ctx, m.reviewers[0])
	page, err := m.Service.Disagreements(reviewer, domain.ProjectFilter{}, domain.PageRequest{Limit: domain.PageLimitMax})
	for i, seen := range page.Items {
		if i%2 == 1 || err != nil {
			continue
		}
		light := domain.LightYellow
		if seen.Project.RuleLight == domain.RuleRed {
			light = domain.LightRed
		}
		_, err = m.Service.SetReviewerLight(reviewer, LightReview{
			ProjectID: seen.Project.ID, Light: light, Words: simulatedMark + "经核实形象进度，以规则判定为准", Saw: seen.Seen(),
		})
	}
	return err
}

// red lists red projects without an order under way, the latest first.
func (m *simulation) red(ctx context.Context, f domain.ProjectFilter, limit int) ([]domain.Project, error) {
	f.RuleLights = []domain.RuleLight{domain.RuleRed}
	f.Supervision, f.OrdersRead, f.Today = []domain.SupervisionState{domain.Unordered}, domain.ScopeAll(), m.Service.Today()
	page, err := m.Store.Projects(ctx, domain.ScopeAll(), f, domain.ProjectSort{Key: domain.SortSlip, Descending: true}, domain.PageRequest{Limit: limit})
	return page.Items, err
}

func (m *simulation) sendOrders(ctx context.Context) error {
	projects, err := m.red(ctx, domain.ProjectFilter{}, ordersAMonth)
	for _, found := range projects {
		if p := m.projects[found.ID]; p != nil && err == nil {
			err = p.orderOf(ctx, p.Owner, 0)
		}
	}
	return err
}

// callMeeting calls a meeting over the worst: of the choices the first that fits an agenda. Where nothing is red nobody
// meets.
func (m *simulation) callMeeting(ctx context.Context, about domain.Period, day domain.Date, hold bool) error {
	quarter := domain.OverseenLateByDays
	late := domain.ProjectFilter{LateByDays: &quarter}
	works := domain.ProjectFilter{Stages: []domain.Stage{domain.StageImplementation}}
	preliminary := domain.ProjectFilter{Stages: []domain.Stage{domain.StagePreliminary}}
	for _, f := range []domain.ProjectFilter{late, works, preliminary} {
		f.RuleLights = []domain.RuleLight{domain.RuleRed}
		f.Today = m.Service.Today()
		if count, err := m.Store.ProjectCount(ctx, domain.ScopeAll(), f); err != nil || count == 0 || count > agendaLength {
			if err != nil {
				return err
			}
			continue
		}
		f.Today = domain.Date{}
		meeting, err := m.Service.CallMeeting(acting(ctx, m.reviewers[0]), domain.MeetingDraft{
			Title: fmt.Sprintf("%s%d年%d月重大项目调度会", simulatedMark, about.Year, about.Month), HeldOn: day, Filter: f,
			Sort: domain.ProjectSort{Key: domain.SortSlip, Descending: true},
		})
		if err == nil && hold {
			m.at(day, 0, 0, func(ctx context.Context) error { return m.holdMeeting(ctx, meeting) })
		}
		return err
	}
	return nil
}

func (m *simulation) holdMeeting(ctx context.Context, meeting MeetingView) error {
	chair := acting(ctx, m.reviewers[0])
	meeting, err := m.Service.StartMeeting(chair, meeting.ID, meeting.Version)
	if err != nil {
		return err
	}
	for i, found := range meeting.Agenda {
		if err := m.decideInMeeting(chair, meeting.ID, found, i < meetingOrders); err != nil {
			return err
		}
	}
	_, err = m.Service.FinishMeeting(chair, meeting.ID, meeting.Version)
	return err
}

// decideInMeeting writes an order or a note into the minutes; what was ordered is followed like any order.
func (m *simulation) decideInMeeting(chair context.Context, meetingID int64, found domain.Project, order bool) error {
	p := m.projects[found.ID]
	if p == nil || p.gone {
		return nil
	}
	kind, text, due := domain.DecisionNote, simulatedMark+"继续按周调度，下次会议报告进展", domain.Date{}
	if order {
		kind, text, due = domain.DecisionOrder, simulatedMark+"由责任单位牵头，限期打通当前堵点", p.inDays(25)
	}
	change := domain.DecisionChange{Kind: &kind, Text: &text}
	if order {
		change.Due = &due
	}
	decision, err := m.Service.RecordDecision(chair, meetingID, p.ID, change)
	if err != nil {
		return err
	}
	decision, err = m.Service.ConfirmDecision(chair, meetingID, decision.ID, decision.Version)
	if err == nil && order {
		p.follow(p.Owner, decision.OrderID, 1)
	}
	return err
}
