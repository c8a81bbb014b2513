package repository

import (
	"context"
	"time"

	"zhongda/domain"
)

// AddStageChange records that by moved the project away from the stage from, and what the move rested on. It is Forbidden
// outside the announced write scope.
func (s *Store) AddStageChange(ctx context.Context, projectID int64, from domain.Stage, move domain.StageMove, by string, at time.Time) error {
	const query = `INSERT INTO stage_change (project_id, from_stage, to_stage, reason, evidence, decided_by, decided_at)
		VALUES (?, ?, ?, ?, ?, ?, ?)`
	err := s.conn(ctx).Exec(query, projectID, string(from), string(move.To), move.Reason, move.Evidence, by, at).Error
	return failure("record a change of stage", err)
}
