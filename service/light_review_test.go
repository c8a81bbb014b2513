package service_test

import (
	"context"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"zhongda/domain"
	"zhongda/repository"
	"zhongda/repository/repositorytest"
	"zhongda/service"
)

// lit is a project that the rule shows red and its owner green.
func (n *newsroom) lit(t testing.TB) domain.ProjectDetail {
	t.Helper()
	p := n.NewProject(t, repositorytest.OwnedBy("water"), repositorytest.AtStage(domain.StagePreliminary))
	due := repositorytest.Day(t, "2026-03-31")
	n.NewMilestone(t, domain.Milestone{ProjectID: p.ID, Kind: domain.MilestoneStart, Baseline: due, CurrentBaseline: due})
	n.Exec(t, "UPDATE project SET owner_light = 'green', reported_period = '2026-06-01' WHERE id = $1", p.ID)
	_, err := n.RefreshLights(t.Context())
	require.NoError(t, err)
	return p
}

func review(p domain.ProjectDetail, light domain.Light, saw domain.SeenLights) service.LightReview {
	return service.LightReview{ProjectID: p.ID, Light: light, Words: "现场核实，用地未交付", Saw: saw}
}

// disagreeing are the projects in the queue; the list of projects with the same choice has as many.
func (n *newsroom) disagreeing(ctx context.Context, t testing.TB, kind domain.Disagreement) []int64 {
	t.Helper()
	filter := domain.ProjectFilter{Disagreements: []domain.Disagreement{kind}}
	page, err := n.Disagreements(ctx, filter, domain.PageRequest{WithTotal: true})
	require.NoError(t, err)
	found := make([]int64, len(page.Items))
	for i, l := range page.Items {
		found[i] = l.Project.ID
		require.Contains(t, l.Disagreements(), kind, "the domain says what the SQL found")
	}
	require.Len(t, found, page.Total)
	return found
}

// TestADisagreementIsSettledUntilALightChanges walks one through: open, settled, differing, and open again.
func TestADisagreementIsSettledUntilALightChanges(t *testing.T) {
	t.Parallel()
	n := newNewsroom(t)
	p := n.lit(t)
	saw := domain.SeenLights{Rule: domain.RuleRed, Owner: domain.LightGreen}
	require.Equal(t, []int64{p.ID}, n.disagreeing(as(n.reviewer), t, domain.DisagreementOpen))
	require.Equal(t, []int64{p.ID}, n.disagreeing(as(n.editor), t, domain.DisagreementOpen), "the bureau sees its own")
	require.Empty(t, n.disagreeing(as(n.foreign), t, domain.DisagreementOpen), "and no other's")

	view, err := n.SetReviewerLight(as(n.reviewer), review(p, domain.LightYellow, saw))
	require.NoError(t, err)
	require.True(t, view.Settled)
	require.Equal(t, []domain.Disagreement{domain.DisagreementDiffers}, view.Disagreements())
	require.Empty(t, n.disagreeing(as(n.reviewer), t, domain.DisagreementOpen))
	require.Equal(t, []int64{p.ID}, n.disagreeing(as(n.reviewer), t, domain.DisagreementDiffers))
	require.Equal(t, "reviewer  yellow drc.drc-reviewer 现场核实，用地未交付", n.Text(t, `SELECT concat_ws(' ', kind, from_light, to_light, changed_by, words)
		FROM light_change WHERE project_id = $1 ORDER BY id DESC LIMIT 1`, p.ID))
	require.Equal(t, "drc.drc-reviewer light.review project "+text(p.ID)+" done 现场核实，用地未交付", n.lastRecord(t))

	_, err = n.SetReviewerLight(as(n.second), review(p, domain.LightRed, saw))
	require.Equal(t, "lights_changed", codeOf(t, err), "somebody was faster")
	saw.Reviewer = domain.LightYellow
	_, err = n.SetReviewerLight(as(n.second), review(p, domain.LightGreen, saw))
	require.NoError(t, err)
	require.Empty(t, n.disagreeing(as(n.reviewer), t, domain.DisagreementDiffers), "all agree with the owner")

	n.Exec(t, "UPDATE project SET owner_light = 'yellow' WHERE id = $1", p.ID)
	require.Equal(t, []int64{p.ID}, n.disagreeing(as(n.reviewer), t, domain.DisagreementOpen), "the owner changed its mind; red is redder still")
	_, err = n.SetReviewerLight(as(n.reviewer), review(p, domain.LightRed, saw))
	require.Equal(t, "lights_changed", codeOf(t, err), "bound to what was read")
}

// Who may not review changes nothing, and neither does a review without words.
func TestOnlyTheCommissionReviews(t *testing.T) {
	t.Parallel()
	n := newNewsroom(t)
	p := n.lit(t)
	gone := n.NewProject(t, repositorytest.OwnedBy("water"), repositorytest.Exited())
	saw := domain.SeenLights{Rule: domain.RuleRed, Owner: domain.LightGreen}
	before := fingerprint(t, n.Database, "project", "light_change")
	for name, who := range map[string]domain.User{"editor": n.editor, "lead": n.lead, "foreign": n.foreign, "manager": n.manager} {
		_, err := n.SetReviewerLight(as(who), review(p, domain.LightRed, saw))
		require.Equal(t, "role_missing", codeOf(t, err), name)
		_, err = n.PublishLightRule(as(who), domain.LightRule{})
		require.Equal(t, "role_missing", codeOf(t, err), name)
	}
	for field, r := range map[string]service.LightReview{
		"text":  {ProjectID: p.ID, Light: domain.LightRed, Words: " 太短 ", Saw: saw},
		"light": {ProjectID: p.ID, Words: "现场核实，用地未交付", Saw: saw},
	} {
		_, err := n.SetReviewerLight(as(n.reviewer), r)
		var refused *domain.Error
		require.ErrorAs(t, err, &refused)
		require.Equal(t, field, refused.Fields[0].Field)
	}
	_, err := n.SetReviewerLight(as(n.reviewer), review(gone, domain.LightRed, domain.SeenLights{Rule: domain.RuleExited}))
	require.Equal(t, "project_exited", codeOf(t, err))
	require.Equal(t, before, fingerprint(t, n.Database, "project", "light_change"))
}

// Words of owner and Commission are for them and the leaders; another bureau sees the lights without.
func TestWordsAreForTheOwnerAndTheCommission(t *testing.T) {
	t.Parallel()
	n := newNewsroom(t)
	p := n.site(t)
	change := filled(t)
	change.Light, change.LightText = ptr(domain.LightYellow), ptr("征拆滞后")
	n.file(t, p.ID, "2026-06", change)
	_, err := n.SetReviewerLight(as(n.reviewer), review(p, domain.LightRed, domain.SeenLights{Rule: domain.RuleGrey, Owner: domain.LightYellow}))
	require.NoError(t, err)
	for name, c := range map[string]struct {
		who   domain.User
		words bool
	}{"editor": {n.editor, true}, "reviewer": {n.reviewer, true}, "manager": {n.manager, true}, "foreign": {n.foreign, false}} {
		view, err := n.ProjectLights(as(c.who), p.ID)
		require.NoError(t, err, name)
		require.Equal(t, domain.LightYellow, view.Owner.Light, name)
		require.Equal(t, domain.LightRed, view.Reviewer.Light, name)
		require.Equal(t, c.words, view.Owner.Words == "征拆滞后" && view.Reviewer.Words != "", name)
		for _, change := range view.History {
			require.True(t, c.words || change.Words == "", name)
		}
		require.Equal(t, name == "reviewer", view.MayReview, name)
	}
}

// A new version of the rule judges every project from its day on; what an earlier one said stays in the history.
func TestANewRuleJudgesFromItsDay(t *testing.T) {
	t.Parallel()
	n := newNewsroom(t)
	p := n.NewProject(t, repositorytest.OwnedBy("water"), repositorytest.AtStage(domain.StagePreliminary))
	due := repositorytest.Day(t, "2026-05-31")
	n.NewMilestone(t, domain.Milestone{ProjectID: p.ID, Kind: domain.MilestoneStart, Baseline: due, CurrentBaseline: due})
	n.Exec(t, "UPDATE project SET reported_period = '2026-06-01'")
	_, err := n.RefreshLights(t.Context())
	require.NoError(t, err)
	require.Equal(t, "yellow: yellow", n.light(t, p.ID))
	rules, err := n.LightRules(as(n.editor))
	require.NoError(t, err)
	require.Equal(t, 1, rules.InForce.Version)

	next := rules.InForce
	next.StartRed, next.Note, next.ValidFrom = 1, "收紧开工要求", n.Today()
	rules, err = n.PublishLightRule(as(n.reviewer), next)
	require.NoError(t, err)
	require.Equal(t, 2, rules.InForce.Version)
	require.Equal(t, "red: yellow red", n.light(t, p.ID), "judged at once")
	require.Equal(t, "1 2", n.Text(t, "SELECT string_agg(rule_version::text, ' ' ORDER BY id) FROM light_change WHERE project_id = $1", p.ID))
	require.Equal(t, "drc.drc-reviewer light.publish light_rule 2 done 收紧开工要求", n.lastRecord(t))

	next.StartRed, next.ValidFrom = 3, domain.NewDate(2026, 7, 3)
	rules, err = n.PublishLightRule(as(n.second), next)
	require.NoError(t, err)
	require.Equal(t, 2, rules.InForce.Version, "the third is not valid yet")
	require.Len(t, rules.Versions, 3)
	require.Equal(t, "red: yellow red", n.light(t, p.ID))
	n.now = n.now.AddDate(0, 0, 2)
	_, err = n.RefreshLights(t.Context())
	require.NoError(t, err)
	require.Equal(t, "yellow: yellow red yellow", n.light(t, p.ID), "from its day on")
}

// What a project's lights were on a past day is what was known then.
func TestLightsAsOfAPastDay(t *testing.T) {
	t.Parallel()
	n := newNewsroom(t)
	p := n.lit(t)
	red := n.now
	n.now = n.now.Add(time.Hour)
	m, err := n.Store.Milestones(t.Context(), p.ID)
	require.NoError(t, err)
	day := n.Today()
	_, err = n.UpdateMilestone(as(n.editor), p.ID, m[0].ID, m[0].Version, domain.MilestoneChange{Actual: &day})
	require.NoError(t, err)
	require.Equal(t, "grey: red grey", n.light(t, p.ID))
	at := func(instant time.Time) (lights domain.ProjectLights, total int) {
		require.NoError(t, n.Store.AsOf(t.Context(), instant, func(tx *repository.Store) error {
			var err error
			if lights, err = tx.ProjectLights(t.Context(), domain.ScopeAll(), p.ID); err != nil {
				return err
			}
			page, err := tx.Projects(t.Context(), domain.ScopeAll(), domain.ProjectFilter{RuleLights: []domain.RuleLight{domain.RuleRed}},
				domain.ProjectSort{Key: domain.SortLight}, domain.PageRequest{WithTotal: true})
			total = page.Total
			return err
		}))
		return lights, total
	}
	was, total := at(red.Add(time.Minute))
	require.Equal(t, domain.RuleRed, was.Verdict.Light)
	require.Equal(t, 1, total)
	is, total := at(n.now.Add(time.Minute))
	require.Equal(t, domain.RuleGrey, is.Verdict.Light)
	require.Zero(t, total)
}
