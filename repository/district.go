package repository

import (
	"context"

	"zhongda/domain"
)

// Districts lists the districts. A corridor counts in each district it crosses, and once in the city above them.
func (s *Store) Districts(ctx context.Context) ([]domain.District, error) {
	var districts []domain.District
	err := s.conn(ctx).Raw(`
		SELECT d.code, d.name, d.name_en, d.kind, coalesce(d.parent_code, '') AS parent_code, d.note,
		       count(DISTINCT pd.project_id) AS projects
		FROM district d
		LEFT JOIN district below ON below.code = d.code OR below.parent_code = d.code
		LEFT JOIN project_district pd ON pd.district_code = below.code
		GROUP BY d.code ORDER BY d.code COLLATE "C"`).Scan(&districts).Error
	return districts, failure("list the districts", err)
}
