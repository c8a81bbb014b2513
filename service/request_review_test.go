package service_test

import (
	"fmt"
	"slices"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"zhongda/domain"
	"zhongda/repository/repositorytest"
	"zhongda/service"
)

func TestAnApprovedGateMovesTheProject(t *testing.T) {
	t.Parallel()
	n := newNewsroom(t)
	r := n.request(t, domain.RequestGate, domain.RequestApproved)
	require.Equal(t, "JD-2026-0001", r.Number)
	require.Equal(t, domain.StageCompleted, r.Project.Stage)
	require.False(t, r.Project.StageProvisional)
	require.Equal(t, "implementation completed 验收鉴定书 2026-1；验收鉴定书 2026-1 JD-2026-0001 "+text(r.ID)+" drc.drc-reviewer",
		n.Text(t, "SELECT concat_ws(' ', from_stage, to_stage, evidence, number, request_id, decided_by) FROM stage_change"))
	require.Equal(t, "implementation → completed JD-2026-0001 "+r.Hash(),
		n.Text(t, "SELECT concat_ws(' ', before->>'stage', '→', after->>'stage', after->>'number', after->>'contentHash') FROM audit_record WHERE action = 'request.approve'"))
	require.Equal(t, "gate approved 已阅 "+r.Hash(), fmt.Sprintf("%s %s %s %s", r.Rulings[0].Kind, r.Rulings[0].Outcome, r.Rulings[0].Reason, r.Rulings[0].Hash))

	returned := n.request(t, domain.RequestGate, domain.RequestReturned)
	require.Empty(t, returned.Number, "what is returned is not decided")
	require.Equal(t, "returned", string(returned.Rulings[0].Outcome))
	require.Equal(t, domain.StageImplementation, returned.Project.Stage)
	next := n.request(t, domain.RequestPause, domain.RequestApproved)
	require.Equal(t, "JD-2026-0002", next.Number, "without a gap")
}

// Only the current baseline moves: the slip against the original stays, the slip against the current one is another.
func TestAnApprovedRebaseliningKeepsTheOriginal(t *testing.T) {
	t.Parallel()
	n := newNewsroom(t)
	r := n.request(t, domain.RequestRebaseline, domain.RequestSubmitted)
	slips := func(s domain.Slip) string { return fmt.Sprint(*s.Original, *s.Current) }
	before, after := r.Content.Baselines[0].Impact(r.Project.Milestones[0])
	require.Equal(t, "30 30 → 30 10", slips(before)+" → "+slips(after))
	require.Equal(t, "30 30", slips(r.Project.Milestones[0].Slip()), "nothing before the approval")
	r, err := n.DecideRequest(as(n.reviewer), word(r, domain.RequestApprove))
	require.NoError(t, err)
	require.Equal(t, "30 10", slips(r.Project.Milestones[0].Slip()))
	require.Equal(t, "2026-09-30 2026-10-20", n.Text(t, "SELECT concat_ws(' ', baseline, current_baseline) FROM milestone"))
	require.Equal(t, "30", n.Text(t, "SELECT slip_days FROM project"))
	before, after = r.Content.Baselines[0].Impact(r.Project.Milestones[0])
	require.Equal(t, "30 30 → 30 10", slips(before)+" → "+slips(after), "the frozen request shows what it did")

	p := n.ground(t, domain.RequestRebaseline)
	reached, unplanned := n.NewMilestone(t, domain.Milestone{ProjectID: p.ID, Actual: domain.NewDate(2026, 6, 1),
		Baseline: repositorytest.Day(t, "2026-06-01"), CurrentBaseline: repositorytest.Day(t, "2026-06-01")}), n.NewMilestone(t, domain.Milestone{ProjectID: p.ID})
	draft, err := n.StartRequest(as(n.editor), p.ID, domain.RequestRebaseline)
	require.NoError(t, err)
	save := func(lines ...domain.Rebaseline) string {
		draft, err = n.SaveRequest(as(n.editor), draft.ID, draft.Version, domain.RequestChange{Reason: ptr("调整"), Baselines: &lines})
		require.NoError(t, err)
		_, err := n.SubmitRequest(as(n.lead), draft.ID, draft.Version)
		return fieldsOf(t, err)
	}
	require.Equal(t, "baselines rebaseline_needs_milestone", save())
	due := repositorytest.Day(t, "2026-09-30")
	line := func(id int64, after *domain.PlanDate) domain.Rebaseline {
		return domain.Rebaseline{MilestoneID: id, After: after, ReasonCode: domain.ReasonLand, ReasonText: "用地交付推迟，工期顺延"}
	}
	require.Equal(t, "baselines[0].milestoneId milestone_reached", save(line(reached.ID, due)))
	require.Equal(t, "baselines[0].milestoneId no_baseline_yet", save(line(unplanned.ID, due)))
	require.Equal(t, "baselines[0].baseline same_baseline", save(line(p.Milestones[0].ID, due)))
	require.Equal(t, "baselines[0].baseline required, baselines[0].reasonCode required, baselines[0].reasonText min_chars", save(domain.Rebaseline{MilestoneID: p.Milestones[0].ID}))
	_, err = n.SaveRequest(as(n.editor), draft.ID, draft.Version, domain.RequestChange{Baselines: &[]domain.Rebaseline{line(999, due)}})
	require.Equal(t, "baselines[0].milestoneId milestone_not_found", fieldsOf(t, err))
}

func TestPauseResumeAndExitTakeEffect(t *testing.T) {
	t.Parallel()
	n := newNewsroom(t)
	paused := n.request(t, domain.RequestPause, domain.RequestApproved)
	require.Equal(t, "paused 条件已具备，提请审批 2026-07-01", n.Text(t, "SELECT concat_ws(' ', standing, standing_reason, standing_since) FROM project WHERE id = $1", paused.ProjectID))
	require.Equal(t, "2027-12-01", paused.Rulings[0].Until.String())
	resumed := n.request(t, domain.RequestResume, domain.RequestApproved)
	require.Equal(t, domain.StandingActive, resumed.Project.Standing)

	p, north, south, gone := n.ground(t, domain.RequestExit), n.site(t), n.site(t), n.site(t, repositorytest.Exited())
	r, err := n.StartRequest(as(n.editor), p.ID, domain.RequestExit)
	require.NoError(t, err)
	submit := func(kind domain.ExitKind, successors ...string) string {
		r, err = n.SaveRequest(as(n.editor), r.ID, r.Version, domain.RequestChange{
			Reason: ptr("分期建设"), Document: ptr("会议纪要〔2026〕8号"), ExitKind: &kind, Successors: &successors,
		})
		require.NoError(t, err)
		_, err := n.SubmitRequest(as(n.lead), r.ID, r.Version)
		return fieldsOf(t, err)
	}
	require.Equal(t, "successors split_needs_two", submit(domain.ExitSplit, north.Code))
	require.Equal(t, "successors[1] successor_is_itself", submit(domain.ExitSplit, north.Code, p.Code))
	require.Equal(t, "successors[1] unknown_successor", submit(domain.ExitSplit, north.Code, gone.Code))
	require.Equal(t, "", submit(domain.ExitSplit, north.Code, south.Code))
	r, err = n.Request(as(n.reviewer), r.ID)
	require.NoError(t, err)
	r, err = n.DecideRequest(as(n.reviewer), word(r, domain.RequestApprove))
	require.NoError(t, err)
	require.Equal(t, domain.StandingExited, r.Project.Standing)
	require.Len(t, r.Project.Successors, 2)
	heir, err := n.Project(as(n.foreign), south.ID)
	require.NoError(t, err)
	require.Equal(t, p.Code+" split", heir.Predecessors[0].Code+" "+string(heir.Predecessors[0].Relation))

	register, err := n.Exits(as(n.manager), domain.ExitFilter{}, domain.PageRequest{Limit: 1, WithTotal: true})
	require.NoError(t, err)
	require.Equal(t, 2, register.Total)
	line := register.Items[0]
	require.Equal(t, p.Code+" split JD-2026-0003 分期建设 会议纪要〔2026〕8号 2", fmt.Sprint(line.Project.Code, " ", line.Kind, " ", line.Number, " ",
		line.Project.StandingReason, " ", line.Project.StandingDocument, " ", len(line.Successors)))
	register, err = n.Exits(as(n.manager), domain.ExitFilter{}, domain.PageRequest{Cursor: register.NextCursor})
	require.NoError(t, err)
	require.Equal(t, gone.Code, register.Items[0].Project.Code)
	register, err = n.Exits(as(n.manager), domain.ExitFilter{Kinds: []domain.ExitKind{domain.ExitMerged}}, domain.PageRequest{})
	require.NoError(t, err)
	require.Empty(t, register.Items)
	_, err = n.Exits(as(n.member(t, "city", domain.RoleAuditor)), domain.ExitFilter{}, domain.PageRequest{})
	require.Equal(t, "role_missing", codeOf(t, err))
}

// The Commission's own acts have decisions with numbers of the same count, and forward it does not go by itself.
func TestTheCommissionsOwnActsHaveNumbersToo(t *testing.T) {
	t.Parallel()
	n := newNewsroom(t)
	p, heir := n.site(t, repositorytest.Confirmed()), n.site(t)
	_, err := n.MoveProject(as(n.reviewer), p.ID, p.Version, domain.StageMove{To: domain.StageCompleted, Reason: "r", Evidence: "e"})
	require.Equal(t, "stage_through_gate", codeOf(t, err))
	require.Equal(t, "0", n.Text(t, "SELECT count(*) FROM ruling"))
	view, err := n.MoveProject(as(n.reviewer), p.ID, p.Version, domain.StageMove{To: domain.StagePreliminary, Reason: "尚未开工"})
	require.NoError(t, err)
	require.Equal(t, "JD-2026-0001", n.Text(t, "SELECT number FROM stage_change"))
	view, err = n.SetProjectStanding(as(n.reviewer), p.ID, view.Version, domain.StandingMove{
		To: domain.StandingExited, Reason: "并入", Document: "纪要", ExitKind: domain.ExitMerged, Successors: []string{heir.Code},
	})
	require.NoError(t, err)
	require.Equal(t, heir.Code, view.Successors[0].Code)
	require.Equal(t, "stage JD-2026-0001 , exit JD-2026-0002 merged",
		n.Text(t, "SELECT string_agg(concat_ws(' ', kind, number, exit_kind), ', ' ORDER BY id) FROM ruling"))
	require.Equal(t, "JD-2026-0002", n.Text(t, "SELECT after->>'number' FROM audit_record WHERE action = 'project.standing'"))
	n.Exec(t, "UPDATE ruling_setting SET prefix = '决'")
	n.now = n.now.AddDate(0, 6, 0) // the first of January by the calendar of Shenzhen
	require.Equal(t, "决2027-0001", n.request(t, domain.RequestPause, domain.RequestApproved).Number)
}

// A hundred times two reviewers decide one request at the same moment: one effect, one number, one record, and the other
// is told. Afterwards the numbers have no gap.
func TestOneOfTwoReviewersDecidesARequest(t *testing.T) {
	t.Parallel()
	n := newNewsroom(t)
	actions := []domain.RequestAction{domain.RequestApprove, domain.RequestReturn}
	for round := range 100 {
		r := n.request(t, domain.RequestGate, domain.RequestSubmitted)
		var wg sync.WaitGroup
		start, errs := make(chan struct{}), make([]error, 2)
		for i, reviewer := range []domain.User{n.reviewer, n.second} {
			wg.Go(func() {
				<-start
				_, errs[i] = n.DecideRequest(as(reviewer), word(r, actions[i*(round%2)]))
			})
		}
		close(start)
		wg.Wait()
		lost := slices.IndexFunc(errs, func(err error) bool { return err != nil })
		require.NotEqual(t, -1, lost, "both won round %d", round)
		require.NoError(t, errs[1-lost], "nobody won round %d", round)
		require.Equal(t, "stale_version", codeOf(t, errs[lost]))
		approved := 1
		if errs[0] != nil && round%2 == 1 {
			approved = 0
		}
		require.Equal(t, fmt.Sprintf("1 %d %d %d", approved, approved, approved), n.Text(t, `SELECT concat_ws(' ',
			(SELECT count(*) FROM audit_record WHERE object_kind = 'request' AND object_id = $1 AND action IN ('request.approve', 'request.return') AND result = 'done'),
			(SELECT count(*) FROM stage_change WHERE request_id = $1),
			(SELECT count(*) FROM ruling WHERE request_id = $1 AND number <> ''),
			(SELECT count(*) FROM project WHERE id = $2 AND stage = 'completed'))`, r.ID, r.ProjectID))
		require.Equal(t, "water.bureau-editor 1, water.bureau-lead 1, water.double 1", n.Text(t, `SELECT string_agg(username || ' ' || told, ', ' ORDER BY username)
			FROM (SELECT u.username, count(*) AS told FROM notice JOIN app_user u ON u.id = recipient_id
				WHERE kind = 'request_decided' AND object_id = $1 GROUP BY u.username) each`, r.ID), "each is told once")
	}
	require.Equal(t, "true", n.Text(t, `SELECT count(*) = max(right(number, 4)::int) AND max(right(number, 4)::int) = (SELECT last FROM ruling_counter)
		FROM ruling WHERE number <> ''`), "no gap")
}

// A decision is on what was read, and on ground that has not moved.
func TestARequestDecisionIsBoundToWhatWasRead(t *testing.T) {
	t.Parallel()
	n := newNewsroom(t)
	read := n.request(t, domain.RequestGate, domain.RequestSubmitted)
	r, err := n.WithdrawRequest(as(n.lead), read.ID, read.Version)
	require.NoError(t, err)
	r, err = n.SaveRequest(as(n.editor), r.ID, r.Version, domain.RequestChange{Reason: ptr("另一个理由")})
	require.NoError(t, err)
	now, err := n.SubmitRequest(as(n.lead), r.ID, r.Version)
	require.NoError(t, err)
	before := fingerprint(t, n.Database, requestTables()...)
	_, err = n.DecideRequest(as(n.reviewer), word(read, domain.RequestApprove))
	require.Equal(t, "stale_version", codeOf(t, err))
	old := word(now, domain.RequestApprove)
	old.Hash = read.Hash()
	_, err = n.DecideRequest(as(n.reviewer), old)
	require.Equal(t, "request_hash_differs", codeOf(t, err))
	old.Action = domain.RequestSubmit
	_, err = n.DecideRequest(as(n.reviewer), old)
	require.Equal(t, domain.KindInvalid, domain.KindOf(err))
	require.Equal(t, before, fingerprint(t, n.Database, requestTables()...))
	queue, err := n.ReviewQueue(as(n.reviewer), domain.QueueFilter{}, domain.PageRequest{WithTotal: true})
	require.NoError(t, err)
	require.Equal(t, 1, queue.Total)
	require.Equal(t, now.Hash(), queue.Items[0].Request.Hash())

	p, err := n.Project(as(n.reviewer), now.ProjectID)
	require.NoError(t, err)
	_, err = n.MoveProject(as(n.reviewer), p.ID, p.Version, domain.StageMove{To: domain.StagePreliminary, Reason: "退回"})
	require.NoError(t, err)
	_, err = n.DecideRequest(as(n.reviewer), word(now, domain.RequestApprove))
	require.Equal(t, "project_moved_meanwhile", codeOf(t, err))
	back, err := n.DecideRequest(as(n.reviewer), word(now, domain.RequestReturn))
	require.NoError(t, err, "it can still be sent back")
	_, err = n.SubmitRequest(as(n.lead), back.ID, back.Version)
	require.Equal(t, "project_moved_meanwhile", codeOf(t, err))

	dates := n.request(t, domain.RequestRebaseline, domain.RequestSubmitted)
	n.Exec(t, "UPDATE milestone SET current_baseline = '2027-01-01' WHERE project_id = $1", dates.ProjectID)
	_, err = n.DecideRequest(as(n.reviewer), word(dates, domain.RequestApprove))
	require.Equal(t, "baseline_moved_meanwhile", codeOf(t, err))
}

func TestWhoHadAHandInARequestDoesNotDecideIt(t *testing.T) {
	t.Parallel()
	n := newNewsroom(t)
	for name, hand := range map[string][3]domain.User{ // who drafts, saves, submits
		"drafted":   {n.double, n.editor, n.lead},
		"edited":    {n.editor, n.double, n.lead},
		"submitted": {n.editor, n.editor, n.double},
	} {
		p := n.ground(t, domain.RequestPause)
		r, err := n.StartRequest(as(hand[0]), p.ID, domain.RequestPause)
		require.NoError(t, err)
		r, err = n.SaveRequest(as(hand[1]), r.ID, r.Version, n.complete(t, domain.RequestPause, p))
		require.NoError(t, err)
		r, err = n.SubmitRequest(as(hand[2]), r.ID, r.Version)
		require.NoError(t, err)
		require.NotContains(t, n.allowedOn(as(n.double), r.ID), domain.RequestApprove, name)
		_, err = n.DecideRequest(as(n.double), word(r, domain.RequestApprove))
		require.Equal(t, "four_eyes", codeOf(t, err), name)
		_, err = n.DecideRequest(as(n.reviewer), word(r, domain.RequestApprove))
		require.NoError(t, err)
	}
}

// Reports and requests wait in one queue and are decided together; one that changed stays.
func TestOneQueueForEverything(t *testing.T) {
	t.Parallel()
	n := newNewsroom(t)
	report := n.report(t, domain.ReportSubmitted)
	var decisions []service.ReviewDecision
	for _, kind := range domain.RequestKinds() {
		r := n.request(t, kind, domain.RequestSubmitted)
		decisions = append(decisions, service.ReviewDecision{Object: service.ReviewRequest, ID: r.ID, Version: r.Version, Hash: r.Hash()})
	}
	n.Exec(t, "UPDATE project SET owner_light = 'red' WHERE id = (SELECT project_id FROM request WHERE kind = 'exit')")
	decisions = append(decisions, service.ReviewDecision{Object: service.ReviewReport, ID: report.ID, Version: report.Version, Hash: report.Hash()})
	kinds := func(f domain.QueueFilter) (found []domain.RequestKind) {
		page := domain.PageRequest{Limit: 2}
		for {
			queue, err := n.ReviewQueue(as(n.reviewer), f, page)
			require.NoError(t, err)
			for _, w := range queue.Items {
				if w.Report != nil {
					found = append(found, "report")
				} else {
					found = append(found, w.Request.Kind)
				}
			}
			if page.Cursor = queue.NextCursor; page.Cursor == "" {
				return found
			}
		}
	}
	require.ElementsMatch(t, append(domain.RequestKinds(), "report"), kinds(domain.QueueFilter{}))
	require.Equal(t, domain.RequestExit, kinds(domain.QueueFilter{RedFirst: true})[0])
	require.Equal(t, []domain.RequestKind{"exit"}, kinds(domain.QueueFilter{Lights: []domain.Light{domain.LightRed}}))
	require.Equal(t, []domain.RequestKind{"gate", "pause"}, kinds(domain.QueueFilter{Kinds: []domain.QueueKind{"gate", "pause"}}))
	work, err := n.Work(as(n.reviewer))
	require.NoError(t, err)
	require.Equal(t, [3]int{6, 5, 1}, [3]int{work.Review.Waiting, work.Review.Requests, work.Review.Red})
	desk, err := n.Work(as(n.editor))
	require.NoError(t, err)
	require.Len(t, desk.Requests, 5)

	decisions[0].Version++
	results, err := n.Decide(as(n.reviewer), decisions)
	require.NoError(t, err)
	require.Equal(t, "stale_version", refusalOf(results[0]))
	for i, r := range results[1:5] {
		require.Nil(t, r.Refusal)
		require.Equal(t, fmt.Sprintf("approved JD-2026-%04d", i+1), r.State+" "+r.Number)
	}
	require.Equal(t, []domain.RequestKind{"gate"}, kinds(domain.QueueFilter{}))
	queue, err := n.ReviewQueue(as(n.foreign), domain.QueueFilter{}, domain.PageRequest{WithTotal: true})
	require.NoError(t, err)
	require.Zero(t, queue.Total, "another bureau's stays out of sight")
}
