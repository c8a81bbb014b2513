package repository

import (
	"context"
	"time"

	"zhongda/domain"
)

type standpointRow struct {
	ID       int64
	Code     string
	Name     string
	Owner    organisationRow `gorm:"embedded;embeddedPrefix:owner_"`
	Stage    domain.Stage
	Standing domain.Standing
	Entered  *time.Time
}

// Standpoints gives the stage of each project of the filter in this transaction, exited ones left out. A stage is entered
// on the day in zone that it was last decided; one that is still derived, or was confirmed as derived, has no such day.
func (s *Store) Standpoints(ctx context.Context, read domain.Scope, f domain.ProjectFilter, zone *time.Location) ([]domain.Standpoint, error) {
	filter := projectConditions(read, f)
	query := `SELECT p.id, p.code, p.name, ` + ownerColumns + `, p.stage, p.standing,
			CASE WHEN NOT p.stage_provisional THEN (SELECT max(c.decided_at) FROM stage_change c
				WHERE c.project_id = p.id AND c.to_stage = p.stage) END AS entered
		FROM project p JOIN organisation o ON o.id = p.owner_organisation_id
		WHERE p.standing <> 'exited' AND ` + filter.where() + ` ORDER BY p.id`
	var rows []standpointRow
	if err := s.query(ctx, query, filter.arguments()).Scan(&rows).Error; err != nil {
		return nil, failure("read where the projects stand", err)
	}
	points := make([]domain.Standpoint, len(rows))
	for i, r := range rows {
		points[i] = domain.Standpoint{ID: r.ID, Code: r.Code, Name: r.Name, Owner: r.Owner.organisation(), Stage: r.Stage, Standing: r.Standing}
		if r.Entered != nil {
			points[i].Entered = domain.DateOf(r.Entered.In(zone))
		}
	}
	return points, nil
}

// DwellLimits are the days after which a project has stood too long at a stage; a stage without a limit is not there.
func (s *Store) DwellLimits(ctx context.Context) (map[domain.Stage]int, error) {
	var rows []struct {
		Stage domain.Stage
		Days  int
	}
	if err := s.conn(ctx).Raw("SELECT stage, days FROM stage_dwell_limit").Scan(&rows).Error; err != nil {
		return nil, failure("read the limits of dwelling", err)
	}
	limits := make(map[domain.Stage]int, len(rows))
	for _, r := range rows {
		limits[r.Stage] = r.Days
	}
	return limits, nil
}
