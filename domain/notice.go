package domain

import (
	"slices"
	"time"
)

// NoticeKind is what a notice tells.
type NoticeKind string

// The kinds of notice. Due and overdue ones are reminders of a day; the others tell of an act.
const (
	NoticeReportDue       NoticeKind = "report_due"
	NoticeReportOverdue   NoticeKind = "report_overdue"
	NoticeReportUrged     NoticeKind = "report_urged" // 催报
	NoticeReportSubmitted NoticeKind = "report_submitted"
	NoticeReportReturned  NoticeKind = "report_returned"
	NoticeReportApproved  NoticeKind = "report_approved"
	NoticeUpdateDue       NoticeKind = "update_due" // the quarterly word on a paused project
	NoticeRequestFiled    NoticeKind = "request_submitted"
	NoticeRequestDecided  NoticeKind = "request_decided"
	NoticeIssueAssigned   NoticeKind = "issue_assigned"
	NoticeIssueReplied    NoticeKind = "issue_replied"
	NoticeIssueOverdue    NoticeKind = "issue_overdue"
	NoticeIssueClosed     NoticeKind = "issue_closed"
	NoticeOrderIssued     NoticeKind = "order_issued"
	NoticeOrderOverdue    NoticeKind = "order_overdue"
	NoticeOrderAnswered   NoticeKind = "order_answered"
	NoticeOrderReturned   NoticeKind = "order_returned"
	NoticeOrderClosed     NoticeKind = "order_closed"
	NoticeOrderWithdrawn  NoticeKind = "order_withdrawn"
	NoticeLightRed        NoticeKind = "light_red"
)

// NoticeKinds lists them.
func NoticeKinds() []NoticeKind {
	return []NoticeKind{
		NoticeReportDue, NoticeReportOverdue, NoticeReportUrged, NoticeReportSubmitted, NoticeReportReturned, NoticeReportApproved,
		NoticeUpdateDue, NoticeRequestFiled, NoticeRequestDecided, NoticeIssueAssigned, NoticeIssueReplied, NoticeIssueOverdue, NoticeIssueClosed,
		NoticeOrderIssued, NoticeOrderOverdue, NoticeOrderAnswered, NoticeOrderReturned, NoticeOrderClosed, NoticeOrderWithdrawn, NoticeLightRed,
	}
}

// Notice is something to tell. ProjectID is zero where it concerns no project. Occasion tells the same thing on the same
// object apart from the next time: a version, a day; empty takes the instant of the act. Nobody is told one occasion twice.
// Text fills the blanks of the kind's sentence; it must hold nothing that a reader of the project may not see.
type Notice struct {
	Kind       NoticeKind
	ProjectID  int64
	ObjectKind string
	ObjectID   int64
	Occasion   string
	Text       map[string]string
	To         Audience
}

// Audience is whom a notice is for; the zero Audience is nobody. Disabled accounts are never part of it, nor is whoever
// did the act.
type Audience struct {
	users    []string
	roles    []Role
	path     []int64
	anywhere bool
}

// ToUsers is for these accounts, by name.
func ToUsers(usernames ...string) Audience { return Audience{users: usernames} }

// ToRoles is for the holders of the roles in the organisation with this path (ids from the root down to itself); where
// nobody there holds any, in the nearest one above that has somebody.
func ToRoles(path []int64, roles ...Role) Audience { return Audience{path: path, roles: roles} }

// ToEveryone is for all holders of the roles, wherever they sit.
func ToEveryone(roles ...Role) Audience { return Audience{roles: roles, anywhere: true} }

// And adds accounts by name, as far as they still belong to an organisation of the path: who moved elsewhere is not told.
func (a Audience) And(usernames ...string) Audience {
	a.users = append(append([]string{}, a.users...), usernames...)
	return a
}

// Users are the accounts named.
func (a Audience) Users() []string { return a.users }

// Roles are those whose holders are told.
func (a Audience) Roles() []Role { return a.roles }

// Path is the place; empty binds the named accounts to none.
func (a Audience) Path() []int64 { return a.path }

// Anywhere reports whether the roles count wherever their holders sit.
func (a Audience) Anywhere() bool { return a.anywhere }

// Delivery is one notice as its recipient has it. Project is zero where it concerns none. ReadAt is zero while unread.
type Delivery struct {
	ID          int64
	RecipientID int64
	Kind        NoticeKind
	Project     ProjectRef
	ObjectKind  string
	ObjectID    int64
	Text        map[string]string
	Actor       string
	At          time.Time
	ReadAt      time.Time
}

// ProjectRef names a project.
type ProjectRef struct {
	ID   int64
	Code string
	Name string
}

// NoticeFilter selects from an inbox; empty fields do not filter.
type NoticeFilter struct {
	Unread bool
	Kinds  []NoticeKind
}

// MailNotice is a notice that goes by e-mail.
type MailNotice struct {
	Delivery
	Email string
}

// Reminders are the kinds that speak of a day and not of an act.
func Reminders() []NoticeKind {
	return []NoticeKind{NoticeReportDue, NoticeReportOverdue, NoticeUpdateDue, NoticeIssueOverdue, NoticeOrderOverdue}
}

// Reminder reports whether the kind speaks of a day; see [Reminders].
func (k NoticeKind) Reminder() bool { return slices.Contains(Reminders(), k) }
