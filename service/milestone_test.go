package service_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"zhongda/domain"
	"zhongda/repository"
	"zhongda/repository/repositorytest"
)

// The first writer has moved its milestone and not yet committed when the second moves another one. The project's slip
// must be that of both, whoever ends last.
func TestTheSlipWaitsForTheMilestoneBeforeIt(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	editor := as(o.member(t, "water", domain.RoleBureauEditor))
	p := o.NewProject(t, repositorytest.OwnedBy("water"))
	due := domain.Milestone{ProjectID: p.ID, Baseline: repositorytest.Day(t, "2026-12-31"), CurrentBaseline: repositorytest.Day(t, "2026-12-31")}
	first, second := o.NewMilestone(t, due), o.NewMilestone(t, due)
	secondDone := make(chan error)
	err := o.Store.Write(t.Context(), domain.ScopeAll(), func(tx *repository.Store) error {
		require.NoError(t, tx.LockProject(t.Context(), p.ID))
		first.Forecast = repositorytest.Day(t, "2027-01-20")
		_, err := tx.UpdateMilestone(t.Context(), first)
		require.NoError(t, err)
		go func() {
			forecast := repositorytest.Day(t, "2027-01-05")
			_, err := o.UpdateMilestone(editor, p.ID, second.ID, second.Version, domain.MilestoneChange{Forecast: &forecast, ReasonCode: ptr(domain.ReasonLand)})
			secondDone <- err
		}()
		waits := func() bool {
			return o.Text(t, "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'") != "0"
		}
		require.Eventually(t, waits, 2*time.Second, time.Millisecond)
		return tx.SetProjectSlip(t.Context(), p.ID, ptr(20))
	})
	require.NoError(t, err)
	require.NoError(t, <-secondDone)
	require.Equal(t, "20", o.Text(t, "SELECT slip_days FROM project WHERE id = $1", p.ID))
}

// A new milestone whose forecast already lies past its baseline is explained like one that moved there.
func TestALateNewMilestoneIsExplained(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	editor := as(o.member(t, "water", domain.RoleBureauEditor))
	p := o.NewProject(t, repositorytest.OwnedBy("water"))
	late := domain.Milestone{ProjectID: p.ID, Kind: domain.MilestonePermit, Name: "施工许可",
		Baseline: repositorytest.Day(t, "2026-12-31"), Forecast: repositorytest.Day(t, "2027-07-03")}
	_, err := o.CreateMilestone(editor, late)
	require.Equal(t, "invalid", codeOf(t, err))
	late.ReasonCode, late.ReasonText = domain.ReasonLand, "用地批复推迟，土地尚未交付"
	created, err := o.CreateMilestone(editor, late)
	require.NoError(t, err)
	require.Equal(t, 184, *created.Slip().Original)
}

// A milestone is found under its own project alone, and only at the version that was read.
func TestAMilestoneBelongsToItsProject(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	editor := as(o.member(t, "water", domain.RoleBureauEditor))
	here, there := o.NewProject(t, repositorytest.OwnedBy("water")), o.NewProject(t, repositorytest.OwnedBy("water"))
	step := o.NewMilestone(t, domain.Milestone{ProjectID: here.ID})
	rename := domain.MilestoneChange{Name: ptr("改")}
	_, err := o.UpdateMilestone(editor, there.ID, step.ID, step.Version, rename)
	require.Equal(t, "milestone_not_found", codeOf(t, err))
	_, err = o.UpdateMilestone(editor, here.ID, step.ID, step.Version+1, rename)
	require.Equal(t, "stale_version", codeOf(t, err))
	renamed, err := o.UpdateMilestone(editor, here.ID, step.ID, step.Version, rename)
	require.NoError(t, err)
	require.Equal(t, "改", renamed.Name)
	require.Equal(t, step.Version+1, renamed.Version)
	require.Equal(t, "water.bureau-editor", renamed.UpdatedBy)
	require.True(t, o.now.Equal(renamed.UpdatedAt))
}
