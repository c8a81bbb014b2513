package command_test

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"zhongda/api/command"
	"zhongda/repository/repositorytest"
)

// runAudit runs `zhongda audit …` and gives its exit status and what it printed.
func runAudit(t *testing.T, dsn string, args ...string) (status int, printed string) {
	t.Helper()
	var out bytes.Buffer
	env := command.Environment{Stdout: &out, Stderr: &out, Getenv: func(name string) string {
		return map[string]string{"DATABASE_URL": dsn, "ZHONGDA_DATA_DIR": t.TempDir()}[name]
	}}
	status = command.Run(t.Context(), env, append([]string{"audit"}, args...))
	return status, out.String()
}

func TestAuditVerifyNamesTheFirstBrokenRecord(t *testing.T) {
	t.Parallel()
	db := repositorytest.New(t)
	for range 3 {
		db.Exec(t, `INSERT INTO audit_record (at, actor, actor_organisation, address, request_id, action, object_kind, result, reason)
			VALUES ('2026-07-01T01:00:00Z', 'li', '', '', '', '', '', 'done', '理由')`)
	}
	anchor := filepath.Join(t.TempDir(), "anchor.json")
	status, printed := runAudit(t, db.DSN, "anchor", "--out", anchor)
	require.Zero(t, status, printed)
	written, err := os.ReadFile(anchor)
	require.NoError(t, err)
	status, printed = runAudit(t, db.DSN, "anchor")
	require.Zero(t, status)
	require.Regexp(t, `^\{"count":3,"seq":3,"hash":"[0-9a-f]{64}","at":"20.*Z"\}\n$`, printed)
	require.Equal(t, string(written)[:90], printed[:90])

	status, printed = runAudit(t, db.DSN, "verify")
	require.Zero(t, status, printed)
	require.Contains(t, printed, "all 3 records are whole")
	require.Contains(t, printed, "without an anchor")
	status, printed = runAudit(t, db.DSN, "verify", "--anchor", anchor)
	require.Zero(t, status, printed)
	require.Contains(t, printed, "goes on from the anchor")

	db.Exec(t, "SET session_replication_role = replica")
	db.Exec(t, "DELETE FROM audit_record WHERE seq = 3")
	status, printed = runAudit(t, db.DSN, "verify", "--anchor", anchor)
	require.Equal(t, 1, status)
	require.Contains(t, printed, "record 3 is the first broken one: deleted, with all newer ones that once were")
	db.Exec(t, "UPDATE audit_record SET reason = '改' WHERE seq = 2")
	status, printed = runAudit(t, db.DSN, "verify")
	require.Equal(t, 1, status)
	require.Regexp(t, `record 2 \(id 2, 2026-07-01T01:00:00Z\) is the first broken one: changed`, printed)
}

func TestAuditIsCalledRightly(t *testing.T) {
	t.Parallel()
	for _, args := range [][]string{{}, {"check"}, {"verify", "--deep"}} {
		status, _ := runAudit(t, "", args...)
		require.Equal(t, 2, status, args)
	}
	noAnchor := filepath.Join(t.TempDir(), "anchor.json")
	for _, text := range []string{"", "[]", `{"seq":1}`, `{"seq":1,"hash":"zz","at":"2026-07-01T00:00:00Z"}`, `{"seq":1,"more":1}`} {
		require.NoError(t, os.WriteFile(noAnchor, []byte(text), 0o600))
		status, printed := runAudit(t, "", "verify", "--anchor", noAnchor)
		require.Equal(t, 1, status, text)
		require.Contains(t, printed, "no anchor of the audit record", text)
	}
}
