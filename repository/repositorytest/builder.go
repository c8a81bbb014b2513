package repositorytest

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"zhongda/domain"
	"zhongda/repository"
)

// Trait is what a test says about a project it needs.
type Trait func(*plannedProject)

// plannedProject is a project before it is written. What no trait says is as the catalogue would derive it.
type plannedProject struct {
	name        string
	initials    string
	category    string
	owner       string
	ownerRule   domain.OwnerRule
	provisional bool
	stage       domain.Stage
	standing    domain.Standing
	districts   []string
	mentions    []domain.Mention
	estimate    any
	budget      any
	account     any
	slip        any
	updated     any
}

// Named gives the project its name.
func Named(name string) Trait { return func(p *plannedProject) { p.name = name } }

// Initials gives the pinyin initials of the name.
func Initials(initials string) Trait { return func(p *plannedProject) { p.initials = initials } }

// InCategory puts the project into a category of the city.
func InCategory(code string) Trait { return func(p *plannedProject) { p.category = code } }

// OwnedBy makes the organisation answer for the project.
func OwnedBy(code string) Trait { return func(p *plannedProject) { p.owner = code } }

// InDistricts places the project; several districts make it a corridor.
func InDistricts(codes ...string) Trait { return func(p *plannedProject) { p.districts = codes } }

// AtStage puts the project where it stands in its life.
func AtStage(stage domain.Stage) Trait { return func(p *plannedProject) { p.stage = stage } }

// Confirmed says that the owner and the stage are no longer provisional.
func Confirmed() Trait {
	return func(p *plannedProject) { p.provisional, p.ownerRule = false, domain.OwnerRuleNone }
}

// Paused takes the project out of active pursuit for a while.
func Paused() Trait { return func(p *plannedProject) { p.standing = domain.StandingPaused } }

// Exited ends it for good.
func Exited() Trait { return func(p *plannedProject) { p.standing = domain.StandingExited } }

// MentionedIn names the project in a column of the plan with a governing verb. Repeated, it adds mentions.
func MentionedIn(column int, verb string) Trait {
	return func(p *plannedProject) {
		p.mentions = append(p.mentions, domain.Mention{Column: column, Commitment: verb})
	}
}

// Estimated gives the estimate 估算 in 元.
func Estimated(yuan string) Trait { return func(p *plannedProject) { p.estimate = yuan } }

// Budgeted gives the budget 概算 in 元.
func Budgeted(yuan string) Trait { return func(p *plannedProject) { p.budget = yuan } }

// Settled gives the final account 决算 in 元.
func Settled(yuan string) Trait { return func(p *plannedProject) { p.account = yuan } }

// Slipped says how many days late the worst forecast is.
func Slipped(days int) Trait { return func(p *plannedProject) { p.slip = days } }

// UpdatedAt says when the project last changed, as an RFC 3339 instant.
func UpdatedAt(instant string) Trait { return func(p *plannedProject) { p.updated = instant } }

// NewProject writes a project and returns it as the store reads it.
func (c *City) NewProject(t testing.TB, traits ...Trait) domain.ProjectDetail {
	t.Helper()
	number := c.projects.Add(1)
	p := plannedProject{
		name: fmt.Sprintf("项目%d", number), category: "water-plant", owner: "water", ownerRule: domain.OwnerRuleMunicipal,
		provisional: true, stage: domain.StageReserve, standing: domain.StandingActive,
	}
	for _, trait := range traits {
		trait(&p)
	}
	id := c.insertProject(t, fmt.Sprintf("P-%06d", number), p)
	for _, district := range p.districts {
		c.Exec(t, "INSERT INTO project_district VALUES ($1, $2)", id, district)
	}
	for _, m := range p.mentions {
		c.Exec(t, `INSERT INTO plan_mention (project_id, column_number, ordinal, group_name, name, commitment, target)
			SELECT $1, $2, (SELECT count(*) + 1 FROM plan_mention WHERE column_number = $2), '', $3, verb, target
			FROM commitment WHERE verb = $4`, id, m.Column, p.name, m.Commitment)
	}
	c.Exec(t, `UPDATE project SET target = coalesce((SELECT m.target FROM plan_mention m WHERE m.project_id = id
		ORDER BY array_position($2::text[], m.target) LIMIT 1), 'none') WHERE id = $1`, id, domain.Targets())
	detail, err := c.Store.Project(t.Context(), domain.ScopeAll(), id)
	require.NoError(t, err)
	return detail
}

func (c *City) insertProject(t testing.TB, code string, p plannedProject) int64 {
	t.Helper()
	return c.insert(t, `INSERT INTO project (code, name, initials, category_code, owner_organisation_id, owner_provisional,
			owner_rule, stage, stage_provisional, standing, standing_reason, standing_document, standing_since, target,
			estimate, estimate_missing, budget, budget_missing, final_account, final_account_missing, slip_days, updated_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $6, $9, '说明', '文件', '2026-06-30', 'none',
			$10::numeric, CASE WHEN $10::numeric IS NULL THEN 'not_filled' ELSE '' END,
			$11::numeric, CASE WHEN $11::numeric IS NULL THEN 'not_filled' ELSE '' END,
			$12::numeric, CASE WHEN $12::numeric IS NULL THEN 'not_filled' ELSE '' END,
			$13, coalesce($14::timestamptz, app_now()))
		RETURNING id`,
		code, p.name, p.initials, p.category, c.Organisation(t, p.owner).ID, p.provisional, string(p.ownerRule),
		string(p.stage), string(p.standing), p.estimate, p.budget, p.account, p.slip, p.updated)
}

// NewMilestone writes a milestone past every rule, as a scene needs it, and returns it with its id. It does not touch
// the project's slip.
func (c *City) NewMilestone(t testing.TB, m domain.Milestone) domain.Milestone {
	t.Helper()
	if m.Kind == "" {
		m.Kind = domain.MilestoneOther
	}
	if m.Name == "" {
		m.Name = "节点"
	}
	err := c.Owner.Tx(t.Context(), func(tx *repository.Store) (err error) {
		m, err = tx.CreateMilestone(t.Context(), m)
		return err
	})
	require.NoError(t, err)
	return m
}

// NewUser writes an enabled account that cannot sign in, with its roles.
func (c *City) NewUser(t testing.TB, username, organisation string, roles ...domain.Role) domain.User {
	t.Helper()
	o := c.Organisation(t, organisation)
	u := domain.User{Username: username, DisplayName: username, Organisation: o, Roles: roles, Version: 1}
	u.ID = c.insert(t, `INSERT INTO app_user (username, display_name, organisation_id, password_hash, must_change_password)
		VALUES ($1, $1, $2, 'none', false) RETURNING id`, username, o.ID)
	for _, role := range roles {
		c.Exec(t, "INSERT INTO role_grant (user_id, role) VALUES ($1, $2)", u.ID, string(role))
	}
	return u
}

// Day is the plan date of one day, written "2027-06-30".
func Day(t testing.TB, iso string) *domain.PlanDate {
	t.Helper()
	date, err := domain.ParseDate(iso)
	require.NoError(t, err)
	return &domain.PlanDate{Date: date, Precision: domain.PrecisionDay}
}
