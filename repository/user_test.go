package repository_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"zhongda/domain"
	"zhongda/repository/repositorytest"
)

func TestCreatedUserReadsBack(t *testing.T) {
	t.Parallel()
	city := repositorytest.NewCity(t)
	created, err := city.Store.CreateUser(t.Context(), domain.User{
		Username: "li.wei", DisplayName: "李伟", Organisation: city.Organisation(t, "baoan"), MustChangePassword: true, Demo: true,
	}, "hash")
	require.NoError(t, err)
	require.Equal(t, domain.User{
		ID: created.ID, Username: "li.wei", DisplayName: "李伟", Organisation: city.Organisation(t, "baoan"),
		MustChangePassword: true, Demo: true, Version: 1,
	}, created)
	again, err := city.Store.User(t.Context(), created.ID)
	require.NoError(t, err)
	require.Equal(t, created, again)
	_, err = city.Store.User(t.Context(), created.ID+1)
	require.Equal(t, "user_not_found", codeOf(t, err))
}

func TestUserThatBreaksARuleOfTheDatabaseIsRefused(t *testing.T) {
	t.Parallel()
	city := repositorytest.NewCity(t)
	city.NewUser(t, "li.wei", "water")
	for code, u := range map[string]domain.User{
		"username_taken":                      {Username: "li.wei", DisplayName: "李", Organisation: city.Organisation(t, "water")},
		"username username_form":              {Username: "r:admin", DisplayName: "李", Organisation: city.Organisation(t, "water")},
		"displayName too_long":                {Username: "wang", Organisation: city.Organisation(t, "water")},
		"organisationId unknown_organisation": {Username: "wang", DisplayName: "王", Organisation: domain.Organisation{ID: 777}},
	} {
		_, err := city.Store.CreateUser(t.Context(), u, "hash")
		require.Equal(t, code, codeOf(t, err))
	}
}

func TestUpdateOfAUserNeedsTheVersionRead(t *testing.T) {
	t.Parallel()
	city := repositorytest.NewCity(t)
	u := city.NewUser(t, "li.wei", "water", domain.RoleManager)
	u.DisplayName, u.Disabled, u.Organisation = "李伟", true, city.Organisation(t, "drc")
	version, err := city.Store.UpdateUser(t.Context(), u)
	require.NoError(t, err)
	require.EqualValues(t, 2, version)

	stale := u
	stale.DisplayName = "旧"
	_, err = city.Store.UpdateUser(t.Context(), stale)
	require.Equal(t, "stale_version", codeOf(t, err))
	_, err = city.Store.SetRoles(t.Context(), u.ID, 1, nil)
	require.Equal(t, "stale_version", codeOf(t, err))

	u.Version = version
	read, err := city.Store.User(t.Context(), u.ID)
	require.NoError(t, err)
	require.Equal(t, u, read)
	u.Disabled = false
	_, err = city.Store.UpdateUser(t.Context(), u)
	require.NoError(t, err)
	require.Equal(t, "false", city.Text(t, "SELECT disabled::text FROM app_user"), "a false value is written too")
	u.ID++
	_, err = city.Store.UpdateUser(t.Context(), u)
	require.Equal(t, "user_not_found", codeOf(t, err))
}

func TestRolesAreReplacedAsASet(t *testing.T) {
	t.Parallel()
	city := repositorytest.NewCity(t)
	u := city.NewUser(t, "li.wei", "water", domain.RoleBureauEditor)
	version, err := city.Store.SetRoles(t.Context(), u.ID, 1, []domain.Role{domain.RoleManager, domain.RoleBureauLead})
	require.NoError(t, err)
	requireRoles(t, city, u.ID, domain.RoleBureauLead, domain.RoleManager)

	_, err = city.Store.SetRoles(t.Context(), u.ID, version, []domain.Role{domain.RoleAuditor, domain.RoleManager})
	require.Equal(t, "roles_incompatible", codeOf(t, err))
	_, err = city.Store.SetRoles(t.Context(), u.ID, version, []domain.Role{"root"})
	require.Equal(t, "roles unknown_role", codeOf(t, err))
	requireRoles(t, city, u.ID, domain.RoleBureauLead, domain.RoleManager)

	version, err = city.Store.SetRoles(t.Context(), u.ID, version, []domain.Role{domain.RoleAuditor})
	require.NoError(t, err)
	requireRoles(t, city, u.ID, domain.RoleAuditor)
	_, err = city.Store.SetRoles(t.Context(), u.ID, version, nil)
	require.NoError(t, err)
	requireRoles(t, city, u.ID)
}

func requireRoles(t *testing.T, city *repositorytest.City, id int64, roles ...domain.Role) {
	t.Helper()
	u, err := city.Store.User(t.Context(), id)
	require.NoError(t, err)
	require.Equal(t, roles, u.Roles)
}

func TestUsersArePagedByName(t *testing.T) {
	t.Parallel()
	city := repositorytest.NewCity(t)
	for n := range 7 {
		city.NewUser(t, fmt.Sprintf("user.%d", n), "water")
	}
	var names []string
	page := domain.PageRequest{Limit: 3, WithTotal: true}
	for {
		got, err := city.Store.Users(t.Context(), domain.UserFilter{}, page)
		require.NoError(t, err)
		require.Equal(t, 7, got.Total)
		for _, u := range got.Items {
			names = append(names, u.Username)
		}
		if len(names) == 3 { // somebody new before the cursor neither repeats nor hides a row
			city.NewUser(t, "aaa", "water")
			city.Exec(t, "DELETE FROM app_user WHERE username = 'user.0'")
		}
		if got.NextCursor == "" {
			break
		}
		page.Cursor = got.NextCursor
	}
	require.Equal(t, []string{"user.0", "user.1", "user.2", "user.3", "user.4", "user.5", "user.6"}, names)
	for _, cursor := range []string{"?", "e30", "eyJzIjoidXNlcm5hbWUiLCJ2IjpudWxsLCJpIjoxfQ"} { // garbage, {}, no value
		_, err := city.Store.Users(t.Context(), domain.UserFilter{}, domain.PageRequest{Cursor: cursor})
		require.Equal(t, "cursor bad_cursor", codeOf(t, err), cursor)
	}
}

func TestUsersAreFiltered(t *testing.T) {
	t.Parallel()
	city := repositorytest.NewCity(t)
	city.NewUser(t, "water.lead", "water", domain.RoleBureauLead)
	city.NewUser(t, "drc.lead", "drc", domain.RoleBureauLead)
	city.NewUser(t, "auditor", "drc", domain.RoleAuditor)
	city.Exec(t, "UPDATE app_user SET display_name = '审计_员' WHERE username = 'auditor'")
	names := func(f domain.UserFilter) (names []string) {
		page, err := city.Store.Users(t.Context(), f, domain.PageRequest{})
		require.NoError(t, err)
		for _, u := range page.Items {
			names = append(names, u.Username)
		}
		return names
	}
	require.Equal(t, []string{"drc.lead", "water.lead"}, names(domain.UserFilter{Text: "LEAD"}))
	require.Equal(t, []string{"auditor"}, names(domain.UserFilter{Text: "审计"}))
	require.Equal(t, []string{"auditor"}, names(domain.UserFilter{Text: "_"}), "a wildcard is a character")
	require.Empty(t, names(domain.UserFilter{Text: "%' OR '1'='1"}))
	require.Equal(t, []string{"drc.lead", "water.lead"}, names(domain.UserFilter{Role: domain.RoleBureauLead}))
	drc := city.Organisation(t, "drc").ID
	require.Equal(t, []string{"drc.lead"}, names(domain.UserFilter{Role: domain.RoleBureauLead, OrganisationID: drc}))
}
