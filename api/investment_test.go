package api_test

import (
	"fmt"
	"maps"
	"net/http"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"zhongda/api"
	"zhongda/api/apitest"
)

func investmentPath(projectID int64) string { return projectPath(projectID) + "/investment" }

// Nothing that a plan may carry is lost on its way, and neither is "none of this source" or "no figure, and why".
func TestEveryFieldOfAnInvestmentPlanArrives(t *testing.T) {
	t.Parallel()
	p := newProduct(t)
	editor := p.signedIn(t, p.bureauA+".editor")
	const all = `[{"source":"central_budget","amount":"1.00"},{"source":"special_bond","amount":"2.00"},{"source":"municipal_finance","amount":"3.00"},` +
		`{"source":"district_finance","amount":"4.00"},{"source":"enterprise","amount":"5.00"},{"source":"loan","amount":"6.00"},{"source":"other","amount":"7.01"}]`
	fields := map[string]journey{
		"planned": {
			{`,"funding":[]`, `{"value":"9999999999999999.99"}`, `{"value":"9999999999999999.99","missing":null}`},
			{`,"funding":[]`, `{"missing":"withheld","basis":"保密法第二十条"}`, `{"value":null,"missing":"withheld","basis":"保密法第二十条"}`},
			{`,"funding":[]`, `{"missing":"not_applicable"}`, `{"value":null,"missing":"not_applicable"}`},
			{`,"funding":[]`, `{"value":"0"}`, `{"value":"0.00","missing":null}`},
		},
		"funding": {
			{`,"planned":{"value":"28.01"}`, all, ""},
			{`,"planned":{"value":"28.01"}`, `[{"source":"loan","amount":"0.01"}]`, ""},
			{`,"planned":{"value":"28.01"}`, `[]`, ""},
		},
	}
	require.ElementsMatch(t, api.RequestFields("saveInvestmentPlan"), slices.Collect(maps.Keys(fields)), "a new field needs a journey")
	require.ElementsMatch(t, api.RequestFields("createInvestmentPlan"), slices.Collect(maps.Keys(fields)))
	require.ElementsMatch(t, []string{"planned", "funding", "reason"}, api.RequestFields("reviseInvestmentPlan"))
	path, year := investmentPath(p.own), 2030
	for field, steps := range fields {
		for _, s := range steps {
			body := fmt.Sprintf(`{%q:%s%s}`, field, s.sent, s.with)
			year++
			r := editor.Do(t, apitest.Request{Method: http.MethodPut, Path: fmt.Sprintf("%s/%d", path, year), Body: body})
			require.Equal(t, http.StatusCreated, r.Status, "%s: %s", body, r.Body)
			require.JSONEq(t, orSent(s.read, s.sent), member(t, r, field), body)
			r = editor.Do(t, apitest.Request{Method: http.MethodPatch, Path: fmt.Sprintf("%s/%d", path, 2031), Headers: at(p.planVersion(t, 2031)), Body: body})
			require.Equal(t, http.StatusOK, r.Status, "%s: %s", body, r.Body)
			require.JSONEq(t, orSent(s.read, s.sent), member(t, r, field), body)
			read := apitest.Decode[api.ProjectInvestment](t, editor.Get(t, path))
			last := read.Years[len(read.Years)-1]
			require.Equal(t, 2031, last.Year)
			require.Equal(t, r.Header.Get("ETag"), fmt.Sprintf("%q", fmt.Sprint(last.Plans[0].Version)))
		}
	}
}

func (p *product) planVersion(t testing.TB, year int) int64 {
	t.Helper()
	return p.number(t, "SELECT version FROM investment_plan WHERE project_id = $1 AND year = $2 ORDER BY revision DESC LIMIT 1", p.own, year)
}

func TestBadInvestmentPlans(t *testing.T) {
	t.Parallel()
	p := newProduct(t)
	editor := p.signedIn(t, p.bureauA+".editor")
	before := p.fingerprint(t)
	for _, c := range []struct {
		year, body string
		status     int
		codes      string
	}{
		{"2026", `{"planned":{"missing":"not_filled"},"funding":[]}`, 422, "invalid planned:amount_or_reason"},
		{"2026", `{"planned":{"value":"1"},"funding":[{"source":"loan","amount":"1.01"}]}`, 422, "invalid funding:funding_over_plan"},
		{"2026", `{"planned":{"missing":"not_applicable"},"funding":[{"source":"loan","amount":"1"}]}`, 422, "invalid funding:funding_without_plan"},
		{"2026", `{"planned":{"value":"3"},"funding":[{"source":"loan","amount":"1"},{"source":"loan","amount":"1"}]}`, 422, "invalid funding[1].source:fund_source_twice"},
		{"2026", `{"planned":{"value":"3"},"funding":[{"source":"lottery","amount":"1"}]}`, 422, "invalid funding[0].source:oneof"},
		{"2026", `{"planned":{"value":"3"},"funding":[{"source":"loan","amount":"-1"}]}`, 422, "invalid funding[0].amount:money"},
		{"2026", `{"planned":{"value":"3"},"funding":[],"confirmedBy":"me"}`, 400, "json_unknown_key confirmedBy:json_unknown_key"},
		{"1999", `{"planned":{"value":"3"},"funding":[]}`, 422, "invalid year:plan_year"},
		{"0", `{"planned":{"value":"3"},"funding":[]}`, 404, "not_found"},
		{"20x6", `{"planned":{"value":"3"},"funding":[]}`, 404, "not_found"},
	} {
		r := editor.Do(t, apitest.Request{Method: http.MethodPut, Path: investmentPath(p.own) + "/" + c.year, Body: c.body})
		require.Equal(t, c.status, r.Status, "%s: %s", c.body, r.Body)
		require.Equal(t, c.codes, codes(t, r), c.body)
	}
	require.Equal(t, http.StatusBadRequest, editor.Get(t, "/api/v1/investment?year=2101").Status)
	require.Equal(t, before, p.fingerprint(t))
}

// A year is planned, confirmed, summed and revised over HTTP; what is shown follows at once.
func TestAYearOfInvestment(t *testing.T) {
	t.Parallel()
	p := newProduct(t)
	editor, reviewer, second := p.signedIn(t, p.bureauA+".editor"), p.signedIn(t, "drc.reviewer1"), p.signedIn(t, "drc.reviewer2")
	manager := p.signedIn(t, "manager")
	path := investmentPath(p.own) + "/2026"
	const content = `{"planned":{"value":"100000000"},"funding":[{"source":"special_bond","amount":"60000000"}]}`
	r := editor.Do(t, apitest.Request{Method: http.MethodPut, Path: path, Body: content})
	require.Equal(t, http.StatusCreated, r.Status, "%s", r.Body)
	require.JSONEq(t, `"40000000.00"`, member(t, r, "unsecured"))
	require.JSONEq(t, `"0.00"`, member(t, manager.Get(t, "/api/v1/investment"), "total.planned.total"), "nobody confirmed it")
	require.Len(t, apitest.Decode[api.InvestmentSummary](t, reviewer.Get(t, "/api/v1/investment")).Waiting, 1)
	require.Empty(t, apitest.Decode[api.InvestmentSummary](t, manager.Get(t, "/api/v1/investment")).Waiting, "who may neither write nor confirm has none to wait for")

	require.Equal(t, http.StatusOK, reviewer.Do(t, apitest.Request{Method: http.MethodPost, Path: path + "/confirmation", Headers: at(1)}).Status)
	s := apitest.Decode[api.InvestmentSummary](t, manager.Get(t, "/api/v1/investment?year=2026"))
	require.Equal(t, "100000000.00", s.Total.Planned.Total.String())
	require.Equal(t, 1, s.Total.Planned.Filled)
	require.Equal(t, "40000000.00", s.Total.Unsecured.String())
	require.Equal(t, "2026-06", s.Period.String())
	require.Nil(t, s.Total.Completion.Percent, "nobody reported")

	revision := `{"planned":{"value":"120000000"},"funding":[],"reason":"年中追加专项债资金安排"}`
	require.Equal(t, http.StatusCreated, reviewer.Do(t, apitest.Request{Method: http.MethodPost, Path: path + "/revision", Headers: at(2), Body: revision}).Status)
	require.JSONEq(t, `"100000000.00"`, member(t, manager.Get(t, "/api/v1/investment"), "total.planned.total"), "the confirmed one holds")
	require.Equal(t, http.StatusForbidden, reviewer.Do(t, apitest.Request{Method: http.MethodPost, Path: path + "/confirmation", Headers: at(1)}).Status)
	require.Equal(t, http.StatusOK, second.Do(t, apitest.Request{Method: http.MethodPost, Path: path + "/confirmation", Headers: at(1)}).Status)
	require.JSONEq(t, `"120000000.00"`, member(t, manager.Get(t, "/api/v1/investment"), "total.planned.total"))
	require.Len(t, apitest.Decode[api.ProjectInvestment](t, manager.Get(t, investmentPath(p.own))).Years[0].Plans, 2, "the first value is kept")
}

func TestEveryFieldOfATemplateArrives(t *testing.T) {
	t.Parallel()
	p := newProduct(t)
	require.ElementsMatch(t, []string{"template", "anchorDate", "precision", "phase"}, api.RequestFields("applyMilestoneTemplate"))
	editor := p.signedIn(t, p.bureauA+".editor")
	r := editor.Post(t, projectPath(p.own)+"/milestones/template", `{"template":"water","anchorDate":"2027-02-03","precision":"quarter","phase":"一期"}`)
	require.Equal(t, http.StatusOK, r.Status, "%s", r.Body)
	applied := apitest.Decode[api.TemplateApplied](t, r)
	require.Len(t, applied.Added, 12)
	for _, m := range applied.Added {
		require.Equal(t, "一期", m.Phase)
		if m.Kind == "start" {
			require.Equal(t, "2027-03-31 quarter", m.Baseline.Date.String()+" "+string(m.Baseline.Precision))
		}
	}
	for body, want := range map[string]string{
		`{"template":"castle","anchorDate":"2027-02-03","precision":"day"}`:   "invalid template:template_not_found",
		`{"template":"water","anchorDate":"2027-02-30","precision":"day"}`:    "invalid anchorDate:date",
		`{"template":"water","anchorDate":"2027-02-03","precision":"decade"}`: "invalid precision:oneof",
		`{"template":"water","precision":"day"}`:                              "invalid anchorDate:required",
	} {
		require.Equal(t, want, codes(t, editor.Post(t, projectPath(p.own)+"/milestones/template", body)))
	}
}
