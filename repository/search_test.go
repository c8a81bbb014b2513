package repository_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"zhongda/domain"
	"zhongda/repository/repositorytest"
)

func TestSearchRanksCodeThenBeginningThenInitialsThenAnywhere(t *testing.T) {
	t.Parallel()
	city := repositorytest.NewCity(t)
	anywhere := city.NewProject(t, repositorytest.Named("滨海光明水厂扩建"), repositorytest.Initials("bhgmsckj"), repositorytest.OwnedBy("baoan-water"))
	begins := city.NewProject(t, repositorytest.Named("光明水厂"), repositorytest.Initials("gmsc"), repositorytest.MentionedIn(13, "建成"))
	initials := city.NewProject(t, repositorytest.Named("高明隧道"), repositorytest.Initials("gmsd"))
	gone := city.NewProject(t, repositorytest.Named("光明"), repositorytest.Exited())
	find := func(scope domain.Scope, text string) (names []string) {
		found, err := city.Store.Search(t.Context(), scope, text)
		require.NoError(t, err)
		for _, p := range found.Projects {
			names = append(names, p.Name)
		}
		return names
	}
	all := domain.ScopeAll()
	require.Equal(t, []string{begins.Name, gone.Name, anywhere.Name}, find(all, "光明"))
	require.Equal(t, []string{begins.Name, initials.Name, anywhere.Name}, find(all, "GMS"), "initials in any case, from the start first")
	require.Equal(t, begins.Name, find(all, begins.Code)[0])
	require.Empty(t, find(all, "%%"), "a wildcard is a character")
	require.Equal(t, []string{anywhere.Name}, find(domain.ScopeSubtree(city.Organisation(t, "baoan").ID), "光明"))
	require.Empty(t, find(domain.Scope{}, "光明"))

	city.Exec(t, "UPDATE organisation SET initials = 'cssswj sswj' WHERE code = 'water'")
	found, err := city.Store.Search(t.Context(), all, "sswj")
	require.NoError(t, err)
	require.Equal(t, []domain.OrganisationHit{{Code: "water", Name: "测试市水务局", NameEn: "Water Bureau", ShortName: "市水务局", Projects: 3}}, found.Organisations)
	found, err = city.Store.Search(t.Context(), all, "宝安")
	require.NoError(t, err)
	require.Len(t, found.Organisations, 2)
	require.Equal(t, 1, found.Organisations[0].Projects, "with those below")
	found, err = city.Store.Search(t.Context(), all, "13")
	require.NoError(t, err)
	require.Equal(t, []domain.ColumnHit{{Number: 13, Title: "水务项目", TitleEn: "Water", Projects: 1}}, found.Columns)
}
