package api_test

import (
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"zhongda/api"
	"zhongda/api/apitest"
)

func TestAccessMatrix(t *testing.T) {
	t.Parallel()
	p := newProduct(t)
	browsers := p.everyActor(t)
	started := p.signedIn(t, p.bureauB+".editor").Post(t, projectPath(p.foreign)+"/reports", `{"period":"2026-06"}`)
	require.Equal(t, http.StatusCreated, started.Status, "%s", started.Body)
	raised := p.signedIn(t, p.bureauB+".editor").Post(t, projectPath(p.foreign)+"/issues", strings.ReplaceAll(
		`{"type":"sea","title":"用海","text":"用海审批","responsibleOrganisationId":{B},"level":"city","due":"2026-08-01"}`, "{B}", p.organisation(t, p.bureauB)))
	require.Equal(t, http.StatusCreated, raised.Status, "%s", raised.Body)
	p.Exec(t, "UPDATE project SET stage_provisional = false WHERE id = $1", p.foreign)
	started = p.signedIn(t, p.bureauB+".editor").Post(t, projectPath(p.foreign)+"/requests", `{"kind":"rebaseline"}`)
	require.Equal(t, http.StatusCreated, started.Status, "%s", started.Body)
	begun := p.signedIn(t, p.bureauB+".editor").Do(t, apitest.Request{
		Method: http.MethodPut, Path: projectPath(p.foreign) + "/investment/2026", Body: `{"planned":{"value":"7"},"funding":[]}`,
	})
	require.Equal(t, http.StatusCreated, begun.Status, "%s", begun.Body)
	routes := map[string]api.Route{}
	for _, r := range api.ProductRoutes() {
		routes[r.Name] = r
	}
	kept := p.signedIn(t, p.bureauB+".lead").Post(t, "/api/v1/views", `{"name":"外单位","page":"table","query":"","shared":true}`)
	require.Equal(t, http.StatusCreated, kept.Status, "%s", kept.Body)
	before := p.fingerprint(t)
	for _, c := range accessMatrix() {
		route, known := routes[c.route]
		require.True(t, known, "%s has a line in the matrix but no route", c.route)
		want := strings.Fields(c.want)
		require.Len(t, want, len(strings.Fields(actors)), "%s %s", c.route, c.object)
		for i, actor := range strings.Fields(actors) {
			story := fmt.Sprintf("%s of %s %s as %s", c.route, c.object, c.body, actor)
			refused := p.refusals(t)
			r := browsers[actor].Do(t, p.request(t, route, c, actor))
			require.Equal(t, want[i], strconv.Itoa(r.Status), "%s: %s", story, r.Body)
			if r.Status >= http.StatusBadRequest {
				problem(t, r)
			}
			hidden := r.Status == http.StatusNotFound && c.object == "foreign" && route.Method != http.MethodGet
			if r.Status == http.StatusForbidden || hidden { // told to be absent, recorded as what it was
				refused++
			}
			require.Equal(t, refused, p.refusals(t), "records of refusal after %s", story)
			after := p.fingerprint(t)
			if r.Status >= http.StatusBadRequest || route.Method == http.MethodGet {
				require.Equal(t, before, after, "%s changed something", story)
			} else if route.Tag != "session" && route.Tag != "notice" { // the inbox is empty
				require.NotEqual(t, before, after, "%s changed nothing", story)
			}
			before = after
		}
	}
}

// TestTheMatrixIsComplete wants a line for every route and, where the path names an object, for each kind of object.
func TestTheMatrixIsComplete(t *testing.T) {
	t.Parallel()
	objects := map[string][]string{}
	for _, c := range accessMatrix() {
		objects[c.route] = append(objects[c.route], c.object)
	}
	for _, r := range api.ProductRoutes() {
		needed := []string{""}
		switch {
		case strings.Contains(r.Path, "/meetings/{id}"): // the city's, not a bureau's
			needed = []string{"own", "none"}
		case strings.Contains(r.Path, "{milestoneId}"):
			needed = []string{"own", "foreign", "crossed", "none"}
		case strings.Contains(r.Path, "{id}"):
			needed = []string{"own", "foreign", "none"}
		}
		for _, object := range needed {
			require.True(t, slices.Contains(objects[r.Name], object), "the access matrix says nothing of %s on %q", r.Name, object)
		}
	}
}

func (p *product) everyActor(t *testing.T) map[string]*apitest.Client {
	t.Helper()
	browsers := map[string]*apitest.Client{"public": p.server.Client(t)}
	for _, actor := range strings.Fields(actors)[1:] {
		browsers[actor] = p.signedIn(t, p.username(actor))
	}
	return browsers
}

func (p *product) username(actor string) string {
	switch actor {
	case "editor", "lead":
		return p.bureauA + "." + actor
	case "reviewer":
		return "drc.reviewer1"
	}
	return actor
}

// request fills a cell's path, version and body for an actor.
func (p *product) request(t *testing.T, route api.Route, c cell, actor string) apitest.Request {
	t.Helper()
	const absent = 999_999_999
	id, milestone, table := int64(absent), int64(absent), "project"
	switch {
	case route.Tag == "user" && c.object == "own":
		id = p.number(t, "SELECT coalesce(max(id), 1) FROM app_user WHERE username = $1", p.username(actor))
	case route.Tag == "user" && c.object == "foreign":
		id = p.number(t, "SELECT id FROM app_user WHERE username = $1", p.bureauB+".editor")
	case c.object == "foreign":
		id, milestone = p.foreign, p.milestone(t, p.foreign)
	case c.object == "own":
		id, milestone = p.own, p.milestone(t, p.own)
	case c.object == "crossed":
		id, milestone = p.own, p.milestone(t, p.foreign)
	case strings.Contains(route.Path, "{milestoneId}"):
		id = p.own
	}
	kept, onKept := keptBelow(route.Path)
	if onKept && id != absent && kept == "meeting" {
		id = p.number(t, "SELECT coalesce(max(id), 999999998) FROM meeting")
	} else if onKept && id != absent {
		id = p.latest(t, kept, id)
	}
	if strings.HasPrefix(route.Path, "/api/v1/attachments/") && id != absent {
		id = p.attachment(t, id)
	}
	if strings.Contains(route.Path, "/views/{id}") && id != absent {
		keeper := p.username(actor)
		if c.object == "foreign" {
			keeper = p.bureauB + ".lead"
		}
		id = p.number(t, "SELECT coalesce(max(v.id), 1) FROM saved_view v JOIN app_user u ON u.id = v.owner_id WHERE u.username = $1", keeper)
		table = "saved_view"
	}
	versioned := id
	if onKept {
		table = kept
	}
	decision := int64(absent)
	if strings.Contains(route.Path, "{decisionId}") {
		if id != absent {
			decision = p.number(t, "SELECT coalesce(max(id), 999999998) FROM meeting_decision WHERE meeting_id = $1", id)
		}
		table, versioned = "meeting_decision", decision
	}
	if route.Tag == "user" {
		table = "app_user"
	}
	if strings.Contains(route.Path, "{milestoneId}") {
		table, versioned = "milestone", milestone
	}
	if strings.Contains(route.Path, "{year}") {
		table, versioned = "investment_plan", p.number(t, "SELECT coalesce(max(id), 1) FROM investment_plan WHERE project_id = $1", id)
	}
	path := strings.NewReplacer("{year}", "2026", "{column}", "13", "{id}", strconv.FormatInt(id, 10), "{milestoneId}", strconv.FormatInt(milestone, 10),
		"{decisionId}", strconv.FormatInt(decision, 10)).Replace(route.Path)
	if route.Name == "callMeeting" {
		path += "?owner=" + p.bureauA
	}
	request := apitest.Request{Method: route.Method, Path: path, Headers: at(p.version(t, table, versioned))}
	if takesFile(route) {
		request.Path += "?name=a.pdf"
		request.Headers["Content-Type"] = "application/octet-stream"
	}
	if c.body != "" {
		report, asked := id, p.latest(t, "request", p.own)
		hashed := table
		if c.object == "" {
			report, hashed = p.latest(t, "report", p.own), "report"
		}
		if hashed != "request" {
			hashed = "report"
		}
		request.Body = strings.NewReplacer("{A}", p.organisation(t, p.bureauA), "{B}", p.organisation(t, p.bureauB),
			"{rule}", p.Text(t, "SELECT coalesce(max(to_json(nullif(rule_light, ''))::text), 'null') FROM project WHERE id = $1", id),
			"{project}", strconv.FormatInt(p.own, 10),
			"{projectVersion}", strconv.FormatInt(p.version(t, "project", p.own), 10), "{report}", strconv.FormatInt(report, 10), "{version}", strconv.FormatInt(p.version(t, hashed, report), 10),
			"{hash}", p.Text(t, "SELECT max(content_hash) FROM "+hashed+" WHERE id = $1", report),
			"{request}", strconv.FormatInt(asked, 10), "{requestVersion}", strconv.FormatInt(p.version(t, "request", asked), 10),
			"{requestHash}", p.Text(t, "SELECT max(content_hash) FROM request WHERE id = $1", asked)).Replace(c.body)
	}
	return request
}

// takesFile says that the body of a route is a file, not JSON.
func takesFile(route api.Route) bool {
	return route.Method == http.MethodPost && strings.HasSuffix(route.Path, "/attachments")
}

// keptBelow is the table of the things that a path selects below the projects: "/reports/{id}".
func keptBelow(path string) (table string, found bool) {
	for part, table := range map[string]string{
		"/reports/{id}": "report", "/requests/{id}": "request", "/issues/{id}": "issue", "/orders/{id}": "supervision_order", "/meetings/{id}": "meeting",
	} {
		if strings.Contains(path, part) {
			return table, true
		}
	}
	return "", false
}

// latest is the latest report, request or the like of a project, or one that nobody has.
func (p *product) latest(t testing.TB, table string, projectID int64) int64 {
	t.Helper()
	return p.number(t, "SELECT coalesce(max(id), 999999998) FROM "+table+" WHERE project_id = $1", projectID)
}

// attachment is the latest attachment of a project, or one that nobody has.
func (p *product) attachment(t testing.TB, projectID int64) int64 {
	t.Helper()
	return p.number(t, "SELECT coalesce(max(id), 999999998) FROM attachment WHERE project_id = $1", projectID)
}

func (p *product) organisation(t *testing.T, code string) string {
	t.Helper()
	return p.Text(t, "SELECT id FROM organisation WHERE code = $1", code)
}
