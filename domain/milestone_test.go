package domain_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"zhongda/domain"
)

const today = "2026-07-01"

func TestSlipIsMeasuredAgainstBothBaselines(t *testing.T) {
	for _, c := range []struct {
		name                                string
		baseline, current, forecast, actual string
		original, against                   *int
		overdue                             bool
	}{
		{"no baseline, no verdict", "", "", "2026-12-31", "", nil, nil, false},
		{"nothing to measure", "2026-12-31", "2026-12-31", "", "", nil, nil, false},
		{"day gone by in silence", "2026-06-30", "2026-06-30", "", "", nil, nil, true},
		{"due today is not overdue", today, today, "", "", nil, nil, false},
		{"on time is zero, not missing", "2026-12-31", "2026-12-31", "2026-12-31", "", ptr(0), ptr(0), false},
		{"late by forecast", "2026-12-31", "2026-12-31", "2027-01-31", "", ptr(31), ptr(31), false},
		{"early by forecast", "2026-12-31", "2026-12-31", "2026-12-01", "", ptr(-30), ptr(-30), false},
		{"re-baselined: late against the promise alone", "2026-03-31", "2026-12-31", "2026-12-31", "", ptr(275), ptr(0), false},
		{"the fact outweighs the forecast", "2026-05-31", "2026-05-31", "2027-01-31", "2026-06-10", ptr(10), ptr(10), false},
		{"overdue by the current baseline only", "2026-01-31", "2026-12-31", "", "", nil, nil, false},
	} {
		m := domain.Milestone{
			Baseline: day(t, c.baseline), CurrentBaseline: day(t, c.current), Forecast: day(t, c.forecast), Actual: date(t, c.actual),
		}
		require.Equal(t, domain.Slip{Original: c.original, Current: c.against}, m.Slip(), c.name)
		require.Equal(t, c.overdue, m.Overdue(date(t, today)), c.name)
	}
}

func TestWorstSlipLooksAtWhatIsNotReached(t *testing.T) {
	milestone := func(baseline, forecast, actual string) domain.Milestone {
		return domain.Milestone{Baseline: day(t, baseline), Forecast: day(t, forecast), Actual: date(t, actual)}
	}
	early, late := milestone("2026-12-31", "2026-12-01", ""), milestone("2026-12-31", "2027-01-05", "")
	reached, silent := milestone("2025-01-01", "", "2026-06-01"), milestone("2026-12-31", "", "")
	require.Nil(t, domain.WorstSlip(nil))
	require.Nil(t, domain.WorstSlip([]domain.Milestone{reached, silent}))
	require.Equal(t, ptr(-30), domain.WorstSlip([]domain.Milestone{reached, silent, early}))
	require.Equal(t, ptr(5), domain.WorstSlip([]domain.Milestone{early, late, reached}))
	require.Equal(t, ptr(5), domain.WorstSlip([]domain.Milestone{late, early}))
}

// A milestone due 2026-12-31 and forecast for that day, and one that has no dates yet.
func dated(t *testing.T) domain.Milestone {
	t.Helper()
	return domain.Milestone{
		Kind: domain.MilestoneStart, Name: "开工", Baseline: day(t, "2026-12-31"), CurrentBaseline: day(t, "2026-12-31"),
		Forecast: day(t, "2026-12-31"),
	}
}

func undated(*testing.T) domain.Milestone {
	return domain.Milestone{Kind: domain.MilestoneStart, Name: "开工"}
}

func slipping(t *testing.T) domain.Milestone {
	t.Helper()
	m := undated(t)
	m.Baseline, m.CurrentBaseline = day(t, "2026-12-31"), day(t, "2026-12-31")
	return m
}

func promise(t *testing.T) domain.Milestone {
	t.Helper()
	m := slipping(t)
	m.Kind, m.Name, m.BaselineLocked = domain.MilestonePlanCommitment, "规划承诺：建成", true
	return m
}

const tenCharacters = "用地批复较计划推迟了"

func TestMilestoneChange(t *testing.T) {
	type change = domain.MilestoneChange
	text := func(s string) *string { return &s }
	reason := func(r domain.ReasonCode) *domain.ReasonCode { return &r }
	at := func(iso string) **domain.PlanDate { d := day(t, iso); return &d }
	actual := func(iso string) *domain.Date { d := date(t, iso); return &d }
	for _, c := range []struct {
		name   string
		of     func(*testing.T) domain.Milestone
		change change
		refuse string
	}{
		{"nothing", dated, change{}, "nothing_to_change"},
		{"a name", dated, change{Name: text("正式开工")}, ""},
		{"no name", dated, change{Name: text(" ")}, "name required"},
		{"120 characters", dated, change{Name: text(strings.Repeat("工", 120))}, ""},
		{"121 characters", dated, change{Name: text(strings.Repeat("工", 121))}, "name too_long"},
		{"2000 characters of reason", dated, change{ReasonText: text(strings.Repeat("因", 2000))}, ""},
		{"2001 characters of reason", dated, change{ReasonText: text(strings.Repeat("因", 2001))}, "reasonText too_long"},
		{"a reason nobody knows", dated, change{ReasonCode: reason("moon")}, "reasonCode unknown_reason"},

		{"the first baseline", undated, change{Baseline: at("2027-06-30")}, ""},
		{"a second baseline", dated, change{Baseline: at("2027-06-30")}, "baseline_locked"},
		{"the same baseline again", dated, change{Baseline: at("2026-12-31")}, "baseline_locked"},
		{"away with the baseline", dated, change{Baseline: at("")}, "baseline_locked"},
		{"the plan's baseline", promise, change{Baseline: at("2031-12-31")}, "baseline_locked"},
		{"the plan's words", promise, change{Name: text("规划承诺：推进建设")}, "name plan_commitment_name"},
		{"the plan's words as they are", promise, change{Name: text("规划承诺：建成"), Actual: actual("2026-06-30")}, ""},

		{"first forecast in time", slipping, change{Forecast: at("2026-12-31")}, ""},
		{"first forecast, no baseline", undated, change{Forecast: at("2036-12-31")}, ""},
		{"first forecast past the baseline", slipping, change{Forecast: at("2027-01-01")}, "reasonCode forecast_needs_reason"},
		{"with a reason", slipping, change{Forecast: at("2027-01-01"), ReasonCode: reason("land")}, ""},
		{"30 days need no words", slipping, change{Forecast: at("2027-01-30"), ReasonCode: reason("land")}, ""},
		{"31 days do", slipping, change{Forecast: at("2027-01-31"), ReasonCode: reason("land")}, "reasonText slip_needs_words"},
		{"nine characters are too few", slipping, change{Forecast: at("2027-01-31"), ReasonCode: reason("land"), ReasonText: text("用地批复较计划推迟  ")}, "reasonText slip_needs_words"},
		{"ten will do", slipping, change{Forecast: at("2027-01-31"), ReasonCode: reason("land"), ReasonText: text(tenCharacters)}, ""},
		{"words without a reason", slipping, change{Forecast: at("2027-01-31"), ReasonText: text(tenCharacters)}, "reasonCode forecast_needs_reason"},

		{"a changed forecast", dated, change{Forecast: at("2026-12-30")}, "reasonCode forecast_needs_reason"},
		{"and its reason", dated, change{Forecast: at("2026-12-30"), ReasonCode: reason("other")}, ""},
		{"and an empty reason", dated, change{Forecast: at("2026-12-30"), ReasonCode: reason("")}, "reasonCode forecast_needs_reason"},
		{"the same forecast", dated, change{Forecast: at("2026-12-31")}, ""},
		{"the same day, less precise", dated, change{Forecast: ptr(&domain.PlanDate{Date: date(t, "2026-12-31"), Precision: domain.PrecisionYear})}, "reasonCode forecast_needs_reason"},
		{"away with the forecast", dated, change{Forecast: at("")}, "reasonCode forecast_needs_reason"},
		{"away with it, and why", dated, change{Forecast: at(""), ReasonCode: reason("policy")}, ""},

		{"done today", dated, change{Actual: actual(today)}, ""},
		{"done tomorrow", dated, change{Actual: actual("2026-07-02")}, "actual actual_in_future"},
		{"not done after all", dated, change{Actual: actual("")}, ""},
		{"everything wrong", slipping, change{Name: text(""), Actual: actual("2026-08-01"), ReasonCode: reason("moon")},
			"name required, reasonCode unknown_reason, actual actual_in_future"},
	} {
		before := c.of(t)
		_, err := c.change.Apply(before, date(t, today))
		require.Equal(t, c.refuse, refusal(t, err), c.name)
		require.Equal(t, c.of(t), before, "%s changed its input", c.name)
	}
}

// A reason given for an earlier shift does not cover a new one.
func TestEveryShiftNeedsItsOwnReason(t *testing.T) {
	m := dated(t)
	m.ReasonCode = domain.ReasonLand
	later := day(t, "2027-01-05")
	_, err := domain.MilestoneChange{Forecast: &later}.Apply(m, date(t, today))
	require.Equal(t, "reasonCode forecast_needs_reason", refusal(t, err))
}

func TestMilestoneChangeWritesEveryFieldAndItsEmptyValue(t *testing.T) {
	full := domain.MilestoneChange{
		Name: ptr("正式开工"), Baseline: ptr(day(t, "2026-09-30")), Forecast: ptr(day(t, "2026-10-31")), Actual: ptr(date(t, "2026-06-30")),
		ReasonCode: ptr(domain.ReasonDesign), ReasonText: ptr("初步设计修改"),
	}
	m, err := full.Apply(undated(t), date(t, today))
	require.NoError(t, err)
	require.Equal(t, domain.Milestone{
		Kind: domain.MilestoneStart, Name: "正式开工", Baseline: day(t, "2026-09-30"), CurrentBaseline: day(t, "2026-09-30"),
		Forecast: day(t, "2026-10-31"), Actual: date(t, "2026-06-30"), ReasonCode: domain.ReasonDesign, ReasonText: "初步设计修改",
	}, m)

	m, err = domain.MilestoneChange{Actual: ptr(domain.Date{}), ReasonText: ptr("")}.Apply(m, date(t, today))
	require.NoError(t, err)
	require.True(t, m.Actual.IsZero())
	require.Empty(t, m.ReasonText)
	m, err = domain.MilestoneChange{Forecast: ptr[*domain.PlanDate](nil), ReasonCode: ptr(domain.ReasonPolicy)}.Apply(m, date(t, today))
	require.NoError(t, err)
	require.Nil(t, m.Forecast)
	m, err = domain.MilestoneChange{ReasonCode: ptr(domain.ReasonCode(""))}.Apply(m, date(t, today))
	require.NoError(t, err)
	require.Empty(t, m.ReasonCode)
}

func TestNewMilestones(t *testing.T) {
	add := func(change func(*domain.Milestone)) string {
		m := undated(t)
		change(&m)
		return refusal(t, m.CheckNew(date(t, today)))
	}
	for _, kind := range domain.MilestoneKinds() {
		want := ""
		if kind == domain.MilestonePlanCommitment {
			want = "kind plan_commitment_from_catalogue"
		}
		require.Equal(t, want, add(func(m *domain.Milestone) { m.Kind = kind }), kind)
	}
	require.Equal(t, "kind unknown_kind", add(func(m *domain.Milestone) { m.Kind = "party" }))
	require.Equal(t, "name required", add(func(m *domain.Milestone) { m.Name = "　" }))
	require.Equal(t, "actual actual_in_future", add(func(m *domain.Milestone) { m.Actual = date(t, "2026-07-02") }))
	require.Equal(t, "", add(func(m *domain.Milestone) { m.Forecast = day(t, "2036-12-31") }))
	late := func(m *domain.Milestone) {
		*m = slipping(t)
		m.Forecast = day(t, "2027-12-31")
	}
	require.Equal(t, "reasonCode forecast_needs_reason, reasonText slip_needs_words", add(late))
}
