package service_test

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"zhongda/domain"
	"zhongda/repository/repositorytest"
	"zhongda/service"
)

// newsroom is an office in which a bureau under construction reports. The lead also sits as the double: the same bureau's
// lead and the Commission's reviewer in one person.
type newsroom struct {
	*office
	editor, lead, foreign, reviewer, second, double, manager domain.User
}

func newNewsroom(t testing.TB) *newsroom {
	t.Helper()
	return newNewsroomWith(t)
}

// newNewsroomWith lets a test change the options.
func newNewsroomWith(t testing.TB, with ...func(*service.Options)) *newsroom {
	t.Helper()
	o := newOffice(t, with...)
	return &newsroom{
		office: o, editor: o.member(t, "water", domain.RoleBureauEditor), lead: o.member(t, "water", domain.RoleBureauLead),
		foreign: o.member(t, "transport", domain.RoleBureauLead), reviewer: o.member(t, "drc", domain.RoleDRCReviewer),
		second: o.NewUser(t, "drc.second", "drc", domain.RoleDRCReviewer), manager: o.member(t, "city", domain.RoleManager),
		double: o.NewUser(t, "water.double", "water", domain.RoleBureauLead, domain.RoleDRCReviewer),
	}
}

func (n *newsroom) site(t testing.TB, traits ...repositorytest.Trait) domain.ProjectDetail {
	t.Helper()
	return n.NewProject(t, append([]repositorytest.Trait{repositorytest.OwnedBy("water"), repositorytest.AtStage(domain.StageImplementation)}, traits...)...)
}

func yuan(t testing.TB, s string) *domain.Amount {
	t.Helper()
	m, err := domain.ParseMoney(s)
	require.NoError(t, err)
	a := domain.NewAmount(m)
	return &a
}

func month(t testing.TB, iso string) domain.Period {
	t.Helper()
	p, err := domain.ParsePeriod(iso)
	require.NoError(t, err)
	return p
}

// filled is a change that makes a first report complete.
func filled(t testing.TB) domain.ReportChange {
	t.Helper()
	p, err := domain.ParsePercent("10.5")
	require.NoError(t, err)
	progress := &p
	return domain.ReportChange{
		Progress: &progress, Month: yuan(t, "10"), Year: yuan(t, "10"), Total: yuan(t, "100"),
		NextSteps: ptr("继续施工"), Light: ptr(domain.LightGreen),
	}
}

// report brings a fresh project's report into a state, by the regular way.
func (n *newsroom) report(t testing.TB, state domain.ReportState) service.ReportView {
	t.Helper()
	r, err := n.StartReport(as(n.editor), n.site(t).ID, month(t, "2026-06"))
	require.NoError(t, err)
	r, err = n.SaveReport(as(n.editor), r.ID, r.Version, filled(t))
	require.NoError(t, err)
	if state == domain.ReportDraft {
		return r
	}
	r, err = n.SubmitReport(as(n.lead), r.ID, r.Version)
	require.NoError(t, err)
	if action, decided := map[domain.ReportState]domain.ReportAction{
		domain.ReportApproved: domain.ReportApprove, domain.ReportReturned: domain.ReportReturn,
	}[state]; decided {
		r, err = n.DecideReport(as(n.reviewer), decision(r, action))
	}
	require.NoError(t, err)
	require.Equal(t, state, r.State)
	return r
}

func decision(r service.ReportView, action domain.ReportAction) service.ReportDecision {
	return service.ReportDecision{ID: r.ID, Version: r.Version, Hash: r.Hash(), Action: action, Comment: "已阅"}
}

// act does one action with a report, at the version it was read.
func (n *newsroom) act(ctx context.Context, t testing.TB, action domain.ReportAction, r service.ReportView) (service.ReportView, error) {
	t.Helper()
	switch action { //nolint:exhaustive // the rest are decisions
	case domain.ReportSave:
		return n.SaveReport(ctx, r.ID, r.Version, domain.ReportChange{Problems: ptr("改动")})
	case domain.ReportSubmit:
		return n.SubmitReport(ctx, r.ID, r.Version)
	case domain.ReportWithdraw:
		return n.WithdrawReport(ctx, r.ID, r.Version)
	case domain.ReportCorrect:
		return n.CorrectReport(ctx, r.ID, "投资额录入有误，多计一笔")
	}
	return n.DecideReport(ctx, decision(r, action))
}

const reportTables = "report,project,milestone"

// TestEveryStateTimesActionTimesActor generates all triples. What state table, role and four eyes allow works and is
// recorded; everything else is refused and changes no row.
func TestEveryStateTimesActionTimesActor(t *testing.T) {
	t.Parallel()
	n := newNewsroom(t)
	bureau := []domain.ReportAction{domain.ReportSave}
	lead := append(slices.Clone(bureau), domain.ReportSubmit, domain.ReportWithdraw, domain.ReportCorrect)
	commission := []domain.ReportAction{domain.ReportApprove, domain.ReportReturn}
	actors := map[string]struct {
		ctx     context.Context
		holds   []domain.ReportAction
		refusal domain.Kind // of what the role does not hold
	}{
		"editor":       {as(n.editor), bureau, domain.KindForbidden},
		"lead":         {as(n.lead), lead, domain.KindForbidden},
		"foreign lead": {as(n.foreign), nil, domain.KindNotFound},
		"reviewer":     {as(n.reviewer), commission, domain.KindForbidden},
		"manager":      {as(n.manager), nil, domain.KindForbidden},
		"public":       {t.Context(), nil, domain.KindUnauthenticated},
	}
	for _, state := range domain.ReportStates() {
		for _, action := range domain.ReportActions() {
			for _, name := range slices.Sorted(maps.Keys(actors)) {
				actor := actors[name]
				story := fmt.Sprintf("%s of a %s one by the %s", action, state, name)
				r := n.report(t, state)
				before, done, refused := fingerprint(t, n.Database, strings.Split(reportTables, ",")...), n.countRecords(t, "result = 'done'"), n.countRecords(t, "result = 'refused'")
				next, legal := state.Next(action)
				require.Equal(t, legal && slices.Contains(actor.holds, action), slices.Contains(n.allowed(actor.ctx, r.ID), action), story)
				after, err := n.act(actor.ctx, t, action, r)
				if legal && slices.Contains(actor.holds, action) {
					require.NoError(t, err, story)
					require.Equal(t, next, after.State, story)
					require.Equal(t, text(atoi(t, done)+1), n.countRecords(t, "result = 'done'"), story)
					continue
				}
				kind := actor.refusal
				if name == "foreign lead" && slices.Contains(commission, action) {
					kind = domain.KindForbidden // no Commission's reviewer, whatever the report
				}
				if slices.Contains(actor.holds, action) {
					kind = domain.KindConflict
				}
				require.Equal(t, kind, domain.KindOf(err), "%s: %v", story, err)
				require.Equal(t, before, fingerprint(t, n.Database, strings.Split(reportTables, ",")...), story)
				require.Equal(t, done, n.countRecords(t, "result = 'done'"), story)
				if kind == domain.KindForbidden || kind == domain.KindNotFound {
					require.Equal(t, text(atoi(t, refused)+1), n.countRecords(t, "result = 'refused'"), story)
				}
			}
		}
	}
}

// allowed is what the view offers; nothing to who may not read it.
func (n *newsroom) allowed(ctx context.Context, id int64) []domain.ReportAction {
	view, err := n.Report(ctx, id)
	if err != nil {
		return nil
	}
	return view.Allowed
}

// file takes a report of a period the whole way.
func (n *newsroom) file(t testing.TB, projectID int64, iso string, change domain.ReportChange) service.ReportView {
	t.Helper()
	r, err := n.StartReport(as(n.editor), projectID, month(t, iso))
	require.NoError(t, err)
	r, err = n.SaveReport(as(n.editor), r.ID, r.Version, change)
	require.NoError(t, err)
	r, err = n.SubmitReport(as(n.lead), r.ID, r.Version)
	require.NoError(t, err)
	r, err = n.DecideReport(as(n.reviewer), decision(r, domain.ReportApprove))
	require.NoError(t, err)
	return r
}

// Reported dates move the milestones with the approval, not before; an illegal one stops the submission already.
func TestReportedDatesTakeEffectWithTheApproval(t *testing.T) {
	t.Parallel()
	n := newNewsroom(t)
	p := n.site(t)
	due := repositorytest.Day(t, "2026-09-30")
	slips := n.NewMilestone(t, domain.Milestone{ProjectID: p.ID, Name: "封顶", Baseline: due, CurrentBaseline: due, Forecast: due})
	reached := n.NewMilestone(t, domain.Milestone{ProjectID: p.ID, Name: "开工", Baseline: due, CurrentBaseline: due})
	r, err := n.StartReport(as(n.editor), p.ID, month(t, "2026-06"))
	require.NoError(t, err)
	require.Len(t, r.Content.Milestones, 2, "prefilled with the open milestones")
	change := filled(t)
	change.Milestones = []domain.ReportedMilestone{
		{MilestoneID: slips.ID, Forecast: repositorytest.Day(t, "2026-10-10")}, {MilestoneID: reached.ID, Actual: domain.NewDate(2026, 6, 20)},
	}
	r, err = n.SaveReport(as(n.editor), r.ID, r.Version, change)
	require.NoError(t, err)
	_, err = n.SubmitReport(as(n.lead), r.ID, r.Version)
	require.ErrorContains(t, err, "milestones[", "a delay without its reason")
	require.ErrorContains(t, err, "forecast_needs_reason")
	change.Milestones[0].ReasonCode, change.Milestones[0].ReasonText = domain.ReasonLand, "用地未交付"
	r, err = n.SaveReport(as(n.editor), r.ID, r.Version, domain.ReportChange{Milestones: change.Milestones[:1]})
	require.NoError(t, err)
	untouched := fingerprint(t, n.Database, "milestone", "project")
	r, err = n.SubmitReport(as(n.lead), r.ID, r.Version)
	require.NoError(t, err)
	require.Equal(t, untouched, fingerprint(t, n.Database, "milestone", "project"), "nothing before the approval")
	r, err = n.DecideReport(as(n.reviewer), decision(r, domain.ReportReturn))
	require.NoError(t, err)
	r, err = n.SubmitReport(as(n.lead), r.ID, r.Version)
	require.NoError(t, err)
	require.Equal(t, untouched, fingerprint(t, n.Database, "milestone", "project"), "nor by a return")
	_, err = n.DecideReport(as(n.reviewer), decision(r, domain.ReportApprove))
	require.NoError(t, err)
	after, err := n.Project(as(n.lead), p.ID)
	require.NoError(t, err)
	require.Equal(t, 10, *after.SlipDays)
	require.Equal(t, "10.5", after.Progress.String())
	require.Equal(t, "2026-06", after.ReportedPeriod.String())
	require.Equal(t, domain.LightGreen, after.OwnerLight)
	require.Equal(t, "2026-10-10 land 用地未交付", n.Text(t, "SELECT concat_ws(' ', forecast, reason_code, reason_text) FROM milestone WHERE id = $1", slips.ID))
	require.Equal(t, "2026-06-20", n.Text(t, "SELECT actual::text FROM milestone WHERE id = $1", reached.ID))
	require.Equal(t, "2026-10-10", n.Text(t, "SELECT after->>$1 FROM audit_record WHERE action = 'report.approve'", fmt.Sprintf("milestones[%d].forecast", slips.ID)))
}

// An approval that cannot take effect is no approval.
func TestAnApprovalIsWholeOrNot(t *testing.T) {
	t.Parallel()
	n := newNewsroom(t)
	p := n.site(t)
	day := repositorytest.Day(t, "2026-09-30")
	moved := n.NewMilestone(t, domain.Milestone{ProjectID: p.ID, Name: "封顶", Forecast: day})
	r, err := n.StartReport(as(n.editor), p.ID, month(t, "2026-06"))
	require.NoError(t, err)
	r, err = n.SaveReport(as(n.editor), r.ID, r.Version, filled(t))
	require.NoError(t, err)
	r, err = n.SubmitReport(as(n.lead), r.ID, r.Version)
	require.NoError(t, err)
	other := repositorytest.Day(t, "2026-11-30")
	_, err = n.UpdateMilestone(as(n.editor), p.ID, moved.ID, moved.Version, domain.MilestoneChange{Forecast: &other, ReasonCode: ptr(domain.ReasonLand), ReasonText: ptr("用地")})
	require.NoError(t, err)
	before := fingerprint(t, n.Database, "report", "project", "milestone")
	_, err = n.DecideReport(as(n.reviewer), decision(r, domain.ReportApprove))
	require.ErrorContains(t, err, "milestones[0].reasonCode forecast_needs_reason", "the report says the old date, without a reason to go back")
	require.Equal(t, before, fingerprint(t, n.Database, "report", "project", "milestone"))
	n.Exec(t, "REVOKE INSERT ON audit_record FROM zhongda_app")
	for _, action := range domain.ReportActions() {
		_, err := n.act(map[bool]context.Context{true: as(n.reviewer), false: as(n.lead)}[action == domain.ReportApprove || action == domain.ReportReturn], t, action, r)
		require.Error(t, err)
	}
	_, err = n.StartReport(as(n.editor), n.site(t).ID, month(t, "2026-06"))
	require.Equal(t, domain.KindInternal, domain.KindOf(err))
	require.Equal(t, "1", n.Text(t, "SELECT count(*) FROM report"), "nothing happens that cannot be recorded")
	require.Equal(t, string(domain.ReportSubmitted), n.Text(t, "SELECT state FROM report"))
}

func TestStartingAReport(t *testing.T) {
	t.Parallel()
	n := newNewsroom(t)
	p := n.site(t)
	start := func(user domain.User, id int64, iso string) error {
		_, err := n.StartReport(as(user), id, month(t, iso))
		return err
	}
	require.ErrorContains(t, start(n.editor, p.ID, "2026-08"), "period_in_future")
	require.Equal(t, "not_own_project", codeOf(t, start(n.foreign, p.ID, "2026-06")))
	require.Equal(t, "role_missing", codeOf(t, start(n.reviewer, p.ID, "2026-06")))
	require.Equal(t, "project_not_found", codeOf(t, start(n.editor, 999, "2026-06")))
	require.Equal(t, "project_exited", codeOf(t, start(n.editor, n.site(t, repositorytest.Exited()).ID, "2026-06")))
	require.NoError(t, start(n.editor, n.site(t, repositorytest.Paused()).ID, "2026-06"), "a paused project says how things are")

	for range 20 {
		n.oneStarts(t, n.site(t).ID)
	}

	filed := n.report(t, domain.ReportApproved)
	for _, iso := range []string{"2026-06", "2026-05"} {
		require.ErrorContains(t, start(n.editor, filed.ProjectID, iso), "period_reported")
	}
	require.NoError(t, start(n.editor, filed.ProjectID, "2026-07"), "the running month")
	require.Equal(t, "2026-08-06", n.Text(t, "SELECT due::text FROM report WHERE project_id = $1 AND period = '2026-07-01'", filed.ProjectID))
}

// oneStarts lets eight start two different months of one project at the same moment: one does, the others hear of it.
func (n *newsroom) oneStarts(t *testing.T, projectID int64) {
	t.Helper()
	var wg sync.WaitGroup
	begin, errs := make(chan struct{}), make([]error, 8)
	for i := range errs {
		wg.Go(func() {
			<-begin
			iso := []string{"2026-05", "2026-06"}[i%2]
			_, errs[i] = n.StartReport(as([]domain.User{n.editor, n.lead}[i%2]), projectID, month(t, iso))
		})
	}
	close(begin)
	wg.Wait()
	won := 0
	for _, err := range errs {
		if err == nil {
			won++
			continue
		}
		require.Equal(t, "report_open", codeOf(t, err))
	}
	require.Equal(t, 1, won)
}

// Two editors on different fields: the second hears of the first, and loses nothing by saving again.
func TestTwoEditorsLoseNothing(t *testing.T) {
	t.Parallel()
	n := newNewsroom(t)
	r := n.report(t, domain.ReportDraft)
	_, err := n.SaveReport(as(n.editor), r.ID, r.Version, domain.ReportChange{Problems: ptr("征地")})
	require.NoError(t, err)
	_, err = n.SaveReport(as(n.lead), r.ID, r.Version, domain.ReportChange{NextSteps: ptr("协调")})
	var stale *domain.Error
	require.ErrorAs(t, err, &stale)
	require.Equal(t, "stale_version", stale.Code)
	both, err := n.SaveReport(as(n.lead), r.ID, stale.CurrentVersion, domain.ReportChange{NextSteps: ptr("协调")})
	require.NoError(t, err)
	require.Equal(t, "征地 协调", both.Content.Problems+" "+both.Content.NextSteps)
	require.Equal(t, "继续施工 → 协调", n.Text(t, "SELECT concat_ws(' → ', before->>'nextSteps', after->>'nextSteps') FROM audit_record ORDER BY id DESC LIMIT 1"))
	require.Equal(t, "contentHash nextSteps period",
		n.Text(t, "SELECT string_agg(key, ' ' ORDER BY key) FROM (SELECT json_object_keys(after) AS key, id FROM audit_record ORDER BY id DESC) k WHERE id = (SELECT max(id) FROM audit_record)"))
}

// A bureau reads its own reports; another's read like none at all.
func TestReportsStayInTheHouse(t *testing.T) {
	t.Parallel()
	n := newNewsroom(t)
	r := n.report(t, domain.ReportSubmitted)
	for name, reader := range map[string]domain.User{"editor": n.editor, "reviewer": n.reviewer, "manager": n.manager} {
		view, err := n.Report(as(reader), r.ID)
		require.NoError(t, err, name)
		require.Equal(t, r.Hash(), view.Hash())
	}
	for _, id := range []int64{r.ID, 999} {
		_, err := n.Report(as(n.foreign), id)
		require.Equal(t, "report_not_found", codeOf(t, err))
	}
	_, err := n.ProjectReports(as(n.foreign), r.ProjectID)
	require.Equal(t, "not_own_project", codeOf(t, err))
	queue, err := n.ReviewQueue(as(n.foreign), domain.QueueFilter{}, domain.PageRequest{WithTotal: true})
	require.NoError(t, err)
	require.Zero(t, queue.Total)
	for _, user := range []domain.User{n.member(t, "city", domain.RoleSysAdmin), n.member(t, "city", domain.RoleAuditor)} {
		work, err := n.Work(as(user))
		require.NoError(t, err, "everybody has a desk")
		require.Nil(t, work.Duties)
		require.Nil(t, work.Requests)
		require.Nil(t, work.Review)
		require.Nil(t, work.Oversight)
		_, err = n.ReviewQueue(as(user), domain.QueueFilter{}, domain.PageRequest{})
		require.Equal(t, "role_missing", codeOf(t, err))
	}
}
