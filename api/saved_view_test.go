package api_test

import (
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"zhongda/api"
	"zhongda/api/apitest"
)

// What the list would refuse, a view does not keep: by the same codes, the field named.
func TestAViewKeepsOnlyWhatTheListUnderstands(t *testing.T) {
	t.Parallel()
	p := newProduct(t)
	editor := p.signedIn(t, p.bureauA+".editor")
	for query, want := range map[string]string{
		"stage=finished":               "query.stage oneof",
		"colour=red":                   "query.colour query_unknown",
		"lateBy=0":                     "query.lateBy min",
		"lateBy=soon":                  "query.lateBy",
		"lateBy=1&lateBy=2":            "query.lateBy query_repeated",
		"sort=name;DROP":               "query",
		"sort=-height":                 "query.sort unknown_sort",
		"asOf=2026-05":                 "query.asOf query_unknown", // a view of a past month would go on showing that month
		"cursor=x&limit=5":             "query.cursor query_unknown",
		"q=" + "%25" + "&mine=perhaps": "query.mine",
	} {
		r := editor.Post(t, "/api/v1/views", map[string]any{"name": "视图", "page": "table", "query": query})
		refused := problem(t, r)
		require.Equal(t, http.StatusUnprocessableEntity, r.Status, "%s: %s", query, r.Body)
		require.Contains(t, refused.Errors[0].Field+" "+refused.Errors[0].Code, want, query)
	}
	for body, field := range map[string]string{
		`{"name":"视图","page":"calendar","query":""}`:                                        "page",
		`{"name":"视图","page":"table","query":"","columns":[{"key":"colour"}]}`:              "columns[0].key",
		`{"name":"视图","page":"table","query":"","columns":[{"key":"name","width":601}]}`:    "columns[0].width",
		`{"name":"视图","page":"table","query":"","columns":[{"key":"name","free":{"a":1}}]}`: "columns[0].free",
		`{"name":"视图","page":"table","query":"","columns":[{"key":"name"},{"key":"name"}]}`: "columns[1].key",
		`{"name":"` + fmt.Sprintf("%031d", 0) + `","page":"table","query":""}`:              "name",
		`{"page":"table","query":""}`: "name",
	} {
		require.Equal(t, field, problem(t, editor.Post(t, "/api/v1/views", body)).Errors[0].Field, body)
	}
	require.Equal(t, "0", p.Text(t, "SELECT count(*) FROM saved_view"))
}

// Every parameter of the list that selects projects can be kept, and the view opens the very list.
func TestAViewKeepsEveryFilterOfTheList(t *testing.T) {
	t.Parallel()
	p := newProduct(t)
	lead := p.signedIn(t, p.bureauA+".lead")
	query := url.Values{
		"column": {"3", "7"}, "category": {"water"}, "district": {"440306"}, "owner": {p.bureauA}, "ownerTree": {p.bureauA}, "stage": {"preliminary"},
		"standing": {"active"}, "target": {"completed"}, "commitment": {"建成"}, "provisional": {"true"}, "ruleLight": {"red"}, "ownerLight": {"green"},
		"disagree": {"open"}, "promise": {"kept"}, "report": {"late"}, "supervision": {"unordered"}, "slip": {"over_180"}, "slipAgainst": {"original"},
		"lateBy": {"91"}, "mine": {"true"}, "q": {"地铁 & 水"}, "sort": {"-slip"},
	}
	list := slices.DeleteFunc(api.RequestQuery("listProjects"), func(name string) bool {
		return slices.Contains([]string{"asOf", "cursor", "limit", "until", "withTotal"}, name)
	})
	require.ElementsMatch(t, list, slices.Collect(maps.Keys(query)), "a filter of the list that no view keeps")
	r := lead.Post(t, "/api/v1/views", map[string]any{"name": "全部条件", "page": "map", "query": "?" + query.Encode()})
	require.Equal(t, http.StatusCreated, r.Status, "%s", r.Body)
	kept := apitest.Decode[api.SavedView](t, r)
	require.Equal(t, query.Encode(), kept.Query)
	require.Equal(t, http.StatusOK, lead.Get(t, "/api/v1/projects?"+kept.Query).Status)
}

func TestEveryFieldOfAViewArrives(t *testing.T) {
	t.Parallel()
	p := newProduct(t)
	lead := p.signedIn(t, p.bureauA+".lead")
	r := lead.Post(t, "/api/v1/views", `{"name":"在建","page":"table","query":"stage=implementation"}`)
	require.Equal(t, http.StatusCreated, r.Status, "%s", r.Body)
	id := apitest.Decode[api.SavedView](t, r).ID
	fields := map[string]journey{
		"name":    {{"", `"在建与前期"`, ""}, {"", `"  A  "`, `"A"`}},
		"page":    {{"", `"board"`, ""}, {"", `"timeline"`, ""}},
		"query":   {{"", `"sort=name"`, ""}, {"", `"stage=reserve&column=3"`, `"column=3&stage=reserve"`}, {"", `""`, ""}},
		"columns": {{"", `[{"key":"name","width":200,"pinned":true},{"key":"slip"}]`, ""}, {"", `[]`, ""}},
		"shared":  {{"", `true`, ""}, {"", `false`, ""}},
	}
	require.ElementsMatch(t, api.RequestFields("changeView"), append(slices.Collect(maps.Keys(fields)), "removed"), "a new field needs a journey")
	for field, steps := range fields {
		for _, s := range steps {
			body := fmt.Sprintf(`{%q:%s}`, field, s.sent)
			path := fmt.Sprintf("/api/v1/views/%d", id)
			r := lead.Do(t, apitest.Request{Method: http.MethodPatch, Path: path, Headers: at(p.version(t, "saved_view", id)), Body: body})
			require.Equal(t, http.StatusOK, r.Status, "%s: %s", body, r.Body)
			require.JSONEq(t, orSent(s.read, s.sent), member(t, r, field), body)
			again := apitest.Decode[api.List[api.SavedView]](t, lead.Get(t, "/api/v1/views"))
			require.Equal(t, apitest.Decode[api.SavedView](t, r), again.Items[0], "read again after %s", body)
		}
	}
}
