package domain

import (
	"maps"
	"slices"
	"strings"
	"time"
	"unicode/utf8"
)

// FundSource says where the money of a year's plan comes from.
type FundSource string

// The sources: 中央预算内, 专项债, 市财政, 区财政, 企业自筹, 银行贷款, 其他.
const (
	FundCentralBudget    FundSource = "central_budget"
	FundSpecialBond      FundSource = "special_bond"
	FundMunicipalFinance FundSource = "municipal_finance"
	FundDistrictFinance  FundSource = "district_finance"
	FundEnterprise       FundSource = "enterprise"
	FundLoan             FundSource = "loan"
	FundOther            FundSource = "other"
)

// FundSources lists them, public money first.
func FundSources() []FundSource {
	return []FundSource{
		FundCentralBudget, FundSpecialBond, FundMunicipalFinance, FundDistrictFinance, FundEnterprise, FundLoan, FundOther,
	}
}

// InvestmentPlan is one revision of a project's annual investment plan (年度投资计划). Revision 1 is the bureau's until the
// Commission confirms it; each later one is the Commission's, with its reason, and the earlier ones stay as they were
// confirmed. Funding holds only the sources that give something; what they leave of Planned is not secured (未落实).
type InvestmentPlan struct {
	ID          int64
	ProjectID   int64
	Year        int
	Revision    int
	Reason      string
	Planned     Amount
	Funding     map[FundSource]Money
	DraftedBy   string
	UpdatedBy   string
	UpdatedAt   time.Time
	ConfirmedBy string
	ConfirmedAt time.Time
	Version     int64
}

// InvestmentPlanState is where a revision stands.
type InvestmentPlanState string

// The states: a draft is the bureau's, a revising one the Commission's, a confirmed one is frozen.
const (
	InvestmentPlanDraft     InvestmentPlanState = "draft"
	InvestmentPlanRevising  InvestmentPlanState = "revising"
	InvestmentPlanConfirmed InvestmentPlanState = "confirmed"
)

// InvestmentPlanStates lists them.
func InvestmentPlanStates() []InvestmentPlanState {
	return []InvestmentPlanState{InvestmentPlanDraft, InvestmentPlanRevising, InvestmentPlanConfirmed}
}

// InvestmentPlanAction is what can be done with a revision.
type InvestmentPlanAction string

// The actions: save changes an unconfirmed revision, confirm freezes it, revise opens the next one.
const (
	InvestmentPlanSave    InvestmentPlanAction = "save"
	InvestmentPlanConfirm InvestmentPlanAction = "confirm"
	InvestmentPlanRevise  InvestmentPlanAction = "revise"
)

// InvestmentPlanActions lists them.
func InvestmentPlanActions() []InvestmentPlanAction {
	return []InvestmentPlanAction{InvestmentPlanSave, InvestmentPlanConfirm, InvestmentPlanRevise}
}

// Next is the state an action leads to from s; ok is false where it is not allowed.
func (s InvestmentPlanState) Next(action InvestmentPlanAction) (next InvestmentPlanState, ok bool) {
	open := s == InvestmentPlanDraft || s == InvestmentPlanRevising
	switch {
	case action == InvestmentPlanSave && open:
		return s, true
	case action == InvestmentPlanConfirm && open:
		return InvestmentPlanConfirmed, true
	case action == InvestmentPlanRevise && s == InvestmentPlanConfirmed:
		return InvestmentPlanRevising, true
	}
	return s, false
}

// Permission is what an action takes in a state: the bureau writes its draft, everything after it is the Commission's.
func (s InvestmentPlanState) Permission(action InvestmentPlanAction) Permission {
	if action == InvestmentPlanSave && s == InvestmentPlanDraft {
		return PermissionInvestmentWrite
	}
	return PermissionInvestmentConfirm
}

// State is where the revision stands.
func (p InvestmentPlan) State() InvestmentPlanState {
	switch {
	case p.ConfirmedBy != "":
		return InvestmentPlanConfirmed
	case p.Revision > 1:
		return InvestmentPlanRevising
	default:
		return InvestmentPlanDraft
	}
}

// refuse names the state that does not allow an action.
func (p InvestmentPlan) refuse(action InvestmentPlanAction) error {
	if _, ok := p.State().Next(action); ok {
		return nil
	}
	if p.State() == InvestmentPlanConfirmed {
		return Conflict("investment_plan_confirmed")
	}
	return Conflict("investment_plan_not_confirmed")
}

// InvestmentPlanContent is what one writes of a year's plan.
type InvestmentPlanContent struct {
	Planned Amount
	Funding map[FundSource]Money
}

// Save gives the unconfirmed revision with another content.
func (p InvestmentPlan) Save(content InvestmentPlanContent, by string, at time.Time) (InvestmentPlan, error) {
	if err := p.refuse(InvestmentPlanSave); err != nil {
		return p, err
	}
	p.Planned, p.Funding = content.Planned, withoutZeros(content.Funding)
	p.UpdatedBy, p.UpdatedAt = by, at
	return p, p.check()
}

// MayBeConfirmedBy reports whether somebody neither began nor last changed the revision (four eyes).
func (p InvestmentPlan) MayBeConfirmedBy(who string) bool {
	return who != p.DraftedBy && who != p.UpdatedBy
}

// Confirm freezes the revision; from now on it is the plan of the year.
func (p InvestmentPlan) Confirm(by string, at time.Time) (InvestmentPlan, error) {
	if err := p.refuse(InvestmentPlanConfirm); err != nil {
		return p, err
	}
	if !p.MayBeConfirmedBy(by) {
		return p, Forbidden("plan_four_eyes")
	}
	p.ConfirmedBy, p.ConfirmedAt = by, at
	return p, nil
}

// planReasonRunes is how many characters the reason of a revision has at least, planReasonRunesMax at most.
const (
	planReasonRunes    = 10
	planReasonRunesMax = 1000
)

// Revise opens the next revision of a confirmed plan; the confirmed one holds until another person confirms this one.
func (p InvestmentPlan) Revise(reason string, content InvestmentPlanContent, by string, at time.Time) (InvestmentPlan, error) {
	if err := p.refuse(InvestmentPlanRevise); err != nil {
		return p, err
	}
	switch runes := utf8.RuneCountInString(strings.TrimSpace(reason)); {
	case runes < planReasonRunes:
		return p, Invalid("reason", "min_chars", "limit", planReasonRunes)
	case runes > planReasonRunesMax:
		return p, Invalid("reason", "too_long", "max", planReasonRunesMax)
	}
	next := InvestmentPlan{
		ProjectID: p.ProjectID, Year: p.Year, Revision: p.Revision + 1, Reason: reason, DraftedBy: by,
	}
	return next.Save(content, by, at)
}

// check refuses a plan that says nothing, and sources that give more than is planned.
func (p InvestmentPlan) check() error {
	if p.Planned.Missing == MissingNotFilled {
		return Invalid("planned", "amount_or_reason")
	}
	if len(p.Funding) > 0 && !p.Planned.Present() {
		return Invalid("funding", "funding_without_plan")
	}
	if p.Funded().value.GreaterThan(p.Planned.Value.value) {
		return Invalid("funding", "funding_over_plan", "planned", p.Planned.Value.String(), "funded", p.Funded().String())
	}
	return nil
}

func withoutZeros(funding map[FundSource]Money) map[FundSource]Money {
	kept := maps.Clone(funding)
	maps.DeleteFunc(kept, func(_ FundSource, m Money) bool { return m.value.IsZero() })
	return kept
}

// Funded is what the sources give together.
func (p InvestmentPlan) Funded() Money {
	var total Money
	for _, m := range p.Funding {
		total = total.Add(m)
	}
	return total
}

// Unsecured is the part of the plan that no source gives (未落实).
func (p InvestmentPlan) Unsecured() Money {
	return Money{value: p.Planned.Value.value.Sub(p.Funded().value)}
}

// InEffect is the confirmed revision of a year that counts: the latest; nil when none is confirmed.
func InEffect(revisions []InvestmentPlan) *InvestmentPlan {
	var latest *InvestmentPlan
	for _, p := range revisions {
		if p.State() == InvestmentPlanConfirmed && (latest == nil || latest.Revision < p.Revision) {
			latest = &p
		}
	}
	return latest
}

// InvestmentYear is one year of a project: its plan in all revisions, the first one first, and what the approved reports
// of the year say. Period is that of the last one, zero where there is none; Month is of that period, Year since January,
// Total since the start. Arrived are the funds of the year: what had arrived by its last report less what had by the last
// one before it, missing where either is.
type InvestmentYear struct {
	Year      int
	Revisions []InvestmentPlan
	Period    Period
	Month     Amount
	ToDate    Amount
	Total     Amount
	Arrived   Amount
}

// Completion is the share of the year's plan that is done.
func (y InvestmentYear) Completion() Rate {
	if plan := InEffect(y.Revisions); plan != nil {
		return RateOf(y.ToDate, plan.Planned)
	}
	return Rate{Of: 1}
}

// InvestmentYears joins a project's plans and approved reports by year, the latest year first. Of a period with several
// revisions the last approved one counts.
func InvestmentYears(plans []InvestmentPlan, reports []Report) []InvestmentYear {
	years := map[int]*InvestmentYear{}
	of := func(year int) *InvestmentYear {
		if years[year] == nil {
			years[year] = &InvestmentYear{Year: year, Month: NotFilled(), ToDate: NotFilled(), Total: NotFilled(), Arrived: NotFilled()}
		}
		return years[year]
	}
	for _, p := range plans {
		y := of(p.Year)
		y.Revisions = append(y.Revisions, p)
	}
	before := NotFilled() // the funds by the last report of an earlier year
	year, funds := 0, NotFilled()
	for _, r := range lastApproved(reports) {
		if r.Period.Year != year {
			before, year = funds, r.Period.Year
		}
		funds = r.Content.Funds
		y := of(year)
		y.Period, y.Month, y.ToDate, y.Total = r.Period, r.Content.Month, r.Content.Year, r.Content.Total
		y.Arrived = less(funds, before)
	}
	list := make([]InvestmentYear, 0, len(years))
	for _, year := range slices.Backward(slices.Sorted(maps.Keys(years))) {
		list = append(list, *years[year])
	}
	return list
}

// lastApproved keeps the last approved revision of each period, in the order of time.
func lastApproved(reports []Report) []Report {
	byPeriod := map[Period]Report{}
	for _, r := range reports {
		if r.State == ReportApproved && r.Revision > byPeriod[r.Period].Revision {
			byPeriod[r.Period] = r
		}
	}
	return slices.SortedFunc(maps.Values(byPeriod), func(a, b Report) int { return a.Period.First().Time().Compare(b.Period.First().Time()) })
}

// less is the difference of two amounts that are there and fall short of nothing; else it is not known.
func less(a, b Amount) Amount {
	if !a.Present() || !b.Present() || exceeds(b, a) {
		return NotFilled()
	}
	return NewAmount(Money{value: a.Value.value.Sub(b.Value.value)})
}
