package migrations_test

import (
	"context"
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"

	"zhongda/migrations"
	"zhongda/repository/repositorytest"
)

func TestEveryMigrationUndoesWhatItDid(t *testing.T) {
	dsn := repositorytest.EmptyDSN(t)
	ctx := t.Context()
	require.ErrorIs(t, migrations.Down(ctx, dsn), migrations.ErrNothingToUndo)
	empty := objects(t, dsn)
	require.NoError(t, migrations.Up(ctx, dsn))
	full := objects(t, dsn)
	require.Greater(t, len(full), len(empty))

	states, err := migrations.Status(ctx, dsn)
	require.NoError(t, err)
	for range states {
		require.NoError(t, migrations.Down(ctx, dsn))
	}
	require.Equal(t, empty, objects(t, dsn), "undoing everything leaves nothing")
	require.NoError(t, migrations.Up(ctx, dsn))
	require.Equal(t, full, objects(t, dsn), "and it can be done again")
}

func TestReplicasMayMigrateAtOnce(t *testing.T) {
	dsn := repositorytest.EmptyDSN(t)
	results := make(chan error)
	const replicas = 3
	for range replicas {
		go func() { results <- migrations.Up(t.Context(), dsn) }()
	}
	for range replicas {
		require.NoError(t, <-results)
	}
	current, wanted, err := migrations.Version(t.Context(), dsn)
	require.NoError(t, err)
	require.Equal(t, wanted, current)
}

func TestStatusTellsWhatIsMissing(t *testing.T) {
	dsn := repositorytest.DSN(t)
	require.NoError(t, migrations.Down(t.Context(), dsn))
	states, err := migrations.Status(t.Context(), dsn)
	require.NoError(t, err)
	last := len(states) - 1
	for i, state := range states {
		require.Equal(t, i != last, state.Applied, state.Name)
		require.Equal(t, i == last, state.AppliedAt.IsZero(), state.Name)
	}
	current, wanted, err := migrations.Version(t.Context(), dsn)
	require.NoError(t, err)
	require.Less(t, current, wanted)
	require.Equal(t, states[last].Version, wanted)
}

func TestUnreachableDatabaseIsAnError(t *testing.T) {
	const nowhere = "postgres://nobody@/none?host=/nonexistent"
	require.Error(t, migrations.Up(t.Context(), nowhere))
	require.Error(t, migrations.Up(t.Context(), "postgres://%zz"))
}

// objects lists what a migration can make: relations with their grants, functions, types, constraints, triggers and
// policies. Extensions and the role may be shared with others and stay, as does the runner's own table.
func objects(t *testing.T, dsn string) []string {
	t.Helper()
	conn, err := pgx.Connect(t.Context(), dsn)
	require.NoError(t, err)
	defer func() { require.NoError(t, conn.Close(context.Background())) }()
	rows, err := conn.Query(t.Context(), `
		WITH made AS (
			SELECT oid, format('%s %s %s', relkind, relname, relacl) AS what FROM pg_class WHERE relnamespace = 'public'::regnamespace
			UNION ALL SELECT oid, 'function ' || oid::regprocedure FROM pg_proc WHERE pronamespace = 'public'::regnamespace
			UNION ALL SELECT oid, 'type ' || typname FROM pg_type WHERE typnamespace = 'public'::regnamespace
			UNION ALL SELECT oid, 'constraint ' || conname FROM pg_constraint WHERE connamespace = 'public'::regnamespace
			UNION ALL SELECT oid, 'trigger ' || tgname FROM pg_trigger WHERE NOT tgisinternal
			UNION ALL SELECT oid, 'policy ' || polname FROM pg_policy
		), of_extension AS (
			SELECT objid FROM pg_depend WHERE deptype = 'e'
			UNION SELECT typarray FROM pg_type JOIN pg_depend ON objid = pg_type.oid AND deptype = 'e'
		)
		SELECT what FROM made
		WHERE what NOT LIKE '%goose%' AND oid NOT IN (SELECT objid FROM of_extension)
		ORDER BY what`)
	require.NoError(t, err)
	found, err := pgx.CollectRows(rows, pgx.RowTo[string])
	require.NoError(t, err)
	return found
}

// Records from before there was a chain are chained in their order, and nothing else of them changes.
func TestOldRecordsJoinTheChain(t *testing.T) {
	dsn := repositorytest.DSN(t)
	conn, err := pgx.Connect(t.Context(), dsn)
	require.NoError(t, err)
	defer func() { require.NoError(t, conn.Close(context.Background())) }()
	value := func(query string) (text string) {
		require.NoError(t, conn.QueryRow(t.Context(), query).Scan(&text))
		return text
	}
	for value("SELECT count(*)::text FROM pg_proc WHERE proname = 'audit_record_append'") == "1" {
		require.NoError(t, migrations.Down(t.Context(), dsn))
	}
	_, err = conn.Exec(t.Context(), `INSERT INTO audit_record (at, actor, actor_organisation, address, request_id, action, object_kind, result, reason, after)
		SELECT now(), 'li', '', '', '', '', '', 'done', '理由', jsonb_build_object('z', i, 'a', '<"') FROM generate_series(1, 3) i`)
	require.NoError(t, err)
	const content = "SELECT md5(string_agg(concat_ws(' ', id, at, actor, reason, after::text), ',' ORDER BY id)) FROM audit_record"
	before := value(content)
	require.NoError(t, migrations.Up(t.Context(), dsn))
	require.Equal(t, before, value(content))
	require.Equal(t, "3 true", value(`SELECT concat_ws(' ', count(*), bool_and(hash = audit_record_hash(a) AND previous_hash = coalesce(
		(SELECT b.hash FROM audit_record b WHERE b.seq = a.seq - 1), decode(repeat('00', 32), 'hex')))::text) FROM audit_record a`))
	_, err = conn.Exec(t.Context(), "UPDATE audit_record SET reason = ''")
	require.ErrorContains(t, err, "audit records are final")
}
