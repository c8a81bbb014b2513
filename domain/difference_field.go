package domain

import (
	"slices"
	"strconv"
)

// compare lists the changes of one project; known says that it was on record before.
func compare(was, is ProjectState, known bool) []FieldChange {
	var changes []FieldChange
	switch {
	case is.Inside && !was.Inside:
		changes = append(changes, FieldChange{Kind: ChangeEntered})
	case was.Inside && !is.Inside:
		changes = append(changes, FieldChange{Kind: ChangeLeft})
	}
	if !known {
		return changes
	}
	add := func(kind ChangeKind, before, after string, trend Trend) {
		if before != after {
			changes = append(changes, FieldChange{Kind: kind, Before: before, After: after, Trend: trend})
		}
	}
	add(ChangeStage, string(was.Stage), string(is.Stage), trendOf(was.Stage.rank(), is.Stage.rank()))
	add(ChangeStanding, string(was.Standing), string(is.Standing), TrendNone)
	if was.Owner.ID != is.Owner.ID {
		changes = append(changes, FieldChange{
			Kind: ChangeOwner, Before: was.Owner.Name, After: is.Owner.Name, BeforeEn: was.Owner.NameEn, AfterEn: is.Owner.NameEn,
		})
	}
	add(ChangeLight, string(was.Light), string(is.Light), lightTrend(was.Light, is.Light))
	if was.RuleLight != "" { // the first verdict on a project is no news of it
		add(ChangeRuleLight, string(was.RuleLight), string(is.RuleLight), ruleLightTrend(was.RuleLight, is.RuleLight))
	}
	add(ChangeSlip, days(was.SlipDays), days(is.SlipDays), slipTrend(was.SlipDays, is.SlipDays))
	add(ChangeReport, reportedText(was.Reported), reportedText(is.Reported), TrendNone)
	add(ChangeProgress, percentText(was.Progress), percentText(is.Progress), progressTrend(was.Progress, is.Progress))
	add(ChangeInvestment, amountText(was.Investment), amountText(is.Investment), moneyTrend(was.Investment, is.Investment))
	return append(changes, milestoneChanges(was.Milestones, is.Milestones)...)
}

// milestoneChanges compares the dates of milestones; one that is new counts from no date.
func milestoneChanges(was, is []Milestone) []FieldChange {
	var changes []FieldChange
	for _, m := range is {
		var old Milestone
		if i := slices.IndexFunc(was, func(o Milestone) bool { return o.ID == m.ID }); i >= 0 {
			old = was[i]
		}
		if before, after := planDateText(old.Forecast), planDateText(m.Forecast); before != after {
			changes = append(changes, FieldChange{
				Kind: ChangeForecast, Milestone: m.Name, Before: before, After: after, Trend: forecastTrend(old.Forecast, m.Forecast),
			})
		}
		if before, after := old.Actual.String(), m.Actual.String(); before != after {
			changes = append(changes, FieldChange{Kind: ChangeActual, Milestone: m.Name, Before: before, After: after})
		}
	}
	return changes
}

func trendOf(before, after int) Trend {
	switch {
	case after > before:
		return TrendUp
	case after < before:
		return TrendDown
	default:
		return TrendNone
	}
}

// lightTrend compares lights that both say something: green, yellow, red.
func lightTrend(was, is Light) Trend {
	before, after := slices.Index(Lights(), was), slices.Index(Lights(), is)
	if before < 0 || after < 0 {
		return TrendNone
	}
	return trendOf(before, after)
}

// ruleLightTrend compares verdicts that measure: green, yellow, red. The others are no better and no worse.
func ruleLightTrend(was, is RuleLight) Trend { return lightTrend(Light(was), Light(is)) }

// reportedText is the month of a report; none before the first.
func reportedText(p Period) string {
	if p == (Period{}) {
		return ""
	}
	return p.String()
}

func slipTrend(was, is *int) Trend {
	if was == nil || is == nil {
		return TrendNone
	}
	return trendOf(*was, *is)
}

func progressTrend(was, is *Percent) Trend {
	if was == nil || is == nil {
		return TrendNone
	}
	return trendOf(0, is.value.Cmp(was.value))
}

func moneyTrend(was, is Amount) Trend {
	if !was.Present() || !is.Present() {
		return TrendNone
	}
	return trendOf(0, is.Value.value.Cmp(was.Value.value))
}

func forecastTrend(was, is *PlanDate) Trend {
	if was == nil || is == nil {
		return TrendNone
	}
	return trendOf(0, is.Date.DaysSince(was.Date))
}

func days(slip *int) string {
	if slip == nil {
		return ""
	}
	return strconv.Itoa(*slip)
}

func percentText(p *Percent) string {
	if p == nil {
		return ""
	}
	return p.String()
}

// amountText is the figure, or the reason why there is none.
func amountText(a Amount) string {
	if a.Present() {
		return a.Value.String()
	}
	return string(a.Missing)
}

// planDateText is the last day and, where it is not exact, the precision: "2027-12-31 year".
func planDateText(d *PlanDate) string {
	if d == nil {
		return ""
	}
	if d.Precision == PrecisionDay {
		return d.Date.String()
	}
	return d.Date.String() + " " + string(d.Precision)
}
