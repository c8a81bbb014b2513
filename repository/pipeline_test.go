package repository_test

import (
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"zhongda/domain"
	"zhongda/repository/repositorytest"
)

// TestPipelineEqualsTheProjectsAddedOneByOne computes every figure a second time, in Go, from the list and the domain's rules.
func TestPipelineEqualsTheProjectsAddedOneByOne(t *testing.T) {
	t.Parallel()
	city := repositorytest.NewCity(t)
	for seed := range 80 {
		city.NewProject(t, rapid.Custom(anyTraits).Example(seed)...)
	}
	for range 3 {
		city.NewProject(t, repositorytest.Estimated(domain.MaxMoney)) // a sum may be more than any record holds
	}
	reached := city.NewProject(t)
	city.NewMilestone(t, domain.Milestone{ProjectID: reached.ID, Actual: domain.NewDate(2026, 1, 31),
		Baseline: repositorytest.Day(t, "2026-01-01"), CurrentBaseline: repositorytest.Day(t, "2026-01-01")})
	late := city.NewProject(t, repositorytest.Slipped(31))
	city.NewMilestone(t, domain.Milestone{ProjectID: late.ID, Baseline: repositorytest.Day(t, "2026-04-10"), CurrentBaseline: repositorytest.Day(t, "2026-04-10")})

	for name, filter := range map[string]domain.ProjectFilter{
		"all": {Today: today}, "column": {Columns: []int{13}, Today: today}, "nothing": {Owners: []string{"drc"}, Today: today},
	} {
		got, err := city.Store.Pipeline(t.Context(), domain.ScopeAll(), filter, today)
		require.NoError(t, err)
		page, err := city.Store.Projects(t.Context(), domain.ScopeAll(), filter, domain.ProjectSort{Key: domain.SortCode}, domain.PageRequest{Limit: 200})
		require.NoError(t, err)
		require.Empty(t, page.NextCursor)
		requirePipelineOf(t, city, name, filter, page.Items, got)
	}
}

func anyTraits(r *rapid.T) []repositorytest.Trait {
	traits := []repositorytest.Trait{
		repositorytest.InCategory(rapid.SampledFrom([]string{"transport", "transport-rail", "water", "water-plant"}).Draw(r, "category")),
		repositorytest.OwnedBy(rapid.SampledFrom([]string{"water", "baoan-water", "futian"}).Draw(r, "owner")),
		repositorytest.AtStage(rapid.SampledFrom(domain.Stages()).Draw(r, "stage")),
		repositorytest.InDistricts(rapid.SampledFrom([][]string{{}, {"440304"}, {"440304", "440306"}}).Draw(r, "districts")...),
	}
	for range rapid.IntRange(0, 3).Draw(r, "mentions") {
		traits = append(traits, repositorytest.MentionedIn(rapid.SampledFrom([]int{2, 12, 13}).Draw(r, "column"),
			rapid.SampledFrom([]string{"建成", "开工建设", "加快建设", "规划建设", "研究"}).Draw(r, "verb")))
	}
	cents := rapid.Int64Range(0, 999999999999999999).Draw(r, "cents")
	if amount := decimal.New(cents, -2).StringFixed(2); cents%3 > 0 {
		traits = append(traits, repositorytest.Estimated(amount))
	}
	if cents%5 == 0 {
		traits = append(traits, repositorytest.Confirmed())
	}
	switch cents % 7 {
	case 0:
		traits = append(traits, repositorytest.Paused())
	case 1:
		traits = append(traits, repositorytest.Exited())
	case 2:
		traits = append(traits, repositorytest.Slipped(int(cents%200)-50))
	}
	return traits
}

func requirePipelineOf(t *testing.T, city *repositorytest.City, name string, filter domain.ProjectFilter, projects []domain.Project, got domain.Pipeline) {
	t.Helper()
	always := func(domain.Project) bool { return true }
	require.Equal(t, today, got.AsOf)
	require.Equal(t, len(projects), got.Projects, name)
	requireSum(t, projects, always, got.Investment)
	require.Equal(t, count(projects, func(p domain.Project) bool { return p.OwnerProvisional }), got.Provisional.Owner)
	require.Equal(t, count(projects, func(p domain.Project) bool { return p.StageProvisional }), got.Provisional.Stage)

	require.Len(t, got.Stages, len(domain.Stages()))
	for i, stage := range domain.Stages() {
		at := func(p domain.Project) bool { return p.Stage == stage }
		require.Equal(t, stage, got.Stages[i].Stage)
		require.Equal(t, count(projects, at), got.Stages[i].Projects)
		require.Equal(t, got.Stages[i].Projects, got.Stages[i].Active+got.Stages[i].Paused+got.Stages[i].Exited)
		require.Equal(t, count(projects, func(p domain.Project) bool { return at(p) && p.Standing == domain.StandingPaused }), got.Stages[i].Paused)
		require.Equal(t, count(projects, func(p domain.Project) bool { return at(p) && p.Standing == domain.StandingExited }), got.Stages[i].Exited)
		requireSum(t, projects, at, got.Stages[i].Investment)
	}
	covered := 0
	for _, line := range got.ByCategory {
		in := func(p domain.Project) bool { return p.TopCategory.Code == line.Category.Code }
		require.Equal(t, count(projects, in), line.Projects)
		requireSum(t, projects, in, line.Investment)
		for stage, n := range line.Stages {
			require.Equal(t, count(projects, func(p domain.Project) bool { return in(p) && p.Stage == stage }), n)
		}
		covered += line.Projects
	}
	require.Equal(t, len(projects), covered)
	for _, line := range got.ByDistrict {
		in := func(p domain.Project) bool {
			return len(p.Districts) > 0 && (p.Districts[0].Code == line.District.Code || p.Districts[len(p.Districts)-1].Code == line.District.Code)
		}
		require.Equal(t, count(projects, in), line.Projects)
		requireSum(t, projects, in, line.Investment)
	}
	for _, line := range got.ByOwner {
		owned := func(p domain.Project) bool { return p.Owner.ID == line.Owner.ID }
		require.Equal(t, count(projects, owned), line.Projects)
		require.Equal(t, count(projects, func(p domain.Project) bool { return owned(p) && p.OwnerProvisional }), line.Provisional)
		require.Equal(t, city.Organisation(t, line.Owner.Code), withoutProjects(line.Owner))
	}
	requireColumns(t, city, projects, got)
	for against, counts := range map[domain.SlipBaseline]domain.SlipCount{domain.SlipOriginal: got.Slip.Original, domain.SlipCurrent: got.Slip.Current} {
		binned := 0
		for _, bin := range domain.SlipBins() {
			chosen := filter
			chosen.Slips, chosen.SlipAgainst = []domain.SlipBin{bin}, against
			require.Len(t, names(t, city, domain.ScopeAll(), chosen), counts[bin], "%s: %s against the %s baseline", name, bin, against)
			binned += counts[bin]
		}
		require.Equal(t, len(projects), binned, "every project is in one bin")
	}
	for _, line := range got.ByOwner {
		chosen, aDay := filter, 1
		chosen.Owners, chosen.LateByDays = []string{line.Owner.Code}, &aDay
		require.Len(t, names(t, city, domain.ScopeAll(), chosen), line.Late, "%s: late of %s", name, line.Owner.Code)
	}
	for days, n := range map[int]int{1: got.Late.Any, 31: got.Late.Over30, 91: got.Late.Over90} {
		filter.LateByDays = &days
		require.Len(t, names(t, city, domain.ScopeAll(), filter), n, "%s: late by %d days", name, days)
	}
}

// requireColumns asks the domain which promises are kept.
func requireColumns(t *testing.T, city *repositorytest.City, projects []domain.Project, got domain.Pipeline) {
	t.Helper()
	require.Len(t, got.ByColumn, 4, "columns without a project stay listed")
	want := map[int]*domain.ColumnSummary{}
	for _, line := range got.ByColumn {
		want[line.Column.Number] = &domain.ColumnSummary{Column: line.Column, Targets: map[domain.Target]int{}, Stages: map[domain.Stage]int{}, Promises: domain.PromiseCount{}}
	}
	for _, p := range projects {
		detail, err := city.Store.Project(t.Context(), domain.ScopeAll(), p.ID)
		require.NoError(t, err)
		inColumn := map[int][]domain.Mention{}
		for _, m := range detail.Mentions {
			inColumn[m.Column] = append(inColumn[m.Column], m)
		}
		for number, mentions := range inColumn {
			target := domain.StrongestTarget(mentions)
			line := want[number]
			line.Projects++
			line.Mentions += len(mentions)
			line.Targets[target]++
			line.Stages[p.Stage]++
			if _, ok := target.Goal(); !ok {
				line.Promises["none"]++
				continue
			}
			line.Promised++
			switch {
			case target.KeptBy(p.Stage) && !p.StageProvisional:
				line.Kept++
				line.Promises["kept"]++
			case p.Standing == domain.StandingExited:
				line.Promises["lapsed"]++
			case p.StageProvisional:
				line.Unconfirmed++
				line.Promises["unconfirmed"]++
			default:
				line.Promises["on_the_way"]++
			}
		}
	}
	for _, line := range got.ByColumn {
		require.Equal(t, *want[line.Column.Number], line)
	}
}

func count(projects []domain.Project, has func(domain.Project) bool) (n int) {
	for _, p := range projects {
		if has(p) {
			n++
		}
	}
	return n
}

func requireSum(t *testing.T, projects []domain.Project, has func(domain.Project) bool, got domain.Sum) {
	t.Helper()
	total, filled := decimal.Zero, 0
	for _, p := range projects {
		if amount := p.Investment(); has(p) && amount.Present() {
			total = total.Add(decimal.RequireFromString(amount.Value.String()))
			filled++
		}
	}
	require.Equal(t, total.StringFixed(2), got.Total.String())
	require.Equal(t, filled, got.Filled)
	require.Equal(t, count(projects, has), got.Of)
}

func withoutProjects(o domain.Organisation) domain.Organisation {
	o.Projects = 0
	return o
}
