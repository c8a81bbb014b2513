package command_test

import (
	"bytes"
	"fmt"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"zhongda/api/command"
	"zhongda/repository"
	"zhongda/repository/repositorytest"
	"zhongda/service"
)

// runCommand runs `zhongda …` against a database and gives its exit status and what it printed.
func runCommand(t *testing.T, dsn string, args ...string) (status int, printed string) {
	t.Helper()
	var out bytes.Buffer
	env := command.Environment{Stdout: &out, Stderr: &out, Getenv: func(name string) string {
		return map[string]string{"DATABASE_URL": dsn, "ZHONGDA_DATA_DIR": t.TempDir()}[name]
	}}
	status = command.Run(t.Context(), env, args)
	return status, out.String()
}

// someProjects are of several stages.
const someProjects = "SZ-0001,SZ-0002,SZ-0100,SZ-0101,SZ-0200,SZ-0283,SZ-0300,SZ-0301"

// everyTable hashes every table but the record and the list of simulations, by name.
func everyTable(t *testing.T, db *repositorytest.Database) map[string]string {
	t.Helper()
	prints := map[string]string{}
	for _, table := range strings.Fields(db.Text(t, `SELECT string_agg(table_schema || '.' || table_name, ' ') FROM information_schema.tables
		WHERE table_schema IN ('public', 'history') AND table_type = 'BASE TABLE' AND table_name NOT IN ('audit_record', 'simulation')`)) {
		prints[table] = db.Text(t, "SELECT md5(coalesce(string_agg(r::text, E'\n' ORDER BY r::text), '')) FROM "+table+" r")
	}
	return prints
}

func TestASimulationComesAndGoes(t *testing.T) {
	t.Parallel()
	db := repositorytest.New(t)
	status, printed := runCommand(t, db.DSN, "simulate", "--months", "0")
	require.Equal(t, 1, status, printed)
	status, printed = runCommand(t, db.DSN, "simulate", "--projects", "SZ-9999")
	require.Equal(t, 1, status, printed)
	require.Contains(t, printed, "there are no such projects")
	require.Equal(t, "0", db.Text(t, "SELECT count(*) FROM simulation"), "nothing refused leaves a trace")
	before := everyTable(t, db)
	require.Contains(t, before, "history.project")

	status, printed = runCommand(t, db.DSN, "simulate", "--months", "6", "--projects", someProjects)
	require.Zero(t, status, printed)
	require.Contains(t, printed, "simulated 8 projects")
	for question, least := range map[string]int{
		"SELECT count(*) FROM report WHERE state = 'approved'":                                                  10,
		"SELECT count(DISTINCT rule_light) FROM project WHERE NOT owner_provisional":                            2,
		"SELECT count(*) FROM milestone WHERE baseline IS NOT NULL AND kind <> 'plan_commitment'":               40,
		"SELECT count(*) FROM project WHERE estimate IS NOT NULL AND progress > 0":                              2,
		"SELECT count(*) FROM history.project WHERE valid_to < now() - interval '30 days'":                      8,
		"SELECT count(*) FROM audit_record WHERE actor LIKE 'simulation.%' AND action = 'report.approve'":       10,
		"SELECT count(*) FROM app_user WHERE username LIKE 'simulation.%' AND disabled":                         4,
		"SELECT count(*) FROM investment_plan WHERE confirmed_by LIKE 'simulation.%' AND planned > 0":           2,
		"SELECT count(*) FROM project WHERE budget IS NOT NULL":                                                 1,
		"SELECT count(*) FROM report WHERE content->>'nextSteps' LIKE '【模拟】%'":                                  10,
		"SELECT count(*) FROM report WHERE submitted_at < now() - interval '100 days' AND decided_by <> ''":     5,
		"SELECT count(*) FROM simulation WHERE seed = 1 AND months = 6 AND projects = 8 AND removed_at IS NULL": 1,
	} {
		require.GreaterOrEqual(t, atoi(t, db.Text(t, question)), least, question)
	}
	require.Equal(t, "0", db.Text(t, "SELECT count(*) FROM report WHERE drafted_by NOT LIKE 'simulation.%' OR updated_at > now()"))
	require.Equal(t, "0", db.Text(t, "SELECT count(*) FROM audit_record WHERE result <> 'done'"), "nobody tried what they may not")
	status, printed = runCommand(t, db.DSN, "audit", "verify")
	require.Zero(t, status, printed)
	status, printed = runCommand(t, db.DSN, "simulate", "--projects", someProjects)
	require.Equal(t, 1, status)
	require.Contains(t, printed, "holds a simulation already")

	status, printed = runCommand(t, db.DSN, "simulate", "--remove")
	require.Zero(t, status, printed)
	require.Equal(t, before, everyTable(t, db), "every row of every table is as it was")
	require.Equal(t, "simulation.start simulation.remove", db.Text(t, "SELECT string_agg(action, ' ' ORDER BY seq) FROM audit_record WHERE action LIKE 'simulation.%'"))
	status, printed = runCommand(t, db.DSN, "audit", "verify")
	require.Zero(t, status, printed)
	require.Regexp(t, `\d+ approvals belong to a simulation that was removed`, printed)
	status, printed = runCommand(t, db.DSN, "simulate", "--remove")
	require.Equal(t, 1, status)
	require.Contains(t, printed, "holds no simulation")

	status, printed = runCommand(t, db.DSN, "simulate", "--months", "1", "--projects", "SZ-0001")
	require.Zero(t, status, "and again: %s", printed)
	status, printed = runCommand(t, db.DSN, "simulate", "--remove")
	require.Zero(t, status, printed)
	require.Equal(t, before, everyTable(t, db))
}

// aCity is enough projects for everything that rarely happens to happen.
func aCity() string {
	codes := make([]string, 0, 110)
	for i := 1; i <= 330; i += 3 {
		codes = append(codes, fmt.Sprintf("SZ-%04d", i))
	}
	return strings.Join(codes, ",")
}

// Every screen has something to show, each word of it marked; and of all that nothing is left.
func TestASimulationFillsEveryScreen(t *testing.T) {
	t.Parallel()
	db := repositorytest.New(t)
	status, printed := runCommand(t, db.DSN, "catalogue", "load")
	require.Zero(t, status, printed)
	before := everyTable(t, db)
	status, printed = runCommand(t, db.DSN, "simulate", "--months", "5", "--projects", aCity())
	require.Zero(t, status, printed)
	for _, found := range []string{
		"investment_plan WHERE revision = 1 AND confirmed_by <> ''", "investment_plan WHERE confirmed_by = ''", "investment_plan WHERE revision > 1",
		"request WHERE kind = 'rebaseline' AND state = 'approved'", "request WHERE kind = 'rebaseline' AND state = 'returned'",
		"request WHERE kind = 'pause' AND state = 'approved'", "request WHERE kind = 'resume' AND state = 'approved'",
		"request WHERE kind = 'gate' AND state = 'approved'", "milestone WHERE current_baseline <> baseline",
		"stage_change", "issue WHERE state = 'closed'", "supervision_order WHERE issue_id IS NOT NULL",
		"supervision_order WHERE meeting_id IS NOT NULL", "supervision_order WHERE state IN ('answered', 'closed')",
		"meeting WHERE state = 'finished'", "meeting WHERE state = 'planned'", "project WHERE reviewer_light <> ''",
	} {
		require.NotEqual(t, "0", db.Text(t, "SELECT count(*) FROM "+found), found)
	}
	require.Equal(t, "0", db.Text(t, `SELECT (SELECT count(*) FROM issue WHERE title NOT LIKE '【模拟】%') +
		(SELECT count(*) FROM supervision_order WHERE demand NOT LIKE '【模拟】%') + (SELECT count(*) FROM meeting WHERE title NOT LIKE '【模拟】%') +
		(SELECT count(*) FROM request WHERE content->>'reason' NOT LIKE '【模拟】%')`), "what is made up says so")
	require.Equal(t, "0", db.Text(t, "SELECT count(*) FROM audit_record WHERE result <> 'done'"), "nobody tried what they may not")
	status, printed = runCommand(t, db.DSN, "simulate", "--remove")
	require.Zero(t, status, printed)
	require.Equal(t, before, everyTable(t, db))
	status, printed = runCommand(t, db.DSN, "audit", "verify")
	require.Zero(t, status, printed)
}

// Where the program has served before, its first grey lights do not stand in the way of the made-up past.
func TestASimulationAfterServingHasAPast(t *testing.T) {
	t.Parallel()
	db := repositorytest.New(t)
	status, printed := runCommand(t, db.DSN, "catalogue", "load")
	require.Zero(t, status, printed)
	store, err := repository.Open(t.Context(), db.DSN, repository.Options{})
	require.NoError(t, err)
	served, err := service.New(service.Options{Store: store, Now: time.Now, Zone: time.UTC})
	require.NoError(t, err)
	_, err = served.RefreshLights(t.Context())
	require.NoError(t, err)
	require.NoError(t, store.Close())
	before := everyTable(t, db)

	status, printed = runCommand(t, db.DSN, "simulate", "--months", "4", "--projects", someProjects)
	require.Zero(t, status, printed)
	const past = `SELECT count(*) FROM history.project v WHERE v.rule_light NOT IN ('', 'grey')
		AND date_trunc('month', now()) - interval '1 month 1 hour' BETWEEN v.valid_from AND v.valid_to`
	require.NotEqual(t, "0", db.Text(t, past))
	require.Equal(t, "0", db.Text(t, "SELECT count(*) FROM light_change c JOIN simulation m ON c.changed_at > m.started_at + interval '1 minute'"))
	require.Equal(t, "0", db.Text(t, `SELECT count(*) FROM history.project a JOIN history.project b
		ON a.id = b.id AND a.valid_from < b.valid_from AND a.valid_to > b.valid_from`), "one version at a time")

	status, printed = runCommand(t, db.DSN, "simulate", "--remove")
	require.Zero(t, status, printed)
	require.Equal(t, before, everyTable(t, db))
}

func TestASimulationDoesNotMixWithRealWork(t *testing.T) {
	t.Parallel()
	db := repositorytest.New(t)
	status, printed := runCommand(t, db.DSN, "catalogue", "load")
	require.Zero(t, status, printed)
	db.Exec(t, `INSERT INTO audit_record (at, actor, actor_organisation, address, request_id, action, object_kind, project_id, result, reason)
		VALUES (now(), 'li.wei', '', '', '', 'project.update', 'project', 1, 'done', '')`)
	before := everyTable(t, db)
	status, printed = runCommand(t, db.DSN, "simulate", "--months", "1", "--projects", "SZ-0001")
	require.Equal(t, 1, status)
	require.Contains(t, printed, "people have worked in this installation")
	require.Equal(t, before, everyTable(t, db))
}

// One seed makes up one story, another another.
func TestASeedMakesUpOneStory(t *testing.T) {
	t.Parallel()
	story := func(seed string) string {
		db := repositorytest.New(t)
		status, printed := runCommand(t, db.DSN, "simulate", "--months", "3", "--projects", "SZ-0283,SZ-0001", "--seed", seed)
		require.Zero(t, status, printed)
		return db.Text(t, `SELECT md5(string_agg(concat_ws(' ', p.code, r.period, r.revision, r.state, r.drafted_by, r.submitted_at, r.decided_by, r.decided_at, r.content - 'milestones'), ',' ORDER BY p.code, r.period, r.revision))
			FROM report r JOIN project p ON p.id = r.project_id`)
	}
	require.Equal(t, story("7"), story("7"))
	require.NotEqual(t, story("7"), story("8"))
}

func atoi(t *testing.T, digits string) int {
	t.Helper()
	n, err := strconv.Atoi(digits)
	require.NoError(t, err)
	return n
}
