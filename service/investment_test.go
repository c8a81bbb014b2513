package service_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"zhongda/domain"
	"zhongda/repository/repositorytest"
	"zhongda/service"
)

const yearOfPlan = 2026

func planOf(t testing.TB, planned string) domain.InvestmentPlanContent {
	t.Helper()
	return domain.InvestmentPlanContent{Planned: *yuan(t, planned), Funding: map[domain.FundSource]domain.Money{domain.FundLoan: yuan(t, "3").Value}}
}

const planReason = "年中追加专项债资金安排"

// planned brings the plan of a fresh project into a state: written by the editor, confirmed by the reviewer, who then also
// began the revision.
func (n *newsroom) planned(t testing.TB, state domain.InvestmentPlanState) (projectID, version int64) {
	t.Helper()
	projectID = n.site(t).ID
	if state == "" {
		return projectID, 1
	}
	plan, err := n.CreateInvestmentPlan(as(n.editor), projectID, yearOfPlan, planOf(t, "10"))
	require.NoError(t, err)
	if state != domain.InvestmentPlanDraft {
		plan, err = n.ConfirmInvestmentPlan(as(n.reviewer), projectID, yearOfPlan, plan.Version)
		require.NoError(t, err)
	}
	if state == domain.InvestmentPlanRevising {
		plan, err = n.ReviseInvestmentPlan(as(n.reviewer), projectID, yearOfPlan, plan.Version, planReason, planOf(t, "20"))
		require.NoError(t, err)
	}
	require.Equal(t, state, plan.State())
	return projectID, plan.Version
}

// planActs says by hand who may do what in which state; whatever is not here is refused.
const planActs = `
create  none       editor lead double
save    draft      editor lead double
confirm draft      reviewer second double
revise  confirmed  reviewer second double
save    revising   reviewer second double
confirm revising   second double
`

func TestEveryPlanStateTimesActionTimesActor(t *testing.T) {
	t.Parallel()
	n := newNewsroom(t)
	actors := map[string]context.Context{
		"editor": as(n.editor), "lead": as(n.lead), "foreign": as(n.foreign), "reviewer": as(n.reviewer), "second": as(n.second),
		"double": as(n.double), "manager": as(n.manager), "public": t.Context(),
	}
	allowed := map[string]bool{}
	for line := range strings.Lines(strings.TrimSpace(planActs)) {
		words := strings.Fields(line)
		for _, actor := range words[2:] {
			allowed[words[0]+" "+words[1]+" "+actor] = true
		}
	}
	for _, state := range append(domain.InvestmentPlanStates(), "") {
		for _, action := range append(domain.InvestmentPlanActions(), "create") {
			for actor, ctx := range actors {
				word := string(state)
				if state == "" {
					word = "none"
				}
				story := fmt.Sprintf("%s %s %s", action, word, actor)
				projectID, version := n.planned(t, state)
				if view, err := n.ProjectInvestment(ctx, projectID); err == nil && state != "" && action != "create" {
					require.Equal(t, allowed[story], slices.Contains(view.Allowed[yearOfPlan], action), "what the page offers: %s", story)
				}
				before, done := fingerprint(t, n.Database, "investment_plan", "project"), n.countRecords(t, "result = 'done'")
				err := n.actOnPlan(ctx, t, action, projectID, version)
				if allowed[story] {
					require.NoError(t, err, story)
					require.Equal(t, text(atoi(t, done)+1), n.countRecords(t, "result = 'done'"), story)
					require.NotEqual(t, before, fingerprint(t, n.Database, "investment_plan", "project"), story)
					continue
				}
				require.Contains(t, []domain.Kind{domain.KindForbidden, domain.KindConflict, domain.KindNotFound, domain.KindUnauthenticated}, domain.KindOf(err), "%s: %v", story, err)
				require.Equal(t, before, fingerprint(t, n.Database, "investment_plan", "project"), story)
				require.Equal(t, done, n.countRecords(t, "result = 'done'"), story)
			}
		}
	}
}

func (n *newsroom) actOnPlan(ctx context.Context, t testing.TB, action domain.InvestmentPlanAction, projectID, version int64) (err error) {
	t.Helper()
	switch action {
	case domain.InvestmentPlanSave:
		_, err = n.SaveInvestmentPlan(ctx, projectID, yearOfPlan, version, planOf(t, "30"))
	case domain.InvestmentPlanConfirm:
		_, err = n.ConfirmInvestmentPlan(ctx, projectID, yearOfPlan, version)
	case domain.InvestmentPlanRevise:
		_, err = n.ReviseInvestmentPlan(ctx, projectID, yearOfPlan, version, planReason, planOf(t, "40"))
	default:
		_, err = n.CreateInvestmentPlan(ctx, projectID, yearOfPlan, planOf(t, "10"))
	}
	return err
}

func TestTheFirstConfirmedValueIsKept(t *testing.T) {
	t.Parallel()
	n := newNewsroom(t)
	projectID, version := n.planned(t, domain.InvestmentPlanRevising)
	seen := func(who domain.User) (spelled []string) {
		view, err := n.ProjectInvestment(as(who), projectID)
		require.NoError(t, err)
		for _, p := range view.Years[0].Revisions {
			spelled = append(spelled, fmt.Sprintf("%d %s %s", p.Revision, p.State(), p.Planned.Value))
		}
		return spelled
	}
	require.Equal(t, []string{"1 confirmed 10.00", "2 revising 20.00"}, seen(n.lead))
	require.Equal(t, []string{"1 confirmed 10.00"}, seen(n.foreign), "others see what is confirmed")
	_, err := n.ConfirmInvestmentPlan(as(n.reviewer), projectID, yearOfPlan, version)
	require.Equal(t, "plan_four_eyes", codeOf(t, err))
	_, err = n.SaveInvestmentPlan(as(n.second), projectID, yearOfPlan, version, planOf(t, "25"))
	require.NoError(t, err)
	_, err = n.ConfirmInvestmentPlan(as(n.second), projectID, yearOfPlan, version+1)
	require.Equal(t, "plan_four_eyes", codeOf(t, err), "who changed it last wrote it, too")
	_, err = n.ConfirmInvestmentPlan(as(n.double), projectID, yearOfPlan, version)
	require.Equal(t, "stale_version", codeOf(t, err), "a decision is about what was read")
	_, err = n.ConfirmInvestmentPlan(as(n.double), projectID, yearOfPlan, version+1)
	require.NoError(t, err)
	require.Equal(t, []string{"1 confirmed 10.00", "2 confirmed 25.00"}, seen(n.foreign))
	require.Equal(t, planReason, n.Text(t, "SELECT reason FROM audit_record WHERE action = 'investment.revise'"))
}

func TestOfManyPlansAtOnceOneIsKept(t *testing.T) {
	t.Parallel()
	n := newNewsroom(t)
	projectID, version := n.planned(t, domain.InvestmentPlanConfirmed)
	both := func(one, other func() error) int {
		var wait sync.WaitGroup
		failed := make([]error, 8)
		for i := range failed {
			wait.Go(func() { failed[i] = []func() error{one, other}[i%2]() })
		}
		wait.Wait()
		return len(slices.DeleteFunc(failed, func(err error) bool { return err != nil }))
	}
	revise := func(who domain.User) func() error {
		return func() error {
			_, err := n.ReviseInvestmentPlan(as(who), projectID, yearOfPlan, version, planReason, planOf(t, "40"))
			return err
		}
	}
	require.Equal(t, 1, both(revise(n.reviewer), revise(n.second)))
	create := func() error {
		_, err := n.CreateInvestmentPlan(as(n.editor), projectID, 2027, planOf(t, "40"))
		return err
	}
	require.Equal(t, 1, both(create, create))
	require.Equal(t, "3", n.Text(t, "SELECT count(*) FROM investment_plan"))
}

// A report that is over the plan of its year says so and asks for words; the plan that counts is the confirmed one.
func TestAReportIsHeldAgainstTheYearPlan(t *testing.T) {
	t.Parallel()
	n := newNewsroom(t)
	report := n.report(t, domain.ReportDraft) // year 10
	codes := func() (found []string) {
		view, err := n.Report(as(n.lead), report.ID)
		require.NoError(t, err)
		for _, f := range view.Findings {
			found = append(found, f.Code)
		}
		return found
	}
	plan, err := n.CreateInvestmentPlan(as(n.editor), report.ProjectID, yearOfPlan, planOf(t, "9.99"))
	require.NoError(t, err)
	require.NotContains(t, codes(), "over_year_plan", "nobody confirmed it")
	_, err = n.ConfirmInvestmentPlan(as(n.reviewer), report.ProjectID, yearOfPlan, plan.Version)
	require.NoError(t, err)
	require.Contains(t, codes(), "over_year_plan")
	_, err = n.SubmitReport(as(n.lead), report.ID, report.Version)
	require.Equal(t, "invalid", codeOf(t, err))
	saved, err := n.SaveReport(as(n.editor), report.ID, report.Version, domain.ReportChange{Explanation: ptr("上半年赶工，超额完成计划")})
	require.NoError(t, err)
	_, err = n.SubmitReport(as(n.lead), report.ID, saved.Version)
	require.NoError(t, err)
	queue, err := n.ReviewQueue(as(n.reviewer), domain.QueueFilter{}, domain.PageRequest{})
	require.NoError(t, err)
	require.True(t, slices.ContainsFunc(queue.Items, func(w service.Waiting) bool {
		return slices.ContainsFunc(w.Findings, func(f domain.Finding) bool { return f.Code == "over_year_plan" })
	}), "the reviewer sees it in the queue")
}

func TestATemplateIsAppliedInOneAct(t *testing.T) {
	t.Parallel()
	n := newNewsroom(t)
	site := n.site(t)
	anchor := *repositorytest.Day(t, "2027-06-30")
	apply := func(who domain.User, code, phase string) (service.TemplateApplied, error) {
		return n.ApplyMilestoneTemplate(as(who), site.ID, code, phase, anchor)
	}
	before := fingerprint(t, n.Database, "milestone", "project")
	for _, who := range []domain.User{n.foreign, n.reviewer, n.manager} {
		_, err := apply(who, "water", "")
		require.Equal(t, domain.KindForbidden, domain.KindOf(err), who.Username)
	}
	_, err := apply(n.editor, "castle", "")
	require.Equal(t, "invalid", codeOf(t, err))
	require.Equal(t, before, fingerprint(t, n.Database, "milestone", "project"))

	_, err = n.CreateMilestone(as(n.editor), domain.Milestone{ProjectID: site.ID, Kind: domain.MilestoneStart, Name: "正式开工"})
	require.NoError(t, err)
	records := n.countRecords(t, "result = 'done'")
	applied, err := apply(n.editor, "water", "")
	require.NoError(t, err)
	require.Len(t, applied.Added, 11)
	require.Equal(t, domain.MilestoneStart, applied.Skipped[0].Kind)
	require.Equal(t, text(atoi(t, records)+1), n.countRecords(t, "result = 'done'"), "one act")
	detail, err := n.Project(as(n.editor), site.ID)
	require.NoError(t, err)
	for _, m := range detail.Milestones {
		if m.Kind == domain.MilestoneAcceptance {
			require.Equal(t, "2029-12-16", m.Baseline.Date.String(), "900 days on")
			require.Equal(t, m.Baseline, m.CurrentBaseline)
		}
	}
	_, err = apply(n.editor, "water", "")
	require.Equal(t, "template_adds_nothing", codeOf(t, err))
	second, err := apply(n.editor, "building", "二期")
	require.NoError(t, err)
	require.Len(t, second.Added, 12)
	require.Equal(t, "12", n.Text(t, "SELECT count(*) FROM milestone WHERE phase = '二期'"))
}

func TestTemplatesFitTheKindsOfMilestones(t *testing.T) {
	t.Parallel()
	n := newNewsroom(t)
	templates, err := n.MilestoneTemplates(as(n.editor))
	require.NoError(t, err)
	require.Len(t, templates, 4)
	claimed := map[string]bool{}
	for _, template := range templates {
		for i, step := range template.Steps {
			require.Contains(t, domain.MilestoneKinds(), step.Kind)
			require.Equal(t, step.Kind == template.Anchor, step.Offset == 0, "%s of %s", step.Kind, template.Code)
			require.True(t, i == 0 || template.Steps[i-1].Offset <= step.Offset)
		}
		for _, category := range template.Categories {
			require.False(t, claimed[category], "%s has two templates", category)
			claimed[category] = true
		}
	}
	require.Len(t, claimed, 12, "every category of the first level of the catalogue")
}
