package api_test

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
		handOver = `{"action":"assign","ownerOrganisationId":{A},"items":[{"id":{project},"version":{projectVersion}}]}`
		private  = `{"name":"我的在建","page":"table","query":"stage=implementation"}`
		shared   = `{"name":"共享在建","page":"board","query":"stage=implementation","shared":true}`
		rename   = `{"name":"改名后"}`
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

		{"followChanges", "", "", signedIn},
		{"search", "", "", business},
		{"getMail", "", "", signedIn},
		{"setMail", "", `{"email":"me@example.org","habit":"immediate"}`, signedIn},
		{"listNotices", "", "", signedIn},
		{"countNotices", "", "", signedIn},
		{"readNotices", "", `{"upTo":1}`, signedIn},

		{"listProjects", "", "", business},
		{"projectFacets", "", "", business},
		{"exportProjects", "", "", business},
		{"columnPromises", "", "", business},
		{"projectFigures", own, "", business},
		{"projectFigures", foreign, "", business},
		{"projectFigures", none, "", unknown},
		{"projectTimeline", "", "", business},
		{"getPlaces", "", "", business},
		{"getSchematic", "", "", codelist},
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
		{"batchProjects", "", handOver, "401 403 200 200 403 403 403 403"},
		{"listViews", "", "", business},
		{"saveView", "", private, "401 201 201 201 201 403 403 403"},
		{"saveView", "", shared, "401 403 201 201 201 403 403 403"},
		{"changeView", own, rename, business},
		{"changeView", foreign, rename, nobody},
		{"changeView", none, rename, unknown},
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
		{"projectNeighbours", own, "", business},
		{"projectNeighbours", foreign, "", business},
		{"projectNeighbours", none, "", unknown},

		{"createMilestone", own, step, bureauNew},
		{"createMilestone", foreign, step, nobody},
		{"createMilestone", none, step, bureauNot},
		{"updateMilestone", own, stepText, bureau},
		{"updateMilestone", foreign, stepText, nobody},
		{"updateMilestone", crossed, stepText, bureauNot},
		{"updateMilestone", none, stepText, bureauNot},

		{"getWork", "", "", signedIn},
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
		{"addIssueAttachment", own, pdf, "401 201 409 409 403 403 403 403"}, // who must act brings the proof
		{"addIssueAttachment", foreign, pdf, "401 404 404 201 403 403 403 403"},
		{"addIssueAttachment", none, pdf, "401 404 404 404 403 403 403 403"},
		{"listIssueAttachments", own, "", business},
		{"listIssueAttachments", foreign, "", "401 404 404 200 200 403 403 403"},
		{"listIssueAttachments", none, "", unknown},
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
		{"addOrderAttachment", own, pdf, "401 201 409 409 403 403 403 403"},
		{"addOrderAttachment", foreign, pdf, "401 404 404 201 403 403 403 403"},
		{"addOrderAttachment", none, pdf, "401 404 404 404 403 403 403 403"},
		{"listOrderAttachments", own, "", business},
		{"listOrderAttachments", foreign, "", "401 404 404 200 200 403 403 403"},
		{"listOrderAttachments", none, "", unknown},
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
