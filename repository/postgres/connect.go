package postgres

import (
	"context"
	"fmt"
	"net/url"
	"time"

	"github.com/jackc/pgx/v5"
)

// awaitReady returns when the server answers; recovery after a crash may take as long as ctx allows.
func (s *Server) awaitReady(ctx context.Context, dir string) error {
	poll := time.NewTicker(readyPoll)
	defer poll.Stop()
	for {
		conn, err := pgx.Connect(ctx, s.DSN("postgres"))
		if err == nil {
			return conn.Close(ctx)
		}
		select {
		case <-s.ended:
			return startFailure(dir, s.output.String())
		case <-ctx.Done():
			return fmt.Errorf("PostgreSQL did not become ready (%w): %s", ctx.Err(), s.output)
		case <-poll.C:
		}
	}
}

// DSN is the address of a database for the superuser, good while the server runs.
func (s *Server) DSN(database string) string { return s.DSNAs(Superuser, database) }

// DSNAs is the address of a database for another role. The socket directory is the guard: no role has a password.
func (s *Server) DSNAs(role, database string) string {
	q := url.Values{"host": {s.scratch}, "sslmode": {"disable"}}
	u := url.URL{Scheme: "postgres", User: url.User(role), Path: "/" + database, RawQuery: q.Encode()}
	return u.String()
}

// EnsureDatabase creates the database unless it is there already.
func (s *Server) EnsureDatabase(ctx context.Context, name string) error {
	conn, err := pgx.Connect(ctx, s.DSN("postgres"))
	if err != nil {
		return fmt.Errorf("connect to the embedded PostgreSQL: %w", err)
	}
	defer func() { _ = conn.Close(ctx) }()
	var found bool
	err = conn.QueryRow(ctx, "SELECT EXISTS (SELECT FROM pg_database WHERE datname = $1)", name).Scan(&found)
	if err == nil && !found {
		_, err = conn.Exec(ctx, "CREATE DATABASE "+pgx.Identifier{name}.Sanitize())
	}
	if err != nil {
		return fmt.Errorf("create database %s: %w", name, err)
	}
	return nil
}
