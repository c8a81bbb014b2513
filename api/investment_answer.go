package api

import (
	"context"

	"zhongda/domain"
)

// ProjectInvestment is a project's money by year, the latest year first. creatable says that the reader may write the plan
// of a year that has none; progress is what is done since the start of the total.
type ProjectInvestment struct {
	ProjectID  int64            `json:"projectId"`
	Investment Amount           `json:"investment"`
	Progress   Rate             `json:"progress"`
	Creatable  bool             `json:"creatable"`
	Years      []InvestmentYear `json:"years"`
}

// InvestmentYear is one year. period is that of the last approved report of the year, null where there is none; month is
// of that period, toDate since January, total since the start. arrived are the funds that arrived in the year, not filled
// where the reports do not tell. plans are its revisions, the first one first; allowed is about the last of them.
type InvestmentYear struct {
	Year       int                           `json:"year"`
	Period     *Period                       `json:"period"`
	Month      Amount                        `json:"month"`
	ToDate     Amount                        `json:"toDate"`
	Total      Amount                        `json:"total"`
	Arrived    Amount                        `json:"arrived"`
	Completion Rate                          `json:"completion"`
	Plans      []InvestmentPlan              `json:"plans"`
	Allowed    []domain.InvestmentPlanAction `json:"allowed"`
}

// Rate is money done against money to do, weighted by money: filled of the projects had both figures and are in done and
// base. percent has one decimal, is over 100 where more was done, and null where it says nothing.
type Rate struct {
	Percent *string `json:"percent"`
	Over    bool    `json:"over"`
	Done    Money   `json:"done"`
	Base    Money   `json:"base"`
	Filled  int     `json:"filled"`
	Of      int     `json:"of"`
}

func rateOf(r domain.Rate) Rate {
	rate := Rate{Over: r.Over(), Done: Money{r.Done}, Base: Money{r.Base}, Filled: r.Filled, Of: r.Of}
	if percent, ok := r.Percent(); ok {
		rate.Percent = &percent
	}
	return rate
}

func (h handlers) getProjectInvestment(ctx context.Context, in projectID) (ProjectInvestment, error) {
	view, err := h.service.ProjectInvestment(ctx, in.ID)
	answer := ProjectInvestment{
		ProjectID: in.ID, Investment: amountOf(view.Project.Investment()), Creatable: view.Creatable,
		Progress: rateOf(domain.Progress(view.Years, view.Project.Investment())),
	}
	for _, y := range view.Years {
		answer.Years = append(answer.Years, InvestmentYear{
			Year: y.Year, Period: periodOf(y.Period), Month: amountOf(y.Month), ToDate: amountOf(y.ToDate), Total: amountOf(y.Total),
			Arrived: amountOf(y.Arrived), Completion: rateOf(y.Completion()), Plans: mapSlice(y.Revisions, investmentPlan),
			Allowed: append([]domain.InvestmentPlanAction{}, view.Allowed[y.Year]...),
		})
	}
	return answer, err
}

// InvestmentTotal is the money of a set of projects, in 元. Every sum says of how many projects it is. estimate, budget and
// finalAccount are apart and never added up; investment takes the most mature of each project, and byFinalAccount,
// byBudget and byEstimate are its parts. Paused and exited projects are in the sums and not in the rates; over counts the
// projects that did more than their plan of the year.
type InvestmentTotal struct {
	Projects       int       `json:"projects"`
	Active         int       `json:"active"`
	Paused         int       `json:"paused"`
	Exited         int       `json:"exited"`
	Estimate       Sum       `json:"estimate"`
	Budget         Sum       `json:"budget"`
	FinalAccount   Sum       `json:"finalAccount"`
	Investment     Sum       `json:"investment"`
	ByFinalAccount Sum       `json:"byFinalAccount"`
	ByBudget       Sum       `json:"byBudget"`
	ByEstimate     Sum       `json:"byEstimate"`
	Planned        Sum       `json:"planned"`
	Month          Sum       `json:"month"`
	ToDate         Sum       `json:"toDate"`
	Since          Sum       `json:"since"`
	Funding        []Funding `json:"funding"`
	Unsecured      Money     `json:"unsecured"`
	Completion     Rate      `json:"completion"`
	Progress       Rate      `json:"progress"`
	Over           int       `json:"over"`
}

func investmentTotal(t domain.InvestmentTotal) InvestmentTotal {
	return InvestmentTotal{
		Projects: t.Projects, Active: t.Active, Paused: t.Paused, Exited: t.Exited,
		Estimate: sumOf(t.Estimate), Budget: sumOf(t.Budget), FinalAccount: sumOf(t.Account), Investment: sumOf(t.Total),
		ByFinalAccount: sumOf(t.ByAccount), ByBudget: sumOf(t.ByBudget), ByEstimate: sumOf(t.ByEstimate),
		Planned: sumOf(t.Planned), Month: sumOf(t.Month), ToDate: sumOf(t.ToDate), Since: sumOf(t.Since),
		Funding: fundingOf(t.Funding), Unsecured: Money{t.Unsecured}, Completion: rateOf(t.Completion), Progress: rateOf(t.Progress),
		Over: t.Over,
	}
}

// InvestmentSummary adds up the money of a filter's projects in a year, up to and with the month period. A corridor counts
// in each district it crosses and once in total. waiting are the plans that nobody confirmed yet, for those who may.
type InvestmentSummary struct {
	AsOf       Date                    `json:"asOf"`
	Year       int                     `json:"year"`
	Period     Period                  `json:"period"`
	Total      InvestmentTotal         `json:"total"`
	ByCategory []InvestmentOfRef       `json:"byCategory"`
	ByDistrict []InvestmentOfRef       `json:"byDistrict"`
	ByOwner    []InvestmentOfOwner     `json:"byOwner"`
	ByStage    []InvestmentOfStage     `json:"byStage"`
	Waiting    []WaitingInvestmentPlan `json:"waiting"`
}

// InvestmentOfRef is the total of one category or district.
type InvestmentOfRef struct {
	Key Ref `json:"key"`
	InvestmentTotal
}

// InvestmentOfOwner is the total of one organisation's own projects.
type InvestmentOfOwner struct {
	Owner OrgRef `json:"owner"`
	InvestmentTotal
}

// InvestmentOfStage is the total of the projects at one stage.
type InvestmentOfStage struct {
	Stage domain.Stage `json:"stage"`
	InvestmentTotal
}

// WaitingInvestmentPlan is a revision that nobody confirmed yet.
type WaitingInvestmentPlan struct {
	ProjectID   int64          `json:"projectId"`
	ProjectCode string         `json:"projectCode"`
	ProjectName string         `json:"projectName"`
	Plan        InvestmentPlan `json:"plan"`
}

type investmentIn struct {
	projectFilter
	Year int `query:"year" default:"0" validate:"min=0,max=2100"`
}

func (h handlers) getInvestment(ctx context.Context, in investmentIn) (InvestmentSummary, error) {
	s, err := h.service.InvestmentSummary(ctx, in.filter(), in.Year)
	return InvestmentSummary{
		AsOf: Date{s.AsOf}, Year: s.Year, Period: Period{s.Period}, Total: investmentTotal(s.Total),
		ByCategory: mapSlice(s.ByCategory, func(l domain.InvestmentByCategory) InvestmentOfRef {
			return InvestmentOfRef{Key: categoryRef(l.Category), InvestmentTotal: investmentTotal(l.InvestmentTotal)}
		}),
		ByDistrict: mapSlice(s.ByDistrict, func(l domain.InvestmentByDistrict) InvestmentOfRef {
			return InvestmentOfRef{Key: districtRef(l.District), InvestmentTotal: investmentTotal(l.InvestmentTotal)}
		}),
		ByOwner: mapSlice(s.ByOwner, func(l domain.InvestmentByOwner) InvestmentOfOwner {
			return InvestmentOfOwner{Owner: orgRef(l.Owner), InvestmentTotal: investmentTotal(l.InvestmentTotal)}
		}),
		ByStage: mapSlice(s.ByStage, func(l domain.InvestmentByStage) InvestmentOfStage {
			return InvestmentOfStage{Stage: l.Stage, InvestmentTotal: investmentTotal(l.InvestmentTotal)}
		}),
		Waiting: mapSlice(s.Waiting, func(w domain.WaitingPlan) WaitingInvestmentPlan {
			return WaitingInvestmentPlan{
				ProjectID: w.Plan.ProjectID, ProjectCode: w.ProjectCode, ProjectName: w.ProjectName, Plan: investmentPlan(w.Plan),
			}
		}),
	}, err
}
