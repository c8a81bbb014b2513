package repository_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"zhongda/domain"
	"zhongda/repository"
	"zhongda/repository/repositorytest"
)

func TestOpenRefusesAnUnreachableDatabase(t *testing.T) {
	_, err := repository.Open(t.Context(), "postgres://nobody@localhost:1/none?connect_timeout=2", repository.Options{})
	require.Equal(t, domain.KindUnavailable, domain.KindOf(err), "%v", err)
}

func TestStoreActsAsTheWebRoleUnlessItIsTheOwners(t *testing.T) {
	t.Parallel()
	city := repositorytest.NewCity(t)
	p := city.NewProject(t)
	_, err := city.Store.UpdateProject(t.Context(), p.Project)
	require.Equal(t, "row_security", codeOf(t, err), "without an announced scope nothing is written")
	_, err = city.Owner.UpdateProject(t.Context(), p.Project)
	require.NoError(t, err)
}

func TestTxRollsBackOnErrorAndOnPanic(t *testing.T) {
	t.Parallel()
	city := repositorytest.NewCity(t)
	p := city.NewProject(t)
	before := row(t, city, p.ID)
	changed := p.Project
	changed.Summary = "不应留下"
	refusal := domain.Conflict("no")

	err := city.Store.Write(t.Context(), domain.ScopeAll(), func(tx *repository.Store) error {
		_, err := tx.UpdateProject(t.Context(), changed)
		return errors.Join(err, refusal)
	})
	require.ErrorIs(t, err, refusal)
	require.Panics(t, func() {
		_ = city.Store.Write(t.Context(), domain.ScopeAll(), func(tx *repository.Store) error {
			_, err := tx.UpdateProject(t.Context(), changed)
			require.NoError(t, err)
			panic("lost")
		})
	})
	require.Equal(t, before, row(t, city, p.ID))
}

func TestWriteScopeEndsWithItsTransaction(t *testing.T) {
	t.Parallel()
	city := repositorytest.NewCity(t)
	p := city.NewProject(t)
	one, err := repository.Open(t.Context(), city.DSN, repository.Options{MaxConns: 1})
	require.NoError(t, err)
	defer func() { require.NoError(t, one.Close()) }()
	require.NoError(t, one.Write(t.Context(), domain.ScopeAll(), func(*repository.Store) error { return nil }))
	_, err = one.UpdateProject(t.Context(), p.Project) // the very same connection
	require.Equal(t, "row_security", codeOf(t, err))
}

func TestAWaitForALockEnds(t *testing.T) {
	t.Parallel()
	city := repositorytest.NewCity(t)
	p := city.NewProject(t)
	err := city.Store.Write(t.Context(), domain.ScopeAll(), func(first *repository.Store) error {
		if err := first.LockProject(t.Context(), p.ID); err != nil {
			return err
		}
		began := time.Now()
		err := city.Store.Write(t.Context(), domain.ScopeAll(), func(second *repository.Store) error {
			return second.LockProject(t.Context(), p.ID)
		})
		require.Equal(t, domain.KindUnavailable, domain.KindOf(err), "%v", err)
		require.Less(t, time.Since(began), 8*time.Second)
		return nil
	})
	require.NoError(t, err)
}

func TestAnEndedRequestIsUnavailableNotInternal(t *testing.T) {
	t.Parallel()
	store := repositorytest.Store(t)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	_, err := store.Milestones(ctx, 1)
	require.Equal(t, domain.KindUnavailable, domain.KindOf(err), "%v", err)
}

func TestSchemaVersionIsThatOfTheLastMigration(t *testing.T) {
	t.Parallel()
	city := repositorytest.NewCity(t)
	version, err := city.Store.SchemaVersion(t.Context())
	require.NoError(t, err)
	require.Equal(t, city.Text(t, "SELECT max(version_id) FROM goose_db_version"), text(version))
}
