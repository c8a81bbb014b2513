package repository_test

import (
	"context"
	"errors"
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"zhongda/domain"
	"zhongda/repository/repositorytest"
)

func TestAnExportIsTheListHoweverLong(t *testing.T) {
	t.Parallel()
	city := repositorytest.NewCity(t)
	for range 3 {
		city.NewProject(t, repositorytest.Estimated("0.01"), repositorytest.OwnedBy("water"))
	}
	city.NewProject(t, repositorytest.OwnedBy("futian"))
	const copies = 400 // more than one batch
	city.Exec(t, fmt.Sprintf(`INSERT INTO project (code, name, category_code, owner_organisation_id, stage, standing, target, estimate, estimate_missing, initials)
		SELECT p.code || '-' || n, p.name, p.category_code, p.owner_organisation_id, p.stage, p.standing, p.target, p.estimate, p.estimate_missing, p.initials
		FROM project p, generate_series(1, %d) n`, copies))
	filter := domain.ProjectFilter{OwnerTrees: []string{"water"}, Today: today}
	sort := domain.ProjectSort{Key: domain.SortName, Descending: true}
	var summary domain.ExportSummary
	var got []string
	err := city.Store.ExportProjects(t.Context(), domain.ScopeAll(), filter, sort,
		func(s domain.ExportSummary) error { summary = s; return nil },
		func(part []domain.Project) error {
			for _, p := range part {
				require.Empty(t, p.InternalNote)
				got = append(got, p.Code)
			}
			return nil
		})
	require.NoError(t, err)
	var want []string
	page := domain.PageRequest{Limit: 200}
	for {
		listed, err := city.Store.Projects(t.Context(), domain.ScopeAll(), filter, sort, page)
		require.NoError(t, err)
		for _, p := range listed.Items {
			want = append(want, p.Code)
		}
		if page.Cursor = listed.NextCursor; page.Cursor == "" {
			break
		}
	}
	require.Len(t, want, 3*(copies+1))
	require.Equal(t, want, got)
	require.Equal(t, len(want), summary.Projects)
	require.Equal(t, fmt.Sprintf("%d.%02d", len(want)/100, len(want)%100), summary.Investment.Total.String())

	err = city.Store.ExportProjects(t.Context(), domain.Scope{}, filter, sort,
		func(s domain.ExportSummary) error { require.Zero(t, s.Projects); return nil },
		func([]domain.Project) error { return errors.New("the empty scope reads nothing") })
	require.NoError(t, err)
}

// A reader who goes ends the reading, and leaves no transaction behind.
func TestAnExportEndsWithItsReader(t *testing.T) {
	t.Parallel()
	city := repositorytest.NewCity(t)
	city.NewProject(t)
	gone := errors.New("gone")
	all := domain.ProjectSort{Key: domain.SortCode}
	accept := func(domain.ExportSummary) error { return nil }
	err := city.Store.ExportProjects(t.Context(), domain.ScopeAll(), domain.ProjectFilter{}, all, accept, func([]domain.Project) error { return gone })
	require.ErrorIs(t, err, gone)
	err = city.Store.ExportProjects(t.Context(), domain.ScopeAll(), domain.ProjectFilter{}, all, func(domain.ExportSummary) error { return gone }, nil)
	require.ErrorIs(t, err, gone)
	ctx, leave := context.WithCancel(t.Context())
	err = city.Store.ExportProjects(ctx, domain.ScopeAll(), domain.ProjectFilter{}, all, accept, func([]domain.Project) error { leave(); return nil })
	require.Error(t, err)
	require.Zero(t, city.Store.Stats().InUse)
}
