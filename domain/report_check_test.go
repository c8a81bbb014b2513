package domain_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"zhongda/domain"
)

// checked is a report of June 2026 that passes every check: May's total 100, year 40, now 10 more.
func checked(t testing.TB) (domain.ReportContent, domain.ReportFacts) {
	t.Helper()
	previous := domain.Report{Period: period(t, "2026-05"), Content: domain.ReportContent{
		Progress: percent(t, "30"), Year: amount(t, "40"), Total: amount(t, "100"),
	}}
	facts := domain.ReportFacts{
		Period: period(t, "2026-06"), Previous: &previous, Stage: domain.StageImplementation, Investment: amount(t, "1000"), YearPlan: ptr(amount(t, "500")),
		Milestones: []domain.Milestone{}, Today: date(t, "2026-07-01"),
	}
	return domain.ReportContent{
		Progress: percent(t, "30"), Month: amount(t, "10"), Year: amount(t, "50"), Total: amount(t, "110"), Funds: domain.NotFilled(),
		NextSteps: "继续", Light: domain.LightGreen,
	}, facts
}

func findings(found []domain.Finding) (spelled []string) {
	for _, f := range found {
		spelled = append(spelled, string(f.Level)+" "+f.Field+" "+f.Code)
	}
	return spelled
}

// Each check at its edge: the last value that passes, and the first that does not.
func TestEachCrossCheckAtItsEdge(t *testing.T) {
	content, facts := checked(t)
	require.Empty(t, content.Check(facts))
	withheld, err := domain.NewMissing(domain.MissingWithheld, "保密法")
	require.NoError(t, err)
	notApplicable, err := domain.NewMissing(domain.MissingNotApplicable, "")
	require.NoError(t, err)
	for name, c := range map[string]struct {
		change func(c *domain.ReportContent, f *domain.ReportFacts)
		want   []string
	}{
		"no progress": {func(c *domain.ReportContent, _ *domain.ReportFacts) { c.Progress = nil }, []string{"blocking progress required"}},
		"no month":    {func(c *domain.ReportContent, _ *domain.ReportFacts) { c.Month = domain.NotFilled() }, []string{"blocking month amount_or_reason"}},
		"no year":     {func(c *domain.ReportContent, _ *domain.ReportFacts) { c.Year = domain.NotFilled() }, []string{"blocking year amount_or_reason"}},
		"no total":    {func(c *domain.ReportContent, _ *domain.ReportFacts) { c.Total = domain.NotFilled() }, []string{"blocking total amount_or_reason"}},
		"withheld": {func(c *domain.ReportContent, _ *domain.ReportFacts) {
			c.Month, c.Year, c.Total = withheld, withheld, withheld
		}, nil},
		"not applicable":     {func(c *domain.ReportContent, _ *domain.ReportFacts) { c.Month = notApplicable }, nil},
		"no light":           {func(c *domain.ReportContent, _ *domain.ReportFacts) { c.Light = "" }, []string{"blocking light required"}},
		"yellow":             {func(c *domain.ReportContent, _ *domain.ReportFacts) { c.Light, c.LightText = domain.LightYellow, " " }, []string{"blocking lightText light_needs_words"}},
		"red":                {func(c *domain.ReportContent, _ *domain.ReportFacts) { c.Light = domain.LightRed }, []string{"blocking lightText light_needs_words"}},
		"red with words":     {func(c *domain.ReportContent, _ *domain.ReportFacts) { c.Light, c.LightText = domain.LightRed, "滞后" }, nil},
		"no next steps":      {func(c *domain.ReportContent, _ *domain.ReportFacts) { c.NextSteps = "\n" }, []string{"blocking nextSteps required"}},
		"progress fell":      {func(c *domain.ReportContent, _ *domain.ReportFacts) { c.Progress = percent(t, "29.9") }, []string{"explainable progress progress_fell"}},
		"first report":       {func(c *domain.ReportContent, f *domain.ReportFacts) { c.Progress, f.Previous = percent(t, "1"), nil }, nil},
		"complete too early": {func(c *domain.ReportContent, _ *domain.ReportFacts) { c.Progress = percent(t, "100") }, []string{"notice progress complete_without_acceptance"}},
		"complete": {func(c *domain.ReportContent, f *domain.ReportFacts) {
			c.Progress, f.Stage = percent(t, "100"), domain.StageCompleted
		}, nil},
		"a fen too much":   {func(c *domain.ReportContent, _ *domain.ReportFacts) { c.Total = amount(t, "110.01") }, []string{"explainable total cumulative_mismatch"}},
		"a fen too little": {func(c *domain.ReportContent, _ *domain.ReportFacts) { c.Total = amount(t, "109.99") }, []string{"explainable total cumulative_mismatch"}},
		"the total fell":   {func(c *domain.ReportContent, _ *domain.ReportFacts) { c.Total = amount(t, "99.99") }, []string{"explainable total cumulative_fell"}},
		"the total stood": {func(c *domain.ReportContent, _ *domain.ReportFacts) {
			c.Month, c.Year, c.Total = amount(t, "0"), amount(t, "40"), amount(t, "100")
		}, nil},
		"year mismatch": {func(c *domain.ReportContent, _ *domain.ReportFacts) { c.Year = amount(t, "49.99") }, []string{"explainable year cumulative_mismatch"}},
		"year fell":     {func(c *domain.ReportContent, _ *domain.ReportFacts) { c.Year = amount(t, "39.99") }, []string{"explainable year cumulative_fell"}},
		"January": {func(c *domain.ReportContent, f *domain.ReportFacts) {
			c.Year, f.Period = amount(t, "10"), period(t, "2027-01")
		}, nil},
		"January carried over": {func(_ *domain.ReportContent, f *domain.ReportFacts) { f.Period = period(t, "2027-01") }, []string{"explainable year cumulative_mismatch"}},
		"year equals total":    {func(c *domain.ReportContent, f *domain.ReportFacts) { c.Year, f.Previous = amount(t, "110"), nil }, nil},
		"year over total":      {func(c *domain.ReportContent, f *domain.ReportFacts) { c.Year, f.Previous = amount(t, "110.01"), nil }, []string{"blocking year year_over_total"}},
		"spent early":          {func(_ *domain.ReportContent, f *domain.ReportFacts) { f.Stage = domain.StagePreliminary }, []string{"explainable month spend_before_start"}},
		"nothing spent early": {func(c *domain.ReportContent, f *domain.ReportFacts) {
			c.Month, c.Year, c.Total, f.Stage = amount(t, "0"), amount(t, "40"), amount(t, "100"), domain.StagePreliminary
		}, nil},
		"all invested":             {func(_ *domain.ReportContent, f *domain.ReportFacts) { f.Investment = amount(t, "110") }, nil},
		"over the total":           {func(_ *domain.ReportContent, f *domain.ReportFacts) { f.Investment = amount(t, "109.99") }, []string{"explainable total over_investment"}},
		"all of the year's plan":   {func(_ *domain.ReportContent, f *domain.ReportFacts) { f.YearPlan = ptr(amount(t, "50")) }, nil},
		"over the year's plan":     {func(_ *domain.ReportContent, f *domain.ReportFacts) { f.YearPlan = ptr(amount(t, "49.99")) }, []string{"explainable year over_year_plan"}},
		"no year's plan confirmed": {func(_ *domain.ReportContent, f *domain.ReportFacts) { f.YearPlan = nil }, nil},
		"unknown total":            {func(_ *domain.ReportContent, f *domain.ReportFacts) { f.Investment = domain.NotFilled() }, nil},
		"stray milestone": {func(c *domain.ReportContent, _ *domain.ReportFacts) {
			c.Milestones = []domain.ReportedMilestone{{MilestoneID: 9}}
		}, []string{"blocking milestones[0].milestoneId milestone_not_found"}},
		"taken effect": {func(c *domain.ReportContent, f *domain.ReportFacts) {
			c.Milestones, f.Milestones = []domain.ReportedMilestone{{MilestoneID: 9}}, nil
		}, nil},
		"unreasoned delay": {func(c *domain.ReportContent, f *domain.ReportFacts) {
			f.Milestones = []domain.Milestone{{ID: 8, Kind: domain.MilestoneStart, Name: "开工"}, {ID: 9, Kind: domain.MilestoneOther, Name: "节点", Forecast: day(t, "2026-08-01")}}
			c.Milestones = []domain.ReportedMilestone{{MilestoneID: 8}, {MilestoneID: 9, Forecast: day(t, "2026-08-02")}}
		}, []string{"blocking milestones[1].reasonCode forecast_needs_reason"}},
	} {
		changed, known := checked(t)
		c.change(&changed, &known)
		require.Equal(t, c.want, findings(changed.Check(known)), name)
	}
}

// What blocks must be mended; what can be explained needs ten characters; a notice asks for nothing.
func TestSubmissionTakesAnExplanation(t *testing.T) {
	content, facts := checked(t)
	content.Progress, facts.Stage = percent(t, "100"), domain.StageImplementation
	require.NoError(t, content.CheckSubmission(facts), "a notice")
	content.Total = amount(t, "111")
	require.Equal(t, "total cumulative_mismatch", refusal(t, content.CheckSubmission(facts)))
	content.Explanation = "　甲供材补记一批了呀 " // nine characters between the blanks
	require.Equal(t, "total cumulative_mismatch", refusal(t, content.CheckSubmission(facts)))
	content.Explanation = "　甲供材补记了一批了呀 "
	require.NoError(t, content.CheckSubmission(facts))
	content.Light = ""
	require.Equal(t, "light required", refusal(t, content.CheckSubmission(facts)), "an explanation does not fill a field")
	var want string
	for _, f := range content.Check(facts) {
		if f.Code == "cumulative_mismatch" {
			want = f.Params["want"].(string)
		}
	}
	require.Equal(t, "110.00", want, "the sentence says the number")
}
