package main

import (
	"net/url"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestCommandGetsServerAndExitStatusComesBack(t *testing.T) {
	t.Setenv(serverEnv, "")
	noted := filepath.Join(t.TempDir(), "address")
	t.Setenv("NOTED", noted)
	code, err := run([]string{"sh", "-c", `test -S "$(expr "$TEST_DATABASE_URL" : '.*host=\([^&]*\)' | sed s/%2F/\\//g)/.s.PGSQL.5432" || exit 4
		printf %s "$TEST_DATABASE_URL" > "$NOTED"; exit 3`})
	require.NoError(t, err)
	require.Equal(t, 3, code)

	address, err := os.ReadFile(noted)
	require.NoError(t, err)
	u, err := url.Parse(string(address))
	require.NoError(t, err)
	require.NoDirExists(t, u.Query().Get("host"), "nothing of the server is left")
}

func TestSignalReachesTheCommand(t *testing.T) {
	t.Setenv(serverEnv, "postgres://unused")
	code, err := run([]string{"sh", "-c", `trap 'exit 9' TERM; kill -TERM $PPID; while :; do :; done`})
	require.NoError(t, err)
	require.Equal(t, 9, code)
}

func TestDeathBySignalIsReportedLikeAShell(t *testing.T) {
	t.Setenv(serverEnv, "postgres://unused")
	code, err := run([]string{"sh", "-c", `kill -KILL $$`})
	require.NoError(t, err)
	require.Equal(t, 128+9, code)
}

func TestMissingCommandFails(t *testing.T) {
	t.Setenv(serverEnv, "postgres://unused")
	for _, command := range [][]string{nil, {"no-such-program-anywhere"}} {
		code, err := run(command)
		require.Error(t, err)
		require.NotZero(t, code)
	}
}
