package repository_test

import (
	"encoding/base64"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"zhongda/domain"
	"zhongda/repository/repositorytest"
)

// names lists what the filter lets through, in the order of the catalogue, and holds the total against it.
func names(t *testing.T, city *repositorytest.City, read domain.Scope, f domain.ProjectFilter) []string {
	t.Helper()
	page, err := city.Store.Projects(t.Context(), read, f, domain.ProjectSort{Key: domain.SortCode}, domain.PageRequest{Limit: 200, WithTotal: true})
	require.NoError(t, err)
	require.Len(t, page.Items, page.Total)
	found := []string{}
	for _, p := range page.Items {
		found = append(found, p.Name)
	}
	return found
}

// newPortfolio has at least one project on either side of every filter.
func newPortfolio(t *testing.T) *repositorytest.City {
	t.Helper()
	city := repositorytest.NewCity(t)
	rail := city.NewProject(t, repositorytest.Named("地铁9号线"), repositorytest.Initials("dt9hx"), repositorytest.InCategory("transport-rail"),
		repositorytest.OwnedBy("transport"), repositorytest.InDistricts("440304", "440306"), repositorytest.Confirmed(),
		repositorytest.AtStage(domain.StageImplementation), repositorytest.MentionedIn(12, "建成"), repositorytest.MentionedIn(2, "研究"),
		repositorytest.Estimated("100.10"), repositorytest.Budgeted("90.05"), repositorytest.Slipped(45))
	city.NewProject(t, repositorytest.Named("宝安水厂"), repositorytest.OwnedBy("baoan-water"), repositorytest.InDistricts("440306"),
		repositorytest.MentionedIn(13, "开工建设"), repositorytest.MentionedIn(13, "建成"), repositorytest.Estimated("0.03"))
	city.NewProject(t, repositorytest.Named("福田水厂100%_\\改造"), repositorytest.OwnedBy("futian-water"), repositorytest.InDistricts("440304"),
		repositorytest.AtStage(domain.StageCompleted), repositorytest.MentionedIn(13, "规划建设"), repositorytest.Exited(),
		repositorytest.Slipped(500)) // an exited project owes nothing, however late it was
	quiet := city.NewProject(t, repositorytest.Named("滨海大道"), repositorytest.Initials("bhdd"), repositorytest.InCategory("transport"),
		repositorytest.OwnedBy("baoan"), repositorytest.AtStage(domain.StageConceived), repositorytest.Paused())
	city.NewMilestone(t, domain.Milestone{ProjectID: quiet.ID, Baseline: repositorytest.Day(t, "2026-01-31"), CurrentBaseline: repositorytest.Day(t, "2027-12-31")})
	city.NewMilestone(t, domain.Milestone{ProjectID: rail.ID, Baseline: repositorytest.Day(t, "2026-06-30"),
		CurrentBaseline: repositorytest.Day(t, "2026-06-30"), Forecast: repositorytest.Day(t, "2026-08-14")})
	return city
}

var today = domain.NewDate(2026, 7, 10)

func TestEachFilterNarrowsToItsProjects(t *testing.T) {
	t.Parallel()
	city := newPortfolio(t)
	const rail, baoan, futian, road = "地铁9号线", "宝安水厂", `福田水厂100%_\改造`, "滨海大道"
	all := []string{rail, baoan, futian, road}
	for name, c := range map[string]struct {
		filter domain.ProjectFilter
		want   []string
	}{
		"none":                        {domain.ProjectFilter{}, all},
		"column":                      {domain.ProjectFilter{Columns: []int{12}}, []string{rail}},
		"columns widen":               {domain.ProjectFilter{Columns: []int{12, 13}}, []string{rail, baoan, futian}},
		"category":                    {domain.ProjectFilter{Categories: []string{"transport-rail"}}, []string{rail}},
		"top category":                {domain.ProjectFilter{Categories: []string{"transport"}}, []string{rail, road}},
		"district":                    {domain.ProjectFilter{Districts: []string{"440306"}}, []string{rail, baoan}},
		"no district":                 {domain.ProjectFilter{Districts: []string{domain.DistrictNone}}, []string{road}},
		"no district or one":          {domain.ProjectFilter{Districts: []string{"440304", domain.DistrictNone}}, []string{rail, futian, road}},
		"the whole city":              {domain.ProjectFilter{Districts: []string{domain.DistrictCitywide}}, []string{}},
		"city of districts":           {domain.ProjectFilter{Districts: []string{"440300"}}, []string{rail, baoan, futian}},
		"owner":                       {domain.ProjectFilter{Owners: []string{"baoan"}}, []string{road}},
		"owner tree":                  {domain.ProjectFilter{OwnerTrees: []string{"baoan"}}, []string{baoan, road}},
		"stage":                       {domain.ProjectFilter{Stages: []domain.Stage{domain.StageCompleted}}, []string{futian}},
		"standing":                    {domain.ProjectFilter{Standings: []domain.Standing{domain.StandingPaused, domain.StandingExited}}, []string{futian, road}},
		"target is the strongest":     {domain.ProjectFilter{Targets: []domain.Target{domain.TargetCompleted}}, []string{rail, baoan}},
		"commitment":                  {domain.ProjectFilter{Commitments: []string{"研究"}}, []string{rail}},
		"provisional":                 {domain.ProjectFilter{Provisional: pointer(true)}, []string{baoan, futian, road}},
		"confirmed":                   {domain.ProjectFilter{Provisional: pointer(false)}, []string{rail}},
		"promise of all columns":      {domain.ProjectFilter{Promises: []domain.PromiseState{domain.PromiseOnTheWay}}, []string{rail}},
		"promise of the column":       {domain.ProjectFilter{Columns: []int{2}, Promises: []domain.PromiseState{domain.PromiseNone}}, []string{rail}},
		"promises unconfirmed":        {domain.ProjectFilter{Promises: []domain.PromiseState{domain.PromiseUnconfirmed}}, []string{baoan}},
		"promise lapsed or none":      {domain.ProjectFilter{Promises: []domain.PromiseState{domain.PromiseLapsed, domain.PromiseNone}}, []string{futian, road}},
		"late by forecast":            {domain.ProjectFilter{LateByDays: pointer(1), Owners: []string{"transport"}, Today: today}, []string{rail}},
		"late by silence":             {domain.ProjectFilter{LateByDays: pointer(160), Today: today}, []string{road}},
		"late by the day":             {domain.ProjectFilter{LateByDays: pointer(161), Today: today}, []string{}},
		"late by forecast exactly":    {domain.ProjectFilter{LateByDays: pointer(45), Today: today}, []string{rail, road}},
		"not late by forecast":        {domain.ProjectFilter{LateByDays: pointer(46), Today: today}, []string{road}},
		"mine":                        {domain.ProjectFilter{OnlyMine: true, Mine: domain.ScopeSubtree(city.Organisation(t, "baoan").ID)}, []string{baoan, road}},
		"mine is nothing":             {domain.ProjectFilter{OnlyMine: true}, []string{}},
		"fields narrow":               {domain.ProjectFilter{Columns: []int{13}, Districts: []string{"440306"}}, []string{baoan}},
		"two Chinese characters":      {domain.ProjectFilter{Text: " 水厂 "}, []string{baoan, futian}},
		"owner's name":                {domain.ProjectFilter{Text: "交通运输"}, []string{rail}},
		"initials in any case":        {domain.ProjectFilter{Text: "HDD"}, []string{road}},
		"mixed":                       {domain.ProjectFilter{Text: "9号"}, []string{rail}},
		"code":                        {domain.ProjectFilter{Text: "p-000002"}, []string{baoan}},
		"percent is a character":      {domain.ProjectFilter{Text: "%"}, []string{futian}},
		"underscore is a character":   {domain.ProjectFilter{Text: "_"}, []string{futian}},
		"backslash is a character":    {domain.ProjectFilter{Text: `\`}, []string{futian}},
		"quotes are characters":       {domain.ProjectFilter{Text: `' OR '1'='1`}, []string{}},
		"parameters are characters":   {domain.ProjectFilter{Text: "@text ?"}, []string{}},
		"unknown choices let nothing": {domain.ProjectFilter{Owners: []string{"' OR true --"}}, []string{}},
	} {
		t.Run(name, func(t *testing.T) {
			require.Equal(t, c.want, names(t, city, domain.ScopeAll(), c.filter))
		})
	}
}

func TestScopeDecidesWhichRowsAreRead(t *testing.T) {
	t.Parallel()
	city := newPortfolio(t)
	subtree := domain.ScopeSubtree(city.Organisation(t, "baoan").ID)
	require.Empty(t, names(t, city, domain.Scope{}, domain.ProjectFilter{}))
	require.Equal(t, []string{"宝安水厂", "滨海大道"}, names(t, city, subtree, domain.ProjectFilter{}))
	require.Equal(t, []string{"滨海大道"}, names(t, city, subtree, domain.ProjectFilter{Text: "bh"}), "or inside a filter widens no scope")
	require.Empty(t, names(t, city, subtree, domain.ProjectFilter{Text: "地铁"}))
}

func TestListRowsCarryTheirChildren(t *testing.T) {
	t.Parallel()
	city := newPortfolio(t)
	page, err := city.Store.Projects(t.Context(), domain.ScopeAll(), domain.ProjectFilter{}, domain.ProjectSort{Key: domain.SortCode}, domain.PageRequest{})
	require.NoError(t, err)
	rail := page.Items[0]
	require.Equal(t, []int{2, 12}, rail.Columns)
	require.Equal(t, []string{"研究", "建成"}, rail.Commitments)
	require.Equal(t, []string{"福田区", "宝安区"}, []string{rail.Districts[0].Name, rail.Districts[1].Name})
	require.Equal(t, "440300", rail.Districts[0].ParentCode)
	require.Equal(t, "transport-rail", rail.Category.Code)
	require.Equal(t, "综合交通", rail.TopCategory.Name)
	require.Equal(t, city.Organisation(t, "transport").Path, rail.Owner.Path)
	require.Equal(t, "90.05", rail.Investment().Value.String(), "the budget binds more than the estimate")
	require.Equal(t, "2026-08-14", rail.NextMilestone.Forecast.Date.String())
	require.Equal(t, 45, *rail.SlipDays)
	require.Nil(t, page.Items[1].NextMilestone)
	require.Equal(t, domain.MissingNotFilled, page.Items[1].Budget.Missing)
	require.Equal(t, []int{13}, page.Items[1].Columns, "two mentions in one column are one column")
}

// TestPagesCoverEveryRowOnce reads every order in small pages, over values that repeat and values that are missing.
func TestPagesCoverEveryRowOnce(t *testing.T) {
	t.Parallel()
	city := newRepetitiveCity(t)
	for _, key := range domain.ProjectSortKeys() {
		for _, descending := range []bool{false, true} {
			sort := domain.ProjectSort{Key: key, Descending: descending}
			whole := readAll(t, city, sort, 200)
			require.Len(t, whole, 23, "%v", sort)
			require.Equal(t, whole, readAll(t, city, sort, 3), "%v", sort)
			require.Len(t, slices.Compact(slices.Sorted(slices.Values(whole))), 23, "%v", sort)
			requireOrdered(t, city, sort)
		}
	}
}

// newRepetitiveCity has 23 projects whose values repeat, and some that have none.
func newRepetitiveCity(t *testing.T) *repositorytest.City {
	t.Helper()
	city := repositorytest.NewCity(t)
	for i := range 23 {
		traits := []repositorytest.Trait{
			repositorytest.Named([]string{"重庆路", "安托山", "宝安", "Alpha", "重庆路"}[i%5]),
			repositorytest.OwnedBy([]string{"water", "baoan-water", "transport"}[i%3]),
			repositorytest.InCategory([]string{"water", "transport-rail"}[i%2]),
			repositorytest.AtStage(domain.Stages()[i%6]),
			repositorytest.UpdatedAt([]string{"2026-03-01T08:00:00.000001+08:00", "2026-03-01T08:00:00.00001+08:00", "2025-12-31T23:59:59Z"}[i%3]),
		}
		if i%4 != 0 {
			traits = append(traits, repositorytest.Estimated([]string{"0.00", "12.50", "9999999999999999.99"}[i%3]), repositorytest.Slipped(i%3-1))
		}
		city.NewProject(t, traits...)
	}
	city.Exec(t, `UPDATE project SET rule_light = (ARRAY['green', 'red', 'grey'])[id % 4], rule_light_version = 1, rule_light_at = now(), verdict = '{}'
		WHERE id % 4 > 0`)
	return city
}

// A page that was read before is read again between the same two places: what moved away is gone from it, what moved in
// is there, and nothing of its neighbours.
func TestAPageIsReadAgainBetweenItsCursors(t *testing.T) {
	t.Parallel()
	city := newRepetitiveCity(t)
	for _, key := range domain.ProjectSortKeys() {
		for _, descending := range []bool{false, true} {
			sort := domain.ProjectSort{Key: key, Descending: descending}
			page := func(request domain.PageRequest) domain.Page[domain.Project] {
				answer, err := city.Store.Projects(t.Context(), domain.ScopeAll(), domain.ProjectFilter{}, sort, request)
				require.NoError(t, err, "%v", sort)
				return answer
			}
			for request := (domain.PageRequest{Limit: 4}); ; {
				once := page(request)
				if once.NextCursor == "" {
					break
				}
				again := page(domain.PageRequest{Limit: 200, Cursor: request.Cursor, Until: once.NextCursor, WithTotal: true})
				require.Equal(t, once.Items, again.Items, "%v", sort)
				require.Empty(t, again.NextCursor, "%v: past its end", sort)
				require.Equal(t, 23, again.Total, "the total is that of the filter")
				request.Cursor = once.NextCursor
			}
		}
	}
}

func readAll(t *testing.T, city *repositorytest.City, sort domain.ProjectSort, limit int) []int64 {
	t.Helper()
	var ids []int64
	request := domain.PageRequest{Limit: limit}
	for {
		page, err := city.Store.Projects(t.Context(), domain.ScopeAll(), domain.ProjectFilter{}, sort, request)
		require.NoError(t, err)
		require.LessOrEqual(t, len(page.Items), limit)
		for _, p := range page.Items {
			ids = append(ids, p.ID)
		}
		if page.NextCursor == "" {
			return ids
		}
		request.Cursor = page.NextCursor
	}
}

// requireOrdered holds the order against the values themselves; what has no value comes last in both directions.
func requireOrdered(t *testing.T, city *repositorytest.City, sort domain.ProjectSort) {
	t.Helper()
	page, err := city.Store.Projects(t.Context(), domain.ScopeAll(), domain.ProjectFilter{}, sort, domain.PageRequest{Limit: 200})
	require.NoError(t, err)
	pinyin := []string{"安托山", "宝安", "重庆路", "Alpha"}
	places := map[domain.ProjectSortKey]func(domain.Project) (place any, present bool){
		domain.SortCode:  func(p domain.Project) (any, bool) { return p.Code, true },
		domain.SortName:  func(p domain.Project) (any, bool) { return slices.Index(pinyin, p.Name), true },
		domain.SortStage: func(p domain.Project) (any, bool) { return slices.Index(domain.Stages(), p.Stage), true },
		domain.SortOwner: func(p domain.Project) (any, bool) {
			return slices.Index([]string{"宝安区水务局", "测试市交通运输局", "测试市水务局"}, p.Owner.Name), true
		},
		domain.SortCategory: func(p domain.Project) (any, bool) { return p.Category.Code, true },
		domain.SortUpdated:  func(p domain.Project) (any, bool) { return p.UpdatedAt.UnixMicro(), true },
		domain.SortInvestment: func(p domain.Project) (any, bool) {
			return fmt.Sprintf("%20s", p.Investment().Value), p.Investment().Present()
		},
		domain.SortSlip: func(p domain.Project) (any, bool) {
			if p.SlipDays == nil {
				return 0, false
			}
			return *p.SlipDays, true
		},
		domain.SortLight: func(p domain.Project) (any, bool) {
			place := slices.Index(domain.RuleLights(), p.RuleLight)
			return place, place >= 0
		},
	}
	for i := 1; i < len(page.Items); i++ {
		before, present := places[sort.Key](page.Items[i-1])
		after, follows := places[sort.Key](page.Items[i])
		require.True(t, present || !follows, "%v: a missing value before a present one", sort)
		if !follows {
			continue
		}
		if sort.Descending {
			before, after = after, before
		}
		require.LessOrEqual(t, before, after, "%v", sort)
	}
}

func TestCursorsBelongToTheirOrder(t *testing.T) {
	t.Parallel()
	city := newPortfolio(t)
	list := func(sort domain.ProjectSort, cursor string) (domain.Page[domain.Project], error) {
		return city.Store.Projects(t.Context(), domain.ScopeAll(), domain.ProjectFilter{}, sort, domain.PageRequest{Limit: 1, Cursor: cursor})
	}
	first, err := list(domain.ProjectSort{Key: domain.SortName}, "")
	require.NoError(t, err)
	encoded := func(json string) string { return base64.RawURLEncoding.EncodeToString([]byte(json)) }
	for name, c := range map[string]struct {
		key    domain.ProjectSortKey
		cursor string
	}{
		"another order":    {domain.SortCode, first.NextCursor},
		"not base64":       {domain.SortCode, "§"},
		"not JSON":         {domain.SortCode, encoded("cursor")},
		"no id":            {domain.SortCode, encoded(`{"s":"code","v":"a"}`)},
		"no value":         {domain.SortCode, encoded(`{"s":"code","i":1}`)},
		"NUL":              {domain.SortCode, encoded(`{"s":"code","v":"\u0000","i":1}`)},
		"no integer":       {domain.SortSlip, encoded(`{"s":"slip","v":"1 OR 1=1","i":1}`)},
		"too large":        {domain.SortStage, encoded(`{"s":"stage","v":"99999999999","i":1}`)},
		"no amount":        {domain.SortInvestment, encoded(`{"s":"investment","v":"NaN","i":1}`)},
		"no instant":       {domain.SortUpdated, encoded(`{"s":"updated","v":"yesterday","i":1}`)},
		"infinity":         {domain.SortUpdated, encoded(`{"s":"updated","v":"infinity","i":1}`)},
		"the other way up": {domain.SortName, strings.ToUpper(first.NextCursor)},
	} {
		_, err := list(domain.ProjectSort{Key: c.key}, c.cursor)
		require.Equal(t, domain.KindMalformed, domain.KindOf(err), "%s: %v", name, err)
		require.Equal(t, "cursor bad_cursor", codeOf(t, err), name)
	}
	_, err = list(domain.ProjectSort{Key: domain.SortName, Descending: true}, first.NextCursor)
	require.Equal(t, "cursor bad_cursor", codeOf(t, err), "the other direction")
	_, err = list(domain.ProjectSort{Key: "name; DROP TABLE project"}, "")
	require.Equal(t, "sort unknown_sort", codeOf(t, err))
}

func TestAnyTextIsOnlyText(t *testing.T) {
	t.Parallel()
	city := newPortfolio(t)
	rapid.Check(t, func(r *rapid.T) {
		text := rapid.StringMatching(`[%_\\'"@?;:$(){}\[\]水厂a-c0-9 -]{1,8}`).Draw(r, "text")
		page, err := city.Store.Projects(t.Context(), domain.ScopeAll(), domain.ProjectFilter{Text: text},
			domain.ProjectSort{Key: domain.SortCode}, domain.PageRequest{WithTotal: true})
		require.NoError(r, err)
		want := 0
		for _, p := range []struct{ haystack string }{
			{"地铁9号线 p-000001 dt9hx 测试市交通运输局 市交通运输局"}, {"宝安水厂 p-000002 宝安区水务局"},
			{`福田水厂100%_\改造 p-000003 福田区水务局`}, {"滨海大道 p-000004 bhdd 宝安区人民政府 宝安区政府"},
		} {
			for _, word := range strings.Split(p.haystack, " ") {
				if strings.Contains(word, strings.TrimSpace(text)) {
					want++
					break
				}
			}
		}
		require.Equal(r, want, page.Total, "%q", text)
	})
}
