package repository_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"zhongda/domain"
	"zhongda/repository"
	"zhongda/repository/repositorytest"
)

// reporters are projects of every stage and standing, in the records since different months, that reported up to
// different ones and have different reports open.
func reporters(t *testing.T) *repositorytest.City {
	t.Helper()
	city := repositorytest.NewCity(t)
	place := 0
	for _, stage := range domain.Stages() {
		for _, standing := range domain.Standings() {
			for _, open := range []string{"", "draft", "submitted", "returned"} {
				place++
				traits := []repositorytest.Trait{repositorytest.AtStage(stage), repositorytest.OwnedBy([]string{"baoan-water", "futian-water"}[place%2])}
				p := city.NewProject(t, traits...)
				created := fmt.Sprintf("2026-%02d-%02d 23:30", 1+place%7, 1+place*7%28)
				city.Exec(t, `UPDATE project SET standing = $2, standing_reason = 'r', standing_since = '2026-06-01', standing_document = 'd',
					reported_period = nullif($3, '')::date, created_at = $4::timestamp AT TIME ZONE 'Asia/Shanghai' WHERE id = $1`,
					p.ID, string(standing), []string{"", "2026-03-01", "2026-06-01", "2026-07-01"}[place%4], created)
				if open != "" {
					r, err := createReport(t, city, domain.ScopeAll(), reportOf(t, p.ID, fmt.Sprintf("2026-%02d", 5+place%4)))
					require.NoError(t, err)
					city.Exec(t, `UPDATE report SET state = $2, submitted_by = 'b', submitted_at = now(), comment = 'x',
						decided_by = CASE WHEN $2 = 'returned' THEN 'c' ELSE '' END, decided_at = now() WHERE id = $1`, r.ID, open)
				}
			}
		}
	}
	return city
}

// TestTheReportFilterSaysWhatTheDutySays asks both on days around due days, and month and quarter ends.
func TestTheReportFilterSaysWhatTheDutySays(t *testing.T) {
	t.Parallel()
	city := reporters(t)
	seen := map[domain.DutyGroup]bool{}
	for _, day := range []string{"2026-07-06", "2026-07-07", "2026-07-31", "2026-08-01", "2026-10-06", "2026-10-07", "2027-01-01", "2027-01-07"} {
		on, err := domain.ParseDate(day)
		require.NoError(t, err)
		duties, err := city.Store.ReportDuties(t.Context(), domain.ScopeAll(), on, shenzhen())
		require.NoError(t, err)
		want := map[domain.DutyGroup][]string{}
		for _, d := range duties {
			want[d.Group] = append(want[d.Group], d.Project.Code)
			seen[d.Group] = true
		}
		for _, group := range domain.DutyGroups() {
			f := domain.ProjectFilter{Reports: []domain.DutyGroup{group}, ReportsRead: domain.ScopeAll(), Today: on, ClockOffset: 8 * time.Hour}
			require.ElementsMatch(t, want[group], codesOf(t, city.Store, f), "%s on %s", group, day)
		}
	}
	for _, group := range domain.DutyGroups() {
		require.True(t, seen[group], "no project was ever %s", group)
	}
}

// codesOf are the projects of a filter, all pages of them.
func codesOf(t testing.TB, store *repository.Store, f domain.ProjectFilter) []string {
	t.Helper()
	page, err := store.Projects(t.Context(), domain.ScopeAll(), f, domain.ProjectSort{Key: domain.SortCode}, domain.PageRequest{Limit: domain.PageLimitMax})
	require.NoError(t, err)
	require.Empty(t, page.NextCursor)
	codes := make([]string, len(page.Items))
	for i, p := range page.Items {
		codes[i] = p.Code
	}
	return codes
}

// TestWhatMayNotBeReadFiltersNothingIn keeps the reports and orders of others from being guessed by a filter.
func TestWhatMayNotBeReadFiltersNothingIn(t *testing.T) {
	t.Parallel()
	city := reporters(t)
	own := domain.ScopeSubtree(city.Organisation(t, "baoan").ID)
	every := domain.ProjectFilter{Reports: domain.DutyGroups(), Supervision: domain.SupervisionStates(), Today: today}
	require.Empty(t, codesOf(t, city.Store, every), "no scope, no projects")

	every.ReportsRead, every.OrdersRead = own, domain.ScopeAll()
	reports := codesOf(t, city.Store, every)
	require.NotEmpty(t, reports)
	every.ReportsRead, every.OrdersRead = domain.ScopeAll(), own
	every.Reports = nil
	orders := codesOf(t, city.Store, every)
	require.Subset(t, orders, reports)
	all := codesOf(t, city.Store, domain.ProjectFilter{})
	require.Len(t, orders, len(all)/2, "half of them are another bureau's")
}

func TestTheSupervisionFilterFindsOrdersUnderWay(t *testing.T) {
	t.Parallel()
	city := repositorytest.NewCity(t)
	var ids []int64
	for place, state := range []domain.OrderState{"", domain.OrderIssued, domain.OrderAnswered, domain.OrderClosed} {
		p := city.NewProject(t)
		ids = append(ids, p.ID)
		if state == "" {
			continue
		}
		city.Exec(t, `INSERT INTO supervision_order (year, serial, project_id, addressee_organisation_id, demand, due, state, cause, issued_by,
			issued_at, answered_by, evidence, ended_by, ended_at, updated_at)
			SELECT 2026, $1, $2, owner_organisation_id, '限期办结', '2026-09-01', $3, '{}', 'reviewer', now(), 'a', 'e',
				CASE WHEN $3 = 'closed' THEN 'r' ELSE '' END, CASE WHEN $3 = 'closed' THEN now() END, now() FROM project WHERE id = $2`, place, p.ID, string(state))
	}
	for state, want := range map[domain.SupervisionState][]int64{
		domain.Ordered: {ids[1], ids[2]}, domain.Unordered: {ids[0], ids[3]},
	} {
		f := domain.ProjectFilter{Supervision: []domain.SupervisionState{state}, OrdersRead: domain.ScopeAll(), Today: today}
		page, err := city.Store.Projects(t.Context(), domain.ScopeAll(), f, domain.ProjectSort{Key: domain.SortCode}, domain.PageRequest{})
		require.NoError(t, err)
		found := make([]int64, len(page.Items))
		for i, p := range page.Items {
			found[i] = p.ID
		}
		slices.Sort(found)
		require.Equal(t, want, found, state)
	}
}
