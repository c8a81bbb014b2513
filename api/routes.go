package api

import (
	"net/http"
	"time"

	"zhongda/domain"
)

// ProductRoutes is the route table with no service behind it, for whoever describes or tests the whole surface.
func ProductRoutes() []Route { return handlers{}.routes() }

// routes is the whole surface of the product: every route with the permission that opens it. Which rows it then shows
// or changes, the use case decides.
func (h handlers) routes() []Route {
	const (
		get, post, put, patch, del = http.MethodGet, http.MethodPost, http.MethodPut, http.MethodPatch, http.MethodDelete
		v                          = "/api/v1"
	)
	return []Route{
		{get, v + "/instance", domain.PermissionPublic, "getInstance", Op(h.getInstance), "session", Text{"系统信息", "What this installation is"}},
		{post, v + "/session", domain.PermissionPublic, "signIn", Op(h.signIn), "session", Text{"登录", "Sign in"}},
		{del, v + "/session", domain.PermissionSignedIn, "signOut", Op(h.signOut), "session", Text{"退出登录", "Sign out"}},
		{get, v + "/me", domain.PermissionSignedIn, "getMe", Op(h.getMe), "session", Text{"我的账号与权限", "Who I am and what I may do"}},
		{put, v + "/me/password", domain.PermissionSignedIn, "changePassword", Op(h.changePassword), "session", Text{"修改本人密码", "Change my password"}},

		{get, v + "/projects", domain.PermissionProjectRead, "listProjects", Op(h.listProjects), "project", Text{"项目列表", "List projects"}},
		{get, v + "/projects/facets", domain.PermissionProjectRead, "projectFacets", Op(h.projectFacets), "project", Text{"筛选项计数", "Count the choices of every filter"}},
		{get, v + "/projects/{id}", domain.PermissionProjectRead, "getProject", Op(h.getProject), "project", Text{"项目详情", "Read a project"}},
		{patch, v + "/projects/{id}", domain.PermissionProjectEdit, "updateProject", Op(h.updateProject), "project", Text{"修改项目", "Change a project"}},
		{post, v + "/projects/{id}/confirmation", domain.PermissionProjectConfirm, "confirmProject", Op(h.confirmProject), "project", Text{"确认暂定责任单位或阶段", "Confirm a provisional owner or stage"}},
		{post, v + "/projects/{id}/stage", domain.PermissionProjectMove, "moveProject", Op(h.moveProject), "project", Text{"调整阶段", "Change the stage"}},
		{post, v + "/projects/{id}/standing", domain.PermissionProjectStanding, "setProjectStanding", Op(h.setProjectStanding), "project", Text{"暂停、恢复或退出", "Pause, resume or end a project"}},
		{get, v + "/projects/{id}/history", domain.PermissionProjectReadInternal, "projectHistory", Op(h.projectHistory), "project", Text{"变更记录", "What was changed, by whom"}},
		{get, v + "/projects/{id}/access", domain.PermissionProjectRead, "explainProject", Op(h.explainProject), "project", Text{"权限说明", "Why may I (not)?"}},

		{post, v + "/projects/{id}/milestones", domain.PermissionMilestoneCreate, "createMilestone", Op(h.createMilestone), "milestone", Text{"新增里程碑", "Add a milestone"}},
		{patch, v + "/projects/{id}/milestones/{milestoneId}", domain.PermissionMilestoneUpdate, "updateMilestone", Op(h.updateMilestone), "milestone", Text{"修改里程碑", "Change a milestone"}},

		{get, v + "/work", domain.PermissionReportRead, "getWork", Op(h.getWork), "report", Text{"我的待办", "What is due, late, returned or waiting"}},
		{get, v + "/projects/{id}/reports", domain.PermissionReportRead, "listReports", Op(h.listReports), "report", Text{"项目月报", "List a project's reports"}},
		{post, v + "/projects/{id}/reports", domain.PermissionReportWrite, "startReport", Op(h.startReport), "report", Text{"开始填报月报", "Start the report of a month, prefilled"}},
		{get, v + "/reports/queue", domain.PermissionReportRead, "reportQueue", Op(h.reportQueue), "report", Text{"待审月报", "Submitted reports, the longest waiting first"}},
		{post, v + "/reports/decisions", domain.PermissionReportDecide, "decideReports", Op(h.decideReports).Within(30 * time.Second), "report", Text{"批量审核月报", "Approve or return many reports"}},
		{get, v + "/reports/{id}", domain.PermissionReportRead, "getReport", Op(h.getReport), "report", Text{"月报详情", "Read a report with its cross-checks"}},
		{patch, v + "/reports/{id}", domain.PermissionReportWrite, "updateReport", Op(h.updateReport), "report", Text{"保存月报", "Save parts of a report"}},
		{post, v + "/reports/{id}/submission", domain.PermissionReportSubmit, "submitReport", Op(h.submitReport), "report", Text{"提交月报", "Submit a report"}},
		{post, v + "/reports/{id}/withdrawal", domain.PermissionReportSubmit, "withdrawReport", Op(h.withdrawReport), "report", Text{"撤回月报", "Take back a submission"}},
		{post, v + "/reports/{id}/correction", domain.PermissionReportSubmit, "correctReport", Op(h.correctReport), "report", Text{"更正月报", "Correct an approved report in a new revision"}},
		{post, v + "/reports/{id}/decision", domain.PermissionReportDecide, "decideReport", Op(h.decideReport), "report", Text{"审核月报", "Approve or return a report"}},

		{get, v + "/pipeline", domain.PermissionPipelineRead, "getPipeline", Op(h.getPipeline), "pipeline", Text{"项目总览", "Summary by stage, category, column and district"}},

		{get, v + "/plan/columns", domain.PermissionReferenceRead, "listColumns", Op(h.listColumns), "reference", Text{"规划专栏", "Columns of the plan"}},
		{get, v + "/plan/indicators", domain.PermissionReferenceRead, "listIndicators", Op(h.listIndicators), "reference", Text{"规划指标", "Indicators of the plan"}},
		{get, v + "/commitments", domain.PermissionReferenceRead, "listCommitments", Op(h.listCommitments), "reference", Text{"承诺用语", "Commitment verbs and what they promise"}},
		{get, v + "/organisations", domain.PermissionReferenceRead, "listOrganisations", Op(h.listOrganisations), "reference", Text{"单位", "Organisations"}},
		{get, v + "/districts", domain.PermissionReferenceRead, "listDistricts", Op(h.listDistricts), "reference", Text{"行政区与功能区", "Districts and areas"}},
		{get, v + "/categories", domain.PermissionReferenceRead, "listCategories", Op(h.listCategories), "reference", Text{"项目类别", "Categories"}},

		{get, v + "/users", domain.PermissionUserRead, "listUsers", Op(h.listUsers), "user", Text{"账号列表", "List accounts"}},
		{post, v + "/users", domain.PermissionUserManage, "createUser", Op(h.createUser), "user", Text{"新建账号", "Open an account"}},
		{patch, v + "/users/{id}", domain.PermissionUserManage, "updateUser", Op(h.updateUser), "user", Text{"修改账号", "Change an account"}},
		{post, v + "/users/{id}/password", domain.PermissionUserManage, "resetPassword", Op(h.resetPassword), "user", Text{"重置密码", "Reset a password"}},
		{put, v + "/users/{id}/roles", domain.PermissionRoleGrant, "setUserRoles", Op(h.setUserRoles), "user", Text{"授予角色", "Grant roles"}},
		{get, v + "/roles", domain.PermissionUserRead, "listRoles", Op(h.listRoles), "user", Text{"角色与权限", "Roles and what they open"}},

		{get, v + "/audit", domain.PermissionAuditRead, "listAudit", Op(h.listAudit), "audit", Text{"审计记录", "Read the audit record"}},
		{get, v + "/audit/anchor", domain.PermissionAuditRead, "getAuditAnchor", Op(h.auditAnchor), "audit", Text{"审计存证", "Where the audit record ends, to be kept elsewhere"}},
		{get, v + "/audit/verification", domain.PermissionAuditRead, "verifyAudit", Op(h.verifyAudit).Within(30 * time.Second), "audit", Text{"校验审计记录", "Compute every hash of the audit record again"}},
	}
}
