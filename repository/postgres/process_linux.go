package postgres

import (
	"os/exec"
	"syscall"
)

// attach runs cmd under the account, in a process group of its own so that a ^C in the terminal reaches the
// application first, and has the kernel stop it when its parent dies without a word.
func attach(cmd *exec.Cmd, who *account) {
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true, Pdeathsig: syscall.SIGINT}
	if who != nil {
		cmd.SysProcAttr.Credential = &syscall.Credential{Uid: who.uid, Gid: who.gid}
	}
}

// freeBytes is the room left in the file system of dir; 0 when it cannot be told.
func freeBytes(dir string) uint64 {
	var stat syscall.Statfs_t
	if err := syscall.Statfs(dir, &stat); err != nil || stat.Bsize < 0 {
		return 0
	}
	return stat.Bavail * uint64(stat.Bsize)
}
