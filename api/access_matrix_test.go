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

// cell is one line of the access matrix: a route, on which object, with which body, and the status for each kind of
// actor. The object of a project route is one of the editor's own bureau, of another bureau, or none at all; of a user
// route the actor's own account, another's, or none. A crossed milestone is another project's under one's own.
type cell struct{ route, object, body, want string }

// actors are the columns of the matrix. Editor and lead are of the bureau that the own project belongs to.
const actors = "public editor lead reviewer manager sysadmin secadmin auditor"

// accessMatrix says for the whole surface who gets which answer. It is written by hand and on purpose says again what
// the policy says: a route that is not here, or a changed answer, fails the test.
func accessMatrix() []cell {
	const (
		own, foreign, crossed, none = "own", "foreign", "crossed", "none"

		signedIn  = "401 200 200 200 200 200 200 200"
		everybody = "200 200 200 200 200 200 200 200"
		business  = "401 200 200 200 200 403 403 403"
		unknown   = "401 404 404 404 404 403 403 403"
		codelist  = "401 200 200 200 200 200 200 403"
		accounts  = "401 403 403 403 403 200 200 403"
		nobody    = "401 403 403 403 403 403 403 403"
		bureau    = "401 200 200 403 403 403 403 403"
		bureauNew = "401 201 201 403 403 403 403 403"
		bureauNot = "401 404 404 403 403 403 403 403"
		decision  = "401 403 403 200 403 403 403 403"
		undecided = "401 403 403 404 403 403 403 403"
		lead      = "401 403 200 403 403 403 403 403"
		leadNot   = "401 403 404 403 403 403 403 403"
		system    = "401 403 403 403 403 200 403 403"
		systemNot = "401 403 403 403 403 404 403 403"

		facts    = `{"summary":"概况"}`
		toA      = `{"ownerOrganisationId":{A}}`
		toB      = `{"ownerOrganisationId":{B}}`
		confirm  = `{"owner":false,"stage":true}`
		move     = `{"to":"conceived","reason":"重新论证","evidence":""}`
		pause    = `{"to":"paused","reason":"资金未到位","document":""}`
		step     = `{"kind":"start","name":"开工"}`
		stepText = `{"reasonText":"说明"}`
		name     = `{"displayName":"新名"}`
		password = `{"password":"Another-horse-2"}`
		roles    = `{"roles":["bureau_editor"]}`
		june     = `{"period":"2026-06"}`
		filled   = `{"progress":"10","month":{"value":"1"},"year":{"value":"1"},"total":{"value":"1"},"nextSteps":"继续",` +
			`"light":"green","explanation":"前期工作经费，已按批复列支"}`
		myLight   = `{"light":"red","text":"用地未落实","ruleLight":{rule},"ownerLight":"green","reviewerLight":null}`
		noLight   = `{"light":"red","text":"用地未落实","ruleLight":{rule},"ownerLight":null,"reviewerLight":null}`
		lightRule = `{"validFrom":"2026-07-01","behindYellow":"5","behindRed":"20","startYellow":0,"startRed":3,"missedYellow":1,"missedRed":2,"note":"收紧"}`
		approve   = `{"action":"approve","hash":"{hash}"}`
		sendBack  = `{"action":"return","comment":"请补充","items":[{"object":"report","id":{report},"version":{version},"hash":"{hash}"}]}`
		sendOne   = `{"action":"return","comment":"请补充","items":[{"object":"request","id":{request},"version":{requestVersion},"hash":"{requestHash}"}]}`
		resume    = `{"kind":"resume"}`
		dates     = `{"kind":"rebaseline"}`
		because   = `{"reason":"资金已落实"}`
		mistake   = `{"reason":"投资额录入有误，多计一笔"}`
		trouble   = `{"type":"land","title":"用地未交付","text":"红线内两处未交地","responsibleOrganisationId":{A},"level":"district","due":"2026-08-01"}`
		words     = `{"text":"已协调"}`
		proof     = `{"text":"已交付","evidence":"用地批复〔2026〕1号"}`
		again     = `{"text":"仍有一处未交付","due":"2026-09-01"}`
		demand    = `{"demand":"说明原因并提出整改措施","due":"2026-07-15"}`
		meeting   = `{"title":"七月调度会","heldOn":"2026-07-02"}`
		minute    = `{"projectId":{project},"kind":"order","text":"月底前交地","due":"2026-07-31"}`
		held      = "401 403 403 200 200 403 403 403"
		heldNot   = "401 403 403 404 404 403 403 403"
		third     = "401 404 404 200 403 403 403 403" // another bureau's: hidden from this one, the Commission may
		ordered   = "401 403 403 201 403 403 403 403"
		planned   = `{"planned":{"value":"9"},"funding":[{"source":"loan","amount":"4"}]}`
		revised   = `{"planned":{"value":"12"},"funding":[],"reason":"年中追加专项债资金安排"}`
		template  = `{"template":"water","anchorDate":"2027-06-30","precision":"month"}`
		pdf       = `%PDF-1.7`
	)
	return []cell{
		{"getInstance", "", "", everybody},
		{"signIn", "", `{"username":" ","password":"x"}`, "422 422 422 422 422 422 422 422"},
		{"getMe", "", "", "401 200 200 200 200 200 200 200"},
		{"changePassword", "", `{"current":"Wrong-horse-1","new":"Another-horse-2"}`, "401 422 422 422 422 422 422 422"},

		{"getMail", "", "", signedIn},
		{"setMail", "", `{"email":"me@example.org","habit":"immediate"}`, signedIn},
		{"listNotices", "", "", signedIn},
		{"countNotices", "", "", signedIn},
		{"readNotices", "", `{"upTo":1}`, signedIn},

		{"listProjects", "", "", business},
		{"projectFacets", "", "", business},
		{"projectDifferences", "", "", "401 422 422 422 422 403 403 403"}, // from is missing
		{"getProject", own, "", business},
		{"getProject", foreign, "", business},
		{"getProject", none, "", unknown},
		{"updateProject", own, facts, bureau},
		{"updateProject", foreign, facts, nobody},
		{"updateProject", none, facts, "401 404 404 404 403 403 403 403"},
		{"updateProject", own, toA, "401 403 200 200 403 403 403 403"},
		{"updateProject", foreign, toB, decision},
		{"updateProject", foreign, `{"ownerOrganisationId":{B},"summary":"概况"}`, nobody},
		{"confirmProject", own, confirm, "401 403 200 403 403 403 403 403"},
		{"confirmProject", foreign, confirm, nobody},
		{"confirmProject", none, confirm, "401 403 404 403 403 403 403 403"},
		{"moveProject", own, move, decision},
		{"moveProject", foreign, move, decision},
		{"moveProject", none, move, undecided},
		{"setProjectStanding", own, pause, decision},
		{"setProjectStanding", foreign, pause, decision},
		{"setProjectStanding", none, pause, undecided},
		{"projectHistory", own, "", business},
		{"projectHistory", foreign, "", "401 403 403 200 200 403 403 403"},
		{"projectHistory", none, "", unknown},
		{"explainProject", own, "", business},
		{"explainProject", foreign, "", business},
		{"explainProject", none, "", unknown},

		{"createMilestone", own, step, bureauNew},
		{"createMilestone", foreign, step, nobody},
		{"createMilestone", none, step, bureauNot},
		{"updateMilestone", own, stepText, bureau},
		{"updateMilestone", foreign, stepText, nobody},
		{"updateMilestone", crossed, stepText, bureauNot},
		{"updateMilestone", none, stepText, bureauNot},

		{"getWork", "", "", business},
		{"reviewQueue", "", "", business},
		{"listExits", "", "", business},
		{"listGateItems", "", "", codelist},
		{"listReports", own, "", business},
		{"listReports", foreign, "", "401 403 403 200 200 403 403 403"},
		{"listReports", none, "", unknown},
		{"startReport", own, june, "401 201 409 403 403 403 403 403"}, // from here on each line finds what the ones above left
		{"startReport", foreign, june, nobody},
		{"startReport", none, june, bureauNot},
		{"getReport", own, "", business},
		{"getReport", foreign, "", "401 404 404 200 200 403 403 403"},
		{"getReport", none, "", unknown},
		{"updateReport", own, filled, bureau},
		{"updateReport", foreign, filled, bureauNot},
		{"updateReport", none, filled, bureauNot},
		{"submitReport", own, "", lead},
		{"submitReport", foreign, "", leadNot},
		{"submitReport", none, "", leadNot},
		{"withdrawReport", own, "", lead},
		{"withdrawReport", foreign, "", leadNot},
		{"withdrawReport", none, "", leadNot},
		{"submitReport", own, "", lead},
		{"overdueReports", "", "", decision},
		{"urgeReports", "", `{"projectIds":[999999999]}`, decision},
		{"decideMany", "", sendBack, decision},
		{"submitReport", own, "", lead},
		{"decideReport", own, approve, decision},
		{"decideReport", foreign, approve, "401 403 403 409 403 403 403 403"},
		{"decideReport", none, approve, undecided},
		{"correctReport", own, mistake, "401 403 201 403 403 403 403 403"},
		{"correctReport", foreign, mistake, leadNot},
		{"correctReport", none, mistake, leadNot},

		{"listIssues", "", "", business},
		{"rollUpIssues", "", "", business},
		{"raiseIssue", own, trouble, "401 201 201 201 403 403 403 403"}, // the last one is the Commission's, and the one below
		{"raiseIssue", none, trouble, "401 404 404 404 403 403 403 403"},
		{"getIssue", own, "", business},
		{"getIssue", foreign, "", "401 404 404 200 200 403 403 403"},
		{"getIssue", none, "", unknown},
		{"remarkIssue", own, words, "401 200 200 200 403 403 403 403"},
		{"remarkIssue", foreign, words, third},
		{"remarkIssue", none, words, "401 404 404 404 403 403 403 403"},
		{"replyIssue", own, words, bureau},
		{"replyIssue", foreign, words, bureauNot},
		{"replyIssue", none, words, "401 404 404 404 403 403 403 403"},
		{"resolveIssue", own, proof, "401 200 409 403 403 403 403 403"},
		{"resolveIssue", foreign, proof, bureauNot},
		{"resolveIssue", none, proof, "401 404 404 404 403 403 403 403"},
		{"closeIssue", own, words, decision},
		{"closeIssue", foreign, words, "401 403 404 409 403 403 403 403"},
		{"closeIssue", none, words, "401 403 404 404 403 403 403 403"},
		{"reopenIssue", own, again, decision},
		{"reopenIssue", foreign, again, "401 403 404 409 403 403 403 403"},
		{"reopenIssue", none, again, "401 403 404 404 403 403 403 403"},
		{"withdrawIssue", own, words, decision},
		{"withdrawIssue", foreign, words, bureauNot}, // a bureau's own stays with it
		{"withdrawIssue", none, words, "401 404 404 404 403 403 403 403"},
		{"raiseIssue", foreign, trouble, ordered},

		{"listOrders", "", "", business},
		{"issueOrder", own, demand, ordered},
		{"issueOrder", foreign, demand, ordered},
		{"issueOrder", none, demand, undecided},
		{"getOrder", own, "", business},
		{"getOrder", foreign, "", "401 404 404 200 200 403 403 403"},
		{"getOrder", none, "", unknown},
		{"acknowledgeOrder", own, "", lead},
		{"acknowledgeOrder", foreign, "", leadNot},
		{"acknowledgeOrder", none, "", leadNot},
		{"answerOrder", own, proof, lead},
		{"answerOrder", foreign, proof, leadNot},
		{"answerOrder", none, proof, leadNot},
		{"sendBackOrder", own, words, decision},
		{"sendBackOrder", foreign, words, "401 403 403 409 403 403 403 403"},
		{"sendBackOrder", none, words, undecided},
		{"answerOrder", own, proof, lead},
		{"closeOrder", own, words, decision},
		{"closeOrder", foreign, words, "401 403 403 409 403 403 403 403"},
		{"closeOrder", none, words, undecided},
		{"withdrawOrder", own, words, "401 403 403 409 403 403 403 403"},
		{"withdrawOrder", foreign, words, decision},
		{"withdrawOrder", none, words, undecided},

		{"callMeeting", "", meeting, ordered},
		{"listMeetings", "", "", held},
		{"getMeeting", own, "", held},
		{"getMeeting", none, "", heldNot},
		{"startMeeting", own, "", decision},
		{"startMeeting", none, "", undecided},
		{"recordDecision", own, minute, ordered},
		{"recordDecision", none, minute, undecided},
		{"amendDecision", own, words, decision},
		{"amendDecision", none, words, undecided},
		{"confirmDecision", own, "", decision},
		{"confirmDecision", none, "", undecided},
		{"recordDecision", own, minute, ordered},
		{"strikeDecision", own, "", decision},
		{"strikeDecision", none, "", undecided},
		{"finishMeeting", own, "", decision},
		{"finishMeeting", none, "", undecided},
		{"getProjectLights", own, "", business},
		{"getProjectLights", foreign, "", business},
		{"getProjectLights", none, "", unknown},
		{"setReviewerLight", own, myLight, decision},
		{"setReviewerLight", foreign, noLight, decision},
		{"setReviewerLight", none, noLight, undecided},
		{"listDisagreements", "", "", business},
		{"getLightRule", "", "", codelist},
		{"publishLightRule", "", lightRule, decision},
		{"listRequests", own, "", business},
		{"listRequests", foreign, "", "401 403 403 200 200 403 403 403"},
		{"listRequests", none, "", unknown},
		{"startRequest", own, resume, "401 201 409 403 403 403 403 403"}, // the project was paused above
		{"startRequest", foreign, dates, nobody},
		{"startRequest", none, dates, bureauNot},
		{"getRequest", own, "", business},
		{"getRequest", foreign, "", "401 404 404 200 200 403 403 403"},
		{"getRequest", none, "", unknown},
		{"updateRequest", own, because, bureau},
		{"updateRequest", foreign, because, bureauNot},
		{"updateRequest", none, because, bureauNot},
		{"submitRequest", own, "", lead},
		{"submitRequest", foreign, "", leadNot},
		{"submitRequest", none, "", leadNot},
		{"withdrawRequest", own, "", lead},
		{"withdrawRequest", foreign, "", leadNot},
		{"withdrawRequest", none, "", leadNot},
		{"submitRequest", own, "", lead},
		{"decideMany", "", sendOne, decision},
		{"submitRequest", own, "", lead},
		{"decideRequest", own, approve, decision},
		{"decideRequest", foreign, approve, "401 403 403 409 403 403 403 403"},
		{"decideRequest", none, approve, undecided},
		{"startRequest", own, dates, "401 201 409 403 403 403 403 403"},
		{"cancelRequest", own, "", "401 200 409 403 403 403 403 403"},
		{"cancelRequest", foreign, "", bureauNot},
		{"cancelRequest", none, "", bureauNot},
		{"addAttachment", own, pdf, "401 201 409 409 403 403 403 403"}, // the same bytes are kept once
		{"addAttachment", foreign, pdf, "401 403 403 201 403 403 403 403"},
		{"addAttachment", none, pdf, "401 404 404 404 403 403 403 403"},
		{"listAttachments", own, "", business},
		{"listAttachments", foreign, "", "401 403 403 200 200 403 403 403"},
		{"listAttachments", none, "", unknown},
		{"getAttachment", own, "", business},
		{"getAttachment", foreign, "", "401 404 404 200 200 403 403 403"},
		{"getAttachment", none, "", unknown},

		{"getInvestment", "", "", business},
		{"getProjectInvestment", own, "", business},
		{"getProjectInvestment", foreign, "", business},
		{"getProjectInvestment", none, "", unknown},
		{"createInvestmentPlan", own, planned, "401 201 409 403 403 403 403 403"}, // each line finds what the ones above left
		{"createInvestmentPlan", foreign, planned, nobody},
		{"createInvestmentPlan", none, planned, bureauNot},
		{"saveInvestmentPlan", own, planned, bureau},
		{"saveInvestmentPlan", foreign, planned, nobody},
		{"saveInvestmentPlan", none, planned, "401 404 404 404 403 403 403 403"},
		{"confirmInvestmentPlan", own, "", decision},
		{"confirmInvestmentPlan", foreign, "", decision},
		{"confirmInvestmentPlan", none, "", undecided},
		{"reviseInvestmentPlan", own, revised, "401 403 403 201 403 403 403 403"},
		{"reviseInvestmentPlan", foreign, revised, "401 403 403 201 403 403 403 403"},
		{"reviseInvestmentPlan", none, revised, undecided},
		{"applyMilestoneTemplate", own, template, "401 200 409 403 403 403 403 403"},
		{"applyMilestoneTemplate", foreign, template, nobody},
		{"applyMilestoneTemplate", none, template, bureauNot},
		{"listMilestoneTemplates", "", "", codelist},

		{"getPipeline", "", "", business},
		{"rollingPipeline", "", "", business},
		{"planFulfilment", "", "", business},
		{"getRecord", "", "", business},
		{"listColumns", "", "", codelist},
		{"listIndicators", "", "", codelist},
		{"listCommitments", "", "", codelist},
		{"listOrganisations", "", "", codelist},
		{"listDistricts", "", "", codelist},
		{"listCategories", "", "", codelist},

		{"listUsers", "", "", accounts},
		{"listRoles", "", "", accounts},
		{"createUser", "", `{"username":"newcomer","displayName":"新","organisationId":{A},"password":"Another-horse-2"}`, "401 403 403 403 403 201 403 403"},
		{"updateUser", own, name, nobody},
		{"updateUser", foreign, name, system},
		{"updateUser", none, name, systemNot},
		{"resetPassword", own, password, nobody},
		{"resetPassword", foreign, password, "401 403 403 403 403 204 403 403"},
		{"resetPassword", none, password, systemNot},
		{"setUserRoles", own, roles, nobody},
		{"setUserRoles", foreign, roles, "401 403 403 403 403 403 200 403"},
		{"setUserRoles", none, roles, "401 403 403 403 403 403 404 403"},
		{"listAudit", "", "", "401 403 403 403 403 403 403 200"},
		{"getAuditAnchor", "", "", "401 403 403 403 403 403 403 200"},
		{"verifyAudit", "", "", "401 403 403 403 403 403 403 200"},

		{"signOut", "", "", "401 204 204 204 204 204 204 204"}, // last, because it takes the sessions
	}
}

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
	path := strings.NewReplacer("{year}", "2026", "{id}", strconv.FormatInt(id, 10), "{milestoneId}", strconv.FormatInt(milestone, 10),
		"{decisionId}", strconv.FormatInt(decision, 10)).Replace(route.Path)
	if route.Name == "callMeeting" {
		path += "?owner=" + p.bureauA
	}
	request := apitest.Request{Method: route.Method, Path: path, Headers: at(p.version(t, table, versioned))}
	if route.Name == "addAttachment" {
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
			"{project}", strconv.FormatInt(p.own, 10), "{report}", strconv.FormatInt(report, 10), "{version}", strconv.FormatInt(p.version(t, hashed, report), 10),
			"{hash}", p.Text(t, "SELECT max(content_hash) FROM "+hashed+" WHERE id = $1", report),
			"{request}", strconv.FormatInt(asked, 10), "{requestVersion}", strconv.FormatInt(p.version(t, "request", asked), 10),
			"{requestHash}", p.Text(t, "SELECT max(content_hash) FROM request WHERE id = $1", asked)).Replace(c.body)
	}
	return request
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
