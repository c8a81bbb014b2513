package api

import (
	"context"
	"fmt"
	"time"

	"zhongda/domain"
)

// InvestmentPlan is one revision of a year's plan, in 元. What the sources leave of planned is unsecured; both are null
// where planned has no figure. confirmedBy and confirmedAt are null before the confirmation, and the revision with the
// highest number that has them is in effect.
type InvestmentPlan struct {
	Year        int                        `json:"year"`
	Revision    int                        `json:"revision"`
	State       domain.InvestmentPlanState `json:"state"`
	Reason      string                     `json:"reason"`
	Planned     Amount                     `json:"planned"`
	Funding     []Funding                  `json:"funding"`
	Unsecured   *Money                     `json:"unsecured"`
	DraftedBy   string                     `json:"draftedBy"`
	UpdatedBy   string                     `json:"updatedBy"`
	UpdatedAt   time.Time                  `json:"updatedAt"`
	ConfirmedBy *string                    `json:"confirmedBy"`
	ConfirmedAt *time.Time                 `json:"confirmedAt"`
	Version     int64                      `json:"version"`
}

// Funding is what one source gives of a year's plan, in 元.
type Funding struct {
	Source domain.FundSource `json:"source"`
	Amount Money             `json:"amount"`
}

func investmentPlan(p domain.InvestmentPlan) InvestmentPlan {
	plan := InvestmentPlan{
		Year: p.Year, Revision: p.Revision, State: p.State(), Reason: p.Reason, Planned: amountOf(p.Planned),
		Funding: fundingOf(p.Funding), DraftedBy: p.DraftedBy, UpdatedBy: p.UpdatedBy, UpdatedAt: p.UpdatedAt,
		ConfirmedBy: emptyAsNull(p.ConfirmedBy), ConfirmedAt: emptyAsNull(p.ConfirmedAt), Version: p.Version,
	}
	if p.Planned.Present() {
		plan.Unsecured = &Money{p.Unsecured()}
	}
	return plan
}

func fundingOf(funding map[domain.FundSource]domain.Money) []Funding {
	list := []Funding{}
	for _, source := range domain.FundSources() {
		if money, ok := funding[source]; ok {
			list = append(list, Funding{Source: source, Amount: Money{money}})
		}
	}
	return list
}

// investmentOf selects the plan of one year of a project.
type investmentOf struct {
	projectID
	Year int `path:"year"`
}

type investmentAt struct {
	investmentOf
	Version Version `header:"If-Match"`
}

// planContent is what one writes of a year's plan; a source that is not named gives nothing.
type planContent struct {
	Planned Amount    `json:"planned"`
	Funding []Funding `json:"funding" validate:"max=7"`
}

func (c planContent) content() (content domain.InvestmentPlanContent, err error) {
	content.Funding = map[domain.FundSource]domain.Money{}
	for i, given := range c.Funding {
		if _, twice := content.Funding[given.Source]; twice {
			return content, domain.Invalid(fmt.Sprintf("funding[%d].source", i), "fund_source_twice")
		}
		content.Funding[given.Source] = given.Amount.Money
	}
	content.Planned, err = c.Planned.amount("planned")
	return content, err
}

type createInvestmentPlanIn struct {
	investmentOf
	planContent
}

func (h handlers) createInvestmentPlan(ctx context.Context, in createInvestmentPlanIn) (Created[InvestmentPlan], error) {
	content, err := in.content()
	if err != nil {
		return Created[InvestmentPlan]{}, err
	}
	return planCreated(h.service.CreateInvestmentPlan(ctx, in.ID, in.Year, content))
}

type saveInvestmentPlanIn struct {
	investmentAt
	planContent
}

func (h handlers) saveInvestmentPlan(ctx context.Context, in saveInvestmentPlanIn) (Versioned[InvestmentPlan], error) {
	content, err := in.content()
	if err != nil {
		return Versioned[InvestmentPlan]{}, err
	}
	return planAnswer(h.service.SaveInvestmentPlan(ctx, in.ID, in.Year, int64(in.Version), content))
}

func (h handlers) confirmInvestmentPlan(ctx context.Context, in investmentAt) (Versioned[InvestmentPlan], error) {
	return planAnswer(h.service.ConfirmInvestmentPlan(ctx, in.ID, in.Year, int64(in.Version)))
}

type reviseInvestmentPlanIn struct {
	investmentAt
	planContent
	Reason string `json:"reason" validate:"notblank,max=1000"`
}

func (h handlers) reviseInvestmentPlan(ctx context.Context, in reviseInvestmentPlanIn) (Created[InvestmentPlan], error) {
	content, err := in.content()
	if err != nil {
		return Created[InvestmentPlan]{}, err
	}
	return planCreated(h.service.ReviseInvestmentPlan(ctx, in.ID, in.Year, int64(in.Version), in.Reason, content))
}

func planAnswer(p domain.InvestmentPlan, err error) (Versioned[InvestmentPlan], error) {
	if err != nil {
		return Versioned[InvestmentPlan]{}, err
	}
	return Versioned[InvestmentPlan]{Value: investmentPlan(p), Version: p.Version}, nil
}

func planCreated(p domain.InvestmentPlan, err error) (Created[InvestmentPlan], error) {
	if err != nil {
		return Created[InvestmentPlan]{}, err
	}
	return Created[InvestmentPlan]{
		Value: investmentPlan(p), Version: p.Version, At: fmt.Sprintf("/api/v1/projects/%d/investment", p.ProjectID),
	}, nil
}
