package repository_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"zhongda/domain"
	"zhongda/repository/repositorytest"
)

func TestReferenceListsCountProjects(t *testing.T) {
	t.Parallel()
	city := repositorytest.NewCity(t)
	city.NewProject(t, repositorytest.InCategory("transport-rail"), repositorytest.OwnedBy("baoan-water"),
		repositorytest.InDistricts("440304", "440306"), repositorytest.MentionedIn(12, "建成"), repositorytest.MentionedIn(12, "加快建设"))
	city.NewProject(t, repositorytest.InCategory("transport-road"), repositorytest.OwnedBy("baoan-water"),
		repositorytest.InDistricts("440306"), repositorytest.MentionedIn(13, "建成"))
	ctx := t.Context()

	columns, err := city.Store.Columns(ctx)
	require.NoError(t, err)
	require.Equal(t, domain.Column{
		Number: 12, Title: "交通项目", TitleEn: "Transport", Chapter: "第七章", Section: "第一节", Mentions: 2, Projects: 1,
	}, columns[1])
	require.Equal(t, 20, columns[3].Number, "a column without a project stays listed")
	require.Zero(t, columns[3].Mentions)

	commitments, err := city.Store.Commitments(ctx)
	require.NoError(t, err)
	require.Len(t, commitments, 5)
	require.Equal(t, domain.Commitment{
		Verb: "建成", VerbEn: "complete", Target: domain.TargetCompleted, FirstStage: domain.StageImplementation, Mentions: 2,
	}, commitments[0])

	districts, err := city.Store.Districts(ctx)
	require.NoError(t, err)
	counts := map[string]int{}
	for _, d := range districts {
		counts[d.Code] = d.Projects
	}
	require.Equal(t, map[string]int{"440300": 2, "440304": 1, "440306": 2}, counts, "a corridor counts in each district, once in the city")

	categories, err := city.Store.Categories(ctx)
	require.NoError(t, err)
	require.Equal(t, domain.Category{
		Code: "transport", Name: "综合交通", NameEn: "Transport", OC4IDSSector: "transport", MunicipalOwner: "transport", Projects: 2,
	}, categories[0])
	require.Equal(t, domain.Category{
		Code: "transport-rail", ParentCode: "transport", Name: "轨道交通", NameEn: "Rail", OC4IDSSector: "transport.rail",
		MunicipalOwner: "transport", Projects: 1,
	}, categories[1])
}

func TestOrganisationsComeParentsFirst(t *testing.T) {
	t.Parallel()
	city := repositorytest.NewCity(t)
	city.NewProject(t, repositorytest.OwnedBy("baoan-water"))
	organisations, err := city.Store.Organisations(t.Context())
	require.NoError(t, err)
	require.Len(t, organisations, 8)
	seen := map[int64]bool{0: true}
	for _, o := range organisations {
		require.True(t, seen[o.ParentID], "%s comes before its parent", o.Code)
		require.Equal(t, o.ID, o.Path[len(o.Path)-1])
		seen[o.ID] = true
	}
	bureau, err := city.Store.Organisation(t.Context(), city.Organisation(t, "baoan-water").ID)
	require.NoError(t, err)
	require.Equal(t, 1, bureau.Projects)
	require.Equal(t, "宝安区水务局", bureau.Name)
	require.Equal(t, city.Organisation(t, "baoan").ID, bureau.ParentID)
	_, err = city.Store.Organisation(t.Context(), 777)
	require.Equal(t, "organisation_not_found", codeOf(t, err))
}

func TestPlanAndIndicators(t *testing.T) {
	t.Parallel()
	db := repositorytest.New(t)
	_, err := db.Store.Plan(t.Context())
	require.Equal(t, "plan_not_found", codeOf(t, err))
	db.Exec(t, `INSERT INTO plan VALUES ('old', '旧', 'Old', '2021-01-01', '2025-12-31'), ('new', '新', 'New', '2026-01-01', '2030-12-31')`)
	db.Exec(t, `INSERT INTO indicator VALUES (2, '民生', '寿命', '岁', 'binding', '84', 'plain', '≥85', 'minimum'),
		(1, '经济', '增长', '%', 'expected', '', 'none', '5', 'annual_mean')`)
	plan, err := db.Store.Plan(t.Context())
	require.NoError(t, err)
	require.Equal(t, domain.Plan{Code: "new", Name: "新", NameEn: "New", Start: domain.NewDate(2026, 1, 1), Horizon: domain.NewDate(2030, 12, 31)}, plan)
	indicators, err := db.Store.Indicators(t.Context())
	require.NoError(t, err)
	require.Equal(t, []domain.Indicator{
		{Number: 1, Group: "经济", Name: "增长", Unit: "%", Nature: "expected", Value2025Kind: "none", Target2030: "5", Target2030Kind: "annual_mean"},
		{Number: 2, Group: "民生", Name: "寿命", Unit: "岁", Nature: "binding", Value2025: "84", Value2025Kind: "plain", Target2030: "≥85", Target2030Kind: "minimum"},
	}, indicators)
}
