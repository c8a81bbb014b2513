package repository

import (
	"context"

	"zhongda/domain"
)

// Neighbours reads one relation of a project as far as the reader sees it: how many the filter selects, and the first of
// the others, those that the plan names in the same group of a column before the rest.
func (s *Store) Neighbours(ctx context.Context, read domain.Scope, id int64, relation domain.Relation, f domain.ProjectFilter) (domain.Neighbours, error) {
	found := domain.Neighbours{Relation: relation, Filter: f}
	filter := projectConditions(read, f)
	var err error
	if found.Total, _, err = s.countProjects(ctx, filter); err != nil {
		return found, failure("count the neighbours", err)
	}
	filter.add("others", "p.id <> @project", arguments{"project": id})
	const inSameGroup = `EXISTS (SELECT FROM plan_mention own JOIN plan_mention other USING (column_number, group_name)
		WHERE own.project_id = @project AND other.project_id = p.id AND group_name <> '')`
	query := "SELECT " + projectColumns + "\nFROM " + projectTables + "\nWHERE " + filter.where() +
		"\nORDER BY " + inSameGroup + " DESC, p.code, p.id\nLIMIT @limit"
	var rows []projectListRow
	args := filter.arguments().and(arguments{"limit": domain.NeighboursShown})
	if err := s.query(ctx, query, args).Scan(&rows).Error; err != nil {
		return found, failure("read the neighbours", err)
	}
	found.Projects, err = s.completeProjects(ctx, rows)
	return found, failure("read the neighbours", err)
}
