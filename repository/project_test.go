package repository_test

import (
	"errors"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"zhongda/domain"
	"zhongda/repository"
	"zhongda/repository/repositorytest"
)

// write changes the project as an actor with this scope would.
func write(t *testing.T, city *repositorytest.City, scope domain.Scope, p domain.Project) (version int64, err error) {
	t.Helper()
	err = city.Store.Write(t.Context(), scope, func(tx *repository.Store) error {
		var err error
		version, err = tx.UpdateProject(t.Context(), p)
		return err
	})
	return version, err
}

func TestProjectIsReadWhole(t *testing.T) {
	t.Parallel()
	city := newPortfolio(t)
	detail, err := city.Store.Project(t.Context(), domain.ScopeAll(), 1)
	require.NoError(t, err)
	require.Equal(t, "地铁9号线", detail.Name)
	require.Equal(t, []domain.Mention{
		{ProjectID: 1, Column: 2, ColumnTitle: "工业项目", ColumnTitleEn: "Industry", Ordinal: 1, Name: detail.Name, Commitment: "研究", Target: domain.TargetNone},
		{ProjectID: 1, Column: 12, ColumnTitle: "交通项目", ColumnTitleEn: "Transport", Ordinal: 1, Name: detail.Name, Commitment: "建成", Target: domain.TargetCompleted},
	}, detail.Mentions)
	require.Len(t, detail.Milestones, 1)
	require.Equal(t, detail.Milestones[0], *detail.NextMilestone)

	bureau := domain.ScopeSubtree(city.Organisation(t, "baoan").ID)
	for name, read := range map[string]domain.Scope{"foreign": bureau, "none": {}} {
		_, err = city.Store.Project(t.Context(), read, 1)
		require.Equal(t, "project_not_found", codeOf(t, err), name)
	}
	_, err = city.Store.Project(t.Context(), domain.ScopeAll(), 999)
	require.Equal(t, "project_not_found", codeOf(t, err))
}

func TestUpdateWritesEveryFieldAndClearsIt(t *testing.T) {
	t.Parallel()
	city := repositorytest.NewCity(t)
	old := city.NewProject(t, repositorytest.Estimated("5.00"))
	successor := city.NewProject(t)
	amount := func(s string) domain.Amount {
		money, err := domain.ParseMoney(s)
		require.NoError(t, err)
		return domain.NewAmount(money)
	}
	full := old.Project
	full.Owner, full.OwnerProvisional, full.OwnerRule = city.Organisation(t, "baoan"), false, domain.OwnerRuleNone
	full.Stage, full.StageProvisional = domain.StageTransferred, false
	full.Standing, full.StandingReason, full.StandingDocument = domain.StandingExited, "合并", "深发改〔2027〕1号"
	full.StandingSince, full.SuccessorCode = domain.NewDate(2027, 3, 31), successor.Code
	full.ConstructionUnit, full.NationalCode, full.Summary, full.InternalNote = "建设集团", "2026-440306-48-01-000001", "概况", "内部"
	full.Estimate = domain.Amount{Missing: domain.MissingWithheld, Basis: "保密法"}
	full.Budget, full.FinalAccount = amount("9999999999999999.99"), amount("0")
	version, err := write(t, city, domain.ScopeAll(), full)
	require.NoError(t, err)
	require.Equal(t, old.Version+1, version)
	requireStored(t, city, full, version)

	empty := full
	empty.Version, empty.SuccessorCode, empty.Standing, empty.StandingReason, empty.StandingDocument = version, "", domain.StandingActive, "", ""
	empty.StandingSince, empty.ConstructionUnit, empty.NationalCode, empty.Summary, empty.InternalNote = domain.Date{}, "", "", "", ""
	empty.Estimate, empty.Budget, empty.FinalAccount = domain.NotFilled(), domain.NotFilled(), domain.NotFilled()
	version, err = write(t, city, domain.ScopeAll(), empty)
	require.NoError(t, err)
	requireStored(t, city, empty, version)
}

// requireStored compares the amounts by value, and everything but what the database itself sets.
func requireStored(t *testing.T, city *repositorytest.City, want domain.Project, version int64) {
	t.Helper()
	detail, err := city.Store.Project(t.Context(), domain.ScopeAll(), want.ID)
	require.NoError(t, err)
	got := detail.Project
	for _, pair := range [][2]domain.Amount{{want.Estimate, got.Estimate}, {want.Budget, got.Budget}, {want.FinalAccount, got.FinalAccount}} {
		require.Equal(t, pair[0].Value.String(), pair[1].Value.String())
		require.Equal(t, pair[0].Missing, pair[1].Missing)
		require.Equal(t, pair[0].Basis, pair[1].Basis)
	}
	require.True(t, got.UpdatedAt.After(want.UpdatedAt))
	want.Version, want.UpdatedAt = version, got.UpdatedAt
	want.Estimate, want.Budget, want.FinalAccount = got.Estimate, got.Budget, got.FinalAccount
	want.Owner.Projects = 0
	require.Equal(t, want, got)
}

func TestOneOfFiftyWritersWins(t *testing.T) {
	t.Parallel()
	city := repositorytest.NewCity(t)
	p := city.NewProject(t)
	var wg sync.WaitGroup
	results := make([]error, 50)
	for i := range results {
		wg.Go(func() { _, results[i] = write(t, city, domain.ScopeAll(), p.Project) })
	}
	wg.Wait()
	won := 0
	for _, err := range results {
		if err == nil {
			won++
			continue
		}
		require.Equal(t, "stale_version", codeOf(t, err))
		var stale *domain.Error
		require.ErrorAs(t, err, &stale)
		require.Equal(t, p.Version+1, stale.CurrentVersion)
	}
	require.Equal(t, 1, won)
	require.Equal(t, text(p.Version+1), city.Text(t, "SELECT version FROM project WHERE id = $1", p.ID))
}

func TestRowSecurityKeepsForeignProjects(t *testing.T) {
	t.Parallel()
	city := repositorytest.NewCity(t)
	foreign := city.NewProject(t, repositorytest.OwnedBy("futian-water"))
	own := city.NewProject(t, repositorytest.OwnedBy("baoan-water"))
	m := city.NewMilestone(t, domain.Milestone{ProjectID: foreign.ID})
	bureau := domain.ScopeSubtree(city.Organisation(t, "baoan").ID)
	before, milestoneBefore := row(t, city, foreign.ID), city.Text(t, "SELECT m::text FROM milestone m WHERE id = $1", m.ID)

	for name, scope := range map[string]domain.Scope{"another bureau": bureau, "no scope": {}, "unknown root": domain.ScopeSubtree(999)} {
		for action, act := range map[string]func(tx *repository.Store) error{
			"update": func(tx *repository.Store) error { _, err := tx.UpdateProject(t.Context(), foreign.Project); return err },
			"slip":   func(tx *repository.Store) error { return tx.SetProjectSlip(t.Context(), foreign.ID, pointer(1)) },
			"lock":   func(tx *repository.Store) error { return tx.LockProject(t.Context(), foreign.ID) },
			"stage change": func(tx *repository.Store) error {
				return tx.AddStageChange(t.Context(), domain.StageChange{
					ProjectID: foreign.ID, From: domain.StageReserve, To: domain.StageConceived, Reason: "退回", DecidedBy: "谁", DecidedAt: time.Now(),
				})
			},
			"milestone update": func(tx *repository.Store) error { _, err := tx.UpdateMilestone(t.Context(), m); return err },
			"milestone create": func(tx *repository.Store) error {
				_, err := tx.CreateMilestone(t.Context(), domain.Milestone{ProjectID: foreign.ID, Kind: domain.MilestoneOther, Name: "节点"})
				return err
			},
		} {
			err := city.Store.Write(t.Context(), scope, act)
			require.Contains(t, []domain.Kind{domain.KindForbidden, domain.KindNotFound}, domain.KindOf(err), "%s by %s: %v", action, name, err)
		}
	}
	require.Equal(t, before, row(t, city, foreign.ID))
	require.Equal(t, milestoneBefore, city.Text(t, "SELECT m::text FROM milestone m WHERE id = $1", m.ID))
	require.Equal(t, "1 0", city.Text(t, "SELECT (SELECT count(*) FROM milestone) || ' ' || (SELECT count(*) FROM stage_change)"))

	_, err := write(t, city, bureau, own.Project)
	require.NoError(t, err, "a district government writes for the bureaus below it")
	given := own.Project
	given.Version, given.Owner = own.Version+1, city.Organisation(t, "futian")
	_, err = write(t, city, bureau, given)
	require.Equal(t, "row_security", codeOf(t, err), "a project cannot be handed out of the subtree")
}

func TestAbsentProjectsAreNotFound(t *testing.T) {
	t.Parallel()
	city := repositorytest.NewCity(t)
	p := city.NewProject(t).Project
	p.ID = 999
	_, err := write(t, city, domain.ScopeAll(), p)
	require.Equal(t, "project_not_found", codeOf(t, err))
	for _, act := range []func(tx *repository.Store) error{
		func(tx *repository.Store) error { return tx.LockProject(t.Context(), 999) },
		func(tx *repository.Store) error { return tx.SetProjectSlip(t.Context(), 999, nil) },
	} {
		require.Equal(t, "project_not_found", codeOf(t, city.Store.Write(t.Context(), domain.ScopeAll(), act)))
	}
}

func TestStageChangesAndSlipAreKept(t *testing.T) {
	t.Parallel()
	city := repositorytest.NewCity(t)
	p := city.NewProject(t)
	at := time.Date(2026, 11, 23, 16, 0, 0, 0, time.UTC)
	change := domain.StageChange{
		ProjectID: p.ID, From: p.Stage, To: domain.StagePreliminary, Reason: "可研已批", Evidence: "深发改〔2026〕9号", DecidedBy: "审核员", DecidedAt: at,
	}
	require.NoError(t, city.Store.Write(t.Context(), domain.ScopeAll(), func(tx *repository.Store) error {
		return errors.Join(tx.AddStageChange(t.Context(), change), tx.SetProjectSlip(t.Context(), p.ID, pointer(-3)))
	}))
	require.Equal(t, "reserve preliminary 可研已批 深发改〔2026〕9号 审核员 true", city.Text(t,
		`SELECT concat_ws(' ', from_stage, to_stage, reason, evidence, decided_by, CASE decided_at WHEN $2::timestamptz THEN 'true' END)
		FROM stage_change WHERE project_id = $1`, p.ID, at))
	detail, err := city.Store.Project(t.Context(), domain.ScopeAll(), p.ID)
	require.NoError(t, err)
	require.Equal(t, -3, *detail.SlipDays)
	require.Equal(t, p.Version, detail.Version, "the slip is derived and has no version")
}

func TestEditorsAreThoseOnThePathWithTheRole(t *testing.T) {
	t.Parallel()
	city := repositorytest.NewCity(t)
	city.NewUser(t, "above", "baoan", domain.RoleBureauLead)
	editor := city.NewUser(t, "editor", "baoan-water", domain.RoleBureauEditor, domain.RoleBureauLead)
	gone := city.NewUser(t, "gone", "baoan-water", domain.RoleBureauEditor)
	city.Exec(t, "UPDATE app_user SET disabled = true WHERE id = $1", gone.ID)
	city.NewUser(t, "reader", "baoan-water", domain.RoleManager)
	city.NewUser(t, "foreign", "futian-water", domain.RoleBureauEditor)

	editors, err := city.Store.ProjectEditors(t.Context(), city.Organisation(t, "baoan-water"))
	require.NoError(t, err)
	require.Equal(t, []string{"above", "editor"}, []string{editors[0].Username, editors[1].Username})
	require.Len(t, editors, 2)
	require.Equal(t, editor.Roles, editors[1].Roles)
	require.Equal(t, "baoan-water", editors[1].Organisation.Code)
}
