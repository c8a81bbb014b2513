package service_test

import (
	"context"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"zhongda/domain"
	"zhongda/repository/repositorytest"
)

func shenzhen(year int, month time.Month, day int) time.Time {
	return time.Date(year, month, day, 2, 0, 0, 0, time.UTC) // ten in the morning there
}

func day(year int, month time.Month, d int) domain.Date { return domain.NewDate(year, month, d) }

// A bureau's August: one project is moved, one comes, one goes to another owner, one stays as it is.
func TestDifferencesSayWhatBecameOfEachProject(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	reviewer, editor := as(o.member(t, "drc", domain.RoleDRCReviewer)), as(o.member(t, "water", domain.RoleBureauEditor))
	o.now = shenzhen(2026, time.July, 10)
	confirmed := []repositorytest.Trait{repositorytest.OwnedBy("water"), repositorytest.Confirmed(), repositorytest.AtStage(domain.StagePreliminary)}
	moved := o.NewProject(t, append(confirmed, repositorytest.Named("动"))...)
	given := o.NewProject(t, append(confirmed, repositorytest.Named("移"))...)
	still := o.NewProject(t, append(confirmed, repositorytest.Named("静"))...)
	step := o.NewMilestone(t, domain.Milestone{ProjectID: moved.ID, Name: "开工", Baseline: repositorytest.Day(t, "2026-12-31"), CurrentBaseline: repositorytest.Day(t, "2026-12-31")})

	o.now = shenzhen(2026, time.August, 10)
	o.Exec(t, "UPDATE project SET stage_provisional = true WHERE id = $1", moved.ID) // else it goes forward through a gate
	_, err := o.MoveProject(reviewer, moved.ID, moved.Version, domain.StageMove{To: domain.StageImplementation, Reason: "批准", Evidence: "施工许可"})
	require.NoError(t, err)
	_, err = o.UpdateProject(editor, moved.ID, moved.Version+1, domain.ProjectChange{Estimate: yuan(t, "100.05")})
	require.NoError(t, err)
	forecast := repositorytest.Day(t, "2027-01-20")
	_, err = o.UpdateMilestone(editor, moved.ID, step.ID, step.Version, domain.MilestoneChange{Forecast: &forecast, ReasonCode: ptr(domain.ReasonLand)})
	require.NoError(t, err)
	_, err = o.UpdateProject(reviewer, given.ID, given.Version, domain.ProjectChange{OwnerOrganisationID: ptr(o.Organisation(t, "transport").ID)})
	require.NoError(t, err)
	added := o.NewProject(t, append(confirmed, repositorytest.Named("新"))...)
	o.now = shenzhen(2026, time.September, 10)
	_, err = o.SetProjectStanding(reviewer, still.ID, still.Version, domain.StandingMove{To: domain.StandingPaused, Reason: "资金"})
	require.NoError(t, err)

	water := domain.ProjectFilter{Owners: []string{"water"}}
	d := o.differences(reviewer, t, water, day(2026, 7, 31), day(2026, 8, 31))
	change := func(kind domain.ChangeKind, milestone, before, after string, trend domain.Trend) domain.FieldChange {
		return domain.FieldChange{Kind: kind, Milestone: milestone, Before: before, After: after, Trend: trend}
	}
	require.Equal(t, []domain.ProjectDifference{
		{ID: moved.ID, Code: moved.Code, Name: "动", Changes: []domain.FieldChange{
			change("stage", "", "preliminary", "implementation", "up"), change("slip", "", "", "20", ""),
			change("investment", "", "not_filled", "100.05", ""), change("forecast", "开工", "", "2027-01-20", ""),
		}},
		{ID: given.ID, Code: given.Code, Name: "移", Changes: []domain.FieldChange{
			change("left", "", "", "", ""),
			{Kind: "owner", Before: "测试市水务局", After: "测试市交通运输局", BeforeEn: "Water Bureau", AfterEn: "Transport Bureau"},
		}},
		{ID: added.ID, Code: added.Code, Name: "新", Changes: []domain.FieldChange{change("entered", "", "", "", "")}},
	}, d.Projects)
	require.Equal(t, []int{3, 3}, []int{d.Before, d.After})
	require.Equal(t, domain.ChangeTotal{Kind: "stage", Projects: 1, Up: 1}, d.Totals[2])

	// Until now there is the pause as well; within August nothing of September.
	untilNow := o.differences(reviewer, t, domain.ProjectFilter{}, day(2026, 7, 31), domain.Date{})
	require.Len(t, untilNow.Projects, 4)
	require.Equal(t, day(2026, 9, 10), untilNow.To)
	require.Equal(t, []domain.FieldChange{change("standing", "", "active", "paused", "")}, untilNow.Projects[2].Changes)
	require.Empty(t, o.differences(reviewer, t, domain.ProjectFilter{Stages: []domain.Stage{domain.StageReserve}}, day(2026, 7, 31), domain.Date{}).Projects)
}

// differences also holds the counts to the lists of both ends, and the totals to the projects.
func (o *office) differences(ctx context.Context, t *testing.T, f domain.ProjectFilter, from, to domain.Date) domain.Differences {
	t.Helper()
	d, err := o.Differences(ctx, f, from, to)
	require.NoError(t, err)
	total := func(asOf domain.Date) int {
		f.AsOf = asOf
		page, err := o.Projects(ctx, f, domain.ProjectSort{Key: domain.SortCode}, domain.PageRequest{WithTotal: true})
		require.NoError(t, err)
		return page.Total
	}
	require.Equal(t, []int{total(from), total(to)}, []int{d.Before, d.After})
	count := map[domain.ChangeKind]int{}
	for _, kind := range domain.ChangeKinds() {
		for _, p := range d.Projects {
			if slices.ContainsFunc(p.Changes, func(c domain.FieldChange) bool { return c.Kind == kind }) {
				count[kind]++
			}
		}
	}
	require.Len(t, d.Totals, len(domain.ChangeKinds()))
	for _, line := range d.Totals {
		require.Equal(t, count[line.Kind], line.Projects, "%s", line.Kind)
		require.LessOrEqual(t, max(line.Up, line.Down), line.Projects)
	}
	require.Equal(t, d.After, d.Before+count[domain.ChangeEntered]-count[domain.ChangeLeft])
	return d
}
