package service_test

import (
	"context"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"zhongda/domain"
	"zhongda/service"
)

func TestPasswordMatchesItsOwnHashOnly(t *testing.T) {
	t.Parallel()
	passwords := service.NewPasswords()
	long := "Aa1!" + strings.Repeat("密", 60) // longer than the 72 bytes where bcrypt stops looking
	hash, err := passwords.Hash(t.Context(), long)
	require.NoError(t, err)
	require.True(t, strings.HasPrefix(hash, "$argon2id$v=19$m=19456,t=2,p=1$"), hash)

	verify := func(password string) bool {
		matches, err := passwords.Verify(t.Context(), hash, password)
		require.NoError(t, err)
		return matches
	}
	require.True(t, verify(long))
	require.False(t, verify(strings.TrimSuffix(long, "密")))
	require.False(t, verify(""))

	again, err := passwords.Hash(t.Context(), long)
	require.NoError(t, err)
	require.NotEqual(t, hash, again, "every hash has its own salt")
}

func TestUnknownAccountNeverMatches(t *testing.T) {
	t.Parallel()
	matches, err := service.NewPasswords().Verify(t.Context(), "", "")
	require.NoError(t, err)
	require.False(t, matches)
}

func TestDamagedHashIsAnErrorNotAnOutage(t *testing.T) {
	t.Parallel()
	salt, key := strings.Repeat("A", 22), strings.Repeat("A", 43)
	for _, hash := range []string{
		"secret", "$2a$10$abc", "$argon2id$v=18$m=19456,t=2,p=1$" + salt + "$" + key,
		"$argon2id$v=19$m=4294967295,t=2,p=1$" + salt + "$" + key, "$argon2id$v=19$m=19456,t=4000,p=1$" + salt + "$" + key,
		"$argon2id$v=19$m=19456,t=2,p=1$" + salt + "$", "$argon2id$v=19$m=19456,t=2,p=1$!$" + key,
	} {
		matches, err := service.NewPasswords().Verify(t.Context(), hash, "x")
		require.Error(t, err, hash)
		require.False(t, matches)
	}
}

func TestHashWaitsItsTurnAsLongAsTheRequest(t *testing.T) {
	t.Parallel()
	passwords := service.NewPasswords()
	release := service.OccupyPasswords(passwords)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	_, err := passwords.Hash(ctx, "x")
	require.Equal(t, domain.KindUnavailable, domain.KindOf(err))
	_, err = passwords.Verify(ctx, "", "x")
	require.Equal(t, domain.KindUnavailable, domain.KindOf(err))

	done := make(chan error)
	go func() {
		_, err := passwords.Hash(t.Context(), "x")
		done <- err
	}()
	release()
	require.NoError(t, <-done)
}
