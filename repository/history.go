package repository

import (
	"context"
	"time"
)

// HistoryBegin is the instant of the first project's first version, before which nothing is recorded; zero while there
// is no project.
func (s *Store) HistoryBegin(ctx context.Context) (time.Time, error) {
	var row struct{ Begin *time.Time }
	err := s.conn(ctx).Raw(`SELECT min(valid_from) AS begin FROM history.project`).Scan(&row).Error
	return deref(row.Begin), failure("read where the record begins", err)
}
