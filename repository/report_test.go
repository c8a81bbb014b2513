package repository_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"zhongda/domain"
	"zhongda/repository"
	"zhongda/repository/repositorytest"
)

func reportOf(t *testing.T, projectID int64, iso string) domain.Report {
	t.Helper()
	period, err := domain.ParsePeriod(iso)
	require.NoError(t, err)
	return domain.Report{
		ProjectID: projectID, Period: period, Revision: 1, State: domain.ReportDraft, Content: domain.Prefill(period, nil, nil),
		Due: domain.NewDate(2026, 7, 6), DraftedBy: "editor", UpdatedBy: "editor", UpdatedAt: time.Date(2026, 7, 1, 1, 2, 3, 4000, time.UTC),
	}
}

func createReport(t *testing.T, city *repositorytest.City, scope domain.Scope, r domain.Report) (created domain.Report, err error) {
	t.Helper()
	err = city.Store.Write(t.Context(), scope, func(tx *repository.Store) error {
		created, err = tx.CreateReport(t.Context(), r)
		return err
	})
	return created, err
}

func updateReport(t *testing.T, city *repositorytest.City, scope domain.Scope, r domain.Report, from domain.ReportState) (version int64, err error) {
	t.Helper()
	err = city.Store.Write(t.Context(), scope, func(tx *repository.Store) error {
		version, err = tx.UpdateReport(t.Context(), r, from)
		return err
	})
	return version, err
}

// approved writes an approved report past the program.
func approved(t *testing.T, city *repositorytest.City, r domain.Report) domain.Report {
	t.Helper()
	created, err := createReport(t, city, domain.ScopeAll(), r)
	require.NoError(t, err)
	created.State, created.SubmittedBy, created.DecidedBy = domain.ReportApproved, "lead", "reviewer"
	created.SubmittedAt, created.DecidedAt = created.UpdatedAt, created.UpdatedAt.Add(time.Hour)
	created.Version, err = updateReport(t, city, domain.ScopeAll(), created, domain.ReportDraft)
	require.NoError(t, err)
	return created
}

func TestReportRoundTrip(t *testing.T) {
	t.Parallel()
	city := repositorytest.NewCity(t)
	p := city.NewProject(t)
	r, err := createReport(t, city, domain.ScopeAll(), reportOf(t, p.ID, "2026-06"))
	require.NoError(t, err)
	requireReport(t, city, r)
	progress, err := domain.ParsePercent("37.5")
	require.NoError(t, err)
	r.Content.Progress, r.Content.Problems, r.Content.Light = &progress, "两行\n<b>&\"'=1+1 \\ 🚧", domain.LightRed
	r.Content.Milestones = []domain.ReportedMilestone{{MilestoneID: 7, Name: "开工", Forecast: repositorytest.Day(t, "2027-01-31"), Actual: domain.NewDate(2026, 6, 1)}}
	r.State, r.SubmittedBy, r.SubmittedAt, r.Comment = domain.ReportSubmitted, "lead", r.UpdatedAt.Add(time.Minute), "上次退回"
	r.Version, err = updateReport(t, city, domain.ScopeAll(), r, domain.ReportDraft)
	require.NoError(t, err)
	require.Equal(t, int64(2), r.Version)
	requireReport(t, city, r)
	require.Equal(t, r.Hash(), city.Text(t, "SELECT content_hash FROM report WHERE id = $1", r.ID))
}

func requireReport(t *testing.T, city *repositorytest.City, want domain.Report) {
	t.Helper()
	got, err := city.Store.Report(t.Context(), domain.ScopeAll(), want.ID)
	require.NoError(t, err)
	require.Equal(t, want.Hash(), got.Hash())
	got.UpdatedAt, got.SubmittedAt, got.DecidedAt = got.UpdatedAt.UTC(), utc(got.SubmittedAt), utc(got.DecidedAt)
	want.Content, got.Content = domain.ReportContent{}, domain.ReportContent{}
	require.Equal(t, want, got)
}

func utc(at time.Time) time.Time {
	if at.IsZero() {
		return at
	}
	return at.UTC()
}

// A report is written at its version and in its state only, and within the announced scope only.
func TestReportIsWrittenOnlyAsItWasRead(t *testing.T) {
	t.Parallel()
	city := repositorytest.NewCity(t)
	p := city.NewProject(t, repositorytest.OwnedBy("baoan-water"))
	own, foreign := domain.ScopeSubtree(city.Organisation(t, "baoan").ID), domain.ScopeSubtree(city.Organisation(t, "futian").ID)
	for name, scope := range map[string]domain.Scope{"foreign": foreign, "none": {}} {
		_, err := createReport(t, city, scope, reportOf(t, p.ID, "2026-06"))
		require.Equal(t, "row_security", codeOf(t, err), name)
	}
	r, err := createReport(t, city, own, reportOf(t, p.ID, "2026-06"))
	require.NoError(t, err)
	before := city.Text(t, "SELECT r::text FROM report r")
	for name, scope := range map[string]domain.Scope{"foreign": foreign, "none": {}} {
		_, err := updateReport(t, city, scope, r, domain.ReportDraft)
		require.Equal(t, "row_security", codeOf(t, err), name)
	}
	stale, absent := r, r
	stale.Version, absent.ID = 9, 999
	for want, act := range map[string]func() error{
		"stale_version":    func() error { _, err := updateReport(t, city, own, stale, domain.ReportDraft); return err },
		"report_not_found": func() error { _, err := updateReport(t, city, own, absent, domain.ReportDraft); return err },
		"row_security":     func() error { _, err := updateReport(t, city, own, r, domain.ReportSubmitted); return err },
	} {
		require.Equal(t, want, codeOf(t, act()))
	}
	require.Equal(t, before, city.Text(t, "SELECT r::text FROM report r"))
	for name, read := range map[string]domain.Scope{"foreign": foreign, "none": {}} {
		_, err := city.Store.Report(t.Context(), read, r.ID)
		require.Equal(t, "report_not_found", codeOf(t, err), name)
		queue, err := city.Store.ReviewQueue(t.Context(), read, domain.QueueFilter{}, domain.PageRequest{})
		require.NoError(t, err)
		require.Empty(t, queue.Items)
		duties, err := city.Store.ReportDuties(t.Context(), read, today, time.UTC)
		require.NoError(t, err)
		require.Empty(t, duties, name)
	}
}

func TestBrokenConstraintsOfReportsReadAsSentences(t *testing.T) {
	t.Parallel()
	city := repositorytest.NewCity(t)
	p := city.NewProject(t)
	may := approved(t, city, reportOf(t, p.ID, "2026-05"))
	_, err := updateReport(t, city, domain.ScopeAll(), may, domain.ReportApproved)
	require.Equal(t, "report_is_approved", codeOf(t, err))
	_, err = createReport(t, city, domain.ScopeAll(), reportOf(t, p.ID, "2026-05"))
	require.Equal(t, "report_opened_meanwhile", codeOf(t, err), "the period and revision are taken")
	unreasoned := reportOf(t, p.ID, "2026-05")
	unreasoned.Revision = 2
	_, err = createReport(t, city, domain.ScopeAll(), unreasoned)
	require.Equal(t, "reason required", codeOf(t, err))
	june, err := createReport(t, city, domain.ScopeAll(), reportOf(t, p.ID, "2026-06"))
	require.NoError(t, err)
	_, err = createReport(t, city, domain.ScopeAll(), reportOf(t, p.ID, "2026-07"))
	require.Equal(t, "report_opened_meanwhile", codeOf(t, err), "one open report")
	orphan := reportOf(t, 999, "2026-06")
	err = city.Owner.Tx(t.Context(), func(tx *repository.Store) error { _, err := tx.CreateReport(t.Context(), orphan); return err })
	require.Equal(t, "project_not_found", codeOf(t, err))

	june.SubmittedBy, june.SubmittedAt, june.DecidedAt = "lead", june.UpdatedAt, june.UpdatedAt
	for want, change := range map[string]func(r *domain.Report){
		"four_eyes":                    func(r *domain.Report) { r.State, r.DecidedBy = domain.ReportApproved, r.UpdatedBy },
		"comment return_needs_comment": func(r *domain.Report) { r.State, r.DecidedBy = domain.ReportReturned, "reviewer" },
		"bad_text":                     func(r *domain.Report) { r.Content.Problems = "a\x00b" },
	} {
		changed := june
		change(&changed)
		_, err := updateReport(t, city, domain.ScopeAll(), changed, domain.ReportDraft)
		require.Equal(t, want, codeOf(t, err))
	}
}

func TestTheLastApprovedReportIsTheLatestRevisionOfTheLatestPeriod(t *testing.T) {
	t.Parallel()
	city := repositorytest.NewCity(t)
	p, other := city.NewProject(t), city.NewProject(t)
	for _, iso := range []string{"2026-04", "2026-05"} {
		approved(t, city, reportOf(t, p.ID, iso))
		correction := reportOf(t, p.ID, iso)
		correction.Revision, correction.CorrectionReason = 2, "投资额录入有误"
		approved(t, city, correction)
	}
	approved(t, city, reportOf(t, other.ID, "2026-06"))
	open, err := createReport(t, city, domain.ScopeAll(), reportOf(t, p.ID, "2026-06"))
	require.NoError(t, err)
	for before, want := range map[string]string{"2026-04": "", "2026-05": "2026-04 2", "2026-06": "2026-05 2", "2026-12": "2026-05 2"} {
		period, err := domain.ParsePeriod(before)
		require.NoError(t, err)
		last, err := city.Store.LastApprovedReport(t.Context(), p.ID, period)
		require.NoError(t, err)
		got := ""
		if last != nil {
			got = fmt.Sprintf("%s %d", last.Period, last.Revision)
		}
		require.Equal(t, want, got, before)
	}
	found, err := city.Store.OpenReport(t.Context(), p.ID)
	require.NoError(t, err)
	require.Equal(t, open.ID, found.ID)
	found, err = city.Store.OpenReport(t.Context(), other.ID)
	require.NoError(t, err)
	require.Nil(t, found)
	all, err := city.Store.ProjectReports(t.Context(), p.ID)
	require.NoError(t, err)
	order := ""
	for _, r := range all {
		order += fmt.Sprintf("%s %d,", r.Period, r.Revision)
	}
	require.Equal(t, "2026-06 1,2026-05 2,2026-05 1,2026-04 2,2026-04 1,", order)
}

// The queue is walked page by page without a repeat or a gap, also where many were submitted in one instant.
func TestTheQueueIsWalkedWhole(t *testing.T) {
	t.Parallel()
	city := repositorytest.NewCity(t)
	at := time.Date(2026, 7, 1, 1, 2, 3, 456789000, time.UTC)
	lights := []domain.Light{domain.LightGreen, domain.LightRed, "", domain.LightYellow}
	for i := range 12 {
		p := city.NewProject(t)
		previous := approved(t, city, reportOf(t, p.ID, "2026-05"))
		r := reportOf(t, p.ID, "2026-06")
		r.Content.Light = lights[i%4]
		r, err := createReport(t, city, domain.ScopeAll(), r)
		require.NoError(t, err)
		r.State, r.SubmittedBy, r.SubmittedAt = domain.ReportSubmitted, "lead", at.Add(-time.Duration(i/6)*time.Hour)
		_, err = updateReport(t, city, domain.ScopeAll(), r, domain.ReportDraft)
		require.NoError(t, err)
		require.NotZero(t, previous.ID)
	}
	for redFirst, order := range map[bool]string{
		false: "submitted_at, id",
		true:  "array_position(ARRAY['red', 'yellow'], content->>'light') NULLS LAST, submitted_at, id",
	} {
		want := city.Text(t, "SELECT string_agg(id::text, ' ' ORDER BY "+order+") FROM report WHERE state = 'submitted'")
		got, page := "", domain.PageRequest{Limit: 5, WithTotal: true}
		for {
			queue, err := city.Store.ReviewQueue(t.Context(), domain.ScopeAll(), domain.QueueFilter{RedFirst: redFirst}, page)
			require.NoError(t, err)
			require.Equal(t, 12, queue.Total)
			for _, w := range queue.Items {
				got += text(w.Report.ID) + " "
				require.Equal(t, w.Project.ID, w.Report.ProjectID)
				require.Equal(t, "2026-05", w.Previous.Period.String())
				require.Equal(t, w.Project.ID, w.Previous.ProjectID)
			}
			if page.Cursor = queue.NextCursor; page.Cursor == "" {
				break
			}
		}
		require.Equal(t, want+" ", got)
	}
	work, err := city.Store.ReviewWork(t.Context(), domain.ScopeAll())
	require.NoError(t, err)
	require.Equal(t, domain.ReviewWork{Waiting: 12, Red: 3, Oldest: at.Add(-time.Hour)}, domain.ReviewWork{Waiting: work.Waiting, Red: work.Red, Oldest: work.Oldest.UTC()})
	for _, bad := range []string{"x", "bnVsbA", "eyJzIjoib2xkZXN0IiwidiI6bnVsbCwiaSI6MX0", "eyJzIjoib2xkZXN0IiwidiI6IjAgcmVwb3J0IDsgZHJvcCIsImkiOjF9"} {
		_, err := city.Store.ReviewQueue(t.Context(), domain.ScopeAll(), domain.QueueFilter{}, domain.PageRequest{Cursor: bad})
		require.Equal(t, "cursor bad_cursor", codeOf(t, err), bad)
	}
}

func TestEveryStageHasItsCycle(t *testing.T) {
	t.Parallel()
	cycles, err := repositorytest.Store(t).ReportCycles(t.Context())
	require.NoError(t, err)
	for _, stage := range domain.Stages() {
		require.Equal(t, stage, cycles[stage].Stage)
		require.Positive(t, cycles[stage].DueDay)
	}
}
