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

// startedRequest is the draft of a request of one's own project, whose stage is confirmed.
func (p *product) startedRequest(t testing.TB, editor *apitest.Client, kind string) api.ProjectRequest {
	t.Helper()
	p.Exec(t, "UPDATE project SET stage_provisional = false, stage = 'reserve' WHERE id = $1", p.own)
	r := editor.Post(t, projectPath(p.own)+"/requests", fmt.Sprintf(`{"kind":%q}`, kind))
	require.Equal(t, http.StatusCreated, r.Status, "%s", r.Body)
	request := apitest.Decode[api.ProjectRequest](t, r)
	require.Equal(t, requestPath(request.ID), r.Header.Get("Location"))
	require.Equal(t, `"1"`, r.Header.Get("ETag"))
	return request
}

func requestPath(id int64) string { return fmt.Sprintf("/api/v1/requests/%d", id) }

// onRequest does something with a request at its present version.
func (p *product) onRequest(t testing.TB, c *apitest.Client, id int64, method, below string, body any) apitest.Response {
	t.Helper()
	return c.Do(t, apitest.Request{Method: method, Path: requestPath(id) + below, Headers: at(p.version(t, "request", id)), Body: body})
}

// Nothing that a request may carry is lost on its way, nor is clearing it again.
func TestEveryFieldOfARequestArrives(t *testing.T) {
	t.Parallel()
	p := newProduct(t)
	editor := p.signedIn(t, p.bureauA+".editor")
	step := p.milestone(t, p.own)
	kinds := map[string]map[string]journey{
		"gate": {"reason": {{"", `"两行\n文字 <b>&\"'=1+1"`, ""}, {"", `""`, ""}}},
		"exit": {
			"document":   {{"", `"会议纪要〔2026〕8号"`, ""}, {"", `""`, ""}},
			"exitKind":   {{"", `"split"`, ""}, {"", `null`, ""}},
			"successors": {{"", `["SZ-1","SZ-2"]`, ""}, {"", `[]`, ""}},
		},
		"pause":      {"expectedUntil": {{"", `"2027-03-31"`, ""}, {"", `null`, ""}}},
		"rebaseline": {},
	}
	fields := []string{"items", "baselines"}
	for kind, journeys := range kinds {
		request := p.startedRequest(t, editor, kind)
		fields = append(fields, slices.Collect(maps.Keys(journeys))...)
		for field, steps := range journeys {
			for _, s := range steps {
				r := p.onRequest(t, editor, request.ID, http.MethodPatch, "", fmt.Sprintf(`{%q:%s}`, field, s.sent))
				require.Equal(t, http.StatusOK, r.Status, "%s: %s", field, r.Body)
				for name, answer := range map[string]apitest.Response{"answer": r, "reading": editor.Get(t, requestPath(request.ID))} {
					require.JSONEq(t, orSent(s.read, s.sent), member(t, answer, field), "%s of %s", name, field)
				}
			}
		}
		if kind == "gate" {
			r := p.onRequest(t, editor, request.ID, http.MethodPatch, "", `{"items":[{"code":"site","verdict":"yes","reason":"已定","documentName":"选址意见","documentNumber":"1号","documentDate":"2026-06-30"}]}`)
			require.Equal(t, http.StatusOK, r.Status, "%s", r.Body)
			line := apitest.Decode[api.ProjectRequest](t, r).Items[1]
			require.Equal(t, "yes 已定 选址意见 1号 2026-06-30 true", fmt.Sprint(*line.Verdict, " ", line.Reason, " ", line.DocumentName, " ", line.DocumentNumber, " ", line.DocumentDate.String(), " ", line.Explanation != ""))
		}
		if kind == "rebaseline" {
			sent := fmt.Sprintf(`{"baselines":[{"milestoneId":%d,"baseline":{"date":"2031-02-01","precision":"quarter"},"reasonCode":"policy","reasonText":"规划调整"}]}`, step)
			r := p.onRequest(t, editor, request.ID, http.MethodPatch, "", sent)
			require.Equal(t, http.StatusOK, r.Status, "%s", r.Body)
			line := apitest.Decode[api.ProjectRequest](t, r).Baselines[0]
			require.Equal(t, "2030-12-31 2030-12-31 2031-03-31 quarter policy 规划调整", fmt.Sprint(line.Original.Date.String(), " ", line.Before.Date.String(), " ",
				line.Baseline.Date.String(), " ", line.Baseline.Precision, " ", *line.ReasonCode, " ", line.ReasonText))
		}
		require.Equal(t, http.StatusOK, p.onRequest(t, editor, request.ID, http.MethodPost, "/cancellation", nil).Status)
	}
	require.ElementsMatch(t, api.RequestFields("updateRequest"), fields, "a new field needs a journey")
}

// A request goes the whole way: what lacks is said field by field, the approval has its number, the page shows both ways.
func TestAProjectEndsByRequest(t *testing.T) {
	t.Parallel()
	p := newProduct(t)
	editor, lead, reviewer := p.signedIn(t, p.bureauA+".editor"), p.signedIn(t, p.bureauA+".lead"), p.signedIn(t, "drc.reviewer1")
	request := p.startedRequest(t, editor, "exit")
	require.Equal(t, "request_open", codes(t, editor.Post(t, projectPath(p.own)+"/requests", `{"kind":"exit"}`)))
	lacking := p.onRequest(t, lead, request.ID, http.MethodPost, "/submission", nil)
	require.Equal(t, "invalid reason:required exitKind:required document:document_required", codes(t, lacking))
	heir := p.Text(t, "SELECT code FROM project WHERE id = $1", p.foreign)
	body := fmt.Sprintf(`{"reason":"并入统筹建设","document":"会议纪要〔2026〕8号","exitKind":"merged","successors":[%q]}`, heir)
	require.Equal(t, http.StatusOK, p.onRequest(t, editor, request.ID, http.MethodPatch, "", body).Status)
	submitted := apitest.Decode[api.ProjectRequest](t, p.onRequest(t, lead, request.ID, http.MethodPost, "/submission", nil))
	queue := apitest.Decode[api.Page[api.Waiting]](t, reviewer.Get(t, "/api/v1/review/queue?kind=exit&withTotal=true"))
	require.Equal(t, 1, *queue.Total)
	require.Nil(t, queue.Items[0].Report)
	require.Equal(t, submitted.Hash, queue.Items[0].Request.Hash)
	require.Empty(t, apitest.Decode[api.Page[api.Waiting]](t, reviewer.Get(t, "/api/v1/review/queue?kind=report")).Items)
	r := p.onRequest(t, reviewer, request.ID, http.MethodPost, "/decision", fmt.Sprintf(`{"action":"approve","hash":%q}`, submitted.Hash))
	require.Equal(t, http.StatusOK, r.Status, "%s", r.Body)
	require.Equal(t, "JD-2026-0001", *apitest.Decode[api.ProjectRequest](t, r).Number)

	page := apitest.Decode[api.ProjectDetail](t, editor.Get(t, projectPath(p.own)))
	require.Equal(t, heir+" merged", page.Successors[0].Code+" "+string(*page.Successors[0].Relation))
	page = apitest.Decode[api.ProjectDetail](t, editor.Get(t, projectPath(p.foreign)))
	require.Equal(t, p.own, page.Predecessors[0].ID)
	exits := apitest.Decode[api.Page[api.Exit]](t, p.signedIn(t, "manager").Get(t, "/api/v1/exits?kind=merged"))
	require.Equal(t, "JD-2026-0001 会议纪要〔2026〕8号 "+heir, fmt.Sprint(*exits.Items[0].Number, " ", exits.Items[0].Document, " ", exits.Items[0].Successors[0].Code))
	list := apitest.Decode[api.ProjectRequests](t, lead.Get(t, projectPath(p.own)+"/requests"))
	require.Equal(t, "approved exit JD-2026-0001 0", fmt.Sprint(list.Requests[0].State, " ", list.Rulings[0].Kind, " ", *list.Rulings[0].Number, " ", len(list.MayStart)))
}
