// Package postgres runs a private PostgreSQL server for as long as the calling process lives.
//
// It serves a trial installation, which needs no database administrator, and the tests. The server
// listens on no network address: only on a Unix socket in a directory that nobody but its own
// account can enter. Production uses a PostgreSQL of its own and does not start this one.
package postgres

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"sync"
	"time"
)

// Superuser owns the cluster. Use it to migrate; serve requests as a role with fewer rights.
const Superuser = "zhongda"

const (
	defaultMaxConnections = 200
	fastShutdownLimit     = 20 * time.Second
	killLimit             = 5 * time.Second
	readyPoll             = 20 * time.Millisecond
)

// Options say where the cluster lives and how long.
type Options struct {
	// DataDir is the directory of the cluster, made by the first start. Ignored with ThrowAway.
	DataDir string
	// ThrowAway asks for an empty cluster without durability, in memory where there is room,
	// which Stop removes.
	ThrowAway bool
	// Log receives what initdb and the server print; nil drops it.
	Log io.Writer
	// MaxConnections is the server's max_connections; 0 means 200.
	MaxConnections int
}

// Server is a running PostgreSQL. Its methods may be called from several goroutines.
type Server struct {
	process *exec.Cmd
	output  *tail
	scratch string
	lock    *os.File

	stopping sync.Once
	ended    chan struct{} // closed when the process is gone and waitErr is set
	waitErr  error
	stopped  chan struct{} // closed when Stop was asked for
	exited   chan error
}

// Start makes the cluster if there is none, starts its server and returns when it answers queries.
// Ending ctx abandons the start; afterwards ctx has no influence. The server stops with Stop, and also
// when this process dies without calling it.
//
// ErrNoBinaries, ErrVersion, ErrInUse, ErrNotCluster and ErrUnreachable tell why a start was refused; in
// none of these cases was anything in DataDir changed.
func Start(ctx context.Context, o Options) (*Server, error) {
	who, err := serverAccount()
	if err != nil {
		return nil, err
	}
	sweep(ctx, who)
	scratch, err := newScratch(who, o.ThrowAway)
	if err != nil {
		return nil, fmt.Errorf("make the socket directory: %w", err)
	}
	s := &Server{
		output:  &tail{next: o.Log},
		scratch: scratch,
		ended:   make(chan struct{}),
		stopped: make(chan struct{}),
		exited:  make(chan error, 1),
	}
	if err := s.start(ctx, o, who); err != nil {
		return nil, errors.Join(err, s.release())
	}
	return s, nil
}

func (s *Server) start(ctx context.Context, o Options, who *account) error {
	c, err := openCluster(ctx, o, who, s)
	if err != nil {
		return err
	}
	s.process = c.bin.command(context.WithoutCancel(ctx), who, "postgres", serverArguments(c.dir, s.scratch, o)...)
	s.process.Stdout, s.process.Stderr = s.output, s.output
	if err := launch(s.process, s.finish); err != nil {
		return fmt.Errorf("start PostgreSQL: %w", err)
	}
	if err := s.awaitReady(ctx, c.dir); err != nil {
		return errors.Join(err, s.shutDown(context.WithoutCancel(ctx)))
	}
	return nil
}

// finish records the end of the process; launch calls it once.
func (s *Server) finish(err error) {
	s.waitErr = err
	close(s.ended)
	select {
	case <-s.stopped:
	default:
		s.exited <- fmt.Errorf("PostgreSQL ended by itself (%w): %s", errOrExit(err), s.output)
	}
	close(s.exited)
}

// Exited yields one error when the server ends without Stop, and is closed when the server is gone.
func (s *Server) Exited() <-chan error { return s.exited }

// Stop disconnects every client, writes everything to disk and removes what belonged to this run. Open
// transactions are rolled back. When ctx ends, or after 20 seconds, the server is cut off instead: committed
// work is safe, the next start takes longer. Calling Stop again waits for the first call and returns nil.
func (s *Server) Stop(ctx context.Context) error {
	var err error
	s.stopping.Do(func() {
		err = errors.Join(s.shutDown(ctx), s.release())
	})
	return err
}

func serverArguments(dir, scratch string, o Options) []string {
	connections := o.MaxConnections
	if connections == 0 {
		connections = defaultMaxConnections
	}
	settings := []string{
		"listen_addresses=",
		"unix_socket_directories=" + scratch,
		"unix_socket_permissions=0700",
		"max_connections=" + strconv.Itoa(connections),
		"logging_collector=off",
		"log_destination=stderr",
	}
	if o.ThrowAway {
		settings = append(settings, "fsync=off", "synchronous_commit=off", "full_page_writes=off",
			"wal_level=minimal", "max_wal_senders=0", "autovacuum=off")
	}
	return append([]string{"-D", dir, "-c"}, strings.Split(strings.Join(settings, "\x00-c\x00"), "\x00")...)
}
