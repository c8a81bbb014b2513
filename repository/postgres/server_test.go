package postgres_test

import (
	"bufio"
	"context"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"

	"zhongda/repository/postgres"
)

func TestRestartKeepsData(t *testing.T) {
	t.Parallel()
	dir := dataDir(t)
	first := start(t, postgres.Options{DataDir: dir})
	require.NoError(t, first.EnsureDatabase(testContext(t), "深圳 a/b"))
	require.NoError(t, first.EnsureDatabase(testContext(t), "深圳 a/b"), "a second call finds it")
	execute(t, first.DSN("深圳 a/b"), "CREATE TABLE project AS SELECT '深圳海洋大学' AS name")
	stop(t, first)

	second := start(t, postgres.Options{DataDir: dir})
	require.Equal(t, "深圳海洋大学", query[string](t, second.DSN("深圳 a/b"), "SELECT name FROM project"))
}

func TestClusterSettings(t *testing.T) {
	t.Parallel()
	server := start(t, postgres.Options{DataDir: dataDir(t), MaxConnections: 37})
	for setting, want := range map[string]string{
		"server_encoding": "UTF8", "lc_collate": "C.UTF-8", "listen_addresses": "", "data_checksums": "on",
		"fsync": "on", "full_page_writes": "on", "synchronous_commit": "on", "max_connections": "37",
	} {
		require.Equal(t, want, query[string](t, server.DSN("postgres"), "SHOW "+setting), setting)
	}
}

func TestServerIsClosedToOtherAccounts(t *testing.T) {
	t.Parallel()
	server := start(t, postgres.Options{DataDir: dataDir(t)})
	dir, err := os.Stat(socketDir(t, server.DSN("postgres")))
	require.NoError(t, err)
	require.Equal(t, os.FileMode(0o700), dir.Mode().Perm())

	cluster, err := os.Stat(query[string](t, server.DSN("postgres"), "SHOW data_directory"))
	require.NoError(t, err)
	owner, ok := cluster.Sys().(*syscall.Stat_t)
	require.True(t, ok)
	require.NotZero(t, owner.Uid, "the server must never run as root")
}

func TestOtherRoleConnects(t *testing.T) {
	t.Parallel()
	server := start(t, postgres.Options{ThrowAway: true})
	execute(t, server.DSN("postgres"), "CREATE ROLE web LOGIN")
	require.Equal(t, "web", query[string](t, server.DSNAs("web", "postgres"), "SELECT current_user::text"))
	require.Equal(t, "off", query[string](t, server.DSNAs("web", "postgres"), "SHOW is_superuser"))
}

func TestThrowAwayLeavesNothing(t *testing.T) {
	t.Parallel()
	server := start(t, postgres.Options{ThrowAway: true})
	require.Equal(t, "off", query[string](t, server.DSN("postgres"), "SHOW fsync"))
	cluster := query[string](t, server.DSN("postgres"), "SHOW data_directory")
	stop(t, server)
	require.NoDirExists(t, cluster)
	require.NoDirExists(t, socketDir(t, server.DSN("postgres")))
}

func TestStopDisconnectsClients(t *testing.T) {
	t.Parallel()
	server := start(t, postgres.Options{ThrowAway: true})
	conn, err := pgx.Connect(testContext(t), server.DSN("postgres"))
	require.NoError(t, err)
	defer func() { _ = conn.Close(context.Background()) }()

	began := time.Now()
	stop(t, server)
	require.Less(t, time.Since(began), 15*time.Second, "an idle client must not hold the shutdown up")
	_, err = conn.Exec(testContext(t), "SELECT 1")
	require.Error(t, err)
	for err := range server.Exited() {
		require.NoError(t, err, "an ordered stop is no failure")
	}
}

func TestExitedTellsOfACrash(t *testing.T) {
	t.Parallel()
	dir := dataDir(t)
	server := start(t, postgres.Options{DataDir: dir})
	require.NoError(t, syscall.Kill(postmaster(t, dir), syscall.SIGQUIT))
	require.Error(t, <-server.Exited())
	require.NoError(t, server.Stop(testContext(t)))
}

// A killed owner takes its server along, and what was committed is there for the next one.
func TestServerDiesWithItsOwner(t *testing.T) {
	t.Parallel()
	dir := dataDir(t)
	owner := exec.Command(os.Args[0])
	owner.Env = append(os.Environ(), parentOf+"="+dir)
	owner.Stderr = os.Stderr
	out, err := owner.StdoutPipe()
	require.NoError(t, err)
	require.NoError(t, owner.Start())
	dsn, err := bufio.NewReader(out).ReadString('\n')
	require.NoError(t, err)
	dsn = strings.TrimSpace(dsn)
	execute(t, dsn, "CREATE TABLE kept AS SELECT 42 AS answer")
	pid := postmaster(t, dir)

	require.NoError(t, owner.Process.Kill())
	require.Error(t, owner.Wait())
	t.Cleanup(func() { require.NoError(t, os.RemoveAll(socketDir(t, dsn))) })

	// The owner's lock is free at once, the server needs a moment: the next start waits for it.
	next := start(t, postgres.Options{DataDir: dir})
	require.NotEqual(t, pid, postmaster(t, dir))
	require.False(t, running(t, pid), "the first server is gone")
	require.Equal(t, 42, query[int](t, next.DSN("postgres"), "SELECT answer FROM kept"))
}

func socketDir(t *testing.T, dsn string) string {
	t.Helper()
	u, err := url.Parse(dsn)
	require.NoError(t, err)
	return u.Query().Get("host")
}

func postmaster(t *testing.T, dir string) int {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(dir, "postmaster.pid"))
	require.NoError(t, err)
	pid, err := strconv.Atoi(strings.SplitN(string(text), "\n", 2)[0])
	require.NoError(t, err)
	return pid
}

// running tells whether a process still does anything; one that waits to be reaped does not.
func running(t *testing.T, pid int) bool {
	t.Helper()
	state, err := exec.Command("ps", "-o", "state=", "-p", strconv.Itoa(pid)).Output()
	return err == nil && !strings.HasPrefix(strings.TrimSpace(string(state)), "Z")
}
