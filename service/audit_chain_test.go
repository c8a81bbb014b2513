package service_test

import (
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"zhongda/domain"
	"zhongda/repository/repositorytest"
	"zhongda/service"
)

// chainOf is a newsroom whose record has done, refused and console acts, and an approved report; superuser means that no
// trigger holds back what the test does next.
func chainOf(t testing.TB) *newsroom {
	t.Helper()
	n := newNewsroom(t)
	n.report(t, domain.ReportApproved)
	n.report(t, domain.ReportReturned)
	_, err := n.UpdateProject(as(n.foreign), n.site(t).ID, 1, domain.ProjectChange{Summary: ptr("他人")})
	require.Error(t, err)
	n.Exec(t, "SET session_replication_role = replica")
	return n
}

// verified is the outcome in words: "12 whole, 1 report", or the kind of break and the place.
func verified(t testing.TB, db *repositorytest.Database, o service.VerifyOptions) string {
	t.Helper()
	v, err := service.VerifyAudit(t.Context(), db.Store, o)
	require.NoError(t, err)
	require.True(t, v.Complete)
	if v.Broken == nil {
		return fmt.Sprintf("%d whole, %d report", v.Checked, v.Reports)
	}
	if v.Broken.ID != 0 {
		require.Equal(t, fmt.Sprint(v.Broken.ID), db.Text(t, "SELECT max(id) FROM audit_record WHERE seq = $1 AND id = $2", v.Broken.Seq, v.Broken.ID))
		require.False(t, v.Broken.At.IsZero())
	}
	return fmt.Sprintf("%s %d", v.Broken.Kind, v.Broken.Seq)
}

func TestTheRecordIsAChain(t *testing.T) {
	t.Parallel()
	n := chainOf(t)
	require.Equal(t, "9 1 9", n.Text(t, "SELECT concat_ws(' ', count(*), min(seq), max(seq)) FROM audit_record"))
	require.Equal(t, "true", n.Text(t, "SELECT bool_and(hash = audit_record_hash(a)) FROM audit_record a"), "the database and the program compute alike")
	require.Equal(t, "1", n.countRecords(t, "result = 'refused'"))
	require.Equal(t, "9 whole, 1 report", verified(t, n.Database, service.VerifyOptions{}))
}

// Whoever is above every rule of the database changes one column of one record, each in turn.
func TestEveryChangedColumnIsFound(t *testing.T) {
	t.Parallel()
	n := chainOf(t)
	const columns = `SELECT string_agg(attname || ' ' || atttypid::regtype, ',' ORDER BY attnum) FROM pg_attribute
		WHERE attrelid = 'audit_record'::regclass AND attnum > 0 AND NOT attisdropped`
	values := map[string]string{
		"text": "'改'", "bigint": "777", "timestamp with time zone": "at + interval '1 microsecond'", "json": `'{}'`, "bytea": `'\x00'`,
	}
	for _, column := range strings.Split(n.Text(t, columns), ",") {
		name, kind, _ := strings.Cut(column, " ")
		want := "changed 4"
		if name == "seq" {
			want = "deleted 4" // its place is empty
		}
		value := values[kind]
		if name == "result" {
			value = "'failed'" // the constraint stays
		}
		n.Exec(t, "CREATE TABLE kept AS SELECT * FROM audit_record WHERE seq = 4")
		n.Exec(t, "ALTER TABLE audit_record ALTER id DROP IDENTITY IF EXISTS")
		n.Exec(t, fmt.Sprintf("UPDATE audit_record SET %s = %s WHERE seq = 4", name, value))
		require.Equal(t, want, verified(t, n.Database, service.VerifyOptions{}), column)
		n.Exec(t, "DELETE FROM audit_record WHERE seq IN (4, 777)")
		n.Exec(t, "INSERT INTO audit_record SELECT * FROM kept")
		n.Exec(t, "DROP TABLE kept")
		require.Equal(t, "9 whole, 1 report", verified(t, n.Database, service.VerifyOptions{}), column)
	}
	for _, name := range []string{"actor_id", "object_id", "project_id", "before", "after"} {
		n.Exec(t, "CREATE TABLE kept AS SELECT * FROM audit_record WHERE seq = 4")
		n.Exec(t, fmt.Sprintf("UPDATE audit_record SET %s = NULL WHERE seq = 4", name))
		require.Equal(t, "changed 4", verified(t, n.Database, service.VerifyOptions{}), "%s to none", name)
		n.Exec(t, "DELETE FROM audit_record WHERE seq = 4")
		n.Exec(t, "INSERT INTO audit_record SELECT * FROM kept")
		n.Exec(t, "DROP TABLE kept")
	}
}

// The other ways to touch a record, the clever ones included.
func TestEveryTamperingIsNamed(t *testing.T) {
	t.Parallel()
	const (
		makeRoom = "UPDATE audit_record SET seq = -seq WHERE seq >= 5; UPDATE audit_record SET seq = 1 - seq WHERE seq < 0"
		closeGap = "UPDATE audit_record SET seq = -seq WHERE seq > 5; UPDATE audit_record SET seq = -seq - 1 WHERE seq < 0"
		copyOf4  = "INSERT INTO audit_record OVERRIDING SYSTEM VALUE SELECT 900, at, actor_id, 'forged', actor_organisation, address, request_id, request, action, object_kind, object_id, project_id, result, reason, before, after, 5, %s, '\\x00' FROM audit_record WHERE seq = 4"
		rehash   = "UPDATE audit_record a SET hash = audit_record_hash(a) WHERE seq = 5"
		unlink   = "ALTER TABLE audit_record DROP CONSTRAINT audit_record_seq_unique"
	)
	for name, c := range map[string]struct {
		acts []string
		want string
	}{
		"changed and hashed again":   {[]string{"UPDATE audit_record SET reason = '改' WHERE seq = 5", rehash}, "changed 5"},
		"deleted":                    {[]string{"DELETE FROM audit_record WHERE seq = 5"}, "deleted 5"},
		"deleted and closed up":      {[]string{"DELETE FROM audit_record WHERE seq = 5", closeGap}, "deleted 5"},
		"first deleted":              {[]string{"DELETE FROM audit_record WHERE seq = 1"}, "deleted 1"},
		"inserted":                   {[]string{makeRoom, fmt.Sprintf(copyOf4, "'\\x00'")}, "inserted 5"},
		"inserted and linked":        {[]string{makeRoom, fmt.Sprintf(copyOf4, "hash"), rehash}, "inserted 5"},
		"inserted at the same place": {[]string{unlink, fmt.Sprintf(copyOf4, "hash")}, "inserted 5"},
		"two swapped":                {[]string{"UPDATE audit_record SET seq = CASE seq WHEN 5 THEN -7 ELSE -5 END WHERE seq IN (5, 7)", "UPDATE audit_record SET seq = -seq WHERE seq < 0"}, "reordered 5"},
		"neighbours swapped":         {[]string{"UPDATE audit_record SET seq = CASE seq WHEN 5 THEN -6 ELSE -5 END WHERE seq IN (5, 6)", "UPDATE audit_record SET seq = -seq WHERE seq < 0"}, "reordered 5"},
		"newest deleted":             {[]string{"DELETE FROM audit_record WHERE seq > 7"}, "7 whole, 1 report"},
		"report changed":             {[]string{`UPDATE report SET content = jsonb_set(content, '{progress}', '"99.0"') WHERE state = 'approved'`}, "report_changed 4"},
		"report unreadable":          {[]string{`UPDATE report SET content = '{"progress": 7}' WHERE state = 'approved'`}, "report_changed 4"},
		"report deleted":             {[]string{`DELETE FROM report WHERE state = 'approved'`}, "report_gone 4"},
		"report opened again":        {[]string{`UPDATE report SET state = 'submitted' WHERE state = 'approved'`}, "report_gone 4"},
		"report approved by hand":    {[]string{`UPDATE report SET state = 'approved', decided_by = 'x' WHERE state = 'returned'`}, "report_unrecorded 0"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			n := chainOf(t)
			anchor, err := n.Store.AuditAnchor(t.Context(), n.now)
			require.NoError(t, err)
			for _, act := range c.acts {
				n.Exec(t, act)
			}
			require.Equal(t, c.want, verified(t, n.Database, service.VerifyOptions{}))
			if name == "newest deleted" {
				require.Equal(t, "missing 8", verified(t, n.Database, service.VerifyOptions{Anchor: &anchor}), "nobody but the anchor tells")
			}
		})
	}
}

// Only the anchor knows that the whole chain is another.
func TestTheAnchorFindsAChainWrittenAnew(t *testing.T) {
	t.Parallel()
	n := chainOf(t)
	anchor, err := n.Store.AuditAnchor(t.Context(), n.now)
	require.NoError(t, err)
	require.Equal(t, "9 9", fmt.Sprint(anchor.Count, anchor.Seq))
	require.Equal(t, "9 whole, 1 report", verified(t, n.Database, service.VerifyOptions{Anchor: &anchor}))
	n.Exec(t, "UPDATE audit_record SET reason = '改' WHERE seq = 5")
	n.Exec(t, `DO $$ DECLARE p bytea := decode(repeat('00', 32), 'hex'); r audit_record; BEGIN
		FOR r IN SELECT * FROM audit_record ORDER BY seq LOOP
			r.previous_hash := p; p := audit_record_hash(r);
			UPDATE audit_record SET previous_hash = r.previous_hash, hash = p WHERE id = r.id;
		END LOOP; END $$`)
	require.Equal(t, "9 whole, 1 report", verified(t, n.Database, service.VerifyOptions{}))
	require.Equal(t, "rewritten 9", verified(t, n.Database, service.VerifyOptions{Anchor: &anchor}))
}

// Fifty at once, some of them refused: no gap, no fork, nobody waits for somebody who waits.
func TestFiftyWritersMakeOneChain(t *testing.T) {
	t.Parallel()
	n := newNewsroom(t)
	const writers, each = 50, 4
	var wg sync.WaitGroup
	errs := make(chan error, writers*each)
	for range writers {
		site := n.site(t)
		wg.Go(func() {
			for i := range each {
				who := n.editor
				if i == 2 {
					who = n.foreign
				}
				current, err := n.Project(as(n.editor), site.ID)
				if err == nil {
					_, err = n.UpdateProject(as(who), site.ID, current.Version, domain.ProjectChange{Summary: ptr(fmt.Sprint("概况", i))})
				}
				if i == 2 && domain.KindOf(err) == domain.KindForbidden {
					err = nil
				}
				errs <- err
			}
		})
	}
	wg.Wait()
	close(errs)
	for err := range errs {
		require.NoError(t, err)
	}
	require.Equal(t, "200 whole, 0 report", verified(t, n.Database, service.VerifyOptions{}))
	require.Equal(t, "50", n.countRecords(t, "result = 'refused'"))
	require.Equal(t, "200 200", n.Text(t, "SELECT concat_ws(' ', count(DISTINCT previous_hash), max(seq)) FROM audit_record"))
}

// The hashes are of what was written, whatever the reader's session is set to.
func TestNoSettingOfTheSessionChangesAHash(t *testing.T) {
	t.Parallel()
	n := chainOf(t)
	for _, setting := range []string{"timezone = 'Asia/Kathmandu'", "datestyle = 'German, DMY'", "extra_float_digits = 0", "bytea_output = 'escape'", "lc_numeric = 'C'"} {
		n.Exec(t, "SET "+setting)
		require.Equal(t, "true", n.Text(t, "SELECT bool_and(hash = audit_record_hash(a)) FROM audit_record a"), setting)
	}
}

// Verification within a time says how far it came.
func TestAVerificationThatIsCutShortSaysSo(t *testing.T) {
	t.Parallel()
	n := chainOf(t)
	n.Exec(t, "SET session_replication_role = origin")
	n.Exec(t, `INSERT INTO audit_record (at, actor, actor_organisation, address, request_id, action, object_kind, result, reason)
		SELECT now(), 'x', '', '', '', '', '', 'done', '' FROM generate_series(1, 2000)`)
	v, err := service.VerifyAudit(t.Context(), n.Store, service.VerifyOptions{Within: time.Nanosecond})
	require.NoError(t, err)
	require.Equal(t, "500 of 2009, false", fmt.Sprintf("%d of %d, %t", v.Checked, v.Count, v.Complete))
	require.Nil(t, v.Broken)
}

// BenchmarkVerifyAudit says how many records of the usual size are verified per second.
func BenchmarkVerifyAudit(b *testing.B) {
	n := newNewsroom(b)
	const records = 100_000
	n.Exec(b, `INSERT INTO audit_record (at, actor_id, actor, actor_organisation, address, request_id, request, action, object_kind,
			object_id, project_id, result, reason, before, after)
		SELECT now(), 7, 'baoan-water.editor', '宝安区水务局', '192.0.2.7', 'r-' || i, 'PATCH /api/v1/projects/9', 'project.update', 'project',
			9, 9, 'done', '更正', '{"summary":"旧的项目概况"}', '{"summary":"新的项目概况，比以前长一些"}' FROM generate_series(1, $1::int) i`, records)
	b.ResetTimer()
	for b.Loop() {
		v, err := service.VerifyAudit(b.Context(), n.Store, service.VerifyOptions{})
		require.NoError(b, err)
		require.EqualValues(b, records, v.Checked)
	}
	b.ReportMetric(float64(records*b.N)/b.Elapsed().Seconds(), "records/s")
}

// An approved request is frozen like a report: whoever changes a word of it, or takes it away, is found out.
func TestAChangedRequestIsNamed(t *testing.T) {
	t.Parallel()
	for act, want := range map[string]domain.AuditBreakKind{
		`UPDATE request SET content = jsonb_set(content, '{expectedUntil}', '"2028-12-01"') WHERE state = 'approved'`:      domain.AuditRequestChanged,
		`UPDATE request SET content = '{"reason": 7}' WHERE state = 'approved'`:                                            domain.AuditRequestChanged,
		`UPDATE request SET kind = 'resume' WHERE state = 'approved'`:                                                      domain.AuditRequestChanged,
		`UPDATE request SET state = 'submitted', decided_by = '', decided_at = NULL, number = '' WHERE state = 'approved'`: domain.AuditRequestGone,
	} {
		n := newNewsroom(t)
		request := n.request(t, domain.RequestPause, domain.RequestApproved)
		n.Exec(t, "SET session_replication_role = replica")
		whole, err := service.VerifyAudit(t.Context(), n.Store, service.VerifyOptions{})
		require.NoError(t, err)
		require.Nil(t, whole.Broken)
		require.EqualValues(t, 1, whole.Requests)
		n.Exec(t, act)
		v, err := service.VerifyAudit(t.Context(), n.Store, service.VerifyOptions{})
		require.NoError(t, err)
		require.NotNil(t, v.Broken, act)
		require.Equal(t, want, v.Broken.Kind, act)
		require.Equal(t, request.ID, v.Broken.RequestID, act)
	}
}

// A request that somebody approves in the database itself is found by the record that is not there.
func TestARequestApprovedByHandIsNamed(t *testing.T) {
	t.Parallel()
	n := newNewsroom(t)
	request := n.request(t, domain.RequestPause, domain.RequestSubmitted)
	n.Exec(t, "SET session_replication_role = replica")
	n.Exec(t, `UPDATE request SET state = 'approved', decided_by = 'x', decided_at = now(), number = 'X-1' WHERE id = $1`, request.ID)
	v, err := service.VerifyAudit(t.Context(), n.Store, service.VerifyOptions{})
	require.NoError(t, err)
	require.NotNil(t, v.Broken)
	require.Equal(t, domain.AuditRequestUnrecorded, v.Broken.Kind)
	require.Equal(t, request.ID, v.Broken.RequestID)
}
