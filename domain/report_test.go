package domain_test

import (
	"cmp"
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"zhongda/domain"
)

func period(t testing.TB, iso string) domain.Period {
	t.Helper()
	if iso == "" {
		return domain.Period{}
	}
	p, err := domain.ParsePeriod(iso)
	require.NoError(t, err)
	return p
}

func percent(t testing.TB, s string) *domain.Percent {
	t.Helper()
	p, err := domain.ParsePercent(s)
	require.NoError(t, err)
	return &p
}

func amount(t require.TestingT, yuan string) domain.Amount { return domain.NewAmount(money(t, yuan)) }

// The whole machine: what is not in the table is refused, and the refusal names the state.
func TestEveryReportStateTimesEveryAction(t *testing.T) {
	legal := map[domain.ReportState]map[domain.ReportAction]domain.ReportState{
		domain.ReportDraft:     {domain.ReportSave: domain.ReportDraft, domain.ReportSubmit: domain.ReportSubmitted},
		domain.ReportReturned:  {domain.ReportSave: domain.ReportReturned, domain.ReportSubmit: domain.ReportSubmitted},
		domain.ReportSubmitted: {domain.ReportWithdraw: domain.ReportDraft, domain.ReportApprove: domain.ReportApproved, domain.ReportReturn: domain.ReportReturned},
		domain.ReportApproved:  {domain.ReportCorrect: domain.ReportDraft},
	}
	at := time.Date(2026, 7, 1, 9, 0, 0, 0, time.UTC)
	for _, state := range append(domain.ReportStates(), "lost") {
		for _, action := range append(domain.ReportActions(), "burn") {
			want, ok := legal[state][action]
			next, may := state.Next(action)
			require.Equal(t, ok, may, "%s %s", state, action)
			if ok {
				require.Equal(t, want, next, "%s %s", state, action)
			}
			r := domain.Report{State: state, DraftedBy: "a", UpdatedBy: "b", SubmittedBy: "c"}
			after, err := r.Do(action, "d", at, "请补充")
			if action == domain.ReportCorrect {
				require.Error(t, err, "a correction is a report of its own")
				_, err = r.Correct("上月投资额录入有误", "d", at)
				require.Equal(t, ok, refusal(t, err) == "reason min_chars", "nine characters are too few")
				after, err = r.Correct("上月投资额录入有误了", "d", at)
			}
			if !ok {
				named := map[domain.ReportState]string{"lost": "report_is_approved"}[state]
				require.Equal(t, cmp.Or(named, "report_is_"+string(state)), refusal(t, err), "%s %s", state, action)
				continue
			}
			require.NoError(t, err, "%s %s", state, action)
			require.Equal(t, want, after.State)
		}
	}
}

func TestAnActionLeavesItsMark(t *testing.T) {
	at := time.Date(2026, 7, 1, 9, 0, 0, 0, time.UTC)
	draft := domain.Report{State: domain.ReportReturned, DraftedBy: "editor", UpdatedBy: "editor", SubmittedBy: "lead", DecidedBy: "reviewer", DecidedAt: at, Comment: "请补充"}
	saved, err := draft.Do(domain.ReportSave, "other", at, "")
	require.NoError(t, err)
	require.Equal(t, "other", saved.UpdatedBy)
	submitted, err := saved.Do(domain.ReportSubmit, "lead", at, "")
	require.NoError(t, err)
	require.Equal(t, "lead", submitted.SubmittedBy)
	require.Empty(t, submitted.DecidedBy)
	require.Equal(t, "请补充", submitted.Comment, "the next reviewer sees what was asked for")
	withdrawn, err := submitted.Do(domain.ReportWithdraw, "lead", at, "")
	require.NoError(t, err)
	require.Empty(t, withdrawn.SubmittedBy)
	for _, own := range []string{"editor", "other", "lead"} {
		require.False(t, submitted.MayBeDecidedBy(own))
		for _, action := range []domain.ReportAction{domain.ReportApprove, domain.ReportReturn} {
			_, err := submitted.Do(action, own, at, "说明")
			require.Equal(t, domain.KindForbidden, domain.KindOf(err))
			require.ErrorContains(t, err, "four_eyes")
		}
	}
	_, err = submitted.Do(domain.ReportReturn, "reviewer", at, " \n")
	require.Equal(t, "comment return_needs_comment", refusal(t, err))
	approved, err := submitted.Do(domain.ReportApprove, "reviewer", at, "")
	require.NoError(t, err)
	require.Equal(t, "reviewer", approved.DecidedBy)
	approved.ProjectID, approved.Period, approved.Revision, approved.Due = 7, period(t, "2026-06"), 1, date(t, "2026-07-06")
	next, err := approved.Correct("上月投资额录入有误，多计一笔", "lead", at)
	require.NoError(t, err)
	require.Equal(t, domain.Report{
		ProjectID: 7, Period: approved.Period, Revision: 2, CorrectionReason: "上月投资额录入有误，多计一笔", State: domain.ReportDraft,
		Due: approved.Due, DraftedBy: "lead", UpdatedBy: "lead", UpdatedAt: at,
	}, next)
}

func TestAReportStartsWithWhatIsKnown(t *testing.T) {
	open := domain.Milestone{ID: 1, Name: "开工", Forecast: day(t, "2026-09-30")}
	undated := domain.Milestone{ID: 2, Name: "竣工"}
	reached := domain.Milestone{ID: 3, Name: "可研", Actual: date(t, "2026-01-05")}
	last := &domain.Report{Period: period(t, "2026-05"), Content: domain.ReportContent{
		Progress: percent(t, "12.5"), ProgressText: "桩基", Month: amount(t, "3"), Year: amount(t, "10"), Total: amount(t, "20"), Funds: amount(t, "30"),
		Problems: "p", Coordination: "c", NextSteps: "n", Light: domain.LightYellow, LightText: "慢", Explanation: "已说明上月情况",
		Milestones: []domain.ReportedMilestone{{MilestoneID: 1, Forecast: day(t, "2026-08-31"), ReasonCode: domain.ReasonLand}},
	}}
	content := domain.Prefill(period(t, "2026-06"), last, []domain.Milestone{open, undated, reached})
	require.Equal(t, domain.ReportContent{
		Progress: percent(t, "12.5"), ProgressText: "桩基", Month: domain.NotFilled(), Year: amount(t, "10"), Total: amount(t, "20"), Funds: amount(t, "30"),
		Problems: "p", Coordination: "c", NextSteps: "n", Light: domain.LightYellow, LightText: "慢",
		Milestones: []domain.ReportedMilestone{{MilestoneID: 1, Name: "开工", Forecast: day(t, "2026-09-30")}, {MilestoneID: 2, Name: "竣工"}},
	}, content, "the month and the explanation are this month's own; milestones as they stand")
	require.Equal(t, domain.NotFilled(), domain.Prefill(period(t, "2027-01"), last, nil).Year, "January starts anew")
	first := domain.Prefill(period(t, "2026-06"), nil, nil)
	require.Equal(t, domain.ReportContent{Month: domain.NotFilled(), Year: domain.NotFilled(), Total: domain.NotFilled(), Funds: domain.NotFilled()}, first)
}

func TestPeriodsGoForward(t *testing.T) {
	today := date(t, "2026-07-01")
	for _, c := range []struct{ period, last, want string }{
		{"2026-07", "", ""}, {"2026-08", "", "period period_in_future"}, {"2020-01", "", ""},
		{"2026-06", "2026-05", ""}, {"2026-06", "2026-06", "period period_reported"}, {"2026-05", "2026-06", "period period_reported"},
	} {
		require.Equal(t, c.want, refusal(t, domain.CheckPeriod(period(t, c.period), period(t, c.last), today)), "%+v", c)
	}
}

// The hash of a given content never changes: decisions of past years are bound to it.
func TestTheHashIsStable(t *testing.T) {
	r := domain.Report{ProjectID: 42, Period: period(t, "2026-06"), Revision: 1, Content: fullContent(t)}
	const golden = "1aa250e2468388f6d06172e7cc8d68b453438d7b70c0ba763de42a163b63ea8c"
	require.Equal(t, golden, r.Hash())
	seen := map[string]bool{golden: true}
	for name, change := range map[string]func(r *domain.Report){
		"project":   func(r *domain.Report) { r.ProjectID = 43 },
		"period":    func(r *domain.Report) { r.Period = r.Period.Add(1) },
		"revision":  func(r *domain.Report) { r.Revision = 2 },
		"progress":  func(r *domain.Report) { r.Content.Progress = percent(t, "37.6") },
		"no month":  func(r *domain.Report) { r.Content.Month = domain.NotFilled() },
		"a fen":     func(r *domain.Report) { r.Content.Total = amount(t, "1234567.88") },
		"basis":     func(r *domain.Report) { r.Content.Funds.Basis = "另一依据" },
		"text":      func(r *domain.Report) { r.Content.Problems += " " },
		"light":     func(r *domain.Report) { r.Content.Light = domain.LightGreen },
		"precision": func(r *domain.Report) { r.Content.Milestones[0].Forecast.Precision = domain.PrecisionDay },
		"milestone": func(r *domain.Report) { r.Content.Milestones = nil },
	} {
		changed := r
		changed.Content = fullContent(t)
		change(&changed)
		require.False(t, seen[changed.Hash()], name)
		seen[changed.Hash()] = true
	}
	same := r
	same.State, same.Version, same.SubmittedBy, same.Comment = domain.ReportApproved, 9, "lead", "同意"
	require.Equal(t, golden, same.Hash(), "the hash is of the content, not of what happened to it")
}

func fullContent(t testing.TB) domain.ReportContent {
	t.Helper()
	withheld, err := domain.NewMissing(domain.MissingWithheld, "保密法")
	require.NoError(t, err)
	return domain.ReportContent{
		Progress: percent(t, "37.5"), ProgressText: "主体结构 <封顶> & 二次结构", Month: amount(t, "100"), Year: amount(t, "1000.5"),
		Total: amount(t, "1234567.89"), Funds: withheld, Problems: "问题", Coordination: "协调", NextSteps: "下步", Light: domain.LightRed,
		LightText: "滞后", Explanation: "说明情况如下所述内容", Milestones: []domain.ReportedMilestone{{
			MilestoneID: 12, Name: "竣工", Forecast: &domain.PlanDate{Date: date(t, "2027-12-31"), Precision: domain.PrecisionYear},
			Actual: date(t, "2026-06-30"), ReasonCode: domain.ReasonLand, ReasonText: "征地",
		}},
	}
}

// What is kept reads back as what was said, through JSON and through a database that reorders its members.
func TestTheRecordReadsBack(t *testing.T) {
	amounts := rapid.Custom(func(r *rapid.T) domain.Amount {
		switch rapid.IntRange(0, 3).Draw(r, "kind") {
		case 0:
			return domain.NotFilled()
		case 1:
			a, err := domain.NewMissing(domain.MissingWithheld, rapid.StringMatching(`[a-z依据]{1,5}`).Draw(r, "basis"))
			require.NoError(r, err)
			return a
		}
		m, err := domain.ParseMoney(rapid.StringMatching(`[0-9]{1,16}\.[0-9]{2}`).Draw(r, "yuan"))
		require.NoError(r, err)
		return domain.NewAmount(m)
	})
	milestones := rapid.Custom(func(r *rapid.T) domain.ReportedMilestone {
		m := domain.ReportedMilestone{
			MilestoneID: rapid.Int64Min(1).Draw(r, "id"), Name: rapid.String().Draw(r, "name"),
			ReasonCode: rapid.SampledFrom(append(domain.ReasonCodes(), "")).Draw(r, "reason"), ReasonText: rapid.String().Draw(r, "why"),
		}
		if rapid.Bool().Draw(r, "dated") {
			d, err := domain.NewPlanDate(domain.NewDate(rapid.IntRange(1900, 2200).Draw(r, "year"), 5, 20), rapid.SampledFrom(domain.Precisions()).Draw(r, "precision"))
			require.NoError(r, err)
			m.Forecast = &d
		}
		if rapid.Bool().Draw(r, "reached") {
			m.Actual = domain.NewDate(2026, time.Month(rapid.IntRange(1, 12).Draw(r, "month")), 3)
		}
		return m
	})
	rapid.Check(t, func(r *rapid.T) {
		c := domain.ReportContent{
			ProgressText: rapid.String().Draw(r, "progressText"), Month: amounts.Draw(r, "month"), Year: amounts.Draw(r, "year"),
			Total: amounts.Draw(r, "total"), Funds: amounts.Draw(r, "funds"), Problems: rapid.String().Draw(r, "problems"),
			NextSteps: rapid.String().Draw(r, "next"), Light: rapid.SampledFrom(append(domain.Lights(), "")).Draw(r, "light"),
			Milestones: rapid.SliceOfNDistinct(milestones, 1, 4, func(m domain.ReportedMilestone) int64 { return m.MilestoneID }).Draw(r, "milestones"),
		}
		if rapid.Bool().Draw(r, "measured") {
			p, err := domain.ParsePercent(rapid.StringMatching(`[0-9]{1,2}(\.[0-9])?`).Draw(r, "percent"))
			require.NoError(r, err)
			c.Progress = &p
		}
		raw, err := json.Marshal(c.Record())
		require.NoError(r, err)
		var shuffled map[string]json.RawMessage
		require.NoError(r, json.Unmarshal(raw, &shuffled))
		raw, err = json.Marshal(shuffled)
		require.NoError(r, err)
		var record domain.ReportRecord
		require.NoError(r, json.Unmarshal(raw, &record))
		back, err := record.Content()
		require.NoError(r, err)
		require.Equal(r, domain.Report{Content: c}.Hash(), domain.Report{Content: back}.Hash())
		require.Empty(r, back.Differences(c))
		require.Equal(r, c.Record(), back.Record())
	})
}

func TestABrokenRecordIsNoContent(t *testing.T) {
	for name, spoil := range map[string]func(r *domain.ReportRecord){
		"progress":  func(r *domain.ReportRecord) { r.Progress = "101" },
		"money":     func(r *domain.ReportRecord) { r.Month.Value = "-1" },
		"missing":   func(r *domain.ReportRecord) { r.Funds.Missing = "lost" },
		"date":      func(r *domain.ReportRecord) { r.Milestones[0].Forecast = "soon" },
		"precision": func(r *domain.ReportRecord) { r.Milestones[0].Precision = "decade" },
		"actual":    func(r *domain.ReportRecord) { r.Milestones[0].Actual = "never" },
	} {
		record := fullContent(t).Record()
		spoil(&record)
		_, err := record.Content()
		require.Error(t, err, name)
	}
}

func TestPercentsHaveOneDecimal(t *testing.T) {
	for text, want := range map[string]string{"0": "0.0", "37.5": "37.5", "100": "100.0", "100.0": "100.0", "007": "7.0"} {
		p, err := domain.ParsePercent(text)
		require.NoError(t, err, text)
		require.Equal(t, want, p.String())
	}
	for _, bad := range []string{"", "-1", "100.1", "101", "1e1", "37.55", "37.50", " 5", "NaN", "5%", "٣"} {
		_, err := domain.ParsePercent(bad)
		require.Error(t, err, bad)
	}
	require.True(t, percent(t, "9.9").Less(*percent(t, "10")))
	require.True(t, percent(t, "100.0").Complete())
	require.False(t, percent(t, "99.9").Complete())
}

// A change touches what it names, and of the milestones those it names.
func TestAPartOfAReportIsSaved(t *testing.T) {
	project := []domain.Milestone{{ID: 1, Name: "开工"}, {ID: 2, Name: "竣工"}, {ID: 3, Name: "移交"}}
	before := fullContent(t)
	before.Milestones = []domain.ReportedMilestone{{MilestoneID: 1, Name: "开工"}, {MilestoneID: 2, Name: "竣工", Actual: date(t, "2026-05-01")}}
	after, err := domain.ReportChange{Problems: ptr("无"), Milestones: []domain.ReportedMilestone{
		{MilestoneID: 1, Name: "冒名", Forecast: day(t, "2026-08-01")}, {MilestoneID: 3},
	}}.Apply(before, project)
	require.NoError(t, err)
	fields := []string{}
	for _, d := range after.Differences(before) {
		fields = append(fields, d.Field+" "+d.Before+" → "+d.After)
	}
	require.Equal(t, []string{"problems 问题 → 无", "milestones[1].forecast  → 2026-08-01"}, fields)
	require.Equal(t, "开工", after.Milestones[0].Name, "the name is the project's")
	require.Len(t, after.Milestones, 3)
	require.Nil(t, before.Milestones[0].Forecast, "what was read stays as it was")

	none := (*domain.Percent)(nil)
	cleared, err := domain.ReportChange{Progress: &none, Light: ptr(domain.Light("")), Month: ptr(domain.NotFilled())}.Apply(before, project)
	require.NoError(t, err)
	require.Nil(t, cleared.Progress)
	require.Empty(t, cleared.Light)
	require.False(t, cleared.Month.Present())

	_, err = domain.ReportChange{}.Apply(before, project)
	require.ErrorContains(t, err, "nothing_to_change")
	long := strings.Repeat("长", 4001)
	_, err = domain.ReportChange{Problems: &long, LightText: &long}.Apply(before, project)
	require.Equal(t, "problems too_long, lightText too_long", refusal(t, err))
	exact := strings.Repeat("长", 4000)
	_, err = domain.ReportChange{Problems: &exact}.Apply(before, project)
	require.NoError(t, err)
	_, err = domain.ReportChange{Milestones: []domain.ReportedMilestone{{MilestoneID: 1}, {MilestoneID: 4}}}.Apply(before, project)
	require.Equal(t, "milestones[1].milestoneId milestone_not_found", refusal(t, err))
}

// A report states dates; what it does not mention it does not take away.
func TestAReportedDateAppliesToTheMilestone(t *testing.T) {
	today := date(t, "2026-07-01")
	m := domain.Milestone{ID: 1, Kind: domain.MilestoneStart, Name: "开工", CurrentBaseline: day(t, "2026-09-30"), Forecast: day(t, "2026-09-30"), ReasonText: "旧"}
	for _, c := range []struct {
		name     string
		reported domain.ReportedMilestone
		changed  bool
		want     string
	}{
		{"nothing", domain.ReportedMilestone{}, false, ""},
		{"the same", domain.ReportedMilestone{Forecast: day(t, "2026-09-30"), ReasonCode: domain.ReasonLand}, false, ""},
		{"earlier without a reason", domain.ReportedMilestone{Forecast: day(t, "2026-09-01")}, true, "reasonCode forecast_needs_reason"},
		{"earlier", domain.ReportedMilestone{Forecast: day(t, "2026-09-01"), ReasonCode: domain.ReasonDesign}, true, ""},
		{"30 days late", domain.ReportedMilestone{Forecast: day(t, "2026-10-30"), ReasonCode: domain.ReasonDesign}, true, ""},
		{"31 days late", domain.ReportedMilestone{Forecast: day(t, "2026-10-31"), ReasonCode: domain.ReasonDesign}, true, "reasonText slip_needs_words"},
		{"reached today", domain.ReportedMilestone{Actual: today}, true, ""},
		{"reached tomorrow", domain.ReportedMilestone{Actual: date(t, "2026-07-02")}, true, "actual actual_in_future"},
	} {
		after, changed, err := c.reported.Apply(m, today)
		require.Equal(t, c.changed, changed, c.name)
		require.Equal(t, c.want, refusal(t, err), c.name)
		if !changed {
			require.Equal(t, m, after, c.name)
		}
	}
}
