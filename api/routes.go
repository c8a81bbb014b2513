package api

import (
	"net/http"
	"slices"
	"time"

	"zhongda/domain"
)

// ProductRoutes is the route table with no service behind it, for whoever describes or tests the whole surface.
func ProductRoutes() []Route { return handlers{}.routes() }

// routes is the whole surface of the product: every route with the permission that opens it. Which rows it then shows
// or changes, the use case decides.
func (h handlers) routes() []Route { //nolint:funlen // one screen that grows with the product is the point of it
	const (
		get, post, put, patch, del = http.MethodGet, http.MethodPost, http.MethodPut, http.MethodPatch, http.MethodDelete
		v                          = "/api/v1"
	)
	return append([]Route{
		{get, v + "/instance", domain.PermissionPublic, "getInstance", Op(h.getInstance), "session", Text{"系统信息", "What this installation is"}},
		{post, v + "/session", domain.PermissionPublic, "signIn", Op(h.signIn), "session", Text{"登录", "Sign in"}},
		{del, v + "/session", domain.PermissionSignedIn, "signOut", Op(h.signOut), "session", Text{"退出登录", "Sign out"}},
		{get, v + "/me", domain.PermissionSignedIn, "getMe", Op(h.getMe), "session", Text{"我的账号与权限", "Who I am and what I may do"}},
		{put, v + "/me/password", domain.PermissionSignedIn, "changePassword", Op(h.changePassword), "session", Text{"修改本人密码", "Change my password"}},

		{get, v + "/me/mail", domain.PermissionSignedIn, "getMail", Op(h.getMail), "session", Text{"我的邮件提醒设置", "Where my notices go by e-mail"}},
		{put, v + "/me/mail", domain.PermissionSignedIn, "setMail", Op(h.setMail), "session", Text{"修改本人邮件提醒设置", "Change where my notices go by e-mail"}},

		{get, v + "/notices", domain.PermissionSignedIn, "listNotices", Op(h.listNotices), "notice", Text{"我的消息", "My notices, the newest first"}},
		{get, v + "/notices/count", domain.PermissionSignedIn, "countNotices", Op(h.countNotices), "notice", Text{"未读消息数", "Count my unread notices"}},
		{post, v + "/notices/read", domain.PermissionSignedIn, "readNotices", Op(h.readNotices), "notice", Text{"标为已读", "Mark my notices as read"}},

		{get, v + "/projects", domain.PermissionProjectRead, "listProjects", Op(h.listProjects), "project", Text{"项目列表", "List projects"}},
		{get, v + "/projects/facets", domain.PermissionProjectRead, "projectFacets", Op(h.projectFacets), "project", Text{"筛选项计数", "Count the choices of every filter"}},
		{get, v + "/projects/differences", domain.PermissionProjectRead, "projectDifferences", Op(h.projectDifferences), "project", Text{"两个月末之间的变化", "What changed between two month-ends"}},
		{get, v + "/projects/{id}", domain.PermissionProjectRead, "getProject", Op(h.getProject), "project", Text{"项目详情", "Read a project"}},
		{patch, v + "/projects/{id}", domain.PermissionProjectEdit, "updateProject", Op(h.updateProject), "project", Text{"修改项目", "Change a project"}},
		{post, v + "/projects/{id}/confirmation", domain.PermissionProjectConfirm, "confirmProject", Op(h.confirmProject), "project", Text{"确认暂定责任单位或阶段", "Confirm a provisional owner or stage"}},
		{post, v + "/projects/{id}/stage", domain.PermissionProjectMove, "moveProject", Op(h.moveProject), "project", Text{"调整阶段", "Change the stage"}},
		{post, v + "/projects/{id}/standing", domain.PermissionProjectStanding, "setProjectStanding", Op(h.setProjectStanding), "project", Text{"暂停、恢复或退出", "Pause, resume or end a project"}},
		{get, v + "/projects/{id}/history", domain.PermissionProjectReadInternal, "projectHistory", Op(h.projectHistory), "project", Text{"变更记录", "What was changed, by whom"}},
		{get, v + "/projects/{id}/access", domain.PermissionProjectRead, "explainProject", Op(h.explainProject), "project", Text{"权限说明", "Why may I (not)?"}},

		{post, v + "/projects/{id}/milestones", domain.PermissionMilestoneCreate, "createMilestone", Op(h.createMilestone), "milestone", Text{"新增里程碑", "Add a milestone"}},
		{patch, v + "/projects/{id}/milestones/{milestoneId}", domain.PermissionMilestoneUpdate, "updateMilestone", Op(h.updateMilestone), "milestone", Text{"修改里程碑", "Change a milestone"}},

		{get, v + "/work", domain.PermissionSignedIn, "getWork", Op(h.getWork), "session", Text{"我的工作", "What waits for me, by my roles"}},
		{get, v + "/projects/{id}/reports", domain.PermissionReportRead, "listReports", Op(h.listReports), "report", Text{"项目月报", "List a project's reports"}},
		{post, v + "/projects/{id}/reports", domain.PermissionReportWrite, "startReport", Op(h.startReport), "report", Text{"开始填报月报", "Start the report of a month, prefilled"}},
		{get, v + "/reports/overdue", domain.PermissionReportDecide, "overdueReports", Op(h.overdueReports), "notice", Text{"逾期未报", "Projects whose reports are overdue"}},
		{post, v + "/reports/reminders", domain.PermissionReportDecide, "urgeReports", Op(h.urgeReports).Within(30 * time.Second), "notice", Text{"催报", "Urge bureaus to hand in overdue reports"}},
		{get, v + "/reports/{id}", domain.PermissionReportRead, "getReport", Op(h.getReport), "report", Text{"月报详情", "Read a report with its cross-checks"}},
		{patch, v + "/reports/{id}", domain.PermissionReportWrite, "updateReport", Op(h.updateReport), "report", Text{"保存月报", "Save parts of a report"}},
		{post, v + "/reports/{id}/submission", domain.PermissionReportSubmit, "submitReport", Op(h.submitReport), "report", Text{"提交月报", "Submit a report"}},
		{post, v + "/reports/{id}/withdrawal", domain.PermissionReportSubmit, "withdrawReport", Op(h.withdrawReport), "report", Text{"撤回月报", "Take back a submission"}},
		{post, v + "/reports/{id}/correction", domain.PermissionReportSubmit, "correctReport", Op(h.correctReport), "report", Text{"更正月报", "Correct an approved report in a new revision"}},
		{post, v + "/reports/{id}/decision", domain.PermissionReportDecide, "decideReport", Op(h.decideReport), "report", Text{"审核月报", "Approve or return a report"}},

		{get, v + "/projects/{id}/light", domain.PermissionProjectRead, "getProjectLights", Op(h.getProjectLights), "light", Text{"项目三灯", "The three lights of a project and what they rest on"}},
		{put, v + "/projects/{id}/reviewer-light", domain.PermissionLightReview, "setReviewerLight", Op(h.setReviewerLight), "light", Text{"审核亮灯", "Set the Commission's light"}},
		{get, v + "/lights/disagreements", domain.PermissionReportRead, "listDisagreements", Op(h.listDisagreements), "light", Text{"亮灯不一致", "Projects whose lights contradict each other, the reddest first"}},
		{get, v + "/lights/rule", domain.PermissionReferenceRead, "getLightRule", Op(h.getLightRule), "light", Text{"亮灯规则", "The published rule and its versions"}},
		{post, v + "/lights/rule", domain.PermissionLightRule, "publishLightRule", Op(h.publishLightRule).Within(30 * time.Second), "light", Text{"发布亮灯规则", "Publish a new version of the rule"}},
		{get, v + "/gates", domain.PermissionReferenceRead, "listGateItems", Op(h.listGateItems), "reference", Text{"各阶段准入清单", "Checklists of the gates"}},
		{get, v + "/projects/{id}/requests", domain.PermissionRequestRead, "listRequests", Op(h.listRequests), "request", Text{"项目申请与决定", "A project's requests and decisions"}},
		{post, v + "/projects/{id}/requests", domain.PermissionRequestWrite, "startRequest", Op(h.startRequest), "request", Text{"发起申请", "Start a request"}},
		{get, v + "/requests/{id}", domain.PermissionRequestRead, "getRequest", Op(h.getRequest), "request", Text{"申请详情", "Read a request"}},
		{patch, v + "/requests/{id}", domain.PermissionRequestWrite, "updateRequest", Op(h.updateRequest), "request", Text{"保存申请", "Save parts of a request"}},
		{post, v + "/requests/{id}/submission", domain.PermissionRequestSubmit, "submitRequest", Op(h.submitRequest), "request", Text{"提交申请", "Submit a request"}},
		{post, v + "/requests/{id}/withdrawal", domain.PermissionRequestSubmit, "withdrawRequest", Op(h.withdrawRequest), "request", Text{"撤回申请", "Take back a submission"}},
		{post, v + "/requests/{id}/cancellation", domain.PermissionRequestWrite, "cancelRequest", Op(h.cancelRequest), "request", Text{"撤销申请", "Give a request up"}},
		{post, v + "/requests/{id}/decision", domain.PermissionRequestDecide, "decideRequest", Op(h.decideRequest), "request", Text{"审批申请", "Approve or return a request"}},
		{get, v + "/exits", domain.PermissionProjectRead, "listExits", Op(h.listExits), "project", Text{"退出项目库", "Exit register, the latest first"}},

		// Reports and requests are read, and decided, over the same rows by the same roles; each decision asks for its own.
		{get, v + "/review/queue", domain.PermissionRequestRead, "reviewQueue", Op(h.reviewQueue), "review", Text{"待审事项", "What waits for the Commission, the longest waiting first"}},
		{post, v + "/review/decisions", domain.PermissionRequestDecide, "decideMany", Op(h.decideMany).Within(30 * time.Second), "review", Text{"批量审核", "Approve or return many at once"}},

		{get, v + "/pipeline", domain.PermissionPipelineRead, "getPipeline", Op(h.getPipeline), "pipeline", Text{"项目总览", "Summary by stage, category, column and district"}},

		{get, v + "/pipeline/rolling", domain.PermissionPipelineRead, "rollingPipeline", Op(h.rollingPipeline), "pipeline", Text{"滚动机制：各阶段逐月进出", "The rolling mechanism: stages month by month"}},
		{get, v + "/plan/fulfilment", domain.PermissionPipelineRead, "planFulfilment", Op(h.planFulfilment), "pipeline", Text{"承诺兑现", "What the plan promised and what is kept"}},

		{get, v + "/users", domain.PermissionUserRead, "listUsers", Op(h.listUsers), "user", Text{"账号列表", "List accounts"}},
		{post, v + "/users", domain.PermissionUserManage, "createUser", Op(h.createUser), "user", Text{"新建账号", "Open an account"}},
		{patch, v + "/users/{id}", domain.PermissionUserManage, "updateUser", Op(h.updateUser), "user", Text{"修改账号", "Change an account"}},
		{post, v + "/users/{id}/password", domain.PermissionUserManage, "resetPassword", Op(h.resetPassword), "user", Text{"重置密码", "Reset a password"}},
		{put, v + "/users/{id}/roles", domain.PermissionRoleGrant, "setUserRoles", Op(h.setUserRoles), "user", Text{"授予角色", "Grant roles"}},
		{get, v + "/roles", domain.PermissionUserRead, "listRoles", Op(h.listRoles), "user", Text{"角色与权限", "Roles and what they open"}},

		{get, v + "/audit", domain.PermissionAuditRead, "listAudit", Op(h.listAudit), "audit", Text{"审计记录", "Read the audit record"}},
		{get, v + "/audit/anchor", domain.PermissionAuditRead, "getAuditAnchor", Op(h.auditAnchor), "audit", Text{"审计存证", "Where the audit record ends, to be kept elsewhere"}},
		{get, v + "/audit/verification", domain.PermissionAuditRead, "verifyAudit", Op(h.verifyAudit).Within(30 * time.Second), "audit", Text{"校验审计记录", "Compute every hash of the audit record again"}},
	}, slices.Concat(h.referenceRoutes(), h.supervisionRoutes(), h.investmentRoutes(), h.exportRoutes(), h.liveRoutes(), h.scheduleRoutes(), h.pageRoutes(), h.viewRoutes(), h.evidenceRoutes())...)
}

// viewRoutes are those of the list as a tool: saved views, and one change of many projects.
func (h handlers) viewRoutes() []Route {
	const (
		get, post, patch = http.MethodGet, http.MethodPost, http.MethodPatch
		v                = "/api/v1"
	)
	return []Route{
		{get, v + "/views", domain.PermissionProjectRead, "listViews", Op(h.listViews), "view", Text{"已存视图", "My saved views and those that others share"}},
		{post, v + "/views", domain.PermissionProjectRead, "saveView", Op(h.saveView), "view", Text{"保存视图", "Keep a filter under a name"}},
		{patch, v + "/views/{id}", domain.PermissionProjectRead, "changeView", Op(h.changeView), "view", Text{"修改已存视图", "Rename, replace, share or remove a saved view"}},
		{post, v + "/projects/batch", domain.PermissionProjectAssign, "batchProjects", Op(h.batchProjects).Within(30 * time.Second), "project", Text{"批量移交或确认", "Hand over or confirm many projects at once"}},
	}
}

// referenceRoutes are those of the plan, the codelists and the times that can be read.
func (h handlers) referenceRoutes() []Route {
	const (
		get = http.MethodGet
		v   = "/api/v1"
	)
	return []Route{
		{get, v + "/record", domain.PermissionProjectRead, "getRecord", Op(h.getRecord), "reference", Text{"可查询的历史月末", "Past month-ends that can be asked for"}},
		{get, v + "/plan/columns", domain.PermissionReferenceRead, "listColumns", Op(h.listColumns), "reference", Text{"规划专栏", "Columns of the plan"}},
		{get, v + "/plan/indicators", domain.PermissionReferenceRead, "listIndicators", Op(h.listIndicators), "reference", Text{"规划指标", "Indicators of the plan"}},
		{get, v + "/commitments", domain.PermissionReferenceRead, "listCommitments", Op(h.listCommitments), "reference", Text{"承诺用语", "Commitment verbs and what they promise"}},
		{get, v + "/organisations", domain.PermissionReferenceRead, "listOrganisations", Op(h.listOrganisations), "reference", Text{"单位", "Organisations"}},
		{get, v + "/districts", domain.PermissionReferenceRead, "listDistricts", Op(h.listDistricts), "reference", Text{"行政区与功能区", "Districts and areas"}},
		{get, v + "/categories", domain.PermissionReferenceRead, "listCategories", Op(h.listCategories), "reference", Text{"项目类别", "Categories"}},
	}
}

// scheduleRoutes are those of the projects in time and in place.
func (h handlers) scheduleRoutes() []Route {
	const (
		get = http.MethodGet
		v   = "/api/v1"
	)
	return []Route{
		{get, v + "/projects/timeline", domain.PermissionProjectRead, "projectTimeline", Op(h.projectTimeline), "project", Text{"项目时间轴", "Projects with their milestones, in the order of the list"}},
		{get, v + "/projects/places", domain.PermissionPipelineRead, "getPlaces", Op(h.getPlaces), "project", Text{"项目分布", "Where the projects of a filter lie"}},
		{get, v + "/districts/schematic", domain.PermissionReferenceRead, "getSchematic", Op(h.getSchematic), "reference", Text{"各区示意图", "How the districts are drawn beside each other"}},
	}
}

// supervisionRoutes are those of issues, supervision orders and the meetings that give them.
func (h handlers) supervisionRoutes() []Route {
	const (
		get, post, patch = http.MethodGet, http.MethodPost, http.MethodPatch
		v                = "/api/v1"
	)
	return []Route{
		{get, v + "/issues", domain.PermissionIssueRead, "listIssues", Op(h.listIssues), "issue", Text{"需协调事项", "Issues that wait for another organisation"}},
		{get, v + "/issues/rollups", domain.PermissionIssueRead, "rollUpIssues", Op(h.rollUpIssues), "issue", Text{"需协调事项汇总", "Issues by type, responsible organisation, level and owner"}},
		{post, v + "/projects/{id}/issues", domain.PermissionIssueWrite, "raiseIssue", Op(h.raiseIssue), "issue", Text{"提出需协调事项", "Raise an issue"}},
		{get, v + "/issues/{id}", domain.PermissionIssueRead, "getIssue", Op(h.getIssue), "issue", Text{"需协调事项详情", "Read an issue with its thread"}},
		{post, v + "/issues/{id}/remark", domain.PermissionIssueRemark, "remarkIssue", Op(h.remarkIssue), "issue", Text{"补充说明", "Add to the thread"}},
		{post, v + "/issues/{id}/reply", domain.PermissionIssueReply, "replyIssue", Op(h.replyIssue), "issue", Text{"答复", "Reply as the responsible organisation"}},
		{post, v + "/issues/{id}/resolution", domain.PermissionIssueReply, "resolveIssue", Op(h.resolveIssue), "issue", Text{"报告已解决", "Claim it resolved, with evidence"}},
		{post, v + "/issues/{id}/closure", domain.PermissionIssueClose, "closeIssue", Op(h.closeIssue), "issue", Text{"办结", "Close a resolved issue"}},
		{post, v + "/issues/{id}/reopening", domain.PermissionIssueClose, "reopenIssue", Op(h.reopenIssue), "issue", Text{"重新协调", "Open it again, with a reason"}},
		{post, v + "/issues/{id}/withdrawal", domain.PermissionIssueWrite, "withdrawIssue", Op(h.withdrawIssue), "issue", Text{"撤回需协调事项", "Take back what one raised"}},

		{get, v + "/orders", domain.PermissionOrderRead, "listOrders", Op(h.listOrders), "order", Text{"督办单", "Supervision orders"}},
		{post, v + "/projects/{id}/orders", domain.PermissionOrderIssue, "issueOrder", Op(h.issueOrder), "order", Text{"发出督办单", "Issue a supervision order"}},
		{get, v + "/orders/{id}", domain.PermissionOrderRead, "getOrder", Op(h.getOrder), "order", Text{"督办单详情", "Read an order with its course"}},
		{post, v + "/orders/{id}/acknowledgement", domain.PermissionOrderAnswer, "acknowledgeOrder", Op(h.acknowledgeOrder), "order", Text{"签收", "Sign for an order"}},
		{post, v + "/orders/{id}/answer", domain.PermissionOrderAnswer, "answerOrder", Op(h.answerOrder), "order", Text{"回复督办单", "Answer an order, with evidence"}},
		{post, v + "/orders/{id}/closure", domain.PermissionOrderClose, "closeOrder", Op(h.closeOrder), "order", Text{"办结督办单", "Close an answered order"}},
		{post, v + "/orders/{id}/return", domain.PermissionOrderClose, "sendBackOrder", Op(h.sendBackOrder), "order", Text{"退回重办", "Send an answer back"}},
		{post, v + "/orders/{id}/withdrawal", domain.PermissionOrderIssue, "withdrawOrder", Op(h.withdrawOrder), "order", Text{"撤销督办单", "Withdraw an order"}},

		{get, v + "/meetings", domain.PermissionMeetingRead, "listMeetings", Op(h.listMeetings), "meeting", Text{"调度会", "Coordination meetings"}},
		{post, v + "/meetings", domain.PermissionMeetingHold, "callMeeting", Op(h.callMeeting), "meeting", Text{"召集调度会", "Call a meeting over the projects of a filter"}},
		{get, v + "/meetings/{id}", domain.PermissionMeetingRead, "getMeeting", Op(h.getMeeting), "meeting", Text{"调度会详情", "Read a meeting with its agenda and decisions"}},
		{post, v + "/meetings/{id}/start", domain.PermissionMeetingHold, "startMeeting", Op(h.startMeeting), "meeting", Text{"开始会议", "Begin a meeting"}},
		{post, v + "/meetings/{id}/decisions", domain.PermissionMeetingHold, "recordDecision", Op(h.recordDecision), "meeting", Text{"记录议定事项", "Write a decision down"}},
		{patch, v + "/meetings/{id}/decisions/{decisionId}", domain.PermissionMeetingHold, "amendDecision", Op(h.amendDecision), "meeting", Text{"修改议定事项", "Change a decision as it is typed"}},
		{post, v + "/meetings/{id}/decisions/{decisionId}/confirmation", domain.PermissionMeetingHold, "confirmDecision", Op(h.confirmDecision), "meeting", Text{"确认议定事项", "Confirm a decision, issuing its order"}},
		{post, v + "/meetings/{id}/decisions/{decisionId}/strike", domain.PermissionMeetingHold, "strikeDecision", Op(h.strikeDecision), "meeting", Text{"删去议定事项", "Strike a decision from the minutes"}},
		{post, v + "/meetings/{id}/finish", domain.PermissionMeetingHold, "finishMeeting", Op(h.finishMeeting), "meeting", Text{"结束会议", "Finish a meeting and freeze its minutes"}},
	}
}

// evidenceRoutes are those of the files that prove what was done about an issue or an order.
func (h handlers) evidenceRoutes() []Route {
	const (
		get, post = http.MethodGet, http.MethodPost
		v         = "/api/v1"
	)
	return []Route{
		{get, v + "/issues/{id}/attachments", domain.PermissionAttachmentRead, "listIssueAttachments", Op(h.listIssueAttachments), "attachment", Text{"事项可用附件", "List the files that an issue may rest on"}},
		{post, v + "/issues/{id}/attachments", domain.PermissionAttachmentWrite, "addIssueAttachment", Op(h.addIssueAttachment).Within(time.Minute).MaxBody(domain.AttachmentBytesMax), "attachment", Text{"为事项上传附件", "Add a file as proof about an issue"}},
		{get, v + "/orders/{id}/attachments", domain.PermissionAttachmentRead, "listOrderAttachments", Op(h.listOrderAttachments), "attachment", Text{"督办单可用附件", "List the files that an answer may rest on"}},
		{post, v + "/orders/{id}/attachments", domain.PermissionAttachmentWrite, "addOrderAttachment", Op(h.addOrderAttachment).Within(time.Minute).MaxBody(domain.AttachmentBytesMax), "attachment", Text{"为督办单上传附件", "Add a file as proof about an order"}},
	}
}

// investmentRoutes are those of annual plans, attachments and templates of milestones.
func (h handlers) investmentRoutes() []Route {
	const (
		get, post, put, patch = http.MethodGet, http.MethodPost, http.MethodPut, http.MethodPatch
		v                     = "/api/v1"
	)
	return []Route{
		{get, v + "/projects/{id}/attachments", domain.PermissionAttachmentRead, "listAttachments", Op(h.listAttachments), "attachment", Text{"项目附件", "List a project's attachments"}},
		{post, v + "/projects/{id}/attachments", domain.PermissionAttachmentWrite, "addAttachment", Op(h.addAttachment).Within(time.Minute).MaxBody(domain.AttachmentBytesMax), "attachment", Text{"上传附件", "Add an attachment"}},
		{get, v + "/attachments/{id}", domain.PermissionAttachmentRead, "getAttachment", Op(h.getAttachment).Within(time.Minute).Produces(attachmentMedia()...), "attachment", Text{"下载附件", "Download an attachment"}},
		{get, v + "/investment", domain.PermissionPipelineRead, "getInvestment", Op(h.getInvestment), "investment", Text{"年度投资", "The money of a filter's projects in a year"}},
		{get, v + "/projects/{id}/investment", domain.PermissionProjectRead, "getProjectInvestment", Op(h.getProjectInvestment), "investment", Text{"项目年度投资", "A project's annual plans and what is done of them"}},
		{put, v + "/projects/{id}/investment/{year}", domain.PermissionInvestmentWrite, "createInvestmentPlan", Op(h.createInvestmentPlan), "investment", Text{"编制年度投资计划", "Write the plan of a year"}},
		{patch, v + "/projects/{id}/investment/{year}", domain.PermissionInvestmentEdit, "saveInvestmentPlan", Op(h.saveInvestmentPlan), "investment", Text{"修改未确认的年度投资计划", "Change an unconfirmed plan"}},
		{post, v + "/projects/{id}/investment/{year}/confirmation", domain.PermissionInvestmentConfirm, "confirmInvestmentPlan", Op(h.confirmInvestmentPlan), "investment", Text{"确认年度投资计划", "Confirm the plan of a year"}},
		{post, v + "/projects/{id}/investment/{year}/revision", domain.PermissionInvestmentConfirm, "reviseInvestmentPlan", Op(h.reviseInvestmentPlan), "investment", Text{"调整年度投资计划", "Revise a confirmed plan, with a reason"}},
		{post, v + "/projects/{id}/milestones/template", domain.PermissionMilestoneCreate, "applyMilestoneTemplate", Op(h.applyMilestoneTemplate), "milestone", Text{"按模板新增里程碑", "Add the milestones of a template"}},
		{get, v + "/milestone-templates", domain.PermissionReferenceRead, "listMilestoneTemplates", Op(h.listMilestoneTemplates), "reference", Text{"里程碑模板", "Templates of milestones"}},
	}
}

// liveRoutes are those of what changes while a page is open, and of finding one's way.
func (h handlers) liveRoutes() []Route {
	const (
		get = http.MethodGet
		v   = "/api/v1"
	)
	return []Route{
		{get, v + "/events", domain.PermissionSignedIn, "followChanges", Op(h.followChanges).Endless(), "live", Text{"变化通知流", "Hear what others change, as server-sent events"}},
		{get, v + "/search", domain.PermissionProjectRead, "search", Op(h.search), "live", Text{"全局搜索", "Find projects, organisations and columns by a text"}},
	}
}
