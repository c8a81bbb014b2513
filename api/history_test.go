package api_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"zhongda/api"
	"zhongda/api/apitest"
)

// inShenzhen is an instant of the business time zone, "2026-07-31T23:59:59".
func inShenzhen(t testing.TB, local string) time.Time {
	t.Helper()
	at, err := time.Parse(time.RFC3339, local+"+08:00")
	require.NoError(t, err)
	return at
}

// questions are what the record of a month-end is made of: lists in every order and of many filters, page by page, with
// their facets, sums and promises, and the pages of the projects that change.
func (p *product) questions() []string {
	filters := []string{
		"", "column=13", "column=12&column=2", "category=water", "category=transport", "district=440306", "district=none", "owner=" + p.bureauA,
		"ownerTree=sz", "stage=implementation", "stage=preliminary&stage=completed", "standing=paused&standing=exited", "target=completed",
		"commitment=" + url.QueryEscape("建成"), "provisional=false", "lateBy=1", "lateBy=40", "mine=true", "q=" + url.QueryEscape("水厂"),
		"promise=kept&promise=on_the_way", "promise=lapsed", "column=13&promise=unconfirmed",
	}
	var all []string
	for i, filter := range filters {
		sort := []string{"code", "-name", "stage", "owner", "-category", "-updated", "investment", "-slip"}[i%8]
		all = append(all, "/projects/facets?"+filter, "/pipeline?"+filter, "/projects/places?"+filter, "/plan/fulfilment?"+filter,
			"/projects?limit=200&withTotal=true&sort="+sort+"&"+filter, "/projects/timeline?limit=200&withTotal=true&sort="+sort+"&"+filter)
	}
	return append(all, fmt.Sprintf("/projects/%d?", p.own), fmt.Sprintf("/projects/%d?", p.foreign))
}

// record reads every question. What it leaves out is what a reader may do, which the past forbids, and the day it is of.
func record(t *testing.T, c *apitest.Client, questions []string, asOf string) map[string]string {
	t.Helper()
	answers := map[string]string{}
	for _, question := range questions {
		for page, cursor := 1, ""; ; page++ {
			r := c.Get(t, "/api/v1"+question+asOf+cursor)
			require.Equal(t, http.StatusOK, r.Status, "%s: %s", question, r.Body)
			var answer map[string]any
			require.NoError(t, json.Unmarshal(r.Body, &answer))
			if asOf != "" {
				require.Equal(t, strings.TrimPrefix(asOf, "&asOf=")+"-31", answer["asOf"], question)
			}
			delete(answer, "asOf")
			delete(answer, "allowed")
			next, more := answer["nextCursor"].(string)
			text, err := json.MarshalIndent(answer, "", " ")
			require.NoError(t, err)
			answers[fmt.Sprint(question, " page ", page)] = string(text)
			if !more {
				break
			}
			cursor = "&cursor=" + url.QueryEscape(next)
		}
	}
	return answers
}

// TestAMonthEndStaysAsItWasRecorded records the last second of July, changes everything that can change, and reads July
// again: row for row, field for field, facet for facet, sum for sum.
func TestAMonthEndStaysAsItWasRecorded(t *testing.T) {
	t.Parallel()
	p := newProduct(t)
	p.change(t, "7", "2026-06", "2026-07-10T10:00:00")
	p.setClock(inShenzhen(t, "2026-07-31T23:59:59"))
	questions := p.questions()
	july := record(t, p.signedIn(t, "manager"), questions, "")

	p.change(t, "8", "2026-07", "2026-08-10T10:00:00")
	p.setClock(inShenzhen(t, "2026-08-31T23:59:59"))
	manager := p.signedIn(t, "manager")
	august := record(t, manager, questions, "")
	require.NotEqual(t, july, august, "something did change")
	p.setClock(inShenzhen(t, "2026-09-01T08:00:00"))
	p.Exec(t, "UPDATE project SET summary = 'later still', stage = 'transferred', standing = 'active'")

	manager = p.signedIn(t, "manager")
	require.Equal(t, july, record(t, manager, questions, "&asOf=2026-07"))
	require.Equal(t, august, record(t, manager, questions, "&asOf=2026-08"))
	require.Greater(t, len(july), len(questions), "some list has a second page")
}

// change does to the portfolio what a month does: by the interface, and where only the catalogue may, past it.
func (p *product) change(t *testing.T, mark, period, local string) {
	t.Helper()
	p.setClock(inShenzhen(t, local))
	ok := func(r apitest.Response) apitest.Response {
		t.Helper()
		require.Less(t, r.Status, 300, "%s", r.Body)
		return r
	}
	post := func(c *apitest.Client, id int64, below string, body any) {
		t.Helper()
		ok(c.Do(t, apitest.Request{Method: http.MethodPost, Path: projectPath(id) + below, Headers: at(p.version(t, "project", id)), Body: body}))
	}
	editor, lead := p.signedIn(t, p.bureauA+".editor"), p.signedIn(t, p.bureauA+".lead")
	reviewer := p.signedIn(t, "drc.reviewer1")
	ok(p.patch(t, editor, p.own, `{"summary":"第`+mark+`月","estimate":{"value":"`+mark+`000000.05"},"internalNote":"内部`+mark+`"}`))
	step := ok(editor.Post(t, projectPath(p.own)+"/milestones", `{"kind":"start","name":"开工`+mark+`","baseline":{"date":"2026-0`+mark+`-20","precision":"day"}}`))
	ok(editor.Do(t, apitest.Request{
		Method: http.MethodPatch, Path: fmt.Sprintf("%s/milestones/%d", projectPath(p.own), apitest.Decode[api.Milestone](t, step).ID), Headers: at(1),
		Body: `{"forecast":{"date":"2026-11-30","precision":"day"},"reasonCode":"land","reasonText":"用地批复推迟，土地尚未交付"}`,
	}))
	p.Exec(t, "UPDATE project SET stage = 'implementation', stage_provisional = false WHERE id = $1", p.own)
	p.approve(t, editor, lead, reviewer, period, mark)
	p.Exec(t, "UPDATE project SET stage = CASE $2 WHEN '7' THEN 'preliminary' ELSE stage END, stage_provisional = true WHERE id = $1", p.foreign, mark) // else it goes forward through a gate
	post(reviewer, p.foreign, "/stage", map[string]string{"7": `{"to":"implementation","reason":"批准","evidence":"施工许可"}`, "8": `{"to":"completed","reason":"批准","evidence":"竣工验收"}`}[mark])
	post(reviewer, p.foreign, "/standing", map[string]string{"7": `{"to":"paused","reason":"资金未到位","document":""}`, "8": `{"to":"exited","reason":"取消","document":"文件一号","exitKind":"withdrawn"}`}[mark])
	// The catalogue and its codelists move too, and many projects at once.
	p.Exec(t, `UPDATE project SET owner_organisation_id = (SELECT id FROM organisation WHERE code = $1), slip_days = id % 60,
		stage = CASE id % 3 WHEN 0 THEN 'completed' ELSE 'preliminary' END, stage_provisional = id % 4 = 0
		WHERE id % 7 = $2 AND id NOT IN ($3, $4)`, p.bureauB, len(period)%7+int(mark[0]-'7'), p.own, p.foreign)
	p.Exec(t, `DELETE FROM project_district WHERE project_id % 5 = $1`, int(mark[0]-'7'))
	p.Exec(t, `DELETE FROM plan_mention WHERE column_number = $1`, 20+int(mark[0]-'7'))
}

// approve files the report of a month and, the second time, corrects the one before.
func (p *product) approve(t *testing.T, editor, lead, reviewer *apitest.Client, period, mark string) {
	t.Helper()
	r := editor.Post(t, projectPath(p.own)+"/reports", `{"period":"`+period+`"}`)
	require.Equal(t, http.StatusCreated, r.Status, "%s", r.Body)
	p.settle(t, editor, lead, reviewer, apitest.Decode[api.Report](t, r).ID, mark)
	if mark == "7" {
		return
	}
	latest := p.number(t, "SELECT id FROM report WHERE project_id = $1 AND state = 'approved' ORDER BY period DESC LIMIT 1", p.own)
	r = p.onReport(t, lead, latest, http.MethodPost, "/correction", `{"reason":"投资额录入有误，多计一笔"}`)
	require.Equal(t, http.StatusCreated, r.Status, "%s", r.Body)
	p.settle(t, editor, lead, reviewer, apitest.Decode[api.Report](t, r).ID, "9")
}

func (p *product) settle(t *testing.T, editor, lead, reviewer *apitest.Client, id int64, mark string) {
	t.Helper()
	for _, r := range []apitest.Response{
		p.onReport(t, editor, id, http.MethodPatch, "", `{"progress":"`+mark+`0","month":{"value":"10"},"year":{"value":"`+mark+`0"},"total":{"value":"`+mark+
			`0"},"nextSteps":"继续施工","light":"yellow","lightText":"用地偏慢","explanation":"前期工作经费，已按批复列支"}`),
		p.onReport(t, lead, id, http.MethodPost, "/submission", nil),
		p.onReport(t, reviewer, id, http.MethodPost, "/decision", `{"action":"approve","hash":"`+p.Text(t, "SELECT content_hash FROM report WHERE id = $1", id)+`"}`),
	} {
		require.Equal(t, http.StatusOK, r.Status, "%s", r.Body)
	}
}

// TestTimesThatCannotBeRead asks for months that are no months, not over, or before the record.
func TestTimesThatCannotBeRead(t *testing.T) {
	t.Parallel()
	p := newProduct(t)
	p.setClock(inShenzhen(t, "2026-09-01T00:00:01"))
	manager := p.signedIn(t, "manager")
	for asOf, want := range map[string]string{
		"2026-06": "422 invalid asOf:before_record", "2026-09": "422 invalid asOf:month_not_over", "2026-09-30": "422 invalid asOf:month_not_over",
		"2026-08-30": "400 query_invalid asOf:bad_month_end", "2026-13": "400 query_invalid asOf:bad_month_end", "": "400 query_invalid asOf:bad_month_end",
		"yesterday": "400 query_invalid asOf:bad_month_end", "2026-08": "200", "2026-08-31": "200", "2026-07-31": "200",
	} {
		for _, path := range []string{"/projects", "/projects/facets", "/projects/timeline", "/projects/places", "/pipeline", "/plan/fulfilment", strings.TrimPrefix(projectPath(p.own), "/api/v1")} {
			for _, language := range []string{"zh", "en"} {
				r := manager.Do(t, apitest.Request{
					Method: http.MethodGet, Path: "/api/v1" + path + "?asOf=" + asOf, Headers: map[string]string{"Accept-Language": language},
				})
				got := fmt.Sprint(r.Status)
				if r.Status >= 400 {
					got += " " + codes(t, r)
				}
				require.Equal(t, want, got, "%s asOf=%s: %s", path, asOf, r.Body)
				if want == "422 invalid asOf:before_record" {
					require.Contains(t, string(r.Body), "2026-07-01", "the sentence says since when")
				}
			}
		}
	}
	for path, want := range map[string]string{
		"/projects/differences":                         "422 invalid from:required",
		"/projects/differences?from=2026-08&to=2026-07": "422 invalid to:not_after_from",
		"/projects/differences?from=2026-07&to=2026-09": "422 invalid to:month_not_over",
		"/projects/differences?from=2026-05":            "422 invalid from:before_record",
		"/pipeline/rolling?from=2026-08&to=2026-07":     "422 invalid to:not_after_from",
		"/pipeline/rolling?to=2026-10":                  "422 invalid to:month_not_begun",
		"/pipeline/rolling?from=2026-06":                "422 invalid from:before_record",
		"/pipeline/rolling?from=August":                 "400 query_invalid from:period",
		"/pipeline/rolling?asOf=2026-07":                "400 query_invalid asOf:query_unknown",
		"/review/queue?asOf=2026-07":                    "400 query_invalid asOf:query_unknown",
		"/projects?promise=broken":                      "400 query_invalid promise:oneof",
	} {
		r := manager.Get(t, "/api/v1"+path)
		require.NotEqual(t, 500, r.Status, path)
		require.Equal(t, want, fmt.Sprint(r.Status, " ", codes(t, r)), path)
	}
	r := manager.Get(t, "/api/v1/record")
	require.JSONEq(t, `{"begin":"2026-07-01","monthEnds":["2026-08-31","2026-07-31"]}`, string(r.Body))
}

// TestThePastIsReadByTodaysRights gives a project away: the bureau that had it sees its past no longer in full, the one
// that has it now does, and neither is offered to change it.
func TestThePastIsReadByTodaysRights(t *testing.T) {
	t.Parallel()
	p := newProduct(t)
	editor := p.signedIn(t, p.bureauA+".editor")
	require.Equal(t, http.StatusOK, p.patch(t, editor, p.own, `{"internalNote":"内部"}`).Status)
	p.setClock(inShenzhen(t, "2026-08-05T10:00:00"))
	reviewer := p.signedIn(t, "drc.reviewer1")
	require.Equal(t, http.StatusOK, p.patch(t, reviewer, p.own, `{"ownerOrganisationId":`+p.organisation(t, p.bureauB)+`}`).Status)
	for account, note := range map[string]string{p.bureauA + ".editor": "null", p.bureauB + ".editor": `"内部"`, "manager": `"内部"`} {
		r := p.signedIn(t, account).Get(t, projectPath(p.own)+"?asOf=2026-07")
		require.Equal(t, http.StatusOK, r.Status, "%s", r.Body)
		require.JSONEq(t, note, member(t, r, "internalNote"), account)
		require.NotContains(t, member(t, r, "allowed"), "update", account)
		require.JSONEq(t, "false", member(t, r, "mine"), account)
		require.JSONEq(t, "[]", member(t, r, "legalStages"), account)
	}
}
