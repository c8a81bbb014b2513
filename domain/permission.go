package domain

// Permission names one action on one kind of thing, as the access policy spells it: "object:action".
type Permission string

// PermissionPublic and PermissionSignedIn mark routes that need no policy line: anybody, and anybody with a session.
const (
	PermissionPublic   Permission = "public"
	PermissionSignedIn Permission = "signed_in"
)

// The permissions of the policy. Who holds which, and over which rows, is decided by the service floor's policy alone.
const (
	PermissionProjectRead         Permission = "project:read"
	PermissionProjectReadInternal Permission = "project:read_internal"
	PermissionProjectExport       Permission = "project:export" // take the list away as a file
	PermissionProjectEdit         Permission = "project:edit"   // opens the edit; update and assign decide which fields
	PermissionProjectUpdate       Permission = "project:update"
	PermissionProjectAssign       Permission = "project:assign"
	PermissionProjectConfirm      Permission = "project:confirm"
	PermissionProjectMove         Permission = "project:move"
	PermissionProjectStanding     Permission = "project:standing"
	PermissionMilestoneCreate     Permission = "milestone:create"
	PermissionMilestoneUpdate     Permission = "milestone:update"
	PermissionReportRead          Permission = "report:read"
	PermissionReportWrite         Permission = "report:write"  // start and fill in
	PermissionReportSubmit        Permission = "report:submit" // submit, withdraw, correct
	PermissionReportDecide        Permission = "report:decide"
	PermissionIssueRead           Permission = "issue:read"
	PermissionIssueWrite          Permission = "issue:write" // raise, and withdraw what one raised
	PermissionIssueRemark         Permission = "issue:remark"
	PermissionIssueReply          Permission = "issue:reply" // reply and resolve, as the organisation that must act
	PermissionIssueClose          Permission = "issue:close" // close and reopen
	PermissionOrderRead           Permission = "order:read"
	PermissionOrderIssue          Permission = "order:issue"  // issue and withdraw
	PermissionOrderAnswer         Permission = "order:answer" // acknowledge and answer
	PermissionOrderClose          Permission = "order:close"  // close and send back
	PermissionMeetingRead         Permission = "meeting:read"
	PermissionMeetingHold         Permission = "meeting:hold"
	PermissionLightReview         Permission = "light:review" // the Commission's light
	PermissionLightRule           Permission = "light:rule"   // publish the rule
	PermissionRequestRead         Permission = "request:read"
	PermissionRequestWrite        Permission = "request:write"  // start, fill in, give up
	PermissionRequestSubmit       Permission = "request:submit" // submit, withdraw
	PermissionRequestDecide       Permission = "request:decide"
	PermissionAttachmentRead      Permission = "attachment:read"
	PermissionAttachmentWrite     Permission = "attachment:write"
	PermissionInvestmentEdit      Permission = "investment:edit" // opens the edit; write and confirm decide by the plan's state
	PermissionInvestmentWrite     Permission = "investment:write"
	PermissionInvestmentConfirm   Permission = "investment:confirm" // confirm and revise
	PermissionPipelineRead        Permission = "pipeline:read"
	PermissionViewShare           Permission = "view:share"
	PermissionReferenceRead       Permission = "reference:read"
	PermissionUserRead            Permission = "user:read"
	PermissionUserManage          Permission = "user:manage"
	PermissionRoleGrant           Permission = "role:grant"
	PermissionAuditRead           Permission = "audit:read"
)

// Permissions lists every permission the policy may grant, in the order screens show them.
func Permissions() []Permission {
	return []Permission{
		PermissionProjectRead, PermissionProjectReadInternal, PermissionProjectExport, PermissionProjectEdit,
		PermissionProjectUpdate, PermissionProjectAssign,
		PermissionProjectConfirm, PermissionProjectMove, PermissionProjectStanding,
		PermissionMilestoneCreate, PermissionMilestoneUpdate,
		PermissionReportRead, PermissionReportWrite, PermissionReportSubmit, PermissionReportDecide,
		PermissionIssueRead, PermissionIssueWrite, PermissionIssueRemark, PermissionIssueReply, PermissionIssueClose,
		PermissionOrderRead, PermissionOrderIssue, PermissionOrderAnswer, PermissionOrderClose, PermissionMeetingRead, PermissionMeetingHold,
		PermissionLightReview, PermissionLightRule,
		PermissionRequestRead, PermissionRequestWrite, PermissionRequestSubmit, PermissionRequestDecide,
		PermissionAttachmentRead, PermissionAttachmentWrite,
		PermissionInvestmentEdit, PermissionInvestmentWrite, PermissionInvestmentConfirm,
		PermissionPipelineRead, PermissionViewShare, PermissionReferenceRead,
		PermissionUserRead, PermissionUserManage, PermissionRoleGrant, PermissionAuditRead,
	}
}
