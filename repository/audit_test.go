package repository_test

import (
	"encoding/json"
	"fmt"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"

	"zhongda/domain"
	"zhongda/repository/repositorytest"
)

func TestAuditRecordReadsBackWhole(t *testing.T) {
	t.Parallel()
	city := repositorytest.NewCity(t)
	record := domain.AuditRecord{
		At: noon, ActorID: 7, Actor: "li.wei", ActorOrganisation: "市水务局", Address: "10.0.0.1", RequestID: "r-1",
		Request: "PATCH /api/v1/projects/9", Action: "project.update", ObjectKind: "project", ObjectID: 9, ProjectID: 9,
		Result: domain.AuditDone, Reason: "更正", Before: json.RawMessage(`{"summary": "旧"}`), After: json.RawMessage(`{"summary": "新"}`),
	}
	bare := domain.AuditRecord{At: noon, Result: domain.AuditFailed}
	require.NoError(t, city.Store.AddAudit(t.Context(), record))
	require.NoError(t, city.Store.AddAudit(t.Context(), bare))
	require.Equal(t, "true", city.Text(t, "SELECT (before IS NULL AND actor_id IS NULL AND project_id IS NULL)::text FROM audit_record WHERE result = 'failed'"))

	page, err := city.Store.AuditRecords(t.Context(), domain.AuditFilter{}, domain.PageRequest{WithTotal: true})
	require.NoError(t, err)
	require.Equal(t, 2, page.Total)
	bare.ID, record.ID = page.Items[0].ID, page.Items[1].ID
	for i := range page.Items {
		require.True(t, page.Items[i].At.Equal(noon))
		page.Items[i].At = noon
	}
	require.Equal(t, []domain.AuditRecord{bare, record}, page.Items)
}

func TestAuditIsPagedNewestFirst(t *testing.T) {
	t.Parallel()
	city := repositorytest.NewCity(t)
	add := func(n int) {
		require.NoError(t, city.Store.AddAudit(t.Context(), domain.AuditRecord{At: noon, Reason: fmt.Sprint(n), Result: domain.AuditDone}))
	}
	for n := range 5 {
		add(n)
	}
	var reasons []string
	page := domain.PageRequest{Limit: 2}
	for {
		got, err := city.Store.AuditRecords(t.Context(), domain.AuditFilter{}, page)
		require.NoError(t, err)
		for _, r := range got.Items {
			reasons = append(reasons, r.Reason)
		}
		add(100) // what is written meanwhile belongs before the first page
		if got.NextCursor == "" {
			break
		}
		page.Cursor = got.NextCursor
	}
	require.Equal(t, []string{"4", "3", "2", "1", "0"}, reasons)
	_, err := city.Store.AuditRecords(t.Context(), domain.AuditFilter{}, domain.PageRequest{Cursor: "eyJzIjoidXNlcm5hbWUiLCJ2IjoiYSIsImkiOjF9"})
	require.Equal(t, "cursor bad_cursor", codeOf(t, err), "the cursor of another list")
}

func TestAuditIsFiltered(t *testing.T) {
	t.Parallel()
	city := repositorytest.NewCity(t)
	base := domain.AuditRecord{At: noon, Actor: "li", Action: "project.update", ObjectKind: "project", ProjectID: 1, Result: domain.AuditDone}
	for name, change := range map[string]func(*domain.AuditRecord){
		"same": func(*domain.AuditRecord) {}, "actor": func(r *domain.AuditRecord) { r.Actor = "wang" },
		"action": func(r *domain.AuditRecord) { r.Action = "user.create" }, "kind": func(r *domain.AuditRecord) { r.ObjectKind = "user" },
		"project": func(r *domain.AuditRecord) { r.ProjectID = 2 }, "result": func(r *domain.AuditRecord) { r.Result = domain.AuditRefused },
		"early": func(r *domain.AuditRecord) { r.At = noon.Add(-time.Second) }, "late": func(r *domain.AuditRecord) { r.At = noon.Add(time.Hour) },
	} {
		record := base
		record.Reason = name
		change(&record)
		require.NoError(t, city.Store.AddAudit(t.Context(), record))
	}
	without := func(f domain.AuditFilter, out ...string) {
		t.Helper()
		page, err := city.Store.AuditRecords(t.Context(), f, domain.PageRequest{WithTotal: true})
		require.NoError(t, err)
		require.Equal(t, 8-len(out), page.Total)
		for _, r := range page.Items {
			require.NotContains(t, out, r.Reason)
		}
	}
	without(domain.AuditFilter{})
	without(domain.AuditFilter{Actor: "li"}, "actor")
	without(domain.AuditFilter{Action: "project.update"}, "action")
	without(domain.AuditFilter{ObjectKind: "project"}, "kind")
	without(domain.AuditFilter{ProjectID: 1}, "project")
	without(domain.AuditFilter{Result: domain.AuditDone}, "result")
	without(domain.AuditFilter{From: noon}, "early")
	without(domain.AuditFilter{To: noon.Add(time.Hour)}, "late")
	without(domain.AuditFilter{Actor: "li", Result: domain.AuditDone, From: noon}, "actor", "result", "early")

	history, err := city.Store.ProjectHistory(t.Context(), 1, domain.PageRequest{WithTotal: true})
	require.NoError(t, err)
	require.Equal(t, 6, history.Total)
	for _, r := range history.Items {
		require.Equal(t, domain.AuditDone, r.Result)
		require.EqualValues(t, 1, r.ProjectID)
	}
}

func TestAuditRecordsAreFinalForEveryRole(t *testing.T) {
	t.Parallel()
	city := repositorytest.NewCity(t)
	require.NoError(t, city.Store.AddAudit(t.Context(), domain.AuditRecord{At: noon, Reason: "kept", Result: domain.AuditDone}))
	for _, statement := range []string{
		"UPDATE audit_record SET reason = ''", "DELETE FROM audit_record", "TRUNCATE audit_record",
	} {
		require.ErrorContains(t, attempt(t, city.DSN, statement), "audit records are final", "the owner: %s", statement)
		require.ErrorContains(t, attempt(t, city.DSN, "SET ROLE zhongda_app; "+statement), "permission denied", "the web role: %s", statement)
	}
	require.Equal(t, "kept", city.Text(t, "SELECT string_agg(reason, ',') FROM audit_record"))
}

// attempt runs statements on a connection of their own and gives the database's answer.
func attempt(t *testing.T, dsn, statements string) error {
	t.Helper()
	conn, err := pgx.Connect(t.Context(), dsn)
	require.NoError(t, err)
	defer func() { require.NoError(t, conn.Close(t.Context())) }()
	_, err = conn.PgConn().Exec(t.Context(), statements).ReadAll()
	return err
}
