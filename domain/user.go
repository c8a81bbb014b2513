package domain

import (
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// User is an account. It belongs to exactly one organisation, which is also the root of what it may change. A Demo
// account is ready-made for a trial and stays shut anywhere else.
type User struct {
	ID                 int64
	Username           string
	DisplayName        string
	Organisation       Organisation
	Roles              []Role
	Disabled           bool
	MustChangePassword bool
	Demo               bool
	LastSignInAt       time.Time
	Version            int64
}

// UserChange is a partial edit by the system administrator; a nil field stays as it is.
type UserChange struct {
	DisplayName    *string
	OrganisationID *int64
	Disabled       *bool
}

// usernamePattern keeps ':' out, which the access policy uses as a separator, and anything that looks like another's
// name in a different spelling.
var usernamePattern = regexp.MustCompile(`^[a-z][a-z0-9.-]{2,59}$`)

// CheckUsername refuses names that could be confused with another's, with a role's or with a simulated one.
func CheckUsername(name string) error {
	if !usernamePattern.MatchString(name) {
		return Invalid("username", "username_form")
	}
	if SimulatedName(name) {
		return Invalid("username", "username_reserved")
	}
	return nil
}

// Passwords have at least this many characters from at least three classes (GB/T 22239-2019, level 3).
const (
	PasswordMinRunes = 10
	PasswordMaxRunes = 128
)

// CheckPassword applies the password policy to a new password of the account username.
func CheckPassword(field, username, password string) error {
	n := utf8.RuneCountInString(password)
	switch {
	case n < PasswordMinRunes || n > PasswordMaxRunes:
		return Invalid(field, "password_length", "min", PasswordMinRunes, "max", PasswordMaxRunes)
	case passwordClasses(password) < 3:
		return Invalid(field, "password_classes")
	case strings.Contains(strings.ToLower(password), username):
		return Invalid(field, "password_has_username")
	}
	return nil
}

func passwordClasses(password string) int {
	var lower, upper, digit, other int
	for _, r := range password {
		switch {
		case unicode.IsLower(r):
			lower = 1
		case unicode.IsUpper(r):
			upper = 1
		case unicode.IsDigit(r):
			digit = 1
		default:
			other = 1
		}
	}
	return lower + upper + digit + other
}

// Role is a set of permissions; which, is the policy's business.
type Role string

// The roles. The last three are the separate administrators (三员分立, GB/T 22239-2019): none holds another's.
const (
	RoleBureauEditor Role = "bureau_editor"
	RoleBureauLead   Role = "bureau_lead"
	RoleDRCReviewer  Role = "drc_reviewer"
	RoleManager      Role = "manager"
	RoleSysAdmin     Role = "sysadmin"
	RoleSecAdmin     Role = "secadmin"
	RoleAuditor      Role = "auditor"
)

// Roles lists every role.
func Roles() []Role {
	return []Role{RoleBureauEditor, RoleBureauLead, RoleDRCReviewer, RoleManager, RoleSysAdmin, RoleSecAdmin, RoleAuditor}
}

// Administrative reports whether the role is one of the three separate administrators.
func (r Role) Administrative() bool {
	return r == RoleSysAdmin || r == RoleSecAdmin || r == RoleAuditor
}

// CheckRoles refuses a set of roles no one person may hold: unknown or repeated ones, or an administrator's role
// together with any other.
func CheckRoles(roles []Role) error {
	for i, r := range roles {
		if !slices.Contains(Roles(), r) {
			return Invalid("roles", "unknown_role", "role", string(r))
		}
		if slices.Contains(roles[:i], r) {
			return Invalid("roles", "role_twice", "role", string(r))
		}
	}
	if len(roles) > 1 && slices.ContainsFunc(roles, Role.Administrative) {
		return Conflict(CodeRolesIncompatible)
	}
	return nil
}

// UserFilter selects accounts; empty fields do not filter. Text is part of a username or a display name.
type UserFilter struct {
	Text           string
	Role           Role
	OrganisationID int64
	State          UserState
}
