package api

import (
	"context"

	"zhongda/domain"
)

// TimelinePage is one page of projects with their milestones, in the order of the list; asOf is the past day it is of,
// null for today. span covers the milestones of all projects of the filter; it comes with the total.
type TimelinePage struct {
	Page[TimelineRow]
	AsOf *Date     `json:"asOf"`
	Span *DateSpan `json:"span"`
}

// DateSpan is a stretch of days, both ends included.
type DateSpan struct {
	First Date `json:"first"`
	Last  Date `json:"last"`
}

// TimelineRow is a project as one line of the timeline; milestones without any date are only counted.
type TimelineRow struct {
	ID         int64               `json:"id"`
	Code       string              `json:"code"`
	Name       string              `json:"name"`
	Stage      domain.Stage        `json:"stage"`
	Standing   domain.Standing     `json:"standing"`
	RuleLight  *domain.RuleLight   `json:"ruleLight"`
	SlipDays   *int                `json:"slipDays"`
	Milestones []TimelineMilestone `json:"milestones"`
	Undated    int                 `json:"undated,omitempty"`
}

// TimelineMilestone is a milestone as small as a thousand of them should be: what is not there is left out.
// currentBaseline is there only where it is another than baseline, slipCurrent only where it is another than slip; both
// slips are in days, late counted positive. promise marks what the plan itself promised.
type TimelineMilestone struct {
	Name            string            `json:"name"`
	Phase           string            `json:"phase,omitempty"`
	Baseline        *When             `json:"baseline,omitempty"`
	CurrentBaseline *When             `json:"currentBaseline,omitempty"`
	Forecast        *When             `json:"forecast,omitempty"`
	Actual          *When             `json:"actual,omitempty"`
	Slip            *int              `json:"slip,omitempty"`
	SlipCurrent     *int              `json:"slipCurrent,omitempty"`
	Reason          domain.ReasonCode `json:"reason,omitempty"`
	Overdue         bool              `json:"overdue,omitempty"`
	Promise         bool              `json:"promise,omitempty"`
}

func (h handlers) projectTimeline(ctx context.Context, in listProjectsIn) (TimelinePage, error) {
	sort, err := domain.ParseProjectSort(in.Sort)
	if err != nil {
		return TimelinePage{}, err
	}
	found, err := h.service.Timeline(ctx, in.filter(), sort, in.request())
	if err != nil {
		return TimelinePage{}, err
	}
	today := in.AsOf.day()
	if today.IsZero() {
		today = h.service.Today()
	}
	page := pageOf(found.Page, in.WithTotal, func(r domain.TimelineRow) TimelineRow { return timelineRow(r, today) })
	answer := TimelinePage{Page: page, AsOf: DateOf(in.AsOf.day())}
	if !found.Span.First.IsZero() {
		answer.Span = &DateSpan{First: Date{found.Span.First}, Last: Date{found.Span.Last}}
	}
	return answer, nil
}

func timelineRow(r domain.TimelineRow, today domain.Date) TimelineRow {
	return TimelineRow{
		ID: r.Project.ID, Code: r.Project.Code, Name: r.Project.Name, Stage: r.Project.Stage, Standing: r.Project.Standing,
		RuleLight: emptyAsNull(r.Project.RuleLight), SlipDays: r.Project.SlipDays, Undated: r.Undated,
		Milestones: mapSlice(r.Milestones, func(m domain.Milestone) TimelineMilestone { return timelineMilestone(m, today) }),
	}
}

func timelineMilestone(m domain.Milestone, today domain.Date) TimelineMilestone {
	slip := m.Slip()
	small := TimelineMilestone{
		Name: m.Name, Phase: m.Phase, Baseline: whenOf(m.Baseline), Forecast: whenOf(m.Forecast),
		Slip: slip.Original, Reason: m.ReasonCode, Overdue: m.Overdue(today),
		Promise: m.Kind == domain.MilestonePlanCommitment,
	}
	if !m.Actual.IsZero() {
		small.Actual = whenOf(&domain.PlanDate{Date: m.Actual, Precision: domain.PrecisionDay})
	}
	if m.CurrentBaseline != nil && (m.Baseline == nil || *m.CurrentBaseline != *m.Baseline) {
		small.CurrentBaseline, small.SlipCurrent = whenOf(m.CurrentBaseline), slip.Current
	}
	return small
}

// When carries a date as precisely as it was stated: "2027-06-30", "2027-06", "2027-Q3" or "2027".
type When struct{ domain.PlanDate }

// MarshalText writes the short form.
func (w When) MarshalText() ([]byte, error) { return []byte(w.String()), nil }

func whenOf(d *domain.PlanDate) *When {
	if d == nil {
		return nil
	}
	return &When{*d}
}
