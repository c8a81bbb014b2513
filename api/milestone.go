package api

import (
	"context"
	"strings"
	"time"

	"zhongda/domain"
)

// Milestone is a dated step of a project. baseline is the original one; slip is in days, late counted positive, null
// where there is no verdict.
type Milestone struct {
	ID              int64                `json:"id"`
	ProjectID       int64                `json:"projectId"`
	Kind            domain.MilestoneKind `json:"kind"`
	Name            string               `json:"name"`
	Phase           string               `json:"phase"`
	Baseline        *PlanDate            `json:"baseline"`
	CurrentBaseline *PlanDate            `json:"currentBaseline"`
	BaselineLocked  bool                 `json:"baselineLocked"`
	Forecast        *PlanDate            `json:"forecast"`
	Actual          *Date                `json:"actual"`
	ReasonCode      *domain.ReasonCode   `json:"reasonCode"`
	ReasonText      string               `json:"reasonText"`
	Slip            Slip                 `json:"slip"`
	Overdue         bool                 `json:"overdue"`
	Version         int64                `json:"version"`
	UpdatedAt       time.Time            `json:"updatedAt"`
	UpdatedBy       string               `json:"updatedBy"`
}

// Slip is how many days late a milestone is against each baseline.
type Slip struct {
	Original *int `json:"original"`
	Current  *int `json:"current"`
}

func (h handlers) milestone(m domain.Milestone) Milestone { return milestoneOf(m, h.service.Today()) }

func milestoneOf(m domain.Milestone, today domain.Date) Milestone {
	slip := m.Slip()
	return Milestone{
		ID: m.ID, ProjectID: m.ProjectID, Kind: m.Kind, Name: m.Name, Phase: m.Phase, Baseline: planDateOf(m.Baseline),
		CurrentBaseline: planDateOf(m.CurrentBaseline), BaselineLocked: m.BaselineLocked || m.Baseline != nil,
		Forecast: planDateOf(m.Forecast), Actual: DateOf(m.Actual), ReasonCode: emptyAsNull(m.ReasonCode),
		ReasonText: m.ReasonText, Slip: Slip{Original: slip.Original, Current: slip.Current},
		Overdue: m.Overdue(today), Version: m.Version, UpdatedAt: m.UpdatedAt, UpdatedBy: m.UpdatedBy,
	}
}

type createMilestoneIn struct {
	projectID
	Kind       domain.MilestoneKind `json:"kind"`
	Name       string               `json:"name" validate:"notblank,max=120"`
	Phase      string               `json:"phase,omitempty" validate:"max=40"`
	Baseline   *PlanDate            `json:"baseline"`
	Forecast   *PlanDate            `json:"forecast"`
	Actual     *Date                `json:"actual"`
	ReasonCode *domain.ReasonCode   `json:"reasonCode"`
	ReasonText string               `json:"reasonText,omitempty" validate:"max=2000"`
}

func (h handlers) createMilestone(ctx context.Context, in createMilestoneIn) (Created[Milestone], error) {
	m := domain.Milestone{ProjectID: in.ID, Kind: in.Kind, Name: in.Name, Phase: strings.TrimSpace(in.Phase), ReasonText: in.ReasonText}
	var err error
	if m.Baseline, err = in.Baseline.planDate(); err != nil {
		return Created[Milestone]{}, err
	}
	if m.Forecast, err = in.Forecast.planDate(); err != nil {
		return Created[Milestone]{}, err
	}
	if in.Actual != nil {
		m.Actual = in.Actual.Date
	}
	if in.ReasonCode != nil {
		m.ReasonCode = *in.ReasonCode
	}
	m, err = h.service.CreateMilestone(ctx, m)
	return Created[Milestone]{Value: h.milestone(m), Version: m.Version}, err
}

type updateMilestoneIn struct {
	editOf
	MilestoneID int64                        `path:"milestoneId"`
	Name        Optional[string]             `json:"name" validate:"notblank,max=120"`
	Phase       Optional[string]             `json:"phase" validate:"max=40"`
	Baseline    Optional[*PlanDate]          `json:"baseline"`
	Forecast    Optional[*PlanDate]          `json:"forecast"`
	Actual      Optional[*Date]              `json:"actual"`
	ReasonCode  Optional[*domain.ReasonCode] `json:"reasonCode"`
	ReasonText  Optional[string]             `json:"reasonText" validate:"max=2000"`
}

func (in updateMilestoneIn) change() (change domain.MilestoneChange, err error) {
	change = domain.MilestoneChange{Name: in.Name.Pointer(), Phase: in.Phase.Pointer(), ReasonText: in.ReasonText.Pointer()}
	if change.Baseline, err = planDateChange(in.Baseline); err != nil {
		return change, err
	}
	if change.Forecast, err = planDateChange(in.Forecast); err != nil {
		return change, err
	}
	if in.Actual.Set {
		change.Actual = &domain.Date{}
		if in.Actual.Value != nil {
			change.Actual = &in.Actual.Value.Date
		}
	}
	if in.ReasonCode.Set {
		change.ReasonCode = new(domain.ReasonCode)
		if in.ReasonCode.Value != nil {
			change.ReasonCode = in.ReasonCode.Value
		}
	}
	return change, nil
}

func planDateChange(o Optional[*PlanDate]) (**domain.PlanDate, error) {
	if !o.Set {
		return nil, nil
	}
	date, err := o.Value.planDate()
	return &date, err
}

func (h handlers) updateMilestone(ctx context.Context, in updateMilestoneIn) (Versioned[Milestone], error) {
	change, err := in.change()
	if err != nil {
		return Versioned[Milestone]{}, err
	}
	m, err := h.service.UpdateMilestone(ctx, in.ID, in.MilestoneID, int64(in.Version), change)
	return Versioned[Milestone]{Value: h.milestone(m), Version: m.Version}, err
}
