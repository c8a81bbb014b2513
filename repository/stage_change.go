package repository

import (
	"context"

	"zhongda/domain"
)

// AddStageChange records a project's move from one stage to another and what it rested on. It is Forbidden outside the
// announced write scope.
func (s *Store) AddStageChange(ctx context.Context, c domain.StageChange) error {
	const query = `INSERT INTO stage_change (project_id, from_stage, to_stage, reason, evidence, number, request_id, decided_by, decided_at)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`
	err := s.conn(ctx).Exec(query, c.ProjectID, string(c.From), string(c.To), c.Reason, c.Evidence, c.Number,
		orNull(c.RequestID), c.DecidedBy, c.DecidedAt).Error
	return failure("record a change of stage", err)
}
