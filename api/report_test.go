package api_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"zhongda/api"
	"zhongda/api/apitest"
)

const completeReport = `{"progress":"10","month":{"value":"10"},"year":{"value":"10"},"total":{"value":"10"},"nextSteps":"继续施工","light":"green"}`

// startedReport is the draft of June of one's own project, which is under construction.
func (p *product) startedReport(t testing.TB, editor *apitest.Client) api.Report {
	t.Helper()
	p.Exec(t, "UPDATE project SET stage = 'implementation' WHERE id = $1", p.own)
	r := editor.Post(t, projectPath(p.own)+"/reports", `{"period":"2026-06"}`)
	require.Equal(t, http.StatusCreated, r.Status, "%s", r.Body)
	report := apitest.Decode[api.Report](t, r)
	require.Equal(t, reportPath(report.ID), r.Header.Get("Location"))
	require.Equal(t, `"1"`, r.Header.Get("ETag"))
	return report
}

func reportPath(id int64) string { return fmt.Sprintf("/api/v1/reports/%d", id) }

// onReport does something with a report at its present version.
func (p *product) onReport(t testing.TB, c *apitest.Client, id int64, method, below string, body any) apitest.Response {
	t.Helper()
	return c.Do(t, apitest.Request{Method: method, Path: reportPath(id) + below, Headers: at(p.version(t, "report", id)), Body: body})
}

// Nothing a report may carry is lost on its way, and neither is "set to empty", "set to zero" or "set to none".
func TestEveryFieldOfAReportArrives(t *testing.T) {
	t.Parallel()
	p := newProduct(t)
	editor := p.signedIn(t, p.bureauA+".editor")
	report := p.startedReport(t, editor)
	step := p.milestone(t, p.own)
	name := p.Text(t, "SELECT to_json(name) FROM milestone WHERE id = $1", step)
	amount := journey{
		{"", `{"value":"0"}`, `{"value":"0.00","missing":null}`},
		{"", `{"value":"9999999999999999.99"}`, `{"value":"9999999999999999.99","missing":null}`},
		{"", `{"missing":"withheld","basis":"保密法第二十条"}`, `{"value":null,"missing":"withheld","basis":"保密法第二十条"}`},
		{"", `{"value":null,"missing":"not_filled"}`, `{"value":null,"missing":"not_filled"}`},
	}
	words := journey{{"", `"两行\n文字 <b>&\"'=1+1"`, ""}, {"", `" 前后有空格 "`, ""}, {"", `""`, ""}}
	fields := map[string]journey{
		"progress": {{"", `"37.5"`, ""}, {"", `"0"`, `"0.0"`}, {"", `"100"`, `"100.0"`}, {"", `null`, ""}},
		"month":    amount, "year": amount, "total": amount, "funds": amount,
		"progressText": words, "problems": words, "coordination": words, "nextSteps": words, "lightText": words, "explanation": words,
		"light": {{"", `"red"`, ""}, {"", `"yellow"`, ""}, {"", `"green"`, ""}, {"", `null`, ""}},
		"milestones": {
			{
				"", fmt.Sprintf(`[{"milestoneId":%d,"forecast":{"date":"2030-02-01","precision":"quarter"},"actual":"2026-06-30","reasonCode":"land","reasonText":"征地"}]`, step),
				fmt.Sprintf(`[{"milestoneId":%d,"name":%s,"forecast":{"date":"2030-03-31","precision":"quarter"},"actual":"2026-06-30","reasonCode":"land","reasonText":"征地"}]`, step, name),
			},
			{"", fmt.Sprintf(`[{"milestoneId":%d}]`, step), fmt.Sprintf(`[{"milestoneId":%d,"name":%s,"forecast":null,"actual":null,"reasonCode":null,"reasonText":""}]`, step, name)},
		},
	}
	require.ElementsMatch(t, api.RequestFields("updateReport"), slices.Collect(maps.Keys(fields)), "a new field needs a journey")
	for field, steps := range fields {
		for _, s := range steps {
			body := fmt.Sprintf(`{%q:%s}`, field, s.sent)
			r := p.onReport(t, editor, report.ID, http.MethodPatch, "", body)
			require.Equal(t, http.StatusOK, r.Status, "%s: %s", body, r.Body)
			for where, answer := range map[string]apitest.Response{"answer": r, "reading": editor.Get(t, reportPath(report.ID))} {
				require.JSONEq(t, orSent(s.read, s.sent), member(t, answer, "content."+field), "%s of %s", where, body)
			}
		}
	}
}

// TestBadChangesOfAReport sends values that no report may hold; nothing is written.
func TestBadChangesOfAReport(t *testing.T) {
	t.Parallel()
	p := newProduct(t)
	editor := p.signedIn(t, p.bureauA+".editor")
	report := p.startedReport(t, editor)
	foreign := p.milestone(t, p.foreign)
	before := p.fingerprint(t)
	for body, want := range map[string]string{
		`{"progress":"100.1"}`:          "progress:percent",
		`{"progress":"1e1"}`:            "progress:percent",
		`{"progress":37.5}`:             "progress:type_text",
		`{"progress":"-1"}`:             "progress:percent",
		`{"light":"grey"}`:              "light:oneof",
		`{"month":{"value":"-1"}}`:      "month.value:money",
		`{"funds":{}}`:                  "funds:amount_or_missing",
		`{"problems":null}`:             "problems:null",
		`{"state":"approved"}`:          "state:json_unknown_key",
		`{"milestones":[{}]}`:           "milestones[0].milestoneId:required",
		`{"milestones":[{"name":"x"}]}`: "milestones[0].name:json_unknown_key",
		`{"problems":"` + strings.Repeat("长", 4001) + `"}`:                                                    "problems:max_chars",
		fmt.Sprintf(`{"milestones":[{"milestoneId":%d,"actual":"2026-06-30"}]}`, foreign):                     "milestones[0].milestoneId:milestone_not_found",
		`{"milestones":[{"milestoneId":1,"forecast":{"date":"2026-02-30","precision":"day"}}]}`:               "milestones[0].forecast.date:date",
		`{"milestones":[{"milestoneId":1,"forecast":{"date":"2026-02-28","precision":"decade"}}]}`:            "milestones[0].forecast.precision:oneof",
		`{"milestones":[{"milestoneId":1,"reasonCode":"dog","reasonText":"` + strings.Repeat("x", 9) + `"}]}`: "milestones[0].reasonCode:oneof",
	} {
		r := p.onReport(t, editor, report.ID, http.MethodPatch, "", body)
		require.Contains(t, []int{400, 422}, r.Status, "%s: %s", body, r.Body)
		require.Contains(t, codes(t, r)+" ", want+" ", body)
	}
	for _, period := range []string{"2026", "2026-13", "2026-6", "2026-06-01", ""} {
		r := editor.Post(t, projectPath(p.own)+"/reports", map[string]string{"period": period})
		require.Contains(t, codes(t, r), "period:period", period)
	}
	require.Contains(t, codes(t, editor.Post(t, projectPath(p.own)+"/reports", `{"period":"2026-07"}`)), "report_open")
	for _, empty := range []string{`{}`, `{"milestones":[]}`} {
		require.Equal(t, "nothing_to_change", codes(t, p.onReport(t, editor, report.ID, http.MethodPatch, "", empty)))
	}
	r := editor.Do(t, apitest.Request{Method: http.MethodPatch, Path: reportPath(report.ID), Body: `{}`})
	require.Equal(t, http.StatusPreconditionRequired, r.Status)
	stale := editor.Do(t, apitest.Request{Method: http.MethodPatch, Path: reportPath(report.ID), Headers: at(9), Body: `{"problems":"改"}`})
	require.Equal(t, int64(1), problem(t, stale).CurrentVersion)
	require.Equal(t, before, p.fingerprint(t))
}

// A report goes the whole way over HTTP, and the list of projects shows what it said from the approval on.
func TestAReportGoesTheWholeWay(t *testing.T) {
	t.Parallel()
	p := newProduct(t)
	editor, lead, reviewer := p.signedIn(t, p.bureauA+".editor"), p.signedIn(t, p.bureauA+".lead"), p.signedIn(t, "drc.reviewer1")
	report := p.startedReport(t, editor)
	refused := p.onReport(t, lead, report.ID, http.MethodPost, "/submission", nil)
	require.Equal(t, "invalid progress:required month:amount_or_reason year:amount_or_reason total:amount_or_reason light:required nextSteps:required", codes(t, refused))
	saved := p.onReport(t, editor, report.ID, http.MethodPatch, "", completeReport)
	require.Empty(t, apitest.Decode[api.Report](t, saved).Findings)
	submitted := p.onReport(t, lead, report.ID, http.MethodPost, "/submission", nil)
	require.Equal(t, http.StatusOK, submitted.Status, "%s", submitted.Body)
	locked := p.onReport(t, editor, report.ID, http.MethodPatch, "", `{"problems":"改"}`)
	require.Equal(t, http.StatusConflict, locked.Status)
	require.Equal(t, "report_is_submitted", problem(t, locked).Code)

	queue := apitest.Decode[api.Page[api.Waiting]](t, reviewer.Get(t, "/api/v1/review/queue?withTotal=true&sort=red&light=green&owner="+p.bureauA))
	require.Equal(t, 1, *queue.Total)
	read := queue.Items[0].Report
	require.Equal(t, "10.00", read.Total.Value.String())
	require.Empty(t, read.Findings)
	work := apitest.Decode[api.Work](t, reviewer.Get(t, "/api/v1/work"))
	require.Nil(t, work.Bureau)
	require.Equal(t, 1, work.Review.Waiting)
	desk := apitest.Decode[api.Work](t, lead.Get(t, "/api/v1/work"))
	require.Nil(t, desk.Review)
	require.Equal(t, 1, desk.Bureau.Counts.Waiting)

	row := func() string {
		r := editor.Get(t, projectPath(p.own))
		return member(t, r, "progress") + member(t, r, "reportedPeriod") + member(t, r, "ownerLight")
	}
	require.Equal(t, "nullnullnull", row())
	decision := fmt.Sprintf(`{"action":"approve","hash":%q}`, read.Hash)
	approved := p.onReport(t, reviewer, report.ID, http.MethodPost, "/decision", decision)
	require.Equal(t, http.StatusOK, approved.Status, "%s", approved.Body)
	require.Equal(t, `"10.0""2026-06""green"`, row())
	again := p.onReport(t, reviewer, report.ID, http.MethodPost, "/decision", decision)
	require.Equal(t, "report_is_approved", problem(t, again).Code)

	corrected := lead.Post(t, reportPath(report.ID)+"/correction", `{"reason":"投资额录入有误，多计一笔"}`)
	require.Equal(t, http.StatusCreated, corrected.Status, "%s", corrected.Body)
	list := apitest.Decode[api.List[api.ReportRow]](t, p.signedIn(t, "manager").Get(t, projectPath(p.own)+"/reports"))
	require.Len(t, list.Items, 2)
	require.Equal(t, "2 draft, 1 approved", fmt.Sprintf("%d %s, %d %s", list.Items[0].Revision, list.Items[0].State, list.Items[1].Revision, list.Items[1].State))
	history := string(lead.Get(t, projectPath(p.own)+"/history").Body)
	for _, action := range []string{"report.start", "report.save", "report.submit", "report.approve", "report.correct"} {
		require.Contains(t, history, action)
	}
}

// Of many decisions the changed one is told why, in the reader's language, and the others are done.
func TestManyDecisionsAnswerOneByOne(t *testing.T) {
	t.Parallel()
	p := newProduct(t)
	editor, lead, reviewer := p.signedIn(t, p.bureauA+".editor"), p.signedIn(t, p.bureauA+".lead"), p.signedIn(t, "drc.reviewer1")
	report := p.startedReport(t, editor)
	require.Equal(t, http.StatusOK, p.onReport(t, editor, report.ID, http.MethodPatch, "", completeReport).Status)
	submitted := apitest.Decode[api.Report](t, p.onReport(t, lead, report.ID, http.MethodPost, "/submission", nil))
	items, err := json.Marshal([]map[string]any{
		{"object": "report", "id": report.ID, "version": submitted.Version, "hash": submitted.Hash}, {"object": "report", "id": report.ID, "version": submitted.Version, "hash": submitted.Hash},
		{"object": "report", "id": 999, "version": 1, "hash": ""},
	})
	require.NoError(t, err)
	uncommented := reviewer.Post(t, "/api/v1/review/decisions", fmt.Sprintf(`{"action":"return","items":%s}`, items))
	results := apitest.Decode[api.List[api.DecisionResult]](t, uncommented).Items
	require.Equal(t, "return_needs_comment", *results[0].Code)
	reviewer.Headers["Accept-Language"] = "en"
	answer := reviewer.Post(t, "/api/v1/review/decisions", fmt.Sprintf(`{"action":"return","comment":"请补充","items":%s}`, items))
	require.Equal(t, http.StatusOK, answer.Status, "%s", answer.Body)
	results = apitest.Decode[api.List[api.DecisionResult]](t, answer).Items
	require.True(t, results[0].Done)
	require.Equal(t, submitted.Version+1, *results[0].Version)
	require.Equal(t, "returned", *results[0].State)
	require.False(t, results[1].Done)
	require.Equal(t, "stale_version", *results[1].Code)
	require.Equal(t, submitted.Version+1, *results[1].Version, "the version to read again")
	require.Equal(t, "There is no such report.", *results[2].Message)
	require.Equal(t, http.StatusUnprocessableEntity, reviewer.Post(t, "/api/v1/review/decisions", `{"action":"return","items":[]}`).Status)
	require.Equal(t, http.StatusUnprocessableEntity, reviewer.Post(t, "/api/v1/review/decisions", fmt.Sprintf(`{"action":"correct","items":%s}`, items)).Status)
}
