package service_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"zhongda/domain"
	"zhongda/repository/repositorytest"
)

// light is the rule's light as it is kept, with the changes it went through.
func (o *office) light(t testing.TB, id int64) string {
	t.Helper()
	return o.Text(t, `SELECT rule_light || coalesce(': ' || (SELECT string_agg(to_light, ' ' ORDER BY id) FROM light_change
		WHERE project_id = p.id AND kind = 'rule'), '') FROM project p WHERE id = $1`, id)
}

// The light follows every act that changes a fact, in the same transaction.
func TestTheLightFollowsEveryFact(t *testing.T) {
	t.Parallel()
	n := newNewsroom(t)
	p := n.NewProject(t, repositorytest.OwnedBy("water"), repositorytest.AtStage(domain.StagePreliminary))
	require.Empty(t, n.light(t, p.ID), "no act, no verdict")
	due := repositorytest.Day(t, "2026-06-30")
	start, err := n.CreateMilestone(as(n.editor), domain.Milestone{ProjectID: p.ID, Kind: domain.MilestoneStart, Name: "开工", Baseline: due})
	require.NoError(t, err)
	require.Equal(t, "yellow: yellow", n.light(t, p.ID), "due yesterday")
	start, err = n.UpdateMilestone(as(n.editor), p.ID, start.ID, start.Version, domain.MilestoneChange{Actual: &due.Date})
	require.NoError(t, err)
	require.Equal(t, "grey: yellow grey", n.light(t, p.ID), "started; no baseline of completion")
	_, err = n.CreateMilestone(as(n.editor), domain.Milestone{
		ProjectID: p.ID, Kind: domain.MilestoneAcceptance, Name: "竣工", Baseline: repositorytest.Day(t, "2026-07-30"),
	})
	require.NoError(t, err)
	require.Equal(t, "grey: yellow grey", n.light(t, p.ID), "nothing was reported yet")
	n.now = time.Date(2026, time.July, 10, 1, 0, 0, 0, time.UTC)
	moved, err := n.MoveProject(as(n.reviewer), p.ID, p.Version, domain.StageMove{To: domain.StageImplementation, Reason: "已开工", Evidence: "施工许可"})
	require.NoError(t, err)
	require.Equal(t, domain.RuleGrey, moved.RuleLight)
	n.Exec(t, "UPDATE project SET created_at = '2026-06-01T00:00+08' WHERE id = $1", p.ID)
	paused, err := n.SetProjectStanding(as(n.reviewer), p.ID, moved.Version, domain.StandingMove{To: domain.StandingPaused, Reason: "资金"})
	require.NoError(t, err)
	require.Equal(t, domain.RulePaused, paused.RuleLight, "the answer shows the light after the act")
	_, err = n.SetProjectStanding(as(n.reviewer), p.ID, paused.Version, domain.StandingMove{To: domain.StandingActive, Reason: "恢复"})
	require.NoError(t, err)
	require.Equal(t, "yellow: yellow grey paused yellow", n.light(t, p.ID), "June was not reported")

	r, err := n.StartReport(as(n.editor), p.ID, month(t, "2026-06"))
	require.NoError(t, err)
	r, err = n.SaveReport(as(n.editor), r.ID, r.Version, filled(t))
	require.NoError(t, err)
	require.Equal(t, domain.RuleYellow, r.Project.RuleLight, "a draft is no report")
	r, err = n.SubmitReport(as(n.lead), r.ID, r.Version)
	require.NoError(t, err)
	require.Equal(t, domain.RuleGrey, r.Project.RuleLight, "submitted, but no progress approved")
	r, err = n.WithdrawReport(as(n.lead), r.ID, r.Version)
	require.NoError(t, err)
	require.Equal(t, domain.RuleYellow, r.Project.RuleLight)
	r, err = n.SubmitReport(as(n.lead), r.ID, r.Version)
	require.NoError(t, err)
	r, err = n.DecideReport(as(n.reviewer), decision(r, domain.ReportReturn))
	require.NoError(t, err)
	require.Equal(t, domain.RuleYellow, r.Project.RuleLight, "returned is not reported")
	r, err = n.SubmitReport(as(n.lead), r.ID, r.Version)
	require.NoError(t, err)
	r, err = n.DecideReport(as(n.reviewer), decision(r, domain.ReportApprove))
	require.NoError(t, err)
	require.Equal(t, domain.RuleGreen, r.Project.RuleLight, "10.5 % on the day of the start")
	require.Equal(t, "owner  green water.bureau-lead", n.Text(t,
		"SELECT concat_ws(' ', kind, from_light, to_light, changed_by) FROM light_change WHERE kind <> 'rule' AND project_id = $1", p.ID))
	require.Equal(t, start.ID, r.Project.Milestones[0].ID)
}

// What is refused or fails leaves the light as it was; the light is part of the act.
func TestAFailedActLeavesTheLight(t *testing.T) {
	t.Parallel()
	n := newNewsroom(t)
	p := n.NewProject(t, repositorytest.OwnedBy("water"), repositorytest.AtStage(domain.StagePreliminary))
	before := fingerprint(t, n.Database, "project", "light_change", "milestone")
	n.Exec(t, "CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$BEGIN RAISE EXCEPTION 'disk full'; END$$")
	n.Exec(t, "CREATE TRIGGER refuse BEFORE INSERT ON light_change FOR EACH ROW EXECUTE FUNCTION refuse()")
	_, err := n.CreateMilestone(as(n.editor), domain.Milestone{ProjectID: p.ID, Kind: domain.MilestoneStart, Name: "开工"})
	require.Error(t, err)
	require.Equal(t, before, fingerprint(t, n.Database, "project", "light_change", "milestone"))
}

// Days pass without any act: the refreshing finds the start that fell due, once, and touches nothing else.
func TestLightsAreRefreshedAsDaysPass(t *testing.T) {
	t.Parallel()
	n := newNewsroom(t)
	due := repositorytest.Day(t, "2026-07-01")
	p := n.NewProject(t, repositorytest.OwnedBy("water"), repositorytest.AtStage(domain.StagePreliminary))
	n.NewMilestone(t, domain.Milestone{ProjectID: p.ID, Kind: domain.MilestoneStart, Baseline: due, CurrentBaseline: due})
	for range 3 {
		n.NewProject(t, repositorytest.OwnedBy("transport"))
	}
	for _, step := range []struct {
		at      string
		changed int
		light   string
	}{
		{"2026-07-01T23:59:59+08:00", 4, "grey: grey"},
		{"2026-07-02T00:00:00+08:00", 1, "yellow: grey yellow"},
		{"2026-07-02T08:00:00+08:00", 0, "yellow: grey yellow"},
		{"2026-09-30T23:59:59+08:00", 0, "yellow: grey yellow"},
		{"2026-10-01T00:00:00+08:00", 1, "red: grey yellow red"},
	} {
		told := map[bool]string{true: "water.bureau-lead light_red, water.double light_red"}[strings.HasPrefix(step.light, "red")]
		var err error
		n.now, err = time.Parse(time.RFC3339, step.at)
		require.NoError(t, err)
		n.Exec(t, "UPDATE project SET reported_period = date_trunc('month', $1::date) - interval '1 month'", step.at[:10])
		changed, err := n.RefreshLights(t.Context())
		require.NoError(t, err)
		require.Equal(t, step.changed, changed, step.at)
		require.Equal(t, step.light, n.light(t, p.ID), step.at)
		require.Equal(t, told, n.Text(t, `SELECT string_agg(u.username || ' ' || kind, ', ' ORDER BY u.username) FROM notice
			JOIN app_user u ON u.id = recipient_id WHERE project_id = $1`, p.ID), "the owner's leads hear of a red light, once")
		before := fingerprint(t, n.Database, "project", "light_change")
		again, err := n.RefreshLights(t.Context())
		require.NoError(t, err)
		require.Zero(t, again)
		require.Equal(t, before, fingerprint(t, n.Database, "project", "light_change"), "doing it again changes no row")
	}
}

// The refreshing and an act at the same time: whoever comes last has seen the other.
func TestRefreshingAndActingAtOnce(t *testing.T) {
	t.Parallel()
	n := newNewsroom(t)
	p := n.NewProject(t, repositorytest.OwnedBy("water"), repositorytest.AtStage(domain.StagePreliminary))
	due := repositorytest.Day(t, "2026-06-30")
	n.NewMilestone(t, domain.Milestone{ProjectID: p.ID, Kind: domain.MilestoneStart, Baseline: due, CurrentBaseline: due})
	done := make(chan error, 2)
	go func() {
		var failed error
		for range 20 {
			_, err := n.RefreshLights(t.Context())
			failed = errors.Join(failed, err)
		}
		done <- failed
	}()
	go func() {
		var failed error
		for i := range 20 {
			actual := due.Date
			if i%2 == 0 {
				actual = domain.Date{}
			}
			m, err := n.Store.Milestones(t.Context(), p.ID)
			failed = errors.Join(failed, err)
			_, err = n.UpdateMilestone(as(n.editor), p.ID, m[0].ID, m[0].Version, domain.MilestoneChange{Actual: &actual})
			failed = errors.Join(failed, err)
		}
		done <- failed
	}()
	require.NoError(t, errors.Join(<-done, <-done))
	require.Equal(t, "grey", n.Text(t, "SELECT rule_light FROM project WHERE id = $1", p.ID), "started at last")
}
