package repository

import (
	"context"

	"zhongda/domain"
)

// Categories lists both levels; a top-level category counts the projects of those below it too.
func (s *Store) Categories(ctx context.Context) ([]domain.Category, error) {
	var categories []domain.Category
	err := s.conn(ctx).Raw(`
		SELECT c.code, coalesce(c.parent_code, '') AS parent_code, c.name, c.name_en, c.oc4ids_sector AS "oc4_id_s_sector",
		       c.municipal_owner, c.district_function, count(p.id) AS projects
		FROM category c
		LEFT JOIN category below ON below.code = c.code OR below.parent_code = c.code
		LEFT JOIN project p ON p.category_code = below.code
		GROUP BY c.code ORDER BY c.code COLLATE "C"`).Scan(&categories).Error
	return categories, failure("list the categories", err)
}
