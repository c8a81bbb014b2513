package domain_test

import (
	"math/big"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"zhongda/domain"
)

var noonOfPlan = time.Date(2026, time.July, 1, 4, 0, 0, 0, time.UTC)

func plan(t testing.TB, yuan string, funding map[domain.FundSource]string) domain.InvestmentPlanContent {
	t.Helper()
	content := domain.InvestmentPlanContent{Planned: amount(t, yuan), Funding: map[domain.FundSource]domain.Money{}}
	for source, m := range funding {
		content.Funding[source] = money(t, m)
	}
	return content
}

func TestThePlanOfAYearAtItsEdges(t *testing.T) {
	t.Parallel()
	draft := domain.InvestmentPlan{Year: 2026, Revision: 1, DraftedBy: "editor"}
	withheld, err := domain.NewMissing(domain.MissingWithheld, "保密法")
	require.NoError(t, err)
	for name, c := range map[string]struct {
		content domain.InvestmentPlanContent
		want    string
	}{
		"no source":         {plan(t, "100", nil), ""},
		"all secured":       {plan(t, "100", map[domain.FundSource]string{domain.FundLoan: "40", domain.FundSpecialBond: "60"}), ""},
		"a fen too much":    {plan(t, "100", map[domain.FundSource]string{domain.FundLoan: "40.01", domain.FundSpecialBond: "60"}), "funding funding_over_plan"},
		"nothing said":      {domain.InvestmentPlanContent{Planned: domain.NotFilled()}, "planned amount_or_reason"},
		"withheld":          {domain.InvestmentPlanContent{Planned: withheld}, ""},
		"withheld, but not": {domain.InvestmentPlanContent{Planned: withheld, Funding: map[domain.FundSource]domain.Money{domain.FundLoan: money(t, "1")}}, "funding funding_without_plan"},
		"withheld, zero":    {domain.InvestmentPlanContent{Planned: withheld, Funding: map[domain.FundSource]domain.Money{domain.FundLoan: money(t, "0")}}, ""},
		"zero":              {plan(t, "0", nil), ""},
	} {
		_, err := draft.Save(c.content, "editor", noonOfPlan)
		require.Equal(t, c.want, refusal(t, err), name)
	}
	saved, err := draft.Save(plan(t, "100", map[domain.FundSource]string{domain.FundLoan: "40.5", domain.FundOther: "0.00"}), "lead", noonOfPlan)
	require.NoError(t, err)
	require.Equal(t, "59.50", saved.Unsecured().String())
	require.Len(t, saved.Funding, 1, "a source that gives nothing is none")
}

func TestAConfirmedPlanStaysAndItsRevisionIsAnother(t *testing.T) {
	t.Parallel()
	draft, err := domain.InvestmentPlan{Year: 2026, Revision: 1, DraftedBy: "editor"}.Save(plan(t, "100", nil), "lead", noonOfPlan)
	require.NoError(t, err)
	for _, writer := range []string{"editor", "lead"} {
		_, err := draft.Confirm(writer, noonOfPlan)
		require.Equal(t, domain.KindForbidden, domain.KindOf(err), writer)
	}
	_, err = draft.Revise("年中追加专项债资金安排", plan(t, "120", nil), "reviewer", noonOfPlan)
	require.Equal(t, "investment_plan_not_confirmed", refusal(t, err))
	first, err := draft.Confirm("reviewer", noonOfPlan)
	require.NoError(t, err)
	_, err = first.Save(plan(t, "1", nil), "editor", noonOfPlan)
	require.Equal(t, "investment_plan_confirmed", refusal(t, err))
	_, err = first.Confirm("second", noonOfPlan)
	require.Equal(t, "investment_plan_confirmed", refusal(t, err))
	_, err = first.Revise(" 年中追加专项债资金 ", plan(t, "120", nil), "reviewer", noonOfPlan) // nine characters
	require.Equal(t, "reason min_chars", refusal(t, err))
	second, err := first.Revise("年中追加专项债资金额", plan(t, "120", nil), "reviewer", noonOfPlan)
	require.NoError(t, err)
	require.Equal(t, domain.InvestmentPlanRevising, second.State())
	require.Equal(t, "100.00", domain.InEffect([]domain.InvestmentPlan{first, second}).Planned.Value.String(), "until it is confirmed")
	_, err = second.Confirm("reviewer", noonOfPlan)
	require.Equal(t, domain.KindForbidden, domain.KindOf(err), "nobody confirms what they wrote")
	confirmed, err := second.Confirm("second", noonOfPlan)
	require.NoError(t, err)
	require.Equal(t, "120.00", domain.InEffect([]domain.InvestmentPlan{confirmed, first}).Planned.Value.String())
	require.Nil(t, domain.InEffect([]domain.InvestmentPlan{draft}))
}

func approvedReport(t testing.TB, month string, revision int, year, total, funds string) domain.Report {
	t.Helper()
	content := domain.ReportContent{Month: amount(t, "1"), Year: amount(t, year), Total: amount(t, total), Funds: domain.NotFilled()}
	if funds != "" {
		content.Funds = amount(t, funds)
	}
	return domain.Report{Period: period(t, month), Revision: revision, State: domain.ReportApproved, Content: content}
}

func TestTheYearsOfAProjectFollowFromItsReports(t *testing.T) {
	t.Parallel()
	draft := approvedReport(t, "2026-12", 1, "999", "999", "999")
	draft.State = domain.ReportSubmitted
	years := domain.InvestmentYears(
		[]domain.InvestmentPlan{{Year: 2027, Revision: 1}, {Year: 2026, Revision: 1, Planned: amount(t, "40"), ConfirmedBy: "x"}},
		[]domain.Report{
			draft,
			approvedReport(t, "2026-05", 1, "10", "60", "30"), approvedReport(t, "2026-06", 2, "50", "100", "75"),
			approvedReport(t, "2026-06", 1, "20", "70", "40"), approvedReport(t, "2025-12", 1, "50", "50", "25"),
		})
	require.Len(t, years, 3)
	require.Equal(t, []int{2027, 2026, 2025}, []int{years[0].Year, years[1].Year, years[2].Year})
	require.Equal(t, domain.NotFilled(), years[0].ToDate, "a plan without a report")
	y := years[1]
	require.Equal(t, "2026-06 50.00 100.00 50.00", y.Period.String()+" "+y.ToDate.Value.String()+" "+y.Total.Value.String()+" "+y.Arrived.Value.String(),
		"the last revision of the last month; 75 less 25 arrived in the year")
	percent, ok := y.Completion().Percent()
	require.True(t, ok)
	require.Equal(t, "125.0", percent)
	require.True(t, y.Completion().Over())
	require.Equal(t, domain.NotFilled(), years[2].Arrived, "nobody knows what had arrived before the first report")
	_, ok = years[2].Completion().Percent()
	require.False(t, ok, "no plan, no rate")
	require.Equal(t, "100.00", domain.Progress(years, amount(t, "400")).Done.String())
}

// Over random amounts the rate is the exact quotient, rounded half up.
func TestARateIsTheExactQuotient(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(r *rapid.T) {
		done, base := rapid.Int64Range(0, 1_000_000_000_000).Draw(r, "done"), rapid.Int64Range(1, 1_000_000_000_000).Draw(r, "base")
		fen := func(n int64) domain.Amount { return amount(t, big.NewRat(n, 100).FloatString(2)) }
		got, ok := domain.RateOf(fen(done), fen(base)).Percent()
		require.True(t, ok)
		require.Equal(t, new(big.Rat).Mul(big.NewRat(done, base), big.NewRat(100, 1)).FloatString(1), got)
	})
	_, ok := domain.RateOf(amount(t, "1"), amount(t, "0")).Percent()
	require.False(t, ok, "nothing was to be done")
	require.Equal(t, domain.Rate{Of: 1}, domain.RateOf(domain.NotFilled(), amount(t, "1")))
}

func TestAYearIsCountedToTheLastMonthThatEnded(t *testing.T) {
	t.Parallel()
	for today, want := range map[string]string{
		"2026-07-01": "2026-06", "2026-01-31": "2026-01", "2026-02-01": "2026-01", "2027-01-01": "2026-12", "2025-06-30": "2026-01",
	} {
		require.Equal(t, want, domain.InvestmentPeriod(2026, date(t, today)).String(), today)
	}
}

func TestATemplateAddsWhatIsMissing(t *testing.T) {
	t.Parallel()
	template := domain.MilestoneTemplate{Steps: []domain.TemplateStep{
		{Kind: domain.MilestonePermit, Name: "施工许可", Offset: -30}, {Kind: domain.MilestoneStart, Name: "开工"},
		{Kind: domain.MilestoneAcceptance, Name: "竣工验收", Offset: 600},
	}}
	anchor := domain.PlanDate{Date: date(t, "2027-06-30"), Precision: domain.PrecisionQuarter}
	existing := []domain.Milestone{{Kind: domain.MilestoneStart}, {Kind: domain.MilestonePermit, Phase: "二期"}}
	missing, skipped, err := template.Missing("", anchor, existing)
	require.NoError(t, err)
	require.Equal(t, []domain.TemplateStep{template.Steps[1]}, skipped, "the other phase's is none of this one")
	require.Len(t, missing, 2)
	require.Equal(t, domain.PlanDate{Date: date(t, "2027-06-30"), Precision: domain.PrecisionQuarter}, *missing[0].Baseline, "31 May, to the quarter")
	require.Equal(t, domain.PlanDate{Date: date(t, "2029-03-31"), Precision: domain.PrecisionQuarter}, *missing[1].Baseline)
	again := append(existing, missing...)
	_, _, err = template.Missing("", anchor, again)
	require.Equal(t, "template_adds_nothing", refusal(t, err))
	second, _, err := template.Missing(" 二期 ", anchor, again)
	require.NoError(t, err)
	require.Equal(t, []string{"二期", "二期"}, []string{second[0].Phase, second[1].Phase})
	_, _, err = template.Missing(string(make([]byte, 41)), anchor, nil)
	require.Equal(t, "phase too_long", refusal(t, err))
}
