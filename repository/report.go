package repository

import (
	"context"

	"zhongda/domain"
)

// ReportCycle is how often projects of a stage report.
func (s *Store) ReportCycle(ctx context.Context, stage domain.Stage) (domain.ReportCycle, error) {
	cycles, err := s.ReportCycles(ctx)
	return cycles[stage], err
}

type reportCycleRow struct {
	Stage  string
	Months int
	DueDay int
}

// ReportCycles are the cycles of all stages.
func (s *Store) ReportCycles(ctx context.Context) (map[domain.Stage]domain.ReportCycle, error) {
	var rows []reportCycleRow
	if err := s.conn(ctx).Raw("SELECT stage, months, due_day FROM report_cycle").Scan(&rows).Error; err != nil {
		return nil, failure("read the report cycles", err)
	}
	cycles := make(map[domain.Stage]domain.ReportCycle, len(rows))
	for _, r := range rows {
		stage := domain.Stage(r.Stage)
		cycles[stage] = domain.ReportCycle{Stage: stage, Months: r.Months, DueDay: r.DueDay}
	}
	return cycles, nil
}

// Report reads one report. One whose project lies outside the read scope is NotFound like an absent one.
func (s *Store) Report(ctx context.Context, read domain.Scope, id int64) (domain.Report, error) {
	var filter conditions
	filter.within(read, "read_root")
	filter.add("id", "report.id = @id", arguments{"id": id})
	reports, err := s.reports(ctx, filter, "LIMIT 1")
	if err != nil {
		return domain.Report{}, failure("read a report", err)
	}
	if len(reports) == 0 {
		return domain.Report{}, domain.NotFound("report_not_found")
	}
	return reports[0], nil
}

// ProjectReports lists all reports of a project, the latest period first and within it the latest revision.
func (s *Store) ProjectReports(ctx context.Context, projectID int64) ([]domain.Report, error) {
	var filter conditions
	filter.add("project", "report.project_id = @project", arguments{"project": projectID})
	reports, err := s.reports(ctx, filter, "ORDER BY report.period DESC, report.revision DESC")
	return reports, failure("list a project's reports", err)
}

// OpenReport is the one report of a project that is not approved yet; nil when there is none.
func (s *Store) OpenReport(ctx context.Context, projectID int64) (*domain.Report, error) {
	var filter conditions
	filter.add("project", "report.project_id = @project", arguments{"project": projectID})
	filter.add("open", "report.state <> 'approved'", nil)
	return s.firstReport(ctx, filter, "LIMIT 1")
}

// LastApprovedReport is the latest approved report of a project, by its latest revision, before a period; nil when there
// is none.
func (s *Store) LastApprovedReport(ctx context.Context, projectID int64, before domain.Period) (*domain.Report, error) {
	var filter conditions
	filter.add("project", "report.project_id = @project", arguments{"project": projectID})
	filter.add("approved", "report.state = 'approved' AND report.period < @before", arguments{"before": dateOrNull(before.First())})
	return s.firstReport(ctx, filter, "ORDER BY report.period DESC, report.revision DESC LIMIT 1")
}

func (s *Store) firstReport(ctx context.Context, filter conditions, rest string) (*domain.Report, error) {
	reports, err := s.reports(ctx, filter, rest)
	if err != nil || len(reports) == 0 {
		return nil, failure("read a report", err)
	}
	return &reports[0], nil
}

func (s *Store) reports(ctx context.Context, filter conditions, rest string) ([]domain.Report, error) {
	query := "SELECT " + reportColumns("report") + `
		FROM report JOIN project p ON p.id = report.project_id
		WHERE ` + filter.where() + " " + rest
	var rows []reportOnlyRow
	if err := s.query(ctx, query, filter.arguments()).Scan(&rows).Error; err != nil {
		return nil, err
	}
	reports := make([]domain.Report, len(rows))
	for i, row := range rows {
		var err error
		if reports[i], err = row.Report.report(); err != nil {
			return nil, err
		}
	}
	return reports, nil
}

// CreateReport adds a draft and returns it with its id and first version. A second open report of one project is a
// Conflict; outside the announced write scope it is Forbidden.
func (s *Store) CreateReport(ctx context.Context, r domain.Report) (domain.Report, error) {
	const query = `INSERT INTO report (project_id, period, revision, correction_reason, state, content, content_hash, due,
			drafted_by, updated_at, updated_by)
		VALUES (@project_id, @period, @revision, @correction_reason, @state, @content, @content_hash, @due,
			@drafted_by, @updated_at, @updated_by)
		RETURNING id`
	args, err := reportArguments(r)
	if err != nil {
		return r, err
	}
	r.Version = 1
	err = s.query(ctx, query, args).Scan(&r.ID).Error
	return r, failure("create a report", err)
}

// UpdateReport writes what an action made of a report, if it still has r.Version and the state it was read in, and
// returns the new version. Else it is StaleVersion with the current one, NotFound, or Forbidden outside the announced
// write scope.
func (s *Store) UpdateReport(ctx context.Context, r domain.Report, from domain.ReportState) (newVersion int64, err error) {
	const query = `UPDATE report SET state = @state, content = @content, content_hash = @content_hash,
			submitted_by = @submitted_by, submitted_at = @submitted_at, decided_by = @decided_by, decided_at = @decided_at,
			comment = @comment, updated_at = @updated_at, updated_by = @updated_by, version = version + 1
		WHERE id = @id AND version = @version AND state = @from
		RETURNING version`
	args, err := reportArguments(r)
	if err != nil {
		return 0, err
	}
	updated := s.query(ctx, query, args.and(arguments{"from": string(from)})).Scan(&newVersion)
	if updated.Error != nil {
		return 0, failure("update a report", updated.Error)
	}
	if updated.RowsAffected == 1 {
		return newVersion, nil
	}
	current, err := s.Report(ctx, domain.ScopeAll(), r.ID)
	if err != nil {
		return 0, err
	}
	return 0, notWritten(r.Version, current.Version)
}
