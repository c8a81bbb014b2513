package repository

import (
	"context"
	"time"

	"zhongda/domain"
)

type projectStateRow struct {
	Project projectRow `gorm:"embedded"`
	Inside  bool
}

// ProjectStates gives every project of the read scope as it is in this transaction, in the order of the catalogue, and
// whether the filter lets it through. Of its milestones it carries those that got a version after since, until until.
func (s *Store) ProjectStates(ctx context.Context, read domain.Scope, f domain.ProjectFilter, since, until time.Time) ([]domain.ProjectState, error) {
	var all conditions
	all.within(read, "read_root")
	filter := projectConditions(read, f)
	query := "SELECT " + projectColumns + ", (" + filter.where() + ") AS inside\nFROM " + projectTables + "\nWHERE " + all.where() + "\nORDER BY p.code"
	var rows []projectStateRow
	if err := s.query(ctx, query, filter.arguments().and(all.arguments())).Scan(&rows).Error; err != nil {
		return nil, failure("read the states of projects", err)
	}
	changed, err := s.changedMilestones(ctx, since, until)
	if err != nil {
		return nil, err
	}
	states := make([]domain.ProjectState, len(rows))
	for i, row := range rows {
		p, err := row.Project.project()
		if err != nil {
			return nil, failure("read the states of projects", err)
		}
		states[i] = domain.ProjectState{
			ID: p.ID, Code: p.Code, Name: p.Name, Inside: row.Inside, Stage: p.Stage, Standing: p.Standing, Owner: p.Owner,
			Light: p.OwnerLight, RuleLight: p.RuleLight, Reported: p.ReportedPeriod, SlipDays: p.SlipDays, Progress: p.Progress, Investment: p.Investment(), Milestones: changed[p.ID],
		}
	}
	return states, nil
}

// changedMilestones reads, as they are in this transaction, the milestones that got a version in the span, by project.
func (s *Store) changedMilestones(ctx context.Context, since, until time.Time) (map[int64][]domain.Milestone, error) {
	const query = `SELECT ` + milestoneColumns + ` FROM milestone m
		WHERE m.id IN (SELECT id FROM history.milestone WHERE valid_from > ? AND valid_from <= ?)
		ORDER BY coalesce(m.actual, m.forecast, m.current_baseline), m.id`
	var rows []milestoneRow
	if err := s.conn(ctx).Raw(query, since, until).Scan(&rows).Error; err != nil {
		return nil, failure("read the milestones that changed", err)
	}
	changed := map[int64][]domain.Milestone{}
	for _, row := range rows {
		changed[row.ProjectID] = append(changed[row.ProjectID], row.milestone())
	}
	return changed, nil
}
