package repository_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"zhongda/domain"
	"zhongda/repository"
	"zhongda/repository/repositorytest"
)

// clock sets what the city takes for now.
func clock(t testing.TB, city *repositorytest.City, instant string) time.Time {
	t.Helper()
	at, err := time.Parse(time.RFC3339, instant)
	require.NoError(t, err)
	city.Now = func() time.Time { return at }
	return at
}

// summaryAt is what the project's summary was known to be, or why there is none.
func summaryAt(t *testing.T, city *repositorytest.City, id int64, at time.Time) string {
	t.Helper()
	var detail domain.ProjectDetail
	err := city.Store.AsOf(t.Context(), at, func(tx *repository.Store) (err error) {
		detail, err = tx.Project(t.Context(), domain.ScopeAll(), id)
		return err
	})
	if err != nil {
		return codeOf(t, err)
	}
	return detail.Summary
}

func summarise(t testing.TB, city *repositorytest.City, id int64, summaries ...string) {
	t.Helper()
	err := city.Store.Write(t.Context(), domain.ScopeAll(), func(tx *repository.Store) error {
		for _, summary := range summaries {
			p, err := tx.Project(t.Context(), domain.ScopeAll(), id)
			require.NoError(t, err)
			p.Summary = summary
			_, err = tx.UpdateProject(t.Context(), p.Project)
			require.NoError(t, err)
		}
		return nil
	})
	require.NoError(t, err)
}

func TestTheProgramsClockIsTheDatabases(t *testing.T) {
	t.Parallel()
	city := repositorytest.NewCity(t)
	at := clock(t, city, "2026-08-15T10:00:00.123456Z")
	p := city.NewProject(t)
	require.True(t, p.CreatedAt.Equal(at), "%s", p.CreatedAt)
	later := clock(t, city, "2026-08-16T10:00:00.5+08:00")
	summarise(t, city, p.ID, "后来")
	changed, err := city.Store.Project(t.Context(), domain.ScopeAll(), p.ID)
	require.NoError(t, err)
	require.True(t, changed.UpdatedAt.Equal(later), "%s", changed.UpdatedAt)
	require.True(t, changed.CreatedAt.Equal(at))
}

func TestAsOfShowsWhatWasKnownThen(t *testing.T) {
	t.Parallel()
	city := repositorytest.NewCity(t)
	begin, err := city.Store.HistoryBegin(t.Context())
	require.NoError(t, err)
	require.True(t, begin.IsZero(), "an empty city has no past")

	first := clock(t, city, "2026-06-10T00:00:00Z")
	p := city.NewProject(t)
	second := clock(t, city, "2026-07-10T00:00:00Z")
	summarise(t, city, p.ID, "一", "二", "三") // one transaction keeps its last state
	clock(t, city, "2026-07-09T00:00:00Z")  // the clock goes back
	summarise(t, city, p.ID, "四")
	third := clock(t, city, "2026-08-10T00:00:00Z")
	summarise(t, city, p.ID, "五")
	summarise(t, city, p.ID, "五") // the version rises, so this is a change

	begin, err = city.Store.HistoryBegin(t.Context())
	require.NoError(t, err)
	require.True(t, begin.Equal(first))
	tick := time.Microsecond
	for _, c := range []struct {
		at   time.Time
		want string
	}{
		{first.Add(-tick), "project_not_found"}, {first, ""}, {second.Add(-tick), ""},
		{second, "四"}, // what the earlier clock wrote replaced what it found, at the same instant
		{third.Add(-tick), "四"}, {third, "五"}, {third.AddDate(1, 0, 0), "五"},
	} {
		require.Equal(t, c.want, summaryAt(t, city, p.ID, c.at), "at %s", c.at)
	}
	require.Equal(t, "0", city.Text(t, "SELECT count(*) FROM history.project WHERE valid_to <= valid_from"))
	require.Equal(t, "0", city.Text(t, `SELECT count(*) FROM history.project a JOIN history.project b
		ON a.id = b.id AND a.valid_from < b.valid_from AND a.valid_to > b.valid_from`), "versions do not overlap")
}

func TestRowsThatGoLeaveTheirPast(t *testing.T) {
	t.Parallel()
	city := repositorytest.NewCity(t)
	before := clock(t, city, "2026-06-10T00:00:00Z")
	p := city.NewProject(t, repositorytest.InDistricts("440304", "440306"))
	clock(t, city, "2026-07-10T00:00:00Z")
	city.Exec(t, "DELETE FROM project_district WHERE district_code = '440304'")
	gone := clock(t, city, "2026-08-10T00:00:00Z")
	city.Exec(t, "INSERT INTO project_district VALUES ($1, '440304')", p.ID)
	for at, want := range map[time.Time]int{before: 2, gone.Add(-time.Second): 1, gone: 2} {
		require.NoError(t, city.Store.AsOf(t.Context(), at, func(tx *repository.Store) error {
			detail, err := tx.Project(t.Context(), domain.ScopeAll(), p.ID)
			require.Len(t, detail.Districts, want)
			return err
		}))
	}
}

func TestThePastTakesNoWrites(t *testing.T) {
	t.Parallel()
	city := repositorytest.NewCity(t)
	p := city.NewProject(t)
	for _, store := range []*repository.Store{city.Store, city.Owner} {
		err := store.AsOf(t.Context(), time.Now(), func(tx *repository.Store) error {
			_, err := tx.UpdateProject(t.Context(), p.Project)
			return err
		})
		require.Error(t, err)
	}
	require.NoError(t, city.Store.AsOf(t.Context(), time.Now(), func(*repository.Store) error { return nil }))
	summarise(t, city, p.ID, "今天") // the pooled connection came back to the present
	require.Equal(t, "今天", city.Text(t, "SELECT summary FROM project WHERE id = $1", p.ID))
}

// TestTheWebRoleOnlyReadsVersions tries, as the role of the web process, everything that would rewrite the past.
func TestTheWebRoleOnlyReadsVersions(t *testing.T) {
	t.Parallel()
	city := repositorytest.NewCity(t)
	city.NewProject(t)
	allowed := city.Text(t, `SELECT coalesce(string_agg(DISTINCT privilege_type, ' '), '') FROM information_schema.role_table_grants
		WHERE grantee IN ('zhongda_app', 'PUBLIC') AND table_schema IN ('history', 'as_of')`)
	require.Equal(t, "SELECT", allowed)
	require.Equal(t, "", city.Text(t, `SELECT string_agg(p.proname, ' ') FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
		WHERE (n.nspname = 'history' OR p.proname = 'keep_versions_of') AND has_function_privilege('zhongda_app', p.oid, 'EXECUTE')`))
	require.Equal(t, "0", city.Text(t, `SELECT count(*) FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
		WHERE n.nspname = 'history' AND NOT (p.prosecdef AND p.proconfig::text LIKE '%search_path=pg_catalog, pg_temp%')`))
}

// TestEveryVersionedTableIsWhole finds a column that a migration added without calling keep_versions_of again.
func TestEveryVersionedTableIsWhole(t *testing.T) {
	t.Parallel()
	city := repositorytest.NewCity(t)
	const columns = `SELECT string_agg(v.table_name || '.' || c.column_name, ' ') FROM information_schema.views v
		JOIN information_schema.columns c ON c.table_schema = $1 AND c.table_name = v.table_name
		LEFT JOIN information_schema.columns other ON other.table_schema = $2 AND (other.table_name, other.column_name, other.data_type)
			= (c.table_name, c.column_name, c.data_type)
		WHERE v.table_schema = 'as_of' AND other.column_name IS NULL`
	require.Equal(t, "", city.Text(t, columns, "public", "as_of"), "call keep_versions_of for these")
	require.Equal(t, "", city.Text(t, columns, "as_of", "public"))
	require.Contains(t, city.Text(t, "SELECT string_agg(table_name, ' ') FROM information_schema.views WHERE table_schema = 'as_of'"), "milestone")
}

// TestAColumnAddedLaterHasItsDefaultInThePast also proves that calling keep_versions_of again keeps what it had.
func TestAColumnAddedLaterHasItsDefaultInThePast(t *testing.T) {
	t.Parallel()
	city := repositorytest.NewCity(t)
	at := clock(t, city, "2026-06-10T00:00:00Z")
	p := city.NewProject(t)
	clock(t, city, "2026-07-10T00:00:00Z")
	summarise(t, city, p.ID, "后来")
	versions := city.Text(t, "SELECT count(*) FROM history.project")
	city.Exec(t, "ALTER TABLE project ADD COLUMN hue text NOT NULL DEFAULT 'grey', ADD COLUMN weight integer")
	city.Exec(t, "SELECT keep_versions_of('project')")
	require.Equal(t, versions, city.Text(t, "SELECT count(*) FROM history.project"))
	clock(t, city, "2026-07-11T00:00:00Z")
	city.Exec(t, "UPDATE project SET hue = 'red', weight = 7")
	require.Equal(t, "grey,grey,red7", city.Text(t, "SELECT string_agg(concat(hue, weight), ',' ORDER BY valid_from) FROM history.project"))
	require.Equal(t, "", summaryAt(t, city, p.ID, at))
	city.Exec(t, "ALTER TABLE project DROP COLUMN hue")
	city.Exec(t, "SELECT keep_versions_of('project')")
	clock(t, city, "2026-08-10T00:00:00Z")
	summarise(t, city, p.ID, "最后")
	require.Equal(t, "", summaryAt(t, city, p.ID, at))
}
