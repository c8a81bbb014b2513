package domain_test

import (
	"encoding/csv"
	"os"
	"reflect"
	"testing"

	"github.com/stretchr/testify/require"

	"zhongda/domain"
)

// lightCase is one line of testdata/light.csv by column; the repository's test runs the same lines through the database.
type lightCase map[string]string

func lightCases(t testing.TB) []lightCase {
	t.Helper()
	file, err := os.Open("testdata/light.csv")
	require.NoError(t, err)
	defer func() { require.NoError(t, file.Close()) }()
	lines, err := csv.NewReader(file).ReadAll()
	require.NoError(t, err)
	cases := make([]lightCase, 0, len(lines))
	for _, line := range lines[1:] {
		c := lightCase{}
		for i, column := range lines[0] {
			c[column] = line[i]
		}
		cases = append(cases, c)
	}
	require.Greater(t, len(cases), 40)
	return cases
}

// publishedRule is the rule as the product ships it.
func publishedRule(t testing.TB) domain.LightRule {
	t.Helper()
	return domain.LightRule{Version: 1, Note: "初始规则", LightThresholds: domain.LightThresholds{
		BehindYellow: *percent(t, "10"), BehindRed: *percent(t, "30"), StartRed: 3, MissedYellow: 1, MissedRed: 2,
	}}
}

func (c lightCase) facts(t testing.TB) domain.LightFacts {
	t.Helper()
	today := date(t, c["today"])
	months := map[domain.Stage]int{"conceived": 3, "reserve": 3, "preliminary": 3, "implementation": 1, "completed": 6}
	f := domain.LightFacts{
		Today: today, Stage: domain.Stage(c["stage"]), StageProvisional: c["confirmed"] != "yes",
		Standing: domain.Standing(c["standing"]), Target: domain.Target(c["target"]),
	}
	cycle := domain.ReportCycle{Stage: f.Stage, Months: months[f.Stage], DueDay: 6}
	f.Reports = cycle.For(f.Standing).Months > 0
	p := domain.Project{Standing: f.Standing}
	if c["reported"] != "" {
		p.ReportedPeriod = period(t, c["reported"])
	}
	f.Missed = domain.NewReportDuty(p, nil, cycle, period(t, c["since"]), today).Missed
	if c["progress"] != "" {
		f.Progress, f.MeasuredOn = percent(t, c["progress"]), p.ReportedPeriod.Last()
	}
	for _, m := range []struct {
		kind             domain.MilestoneKind
		baseline, actual string
	}{
		{domain.MilestoneStart, "start", "started"}, {domain.MilestoneAcceptance, "acceptance", "accepted"},
		{domain.MilestonePlanCommitment, "promise", ""},
	} {
		if c[m.baseline] != "" {
			f.Milestones = append(f.Milestones, domain.Milestone{
				Kind: m.kind, Baseline: day(t, c[m.baseline]), CurrentBaseline: day(t, c[m.baseline]), Actual: date(t, c[m.actual]),
			})
		}
	}
	return f
}

// TestEveryClauseAtEveryBoundary says for each line the light, the light of each clause and the points behind.
func TestEveryClauseAtEveryBoundary(t *testing.T) {
	rule := publishedRule(t)
	seen := map[domain.RuleLight]bool{}
	for _, c := range lightCases(t) {
		verdict := rule.Judge(c.facts(t))
		require.Equal(t, c["light"], string(verdict.Light), c["name"])
		require.Equal(t, 1, verdict.Rule)
		seen[verdict.Light] = true
		said := map[domain.ClauseKind]domain.Clause{}
		for _, clause := range verdict.Clauses {
			said[clause.Kind] = clause
			require.NotEmpty(t, clause.Code, c["name"])
		}
		for kind, column := range map[domain.ClauseKind]string{
			domain.ClauseSchedule: "schedule", domain.ClauseStart: "begin", domain.ClauseReports: "reports",
		} {
			require.Equal(t, c[column], string(said[kind].Light), "%s: %s", c["name"], kind)
		}
		behind := ""
		if s := said[domain.ClauseSchedule].Schedule; s != nil {
			behind = s.Behind.String()
			require.Equal(t, s.Behind, s.Expected-s.Actual)
		}
		require.Equal(t, c["behind"], behind, c["name"])
	}
	require.Len(t, seen, len(domain.RuleLights()), "every light is in the table")
}

// The schedule follows the current baselines, not the original ones, from the earliest start to the last acceptance.
func TestTheScheduleRunsBetweenTheCurrentBaselines(t *testing.T) {
	f := domain.LightFacts{Today: date(t, "2026-07-01"), Stage: domain.StageImplementation, Standing: domain.StandingActive}
	add := func(kind domain.MilestoneKind, original, current, actual string) {
		f.Milestones = append(f.Milestones, domain.Milestone{
			Kind: kind, Baseline: day(t, original), CurrentBaseline: day(t, current), Actual: date(t, actual),
		})
	}
	add(domain.MilestoneStart, "2024-01-01", "2025-06-01", "")
	add(domain.MilestoneStart, "2024-01-01", "2025-01-01", "2025-01-05")
	add(domain.MilestoneAcceptance, "2025-12-31", "2026-12-31", "2026-06-20")
	add(domain.MilestoneAcceptance, "2025-12-31", "2027-09-28", "")
	add(domain.MilestoneOperation, "2035-12-31", "2035-12-31", "")
	f.Progress, f.MeasuredOn = percent(t, "100"), date(t, "2026-06-30")
	verdict := publishedRule(t).Judge(f)
	require.Equal(t, domain.RuleGreen, verdict.Light, "one of two acceptances is not yet reached")
	s := verdict.Clauses[0].Schedule
	require.Equal(t, "2025-01-01 2027-09-28 2026-06-30 54.5", s.From.String()+" "+s.To.String()+" "+s.On.String()+" "+s.Expected.String())
}

// Other thresholds give other lights; a start that may be late for a month is green until then.
func TestThresholdsAreSettings(t *testing.T) {
	rule := publishedRule(t)
	rule.BehindYellow, rule.BehindRed, rule.StartYellow, rule.StartRed, rule.MissedYellow, rule.MissedRed = *percent(t, "5"), *percent(t, "9.8"), 1, 2, 2, 3
	want := map[string]domain.RuleLight{
		"behind by 9.9": domain.RuleRed, "start due yesterday": domain.RuleGreen, "start late by three months less a day": domain.RuleRed,
		"report due yesterday": domain.RuleGreen, "two reports overdue": domain.RuleYellow,
	}
	for _, c := range lightCases(t) {
		if light, listed := want[c["name"]]; listed {
			require.Equal(t, light, rule.Judge(c.facts(t)).Light, c["name"])
			delete(want, c["name"])
		}
	}
	require.Empty(t, want)
}

func TestANewRuleIsChecked(t *testing.T) {
	today := date(t, "2026-07-01")
	good := publishedRule(t)
	good.ValidFrom = today
	require.NoError(t, good.CheckNew(today))
	for want, change := range map[string]func(*domain.LightRule){
		"validFrom rule_in_past":      func(r *domain.LightRule) { r.ValidFrom = date(t, "2026-06-30") },
		"behindYellow gt":             func(r *domain.LightRule) { r.BehindYellow = domain.Percent{} },
		"behindRed red_before_yellow": func(r *domain.LightRule) { r.BehindRed = *percent(t, "9.9") },
		"startYellow min":             func(r *domain.LightRule) { r.StartYellow = -1 },
		"startRed red_before_yellow":  func(r *domain.LightRule) { r.StartYellow = 3 },
		"startRed max":                func(r *domain.LightRule) { r.StartRed = 61 },
		"missedYellow min":            func(r *domain.LightRule) { r.MissedYellow = 0 },
		"missedRed red_before_yellow": func(r *domain.LightRule) { r.MissedYellow = 3 },
		"missedRed max":               func(r *domain.LightRule) { r.MissedRed = 13 },
		"note required":               func(r *domain.LightRule) { r.Note = " " },
	} {
		bad := good
		change(&bad)
		require.Equal(t, want, refusal(t, bad.CheckNew(today)))
	}
}

func TestPointsAreWholeTenths(t *testing.T) {
	require.Equal(t, domain.Points(1000), domain.PointsOf(*percent(t, "100")))
	require.Equal(t, "0.1", domain.PointsOf(*percent(t, "0.1")).String())
	require.Equal(t, "-0.5", domain.Points(-5).String())
	require.Equal(t, "-12.0", domain.Points(-120).String())
}

func TestMonthsLaterIsClampedToTheMonth(t *testing.T) {
	for from, want := range map[string]string{"2026-11-30": "2027-02-28", "2026-01-31": "2026-04-30", "2026-06-15": "2026-09-15", "2027-11-29": "2028-02-29"} {
		require.Equal(t, want, date(t, from).AddMonths(3).String(), from)
	}
}

// No verdict depends on more than what the facts say: two readings of equal facts are equal.
func TestTheRuleIsPure(t *testing.T) {
	rule := publishedRule(t)
	for _, c := range lightCases(t) {
		require.True(t, reflect.DeepEqual(rule.Judge(c.facts(t)), rule.Judge(c.facts(t))), c["name"])
	}
}
