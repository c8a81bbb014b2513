package postgres_test

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"

	"zhongda/repository/postgres"
)

// parentOf makes the test binary a process that owns a server and does nothing else, for a test to kill.
const parentOf = "ZHONGDA_TEST_PARENT_OF"

func TestMain(m *testing.M) {
	if dir := os.Getenv(parentOf); dir != "" {
		os.Exit(ownServer(dir))
	}
	os.Exit(m.Run())
}

func ownServer(dir string) int {
	server, err := postgres.Start(context.Background(), postgres.Options{DataDir: dir})
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	fmt.Println(server.DSN("postgres"))
	for err := range server.Exited() {
		fmt.Fprintln(os.Stderr, err)
	}
	return 0
}

// dataDir is a place for a cluster that another account may reach, which t.TempDir alone is not.
func dataDir(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	require.NoError(t, os.Chmod(filepath.Dir(dir), 0o755))
	return filepath.Join(dir, "pg")
}

func start(t *testing.T, o postgres.Options) *postgres.Server {
	t.Helper()
	var log bytes.Buffer
	o.Log = &log
	server, err := postgres.Start(testContext(t), o)
	require.NoError(t, err, "%s", &log)
	t.Cleanup(func() { stop(t, server) })
	return server
}

func stop(t *testing.T, server *postgres.Server) {
	t.Helper()
	require.NoError(t, server.Stop(context.Background()))
}

// query runs one statement on a connection of its own and returns its one value.
func query[T any](t *testing.T, dsn, sql string) T {
	t.Helper()
	conn, err := pgx.Connect(testContext(t), dsn)
	require.NoError(t, err)
	defer func() { require.NoError(t, conn.Close(context.Background())) }()
	var value T
	require.NoError(t, conn.QueryRow(testContext(t), sql).Scan(&value))
	return value
}

func execute(t *testing.T, dsn, sql string) {
	t.Helper()
	conn, err := pgx.Connect(testContext(t), dsn)
	require.NoError(t, err)
	defer func() { require.NoError(t, conn.Close(context.Background())) }()
	_, err = conn.Exec(testContext(t), sql)
	require.NoError(t, err)
}

func testContext(t *testing.T) context.Context {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), 2*time.Minute)
	t.Cleanup(cancel)
	return ctx
}
