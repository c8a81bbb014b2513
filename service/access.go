package service

import (
	_ "embed"
	"errors"
	"fmt"
	"strings"

	"github.com/casbin/casbin/v2"
	"github.com/casbin/casbin/v2/model"
	stringadapter "github.com/casbin/casbin/v2/persist/string-adapter"

	"zhongda/domain"
)

//go:embed policy.conf
var policyModel string

//go:embed policy.csv
var policyLines string

// The scopes a policy line may grant: the rows of one's own organisation and those below it, or every row.
const (
	scopeSubtree = "subtree"
	scopeAll     = "all"
)

type grantKey struct {
	role       domain.Role
	permission domain.Permission
}

// Access answers what a role may do, and over which rows. Casbin decides every role, permission and scope once, when
// the policy is read; the answers are then a map, because the policy is part of the program while the roles of a
// person are read with the session in every request. It is immutable and safe for concurrent use.
type Access struct{ grants map[grantKey]string }

// NewAccess compiles the program's own policy.
func NewAccess() (*Access, error) { return compileAccess(policyLines) }

// compileAccess refuses an empty policy and a line that names an unknown role, permission or scope: a slip of the pen
// in the policy must stop the program, not open or close a door unnoticed.
func compileAccess(lines string) (*Access, error) {
	m, err := model.NewModelFromString(policyModel)
	if err != nil {
		return nil, fmt.Errorf("access model: %w", err)
	}
	enforcer, err := casbin.NewEnforcer(m, stringadapter.NewAdapter(lines))
	if err != nil {
		return nil, fmt.Errorf("access policy: %w", err)
	}
	access := &Access{grants: map[grantKey]string{}}
	for _, role := range domain.Roles() {
		for _, permission := range domain.Permissions() {
			for _, scope := range []string{scopeSubtree, scopeAll} {
				allowed, err := enforcer.Enforce(string(role), string(permission), scope)
				if err != nil {
					return nil, fmt.Errorf("access policy %s %s %s: %w", role, permission, scope, err)
				}
				if allowed {
					access.grants[grantKey{role, permission}] = scope
				}
			}
		}
	}
	if n := policySize(lines); n == 0 || n != len(access.grants) {
		return nil, errors.New("access policy: empty, or a line names an unknown role, permission or scope, stands twice or is no grant")
	}
	return access, nil
}

// policySize counts the lines that must each have become a grant; casbin passes over what it does not know.
func policySize(lines string) (n int) {
	for line := range strings.Lines(lines) {
		if line = strings.TrimSpace(line); line != "" && !strings.HasPrefix(line, "#") {
			n++
		}
	}
	return n
}

// Scope is over which rows the actor holds the permission; the empty scope when not at all. An actor without an
// organisation has no subtree, an actor without a session has nothing.
func (a *Access) Scope(actor domain.Actor, permission domain.Permission) domain.Scope {
	var scope domain.Scope
	if !actor.SignedIn() || actor.User.Disabled {
		return scope
	}
	for _, role := range actor.User.Roles {
		switch a.grants[grantKey{role, permission}] {
		case scopeAll:
			scope = scope.Union(domain.ScopeAll())
		case scopeSubtree:
			scope = scope.Union(domain.ScopeSubtree(actor.User.Organisation.ID))
		}
	}
	return scope
}

// Holders lists the roles that hold a permission over any rows, for explaining a refusal.
func (a *Access) Holders(permission domain.Permission) []domain.Role {
	var roles []domain.Role
	for _, role := range domain.Roles() {
		if a.grants[grantKey{role, permission}] != "" {
			roles = append(roles, role)
		}
	}
	return roles
}

// RoleGrant is one line of the policy: a permission of a role and the scope it reaches.
type RoleGrant struct {
	Permission domain.Permission
	Scope      string
}

// Grants lists what a role holds, in the order of domain.Permissions.
func (a *Access) Grants(role domain.Role) []RoleGrant {
	var grants []RoleGrant
	for _, permission := range domain.Permissions() {
		if scope := a.grants[grantKey{role, permission}]; scope != "" {
			grants = append(grants, RoleGrant{Permission: permission, Scope: scope})
		}
	}
	return grants
}

// require is the first statement of every use case: the scope of the permission, or the refusal.
func (a *Access) require(actor domain.Actor, permission domain.Permission) (domain.Scope, error) {
	if err := a.admit(actor); err != nil {
		return domain.Scope{}, err
	}
	scope := a.Scope(actor, permission)
	if scope.Empty() {
		return scope, &domain.Error{
			Kind: domain.KindForbidden, Code: "role_missing",
			Params: domain.Params("permission", string(permission), "roles", a.Holders(permission)),
		}
	}
	return scope, nil
}

// admit refuses whoever is not signed in, or has still to choose a password.
func (a *Access) admit(actor domain.Actor) error {
	if !actor.SignedIn() {
		return &domain.Error{Kind: domain.KindUnauthenticated, Code: "sign_in_required"}
	}
	if actor.User.MustChangePassword {
		return domain.Forbidden("password_change_required")
	}
	return nil
}
