//go:build unix && !linux

package postgres

import (
	"os/exec"
	"syscall"
)

// attach does what the Linux version does, except that nothing stops the server when its parent is killed.
func attach(cmd *exec.Cmd, who *account) {
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	if who != nil {
		cmd.SysProcAttr.Credential = &syscall.Credential{Uid: who.uid, Gid: who.gid}
	}
}

// freeBytes knows no file system in memory on these systems.
func freeBytes(string) uint64 { return 0 }
