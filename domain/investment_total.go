package domain

import "github.com/shopspring/decimal"

// Rate is a share of money done: of Of projects, Filled had both figures, and only those are in Done and Base. A rate over
// many projects is so weighted by money.
type Rate struct {
	Done   Money
	Base   Money
	Filled int
	Of     int
}

// RateOf is the rate of one project.
func RateOf(done, base Amount) Rate {
	if !done.Present() || !base.Present() {
		return Rate{Of: 1}
	}
	return Rate{Done: done.Value, Base: base.Value, Filled: 1, Of: 1}
}

// Percent has one decimal, rounded half up; ok is false where nothing was to be done or nothing is known. It is over 100
// where more was done than planned.
func (r Rate) Percent() (percent string, ok bool) {
	if r.Filled == 0 || r.Base.value.IsZero() {
		return "", false
	}
	return r.Done.value.Mul(decimal.NewFromInt(100)).DivRound(r.Base.value, 1).StringFixed(1), true
}

// Over reports whether more was done than the base.
func (r Rate) Over() bool { return r.Done.value.GreaterThan(r.Base.value) }

// InvestmentFilter selects the projects of a total and its time.
type InvestmentFilter struct {
	Projects ProjectFilter
	Year     int
	Period   Period
}

// InvestmentPeriod is the month up to which a year is counted: the last one that has ended, December of a past year, and
// January where none of the year has ended yet.
func InvestmentPeriod(year int, today Date) Period {
	ended := PeriodOf(today).Add(-1)
	switch {
	case ended.Year > year:
		return Period{Year: year, Month: 12}
	case ended.Year < year:
		return Period{Year: year, Month: 1}
	default:
		return ended
	}
}

// InvestmentTotal is the money of a set of projects. Every sum says of how many projects it is; paused and exited ones
// are in the sums and not in the rates.
type InvestmentTotal struct {
	Projects   int
	Active     int
	Paused     int
	Exited     int
	Estimate   Sum // the three kinds of total, never added up
	Budget     Sum
	Account    Sum
	Total      Sum // by the most mature figure of each project
	ByAccount  Sum // the parts of Total by where they come from
	ByBudget   Sum
	ByEstimate Sum
	Planned    Sum
	Month      Sum
	ToDate     Sum
	Since      Sum
	Funding    map[FundSource]Money
	Unsecured  Money
	Completion Rate
	Progress   Rate // since the start against the total
	Over       int  // projects that did more than the year's plan
}

// InvestmentSummary is the total over the projects of a filter, and the same by category, district, owner and stage. A
// corridor counts in each district it crosses and once in the whole.
type InvestmentSummary struct {
	AsOf       Date
	Year       int
	Period     Period
	Total      InvestmentTotal
	ByCategory []InvestmentByCategory
	ByDistrict []InvestmentByDistrict
	ByOwner    []InvestmentByOwner
	ByStage    []InvestmentByStage
	Waiting    []WaitingPlan
}

// InvestmentByCategory is the total of one top category.
type InvestmentByCategory struct {
	Category Category
	InvestmentTotal
}

// InvestmentByDistrict is the total of the projects that lie in or cross one district.
type InvestmentByDistrict struct {
	District District
	InvestmentTotal
}

// InvestmentByOwner is the total of one organisation's own projects.
type InvestmentByOwner struct {
	Owner Organisation
	InvestmentTotal
}

// InvestmentByStage is the total of the projects at one stage.
type InvestmentByStage struct {
	Stage Stage
	InvestmentTotal
}

// WaitingPlan is a revision that nobody confirmed yet, with its project's name.
type WaitingPlan struct {
	Plan        InvestmentPlan
	ProjectCode string
	ProjectName string
}

// Progress is what a project did since its start against its total, by the last year that says so.
func Progress(years []InvestmentYear, total Amount) Rate {
	for _, y := range years {
		if y.Total.Present() {
			return RateOf(y.Total, total)
		}
	}
	return Rate{Of: 1}
}
