package postgres

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"runtime"
	"sync"
	"syscall"
	"time"
)

// launch starts cmd and calls done with the result of waiting for it. The signal that a child gets at its
// parent's death is sent when the thread that started it ends, so that thread is kept until the child is gone.
func launch(cmd *exec.Cmd, done func(error)) error {
	cmd.WaitDelay = killLimit // a stray grandchild must not hold the output open for ever
	started := make(chan error, 1)
	go func() {
		runtime.LockOSThread()
		err := cmd.Start()
		started <- err
		if err == nil {
			done(cmd.Wait())
		}
	}()
	return <-started
}

// shutDown ends the server process, gently at first, and returns when it is gone.
func (s *Server) shutDown(ctx context.Context) error {
	close(s.stopped)
	steps := []struct {
		signal syscall.Signal
		limit  time.Duration
	}{{syscall.SIGINT, fastShutdownLimit}, {syscall.SIGQUIT, killLimit}, {syscall.SIGKILL, killLimit}}
	for _, step := range steps {
		if err := s.process.Process.Signal(step.signal); err != nil && !errors.Is(err, os.ErrProcessDone) {
			return fmt.Errorf("stop PostgreSQL: %w", err)
		}
		if s.waitEnd(ctx, step.limit) {
			return nil
		}
		ctx = context.WithoutCancel(ctx) // only patience has run out: the remaining steps still get their time
	}
	return errors.New("stop PostgreSQL: the process does not end")
}

func (s *Server) waitEnd(ctx context.Context, limit time.Duration) bool {
	timer := time.NewTimer(limit)
	defer timer.Stop()
	select {
	case <-s.ended:
		return true
	case <-ctx.Done():
	case <-timer.C:
	}
	return false
}

// release gives back what outlives the process: the socket directory and the lock.
func (s *Server) release() error {
	err := os.RemoveAll(s.scratch)
	if s.lock != nil {
		err = errors.Join(err, s.lock.Close())
	}
	if err != nil {
		return fmt.Errorf("clean up after PostgreSQL: %w", err)
	}
	return nil
}

func errOrExit(err error) error {
	if err == nil {
		return errors.New("exit status 0")
	}
	return err
}

// tail passes output on and remembers its end, to quote it when a program fails.
type tail struct {
	mu   sync.Mutex
	next io.Writer
	last []byte
}

const tailBytes = 4096

// Write never fails because of the log: a full disk there must not stop the database.
func (t *tail) Write(p []byte) (int, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.last = append(t.last, p...)
	if extra := len(t.last) - tailBytes; extra > 0 {
		t.last = t.last[extra:]
	}
	if t.next != nil {
		_, _ = t.next.Write(p)
	}
	return len(p), nil
}

func (t *tail) String() string {
	t.mu.Lock()
	defer t.mu.Unlock()
	return string(t.last)
}
