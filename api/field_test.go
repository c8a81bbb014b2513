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
	"pgregory.net/rapid"

	"zhongda/api"
	"zhongda/api/apitest"
)

// journey is one field sent to several values in turn: each must come back from the answer and from a fresh reading.
// Sent and read are JSON; read is what the field then says, or sent where it is empty.
type journey []struct{ with, sent, read string }

// Nothing a request may carry is lost on its way, and neither is "set to empty", "set to zero" or "set to none".
func TestEveryFieldOfAProjectArrives(t *testing.T) {
	t.Parallel()
	p := newProduct(t)
	amount := journey{
		{"", `{"value":"0"}`, `{"value":"0.00","missing":null}`},
		{"", `{"value":"9999999999999999.99"}`, `{"value":"9999999999999999.99","missing":null}`},
		{"", `{"missing":"not_applicable"}`, `{"value":null,"missing":"not_applicable"}`},
		{"", `{"missing":"withheld","basis":"保密法第二十条"}`, `{"value":null,"missing":"withheld","basis":"保密法第二十条"}`},
		{"", `{"value":null,"missing":"not_filled"}`, `{"value":null,"missing":"not_filled"}`},
	}
	words := journey{{"", `"两行\n文字 <b>&\"'=1+1"`, ""}, {"", `" 前后有空格 "`, ""}, {"", `""`, ""}}
	fields := map[string]journey{
		"constructionUnit": words, "summary": words, "internalNote": words, "estimate": amount, "budget": amount, "finalAccount": amount,
		"nationalCode": {{"", `"2026-440300-48-01-123456"`, ""}, {"", `""`, ""}},
		"ownerOrganisationId": {
			{"", p.organisation(t, p.bureauA), ""}, // read as the owner's id, see owner
		},
	}
	require.ElementsMatch(t, api.RequestFields("updateProject"), slices.Collect(maps.Keys(fields)), "a new field needs a journey")
	lead := p.signedIn(t, p.bureauA+".lead")
	for field, steps := range fields {
		for _, s := range steps {
			body := fmt.Sprintf(`{%q:%s%s}`, field, s.sent, s.with)
			r := p.patch(t, lead, p.own, body)
			require.Equal(t, http.StatusOK, r.Status, "%s: %s", body, r.Body)
			for name, answer := range map[string]apitest.Response{"answer": r, "reading": lead.Get(t, projectPath(p.own))} {
				require.JSONEq(t, orSent(s.read, s.sent), member(t, answer, owner(field)), "%s of %s", name, body)
			}
		}
	}
}

// owner is where an answer shows the field of a request.
func owner(field string) string {
	if field == "ownerOrganisationId" {
		return "owner.id"
	}
	return field
}

func TestEveryFieldOfAMilestoneArrives(t *testing.T) {
	t.Parallel()
	p := newProduct(t)
	editor := p.signedIn(t, p.bureauA+".editor")
	r := editor.Post(t, projectPath(p.own)+"/milestones", `{"kind":"start","name":"开工"}`)
	require.Equal(t, http.StatusCreated, r.Status, "%s", r.Body)
	step := apitest.Decode[api.Milestone](t, r).ID
	path := fmt.Sprintf("%s/milestones/%d", projectPath(p.own), step)
	const why = `,"reasonCode":"design"`
	fields := map[string]journey{
		"name":       {{"", `"正式开工"`, ""}, {"", `"A"`, ""}},
		"phase":      {{"", `"一期"`, ""}, {"", `""`, ""}},
		"reasonText": {{"", `"初步设计修改"`, ""}, {"", `""`, ""}},
		"reasonCode": {{"", `"land"`, ""}, {"", `null`, ""}},
		"actual":     {{"", `"2026-06-30"`, ""}, {"", `null`, ""}},
		"forecast": {
			{"", `{"date":"2027-06-15","precision":"day"}`, ""},
			{why, `{"date":"2027-02-01","precision":"quarter"}`, `{"date":"2027-03-31","precision":"quarter"}`},
			{why, `null`, ""},
		},
		"baseline": {{"", `null`, ""}, {"", `{"date":"2027-06-01","precision":"month"}`, `{"date":"2027-06-30","precision":"month"}`}},
	}
	require.ElementsMatch(t, api.RequestFields("updateMilestone"), slices.Collect(maps.Keys(fields)), "a new field needs a journey")
	for field, steps := range fields {
		for _, s := range steps {
			body := fmt.Sprintf(`{%q:%s%s}`, field, s.sent, s.with)
			r := editor.Do(t, apitest.Request{Method: http.MethodPatch, Path: path, Headers: at(p.version(t, "milestone", step)), Body: body})
			require.Equal(t, http.StatusOK, r.Status, "%s: %s", body, r.Body)
			require.JSONEq(t, orSent(s.read, s.sent), member(t, r, field), body)
			detail := apitest.Decode[api.ProjectDetail](t, editor.Get(t, projectPath(p.own)))
			i := slices.IndexFunc(detail.Milestones, func(m api.Milestone) bool { return m.ID == step })
			fresh, err := json.Marshal(detail.Milestones[i])
			require.NoError(t, err)
			require.JSONEq(t, orSent(s.read, s.sent), member(t, apitest.Response{Body: fresh}, field), "read again after %s", body)
		}
	}
	require.ElementsMatch(t, []string{"kind", "name", "phase", "baseline", "forecast", "actual", "reasonCode", "reasonText"}, api.RequestFields("createMilestone"))
	full := `{"kind":"permit","name":"施工许可","phase":"二期","baseline":{"date":"2026-06-30","precision":"day"},"forecast":{"date":"2026-07-05","precision":"day"},` +
		`"actual":"2026-06-29","reasonCode":"approval","reasonText":"审批"}`
	r = editor.Post(t, projectPath(p.own)+"/milestones", full)
	require.Equal(t, http.StatusCreated, r.Status, "%s", r.Body)
	var sent map[string]json.RawMessage
	require.NoError(t, json.Unmarshal([]byte(full), &sent))
	for field, value := range sent {
		require.JSONEq(t, string(value), member(t, r, field), field)
	}
}

func orSent(read, sent string) string {
	if read == "" {
		return sent
	}
	return read
}

// member is one member of an answer as JSON; "a.b" looks inside.
func member(t testing.TB, r apitest.Response, path string) string {
	t.Helper()
	at := json.RawMessage(r.Body)
	for name := range strings.SplitSeq(path, ".") {
		var object map[string]json.RawMessage
		require.NoError(t, json.Unmarshal(at, &object), "%s", r.Body)
		require.Contains(t, object, name)
		at = object[name]
	}
	return string(at)
}

// TestMoneyIsExactToTheFen sends random amounts over HTTP into the database and back, two at a time.
func TestMoneyIsExactToTheFen(t *testing.T) {
	t.Parallel()
	p := newProduct(t)
	editor := p.signedIn(t, p.bureauA+".editor")
	fen := rapid.Int64Range(0, 999_999_999_999_999_999)
	yuan := func(n int64) string { return fmt.Sprintf("%d.%02d", n/100, n%100) }
	rapid.Check(t, func(r *rapid.T) {
		estimate, budget := yuan(fen.Draw(r, "estimate")), yuan(fen.Draw(r, "budget"))
		sent := fmt.Sprintf(`{"estimate":{"value":%q},"budget":{"value":%q}}`, estimate, budget)
		require.Equal(t, http.StatusOK, p.patch(t, editor, p.own, sent).Status)
		require.Equal(t, estimate+" "+budget, p.Text(t, "SELECT estimate || ' ' || budget FROM project WHERE id = $1", p.own))
		read := apitest.Decode[api.ProjectDetail](t, editor.Get(t, projectPath(p.own)))
		require.Equal(t, estimate, read.Estimate.Value.String())
		require.Equal(t, budget, read.Budget.Value.String())
		require.Equal(t, budget, read.Investment.Value.String(), "the budget binds more than the estimate")
	})
}

// A sum is that of PostgreSQL's own exact arithmetic, and says what it covers.
func TestSumsAreExactAndStateTheirCoverage(t *testing.T) {
	t.Parallel()
	p := newProduct(t)
	p.Exec(t, `UPDATE project SET estimate = 9999999999999999.99 - id * 0.01, estimate_missing = '' WHERE id % 3 = 0`)
	p.Exec(t, `UPDATE project SET budget = id * 1000000.01, budget_missing = '' WHERE id % 5 = 0`)
	sum := member(t, p.signedIn(t, "manager").Get(t, "/api/v1/pipeline"), "investment")
	require.JSONEq(t, p.Text(t, `SELECT json_build_object('total', sum(investment)::text, 'filled', count(investment), 'of', count(*))
		FROM (SELECT coalesce(final_account, budget, estimate) AS investment FROM project) figures`), sum)
}
