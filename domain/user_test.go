package domain_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"zhongda/domain"
)

func TestPasswordPolicy(t *testing.T) {
	const username = "water.editor"
	for _, c := range []struct{ password, refuse string }{
		{"Aa1!" + strings.Repeat("密", 60), ""}, // 184 bytes
		{"Aa1" + strings.Repeat("密", 125), ""},
		{"Aa1" + strings.Repeat("密", 126), "new password_length"},
		{"Aa1!aaaaaa", ""},
		{"Aa1!aaaaa", "new password_length"},
		{"Aa1密密密密密密", "new password_length"}, // nine characters in 21 bytes
		{"", "new password_length"},
		{"aaaaaAAAAA", "new password_classes"},
		{"密码密码密码密码密码", "new password_classes"},
		{"密码密码密码密码12", "new password_classes"},
		{"密码密码密码密码1a", ""},
		{"aaaaa11111!", ""},
		{"xx1!Water.Editor", "new password_has_username"},
		{"Water-Editor-1", ""},
	} {
		require.Equal(t, c.refuse, refusal(t, domain.CheckPassword("new", username, c.password)), "%q", c.password)
	}
}

func TestUsernames(t *testing.T) {
	for _, name := range []string{"abc", "futian-water.editor", "drc.reviewer1", "a" + strings.Repeat("b", 59)} {
		require.NoError(t, domain.CheckUsername(name), name)
	}
	for _, name := range []string{
		"", "ab", "a" + strings.Repeat("b", 60), "Admin", "1abc", ".abc", "-abc", "a bc", "a:bc", "r:reviewer", "u:admin", "abc\n",
		"adm\u0131n", "аdmin", "admin\x00", "a_bc", "水务局", "a/bc", "a%bc",
	} {
		require.Equal(t, "username username_form", refusal(t, domain.CheckUsername(name)), "%q", name)
	}
}

// An administrator's role stands alone; business roles may be combined.
func TestWhichRolesGoTogether(t *testing.T) {
	administrators := map[domain.Role]bool{domain.RoleSysAdmin: true, domain.RoleSecAdmin: true, domain.RoleAuditor: true}
	require.NoError(t, domain.CheckRoles(nil))
	for _, a := range domain.Roles() {
		require.Equal(t, administrators[a], a.Administrative(), a)
		require.NoError(t, domain.CheckRoles([]domain.Role{a}), a)
		for _, b := range domain.Roles() {
			want := ""
			switch {
			case a == b:
				want = "roles role_twice"
			case administrators[a] || administrators[b]:
				want = "roles_incompatible"
			}
			require.Equal(t, want, refusal(t, domain.CheckRoles([]domain.Role{a, b})), "%s and %s", a, b)
		}
	}
	for _, role := range []domain.Role{"", "admin", "Manager", "manager ", "r:manager"} {
		require.Equal(t, "roles unknown_role", refusal(t, domain.CheckRoles([]domain.Role{role})), role)
	}
}
