package repositorytest_test

import (
	"context"
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"

	"zhongda/migrations"
	"zhongda/repository/repositorytest"
)

func TestDatabaseIsMigratedAndOnesOwn(t *testing.T) {
	first, second := repositorytest.DSN(t), repositorytest.DSN(t)
	current, wanted, err := migrations.Version(t.Context(), first)
	require.NoError(t, err)
	require.Equal(t, wanted, current)

	connect(t, first, func(c *pgx.Conn) error {
		_, err := c.Exec(t.Context(), "CREATE TABLE only_here ()")
		return err
	})
	require.True(t, hasTable(t, first, "only_here"))
	require.False(t, hasTable(t, second, "only_here"))
}

func TestEmptyDatabaseHasNoTables(t *testing.T) {
	require.False(t, hasTable(t, repositorytest.EmptyDSN(t), "goose_db_version"))
}

func TestDatabaseIsDroppedAtTheEndWithOpenConnections(t *testing.T) {
	t.Setenv(repositorytest.KeepEnv, "")
	var dsn string
	t.Run("the test that uses it", func(t *testing.T) {
		dsn = repositorytest.DSN(t)
		_, err := pgx.Connect(context.Background(), dsn)
		require.NoError(t, err)
	})
	_, err := pgx.Connect(t.Context(), dsn)
	require.ErrorContains(t, err, "does not exist")
}

func TestDatabaseIsKeptOnDemand(t *testing.T) {
	t.Setenv(repositorytest.KeepEnv, "1")
	var dsn string
	t.Run("the test that uses it", func(t *testing.T) { dsn = repositorytest.DSN(t) })
	connect(t, dsn, func(c *pgx.Conn) error { return c.Ping(t.Context()) })

	config, err := pgx.ParseConfig(dsn)
	require.NoError(t, err)
	connect(t, repositorytest.EmptyDSN(t), func(c *pgx.Conn) error {
		_, err := c.Exec(t.Context(), "DROP DATABASE "+config.Database)
		return err
	})
}

func hasTable(t *testing.T, dsn, name string) (found bool) {
	t.Helper()
	connect(t, dsn, func(c *pgx.Conn) error {
		return c.QueryRow(t.Context(), "SELECT to_regclass($1) IS NOT NULL", name).Scan(&found)
	})
	return found
}

func connect(t *testing.T, dsn string, use func(*pgx.Conn) error) {
	t.Helper()
	c, err := pgx.Connect(t.Context(), dsn)
	require.NoError(t, err)
	defer func() { require.NoError(t, c.Close(context.Background())) }()
	require.NoError(t, use(c))
}
