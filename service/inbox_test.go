package service_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"zhongda/domain"
	"zhongda/repository"
	"zhongda/repository/repositorytest"
)

// An inbox is its owner's alone: others neither see it nor touch it, whatever ids they name.
func TestAnInboxIsOnesOwn(t *testing.T) {
	t.Parallel()
	n := newNewsroom(t)
	r := n.report(t, domain.ReportReturned)
	other := n.report(t, domain.ReportApproved)
	inbox := func(u domain.User, f domain.NoticeFilter) (lines []string) {
		page := domain.PageRequest{Limit: 1, WithTotal: true}
		for {
			found, err := n.Inbox(as(u), f, page)
			require.NoError(t, err)
			for _, d := range found.Items {
				require.Equal(t, u.ID, d.RecipientID)
				lines = append(lines, string(d.Kind)+" "+d.ObjectKind+" "+text(d.ObjectID)+" "+d.Text["period"]+" by "+d.Actor)
			}
			if page.Cursor = found.NextCursor; page.Cursor == "" {
				require.Len(t, lines, found.Total)
				return lines
			}
		}
	}
	all := []string{
		"report_approved report " + text(other.ID) + " 2026-06 by drc.drc-reviewer",
		"report_returned report " + text(r.ID) + " 2026-06 by drc.drc-reviewer",
	}
	require.Equal(t, all, inbox(n.lead, domain.NoticeFilter{}))
	require.Equal(t, all[1:], inbox(n.lead, domain.NoticeFilter{Kinds: []domain.NoticeKind{domain.NoticeReportReturned}}))
	require.Empty(t, inbox(n.foreign, domain.NoticeFilter{}))
	require.Len(t, inbox(n.second, domain.NoticeFilter{}), 2)

	theirs, err := n.Inbox(as(n.lead), domain.NoticeFilter{}, domain.PageRequest{})
	require.NoError(t, err)
	ids := []int64{theirs.Items[0].ID, theirs.Items[1].ID, 1 << 40}
	before := fingerprint(t, n.Database, "notice")
	unread, err := n.ReadNotices(as(n.foreign), ids, 1<<40)
	require.NoError(t, err, "nobody learns whether they exist")
	require.Zero(t, unread)
	require.Equal(t, before, fingerprint(t, n.Database, "notice"))

	unread, err = n.ReadNotices(as(n.lead), ids[:1], 0)
	require.NoError(t, err)
	require.Equal(t, 1, unread)
	require.Equal(t, all[1:], inbox(n.lead, domain.NoticeFilter{Unread: true}))
	require.Equal(t, "1", n.Text(t, "SELECT count(*) FROM notice WHERE read_at IS NOT NULL"))
	first := n.now
	n.now = n.now.Add(time.Hour)
	unread, err = n.ReadNotices(as(n.lead), nil, ids[0])
	require.NoError(t, err)
	require.Zero(t, unread)
	require.Equal(t, first.UTC().Format(time.RFC3339), n.Text(t, "SELECT to_char(read_at, 'YYYY-MM-DD\"T\"HH24:MI:SS\"Z\"') FROM notice WHERE id = $1", ids[0]),
		"once read stays read then")
	count, err := n.UnreadNotices(as(n.editor))
	require.NoError(t, err)
	require.Equal(t, 2, count)
	_, err = n.ReadNotices(as(n.lead), nil, 0)
	require.Equal(t, "nothing_to_change", codeOf(t, err))
	_, err = n.Inbox(t.Context(), domain.NoticeFilter{}, domain.PageRequest{})
	require.Equal(t, domain.KindUnauthenticated, domain.KindOf(err))
	waiting := n.lead
	waiting.MustChangePassword = true
	_, err = n.UnreadNotices(as(waiting))
	require.Equal(t, "password_change_required", codeOf(t, err))
}

// Row security keeps a slip of the program from marking another's notice.
func TestTheDatabaseKeepsInboxesApart(t *testing.T) {
	t.Parallel()
	n := newNewsroom(t)
	n.report(t, domain.ReportReturned)
	for _, scope := range []domain.Scope{domain.ScopeAll(), {}} {
		err := n.Store.Write(t.Context(), scope, func(tx *repository.Store) error {
			count, err := tx.ReadNotices(t.Context(), n.foreign.ID, nil, 1<<40, n.now)
			require.Zero(t, count)
			return err
		})
		require.NoError(t, err)
	}
	require.Equal(t, "0", n.Text(t, "SELECT count(*) FROM notice WHERE read_at IS NOT NULL"))
	require.Equal(t, "USING (((recipient_id)::text = current_setting('app.recipient'::text, true)))",
		"USING ("+n.Text(t, "SELECT qual FROM pg_policies WHERE policyname = 'notice_update'")+")")
}

// Urging reaches the people of the owner once a day, leaves a record, and refuses what owes nothing; the rest is done.
func TestUrgingOverdueReports(t *testing.T) {
	t.Parallel()
	n := newNewsroom(t)
	n.Exec(t, "ALTER TABLE project ALTER COLUMN created_at SET DEFAULT '2026-03-15'")
	late, fine := n.site(t), n.report(t, domain.ReportSubmitted)
	lonely := n.NewProject(t, repositorytest.OwnedBy("transport"), repositorytest.AtStage(domain.StageImplementation))
	n.Exec(t, "UPDATE app_user SET disabled = true WHERE id = $1", n.foreign.ID)
	urge := func(u domain.User, ids ...int64) (codes []string) {
		results, err := n.UrgeReports(as(u), ids)
		if err != nil {
			return []string{codeOf(t, err)}
		}
		for i, r := range results {
			require.Equal(t, ids[i], r.ProjectID)
			code := "done"
			if r.Refusal != nil {
				code = r.Refusal.Code
			}
			codes = append(codes, code)
		}
		return codes
	}
	list := func(owner string) (lines []string) {
		overdue, err := n.OverdueReports(as(n.reviewer), owner)
		require.NoError(t, err)
		for _, o := range overdue {
			lines = append(lines, text(o.Project.ID)+" "+text(o.Missed)+" "+text(o.UrgedAt.Equal(n.now)))
		}
		return lines
	}
	require.Equal(t, []string{text(late.ID) + " 3 false", text(lonely.ID) + " 3 false"}, list(""))
	require.Equal(t, []string{text(late.ID) + " 3 false"}, list("water"))
	require.Empty(t, list("atlantis"))

	before := fingerprint(t, n.Database, "notice")
	require.Equal(t, []string{"role_missing"}, urge(n.lead, late.ID))
	require.Equal(t, []string{"role_missing"}, urge(n.manager, late.ID))
	require.Equal(t, before, fingerprint(t, n.Database, "notice"))
	require.Equal(t, []string{"nothing_overdue", "done", "nobody_to_urge", "project_not_found", "urged_today"},
		urge(n.reviewer, fine.ProjectID, late.ID, lonely.ID, 999, late.ID))
	require.Equal(t, []string{"urged_today"}, urge(n.second, late.ID))
	require.Equal(t, "3", n.Text(t, "SELECT count(*) FROM notice WHERE kind = 'report_urged'"))
	require.Equal(t, "1", n.countRecords(t, "action = 'report.urge' AND result = 'done'"))
	require.JSONEq(t, `{"told":3,"missed":3}`, n.Text(t, "SELECT after FROM audit_record WHERE action = 'report.urge'"))
	require.Equal(t, text(late.ID)+" 3 true", list("water")[0])

	n.now = n.now.Add(24 * time.Hour)
	require.Equal(t, []string{"done"}, urge(n.second, late.ID))
	require.Equal(t, "6", n.Text(t, "SELECT count(*) FROM notice WHERE kind = 'report_urged'"))
}
