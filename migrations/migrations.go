// Package migrations holds the numbered SQL files that are the only truth of the schema, and applies them.
//
// Each function opens a connection of its own for a role that may change the schema. Migrating processes wait for
// one another, so every replica may migrate before it serves.
package migrations

import (
	"context"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"
	"github.com/pressly/goose/v3"
	"github.com/pressly/goose/v3/lock"
)

// FS holds the SQL files, in the order of their names.
//
//go:embed *.sql
var FS embed.FS

// A waiting process asks for the lock once in lockPollSeconds and gives up after lockAttempts: five minutes.
const (
	lockPollSeconds = 1
	lockAttempts    = 300
)

// ErrNothingToUndo says that no migration is applied.
var ErrNothingToUndo = errors.New("no migration is applied")

// State is one migration and whether the database has it.
type State struct {
	Version int64
	// Name is the file's name.
	Name    string
	Applied bool
	// AppliedAt is zero for a migration that is not applied.
	AppliedAt time.Time
}

// Up applies, in order, every migration the database lacks. One that fails leaves no trace; those before it stay.
func Up(ctx context.Context, dsn string) error {
	return with(dsn, FS, func(p *goose.Provider) error {
		if _, err := p.Up(ctx); err != nil {
			return fmt.Errorf("migrate the database: %w", err)
		}
		return nil
	})
}

// Down undoes the latest migration, with the data it holds. It returns ErrNothingToUndo at an empty database.
func Down(ctx context.Context, dsn string) error {
	return with(dsn, FS, func(p *goose.Provider) error {
		_, err := p.Down(ctx)
		if errors.Is(err, goose.ErrNoNextVersion) {
			return ErrNothingToUndo
		}
		if err != nil {
			return fmt.Errorf("undo the latest migration: %w", err)
		}
		return nil
	})
}

// Status lists every migration of this program, in order.
func Status(ctx context.Context, dsn string) ([]State, error) {
	var states []State
	err := with(dsn, FS, func(p *goose.Provider) error {
		found, err := p.Status(ctx)
		if err != nil {
			return fmt.Errorf("read the applied migrations: %w", err)
		}
		for _, m := range found {
			states = append(states, State{
				Version:   m.Source.Version,
				Name:      m.Source.Path,
				Applied:   m.State == goose.StateApplied,
				AppliedAt: m.AppliedAt,
			})
		}
		return nil
	})
	return states, err
}

// Version returns the database's schema version and the one this program was made for. A database that is ahead
// belongs to a newer program, one that is behind needs Up.
func Version(ctx context.Context, dsn string) (current, wanted int64, err error) {
	err = with(dsn, FS, func(p *goose.Provider) error {
		if current, wanted, err = p.GetVersions(ctx); err != nil {
			return fmt.Errorf("read the schema version: %w", err)
		}
		return nil
	})
	return current, wanted, err
}

// Latest is the number of the newest migration in this program.
func Latest() (version int64) {
	names, _ := fs.Glob(FS, "*.sql") // the pattern is legal, and nothing else can fail
	for _, name := range names {
		if number, err := goose.NumericComponent(name); err == nil {
			version = max(version, number)
		}
	}
	return version
}

// with runs use with a provider for the files and closes what it opened.
func with(dsn string, files fs.FS, use func(*goose.Provider) error) error {
	config, err := pgx.ParseConfig(dsn)
	if err != nil {
		return fmt.Errorf("read the database address: %w", err)
	}
	db := stdlib.OpenDB(*config)
	locker, err := lock.NewPostgresSessionLocker(lock.WithLockTimeout(lockPollSeconds, lockAttempts))
	if err != nil {
		return errors.Join(fmt.Errorf("prepare the migration lock: %w", err), db.Close())
	}
	provider, err := goose.NewProvider(goose.DialectPostgres, db, files,
		goose.WithSessionLocker(locker), goose.WithDisableGlobalRegistry(true))
	if err != nil {
		return errors.Join(fmt.Errorf("read the migrations: %w", err), db.Close())
	}
	return errors.Join(use(provider), provider.Close())
}
