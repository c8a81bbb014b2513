package repository

import (
	"context"

	"zhongda/domain"
)

// Project reads one project with its mentions and milestones. One outside the read scope is NotFound like an absent one.
func (s *Store) Project(ctx context.Context, read domain.Scope, id int64) (domain.ProjectDetail, error) {
	var filter conditions
	filter.within(read, "read_root")
	filter.add("id", "p.id = @id", arguments{"id": id})
	var rows []projectListRow
	query := "SELECT " + projectColumns + ", " + projectTexts + "\nFROM " + projectTables + "\nWHERE " + filter.where()
	if err := s.query(ctx, query, filter.arguments()).Scan(&rows).Error; err != nil {
		return domain.ProjectDetail{}, failure("read a project", err)
	}
	if len(rows) == 0 {
		return domain.ProjectDetail{}, domain.NotFound("project_not_found")
	}
	projects, err := s.completeProjects(ctx, rows)
	if err != nil {
		return domain.ProjectDetail{}, failure("read a project", err)
	}
	detail := domain.ProjectDetail{Project: projects[0]}
	if detail.Mentions, err = s.mentions(ctx, id); err != nil {
		return domain.ProjectDetail{}, failure("read a project's mentions", err)
	}
	if detail.Relatives, err = s.Relatives(ctx, id); err != nil {
		return domain.ProjectDetail{}, err
	}
	detail.Milestones, err = s.Milestones(ctx, id)
	return detail, err
}

type mentionRow struct {
	ProjectID     int64
	ColumnNumber  int
	ColumnTitle   string
	ColumnTitleEn string
	Ordinal       int
	GroupName     string
	Name          string
	Commitment    string
	Target        string
}

func (s *Store) mentions(ctx context.Context, projectID int64) ([]domain.Mention, error) {
	const query = `SELECT m.project_id, m.column_number, c.title AS column_title, c.title_en AS column_title_en,
			m.ordinal, m.group_name, m.name, m.commitment, m.target
		FROM plan_mention m JOIN plan_column c ON c.number = m.column_number
		WHERE m.project_id = ? ORDER BY m.column_number, m.ordinal`
	var rows []mentionRow
	if err := s.conn(ctx).Raw(query, projectID).Scan(&rows).Error; err != nil {
		return nil, err
	}
	mentions := make([]domain.Mention, len(rows))
	for i, r := range rows {
		mentions[i] = domain.Mention{
			ProjectID: r.ProjectID, Column: r.ColumnNumber, ColumnTitle: r.ColumnTitle, ColumnTitleEn: r.ColumnTitleEn,
			Ordinal: r.Ordinal, Group: r.GroupName, Name: r.Name, Commitment: r.Commitment, Target: domain.Target(r.Target),
		}
	}
	return mentions, nil
}

// UpdateProject writes everything a bureau or the Commission may change, if the project still has p.Version, and returns
// the new version. Else it is StaleVersion with the current one, NotFound, or Forbidden outside the announced write scope.
func (s *Store) UpdateProject(ctx context.Context, p domain.Project) (newVersion int64, err error) {
	const query = `UPDATE project SET owner_organisation_id = @owner, owner_provisional = @owner_provisional,
			owner_rule = @owner_rule, stage = @stage, stage_provisional = @stage_provisional,
			standing = @standing, standing_reason = @standing_reason, standing_document = @standing_document,
			standing_since = @standing_since, successor_code = @successor_code,
			construction_unit = @construction_unit, national_code = @national_code,
			summary = @summary, internal_note = @internal_note,
			estimate = @estimate, estimate_missing = @estimate_missing, estimate_basis = @estimate_basis,
			budget = @budget, budget_missing = @budget_missing, budget_basis = @budget_basis,
			final_account = @final_account, final_account_missing = @final_account_missing,
			final_account_basis = @final_account_basis, updated_at = app_now(), version = version + 1
		WHERE id = @id AND version = @version
		RETURNING version`
	updated := s.query(ctx, query, projectArguments(p)).Scan(&newVersion)
	if updated.Error != nil {
		return 0, failure("update a project", updated.Error)
	}
	if updated.RowsAffected == 1 {
		return newVersion, nil
	}
	var current []int64
	if err := s.conn(ctx).Raw("SELECT version FROM project WHERE id = ?", p.ID).Scan(&current).Error; err != nil {
		return 0, failure("read a project's version", err)
	}
	if len(current) == 0 {
		return 0, domain.NotFound("project_not_found")
	}
	return 0, notWritten(p.Version, current[0])
}

func projectArguments(p domain.Project) arguments {
	fields := arguments{
		"id": p.ID, "version": p.Version, "owner": p.Owner.ID, "owner_provisional": p.OwnerProvisional,
		"owner_rule": string(p.OwnerRule), "stage": string(p.Stage), "stage_provisional": p.StageProvisional,
		"standing": string(p.Standing), "standing_reason": p.StandingReason, "standing_document": p.StandingDocument,
		"standing_since": dateOrNull(p.StandingSince), "successor_code": orNull(p.SuccessorCode),
		"construction_unit": p.ConstructionUnit, "national_code": p.NationalCode,
		"summary": p.Summary, "internal_note": p.InternalNote,
	}
	return fields.and(amountArguments("estimate", p.Estimate)).and(amountArguments("budget", p.Budget)).and(amountArguments("final_account", p.FinalAccount))
}

// LockProject holds the project until the transaction ends, so that what is decided on its milestones together stays
// together. Absent and not writable read the same: NotFound.
func (s *Store) LockProject(ctx context.Context, id int64) error {
	var found []int64
	if err := s.conn(ctx).Raw("SELECT id FROM project WHERE id = ? FOR UPDATE", id).Scan(&found).Error; err != nil {
		return failure("lock a project", err)
	}
	if len(found) == 0 {
		return domain.NotFound("project_not_found")
	}
	return nil
}

// SetProjectSlip keeps the project's worst slip in days beside it, for lists; see [domain.WorstSlip]. It leaves the
// version alone, because the slip follows from the milestones, which have versions of their own.
func (s *Store) SetProjectSlip(ctx context.Context, id int64, slip *int) error {
	updated := s.conn(ctx).Exec("UPDATE project SET slip_days = ?, updated_at = app_now() WHERE id = ?", slip, id)
	if updated.Error != nil {
		return failure("set a project's slip", updated.Error)
	}
	if updated.RowsAffected == 0 {
		return domain.NotFound("project_not_found")
	}
	return nil
}

// SetProjectReported keeps what the approved report r says beside its project, for lists. It leaves the version alone, as
// SetProjectSlip does.
func (s *Store) SetProjectReported(ctx context.Context, r domain.Report) error {
	var progress any
	if r.Content.Progress != nil {
		progress = r.Content.Progress.String()
	}
	updated := s.conn(ctx).Exec("UPDATE project SET progress = ?, reported_period = ?, owner_light = ?, updated_at = app_now() WHERE id = ?",
		progress, dateOrNull(r.Period.First()), string(r.Content.Light), r.ProjectID)
	if updated.Error != nil {
		return failure("set what a project reported", updated.Error)
	}
	if updated.RowsAffected == 0 {
		return domain.NotFound("project_not_found")
	}
	return nil
}

// ProjectEditors lists the enabled accounts whose role and place in the tree let them edit the projects of owner, whose
// Path must be filled.
func (s *Store) ProjectEditors(ctx context.Context, owner domain.Organisation) ([]domain.User, error) {
	const query = `SELECT ` + userColumns + userTables + `
		WHERE NOT u.disabled AND u.organisation_id = ANY (?)
			AND EXISTS (SELECT FROM role_grant g WHERE g.user_id = u.id AND g.role = ANY (?))
		ORDER BY u.username`
	editing := array[string]{string(domain.RoleBureauEditor), string(domain.RoleBureauLead)}
	var rows []userRow
	if err := s.conn(ctx).Raw(query, array[int64](owner.Path), editing).Scan(&rows).Error; err != nil {
		return nil, failure("list a project's editors", err)
	}
	editors := make([]domain.User, len(rows))
	for i, r := range rows {
		editors[i] = r.user()
	}
	return editors, nil
}
