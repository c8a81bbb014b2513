package repository

import (
	"context"
	"time"

	"zhongda/domain"
)

// Timeline gives the page of projects that [Store.Projects] gives, with the milestones of all of them. A page costs two
// statements whatever its size, four with the total and the span.
func (s *Store) Timeline(ctx context.Context, read domain.Scope, f domain.ProjectFilter, sort domain.ProjectSort, page domain.PageRequest) (domain.Timeline, error) {
	var result domain.Timeline
	filter := projectConditions(read, f)
	rows, next, err := s.projectRows(ctx, filter, sort, page)
	if err != nil {
		return result, failure("list the projects of a timeline", err)
	}
	if result.Items, err = s.timelineRows(ctx, rows); err != nil {
		return result, failure("list the milestones of a timeline", err)
	}
	result.NextCursor = next
	if !page.WithTotal {
		return result, nil
	}
	if result.Total, result.TotalCapped, err = s.countProjects(ctx, filter); err != nil {
		return result, failure("count the projects of a timeline", err)
	}
	result.Span, err = s.milestoneSpan(ctx, filter)
	return result, failure("read the span of a timeline", err)
}

// timelineRows turns rows into projects with their milestones, in the order they fall due.
func (s *Store) timelineRows(ctx context.Context, rows []projectListRow) ([]domain.TimelineRow, error) {
	const query = `SELECT ` + milestoneColumns + ` FROM milestone m WHERE m.project_id = ANY (?)
		ORDER BY coalesce(m.actual, m.forecast, m.current_baseline), m.id`
	lines := make([]domain.TimelineRow, len(rows))
	ids := make(array[int64], len(rows))
	for i, row := range rows {
		p, err := row.Project.project()
		if err != nil {
			return nil, err
		}
		lines[i].Project, ids[i] = p, p.ID
	}
	if len(rows) == 0 {
		return lines, nil
	}
	var found []milestoneRow
	if err := s.conn(ctx).Raw(query, ids).Scan(&found).Error; err != nil {
		return nil, err
	}
	byProject := make(map[int64][]domain.Milestone, len(rows))
	for _, row := range found {
		byProject[row.ProjectID] = append(byProject[row.ProjectID], row.milestone())
	}
	for i := range lines {
		lines[i].Place(byProject[lines[i].Project.ID])
	}
	return lines, nil
}

// milestoneSpan is from the first to the last day that any milestone of the filter's projects speaks of.
func (s *Store) milestoneSpan(ctx context.Context, filter conditions) (domain.DateSpan, error) {
	query := `SELECT min(least(t.baseline, t.current_baseline, t.forecast, t.actual)) AS first,
			max(greatest(t.baseline, t.current_baseline, t.forecast, t.actual)) AS last
		FROM milestone t WHERE t.project_id IN (SELECT p.id FROM project p WHERE ` + filter.where() + `)`
	var row struct{ First, Last *time.Time }
	err := s.query(ctx, query, filter.arguments()).Scan(&row).Error
	return domain.DateSpan{First: dateOf(row.First), Last: dateOf(row.Last)}, err
}
