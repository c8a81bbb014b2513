package postgres_test

import (
	"context"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"zhongda/repository/postgres"
)

func TestSecondServerOnTheSameDirectoryIsRefused(t *testing.T) {
	t.Parallel()
	dir := dataDir(t)
	first := start(t, postgres.Options{DataDir: dir})
	_, err := postgres.Start(testContext(t), postgres.Options{DataDir: dir})
	require.ErrorIs(t, err, postgres.ErrInUse)
	require.ErrorContains(t, err, dir)
	require.Equal(t, 1, query[int](t, first.DSN("postgres"), "SELECT 1"), "the first is unharmed")
}

// A server started by other means holds no lock of ours; PostgreSQL's own refusal becomes the same error.
func TestForeignServerOnTheDirectoryIsRefused(t *testing.T) {
	t.Parallel()
	dir := dataDir(t)
	start(t, postgres.Options{DataDir: dir})
	require.NoError(t, os.Remove(dir+".lock"))
	_, err := postgres.Start(testContext(t), postgres.Options{DataDir: dir})
	require.ErrorIs(t, err, postgres.ErrInUse)
}

func TestClusterOfAnotherVersionIsRefusedAndKept(t *testing.T) {
	dir := dataDir(t)
	server := start(t, postgres.Options{DataDir: dir})
	execute(t, server.DSN("postgres"), "CREATE TABLE kept AS SELECT 42 AS answer")
	stop(t, server)
	before := listing(t, dir)

	t.Setenv(postgres.BinariesEnv, programsOf(t, "97.1"))
	_, err := postgres.Start(testContext(t), postgres.Options{DataDir: dir})
	require.ErrorIs(t, err, postgres.ErrVersion)
	require.ErrorContains(t, err, "found 97")
	require.ErrorContains(t, err, "pg_upgrade")
	require.Equal(t, before, listing(t, dir), "nothing in the cluster was touched")

	t.Setenv(postgres.BinariesEnv, "")
	server = start(t, postgres.Options{DataDir: dir})
	require.Equal(t, 42, query[int](t, server.DSN("postgres"), "SELECT answer FROM kept"))
}

func TestMissingOrOldProgramsAreRefused(t *testing.T) {
	for name, dir := range map[string]string{"missing": t.TempDir(), "old": programsOf(t, "14.9")} {
		t.Run(name, func(t *testing.T) {
			t.Setenv(postgres.BinariesEnv, dir)
			_, err := postgres.Start(testContext(t), postgres.Options{DataDir: dataDir(t)})
			require.ErrorIs(t, err, postgres.ErrNoBinaries)
		})
	}
}

func TestDirectoryWithOtherFilesIsRefusedAndKept(t *testing.T) {
	t.Parallel()
	dir := dataDir(t)
	require.NoError(t, os.Mkdir(dir, 0o700))
	file := filepath.Join(dir, "thesis.txt")
	require.NoError(t, os.WriteFile(file, []byte("precious"), 0o600))
	_, err := postgres.Start(testContext(t), postgres.Options{DataDir: dir})
	require.ErrorIs(t, err, postgres.ErrNotCluster)
	require.FileExists(t, file)
}

func TestUnnamedDirectoryIsRefused(t *testing.T) {
	t.Parallel()
	_, err := postgres.Start(testContext(t), postgres.Options{})
	require.ErrorContains(t, err, "not named")
}

// A killed initdb leaves its remains beside the place of the cluster, never in it.
func TestUnfinishedClusterIsReplaced(t *testing.T) {
	t.Parallel()
	dir := dataDir(t)
	require.NoError(t, os.MkdirAll(filepath.Join(dir+".new", "base"), 0o700))
	require.NoError(t, os.WriteFile(filepath.Join(dir+".new", "PG_VERSION"), []byte("15\n"), 0o600))
	server := start(t, postgres.Options{DataDir: dir})
	require.Equal(t, 1, query[int](t, server.DSN("postgres"), "SELECT 1"))
	require.NoDirExists(t, dir+".new")
}

// programsOf makes a directory that looks like an installed PostgreSQL of the given version.
func programsOf(t *testing.T, version string) string {
	t.Helper()
	dir := t.TempDir()
	for _, name := range []string{"postgres", "initdb"} {
		script := "#!/bin/sh\necho '" + name + " (PostgreSQL) " + version + " (Test)'\n"
		require.NoError(t, os.WriteFile(filepath.Join(dir, name), []byte(script), 0o755))
	}
	require.NoError(t, exec.Command(filepath.Join(dir, "postgres"), "--version").Run())
	return dir
}

// listing is every file below dir with its size and time.
func listing(t *testing.T, dir string) map[string]string {
	t.Helper()
	files := map[string]string{}
	require.NoError(t, filepath.WalkDir(dir, func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		info, err := entry.Info()
		if err == nil {
			files[path] = fs.FormatFileInfo(info)
		}
		return err
	}))
	return files
}

// The log tells when initdb is at work, which is when the caller loses patience.
func TestAbandonedStartLeavesNothing(t *testing.T) {
	t.Parallel()
	dir := dataDir(t)
	ctx, cancel := context.WithCancel(testContext(t))
	_, err := postgres.Start(ctx, postgres.Options{DataDir: dir, Log: onFirstWrite(cancel)})
	require.ErrorContains(t, err, "initdb")
	require.NoDirExists(t, dir)
	require.NoDirExists(t, dir+".new")
	start(t, postgres.Options{DataDir: dir})
}

type onFirstWrite func()

func (f onFirstWrite) Write(p []byte) (int, error) {
	f()
	return len(p), nil
}
