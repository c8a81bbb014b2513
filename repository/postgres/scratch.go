package postgres

import (
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"syscall"
	"time"
)

const (
	scratchPrefix = "zhongda-pg-"
	socketName    = ".s.PGSQL.5432"
	// socketPathLimit is what the kernel's sockaddr_un holds, less the closing zero.
	socketPathLimit = 107
	memoryDir       = "/dev/shm"
	memoryNeeded    = 1 << 30 // bytes
	// leftoverAge is far longer than the time between making a scratch directory and listening in it.
	leftoverAge = 5 * time.Minute
)

// newScratch makes the directory of one run: the socket, and a throw-away cluster. Only the account may enter.
func newScratch(who *account, inMemory bool) (string, error) {
	parents := []string{os.TempDir(), "/tmp"} // TMPDIR may be too long for a socket or closed to the account
	if inMemory && freeBytes(memoryDir) > memoryNeeded {
		parents = append([]string{memoryDir}, parents...)
	}
	var failures error
	for _, parent := range parents {
		dir, err := scratchIn(parent, who)
		if err == nil {
			return dir, nil
		}
		failures = errors.Join(failures, err)
	}
	return "", failures
}

func scratchIn(parent string, who *account) (string, error) {
	if err := who.mayReach(parent); err != nil {
		return "", err
	}
	dir, err := os.MkdirTemp(parent, scratchPrefix)
	if err != nil {
		return "", fmt.Errorf("make a temporary directory: %w", err)
	}
	if len(filepath.Join(dir, socketName)) > socketPathLimit {
		return "", errors.Join(fmt.Errorf("%s is too long for a socket", dir), os.Remove(dir))
	}
	if err := who.own(dir); err != nil {
		return "", errors.Join(err, os.Remove(dir))
	}
	return dir, nil
}

// sweep removes scratch directories of runs that were killed. It is a courtesy: what it cannot remove stays.
func sweep(ctx context.Context, who *account) {
	for _, parent := range []string{os.TempDir(), memoryDir} {
		dirs, _ := filepath.Glob(filepath.Join(parent, scratchPrefix+"*"))
		for _, dir := range dirs {
			if isLeftover(ctx, dir, who) {
				_ = os.RemoveAll(dir)
			}
		}
	}
}

// isLeftover asks the socket rather than a process id, which means nothing outside its own container.
func isLeftover(ctx context.Context, dir string, who *account) bool {
	info, err := os.Lstat(dir)
	if err != nil || !info.IsDir() || !who.owns(info) || time.Since(info.ModTime()) < leftoverAge {
		return false
	}
	conn, err := new(net.Dialer).DialContext(ctx, "unix", filepath.Join(dir, socketName))
	if err == nil {
		_ = conn.Close()
		return false
	}
	return errors.Is(err, syscall.ECONNREFUSED) || errors.Is(err, os.ErrNotExist)
}

// lockFile takes the lock that one running Server holds on its data directory; the kernel frees it however
// the process ends.
func lockFile(path string) (*os.File, error) {
	file, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR, 0o600) //nolint:gosec // beside the operator's data directory
	if err != nil {
		return nil, fmt.Errorf("open the lock: %w", err)
	}
	if err := syscall.Flock(int(file.Fd()), syscall.LOCK_EX|syscall.LOCK_NB); err != nil {
		_ = file.Close()
		if errors.Is(err, syscall.EWOULDBLOCK) {
			return nil, ErrInUse
		}
		return nil, fmt.Errorf("take the lock: %w", err)
	}
	return file, nil
}
