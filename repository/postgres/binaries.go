package postgres

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"syscall"
)

// BinariesEnv names the environment variable that points at the directory of initdb and postgres.
const BinariesEnv = "ZHONGDA_PG_BIN"

// oldestMajor is the oldest PostgreSQL whose CREATE DATABASE knows STRATEGY.
const oldestMajor = 15

var (
	// ErrNoBinaries says that no PostgreSQL server of a supported version is installed.
	ErrNoBinaries = errors.New("no PostgreSQL server programs found")
	// ErrVersion says that the cluster was made by a version of PostgreSQL that is not installed.
	ErrVersion = errors.New("the cluster needs another version of PostgreSQL")
)

// binaries are the programs of one installed PostgreSQL.
type binaries struct {
	dir   string
	major int
}

// command prepares a program of this PostgreSQL to run under the given account. The end of ctx interrupts it.
func (b binaries) command(ctx context.Context, who *account, program string, arguments ...string) *exec.Cmd {
	cmd := exec.CommandContext(ctx, filepath.Join(b.dir, program), arguments...) //nolint:gosec // the directory is the operator's choice
	cmd.Cancel = func() error { return cmd.Process.Signal(syscall.SIGINT) }
	cmd.Dir = "/" // the caller's directory may be closed to the account
	cmd.Env = []string{"LC_ALL=C.UTF-8", "TZ=UTC", "PATH=" + os.Getenv("PATH")}
	attach(cmd, who)
	return cmd
}

// findBinaries returns the programs that can run a cluster of the given major version; 0 means a new
// cluster, for which the first place that has a supported version wins.
func findBinaries(ctx context.Context, major int) (binaries, error) {
	var found []string
	for _, dir := range binaryDirs() {
		version, err := majorVersion(ctx, dir)
		if err != nil {
			continue
		}
		if version == major || (major == 0 && version >= oldestMajor) {
			return binaries{dir: dir, major: version}, nil
		}
		found = append(found, fmt.Sprintf("%d in %s", version, dir))
	}
	where := strings.Join(found, ", ")
	switch {
	case where == "":
		return binaries{}, fmt.Errorf("%w: install PostgreSQL %d or newer, or set %s", ErrNoBinaries, oldestMajor, BinariesEnv)
	case major == 0:
		return binaries{}, fmt.Errorf("%w: version %d or newer is needed, found %s", ErrNoBinaries, oldestMajor, where)
	}
	return binaries{}, fmt.Errorf("%w: it was made by %d, found %s; install PostgreSQL %d or run pg_upgrade (nothing was changed)",
		ErrVersion, major, where, major)
}

// binaryDirs lists the places to look in, best first. A directory named by the operator is the only one.
func binaryDirs() []string {
	if dir := os.Getenv(BinariesEnv); dir != "" {
		return []string{dir}
	}
	var dirs []string
	if path, err := exec.LookPath("postgres"); err == nil {
		// The link may stand alone in /usr/local/bin; initdb and the shared files are beside its target.
		if path, err = filepath.EvalSymlinks(path); err == nil {
			dirs = append(dirs, filepath.Dir(path))
		}
	}
	packaged, _ := filepath.Glob("/usr/lib/postgresql/*/bin") // the pattern is well formed, the only error Glob has
	slices.SortFunc(packaged, func(a, b string) int { return cmp.Compare(folderVersion(b), folderVersion(a)) })
	return append(dirs, packaged...)
}

func folderVersion(bin string) int {
	version, _ := strconv.Atoi(filepath.Base(filepath.Dir(bin))) // a folder that is no number sorts last
	return version
}

// majorVersion asks the programs themselves; both must be there.
func majorVersion(ctx context.Context, dir string) (int, error) {
	if _, err := os.Stat(filepath.Join(dir, "initdb")); err != nil {
		return 0, fmt.Errorf("look for initdb: %w", err)
	}
	out, err := exec.CommandContext(ctx, filepath.Join(dir, "postgres"), "--version").Output() //nolint:gosec // see command
	if err != nil {
		return 0, fmt.Errorf("ask postgres for its version: %w", err)
	}
	match := regexp.MustCompile(`\) (\d+)`).FindSubmatch(out)
	if match == nil {
		return 0, fmt.Errorf("postgres --version said %q", out)
	}
	return strconv.Atoi(string(match[1]))
}
