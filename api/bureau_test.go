package api_test

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"zhongda/api"
	"zhongda/api/apitest"
)

// TestABureauCannotChangeAnothers tries every way in as the editor and the lead of bureau A.
func TestABureauCannotChangeAnothers(t *testing.T) {
	t.Parallel()
	p := newProduct(t)
	ownName := p.Text(t, "SELECT name FROM organisation WHERE code = $1", p.bureauA)
	ownerName := p.Text(t, "SELECT name FROM organisation WHERE code = $1", p.bureauB)
	foreignStep, ownStep := p.milestone(t, p.foreign), p.milestone(t, p.own)
	ownID, foreignID := p.organisation(t, p.bureauA), p.organisation(t, p.bureauB)
	foreignPath, ownPath := projectPath(p.foreign), projectPath(p.own)
	cityID := p.Text(t, "SELECT id FROM organisation WHERE parent_id IS NULL")
	browsers := map[string]*apitest.Client{"editor": p.signedIn(t, p.bureauA+".editor"), "lead": p.signedIn(t, p.bureauA+".lead")}
	const notOwn, missing, outside, absent = "not_own_project", "role_missing", "assign_outside", "milestone_not_found"
	for _, c := range []struct{ method, path, body, editor, lead string }{
		{"PATCH", foreignPath, `{"summary":"改"}`, notOwn, notOwn},
		{"PATCH", foreignPath, `{"internalNote":"改","constructionUnit":"改","nationalCode":""}`, notOwn, notOwn},
		{"PATCH", foreignPath, `{"estimate":{"value":"1"},"budget":{"value":"1"},"finalAccount":{"value":"1"}}`, notOwn, notOwn},
		{"PATCH", foreignPath, `{}`, notOwn, notOwn},
		{"PATCH", foreignPath, `{"ownerOrganisationId":` + ownID + `}`, notOwn, notOwn},
		{"PATCH", foreignPath, `{"summary":"改","ownerOrganisationId":` + ownID + `}`, notOwn, notOwn},
		{"PATCH", ownPath, `{"ownerOrganisationId":` + foreignID + `}`, missing, outside},
		{"PATCH", ownPath, `{"ownerOrganisationId":` + cityID + `}`, missing, outside},
		{"PATCH", ownPath, `{"summary":"改","ownerOrganisationId":` + foreignID + `}`, missing, outside},
		{"POST", foreignPath + "/confirmation", `{"owner":true,"stage":true}`, missing, notOwn},
		{"POST", foreignPath + "/stage", `{"to":"conceived","reason":"r","evidence":""}`, missing, missing},
		{"POST", ownPath + "/stage", `{"to":"conceived","reason":"r","evidence":""}`, missing, missing},
		{"POST", foreignPath + "/standing", `{"to":"paused","reason":"r","document":""}`, missing, missing},
		{"POST", ownPath + "/standing", `{"to":"exited","reason":"r","document":"d"}`, missing, missing},
		{"POST", foreignPath + "/milestones", `{"kind":"start","name":"开工"}`, notOwn, notOwn},
		{"PATCH", fmt.Sprintf("%s/milestones/%d", foreignPath, foreignStep), `{"actual":"2026-06-30"}`, notOwn, notOwn},
		{"PATCH", fmt.Sprintf("%s/milestones/%d", foreignPath, ownStep), `{"actual":"2026-06-30"}`, notOwn, notOwn},
		{"PATCH", fmt.Sprintf("%s/milestones/%d", ownPath, foreignStep), `{"actual":"2026-06-30"}`, absent, absent},
		{"GET", foreignPath + "/history", "", notOwn, notOwn},
	} {
		for role, want := range map[string]string{"editor": c.editor, "lead": c.lead} {
			story := fmt.Sprintf("%s %s %s as %s", c.method, c.path, c.body, role)
			before, refused := p.fingerprint(t), p.refusals(t)
			r := browsers[role].Do(t, apitest.Request{Method: c.method, Path: c.path, Headers: at(1), Body: bodyOrNone(c.body)})
			refusal := problem(t, r)
			require.Equal(t, want, refusal.Code, story)
			require.Equal(t, before, p.fingerprint(t), story)
			if want == absent {
				continue
			}
			require.Equal(t, http.StatusForbidden, r.Status, story)
			require.Equal(t, refused+1, p.refusals(t), story)
			require.Equal(t, p.bureauA+"."+role+" "+want, p.Text(t, "SELECT actor || ' ' || reason FROM audit_record ORDER BY id DESC LIMIT 1"), story)
			if want == notOwn {
				require.Equal(t, "该项目的责任单位是"+ownerName+"，不在"+ownName+"管理范围内，您只能查看，不能修改。", refusal.Detail)
			}
		}
	}
}

func bodyOrNone(body string) any {
	if body == "" {
		return nil
	}
	return body
}

// TestTheInternalNoteStaysInTheHouse plants a word in bureau B's internal note and looks for it in every answer that
// bureau A can get.
func TestTheInternalNoteStaysInTheHouse(t *testing.T) {
	t.Parallel()
	const sentinel = "ZZB-7f3"
	p := newProduct(t)
	editorB := p.signedIn(t, p.bureauB+".editor")
	r := p.patch(t, editorB, p.foreign, map[string]string{"internalNote": "仅供内部：" + sentinel})
	require.Equal(t, http.StatusOK, r.Status, "%s", r.Body)

	sees := func(c *apitest.Client, path string) bool {
		return strings.Contains(string(c.Get(t, path).Body), sentinel)
	}
	for _, username := range []string{p.bureauB + ".editor", "drc.reviewer1", "manager"} {
		c := p.signedIn(t, username)
		require.True(t, sees(c, projectPath(p.foreign)), username)
		require.True(t, sees(c, projectPath(p.foreign)+"/history"), username)
	}
	filters := url.Values{"q": {sentinel}, "withTotal": {"true"}}
	for _, role := range []string{"editor", "lead"} {
		c := p.signedIn(t, p.bureauA+"."+role)
		paths := []string{
			projectPath(p.foreign), projectPath(p.foreign) + "/access", projectPath(p.foreign) + "/history", projectPath(p.own),
			"/api/v1/projects/facets", "/api/v1/projects/facets?q=" + sentinel, "/api/v1/pipeline", "/api/v1/pipeline?q=" + sentinel, "/api/v1/projects/timeline", "/api/v1/projects/places",
			"/api/v1/organisations", "/api/v1/projects?" + filters.Encode(),
		}
		for _, sort := range []string{"", "name", "-updated", "-investment", "slip"} {
			paths = append(paths, p.pages(t, c, "/api/v1/projects?limit=200&sort="+sort)...)
		}
		for _, path := range paths {
			require.False(t, sees(c, path), "%s of %s", path, role)
		}
		found := apitest.Decode[api.ProjectPage](t, c.Get(t, "/api/v1/projects?"+filters.Encode()))
		require.Empty(t, found.Items, "the word finds nothing")
		require.Zero(t, *found.Total)
		detail := apitest.Decode[api.ProjectDetail](t, c.Get(t, projectPath(p.foreign)))
		require.Nil(t, detail.InternalNote)
		require.Equal(t, "shared", detail.View)
		require.Empty(t, apitest.Decode[api.Explanation](t, c.Get(t, projectPath(p.foreign)+"/access")).Editors)
	}
}

// pages are the addresses of every page of a list.
func (p *product) pages(t *testing.T, c *apitest.Client, path string) []string {
	t.Helper()
	all := []string{path}
	for {
		page := apitest.Decode[api.ProjectPage](t, c.Get(t, all[len(all)-1]))
		require.NotEmpty(t, page.Items)
		if page.NextCursor == nil {
			return all
		}
		all = append(all, path+"&cursor="+url.QueryEscape(*page.NextCursor))
	}
}

// A list counts what it shows, and "mine" is what the tree says.
func TestCountsAreOfWhatIsShown(t *testing.T) {
	t.Parallel()
	p := newProduct(t)
	c := p.signedIn(t, p.bureauA+".editor")
	for query, where := range map[string]string{
		"":                                   "true",
		"mine=true":                          "owner_organisation_id = (SELECT id FROM organisation WHERE code = '" + p.bureauA + "')",
		"stage=implementation&stage=reserve": "stage IN ('implementation', 'reserve')",
		"owner=" + p.bureauB:                 "owner_organisation_id = (SELECT id FROM organisation WHERE code = '" + p.bureauB + "')",
	} {
		want := int(p.number(t, "SELECT count(*) FROM project WHERE "+where))
		require.Positive(t, want, query)
		shown := 0
		for _, path := range p.pages(t, c, "/api/v1/projects?limit=100&"+query) {
			shown += len(apitest.Decode[api.ProjectPage](t, c.Get(t, path)).Items)
		}
		require.Equal(t, want, shown, query)
		page := apitest.Decode[api.ProjectPage](t, c.Get(t, "/api/v1/projects?limit=1&withTotal=true&"+query))
		require.Equal(t, want, *page.Total, query)
		require.Equal(t, want, apitest.Decode[api.Pipeline](t, c.Get(t, "/api/v1/pipeline?"+query)).Projects, query)
	}
}

// Who asks "why may I (not)?" gets a sentence, in the language asked for, that names the owner.
func TestTheExplanationIsASentence(t *testing.T) {
	t.Parallel()
	p := newProduct(t)
	c := p.signedIn(t, p.bureauA+".editor")
	owner := func(column string) string {
		return p.Text(t, "SELECT "+column+" FROM organisation WHERE code = $1", p.bureauB)
	}
	for language, sentences := range map[string][2]string{
		"zh": {"责任单位" + owner("name") + "不属于", "您的角色没有此项权限（需要：单位负责人）。"},
		"en": {"The owner, " + owner("name_en") + ", does not belong to", "Your role does not hold this (it takes: bureau lead)."},
	} {
		c.Headers["Accept-Language"] = language
		e := apitest.Decode[api.Explanation](t, c.Get(t, projectPath(p.foreign)+"/access"))
		said := map[string]string{}
		for _, d := range e.Decisions {
			require.NotContains(t, d.Sentence, "{", d.Permission)
			said[string(d.Permission)] = d.Sentence
		}
		require.Contains(t, said["project:update"], sentences[0])
		require.Equal(t, sentences[1], said["project:confirm"])
		require.Equal(t, p.bureauB, e.OwnerPath[len(e.OwnerPath)-1].Code)
	}
	p.Exec(t, `UPDATE project SET standing = 'exited', standing_reason = 'r', standing_document = 'd', standing_since = '2026-06-30' WHERE id = $1`, p.foreign)
	rules := map[string]string{}
	for _, username := range []string{p.bureauA + ".editor", "drc.reviewer1"} {
		for _, path := range []string{projectPath(p.own), projectPath(p.foreign)} {
			for _, d := range apitest.Decode[api.Explanation](t, p.signedIn(t, username).Get(t, path+"/access")).Decisions {
				require.True(t, strings.ContainsFunc(d.Sentence, isHan), "%s reads %q", d.Rule, d.Sentence)
				rules[d.Rule] = d.Sentence
			}
		}
	}
	require.Len(t, rules, 5, "every rule was met: %v", rules)
}
