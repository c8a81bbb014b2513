package repository_test

import (
	"strconv"
	"testing"

	"github.com/stretchr/testify/require"

	"zhongda/domain"
)

// choosing gives the filter with exactly one choice in the facet's own field.
func choosing(f domain.ProjectFilter, field, key string) domain.ProjectFilter {
	switch field {
	case "column":
		number, _ := strconv.Atoi(key)
		f.Columns = []int{number}
	case "category":
		f.Categories = []string{key}
	case "district":
		f.Districts = []string{key}
	case "owner":
		f.Owners = []string{key}
	case "stage":
		f.Stages = []domain.Stage{domain.Stage(key)}
	case "standing":
		f.Standings = []domain.Standing{domain.Standing(key)}
	case "target":
		f.Targets = []domain.Target{domain.Target(key)}
	case "commitment":
		f.Commitments = []string{key}
	case "provisional":
		f.Provisional = pointer(key == "true")
	}
	return f
}

func byField(f domain.ProjectFacets) map[string][]domain.Facet {
	return map[string][]domain.Facet{
		"column": f.Columns, "category": f.Categories, "district": f.Districts, "owner": f.Owners, "stage": f.Stages,
		"standing": f.Standings, "target": f.Targets, "commitment": f.Commitments, "provisional": f.Provisional,
	}
}

// TestFacetCountsAreTheTotalsOfTheLists chooses every choice of every field, under several filters and scopes.
func TestFacetCountsAreTheTotalsOfTheLists(t *testing.T) {
	t.Parallel()
	city := newPortfolio(t)
	for name, filter := range map[string]domain.ProjectFilter{
		"none":       {},
		"narrow":     {Columns: []int{13}, Districts: []string{"440306"}, Stages: []domain.Stage{domain.StageReserve}},
		"wide":       {Categories: []string{"transport", "water-plant"}, Provisional: pointer(true), Text: "水"},
		"late":       {LateByDays: pointer(1), Today: today, OwnerTrees: []string{"city"}},
		"kept":       {Promises: []domain.PromiseState{domain.PromiseKept, domain.PromiseLapsed}},
		"promises":   {Columns: []int{2, 13}, Promises: []domain.PromiseState{domain.PromiseNone, domain.PromiseUnconfirmed}},
		"impossible": {Owners: []string{"drc"}, Targets: []domain.Target{domain.TargetNone}, Commitments: []string{"建成"}},
	} {
		for _, read := range []domain.Scope{domain.ScopeAll(), domain.ScopeSubtree(city.Organisation(t, "baoan").ID), {}} {
			facets, err := city.Store.ProjectFacets(t.Context(), read, filter)
			require.NoError(t, err)
			for field, choices := range byField(facets) {
				for _, choice := range choices {
					require.Len(t, names(t, city, read, choosing(filter, field, choice.Key)), choice.Count, "%s: %s=%s", name, field, choice.Key)
				}
			}
		}
	}
}

func TestFacetsOfferWhatIsThereAndWhatIsChosen(t *testing.T) {
	t.Parallel()
	city := newPortfolio(t)
	facets, err := city.Store.ProjectFacets(t.Context(), domain.ScopeAll(), domain.ProjectFilter{Columns: []int{20}})
	require.NoError(t, err)
	require.Equal(t, []domain.Facet{
		{Key: "2", Label: "工业项目", LabelEn: "Industry", Count: 1},
		{Key: "12", Label: "交通项目", LabelEn: "Transport", Count: 1},
		{Key: "13", Label: "水务项目", LabelEn: "Water", Count: 2},
		{Key: "20", Label: "空专栏", LabelEn: "Empty", Count: 0},
	}, facets.Columns, "a chosen choice stays although it has no project")
	require.Empty(t, facets.Stages, "nothing is left in the empty column")

	facets, err = city.Store.ProjectFacets(t.Context(), domain.ScopeAll(), domain.ProjectFilter{})
	require.NoError(t, err)
	require.Equal(t, []domain.Facet{
		{Key: "conceived", Count: 1}, {Key: "reserve", Count: 1}, {Key: "implementation", Count: 1}, {Key: "completed", Count: 1},
	}, facets.Stages, "stages in the order of life")
	require.Contains(t, facets.Categories, domain.Facet{Key: "transport-rail", Label: "轨道交通", LabelEn: "Rail", Parent: "transport", Count: 1})
	require.Contains(t, facets.Categories, domain.Facet{Key: "transport", Label: "综合交通", LabelEn: "Transport", Count: 2})
	require.Contains(t, facets.Owners, domain.Facet{Key: "baoan-water", Label: "宝安区水务局", LabelEn: "Baoan Water Bureau", Parent: "baoan", Count: 1})
}
