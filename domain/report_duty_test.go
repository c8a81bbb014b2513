package domain_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"zhongda/domain"
)

func TestCyclesAskAndFallDue(t *testing.T) {
	monthly, quarterly, never := domain.ReportCycle{Months: 1, DueDay: 6}, domain.ReportCycle{Months: 3, DueDay: 6}, domain.ReportCycle{DueDay: 6}
	require.Equal(t, "2027-01-06", monthly.Due(period(t, "2026-12")).String())
	for _, c := range []struct {
		cycle               domain.ReportCycle
		today, current, now string // now is what is owed by a project in the records since June 2026
	}{
		{monthly, "2026-06-30", "2026-05", "2026-06"}, {monthly, "2026-07-01", "2026-06", "2026-06"}, {monthly, "2027-01-31", "2026-12", "2026-12"},
		{quarterly, "2026-06-30", "2026-03", "2026-06"}, {quarterly, "2026-07-01", "2026-06", "2026-06"}, {quarterly, "2026-05-31", "2026-03", ""},
		{quarterly, "2026-09-30", "2026-06", "2026-06"}, {quarterly, "2026-10-01", "2026-09", "2026-09"}, {never, "2026-07-01", "", ""},
	} {
		current, ok := c.cycle.Current(date(t, c.today))
		require.Equal(t, c.current != "", ok, "%+v", c)
		require.Equal(t, period(t, c.current), current, "%+v", c)
		owed, ok := c.cycle.Owed(period(t, "2026-06"), date(t, c.today))
		require.Equal(t, c.now != "", ok, "%+v", c)
		if ok {
			require.Equal(t, c.now, owed.String(), "%+v", c)
		}
	}
	require.Equal(t, 3, monthly.For(domain.StandingPaused).Months, "a paused project says so each quarter")
	require.Equal(t, monthly, monthly.For(domain.StandingActive))
	require.Zero(t, monthly.For(domain.StandingExited).Months)
	require.Zero(t, never.For(domain.StandingPaused).Months)
}

func TestADutyIsInOneGroup(t *testing.T) {
	monthly := domain.ReportCycle{Stage: domain.StageImplementation, Months: 1, DueDay: 6}
	report := func(state domain.ReportState, iso string) *domain.Report {
		return &domain.Report{State: state, Period: period(t, iso)}
	}
	for _, c := range []struct {
		name, today, since, told string
		open                     *domain.Report
		group                    domain.DutyGroup
		period, due              string
		missed                   int
	}{
		{"just loaded", "2026-07-15", "2026-07", "", nil, domain.DutyDue, "2026-07", "2026-08-06", 0},
		{"on the due day", "2026-07-06", "2026-06", "", nil, domain.DutyDue, "2026-06", "2026-07-06", 0},
		{"the day after", "2026-07-07", "2026-06", "", nil, domain.DutyLate, "2026-06", "2026-07-06", 1},
		{"three missed", "2026-10-07", "2026-01", "2026-06", nil, domain.DutyLate, "2026-09", "2026-10-06", 3},
		{"told", "2026-07-20", "2026-01", "2026-06", nil, domain.DutyDone, "2026-06", "2026-07-06", 0},
		{"told ahead", "2026-07-20", "2026-01", "2026-07", nil, domain.DutyDone, "2026-06", "2026-07-06", 0},
		{"waiting", "2026-07-20", "2026-01", "2026-05", report(domain.ReportSubmitted, "2026-06"), domain.DutyWaiting, "2026-06", "2026-07-06", 0},
		{"an old one waiting", "2026-07-20", "2026-01", "2026-04", report(domain.ReportSubmitted, "2026-05"), domain.DutyLate, "2026-06", "2026-07-06", 1},
		{"draft in time", "2026-07-03", "2026-01", "2026-05", report(domain.ReportDraft, "2026-06"), domain.DutyDraft, "2026-06", "2026-07-06", 0},
		{"draft too late", "2026-07-07", "2026-01", "2026-05", report(domain.ReportDraft, "2026-06"), domain.DutyLate, "2026-06", "2026-07-06", 1},
		{"returned", "2026-07-07", "2026-01", "2026-05", report(domain.ReportReturned, "2026-06"), domain.DutyReturned, "2026-06", "2026-07-06", 1},
		{"a correction", "2026-07-07", "2026-01", "2026-06", report(domain.ReportDraft, "2026-06"), domain.DutyDraft, "2026-06", "2026-07-06", 0},
	} {
		p := domain.Project{Standing: domain.StandingActive, ReportedPeriod: period(t, c.told)}
		duty := domain.NewReportDuty(p, c.open, monthly, period(t, c.since), date(t, c.today))
		require.Equal(t, c.group, duty.Group, c.name)
		require.Equal(t, c.period, duty.Period.String(), c.name)
		require.Equal(t, c.due, duty.Due.String(), c.name)
		require.Equal(t, c.missed, duty.Missed, c.name)
	}
	exited := domain.NewReportDuty(domain.Project{Standing: domain.StandingExited}, nil, monthly, domain.Period{}, date(t, "2026-07-20"))
	require.Equal(t, domain.DutyDone, exited.Group)
}
