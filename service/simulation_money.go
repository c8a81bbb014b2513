package service

import (
	"context"
	"time"

	"zhongda/domain"
)

// planMoney makes up the annual plans: the bureau writes each year's, the Commission confirms it, some are revised. Some
// have none, and at the end a few wait to be confirmed.
func (p *simulatedProject) planMoney() {
	today := domain.DateOf(p.about.StartedAt.In(p.Service.zone))
	for year := p.about.From.Year; year <= domain.PeriodOf(today).Year; year++ {
		planned := p.course.YearPlan(year)
		if planned == 0 || p.course.Chance(8) {
			continue
		}
		begins, days := p.about.From.First(), takeOverDays+p.course.Days(10)
		if year > p.about.From.Year {
			begins, days = domain.NewDate(year, time.January, 5), p.course.Days(20)
		}
		waits := p.course.Chance(6)
		if waits {
			begins, days = today, -1-p.course.Days(6)
		}
		p.when(begins, days, func(ctx context.Context) error { return p.draftPlan(ctx, year, planned, !waits) })
	}
}

func (p *simulatedProject) draftPlan(ctx context.Context, year int, planned int64, confirm bool) error {
	content, err := p.planContent(planned)
	if err != nil {
		return err
	}
	plan, err := p.Service.CreateInvestmentPlan(acting(ctx, p.staff.editor), p.ID, year, content)
	if err != nil || !confirm {
		return err
	}
	p.soon(2+p.course.Days(6), func(ctx context.Context) error {
		confirmed, err := p.Service.ConfirmInvestmentPlan(acting(ctx, p.reviewer), p.ID, year, plan.Version)
		if err != nil || !p.course.Chance(7) {
			return err
		}
		p.soon(50+p.course.Days(40), func(ctx context.Context) error { return p.revisePlan(ctx, confirmed, planned) })
		return nil
	})
	return nil
}

// revisePlan is the Commission's cut or addition in the course of a year; the other reviewer confirms it.
func (p *simulatedProject) revisePlan(ctx context.Context, plan domain.InvestmentPlan, planned int64) error {
	percent, reason := int64(85), simulatedMark+"征拆进度不及预期，年内可完成投资调减"
	if p.course.Chance(40) {
		percent, reason = 112, simulatedMark+"专项债提前下达，年内可完成投资调增"
	}
	content, err := p.planContent(planned / 100 * percent)
	if err != nil {
		return err
	}
	revision, err := p.Service.ReviseInvestmentPlan(acting(ctx, p.reviewer), p.ID, plan.Year, plan.Version, reason, content)
	if err != nil {
		return err
	}
	p.soon(3, func(ctx context.Context) error {
		_, err := p.Service.ConfirmInvestmentPlan(acting(ctx, p.other(p.reviewer)), p.ID, plan.Year, revision.Version)
		return err
	})
	return nil
}

// other is the reviewer who is not this one.
func (m *simulation) other(reviewer domain.User) domain.User {
	if m.reviewers[0].ID == reviewer.ID {
		return m.reviewers[1]
	}
	return m.reviewers[0]
}

func (p *simulatedProject) planContent(planned int64) (content domain.InvestmentPlanContent, err error) {
	if content.Planned, err = wholeYuan(planned); err != nil {
		return content, err
	}
	content.Funding = map[domain.FundSource]domain.Money{}
	for source, yuan := range p.course.Funding(planned) {
		amount, err := wholeYuan(yuan)
		if err != nil {
			return content, err
		}
		content.Funding[source] = amount.Value
	}
	return content, nil
}
