package repository_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"zhongda/domain"
	"zhongda/repository/repositorytest"
)

// timelineFilters select differently by every kind of condition; the last ones leave nothing, and everything.
func timelineFilters() []domain.ProjectFilter {
	return []domain.ProjectFilter{
		{Columns: []int{13}}, {Districts: []string{"440306"}}, {Stages: []domain.Stage{domain.StageReserve}, Text: "水"},
		{LateByDays: pointer(1), Today: today}, {Standings: []domain.Standing{domain.StandingPaused}},
		{Owners: []string{"drc"}}, {},
	}
}

// TestTimelineIsTheListInTheSameOrder walks both page by page, under every order, filter and scope.
func TestTimelineIsTheListInTheSameOrder(t *testing.T) {
	t.Parallel()
	city := newPortfolio(t)
	for _, read := range []domain.Scope{domain.ScopeAll(), domain.ScopeSubtree(city.Organisation(t, "baoan").ID), {}} {
		for i, filter := range timelineFilters() {
			for _, key := range domain.ProjectSortKeys() {
				sort := domain.ProjectSort{Key: key, Descending: i%2 == 1}
				ask := domain.PageRequest{Limit: 2, WithTotal: true}
				for page := 1; ; page++ {
					list, err := city.Store.Projects(t.Context(), read, filter, sort, ask)
					require.NoError(t, err)
					timeline, err := city.Store.Timeline(t.Context(), read, filter, sort, ask)
					require.NoError(t, err)
					about := fmt.Sprintf("filter %d by %s, page %d", i, key, page)
					require.Equal(t, list.Total, timeline.Total, about)
					require.Equal(t, list.NextCursor, timeline.NextCursor, about)
					require.Len(t, timeline.Items, len(list.Items), about)
					for n, row := range timeline.Items {
						require.Equal(t, list.Items[n].ID, row.Project.ID, about)
						require.Equal(t, list.Items[n].SlipDays, row.Project.SlipDays, about)
						requireMilestonesOf(t, city, row)
					}
					if ask.Cursor = list.NextCursor; ask.Cursor == "" {
						break
					}
				}
			}
		}
	}
}

// requireMilestonesOf holds a row against the project's own milestones: all of them, as they fall due.
func requireMilestonesOf(t *testing.T, city *repositorytest.City, row domain.TimelineRow) {
	t.Helper()
	all, err := city.Store.Milestones(t.Context(), row.Project.ID)
	require.NoError(t, err)
	require.Len(t, all, len(row.Milestones)+row.Undated)
	if row.Undated == 0 && len(all) > 0 {
		require.Equal(t, all, row.Milestones)
	}
}

func TestTimelineSpansTheDatesOfTheWholeFilter(t *testing.T) {
	t.Parallel()
	city := newPortfolio(t)
	undated := city.NewProject(t, repositorytest.Named("未定项目"), repositorytest.OwnedBy("futian"))
	city.NewMilestone(t, domain.Milestone{ProjectID: undated.ID})
	span := func(f domain.ProjectFilter, ask domain.PageRequest) (domain.DateSpan, []domain.TimelineRow) {
		t.Helper()
		timeline, err := city.Store.Timeline(t.Context(), domain.ScopeAll(), f, domain.ProjectSort{Key: domain.SortCode}, ask)
		require.NoError(t, err)
		return timeline.Span, timeline.Items
	}
	all, _ := span(domain.ProjectFilter{}, domain.PageRequest{Limit: 1, WithTotal: true})
	require.Equal(t, "2026-01-31 to 2027-12-31", all.First.String()+" to "+all.Last.String(), "of all pages, and of every date")
	rail, _ := span(domain.ProjectFilter{Columns: []int{12}}, domain.PageRequest{WithTotal: true})
	require.Equal(t, "2026-06-30 to 2026-08-14", rail.First.String()+" to "+rail.Last.String())
	none, rows := span(domain.ProjectFilter{Owners: []string{"futian"}}, domain.PageRequest{WithTotal: true})
	require.Zero(t, none)
	require.Len(t, rows, 1, "a project without a date is there all the same")
	require.Empty(t, rows[0].Milestones)
	require.Equal(t, 1, rows[0].Undated)
	later, _ := span(domain.ProjectFilter{}, domain.PageRequest{Limit: 1})
	require.Zero(t, later, "the span comes with the total")
}
