package command_test

import (
	"bytes"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"testing"

	"github.com/stretchr/testify/require"

	"zhongda/api/command"
	"zhongda/migrations"
	"zhongda/repository/repositorytest"
)

// runCatalogue runs `zhongda catalogue …` against the database dsn and gives its exit status and what it printed.
func runCatalogue(t *testing.T, dsn string, args ...string) (status int, printed string) {
	t.Helper()
	var out bytes.Buffer
	env := command.Environment{Stdout: &out, Stderr: &out, Getenv: func(name string) string {
		return map[string]string{"DATABASE_URL": dsn, "ZHONGDA_DATA_DIR": t.TempDir()}[name]
	}}
	status = command.Run(t.Context(), env, append([]string{"catalogue"}, args...))
	return status, out.String()
}

func TestCatalogueLoadsAndLoadsAgainWithoutAChange(t *testing.T) {
	t.Parallel()
	dsn := repositorytest.DSN(t)
	status, first := runCatalogue(t, dsn, "load")
	require.Zero(t, status, first)
	require.Regexp(t, `(?m)^ +37 +0 +0 +0  plan_column$`, first)

	status, second := runCatalogue(t, dsn, "load")
	require.Zero(t, status, second)
	require.Regexp(t, `(?m)^ +0 +0 +37 +0  plan_column$`, second)
	rows := regexp.MustCompile(`(?m)^ +(\d+) +(\d+) +(\d+) +(\d+)  `).FindAllStringSubmatch(second, -1)
	require.Len(t, rows, 12)
	for _, row := range rows {
		require.Equal(t, []string{"0", "0", "0"}, []string{row[1], row[2], row[4]}, second)
	}
}

func TestCatalogueCheckCountsByColumn(t *testing.T) {
	t.Parallel()
	status, printed := runCatalogue(t, "", "check")
	require.Zero(t, status, printed)
	require.Len(t, regexp.MustCompile(`(?m)^ +\d+ +\d+ +\d+  `).FindAllString(printed, -1), 37)
	require.Contains(t, printed, "duplicate: 0\nincomplete: 0\n")
	require.Contains(t, printed, "not in plan: not compared")
}

func TestCatalogueCheckFailsOnNamesThePlanDoesNotPrint(t *testing.T) {
	t.Parallel()
	text := filepath.Join(t.TempDir(), "plan.txt")
	require.NoError(t, os.WriteFile(text, []byte("别的城市的规划"), 0o600))
	status, printed := runCatalogue(t, "", "check", "--plan-text", text)
	require.Equal(t, 1, status)
	require.Regexp(t, `mentions.csv:2: ".+" is not in the plan's text`, printed)
}

func TestShippedNamesAreThePlans(t *testing.T) {
	t.Parallel()
	const text = "../../../shared/plan/shenzhen-15th-five-year-plan.txt"
	if _, err := os.Stat(text); err != nil {
		t.Skipf("the plan's text is not here: %v", err)
	}
	status, printed := runCatalogue(t, "", "check", "--plan-text", text)
	require.Zero(t, status, printed)
	require.Contains(t, printed, "not in plan: 0")
}

func TestBrokenCatalogueIsNeitherCleanNorLoaded(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	require.NoError(t, os.CopyFS(dir, migrations.Catalogue()))
	projects, err := fs.ReadFile(migrations.Catalogue(), "projects.csv")
	require.NoError(t, err)
	require.NoError(t, os.WriteFile(filepath.Join(dir, "projects.csv"), append(projects, "X-1,甲,no-such,,,\n"...), 0o600))

	status, printed := runCatalogue(t, "", "check", "--dir", dir)
	require.Equal(t, 1, status)
	require.Regexp(t, `projects.csv:\d+: category "no-such" is not in categories.csv`, printed)
	dsn := repositorytest.DSN(t)
	status, printed = runCatalogue(t, dsn, "load", "--dir", dir)
	require.Equal(t, 1, status)
	require.Regexp(t, `projects.csv:\d+: X-1 is mentioned nowhere`, printed)
}

func TestCatalogueNeedsTheSchema(t *testing.T) {
	t.Parallel()
	status, printed := runCatalogue(t, repositorytest.EmptyDSN(t), "load")
	require.Equal(t, 1, status)
	require.Contains(t, printed, "run zhongda migrate up")
}

func TestCatalogueExplainsItself(t *testing.T) {
	t.Parallel()
	for _, args := range [][]string{{}, {"eat"}, {"load", "--nonsense"}} {
		status, printed := runCatalogue(t, "", args...)
		require.Equal(t, 2, status)
		require.NotEmpty(t, printed)
	}
}
