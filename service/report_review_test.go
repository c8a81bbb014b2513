package service_test

import (
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"zhongda/domain"
	"zhongda/repository"
	"zhongda/service"
)

func TestWhoHadAHandInAReportDoesNotDecideIt(t *testing.T) {
	t.Parallel()
	n := newNewsroom(t)
	for name, hand := range map[string][3]domain.User{ // who drafts, saves, submits
		"drafted":   {n.double, n.editor, n.lead},
		"edited":    {n.editor, n.double, n.lead},
		"submitted": {n.editor, n.editor, n.double},
	} {
		r, err := n.StartReport(as(hand[0]), n.site(t).ID, month(t, "2026-06"))
		require.NoError(t, err)
		r, err = n.SaveReport(as(hand[1]), r.ID, r.Version, filled(t))
		require.NoError(t, err)
		r, err = n.SubmitReport(as(hand[2]), r.ID, r.Version)
		require.NoError(t, err)
		require.NotContains(t, n.allowed(as(n.double), r.ID), domain.ReportApprove, name)
		before := fingerprint(t, n.Database, "report", "project")
		for _, action := range []domain.ReportAction{domain.ReportApprove, domain.ReportReturn} {
			_, err = n.DecideReport(as(n.double), decision(r, action))
			require.Equal(t, "four_eyes", codeOf(t, err), name)
			require.Contains(t, n.lastRecord(t), "water.double report."+string(action)+" report "+text(r.ID)+" refused four_eyes")
		}
		require.Equal(t, before, fingerprint(t, n.Database, "report", "project"), name)
		_, err = n.DecideReport(as(n.reviewer), decision(r, domain.ReportApprove))
		require.NoError(t, err)
	}
	r := n.report(t, domain.ReportSubmitted)
	r, err := n.DecideReport(as(n.double), decision(r, domain.ReportReturn))
	require.NoError(t, err, "without a hand in it the double may")
	r, err = n.SubmitReport(as(n.double), r.ID, r.Version)
	require.NoError(t, err, "and then submit for the bureau")
	_, err = n.DecideReport(as(n.double), decision(r, domain.ReportApprove))
	require.Equal(t, "four_eyes", codeOf(t, err))
}

// A hundred times two reviewers decide one report at the same moment: one effect, one record, and the other is told.
func TestOneOfTwoReviewersDecides(t *testing.T) {
	t.Parallel()
	n := newNewsroom(t)
	actions := []domain.ReportAction{domain.ReportApprove, domain.ReportReturn}
	for round := range 100 {
		r := n.report(t, domain.ReportSubmitted)
		var wg sync.WaitGroup
		start, errs := make(chan struct{}), make([]error, 2)
		for i, reviewer := range []domain.User{n.reviewer, n.second} {
			wg.Go(func() {
				<-start
				_, errs[i] = n.DecideReport(as(reviewer), decision(r, actions[(round+i*round/2)%2]))
			})
		}
		close(start)
		wg.Wait()
		lost := slices.IndexFunc(errs, func(err error) bool { return err != nil })
		require.NotEqual(t, -1, lost, "both won round %d", round)
		require.NoError(t, errs[1-lost], "nobody won round %d", round)
		var refused *domain.Error
		require.ErrorAs(t, errs[lost], &refused)
		require.Equal(t, "stale_version", refused.Code)
		require.Equal(t, r.Version+1, refused.CurrentVersion)
		where := fmt.Sprintf("object_kind = 'report' AND object_id = %d AND action IN ('report.approve', 'report.return') AND result = 'done'", r.ID)
		require.Equal(t, "1", n.countRecords(t, where))
		require.Equal(t, []string{n.reviewer.Username, n.second.Username}[1-lost], n.Text(t, "SELECT decided_by FROM report WHERE id = $1", r.ID))
		told := map[domain.ReportState]string{domain.ReportApproved: "report_approved", domain.ReportReturned: "report_returned"}
		state := domain.ReportState(n.Text(t, "SELECT state FROM report WHERE id = $1", r.ID))
		require.Equal(t, fmt.Sprintf("water.bureau-editor %[1]s, water.bureau-lead %[1]s, water.double %[1]s", told[state]),
			n.told(t, r.ID, "kind <> 'report_submitted'"), "one notice each in round %d", round)
	}
}

// A decision is on what was read: another version or another content is refused and stays in the queue.
func TestADecisionIsBoundToWhatWasRead(t *testing.T) {
	t.Parallel()
	n := newNewsroom(t)
	read := n.report(t, domain.ReportSubmitted)
	r, err := n.WithdrawReport(as(n.lead), read.ID, read.Version)
	require.NoError(t, err)
	r, err = n.SaveReport(as(n.editor), r.ID, r.Version, domain.ReportChange{Total: yuan(t, "999")})
	require.NoError(t, err)
	now, err := n.SubmitReport(as(n.lead), r.ID, r.Version)
	require.NoError(t, err)
	before := fingerprint(t, n.Database, "report", "project", "milestone")
	newVersion, oldContent := decision(read, domain.ReportApprove), decision(now, domain.ReportApprove)
	oldContent.Hash = read.Hash()
	_, err = n.DecideReport(as(n.reviewer), newVersion)
	require.Equal(t, "stale_version", codeOf(t, err))
	_, err = n.DecideReport(as(n.reviewer), oldContent)
	require.Equal(t, "report_hash_differs", codeOf(t, err))
	require.Equal(t, domain.KindConflict, domain.KindOf(err))
	oldContent.Action = domain.ReportSubmit
	_, err = n.DecideReport(as(n.reviewer), oldContent)
	require.Equal(t, domain.KindInvalid, domain.KindOf(err))
	require.Equal(t, before, fingerprint(t, n.Database, "report", "project", "milestone"))
	queue, err := n.ReviewQueue(as(n.reviewer), domain.QueueFilter{}, domain.PageRequest{WithTotal: true})
	require.NoError(t, err)
	require.Equal(t, 1, queue.Total)
	require.Equal(t, now.Hash(), queue.Items[0].Report.Hash())
	require.Equal(t, now.Hash(), n.Text(t, "SELECT content_hash FROM report WHERE id = $1", now.ID))

	_, err = n.DecideReport(as(n.reviewer), decision(now, domain.ReportApprove))
	require.NoError(t, err)
	require.Equal(t, now.Hash(), n.Text(t, "SELECT after->>'contentHash' FROM audit_record WHERE action = 'report.approve' AND result = 'done'"))
}

func TestManyDecisionsAtOnce(t *testing.T) {
	t.Parallel()
	n := newNewsroom(t)
	var decisions []service.ReviewDecision
	for range 4 {
		r := n.report(t, domain.ReportSubmitted)
		decisions = append(decisions, service.ReviewDecision{Object: service.ReviewReport, ID: r.ID, Version: r.Version, Hash: r.Hash()})
	}
	changed := decisions[1].ID
	r, err := n.WithdrawReport(as(n.lead), changed, decisions[1].Version)
	require.NoError(t, err)
	_, err = n.SubmitReport(as(n.lead), changed, r.Version)
	require.NoError(t, err)
	decisions = append(decisions, decisions[0], service.ReviewDecision{Object: service.ReviewReport, ID: 999, Version: 1})
	results, err := n.Decide(as(n.reviewer), decisions)
	require.NoError(t, err)
	require.Len(t, results, len(decisions))
	codes := []string{}
	for i, r := range results {
		require.Equal(t, decisions[i].ID, r.ID)
		codes = append(codes, refusalOf(r))
	}
	require.Equal(t, []string{"", "stale_version", "", "", "stale_version", "report_not_found"}, codes)
	require.Equal(t, r.Version+1, results[1].Refusal.CurrentVersion)
	require.Equal(t, string(domain.ReportApproved), results[0].State)
	queue, err := n.ReviewQueue(as(n.reviewer), domain.QueueFilter{}, domain.PageRequest{})
	require.NoError(t, err)
	require.Len(t, queue.Items, 1)
	require.Equal(t, changed, queue.Items[0].Report.ID)
	require.Equal(t, "3", n.countRecords(t, "action = 'report.approve' AND result = 'done'"))

	results, err = n.Decide(as(n.lead), decisions[1:2])
	require.NoError(t, err)
	require.Equal(t, "role_missing", refusalOf(results[0]))
}

func refusalOf(r service.DecisionResult) string {
	if r.Refusal == nil {
		return ""
	}
	return r.Refusal.Code
}

// A correction is a revision of its own; what was approved first stays as it was, and in force until the second approval.
func TestACorrectionKeepsTheFirstValue(t *testing.T) {
	t.Parallel()
	n := newNewsroom(t)
	first := n.report(t, domain.ReportApproved)
	kept := n.Text(t, "SELECT r::text FROM report r WHERE id = $1", first.ID)
	_, err := n.CorrectReport(as(n.lead), first.ID, "笔误")
	require.Equal(t, domain.KindInvalid, domain.KindOf(err))
	second, err := n.CorrectReport(as(n.lead), first.ID, "投资额录入有误，多计一笔")
	require.NoError(t, err)
	require.Equal(t, 2, second.Revision)
	require.Equal(t, first.Content.Record(), second.Content.Record())
	require.Nil(t, second.Previous, "a correction is held against the period before")
	require.NotContains(t, n.allowed(as(n.lead), first.ID), domain.ReportCorrect, "one thing at a time")
	_, err = n.CorrectReport(as(n.lead), first.ID, "投资额录入有误，多计一笔")
	require.Equal(t, "report_open", codeOf(t, err))
	progress, err := domain.ParsePercent("9")
	require.NoError(t, err)
	lower := &progress
	second, err = n.SaveReport(as(n.editor), second.ID, second.Version, domain.ReportChange{Total: yuan(t, "90"), Progress: &lower})
	require.NoError(t, err)
	second, err = n.SubmitReport(as(n.lead), second.ID, second.Version)
	require.NoError(t, err)
	require.Equal(t, "10.5", n.Text(t, "SELECT progress FROM project WHERE id = $1", first.ProjectID))
	_, err = n.DecideReport(as(n.reviewer), decision(second, domain.ReportApprove))
	require.NoError(t, err)
	require.Equal(t, "9.0", n.Text(t, "SELECT progress FROM project WHERE id = $1", first.ProjectID))
	require.Equal(t, kept, n.Text(t, "SELECT r::text FROM report r WHERE id = $1", first.ID), "byte for byte")
	all, err := n.ProjectReports(as(n.manager), first.ProjectID)
	require.NoError(t, err)
	require.Equal(t, []int{2, 1}, []int{all[0].Revision, all[1].Revision})
	require.Equal(t, "100.00", all[1].Content.Total.Value.String())
	require.Equal(t, "90.00", all[0].Content.Total.Value.String())
	require.Equal(t, "投资额录入有误，多计一笔", all[0].CorrectionReason)
	_, err = n.CorrectReport(as(n.lead), first.ID, "投资额录入有误，多计一笔")
	require.Equal(t, "report_superseded", codeOf(t, err))
	frozen := n.Store.Write(t.Context(), domain.ScopeAll(), func(tx *repository.Store) error {
		_, err := tx.UpdateReport(t.Context(), first.Report, domain.ReportApproved)
		return err
	})
	require.Equal(t, "report_is_approved", codeOf(t, frozen), "the database keeps it even from the program")

	n.now = time.Date(2026, 8, 1, 1, 0, 0, 0, time.UTC)
	july, err := n.StartReport(as(n.editor), first.ProjectID, month(t, "2026-07"))
	require.NoError(t, err)
	require.Equal(t, "90.00", july.Previous.Content.Total.Value.String(), "July builds on the correction")
}

// A correction of an earlier period mends the record and leaves what later reports said.
func TestACorrectionOfThePastLeavesThePresent(t *testing.T) {
	t.Parallel()
	n := newNewsroom(t)
	june := n.report(t, domain.ReportApproved)
	n.now = time.Date(2026, 8, 1, 1, 0, 0, 0, time.UTC)
	july := n.file(t, june.ProjectID, "2026-07", domain.ReportChange{Month: yuan(t, "5"), Year: yuan(t, "15"), Total: yuan(t, "105")})
	require.Equal(t, domain.ReportApproved, july.State)
	row := n.Text(t, "SELECT concat_ws(' ', progress, reported_period, owner_light, slip_days) FROM project WHERE id = $1", june.ProjectID)
	again, err := n.CorrectReport(as(n.lead), june.ID, "六月亮灯判断有误，应为红灯")
	require.NoError(t, err)
	again, err = n.SaveReport(as(n.editor), again.ID, again.Version, domain.ReportChange{Light: ptr(domain.LightRed), LightText: ptr("征地滞后")})
	require.NoError(t, err)
	again, err = n.SubmitReport(as(n.lead), again.ID, again.Version)
	require.NoError(t, err)
	_, err = n.DecideReport(as(n.reviewer), decision(again, domain.ReportApprove))
	require.NoError(t, err)
	require.Equal(t, row, n.Text(t, "SELECT concat_ws(' ', progress, reported_period, owner_light, slip_days) FROM project WHERE id = $1", june.ProjectID))
}
