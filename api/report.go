package api

import (
	"context"
	"fmt"

	"zhongda/domain"
	"zhongda/service"
)

// reportID selects the report of a request.
type reportID struct {
	ID int64 `path:"id"`
}

// reportAt selects a report at the version that the caller read.
type reportAt struct {
	reportID
	Version Version `header:"If-Match"`
}

func (h handlers) listReports(ctx context.Context, in projectID) (List[ReportRow], error) {
	return listOf(h.reportRow)(h.service.ProjectReports(ctx, in.ID))
}

func (h handlers) getReport(ctx context.Context, in reportID) (Versioned[Report], error) {
	return h.reportAnswer(ctx)(h.service.Report(ctx, in.ID))
}

type startReportIn struct {
	projectID
	Period Period `json:"period"`
}

func (h handlers) startReport(ctx context.Context, in startReportIn) (Created[Report], error) {
	return h.reportCreated(ctx)(h.service.StartReport(ctx, in.ID, in.Period.Period))
}

// updateReportIn is saved as it is typed: what is absent stays. Of milestones, those given replace theirs.
type updateReportIn struct {
	reportAt
	Progress     Optional[*Percent]              `json:"progress"`
	ProgressText Optional[string]                `json:"progressText" validate:"max=4000"`
	Month        Optional[Amount]                `json:"month"`
	Year         Optional[Amount]                `json:"year"`
	Total        Optional[Amount]                `json:"total"`
	Funds        Optional[Amount]                `json:"funds"`
	Problems     Optional[string]                `json:"problems" validate:"max=4000"`
	Coordination Optional[string]                `json:"coordination" validate:"max=4000"`
	NextSteps    Optional[string]                `json:"nextSteps" validate:"max=4000"`
	Light        Optional[*domain.Light]         `json:"light"`
	LightText    Optional[string]                `json:"lightText" validate:"max=4000"`
	Explanation  Optional[string]                `json:"explanation" validate:"max=4000"`
	Milestones   Optional[[]reportedMilestoneIn] `json:"milestones" validate:"max=100"`
}

type reportedMilestoneIn struct {
	MilestoneID int64              `json:"milestoneId" validate:"min=1"`
	Forecast    *PlanDate          `json:"forecast"`
	Actual      *Date              `json:"actual"`
	ReasonCode  *domain.ReasonCode `json:"reasonCode"`
	ReasonText  string             `json:"reasonText,omitempty" validate:"max=2000"`
}

func (in updateReportIn) change() (change domain.ReportChange, err error) {
	change = domain.ReportChange{
		ProgressText: in.ProgressText.Pointer(), Problems: in.Problems.Pointer(), Coordination: in.Coordination.Pointer(),
		NextSteps: in.NextSteps.Pointer(), LightText: in.LightText.Pointer(), Explanation: in.Explanation.Pointer(),
	}
	if in.Progress.Set {
		progress := (*domain.Percent)(nil)
		if in.Progress.Value != nil {
			progress = &in.Progress.Value.Percent
		}
		change.Progress = &progress
	}
	if in.Light.Set {
		change.Light = new(domain.Light)
		if in.Light.Value != nil {
			change.Light = in.Light.Value
		}
	}
	if err := in.amounts(&change); err != nil {
		return change, err
	}
	for i, given := range in.Milestones.Value {
		reported, err := given.milestone()
		if err != nil {
			return change, below(fmt.Sprintf("milestones[%d]", i), err)
		}
		change.Milestones = append(change.Milestones, reported)
	}
	return change, nil
}

func (in updateReportIn) amounts(change *domain.ReportChange) error {
	for _, amount := range []struct {
		field string
		given Optional[Amount]
		into  **domain.Amount
	}{
		{"month", in.Month, &change.Month}, {"year", in.Year, &change.Year},
		{"total", in.Total, &change.Total}, {"funds", in.Funds, &change.Funds},
	} {
		if !amount.given.Set {
			continue
		}
		value, err := amount.given.Value.amount(amount.field)
		if err != nil {
			return err
		}
		*amount.into = &value
	}
	return nil
}

func (in reportedMilestoneIn) milestone() (m domain.ReportedMilestone, err error) {
	m = domain.ReportedMilestone{MilestoneID: in.MilestoneID, ReasonText: in.ReasonText}
	if in.Actual != nil {
		m.Actual = in.Actual.Date
	}
	if in.ReasonCode != nil {
		m.ReasonCode = *in.ReasonCode
	}
	m.Forecast, err = in.Forecast.planDate()
	return m, below("forecast", err)
}

func (h handlers) updateReport(ctx context.Context, in updateReportIn) (Versioned[Report], error) {
	change, err := in.change()
	if err != nil {
		return Versioned[Report]{}, err
	}
	return h.reportAnswer(ctx)(h.service.SaveReport(ctx, in.ID, int64(in.Version), change))
}

// reportAnswer renders the outcome of every use case that ends with one report, reportCreated that of one that opens it.
func (h handlers) reportAnswer(ctx context.Context) func(service.ReportView, error) (Versioned[Report], error) {
	return func(view service.ReportView, err error) (Versioned[Report], error) {
		if err != nil {
			return Versioned[Report]{}, err
		}
		return Versioned[Report]{Value: h.report(ctx, view), Version: view.Version}, nil
	}
}

func (h handlers) reportCreated(ctx context.Context) func(service.ReportView, error) (Created[Report], error) {
	return func(view service.ReportView, err error) (Created[Report], error) {
		if err != nil {
			return Created[Report]{}, err
		}
		at := fmt.Sprintf("/api/v1/reports/%d", view.ID)
		return Created[Report]{Value: h.report(ctx, view), Version: view.Version, At: at}, nil
	}
}
