package service_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"zhongda/domain"
	"zhongda/repository"
	"zhongda/service"
)

const goodPassword = "Correct-horse-1"

// account opens an account that can sign in and has chosen its own password.
func (o *office) account(t testing.TB, username string, roles ...domain.Role) domain.User {
	t.Helper()
	u := domain.User{Username: username, DisplayName: username, Organisation: o.Organisation(t, "water"), Roles: roles}
	require.NoError(t, o.OpenAccount(t.Context(), u, goodPassword))
	o.Exec(t, "UPDATE app_user SET must_change_password = false WHERE username = $1", username)
	stored, err := o.Store.Users(t.Context(), domain.UserFilter{Text: username}, domain.PageRequest{})
	require.NoError(t, err)
	require.Len(t, stored.Items, 1)
	return stored.Items[0]
}

func (o *office) signIn(t testing.TB, username string) (token string) {
	t.Helper()
	token, _, err := o.SignIn(t.Context(), username, goodPassword, "browser")
	require.NoError(t, err)
	return token
}

// identified is the code with which a token is turned away, "" when it is not.
func (o *office) identified(t testing.TB, token string) string {
	t.Helper()
	_, err := o.Identify(t.Context(), token)
	return codeOf(t, err)
}

func TestEverySignInThatFailsFailsAlike(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	o.account(t, "known")
	o.account(t, "gone")
	o.Exec(t, "UPDATE app_user SET disabled = true WHERE username = 'gone'")
	o.account(t, "trial")
	o.Exec(t, "UPDATE app_user SET demo = true WHERE username = 'trial'")
	for i, c := range []struct{ name, username, password string }{
		{"wrong password", "known", "Wrong-horse-1"},
		{"unknown name", "unknown", goodPassword},
		{"disabled, right password", "gone", goodPassword},
		{"disabled, wrong password", "gone", "Wrong-horse-1"},
		{"a trial's account, right password", "trial", goodPassword},
		{"no name", "", goodPassword},
	} {
		token, actor, err := o.SignIn(t.Context(), c.username, c.password, "browser")
		require.Equal(t, &domain.Error{Kind: domain.KindUnauthenticated, Code: "sign_in_failed"}, err, c.name)
		require.Empty(t, token, c.name)
		require.Equal(t, domain.Actor{}, actor, c.name)
		require.Equal(t, text(i+1), o.Text(t, "SELECT count(*) FROM sign_in_failure"), c.name)
		require.Equal(t, text(i+1), o.countRecords(t, "action = 'session.create' AND result = 'failed' AND reason = 'sign_in_failed'"), c.name)
	}
	require.Equal(t, "0", o.Text(t, "SELECT count(*) FROM session"))
	o.signIn(t, "known")
	_, actor, err := o.SignIn(t.Context(), " Known ", goodPassword, "browser")
	require.NoError(t, err, "case and space around a name do not matter")
	require.Equal(t, "known", actor.User.Username)
}

func TestAfterFiveFailuresTheNameWaits(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	o.account(t, "known")
	for _, username := range []string{"known", "unknown"} {
		for _, spelling := range []string{"", " ", "", "", ""} {
			_, _, err := o.SignIn(t.Context(), username+spelling, "Wrong-horse-1", "")
			require.Equal(t, "sign_in_failed", codeOf(t, err))
		}
		for _, spelling := range []string{username, " " + username, strings.ToUpper(username)} {
			_, _, err := o.SignIn(t.Context(), spelling, goodPassword, "")
			require.Equal(t, "sign_in_wait", codeOf(t, err), spelling)
			require.Equal(t, domain.KindTooMany, domain.KindOf(err))
		}
	}
	o.now = o.now.Add(domain.SignInWindow - time.Second)
	_, _, err := o.SignIn(t.Context(), "known", goodPassword, "")
	require.Equal(t, "sign_in_wait", codeOf(t, err))
	o.now = o.now.Add(time.Second)
	o.signIn(t, "known")

	for range 4 {
		_, _, err := o.SignIn(t.Context(), "known", "Wrong-horse-1", "")
		require.Equal(t, "sign_in_failed", codeOf(t, err))
	}
	o.signIn(t, "known")
	_, _, err = o.SignIn(t.Context(), "known", "Wrong-horse-1", "")
	require.Equal(t, "sign_in_failed", codeOf(t, err), "getting in starts the count anew")
}

// A name longer than any account's is counted as it is recorded.
func TestVeryLongNamesWaitToo(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	long := "n" + strings.Repeat("obody", 20)
	for range domain.SignInAttempts {
		_, _, err := o.SignIn(t.Context(), long, goodPassword, "")
		require.Equal(t, "sign_in_failed", codeOf(t, err))
	}
	_, _, err := o.SignIn(t.Context(), long, goodPassword, "")
	require.Equal(t, "sign_in_wait", codeOf(t, err))
}

func TestDemoAccountsOpenOnlyATrial(t *testing.T) {
	t.Parallel()
	trial := newOffice(t, func(options *service.Options) { options.Demo = true })
	trial.NewProject(t)
	require.NoError(t, trial.LoadDemoAccounts(t.Context(), goodPassword))
	token := trial.signIn(t, "water.editor")
	require.Empty(t, trial.identified(t, token))

	earnest, err := service.New(service.Options{Store: trial.Store, Now: func() time.Time { return trial.now }, Zone: time.UTC, Log: nil})
	require.NoError(t, err)
	_, err = earnest.Identify(t.Context(), token)
	require.Equal(t, "sign_in_failed", codeOf(t, err), "an open session of a trial ends where no trial is")
	_, _, err = earnest.SignIn(t.Context(), "sysadmin", goodPassword, "")
	require.Equal(t, "sign_in_failed", codeOf(t, err))
}

func TestASessionEndsWhenIdleAndAtItsLimit(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	o.account(t, "known")
	idle, busy := o.signIn(t, "known"), o.signIn(t, "known")
	require.NotEqual(t, idle, busy)
	require.GreaterOrEqual(t, len(idle), 43, "256 bits")
	require.Equal(t, "0", o.Text(t, "SELECT count(*) FROM session WHERE encode(token_hash, 'escape') = $1 OR encode(token_hash, 'hex') = $1", idle), "the token itself is nowhere")

	opened := o.now
	o.now = opened.Add(domain.SessionIdle - time.Second)
	require.Empty(t, o.identified(t, busy))
	o.now = opened.Add(domain.SessionIdle)
	require.Equal(t, "session_ended", o.identified(t, idle))
	require.Empty(t, o.identified(t, busy))
	for o.now.Before(opened.Add(domain.SessionAbsolute - 20*time.Minute)) {
		o.now = o.now.Add(20 * time.Minute)
		require.Empty(t, o.identified(t, busy))
	}
	o.now = opened.Add(domain.SessionAbsolute - time.Second)
	require.Empty(t, o.identified(t, busy))
	o.now = opened.Add(domain.SessionAbsolute)
	require.Equal(t, "session_ended", o.identified(t, busy), "however busy")
	require.Equal(t, "session_ended", o.identified(t, "forged"))
	require.Equal(t, "session_ended", o.identified(t, ""))
}

func TestTheOldestOfElevenSessionsEnds(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	o.account(t, "known")
	var tokens []string
	for range domain.SessionsPerUser + 1 {
		o.now = o.now.Add(time.Second)
		tokens = append(tokens, o.signIn(t, "known"))
	}
	require.Equal(t, "session_ended", o.identified(t, tokens[0]))
	for _, token := range tokens[1:] {
		require.Empty(t, o.identified(t, token))
	}
}

// What takes effect where the session is read takes effect in every process, because none keeps it.
func TestARoleTakenAwayIsGoneAtTheNextRequest(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	u := o.account(t, "known", domain.RoleBureauEditor)
	token := o.signIn(t, "known")
	actor, err := o.Identify(t.Context(), token)
	require.NoError(t, err)
	require.NoError(t, o.Guard(domain.WithActor(t.Context(), actor), domain.PermissionProjectUpdate))

	elsewhere, err := repository.Open(t.Context(), o.DSN, repository.Options{MaxConns: 1})
	require.NoError(t, err)
	defer func() { require.NoError(t, elsewhere.Close()) }()
	_, err = elsewhere.SetRoles(t.Context(), u.ID, u.Version, []domain.Role{domain.RoleManager})
	require.NoError(t, err)
	actor, err = o.Identify(t.Context(), token)
	require.NoError(t, err)
	require.Equal(t, []domain.Role{domain.RoleManager}, actor.User.Roles)
	require.Equal(t, "role_missing", codeOf(t, o.Guard(domain.WithActor(t.Context(), actor), domain.PermissionProjectUpdate)))
}

func TestWhatEndsSessionsAtOnce(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	sysadmin, secadmin := as(o.member(t, "city", domain.RoleSysAdmin)), as(o.member(t, "city", domain.RoleSecAdmin))
	transport := o.Organisation(t, "transport").ID
	for username, act := range map[string]func(u domain.User) error{
		"disabled": func(u domain.User) error {
			_, err := o.UpdateUser(sysadmin, u.ID, u.Version, domain.UserChange{Disabled: ptr(true)})
			return err
		},
		"moved": func(u domain.User) error {
			_, err := o.UpdateUser(sysadmin, u.ID, u.Version, domain.UserChange{OrganisationID: &transport})
			return err
		},
		"granted": func(u domain.User) error {
			_, err := o.SetUserRoles(secadmin, u.ID, u.Version, []domain.Role{domain.RoleManager})
			return err
		},
		"reset": func(u domain.User) error { return o.ResetPassword(sysadmin, u.ID, "Another-horse-2") },
	} {
		u := o.account(t, username, domain.RoleBureauEditor)
		first, second := o.signIn(t, username), o.signIn(t, username)
		require.NoError(t, act(u), username)
		require.Equal(t, "session_ended", o.identified(t, first), username)
		require.Equal(t, "session_ended", o.identified(t, second), username)
	}
	u := o.account(t, "renamed")
	token := o.signIn(t, "renamed")
	_, err := o.UpdateUser(sysadmin, u.ID, u.Version, domain.UserChange{DisplayName: ptr("新名")})
	require.NoError(t, err)
	require.Empty(t, o.identified(t, token), "a new display name disturbs nobody")
	actor, err := o.Identify(t.Context(), token)
	require.NoError(t, err)
	require.NoError(t, o.SignOut(domain.WithActor(t.Context(), actor)))
	require.Equal(t, "session_ended", o.identified(t, token))
}

func TestChangingOnesPasswordSignsOutTheOtherBrowsers(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	o.account(t, "known")
	o.Exec(t, "UPDATE app_user SET must_change_password = true")
	here, there := o.signIn(t, "known"), o.signIn(t, "known")
	actor, err := o.Identify(t.Context(), here)
	require.NoError(t, err)
	ctx := domain.WithActor(context.Background(), actor)
	const wanted = "密码要够长才行的Aa1"
	for _, c := range []struct{ current, wanted, refuse string }{
		{"Wrong-horse-1", wanted, "current wrong_password"},
		{"", wanted, "current wrong_password"},
		{goodPassword, goodPassword, "new same_password"},
		{goodPassword, "short", "new password_length"},
	} {
		err := o.ChangeOwnPassword(ctx, c.current, c.wanted)
		var refused *domain.Error
		require.ErrorAs(t, err, &refused)
		require.Equal(t, c.refuse, refused.Fields[0].Field+" "+refused.Fields[0].Code)
	}
	require.Empty(t, o.identified(t, there))

	require.NoError(t, o.ChangeOwnPassword(ctx, goodPassword, wanted))
	actor, err = o.Identify(t.Context(), here)
	require.NoError(t, err)
	require.False(t, actor.User.MustChangePassword)
	require.Equal(t, "session_ended", o.identified(t, there))
	_, _, err = o.SignIn(t.Context(), "known", goodPassword, "")
	require.Equal(t, "sign_in_failed", codeOf(t, err))
	_, _, err = o.SignIn(t.Context(), "known", wanted[:len(wanted)-1], "")
	require.Equal(t, "sign_in_failed", codeOf(t, err), "every character counts")
	_, _, err = o.SignIn(t.Context(), "known", wanted, "")
	require.NoError(t, err)
	require.Equal(t, "0", o.Text(t, `SELECT count(*) FROM audit_record a WHERE position($1 IN a::text) + position($2 IN a::text) > 0`, goodPassword, wanted), "no secret in the record")
}

// A stolen browser must not be a place to guess the password at leisure.
func TestGuessingTheCurrentPasswordMakesTheNameWait(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	o.account(t, "known")
	actor, err := o.Identify(t.Context(), o.signIn(t, "known"))
	require.NoError(t, err)
	ctx := domain.WithActor(t.Context(), actor)
	for range domain.SignInAttempts {
		require.Equal(t, "invalid", codeOf(t, o.ChangeOwnPassword(ctx, "Wrong-horse-1", "Another-horse-2")))
	}
	require.Equal(t, "sign_in_wait", codeOf(t, o.ChangeOwnPassword(ctx, goodPassword, "Another-horse-2")))
	require.Equal(t, "5", o.countRecords(t, "action = 'user.password' AND result = 'failed' AND reason = 'wrong_password'"))
}
