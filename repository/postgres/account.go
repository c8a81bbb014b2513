package postgres

import (
	"errors"
	"fmt"
	"os"
	"os/user"
	"path/filepath"
	"strconv"
	"syscall"
)

// ErrUnreachable says that the account of the server cannot enter the folder of the data directory.
var ErrUnreachable = errors.New("the data directory is out of reach for the account that runs PostgreSQL")

// account is the system account that runs the server when the caller is root, as which PostgreSQL refuses to
// run. A nil account is the caller's own.
type account struct {
	name     string
	uid, gid uint32
}

func serverAccount() (*account, error) {
	if os.Geteuid() != 0 {
		return nil, nil
	}
	for _, name := range []string{"postgres", "nobody"} {
		u, err := user.Lookup(name)
		if err != nil {
			continue
		}
		uid, uidErr := strconv.ParseUint(u.Uid, 10, 32)
		gid, gidErr := strconv.ParseUint(u.Gid, 10, 32)
		if uidErr == nil && gidErr == nil {
			return &account{name: name, uid: uint32(uid), gid: uint32(gid)}, nil
		}
	}
	return nil, errors.New("PostgreSQL does not run as root, and there is no account postgres or nobody to run it")
}

// own hands a path over to the account.
func (a *account) own(path string) error {
	if a == nil {
		return nil
	}
	if err := os.Chown(path, int(a.uid), int(a.gid)); err != nil {
		return fmt.Errorf("hand %s to account %s: %w", path, a.name, err)
	}
	return nil
}

// owns tells whether the path belongs to the account.
func (a *account) owns(info os.FileInfo) bool {
	stat, ok := info.Sys().(*syscall.Stat_t)
	if !ok {
		return false
	}
	if a == nil {
		return int(stat.Uid) == os.Geteuid()
	}
	return stat.Uid == a.uid
}

// mayReach checks that every folder down to dir lets the account pass. Without it a data directory below
// a closed home ends in "permission denied" from a program the operator never called.
func (a *account) mayReach(dir string) error {
	if a == nil {
		return nil
	}
	for at := dir; ; at = filepath.Dir(at) {
		info, err := os.Stat(at)
		if err != nil {
			return fmt.Errorf("look at %s: %w", at, err)
		}
		if info.Mode().Perm()&0o001 == 0 && !a.passes(info) {
			return fmt.Errorf("%w: %s is closed to %s (mode %04o); choose another directory or run as an ordinary user",
				ErrUnreachable, at, a.name, info.Mode().Perm())
		}
		if at == filepath.Dir(at) {
			return nil
		}
	}
}

// passes tells whether the account may enter as owner or by its group.
func (a *account) passes(info os.FileInfo) bool {
	stat, ok := info.Sys().(*syscall.Stat_t)
	if !ok {
		return false
	}
	asOwner := stat.Uid == a.uid && info.Mode().Perm()&0o100 != 0
	asGroup := stat.Gid == a.gid && info.Mode().Perm()&0o010 != 0
	return asOwner || asGroup
}
