package api_test

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"zhongda/api"
	"zhongda/api/apitest"
	"zhongda/domain"
)

// judged applies the published rule to every project, as the daily job does.
func (p *product) judged(t testing.TB) {
	t.Helper()
	_, err := p.service.RefreshLights(t.Context())
	require.NoError(t, err)
}

// TestEveryNumberOfTheLightsIsTheTotalOfItsList follows each count of the dashboard and of the facets to the list it links.
func TestEveryNumberOfTheLightsIsTheTotalOfItsList(t *testing.T) {
	t.Parallel()
	p := newProduct(t)
	p.Exec(t, `UPDATE project SET standing = 'paused', standing_reason = 'r', standing_since = '2026-01-01' WHERE id % 11 = 0`)
	p.Exec(t, `UPDATE project SET reported_period = '2026-03-01', owner_light = (ARRAY['green', 'yellow', 'red'])[id % 3 + 1] WHERE id % 2 = 0`)
	p.Exec(t, `UPDATE project SET created_at = '2025-01-01', stage = 'implementation' WHERE id % 3 = 0`)
	p.judged(t)
	p.Exec(t, `UPDATE project SET reviewer_light = 'yellow', reviewer_text = '核实', reviewer_light_by = 'x', reviewer_light_at = now(),
		reviewer_saw = rule_light || '/' || owner_light WHERE id % 7 = 0`)
	manager := p.signedIn(t, "manager")
	total := func(query url.Values) int {
		t.Helper()
		query.Set("limit", "1")
		query.Set("withTotal", "true")
		r := manager.Get(t, "/api/v1/projects?"+query.Encode())
		require.Equal(t, http.StatusOK, r.Status, "%s", r.Body)
		return *apitest.Decode[api.ProjectPage](t, r).Total
	}
	for _, narrowed := range []url.Values{{}, {"stage": {"implementation"}}} {
		lights := apitest.Decode[api.Pipeline](t, manager.Get(t, "/api/v1/pipeline?"+narrowed.Encode())).Lights
		facets := apitest.Decode[api.ProjectFacets](t, manager.Get(t, "/api/v1/projects/facets?"+narrowed.Encode()))
		all := 0
		for _, light := range domain.RuleLights() {
			query := url.Values{"stage": narrowed["stage"], "ruleLight": {string(light)}}
			require.Equal(t, total(query), lights.Rule[light], light)
			require.Equal(t, lights.Rule[light], facetCount(facets.RuleLight, string(light)), light)
			all += lights.Rule[light]
			sum := 0
			for _, line := range lights.ByCategory {
				sum += line.Rule[light]
				query.Set("category", line.Category.Code)
				require.Equal(t, total(query), line.Rule[light], "%s %s", line.Category.Code, light)
			}
			require.Equal(t, lights.Rule[light], sum, light)
		}
		require.Equal(t, total(url.Values{"stage": narrowed["stage"]}), all, "every project has one verdict")
		for _, light := range domain.Lights() {
			require.Equal(t, total(url.Values{"stage": narrowed["stage"], "ownerLight": {string(light)}}), lights.Owner[light], light)
			require.Equal(t, lights.Owner[light], facetCount(facets.OwnerLight, string(light)), light)
		}
		for _, kind := range domain.Disagreements() {
			query := url.Values{"stage": narrowed["stage"], "disagree": {string(kind)}}
			require.Positive(t, lights.Disagreements[kind], kind)
			require.Equal(t, total(query), lights.Disagreements[kind], kind)
			require.Equal(t, lights.Disagreements[kind], facetCount(facets.Disagree, string(kind)), kind)
			query.Set("withTotal", "true")
			query.Set("limit", "200")
			queue := apitest.Decode[api.Page[api.DisagreeingProject]](t, manager.Get(t, "/api/v1/lights/disagreements?"+query.Encode()))
			require.Equal(t, lights.Disagreements[kind], *queue.Total)
			for _, row := range queue.Items {
				require.Contains(t, row.Disagreements, kind, row.Project.Code)
			}
		}
	}
}

func facetCount(facets []api.Facet, key string) int {
	if i := slices.IndexFunc(facets, func(f api.Facet) bool { return f.Key == key }); i >= 0 {
		return facets[i].Count
	}
	return 0
}

// The queue is read page by page, the reddest first, without a gap or a repetition.
func TestTheDisagreementsComeReddestFirst(t *testing.T) {
	t.Parallel()
	p := newProduct(t)
	p.Exec(t, `UPDATE project SET created_at = CASE id % 2 WHEN 0 THEN '2025-01-01' ELSE '2026-03-01' END::timestamptz, stage = 'preliminary', owner_light = 'green'
		WHERE id % 5 < 3`)
	p.judged(t)
	reviewer := p.signedIn(t, "drc.reviewer1")
	var seen []int64
	var lights []string
	for cursor := ""; ; {
		page := apitest.Decode[api.Page[api.DisagreeingProject]](t, reviewer.Get(t, "/api/v1/lights/disagreements?limit=30&cursor="+cursor))
		for _, row := range page.Items {
			seen = append(seen, row.Project.ID)
			lights = append(lights, string(*row.RuleLight))
			require.NotEmpty(t, row.Clauses)
			for _, clause := range row.Clauses {
				require.NotContains(t, clause.Sentence, "{", "every blank is filled")
			}
		}
		if page.NextCursor == nil {
			break
		}
		cursor = *page.NextCursor
	}
	require.Equal(t, p.Text(t, `SELECT string_agg(id::text, ',' ORDER BY CASE rule_light WHEN 'red' THEN 0 ELSE 1 END, id) FROM project
		WHERE rule_light IN ('red', 'yellow') AND owner_light = 'green'`), joined(seen))
	require.True(t, slices.IsSorted(lights), "red before yellow")
	require.Contains(t, lights, "yellow")
	require.Contains(t, lights, "red")
}

func joined(ids []int64) (text string) {
	for i, id := range ids {
		if i > 0 {
			text += ","
		}
		text += fmt.Sprint(id)
	}
	return text
}

// What is published arrives whole, reads as sentences in both languages, and judges at once.
func TestEveryFieldOfTheRuleArrives(t *testing.T) {
	t.Parallel()
	p := newProduct(t)
	require.ElementsMatch(t, []string{"validFrom", "behindYellow", "behindRed", "startYellow", "startRed", "missedYellow", "missedRed", "note"},
		api.RequestFields("publishLightRule"))
	reviewer := p.signedIn(t, "drc.reviewer1")
	body := `{"validFrom":"2026-07-01","behindYellow":"7.5","behindRed":"22.5","startYellow":1,"startRed":4,"missedYellow":2,"missedRed":5,"note":"收紧"}`
	r := reviewer.Post(t, "/api/v1/lights/rule", body)
	require.Equal(t, http.StatusOK, r.Status, "%s", r.Body)
	rules := apitest.Decode[api.LightRules](t, r)
	require.Equal(t, rules.InForce, rules.Versions[0])
	require.Len(t, rules.Versions, 2)
	inForce := rules.InForce
	require.Equal(t, "2 2026-07-01 7.5 22.5 1 4 2 5 收紧 drc.reviewer1", fmt.Sprint(inForce.Version, " ", inForce.ValidFrom, " ", inForce.BehindYellow, " ", inForce.BehindRed,
		" ", inForce.StartYellow, " ", inForce.StartRed, " ", inForce.MissedYellow, " ", inForce.MissedRed, " ", inForce.Note, " ", inForce.PublishedBy))
	require.Contains(t, inForce.Text[0], "落后 7.5 至 22.5 个百分点")
	require.Contains(t, inForce.Text[1], "满 1 个月亮黄灯，满 4 个月亮红灯")
	english := reviewer.Do(t, apitest.Request{Method: http.MethodGet, Path: "/api/v1/lights/rule", Headers: map[string]string{"Accept-Language": "en"}})
	for _, line := range apitest.Decode[api.LightRules](t, english).InForce.Text {
		require.NotRegexp(t, `\p{Han}|\{`, line)
	}
	require.Equal(t, "2", p.Text(t, "SELECT string_agg(DISTINCT rule_light_version::text, ',') FROM project"), "every project was judged by it")
	for body, want := range map[string]string{
		`{"validFrom":"2026-06-30","behindYellow":"5","behindRed":"20","startYellow":0,"startRed":3,"missedYellow":1,"missedRed":2,"note":"补"}`: "validFrom",
		`{"validFrom":"2026-07-01","behindYellow":"20","behindRed":"5","startYellow":0,"startRed":3,"missedYellow":1,"missedRed":2,"note":"反"}`: "behindRed",
	} {
		r := reviewer.Post(t, "/api/v1/lights/rule", body)
		require.Equal(t, http.StatusUnprocessableEntity, r.Status, "%s", r.Body)
		require.Contains(t, string(r.Body), want)
	}
}

// The clerk's answer: each light, who gave it, what it rests on, in sentences.
func TestEveryFieldOfAReviewArrives(t *testing.T) {
	t.Parallel()
	p := newProduct(t)
	require.ElementsMatch(t, []string{"light", "text", "ruleLight", "ownerLight", "reviewerLight"}, api.RequestFields("setReviewerLight"))
	p.Exec(t, "UPDATE project SET owner_light = 'green', reported_period = '2026-06-01' WHERE id = $1", p.own)
	p.judged(t)
	reviewer := p.signedIn(t, "drc.reviewer1")
	path := projectPath(p.own)
	put := func(body string) apitest.Response {
		return reviewer.Do(t, apitest.Request{Method: http.MethodPut, Path: path + "/reviewer-light", Body: body})
	}
	rule := p.Text(t, "SELECT rule_light FROM project WHERE id = $1", p.own)
	r := put(fmt.Sprintf(`{"light":"yellow","text":"用地尚未交付","ruleLight":%q,"ownerLight":"green","reviewerLight":null}`, rule))
	require.Equal(t, http.StatusOK, r.Status, "%s", r.Body)
	stale := put(fmt.Sprintf(`{"light":"red","text":"用地尚未交付","ruleLight":%q,"ownerLight":"red","reviewerLight":"yellow"}`, rule))
	require.Equal(t, http.StatusConflict, stale.Status, "%s", stale.Body)
	require.Contains(t, string(stale.Body), "与您所看的不一致")
	r = reviewer.Get(t, path+"/light")
	lights := apitest.Decode[api.ProjectLights](t, r)
	require.Equal(t, "yellow 用地尚未交付 drc.reviewer1 true", fmt.Sprint(lights.Reviewer.Light, " ", *lights.Reviewer.Words, " ", lights.Reviewer.By, " ", lights.Reviewer.Settled))
	require.Equal(t, domain.LightGreen, lights.Owner.Light)
	require.Equal(t, rule, string(lights.Rule.Light))
	require.Equal(t, 1, lights.Rule.Rule.Version)
	require.Equal(t, domain.LightByReviewer, lights.History[0].Kind)
	require.Equal(t, []domain.Disagreement{domain.DisagreementDiffers}, lights.Disagreements)
	require.True(t, lights.MayReview)
	foreign := apitest.Decode[api.ProjectLights](t, p.signedIn(t, p.bureauB+".editor").Get(t, path+"/light"))
	require.Nil(t, foreign.Reviewer.Words)
	require.False(t, foreign.MayReview)
}
