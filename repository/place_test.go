package repository_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"zhongda/domain"
	"zhongda/repository/repositorytest"
)

// TestEachPlaceCountsItsList holds every figure of every place against the list that choosing it shows, under several
// filters and scopes; corridors count in each district, and once in the city.
func TestEachPlaceCountsItsList(t *testing.T) {
	t.Parallel()
	city := newPortfolio(t)
	city.NewProject(t, repositorytest.Named("全市监测网"), repositorytest.InDistricts("440300"), repositorytest.Estimated("7.5"))
	city.NewProject(t, repositorytest.Named("环城绿道"), repositorytest.InDistricts("440304", "440306"), repositorytest.OwnedBy("futian"))
	city.Exec(t, "UPDATE project SET rule_light = 'red', verdict = '{}', rule_light_at = app_now(), rule_light_version = 1 WHERE name IN ('滨海大道', '环城绿道', '全市监测网')")
	for name, filter := range map[string]domain.ProjectFilter{
		"all": {}, "water": {Categories: []string{"water"}}, "late": {LateByDays: pointer(40)}, "text": {Text: "水"},
		"a district itself": {Districts: []string{"440304"}, Stages: []domain.Stage{domain.StageImplementation, domain.StageReserve}},
		"no district":       {Districts: []string{domain.DistrictNone}}, "nothing": {Owners: []string{"drc"}},
	} {
		filter.Today = today
		for _, read := range []domain.Scope{domain.ScopeAll(), domain.ScopeSubtree(city.Organisation(t, "baoan").ID), {}} {
			found, err := city.Store.Places(t.Context(), read, filter, today)
			require.NoError(t, err)
			for _, place := range found.Places {
				requirePlaceOf(t, city, read, filter, place, fmt.Sprintf("%s at %s", name, place.District.Code))
			}
			filter.Districts = nil
			require.Len(t, names(t, city, read, filter), found.Projects, name)
		}
	}
}

func requirePlaceOf(t *testing.T, city *repositorytest.City, read domain.Scope, f domain.ProjectFilter, place domain.Place, about string) {
	t.Helper()
	f.Districts = []string{place.District.Code}
	page, err := city.Store.Projects(t.Context(), read, f, domain.ProjectSort{Key: domain.SortCode}, domain.PageRequest{Limit: 200, WithTotal: true})
	require.NoError(t, err)
	require.Equal(t, page.Total, place.Projects, about)
	want := domain.Sum{Of: page.Total}
	for _, p := range page.Items {
		if amount := p.Investment(); amount.Missing == domain.MissingNone {
			want.Total, want.Filled = want.Total.Add(amount.Value), want.Filled+1
		}
	}
	require.Equal(t, want.Total.String(), place.Investment.Total.String(), about)
	require.Equal(t, want.Filled, place.Investment.Filled, about)
	require.Equal(t, want.Of, place.Investment.Of, about)
	red := f
	red.RuleLights = []domain.RuleLight{domain.RuleRed}
	require.Len(t, names(t, city, read, red), place.Red, about)
	if f.LateByDays == nil {
		f.LateByDays = pointer(1)
	}
	require.Len(t, names(t, city, read, f), place.Late, about)
}

func TestCorridorsAreNamedWithTheDistrictsTheyCross(t *testing.T) {
	t.Parallel()
	city := newPortfolio(t)
	found, err := city.Store.Places(t.Context(), domain.ScopeAll(), domain.ProjectFilter{Districts: []string{"440304"}}, today)
	require.NoError(t, err)
	require.Equal(t, 1, found.Crossing)
	require.Len(t, found.Corridors, 1)
	require.Equal(t, "地铁9号线", found.Corridors[0].Name)
	require.Equal(t, []string{"440304", "440306"}, found.Corridors[0].Districts)
	require.Equal(t, domain.StageImplementation, found.Corridors[0].Stage)
	counts := map[string]int{}
	for _, place := range found.Places {
		counts[place.District.Code] = place.Projects
	}
	require.Equal(t, map[string]int{"440300": 3, "440304": 2, "440306": 2, "none": 1, "citywide": 0}, counts, "the corridor twice, and once in the city")
	require.Equal(t, 4, found.Projects)
	none, err := city.Store.Places(t.Context(), domain.ScopeAll(), domain.ProjectFilter{Columns: []int{13}}, today)
	require.NoError(t, err)
	require.Empty(t, none.Corridors)
	require.Zero(t, none.Crossing)
}
