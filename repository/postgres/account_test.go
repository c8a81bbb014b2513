package postgres

import (
	"net"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

func TestClosedFolderIsNamed(t *testing.T) {
	dir := t.TempDir()
	require.NoError(t, os.Chmod(filepath.Dir(dir), 0o755))
	require.NoError(t, os.Chmod(dir, 0o700))
	stranger := &account{name: "stranger", uid: 4_000_000, gid: 4_000_000}
	err := stranger.mayReach(dir)
	require.ErrorIs(t, err, ErrUnreachable)
	require.ErrorContains(t, err, dir+" is closed to stranger")

	require.NoError(t, os.Chmod(dir, 0o711))
	require.NoError(t, stranger.mayReach(dir))
	var caller *account
	require.NoError(t, caller.mayReach(dir), "the caller needs no check: the system makes it")
}

func TestSweepTakesOnlyDeadOldDirectories(t *testing.T) {
	t.Setenv("TMPDIR", shortDir(t))
	old := time.Now().Add(-2 * leftoverAge)
	scratch := func(name string, at time.Time, listens bool) string {
		dir := filepath.Join(os.TempDir(), name)
		require.NoError(t, os.Mkdir(dir, 0o700))
		if listens {
			l, err := net.Listen("unix", filepath.Join(dir, socketName))
			require.NoError(t, err)
			t.Cleanup(func() { _ = l.Close() })
		}
		require.NoError(t, os.Chtimes(dir, at, at))
		return dir
	}
	dead := scratch(scratchPrefix+"1", old, false)
	alive := scratch(scratchPrefix+"2", old, true)
	young := scratch(scratchPrefix+"3", time.Now(), false)
	foreign := scratch("somebody-else", old, false)

	sweep(t.Context(), nil)
	require.NoDirExists(t, dead)
	require.DirExists(t, alive)
	require.DirExists(t, young)
	require.DirExists(t, foreign)
}

func TestLongTemporaryPathIsLeftAside(t *testing.T) {
	long := filepath.Join(shortDir(t), "a-folder-with-a-name-that-is-much-too-long-for-the-address-of-a-unix-socket-in-any-kernel")
	require.NoError(t, os.Mkdir(long, 0o755))
	t.Setenv("TMPDIR", long)
	dir, err := newScratch(nil, false)
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, os.RemoveAll(dir)) })
	require.Equal(t, "/tmp", filepath.Dir(dir))
	entries, err := os.ReadDir(long)
	require.NoError(t, err)
	require.Empty(t, entries)
}

func shortDir(t *testing.T) string {
	t.Helper()
	dir, err := os.MkdirTemp("/tmp", "sweep-")
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, os.RemoveAll(dir)) })
	return dir
}
