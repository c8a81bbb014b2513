package postgres

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"
)

var (
	// ErrInUse says that another server runs on the data directory.
	ErrInUse = errors.New("the data directory is in use by another running server")
	// ErrNotCluster says that the data directory holds something that is not a PostgreSQL cluster.
	ErrNotCluster = errors.New("the data directory is not empty and is not a PostgreSQL cluster")
)

// leaveLimit is how long a server whose owner was killed may take to notice and leave.
const leaveLimit = 10 * time.Second

// cluster is a data directory and the programs that can run it.
type cluster struct {
	dir string
	bin binaries
}

// openCluster finds or makes the cluster and takes its lock for s.
func openCluster(ctx context.Context, o Options, who *account, s *Server) (cluster, error) {
	if o.ThrowAway {
		return throwAwayCluster(ctx, who, s)
	}
	dir, err := filepath.Abs(o.DataDir) // the server runs in another directory
	if err != nil || o.DataDir == "" {
		return cluster{}, errors.Join(errors.New("the data directory is not named"), err)
	}
	if err := os.MkdirAll(filepath.Dir(dir), 0o755); err != nil { //nolint:gosec // the account must pass; the cluster itself is 0700
		return cluster{}, fmt.Errorf("make the data directory: %w", err)
	}
	if err := who.mayReach(filepath.Dir(dir)); err != nil {
		return cluster{}, err
	}
	major, err := clusterMajor(dir)
	if err != nil {
		return cluster{}, err
	}
	bin, err := findBinaries(ctx, major)
	if err != nil {
		return cluster{}, fmt.Errorf("%s: %w", dir, err)
	}
	if s.lock, err = lockFile(dir + ".lock"); err != nil {
		return cluster{}, fmt.Errorf("%s: %w", dir, err)
	}
	if major == 0 {
		if err := makeCluster(ctx, bin, who, dir, s.output); err != nil {
			return cluster{}, err
		}
	}
	return cluster{dir: dir, bin: bin}, awaitLeaving(ctx, dir)
}

func throwAwayCluster(ctx context.Context, who *account, s *Server) (cluster, error) {
	bin, err := findBinaries(ctx, 0)
	if err != nil {
		return cluster{}, err
	}
	dir := filepath.Join(s.scratch, "data")
	return cluster{dir: dir, bin: bin}, initdb(ctx, bin, who, dir, s.output, "--no-sync")
}

// clusterMajor reads the version of the PostgreSQL that made the cluster; 0 when there is none yet.
func clusterMajor(dir string) (int, error) {
	text, err := os.ReadFile(filepath.Join(dir, "PG_VERSION")) //nolint:gosec // the operator's data directory
	if err == nil {
		return strconv.Atoi(strings.TrimSpace(string(text)))
	}
	if !errors.Is(err, os.ErrNotExist) {
		return 0, fmt.Errorf("read the cluster's version: %w", err)
	}
	entries, err := os.ReadDir(dir)
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		return 0, fmt.Errorf("read the data directory: %w", err)
	}
	if len(entries) > 0 {
		return 0, fmt.Errorf("%s: %w", dir, ErrNotCluster)
	}
	return 0, nil
}

// awaitLeaving gives a server whose owner was killed the moment it needs to stop. When it does not leave,
// the new server is started all the same and refuses by itself, which is the safe judge of a stale file.
func awaitLeaving(ctx context.Context, dir string) error {
	limit := time.NewTimer(leaveLimit)
	defer limit.Stop()
	poll := time.NewTicker(readyPoll)
	defer poll.Stop()
	for serverAlive(dir) {
		select {
		case <-ctx.Done():
			return fmt.Errorf("wait for the previous server of %s: %w", dir, ctx.Err())
		case <-limit.C:
			return nil
		case <-poll.C:
		}
	}
	return nil
}

// serverAlive tells whether the process named in the cluster's pid file exists.
func serverAlive(dir string) bool {
	text, err := os.ReadFile(filepath.Join(dir, "postmaster.pid")) //nolint:gosec // the operator's data directory
	if err != nil {
		return false
	}
	first, _, _ := strings.Cut(string(text), "\n")
	pid, err := strconv.Atoi(first)
	return err == nil && pid > 0 && !errors.Is(syscall.Kill(pid, 0), syscall.ESRCH)
}

// startFailure turns what a server printed before it gave up into an error.
func startFailure(dir, output string) error {
	if strings.Contains(output, `lock file "postmaster.pid" already exists`) {
		return fmt.Errorf("%s: %w", dir, ErrInUse)
	}
	return fmt.Errorf("PostgreSQL did not start on %s: %s", dir, output)
}
