package command

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"zhongda/repository"
	"zhongda/repository/postgres"
)

const embeddedDatabase = "zhongda"

// database is where the records are: the PostgreSQL that DATABASE_URL names, or one of our own below the data
// directory. ownerDSN may change the schema; the web process lays those rights down as it connects.
type database struct {
	ownerDSN string
	embedded *postgres.Server
}

func openDatabase(ctx context.Context, s settings) (database, error) {
	if s.databaseURL != "" {
		return database{ownerDSN: s.databaseURL}, nil
	}
	if err := os.MkdirAll(s.dataDir, 0o755); err != nil { //nolint:gosec // the database's own user must pass through
		return database{}, fmt.Errorf("data directory: %w", err)
	}
	server, err := postgres.Start(ctx, postgres.Options{DataDir: filepath.Join(s.dataDir, "postgres")})
	if err != nil {
		return database{}, err
	}
	d := database{ownerDSN: server.DSN(embeddedDatabase), embedded: server}
	if err := server.EnsureDatabase(ctx, embeddedDatabase); err != nil {
		return database{}, errors.Join(err, d.close(ctx))
	}
	return d, nil
}

// close stops the embedded server, the last thing a command does.
func (d database) close(ctx context.Context) error {
	if d.embedded == nil {
		return nil
	}
	return d.embedded.Stop(context.WithoutCancel(ctx))
}

// ended yields when the embedded server ends by itself; never for an external one.
func (d database) ended() <-chan error {
	if d.embedded == nil {
		return nil
	}
	return d.embedded.Exited()
}

// withStore opens the database for one command and closes it again.
func withStore(ctx context.Context, s settings, o repository.Options, use func(*repository.Store) error) (err error) {
	d, err := openDatabase(ctx, s)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, d.close(ctx)) }()
	store, err := repository.Open(ctx, d.ownerDSN, o)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, store.Close()) }()
	return use(store)
}
