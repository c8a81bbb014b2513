package repository

import (
	"context"
	"time"

	"zhongda/domain"
)

const milestoneColumns = `m.id, m.project_id, m.kind, m.name, m.phase, m.baseline, m.baseline_precision, m.current_baseline,
	m.current_baseline_precision, m.baseline_locked, m.forecast, m.forecast_precision, m.actual, m.reason_code,
	m.reason_text, m.version, m.updated_at, m.updated_by`

type milestoneRow struct {
	ID                       int64
	ProjectID                int64
	Kind                     string
	Name                     string
	Phase                    string
	Baseline                 *time.Time
	BaselinePrecision        *string
	CurrentBaseline          *time.Time
	CurrentBaselinePrecision *string
	BaselineLocked           bool
	Forecast                 *time.Time
	ForecastPrecision        *string
	Actual                   *time.Time
	ReasonCode               string
	ReasonText               string
	Version                  int64
	UpdatedAt                time.Time
	UpdatedBy                string
}

func (r milestoneRow) milestone() domain.Milestone {
	return domain.Milestone{
		ID: r.ID, ProjectID: r.ProjectID, Kind: domain.MilestoneKind(r.Kind), Name: r.Name, Phase: r.Phase,
		Baseline:        planDateOf(r.Baseline, r.BaselinePrecision),
		CurrentBaseline: planDateOf(r.CurrentBaseline, r.CurrentBaselinePrecision),
		BaselineLocked:  r.BaselineLocked,
		Forecast:        planDateOf(r.Forecast, r.ForecastPrecision), Actual: dateOf(r.Actual),
		ReasonCode: domain.ReasonCode(r.ReasonCode), ReasonText: r.ReasonText,
		Version: r.Version, UpdatedAt: r.UpdatedAt, UpdatedBy: r.UpdatedBy,
	}
}

func planDateOf(date *time.Time, precision *string) *domain.PlanDate {
	if date == nil {
		return nil
	}
	return &domain.PlanDate{Date: dateOf(date), Precision: domain.Precision(deref(precision))}
}

// Milestones lists a project's milestones in the order they fall due; those without any date come last.
func (s *Store) Milestones(ctx context.Context, projectID int64) ([]domain.Milestone, error) {
	const query = `SELECT ` + milestoneColumns + ` FROM milestone m WHERE m.project_id = ?
		ORDER BY coalesce(m.actual, m.forecast, m.current_baseline), m.id`
	var rows []milestoneRow
	if err := s.conn(ctx).Raw(query, projectID).Scan(&rows).Error; err != nil {
		return nil, failure("list milestones", err)
	}
	milestones := make([]domain.Milestone, len(rows))
	for i, row := range rows {
		milestones[i] = row.milestone()
	}
	return milestones, nil
}

// Milestone reads one milestone of this project; another project's is NotFound like an absent one.
func (s *Store) Milestone(ctx context.Context, projectID, id int64) (domain.Milestone, error) {
	const query = `SELECT ` + milestoneColumns + ` FROM milestone m WHERE m.id = ? AND m.project_id = ?`
	var rows []milestoneRow
	if err := s.conn(ctx).Raw(query, id, projectID).Scan(&rows).Error; err != nil {
		return domain.Milestone{}, failure("read a milestone", err)
	}
	if len(rows) == 0 {
		return domain.Milestone{}, domain.NotFound("milestone_not_found")
	}
	return rows[0].milestone(), nil
}

// CreateMilestone adds m to its project and returns it with its id and first version. Outside the announced write scope,
// or for a project that does not exist, it is Forbidden.
func (s *Store) CreateMilestone(ctx context.Context, m domain.Milestone) (domain.Milestone, error) {
	const query = `INSERT INTO milestone AS m (project_id, kind, name, phase, baseline, baseline_precision, current_baseline,
			current_baseline_precision, baseline_locked, forecast, forecast_precision, actual, reason_code, reason_text, updated_by)
		VALUES (@project_id, @kind, @name, @phase, @baseline, @baseline_precision, @current_baseline,
			@current_baseline_precision, @baseline_locked, @forecast, @forecast_precision, @actual, @reason_code, @reason_text, @updated_by)
		RETURNING ` + milestoneColumns
	var row milestoneRow
	err := s.query(ctx, query, milestoneArguments(m)).Scan(&row).Error
	return row.milestone(), failure("create a milestone", err)
}

// UpdateMilestone writes what may change of a milestone, if it still has m.Version, and returns the new version. Else it
// is StaleVersion with the current one, NotFound, or Forbidden outside the announced write scope.
func (s *Store) UpdateMilestone(ctx context.Context, m domain.Milestone) (newVersion int64, err error) {
	const query = `UPDATE milestone SET name = @name, phase = @phase, baseline = @baseline, baseline_precision = @baseline_precision,
			current_baseline = @current_baseline, current_baseline_precision = @current_baseline_precision,
			forecast = @forecast, forecast_precision = @forecast_precision, actual = @actual,
			reason_code = @reason_code, reason_text = @reason_text,
			updated_by = @updated_by, updated_at = app_now(), version = version + 1
		WHERE id = @id AND project_id = @project_id AND version = @version
		RETURNING version`
	updated := s.query(ctx, query, milestoneArguments(m)).Scan(&newVersion)
	if updated.Error != nil {
		return 0, failure("update a milestone", updated.Error)
	}
	if updated.RowsAffected == 1 {
		return newVersion, nil
	}
	current, err := s.Milestone(ctx, m.ProjectID, m.ID)
	if err != nil {
		return 0, err
	}
	return 0, notWritten(m.Version, current.Version)
}

// notWritten says why a conditional update found no row although the thing is there: somebody was faster, or row
// security hid it.
func notWritten(expected, current int64) *domain.Error {
	if current != expected {
		return domain.StaleVersion(current)
	}
	return domain.Forbidden("row_security")
}

func milestoneArguments(m domain.Milestone) arguments {
	fields := arguments{
		"id": m.ID, "project_id": m.ProjectID, "version": m.Version, "kind": string(m.Kind), "name": m.Name, "phase": m.Phase,
		"baseline_locked": m.BaselineLocked, "actual": dateOrNull(m.Actual),
		"reason_code": string(m.ReasonCode), "reason_text": m.ReasonText, "updated_by": m.UpdatedBy,
	}
	return fields.and(planDateArguments("baseline", m.Baseline)).and(planDateArguments("current_baseline", m.CurrentBaseline)).and(planDateArguments("forecast", m.Forecast))
}

// planDateArguments are the parameters of a plan date's two columns.
func planDateArguments(column string, d *domain.PlanDate) arguments {
	if d == nil {
		return arguments{column: nil, column + "_precision": nil}
	}
	return arguments{column: dateOrNull(d.Date), column + "_precision": string(d.Precision)}
}
