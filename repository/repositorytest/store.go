package repositorytest

import (
	"database/sql"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"
	"github.com/stretchr/testify/require"

	"zhongda/repository"
)

// maxConns keeps many parallel tests within the server's connections, and still lets writers race.
const maxConns = 4

// Database is one fresh database with the two ways in: Store as the web process, bound by row security and grants, and
// Owner as the commands that load the catalogue.
// Both, and the builders, tell the time by Now, which a test may set.
type Database struct {
	DSN   string
	Now   func() time.Time
	Store *repository.Store
	Owner *repository.Store
	sql   *sql.DB
}

// New gives the test a migrated, otherwise empty database of its own. Everything is closed when the test ends.
func New(t testing.TB) *Database {
	t.Helper()
	dsn := DSN(t)
	config, err := pgx.ParseConfig(dsn)
	require.NoError(t, err)
	d := &Database{DSN: dsn, Now: time.Now, sql: stdlib.OpenDB(*config)}
	clock := func() time.Time { return d.Now() }
	d.Store = open(t, dsn, repository.Options{MaxConns: maxConns, Now: clock})
	d.Owner = open(t, dsn, repository.Options{MaxConns: 1, AsOwner: true, Now: clock})
	d.sql.SetMaxOpenConns(1)
	t.Cleanup(func() { require.NoError(t, d.sql.Close()) })
	return d
}

// Store is the web process's way into a fresh database, for tests that need no other.
func Store(t testing.TB) *repository.Store {
	t.Helper()
	return open(t, DSN(t), repository.Options{MaxConns: maxConns})
}

func open(t testing.TB, dsn string, o repository.Options) *repository.Store {
	t.Helper()
	store, err := repository.Open(t.Context(), dsn, o)
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, store.Close()) })
	return store
}

// Exec runs a statement as the database's owner, past every policy: to set a scene, or to age a row.
func (d *Database) Exec(t testing.TB, statement string, args ...any) {
	t.Helper()
	d.tellTime(t)
	_, err := d.sql.ExecContext(t.Context(), statement, args...)
	require.NoError(t, err)
}

// Text reads one value as the database's owner, as text: to look behind the store.
func (d *Database) Text(t testing.TB, query string, args ...any) string {
	t.Helper()
	var value sql.NullString
	require.NoError(t, d.sql.QueryRowContext(t.Context(), query, args...).Scan(&value))
	return value.String
}

// insert runs an INSERT … RETURNING id as the database's owner.
func (d *Database) insert(t testing.TB, statement string, args ...any) (id int64) {
	t.Helper()
	d.tellTime(t)
	require.NoError(t, d.sql.QueryRowContext(t.Context(), statement, args...).Scan(&id))
	return id
}

// tellTime announces the clock on the owner's one connection, as the store does in each transaction.
func (d *Database) tellTime(t testing.TB) {
	t.Helper()
	_, err := d.sql.ExecContext(t.Context(), "SELECT set_config('app.now', $1, false)", d.Now().UTC().Format(time.RFC3339Nano))
	require.NoError(t, err)
}
