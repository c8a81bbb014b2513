package repository_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"zhongda/domain"
	"zhongda/repository/repositorytest"
)

var noon = time.Date(2026, 11, 23, 4, 0, 0, 0, time.UTC)

func signIn(t *testing.T, city *repositorytest.City, u domain.User, token string, at time.Time) int64 {
	t.Helper()
	id, err := city.Store.CreateSession(t.Context(), u.ID, []byte(token), at, "10.0.0.1", "browser")
	require.NoError(t, err)
	return id
}

func requireEnded(t *testing.T, city *repositorytest.City, token string, at time.Time) {
	t.Helper()
	_, err := city.Store.SessionActor(t.Context(), []byte(token), at)
	require.Equal(t, domain.KindUnauthenticated, domain.KindOf(err))
	require.Equal(t, "session_ended", codeOf(t, err))
}

func requireOpen(t *testing.T, city *repositorytest.City, token string, at time.Time) domain.Actor {
	t.Helper()
	actor, err := city.Store.SessionActor(t.Context(), []byte(token), at)
	require.NoError(t, err)
	return actor
}

func TestSessionKnowsItsActor(t *testing.T) {
	t.Parallel()
	city := repositorytest.NewCity(t)
	u := city.NewUser(t, "li.wei", "baoan-water", domain.RoleBureauLead, domain.RoleBureauEditor)
	id := signIn(t, city, u, "token", noon)

	actor := requireOpen(t, city, "token", noon)
	require.Equal(t, id, actor.Session)
	require.Equal(t, "li.wei", actor.User.Username)
	require.Equal(t, []domain.Role{domain.RoleBureauEditor, domain.RoleBureauLead}, actor.User.Roles)
	organisation := city.Organisation(t, "baoan-water")
	require.Equal(t, organisation, actor.User.Organisation)
	require.Len(t, actor.User.Organisation.Path, 3)
	require.True(t, actor.User.LastSignInAt.Equal(noon))
	requireEnded(t, city, "another token", noon)
	requireEnded(t, city, "", noon)
}

func TestSessionEndsWhenIdle(t *testing.T) {
	t.Parallel()
	city := repositorytest.NewCity(t)
	id := signIn(t, city, city.NewUser(t, "li.wei", "water"), "token", noon)
	requireOpen(t, city, "token", noon.Add(29*time.Minute))
	requireEnded(t, city, "token", noon.Add(31*time.Minute))

	require.NoError(t, city.Store.TouchSession(t.Context(), id, noon.Add(29*time.Minute)))
	requireOpen(t, city, "token", noon.Add(58*time.Minute))
	city.Exec(t, "UPDATE session SET last_seen_at = last_seen_at - interval '31 minutes'")
	requireEnded(t, city, "token", noon.Add(29*time.Minute))
}

func TestSessionEndsAtItsAbsoluteLimitHoweverBusy(t *testing.T) {
	t.Parallel()
	city := repositorytest.NewCity(t)
	id := signIn(t, city, city.NewUser(t, "li.wei", "water"), "token", noon)
	late := noon.Add(12*time.Hour + time.Second)
	require.NoError(t, city.Store.TouchSession(t.Context(), id, late))
	requireOpen(t, city, "token", noon.Add(12*time.Hour-time.Second))
	requireEnded(t, city, "token", late)
}

func TestTouchWritesOnceAMinute(t *testing.T) {
	t.Parallel()
	city := repositorytest.NewCity(t)
	id := signIn(t, city, city.NewUser(t, "li.wei", "water"), "token", noon)
	version := func() string { return city.Text(t, "SELECT xmin::text FROM session") }
	before := version()
	require.NoError(t, city.Store.TouchSession(t.Context(), id, noon.Add(59*time.Second)))
	require.Equal(t, before, version())
	require.NoError(t, city.Store.TouchSession(t.Context(), id, noon.Add(61*time.Second)))
	require.NotEqual(t, before, version())
}

func TestSigningOutEndsOneSessionOrAllOthers(t *testing.T) {
	t.Parallel()
	city := repositorytest.NewCity(t)
	u, other := city.NewUser(t, "li.wei", "water"), city.NewUser(t, "wang.fang", "water")
	first, kept := signIn(t, city, u, "first", noon), signIn(t, city, u, "kept", noon)
	signIn(t, city, u, "third", noon)
	signIn(t, city, other, "other", noon)

	require.NoError(t, city.Store.EndSession(t.Context(), first, noon))
	requireEnded(t, city, "first", noon)
	requireOpen(t, city, "third", noon)
	require.NoError(t, city.Store.EndUserSessions(t.Context(), u.ID, noon, kept))
	requireEnded(t, city, "third", noon)
	requireOpen(t, city, "kept", noon)
	requireOpen(t, city, "other", noon)
	require.NoError(t, city.Store.EndUserSessions(t.Context(), u.ID, noon, 0))
	requireEnded(t, city, "kept", noon)
}

func TestDisabledAccountHasNoSession(t *testing.T) {
	t.Parallel()
	city := repositorytest.NewCity(t)
	u := city.NewUser(t, "li.wei", "water")
	signIn(t, city, u, "token", noon)
	u.Disabled = true
	_, err := city.Store.UpdateUser(t.Context(), u)
	require.NoError(t, err)
	requireEnded(t, city, "token", noon)
}

func TestOldestSessionMakesRoomForTheEleventh(t *testing.T) {
	t.Parallel()
	city := repositorytest.NewCity(t)
	u := city.NewUser(t, "li.wei", "water")
	at := func(n int) time.Time { return noon.Add(time.Duration(n) * time.Second) }
	for n := range domain.SessionsPerUser {
		signIn(t, city, u, fmt.Sprint(n), at(n))
	}
	requireOpen(t, city, "0", at(10))
	signIn(t, city, u, "10", at(10))
	requireEnded(t, city, "0", at(10))
	for n := 1; n <= domain.SessionsPerUser; n++ {
		requireOpen(t, city, fmt.Sprint(n), at(10))
	}
}

func TestSessionsAtOnceStayWithinTheLimit(t *testing.T) {
	t.Parallel()
	city := repositorytest.NewCity(t)
	u := city.NewUser(t, "li.wei", "water")
	results := make(chan error)
	const clients = 2 * domain.SessionsPerUser
	for n := range clients {
		go func() {
			_, err := city.Store.CreateSession(t.Context(), u.ID, []byte(fmt.Sprint(n)), noon, "", "")
			results <- err
		}()
	}
	for range clients {
		require.NoError(t, <-results)
	}
	require.Equal(t, fmt.Sprint(domain.SessionsPerUser), city.Text(t, "SELECT count(*)::text FROM session WHERE ended_at IS NULL"))
}

func TestRoleChangeCountsFromTheNextRequest(t *testing.T) {
	t.Parallel()
	city := repositorytest.NewCity(t)
	u := city.NewUser(t, "li.wei", "water", domain.RoleBureauEditor)
	signIn(t, city, u, "token", noon)
	_, err := city.Store.SetRoles(t.Context(), u.ID, u.Version, []domain.Role{domain.RoleManager})
	require.NoError(t, err)
	require.Equal(t, []domain.Role{domain.RoleManager}, requireOpen(t, city, "token", noon).User.Roles)
}

func TestSignInFailuresAreCountedPerName(t *testing.T) {
	t.Parallel()
	city := repositorytest.NewCity(t)
	count := func(name string, since time.Time) int {
		n, err := city.Store.SignInFailures(t.Context(), name, since)
		require.NoError(t, err)
		return n
	}
	for n := range 3 {
		require.NoError(t, city.Store.AddSignInFailure(t.Context(), "nobody", noon.Add(time.Duration(n)*time.Minute)))
	}
	require.NoError(t, city.Store.AddSignInFailure(t.Context(), "li.wei", noon))
	require.Equal(t, 3, count("nobody", noon.Add(-time.Second)))
	require.Equal(t, 2, count("nobody", noon), "those before the window do not count")
	require.NoError(t, city.Store.ClearSignInFailures(t.Context(), "nobody"))
	require.Zero(t, count("nobody", noon.Add(-time.Second)))
	require.Equal(t, 1, count("li.wei", noon.Add(-time.Second)))
}

func TestCredential(t *testing.T) {
	t.Parallel()
	city := repositorytest.NewCity(t)
	u := city.NewUser(t, "li.wei", "water")
	require.NoError(t, city.Store.SetPassword(t.Context(), u.ID, "hash", true))
	id, hash, disabled, err := city.Store.Credential(t.Context(), "li.wei")
	require.NoError(t, err)
	require.Equal(t, u.ID, id)
	require.Equal(t, "hash", hash)
	require.False(t, disabled)
	_, _, _, err = city.Store.Credential(t.Context(), "LI.WEI")
	require.Equal(t, "user_not_found", codeOf(t, err))
	require.Equal(t, "user_not_found", codeOf(t, city.Store.SetPassword(t.Context(), u.ID+1, "hash", true)))
	_, err = city.Store.CreateSession(t.Context(), u.ID+1, []byte("x"), noon, "", "")
	require.Equal(t, "user_not_found", codeOf(t, err))
}
