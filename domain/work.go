package domain

import "time"

// Oversight is what somebody looks at who neither files nor decides: what stands red, what of it no order under way
// answers, what is late by a quarter, and the meetings to come.
type Oversight struct {
	Red        int
	Unanswered int
	Late       int
	Meetings   []Meeting
}

// OverseenLateByDays is from how many days against the original baseline a project counts as late in an overview.
const OverseenLateByDays = 90

// UserState is something about an account that an administrator may have to act on.
type UserState string

// The states. An account may be in several: opened and never used, with a password its owner has still to change, without
// a role, closed, and closed with roles left.
const (
	UserNeverSignedIn UserState = "never_signed_in"
	UserPasswordDue   UserState = "password_due"
	UserWithoutRole   UserState = "without_role"
	UserDisabled      UserState = "disabled"
	UserRolesLeft     UserState = "roles_left"
)

// UserStates lists them.
func UserStates() []UserState {
	return []UserState{UserNeverSignedIn, UserPasswordDue, UserWithoutRole, UserDisabled, UserRolesLeft}
}

// AccountWork counts the accounts of the states that one administrator acts on.
type AccountWork map[UserState]int

// RecordWork is where the audit record ends, and how many acts it tells of that were refused since a day, that day
// included.
type RecordWork struct {
	Anchor  AuditAnchor
	Refused int
	Since   time.Time
}
