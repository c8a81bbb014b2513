package domain

import "time"

// FigureKind names a figure of a project whose origin can be told.
type FigureKind string

// The figures: what the last approved report says, what the bureau entered, and what the Commission confirmed.
const (
	FigureProgress   FigureKind = "progress"
	FigureMonth      FigureKind = "month"
	FigureYear       FigureKind = "year"
	FigureTotal      FigureKind = "total"
	FigureOwnerLight FigureKind = "owner_light"
	FigureForecast   FigureKind = "forecast"
	FigureEstimate   FigureKind = "estimate"
	FigureBudget     FigureKind = "budget"
	FigureAccount    FigureKind = "final_account"
	FigurePlan       FigureKind = "plan"
)

// FigureKinds lists them in the order screens show them.
func FigureKinds() []FigureKind {
	return []FigureKind{
		FigureProgress, FigureMonth, FigureYear, FigureTotal, FigureOwnerLight, FigureForecast,
		FigureEstimate, FigureBudget, FigureAccount, FigurePlan,
	}
}

// FigureOrigin says by which way a figure came into the records.
type FigureOrigin string

// The origins. An entry was made on the project's page, without a report; a catalogue's figure came with the plan.
const (
	OriginReport    FigureOrigin = "report"
	OriginEntry     FigureOrigin = "entry"
	OriginPlan      FigureOrigin = "plan"
	OriginCatalogue FigureOrigin = "catalogue"
)

// FigureOrigins lists them.
func FigureOrigins() []FigureOrigin {
	return []FigureOrigin{OriginReport, OriginEntry, OriginPlan, OriginCatalogue}
}

// Figure is one value of a project with where it comes from. Value is 元, percent, the light's word or a plan date; empty
// where it is missing, which Missing explains. MilestoneID is that of a forecast, Year that of a plan. By is who entered or
// submitted, Decided who approved or confirmed; a reader without the right to the reports gets neither.
type Figure struct {
	Kind        FigureKind
	Value       string
	Missing     Missing
	Milestone   string
	MilestoneID int64
	Year        int
	Origin      FigureOrigin
	ReportID    int64
	Period      Period
	Revision    int
	By          string
	ByAt        time.Time
	Decided     string
	DecidedAt   time.Time
	ContentHash string
	Record      *FigureRecord
}

// FigureRecord is the place in the audit chain that holds the act: its number, and the hash that the next record repeats.
type FigureRecord struct {
	Seq   int64
	Hash  AuditHash
	Actor string
	At    time.Time
}

// Anonymous is the figure for a reader who may not read who reports.
func (f Figure) Anonymous() Figure {
	f.By, f.Decided, f.ReportID = "", "", 0
	if f.Record != nil {
		record := *f.Record
		record.Actor = ""
		f.Record = &record
	}
	return f
}

// FiguresOfReport are the values that an approved report vouches for: every figure of its form. A forecast counts while the
// milestone still has it.
func FiguresOfReport(r Report) []Figure {
	from := Figure{
		Origin: OriginReport, ReportID: r.ID, Period: r.Period, Revision: r.Revision, By: r.SubmittedBy, ByAt: r.SubmittedAt,
		Decided: r.DecidedBy, DecidedAt: r.DecidedAt, ContentHash: r.Hash(),
	}
	with := func(kind FigureKind, value string, missing Missing) Figure {
		f := from
		f.Kind, f.Value, f.Missing = kind, value, missing
		return f
	}
	amount := func(kind FigureKind, a Amount) Figure {
		if a.Present() {
			return with(kind, a.Value.String(), MissingNone)
		}
		return with(kind, "", a.Missing)
	}
	figures := []Figure{amount(FigureMonth, r.Content.Month), amount(FigureYear, r.Content.Year), amount(FigureTotal, r.Content.Total)}
	if r.Content.Progress != nil {
		figures = append([]Figure{with(FigureProgress, r.Content.Progress.String(), MissingNone)}, figures...)
	}
	if r.Content.Light != "" {
		figures = append(figures, with(FigureOwnerLight, string(r.Content.Light), MissingNone))
	}
	return figures
}

// ForecastFigure is where the forecast of a milestone comes from: the earliest approved report since which every report
// that speaks of the milestone says the same. Reports come with the latest first. ok is false where no report says so.
func ForecastFigure(m Milestone, reports []Report) (figure Figure, ok bool) {
	for _, r := range reports {
		said, spoke := forecastIn(r, m.ID)
		if !spoke {
			continue
		}
		if !samePlanDate(said, m.Forecast) {
			break
		}
		figure, ok = Figure{
			Origin: OriginReport, ReportID: r.ID, Period: r.Period, Revision: r.Revision, By: r.SubmittedBy, ByAt: r.SubmittedAt,
			Decided: r.DecidedBy, DecidedAt: r.DecidedAt, ContentHash: r.Hash(),
		}, true
	}
	figure.Kind, figure.Value, figure.Milestone, figure.MilestoneID = FigureForecast, planDateText(m.Forecast), m.Name, m.ID
	return figure, ok
}

func forecastIn(r Report, milestoneID int64) (forecast *PlanDate, spoke bool) {
	for _, m := range r.Content.Milestones {
		if m.MilestoneID == milestoneID {
			return m.Forecast, true
		}
	}
	return nil, false
}
