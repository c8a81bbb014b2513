package repository_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"zhongda/domain"
)

// TestPromisesAreCountedWhereTheyWereMade counts by hand on the small portfolio.
func TestPromisesAreCountedWhereTheyWereMade(t *testing.T) {
	t.Parallel()
	city := newPortfolio(t)
	f, err := city.Store.Fulfilment(t.Context(), domain.ScopeAll(), domain.ProjectFilter{Today: today})
	require.NoError(t, err)
	counts := func(kept, onTheWay, unconfirmed, lapsed, none int) domain.PromiseCount {
		c := domain.PromiseCount{}
		for state, n := range map[domain.PromiseState]int{
			domain.PromiseKept: kept, domain.PromiseOnTheWay: onTheWay, domain.PromiseUnconfirmed: unconfirmed,
			domain.PromiseLapsed: lapsed, domain.PromiseNone: none,
		} {
			if n > 0 {
				c[state] = n
			}
		}
		return c
	}
	// The line is confirmed and under construction, the plant of Baoan derived, that of Futian exited, the road promised nothing.
	require.Equal(t, today, f.AsOf)
	require.Equal(t, counts(0, 1, 1, 1, 1), f.City)
	byColumn := map[int]domain.PromiseCount{}
	for _, line := range f.ByColumn {
		byColumn[line.Column.Number] = line.Counts
	}
	require.Equal(t, map[int]domain.PromiseCount{
		2: counts(0, 0, 0, 0, 1), 12: counts(0, 1, 0, 0, 0), 13: counts(0, 0, 1, 1, 0), 20: {},
	}, byColumn, "column 2 only wants the line studied")
	require.Equal(t, []domain.PromiseCount{counts(0, 1, 0, 0, 1), counts(0, 0, 1, 1, 0)},
		[]domain.PromiseCount{f.ByCategory[0].Counts, f.ByCategory[1].Counts})
	require.Equal(t, []domain.PromiseCount{counts(0, 1, 0, 1, 0), counts(0, 1, 1, 0, 0)},
		[]domain.PromiseCount{f.ByDistrict[0].Counts, f.ByDistrict[1].Counts}, "the corridor counts in both districts")

	f, err = city.Store.Fulfilment(t.Context(), domain.ScopeAll(), domain.ProjectFilter{Columns: []int{2}, Today: today})
	require.NoError(t, err)
	require.Equal(t, counts(0, 0, 0, 0, 1), f.City, "with a column chosen, what that column promises counts")
	require.Equal(t, counts(0, 0, 0, 0, 1), f.ByDistrict[0].Counts)
	f, err = city.Store.Fulfilment(t.Context(), domain.Scope{}, domain.ProjectFilter{Today: today})
	require.NoError(t, err)
	require.Equal(t, 0, f.City.Projects())
}

// TestEveryPromiseCountIsTheTotalOfItsList opens the list behind every figure, narrowed in several ways.
func TestEveryPromiseCountIsTheTotalOfItsList(t *testing.T) {
	t.Parallel()
	city := newPortfolio(t)
	opened := 0
	for name, f := range map[string]domain.ProjectFilter{
		"all": {}, "column": {Columns: []int{13}}, "other column": {Columns: []int{2}}, "district": {Districts: []string{"440306"}},
		"states": {Promises: []domain.PromiseState{domain.PromiseOnTheWay, domain.PromiseLapsed}}, "text": {Text: "水"},
	} {
		found, err := city.Store.Fulfilment(t.Context(), domain.ScopeAll(), f)
		require.NoError(t, err)
		holds := func(what string, counts domain.PromiseCount, list domain.ProjectFilter) {
			t.Helper()
			require.Len(t, names(t, city, domain.ScopeAll(), list), counts.Projects(), "%s %s", name, what)
			for _, state := range domain.PromiseStates() {
				list.Promises = []domain.PromiseState{state}
				if len(f.Promises) == 0 || counts[state] > 0 {
					require.Len(t, names(t, city, domain.ScopeAll(), list), counts[state], "%s %s %s", name, what, state)
					opened++
				}
			}
		}
		holds("city", found.City, f)
		for _, line := range found.ByCategory {
			list := f
			list.Categories = []string{line.Category.Code}
			holds(line.Category.Code, line.Counts, list)
		}
		for _, line := range found.ByDistrict {
			list := f
			list.Districts = []string{line.District.Code}
			if len(f.Districts) == 0 || f.Districts[0] == line.District.Code {
				holds(line.District.Code, line.Counts, list)
			}
		}
		for _, line := range found.ByColumn {
			if list := f; len(f.Columns) == 0 || f.Columns[0] == line.Column.Number {
				list.Columns = []int{line.Column.Number}
				holds(line.Column.Title, line.Counts, list)
			}
		}
	}
	require.Greater(t, opened, 100)
}
