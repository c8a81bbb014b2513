package repository

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"

	"zhongda/domain"
)

type projectListRow struct {
	Project   projectRow `gorm:"embedded"`
	SortValue *string
}

// Projects gives one page of the filter's projects within the read scope, without their summaries and internal notes. A
// cursor of another order, or none this method made, is KindMalformed. A page costs three statements whatever its
// size, four with the total.
func (s *Store) Projects(ctx context.Context, read domain.Scope, f domain.ProjectFilter, sort domain.ProjectSort, page domain.PageRequest) (domain.Page[domain.Project], error) {
	var result domain.Page[domain.Project]
	filter := projectConditions(read, f)
	rows, next, err := s.projectRows(ctx, filter, sort, page)
	if err != nil {
		return result, failure("list projects", err)
	}
	if result.Items, err = s.completeProjects(ctx, rows); err != nil {
		return result, failure("list projects", err)
	}
	result.NextCursor = next
	if page.WithTotal {
		result.Total, result.TotalCapped, err = s.countProjects(ctx, filter)
	}
	return result, failure("count projects", err)
}

// projectRows reads one row more than the page holds, which tells whether there is a next page.
func (s *Store) projectRows(ctx context.Context, filter conditions, sort domain.ProjectSort, page domain.PageRequest) (rows []projectListRow, next string, err error) {
	order, err := orderOf(sort)
	if err != nil {
		return nil, "", err
	}
	between, err := order.between(page, sort)
	if err != nil {
		return nil, "", err
	}
	filter = append(slices.Clip(filter), between...)
	limit := pageLimit(page.Limit)
	query := fmt.Sprintf("SELECT %s, CAST(%s AS text) AS sort_value\nFROM %s\nWHERE %s\nORDER BY %s\nLIMIT @limit",
		projectColumns, order.key, projectTables, filter.where(), order.orderBy(sort.Descending))
	args := filter.arguments().and(order.args).and(arguments{"limit": limit + 1})
	if err := s.query(ctx, query, args).Scan(&rows).Error; err != nil {
		return nil, "", err
	}
	if len(rows) <= limit {
		return rows, "", nil
	}
	rows = rows[:limit]
	end := rows[limit-1]
	next, err = cursor{Sort: sortName(sort), Value: end.SortValue, ID: end.Project.ID}.encode()
	return rows, next, err
}

// ProjectCount is the total of the filter's list within the read scope.
func (s *Store) ProjectCount(ctx context.Context, read domain.Scope, f domain.ProjectFilter) (int, error) {
	total, _, err := s.countProjects(ctx, projectConditions(read, f))
	return total, failure("count projects", err)
}

// countProjects stops at domain.TotalCap: a reader does not tell 10,000 from 10,001, the database does.
func (s *Store) countProjects(ctx context.Context, filter conditions) (total int, capped bool, err error) {
	query := "SELECT count(*) FROM (SELECT FROM project p\nWHERE " + filter.where() + "\nLIMIT @cap) counted"
	args := filter.arguments().and(arguments{"cap": domain.TotalCap + 1})
	err = s.query(ctx, query, args).Scan(&total).Error
	return min(total, domain.TotalCap), total > domain.TotalCap, err
}

// projectChildren reads what hangs below each of a page's projects.
const projectChildren = `SELECT p.id,
	ARRAY(SELECT DISTINCT m.column_number FROM plan_mention m WHERE m.project_id = p.id ORDER BY 1) AS columns,
	ARRAY(SELECT m.commitment FROM plan_mention m WHERE m.project_id = p.id
		GROUP BY m.commitment ORDER BY min(m.column_number), min(m.ordinal)) AS commitments,
	(SELECT coalesce(json_agg(json_build_object('Code', d.code, 'Name', d.name, 'NameEn', d.name_en, 'Kind', d.kind,
			'ParentCode', coalesce(d.parent_code, ''), 'Note', d.note) ORDER BY d.code), '[]')
		FROM project_district l JOIN district d ON d.code = l.district_code WHERE l.project_id = p.id) AS districts
FROM project p
WHERE p.id = ANY (?)`

type projectChildrenRow struct {
	ID          int64
	Columns     array[int64]
	Commitments array[string]
	Districts   string
}

// completeProjects turns rows into projects, with their children and next milestones.
func (s *Store) completeProjects(ctx context.Context, rows []projectListRow) ([]domain.Project, error) {
	projects := make([]domain.Project, len(rows))
	ids := make(array[int64], len(rows))
	byID := make(map[int64]*domain.Project, len(rows))
	for i, row := range rows {
		p, err := row.Project.project()
		if err != nil {
			return nil, err
		}
		projects[i], ids[i] = p, p.ID
		byID[p.ID] = &projects[i]
	}
	if len(rows) == 0 {
		return projects, nil
	}
	if err := s.addChildren(ctx, ids, byID); err != nil {
		return nil, err
	}
	return projects, s.addNextMilestones(ctx, ids, byID)
}

func (s *Store) addChildren(ctx context.Context, ids array[int64], projects map[int64]*domain.Project) error {
	var rows []projectChildrenRow
	if err := s.conn(ctx).Raw(projectChildren, ids).Scan(&rows).Error; err != nil {
		return err
	}
	for _, row := range rows {
		p := projects[row.ID]
		p.Commitments = row.Commitments
		for _, number := range row.Columns {
			p.Columns = append(p.Columns, int(number))
		}
		if err := json.Unmarshal([]byte(row.Districts), &p.Districts); err != nil {
			return err
		}
	}
	return nil
}

// nextMilestones reads the earliest milestone of each project that is not yet reached, by its forecast or else by its
// current baseline; one without either is no date to wait for.
const nextMilestones = `SELECT DISTINCT ON (m.project_id) ` + milestoneColumns + ` FROM milestone m
WHERE m.project_id = ANY (?) AND m.actual IS NULL AND coalesce(m.forecast, m.current_baseline) IS NOT NULL
ORDER BY m.project_id, coalesce(m.forecast, m.current_baseline), m.id`

func (s *Store) addNextMilestones(ctx context.Context, ids array[int64], projects map[int64]*domain.Project) error {
	var rows []milestoneRow
	if err := s.conn(ctx).Raw(nextMilestones, ids).Scan(&rows).Error; err != nil {
		return err
	}
	for _, row := range rows {
		next := row.milestone()
		projects[row.ProjectID].NextMilestone = &next
	}
	return nil
}
