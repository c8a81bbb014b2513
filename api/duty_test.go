package api_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"zhongda/api"
	"zhongda/api/apitest"
)

// account is the id of an account and its current version.
func (p *product) account(t testing.TB, username string) (id, version int64) {
	t.Helper()
	id = p.number(t, "SELECT id FROM app_user WHERE username = $1", username)
	return id, p.version(t, "app_user", id)
}

func (p *product) setRoles(t testing.TB, c *apitest.Client, username string, roles ...string) apitest.Response {
	t.Helper()
	id, version := p.account(t, username)
	return c.Do(t, apitest.Request{
		Method: http.MethodPut, Path: fmt.Sprintf("/api/v1/users/%d/roles", id), Headers: at(version), Body: map[string][]string{"roles": append([]string{}, roles...)},
	})
}

// TestNoAdministratorDoesAnothersJob follows one new account: the system administrator opens it without any role, only
// the security administrator gives it one, and only the auditor reads what happened.
func TestNoAdministratorDoesAnothersJob(t *testing.T) {
	t.Parallel()
	p := newProduct(t)
	sysadmin, secadmin, auditor := p.signedIn(t, "sysadmin"), p.signedIn(t, "secadmin"), p.signedIn(t, "auditor")
	open := func(c *apitest.Client, username string) apitest.Response {
		return c.Post(t, "/api/v1/users", map[string]any{
			"username": username, "displayName": "新人", "organisationId": p.number(t, "SELECT id FROM organisation WHERE code = $1", p.bureauA), "password": "First-password-1",
		})
	}
	require.Equal(t, http.StatusForbidden, open(secadmin, "by.secadmin").Status)
	require.Equal(t, http.StatusForbidden, open(auditor, "by.auditor").Status)
	created := open(sysadmin, "newcomer")
	require.Equal(t, http.StatusCreated, created.Status, "%s", created.Body)
	require.Empty(t, apitest.Decode[api.User](t, created).Roles)

	require.Equal(t, http.StatusForbidden, p.setRoles(t, sysadmin, "newcomer", "bureau_editor").Status)
	require.Equal(t, http.StatusForbidden, p.setRoles(t, auditor, "newcomer", "bureau_editor").Status)
	granted := p.setRoles(t, secadmin, "newcomer", "bureau_editor")
	require.Equal(t, http.StatusOK, granted.Status, "%s", granted.Body)

	for username, c := range map[string]*apitest.Client{"sysadmin": sysadmin, "secadmin": secadmin, "auditor": auditor} {
		for _, path := range []string{"/api/v1/projects", "/api/v1/projects/facets", "/api/v1/pipeline", projectPath(p.own), projectPath(p.own) + "/history", projectPath(p.own) + "/access"} {
			require.Equal(t, http.StatusForbidden, c.Get(t, path).Status, "%s reads %s", username, path)
		}
		require.Equal(t, username == "auditor", c.Get(t, "/api/v1/audit").Status == http.StatusOK, username)
	}
	aimed := p.number(t, "SELECT count(*) FROM audit_record WHERE result = 'refused' AND actor = 'sysadmin' AND object_kind = 'project' AND project_id = $1", p.own)
	require.EqualValues(t, 3, aimed, "a refusal at the gate is recorded beside the project it was aimed at")
	record := string(auditor.Get(t, "/api/v1/audit?limit=200").Body)
	for _, said := range []string{`"user.create"`, `"user.roles"`, `"role:grant"`, `"refused"`, `"newcomer"`} {
		require.Contains(t, record, said)
	}
	require.NotContains(t, record, "First-password-1")
}

func TestRolesThatNoOnePersonHolds(t *testing.T) {
	t.Parallel()
	p := newProduct(t)
	secadmin := p.signedIn(t, "secadmin")
	victim := p.bureauB + ".editor"
	for _, administrator := range []string{"sysadmin", "secadmin", "auditor"} {
		for _, other := range []string{"bureau_editor", "bureau_lead", "drc_reviewer", "manager", "sysadmin", "secadmin", "auditor"} {
			if administrator == other {
				continue
			}
			before := p.fingerprint(t)
			r := p.setRoles(t, secadmin, victim, administrator, other)
			require.Equal(t, http.StatusConflict, r.Status, "%s and %s", administrator, other)
			require.Equal(t, "roles_incompatible", codes(t, r))
			require.Equal(t, before, p.fingerprint(t))
		}
	}
	require.EqualValues(t, 18, p.number(t, "SELECT count(*) FROM audit_record WHERE result = 'refused' AND reason = 'roles_incompatible' AND object_kind = 'user'"))
	require.Equal(t, "not_on_oneself", codes(t, p.setRoles(t, secadmin, "secadmin", "drc_reviewer")))
	require.Equal(t, "invalid roles:role_twice", codes(t, p.setRoles(t, secadmin, victim, "manager", "manager")))
	require.Equal(t, http.StatusOK, p.setRoles(t, secadmin, victim, "bureau_editor", "bureau_lead").Status, "business roles go together")
	require.Equal(t, http.StatusOK, p.setRoles(t, secadmin, victim).Status, "and all can be taken away")
}

// A lost role counts from the next request on, and a fresh sign-in has what was granted.
func TestARoleChangeTakesEffectAtOnce(t *testing.T) {
	t.Parallel()
	p := newProduct(t)
	secadmin, editor := p.signedIn(t, "secadmin"), p.signedIn(t, p.bureauA+".editor")
	require.Equal(t, http.StatusOK, p.patch(t, editor, p.own, `{"summary":"前"}`).Status)
	require.Equal(t, http.StatusOK, p.setRoles(t, secadmin, p.bureauA+".editor", "manager").Status)
	require.Equal(t, http.StatusUnauthorized, p.patch(t, editor, p.own, `{"summary":"后"}`).Status, "the session ended with the role")
	editor = p.signedIn(t, p.bureauA+".editor")
	require.Equal(t, http.StatusForbidden, p.patch(t, editor, p.own, `{"summary":"后"}`).Status)
	require.Equal(t, "前", p.Text(t, "SELECT summary FROM project WHERE id = $1", p.own))
}

// Whoever knows another administrator's password could do that one's job.
func TestAdministratorsKeepTheirPasswords(t *testing.T) {
	t.Parallel()
	p := newProduct(t)
	sysadmin := p.signedIn(t, "sysadmin")
	reset := func(username string) apitest.Response {
		id, _ := p.account(t, username)
		return sysadmin.Post(t, fmt.Sprintf("/api/v1/users/%d/password", id), map[string]string{"password": "Another-horse-2"})
	}
	require.Equal(t, "not_on_administrator", codes(t, reset("secadmin")))
	require.Equal(t, "not_on_administrator", codes(t, reset("auditor")))
	require.Equal(t, "not_on_oneself", codes(t, reset("sysadmin")))
	require.Equal(t, http.StatusNoContent, reset(p.bureauA+".editor").Status)
	c := p.server.Client(t)
	signIn := c.Post(t, "/api/v1/session", map[string]string{"username": p.bureauA + ".editor", "password": "Another-horse-2"})
	require.True(t, apitest.Decode[api.Me](t, signIn).MustChangePassword)
	require.Equal(t, "password_change_required", codes(t, c.Get(t, "/api/v1/projects")), "first of all a password of one's own")
}

func TestTheSessionCookie(t *testing.T) {
	t.Parallel()
	p := newProduct(t)
	c := p.server.Client(t)
	c.Headers["Cookie"] = "__Host-sid=chosen-by-somebody-else"
	r := c.Post(t, "/api/v1/session", map[string]string{"username": "manager", "password": demoPassword})
	cookie := r.Header.Get("Set-Cookie")
	require.Regexp(t, `^__Host-sid=[\w-]{43}; Path=/; Max-Age=43200; HttpOnly; Secure; SameSite=Lax$`, cookie)
	token, _, _ := strings.Cut(strings.TrimPrefix(cookie, "__Host-sid="), ";")
	require.NotContains(t, string(r.Body), token)
	delete(c.Headers, "Cookie")
	require.Equal(t, http.StatusOK, c.Get(t, "/api/v1/me").Status)
	require.Equal(t, http.StatusNoContent, c.Do(t, apitest.Request{Method: http.MethodDelete, Path: "/api/v1/session"}).Status)
	kept := p.server.Client(t)
	kept.Headers["Cookie"] = "__Host-sid=" + token
	require.Equal(t, http.StatusUnauthorized, kept.Get(t, "/api/v1/me").Status, "a kept cookie is worth nothing after signing out")
}

// Names of roles are no names of accounts, and no spelling of an account's name is another account.
func TestNamesOfAccounts(t *testing.T) {
	t.Parallel()
	p := newProduct(t)
	sysadmin := p.signedIn(t, "sysadmin")
	for username, want := range map[string]string{
		"r:manager": "username_form", "Admin": "username_form", "adm in": "username_form", "аdmin": "username_form", "ab": "username_form",
		"manager": "username_taken",
	} {
		r := sysadmin.Post(t, "/api/v1/users", map[string]any{"username": username, "displayName": "x", "organisationId": 1, "password": "First-password-1"})
		require.Contains(t, codes(t, r), want, username)
	}
	r := sysadmin.Post(t, "/api/v1/users", map[string]any{"username": "elsewhere", "displayName": "x", "organisationId": 999999, "password": "First-password-1"})
	require.Equal(t, "invalid organisationId:unknown_organisation", codes(t, r))
	r = sysadmin.Post(t, "/api/v1/users", map[string]any{"username": "weakling", "displayName": "x", "organisationId": 1, "password": "password12"})
	require.Equal(t, "invalid password:password_classes", codes(t, r))
}
