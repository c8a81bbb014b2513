package service_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"zhongda/domain"
	"zhongda/service"
)

func TestABrokenPolicyStopsTheProgram(t *testing.T) {
	const good = "p, manager, project:read, all"
	access, err := service.CompileAccess(good)
	require.NoError(t, err)
	require.Equal(t, []service.RoleGrant{{Permission: domain.PermissionProjectRead, Scope: "all"}}, access.Grants(domain.RoleManager))
	for name, lines := range map[string]string{
		"empty":              "",
		"only blank lines":   "\n\n",
		"only a comment":     "# p, manager, project:read, all",
		"unknown role":       good + "\np, mayor, project:read, all",
		"role in capitals":   good + "\np, Manager, project:read, all",
		"unknown permission": good + "\np, manager, project:delete, all",
		"every permission":   good + "\np, manager, *, all",
		"public as a line":   good + "\np, manager, public, all",
		"unknown scope":      good + "\np, manager, pipeline:read, any",
		"no scope":           good + "\np, manager, pipeline:read",
		"twice":              good + "\n" + good,
		"two scopes":         good + "\np, manager, project:read, subtree",
		"a role of a role":   good + "\ng, manager, sysadmin",
		"no grant at all":    good + "\nP, manager, pipeline:read, all",
	} {
		_, err := service.CompileAccess(lines)
		require.Error(t, err, name)
	}
}

// authoredPolicy says once more, in another form, who holds what over which rows: - nothing, s one's own organisation and
// below, a everything. A changed line of the policy must be changed here too, knowingly.
const authoredPolicy = `
                       editor lead reviewer manager sysadmin secadmin auditor
project:read           a      a    a        a       -        -        -
project:read_internal  s      s    a        a       -        -        -
project:export         a      a    a        a       -        -        -
project:edit           s      s    a        -       -        -        -
project:update         s      s    -        -       -        -        -
project:assign         -      s    a        -       -        -        -
project:confirm        -      s    -        -       -        -        -
project:move           -      -    a        -       -        -        -
project:standing       -      -    a        -       -        -        -
milestone:create       s      s    -        -       -        -        -
milestone:update       s      s    -        -       -        -        -
report:read            s      s    a        a       -        -        -
report:write           s      s    -        -       -        -        -
report:submit          -      s    -        -       -        -        -
report:decide          -      -    a        -       -        -        -
issue:read             s      s    a        a       -        -        -
issue:write            s      s    a        -       -        -        -
issue:remark           s      s    a        -       -        -        -
issue:reply            s      s    s        -       -        -        -
issue:close            -      s    a        -       -        -        -
order:read             s      s    a        a       -        -        -
order:issue            -      -    a        -       -        -        -
order:answer           -      s    -        -       -        -        -
order:close            -      -    a        -       -        -        -
meeting:read           -      -    a        a       -        -        -
meeting:hold           -      -    a        -       -        -        -
light:review           -      -    a        -       -        -        -
light:rule             -      -    a        -       -        -        -
request:read           s      s    a        a       -        -        -
request:write          s      s    -        -       -        -        -
request:submit         -      s    -        -       -        -        -
request:decide         -      -    a        -       -        -        -
attachment:read        s      s    a        a       -        -        -
attachment:write       s      s    a        -       -        -        -
investment:edit        s      s    a        -       -        -        -
investment:write       s      s    -        -       -        -        -
investment:confirm     -      -    a        -       -        -        -
pipeline:read          a      a    a        a       -        -        -
view:share             -      a    a        a       -        -        -
reference:read         a      a    a        a       a        a        -
user:read              -      -    -        -       a        a        -
user:manage            -      -    -        -       a        -        -
role:grant             -      -    -        -       -        a        -
audit:read             -      -    -        -       -        -        a
`

func TestThePolicyIsAsAuthored(t *testing.T) {
	roles := []domain.Role{
		domain.RoleBureauEditor, domain.RoleBureauLead, domain.RoleDRCReviewer, domain.RoleManager,
		domain.RoleSysAdmin, domain.RoleSecAdmin, domain.RoleAuditor,
	}
	require.Equal(t, domain.Roles(), roles, "a new role needs a column")
	access, err := service.NewAccess()
	require.NoError(t, err)
	spelled := map[string]string{"-": "none", "s": "subtree", "a": "all"}
	var permissions []domain.Permission
	lines := strings.Split(strings.TrimSpace(authoredPolicy), "\n")
	for _, line := range lines[1:] {
		cells := strings.Fields(line)
		require.Len(t, cells, 1+len(roles), line)
		permission := domain.Permission(cells[0])
		permissions = append(permissions, permission)
		for i, role := range roles {
			require.Equal(t, spelled[cells[1+i]], access.Scope(actorWith(role), permission).String(), "%s of %s", permission, role)
		}
	}
	require.Equal(t, domain.Permissions(), permissions, "a new permission needs a line")
}

// The review queue shows reports and requests over one scope and lists them with one permission.
func TestReportsAndRequestsAreReadByTheSame(t *testing.T) {
	access, err := service.NewAccess()
	require.NoError(t, err)
	for _, role := range domain.Roles() {
		for report, request := range map[domain.Permission]domain.Permission{
			domain.PermissionReportRead: domain.PermissionRequestRead, domain.PermissionReportDecide: domain.PermissionRequestDecide,
		} {
			require.Equal(t, access.Scope(actorWith(role), report), access.Scope(actorWith(role), request), role)
		}
	}
}

func actorWith(roles ...domain.Role) domain.Actor {
	return domain.Actor{User: domain.User{ID: 1, Username: "somebody", Organisation: domain.Organisation{ID: 5}, Roles: roles}}
}

func TestAccessFailsClosed(t *testing.T) {
	access, err := service.NewAccess()
	require.NoError(t, err)
	nobody := func(change func(*domain.Actor)) domain.Actor {
		a := actorWith(domain.RoleBureauEditor, domain.RoleBureauLead)
		change(&a)
		return a
	}
	for name, actor := range map[string]domain.Actor{
		"the public":              {},
		"no role":                 nobody(func(a *domain.Actor) { a.User.Roles = nil }),
		"an unknown role":         nobody(func(a *domain.Actor) { a.User.Roles = []domain.Role{"mayor", "", "*", "r:manager"} }),
		"a role's name as a name": nobody(func(a *domain.Actor) { a.User.Username, a.User.Roles = "manager", nil }),
		"disabled":                nobody(func(a *domain.Actor) { a.User.Disabled = true }),
		"no account":              nobody(func(a *domain.Actor) { a.User.ID = 0 }),
	} {
		for _, permission := range append(domain.Permissions(), "", "public", "signed_in", "project:delete", "*") {
			require.True(t, access.Scope(actor, permission).Empty(), "%s holds %s", name, permission)
		}
	}
	homeless := nobody(func(a *domain.Actor) { a.User.Organisation = domain.Organisation{} })
	require.True(t, access.Scope(homeless, domain.PermissionProjectUpdate).Empty(), "without an organisation there is no subtree")
	require.False(t, access.Scope(homeless, domain.PermissionProjectUpdate).Covers([]int64{0}))
	require.True(t, access.Scope(actorWith(domain.RoleManager, domain.RoleBureauEditor), domain.PermissionProjectReadInternal).All(), "the wider of two roles")
}

func TestHoldersOfAPermission(t *testing.T) {
	access, err := service.NewAccess()
	require.NoError(t, err)
	require.Equal(t, []domain.Role{domain.RoleBureauLead, domain.RoleDRCReviewer}, access.Holders(domain.PermissionProjectAssign))
	require.Empty(t, access.Holders("project:delete"))
}

// What an account page says may be changed is the scope of editing, not of reading.
func TestTheScopeShownIsThatOfEditing(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	for role, want := range map[domain.Role]string{
		domain.RoleBureauEditor: "subtree", domain.RoleBureauLead: "subtree", domain.RoleDRCReviewer: "all",
		domain.RoleManager: "none", domain.RoleSysAdmin: "none", domain.RoleSecAdmin: "none", domain.RoleAuditor: "none",
	} {
		_, scope := o.Permissions(domain.Actor{User: o.member(t, "water", role)})
		require.Equal(t, want, scope.String(), role)
	}
}
