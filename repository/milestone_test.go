package repository_test

import (
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"zhongda/domain"
	"zhongda/repository"
	"zhongda/repository/repositorytest"
)

func TestMilestoneRoundTrip(t *testing.T) {
	t.Parallel()
	city := repositorytest.NewCity(t)
	p := city.NewProject(t)
	var created domain.Milestone
	require.NoError(t, city.Store.Write(t.Context(), domain.ScopeAll(), func(tx *repository.Store) (err error) {
		created, err = tx.CreateMilestone(t.Context(), domain.Milestone{ProjectID: p.ID, Kind: domain.MilestoneStart, Name: "开工", UpdatedBy: "编辑"})
		return err
	}))
	require.Equal(t, int64(1), created.Version)
	require.False(t, created.UpdatedAt.IsZero())

	full := created
	full.Name, full.ReasonCode, full.ReasonText, full.UpdatedBy = "全面开工", domain.ReasonLand, "征地延后", "另一位"
	full.Baseline = &domain.PlanDate{Date: domain.NewDate(2027, 12, 31), Precision: domain.PrecisionYear}
	full.CurrentBaseline, full.Forecast, full.Actual = full.Baseline, repositorytest.Day(t, "2028-02-29"), domain.NewDate(2026, 11, 1)
	full = update(t, city, full)
	empty := full
	empty.ReasonCode, empty.ReasonText, empty.UpdatedBy, empty.Forecast, empty.Actual = "", "", "", nil, domain.Date{}
	update(t, city, empty)
}

// update writes the milestone and shows that it was stored whole.
func update(t *testing.T, city *repositorytest.City, m domain.Milestone) domain.Milestone {
	t.Helper()
	require.NoError(t, city.Store.Write(t.Context(), domain.ScopeAll(), func(tx *repository.Store) error {
		version, err := tx.UpdateMilestone(t.Context(), m)
		require.Equal(t, m.Version+1, version)
		return err
	}))
	got, err := city.Store.Milestone(t.Context(), m.ProjectID, m.ID)
	require.NoError(t, err)
	m.Version, m.UpdatedAt = m.Version+1, got.UpdatedAt
	require.Equal(t, m, got)
	return got
}

func TestMilestoneIsWrittenOnlyAtItsVersionAndInItsProject(t *testing.T) {
	t.Parallel()
	city := repositorytest.NewCity(t)
	p, other := city.NewProject(t), city.NewProject(t)
	m := city.NewMilestone(t, domain.Milestone{ProjectID: p.ID})
	refusal := func(m domain.Milestone) error {
		return city.Store.Write(t.Context(), domain.ScopeAll(), func(tx *repository.Store) error {
			_, err := tx.UpdateMilestone(t.Context(), m)
			return err
		})
	}
	stale, foreign, absent := m, m, m
	stale.Version, foreign.ProjectID, absent.ID = 7, other.ID, 999
	var conflict *domain.Error
	require.ErrorAs(t, refusal(stale), &conflict)
	require.Equal(t, "stale_version", conflict.Code)
	require.Equal(t, int64(1), conflict.CurrentVersion)
	require.Equal(t, "milestone_not_found", codeOf(t, refusal(foreign)))
	require.Equal(t, "milestone_not_found", codeOf(t, refusal(absent)))
	_, err := city.Store.Milestone(t.Context(), other.ID, m.ID)
	require.Equal(t, "milestone_not_found", codeOf(t, err))
}

func TestOriginalBaselineIsKeptByTheDatabase(t *testing.T) {
	t.Parallel()
	city := repositorytest.NewCity(t)
	day := repositorytest.Day(t, "2027-06-30")
	m := city.NewMilestone(t, domain.Milestone{ProjectID: city.NewProject(t).ID, Baseline: day, CurrentBaseline: day})
	for name, baseline := range map[string]*domain.PlanDate{"moved": repositorytest.Day(t, "2027-07-01"), "cleared": nil} {
		changed := m
		changed.Baseline, changed.CurrentBaseline = baseline, baseline
		err := city.Store.Write(t.Context(), domain.ScopeAll(), func(tx *repository.Store) error {
			_, err := tx.UpdateMilestone(t.Context(), changed)
			return err
		})
		require.Equal(t, "baseline_locked", codeOf(t, err), name)
	}
	rebaselined := m
	rebaselined.CurrentBaseline = repositorytest.Day(t, "2027-09-30")
	update(t, city, rebaselined)
}

func TestMilestonesComeInTheOrderTheyFallDue(t *testing.T) {
	t.Parallel()
	city := repositorytest.NewCity(t)
	p := city.NewProject(t)
	city.NewMilestone(t, domain.Milestone{ProjectID: p.ID, Name: "无日期"})
	city.NewMilestone(t, domain.Milestone{ProjectID: p.ID, Name: "三", Forecast: repositorytest.Day(t, "2028-01-01")})
	city.NewMilestone(t, domain.Milestone{ProjectID: p.ID, Name: "二", Forecast: repositorytest.Day(t, "2027-06-01"),
		Baseline: repositorytest.Day(t, "2029-01-01"), CurrentBaseline: repositorytest.Day(t, "2029-01-01")})
	city.NewMilestone(t, domain.Milestone{ProjectID: p.ID, Name: "一", Actual: domain.NewDate(2026, 1, 1), Forecast: repositorytest.Day(t, "2030-01-01")})
	milestones, err := city.Store.Milestones(t.Context(), p.ID)
	require.NoError(t, err)
	order := []string{}
	for _, m := range milestones {
		order = append(order, m.Name)
	}
	require.Equal(t, []string{"一", "二", "三", "无日期"}, order)
	detail, err := city.Store.Project(t.Context(), domain.ScopeAll(), p.ID)
	require.NoError(t, err)
	require.Equal(t, "二", detail.NextMilestone.Name, "the earliest that is not reached")
}

// TestLateInSQLIsLateInTheDomain holds the filter against the domain's own measure of slip and of passed baselines.
func TestLateInSQLIsLateInTheDomain(t *testing.T) {
	t.Parallel()
	city := repositorytest.NewCity(t)
	p := city.NewProject(t)
	dates := rapid.Custom(func(r *rapid.T) *domain.PlanDate {
		if rapid.Bool().Draw(r, "none") {
			return nil
		}
		return &domain.PlanDate{Date: domain.NewDate(2026, 7, rapid.IntRange(1, 28).Draw(r, "day")), Precision: domain.PrecisionDay}
	})
	rapid.Check(t, func(r *rapid.T) {
		city.Exec(t, "DELETE FROM milestone")
		for range rapid.IntRange(0, 3).Draw(r, "milestones") {
			m := domain.Milestone{ProjectID: p.ID, Baseline: dates.Draw(r, "baseline"), Forecast: dates.Draw(r, "forecast")}
			m.CurrentBaseline = m.Baseline
			if rapid.IntRange(0, 3).Draw(r, "reached") == 0 {
				m.Actual = domain.NewDate(2026, 7, 5)
			}
			city.NewMilestone(t, m)
		}
		milestones, err := city.Store.Milestones(t.Context(), p.ID)
		require.NoError(r, err)
		slip := domain.WorstSlip(milestones)
		require.NoError(r, city.Store.Write(t.Context(), domain.ScopeAll(), func(tx *repository.Store) error {
			return tx.SetProjectSlip(t.Context(), p.ID, slip)
		}))
		days := rapid.IntRange(1, 20).Draw(r, "days")
		late := slip != nil && *slip >= days
		for _, m := range milestones {
			late = late || m.Actual.IsZero() && m.Baseline != nil && today.DaysSince(m.Baseline.Date) >= days
		}
		found := names(t, city, domain.ScopeAll(), domain.ProjectFilter{LateByDays: &days, Today: today})
		require.Equal(r, late, len(found) == 1)
	})
}
