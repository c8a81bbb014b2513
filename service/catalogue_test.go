package service_test

import (
	"io/fs"
	"os"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/stretchr/testify/require"

	"zhongda/domain"
	"zhongda/repository/repositorytest"
	"zhongda/service"
)

// catalogueTables are all that a loading may write, but the audit record.
const catalogueTables = "plan,plan_column,indicator,commitment,district,district_shape,organisation,category,project,project_district,plan_mention,milestone"

// shippedCatalogue is the real catalogue, in memory, for a test to change.
func shippedCatalogue(t *testing.T) fstest.MapFS {
	t.Helper()
	const dir = "../migrations/catalogue"
	files := fstest.MapFS{}
	entries, err := os.ReadDir(dir)
	require.NoError(t, err)
	for _, entry := range entries {
		data, err := fs.ReadFile(os.DirFS(dir), entry.Name())
		require.NoError(t, err)
		files[entry.Name()] = &fstest.MapFile{Data: data}
	}
	return files
}

// edit replaces one line of a file, found by how it begins.
func edit(t *testing.T, files fstest.MapFS, name, beginning, replacement string) {
	t.Helper()
	lines := strings.SplitAfter(string(files[name].Data), "\n")
	for i, line := range lines {
		if strings.HasPrefix(line, beginning) {
			lines[i] = replacement
			files[name] = &fstest.MapFile{Data: []byte(strings.Join(lines, ""))}
			return
		}
	}
	t.Fatalf("%s has no line that begins with %q", name, beginning)
}

func load(t *testing.T, db *repositorytest.Database, files fs.FS) domain.LoadReport {
	t.Helper()
	report, err := service.LoadCatalogue(t.Context(), db.Owner, files, time.Now())
	require.NoError(t, err)
	return report
}

// fingerprints hash every row of every table a loading may write.
func fingerprints(t *testing.T, db *repositorytest.Database) map[string]string {
	t.Helper()
	prints := map[string]string{}
	for table := range strings.SplitSeq(catalogueTables+",audit_record", ",") {
		prints[table] = db.Text(t, "SELECT md5(coalesce(string_agg(r::text, E'\n' ORDER BY r::text), '')) FROM "+table+" r")
	}
	return prints
}

func TestLoadingTwiceChangesNothing(t *testing.T) {
	t.Parallel()
	db := repositorytest.New(t)
	first := load(t, db, shippedCatalogue(t))
	for _, table := range first.Tables {
		require.Positive(t, table.Inserted, table.Table)
		require.Zero(t, table.Updated+table.Unchanged+table.Removed, table.Table)
	}
	before := fingerprints(t, db)
	nextID := db.Text(t, "SELECT last_value::text FROM project_id_seq")

	second := load(t, db, shippedCatalogue(t))
	require.False(t, second.Changed(), "%+v", second.Tables)
	for i, table := range second.Tables {
		require.Equal(t, first.Tables[i].Inserted, table.Unchanged, table.Table)
	}
	require.Empty(t, second.Orphaned)
	require.Equal(t, before, fingerprints(t, db))
	require.Equal(t, nextID, db.Text(t, "SELECT last_value::text FROM project_id_seq"), "no id is burnt")
	require.Equal(t, "1", db.Text(t, "SELECT count(*)::text FROM audit_record WHERE action = 'catalogue.load'"))
}

func TestEveryProjectIsDerivedAndPromised(t *testing.T) {
	t.Parallel()
	db := repositorytest.New(t)
	load(t, db, shippedCatalogue(t))
	one := func(query string) string { return db.Text(t, query) }

	require.Equal(t, "0", one("SELECT count(*)::text FROM project WHERE NOT owner_provisional OR NOT stage_provisional OR owner_rule = '' OR initials = ''"))
	require.Equal(t, "0", one("SELECT count(*)::text FROM project p WHERE NOT EXISTS (SELECT FROM plan_mention m WHERE m.project_id = p.id)"))
	require.Equal(t, "0", one("SELECT count(*)::text FROM organisation WHERE path[array_length(path, 1)] <> id OR path[1] <> (SELECT id FROM organisation WHERE parent_id IS NULL)"))
	require.Equal(t, "0", one(`SELECT count(*)::text FROM project p FULL JOIN milestone m ON m.project_id = p.id
		WHERE (p.target <> 'none') IS DISTINCT FROM (m.id IS NOT NULL)`), "a promise of a state is a milestone, and only that")
	require.Equal(t, "2030-12-31 year true", one(`SELECT DISTINCT concat_ws(' ', baseline, baseline_precision,
		CASE WHEN baseline_locked AND current_baseline = baseline THEN 'true' END) FROM milestone`))
	require.Equal(t, "规划承诺：建成", one("SELECT DISTINCT m.name FROM milestone m JOIN project p ON p.id = m.project_id WHERE p.target = 'completed'"))
}

func TestInitialsAreHowANameIsTyped(t *testing.T) {
	t.Parallel()
	db := repositorytest.New(t)
	load(t, db, shippedCatalogue(t))
	for code, initials := range map[string]string{
		"SZ-0002": "rpbdt12ycjcdlscx", "SZ-0094": "szstrqcbytfkeqkjgc", "SZ-0203": "stjkacjgc", "SZ-0240": "sksyygy",
	} {
		require.Equal(t, initials, db.Text(t, "SELECT initials FROM project WHERE code = $1", code))
	}
}

func TestReloadKeepsWhatWasEntered(t *testing.T) {
	t.Parallel()
	db := repositorytest.New(t)
	load(t, db, shippedCatalogue(t))
	db.Exec(t, `UPDATE project SET owner_provisional = false, owner_rule = '', stage_provisional = false, stage = 'reserve',
		owner_organisation_id = (SELECT id FROM organisation WHERE code = 'sz-water'), summary = '本局填报', version = 7
		WHERE code = 'SZ-0001'`)
	db.Exec(t, `UPDATE milestone SET forecast = '2031-06-30', forecast_precision = 'day', name = '改名'
		WHERE project_id = (SELECT id FROM project WHERE code = 'SZ-0001')`)
	before := fingerprints(t, db)

	require.False(t, load(t, db, shippedCatalogue(t)).Changed())
	require.Equal(t, before, fingerprints(t, db))

	files := shippedCatalogue(t)
	edit(t, files, "projects.csv", "SZ-0001,", "SZ-0001,更正后的名称,industry-chip,440307,,\n")
	require.True(t, load(t, db, files).Changed())
	require.Equal(t, "更正后的名称 gzhdmc sz-water reserve 本局填报 8", db.Text(t, `
		SELECT concat_ws(' ', p.name, p.initials, o.code, p.stage, p.summary, p.version)
		FROM project p JOIN organisation o ON o.id = p.owner_organisation_id WHERE p.code = 'SZ-0001'`),
		"the catalogue's name arrives; the owner, stage and summary that were entered stay")
	require.Equal(t, "改名", db.Text(t, "SELECT m.name FROM milestone m JOIN project p ON p.id = m.project_id WHERE p.code = 'SZ-0001'"))
}

func TestProvisionalOwnerAndStageFollowTheRule(t *testing.T) {
	t.Parallel()
	db := repositorytest.New(t)
	load(t, db, shippedCatalogue(t))
	owner := `SELECT concat_ws(' ', o.code, p.owner_rule, p.stage, p.version)
		FROM project p JOIN organisation o ON o.id = p.owner_organisation_id WHERE p.code = $1`
	require.Equal(t, "longgang-industry district implementation 1", db.Text(t, owner, "SZ-0001"))

	files := shippedCatalogue(t)
	edit(t, files, "categories.csv", "industry-chip,", "industry-chip,industry,半导体与集成电路,Semiconductors,economy,sz-industry,\n")
	edit(t, files, "commitments.csv", "建成投产,", "建成投产,complete and put into production,completed,reserve,\n")
	load(t, db, files)
	require.Equal(t, "sz-industry municipal reserve 2", db.Text(t, owner, "SZ-0001"))
}

func TestProjectThatLeftTheCatalogueStaysAndIsReported(t *testing.T) {
	t.Parallel()
	db := repositorytest.New(t)
	load(t, db, shippedCatalogue(t))
	files := shippedCatalogue(t)
	edit(t, files, "projects.csv", "SZ-0001,", "")
	edit(t, files, "mentions.csv", "SZ-0001,", "")
	report := load(t, db, files)
	require.Equal(t, []string{"project/SZ-0001"}, report.Orphaned)
	require.Equal(t, "1", db.Text(t, "SELECT count(*)::text FROM project WHERE code = 'SZ-0001'"))
	require.Equal(t, "0", db.Text(t, "SELECT count(*)::text FROM plan_mention m JOIN project p ON p.id = m.project_id WHERE p.code = 'SZ-0001'"))
	require.Equal(t, "1", db.Text(t, "SELECT count(*)::text FROM milestone m JOIN project p ON p.id = m.project_id WHERE p.code = 'SZ-0001'"))
}

func TestBrokenCatalogueIsRefusedWhole(t *testing.T) {
	t.Parallel()
	db := repositorytest.New(t)
	empty := fingerprints(t, db)
	for name, broken := range map[string]struct{ file, beginning, line, finding string }{
		"unknown category":  {"projects.csv", "SZ-0001,", "SZ-0001,甲,no-such,440307,,\n", `projects.csv:2: category "no-such" is not in categories.csv`},
		"unknown district":  {"projects.csv", "SZ-0001,", "SZ-0001,甲,industry-chip,440399,,\n", `projects.csv:2: districts "440399" is not in districts.csv`},
		"project twice":     {"projects.csv", "SZ-0002,", "SZ-0001,甲,industry-chip,440307,,\n", "projects.csv:3: SZ-0001 is there twice"},
		"unknown target":    {"mentions.csv", "SZ-0001,", "SZ-0001,2,1,强链补链项目,甲,建成投产,done\n", `mentions.csv:2: target "done": want one of`},
		"unknown verb":      {"mentions.csv", "SZ-0001,", "SZ-0001,2,1,强链补链项目,甲,建好,completed\n", `mentions.csv:2: commitment "建好" is not in commitments.csv`},
		"no mention":        {"mentions.csv", "SZ-0001,", "", "projects.csv:2: SZ-0001 is mentioned nowhere"},
		"no category":       {"projects.csv", "SZ-0001,", "SZ-0001,甲,,,,\n", "projects.csv:2: SZ-0001 has no category"},
		"a cell too many":   {"projects.csv", "SZ-0001,", "SZ-0001,甲,industry-chip,440307,,,\n", "projects.csv:2: wrong number of fields"},
		"stray space":       {"projects.csv", "SZ-0001,", "SZ-0001,甲 12英寸,industry-chip,440307,,\n", `projects.csv:2: stray space in "甲 12英寸"`},
		"wrong header":      {"plan.csv", "code,", "Code,name,name_en,start_date,horizon_date\n", "plan.csv:1: want the header code,name"},
		"not a date":        {"plan.csv", "sz-15,", "sz-15,规划,Plan,2026-01-01,2030年\n", "plan.csv:2: horizon_date: date"},
		"parents in circle": {"organisations.csv", "sz,", "sz,市政府,City,市政府,sz-drc,city,,440300\n", "organisations.csv:2: the parents of sz lead in a circle"},
	} {
		t.Run(name, func(t *testing.T) {
			files := shippedCatalogue(t)
			edit(t, files, broken.file, broken.beginning, broken.line)
			_, err := service.LoadCatalogue(t.Context(), db.Owner, files, time.Now())
			require.ErrorContains(t, err, broken.finding)
			require.Equal(t, empty, fingerprints(t, db), "nothing is written")
			report, err := service.CheckCatalogue(files, "")
			require.NoError(t, err)
			require.ErrorContains(t, report.Findings, broken.finding)
		})
	}
}

func TestLoadingIsAllOrNothing(t *testing.T) {
	t.Parallel()
	db := repositorytest.New(t)
	empty := fingerprints(t, db)
	db.Exec(t, "ALTER TABLE milestone ADD CONSTRAINT never CHECK (false)")
	_, err := service.LoadCatalogue(t.Context(), db.Owner, shippedCatalogue(t), time.Now())
	require.ErrorContains(t, err, "never")
	require.Equal(t, empty, fingerprints(t, db))
}

func TestWebRoleMayNotLoad(t *testing.T) {
	t.Parallel()
	db := repositorytest.New(t)
	_, err := service.LoadCatalogue(t.Context(), db.Store, shippedCatalogue(t), time.Now())
	require.Equal(t, domain.KindForbidden, domain.KindOf(err))
}

func TestShippedCatalogueIsClean(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile("../../shared/plan/shenzhen-15th-five-year-plan.txt")
	if err != nil {
		t.Logf("the plan's text is not here, names are not looked up in it: %v", err)
	}
	report, err := service.CheckCatalogue(shippedCatalogue(t), string(text))
	require.NoError(t, err)
	require.Empty(t, report.Findings)
	require.Len(t, report.Columns, 37)
	require.Equal(t, len(text) > 0, report.Compared)
}

func TestNameThatThePlanDoesNotPrintIsFound(t *testing.T) {
	t.Parallel()
	var text strings.Builder
	files := shippedCatalogue(t)
	c, err := domain.ParseCatalogue(files)
	require.NoError(t, err)
	for _, m := range c.Mentions {
		text.WriteString(strings.Join(strings.Split(m.Name, ""), " \n")) // as torn as extraction can make it
	}
	edit(t, files, "mentions.csv", "SZ-0001,", "SZ-0001,2,1,强链补链项目,从未见过的项目,建成投产,completed\n")
	report, err := service.CheckCatalogue(files, text.String())
	require.NoError(t, err)
	require.Len(t, report.Findings, 1)
	require.Equal(t, domain.FindingNotInPlan, report.Findings[0].Kind)
	require.Equal(t, `mentions.csv:2: "从未见过的项目" is not in the plan's text`, report.Findings[0].String())
}
