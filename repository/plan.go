package repository

import (
	"context"
	"time"

	"zhongda/domain"
)

// Plan is the plan in force: of several loaded ones, that which started last. NotFound("plan_not_found") before the
// catalogue is loaded.
func (s *Store) Plan(ctx context.Context) (domain.Plan, error) {
	var rows []struct {
		Code, Name, NameEn     string
		StartDate, HorizonDate time.Time
	}
	err := s.conn(ctx).Raw("SELECT code, name, name_en, start_date, horizon_date FROM plan ORDER BY start_date DESC LIMIT 1").Scan(&rows).Error
	if err != nil {
		return domain.Plan{}, failure("read the plan", err)
	}
	if len(rows) == 0 {
		return domain.Plan{}, domain.NotFound("plan_not_found")
	}
	r := rows[0]
	return domain.Plan{
		Code: r.Code, Name: r.Name, NameEn: r.NameEn,
		Start: domain.DateOf(r.StartDate), Horizon: domain.DateOf(r.HorizonDate),
	}, nil
}

// Columns lists every column with its counts; a project mentioned twice in a column counts once.
func (s *Store) Columns(ctx context.Context) ([]domain.Column, error) {
	var columns []domain.Column
	err := s.conn(ctx).Raw(`
		SELECT c.number, c.title, c.title_en, c.chapter, c.section,
		       count(m.project_id) AS mentions, count(DISTINCT m.project_id) AS projects
		FROM plan_column c LEFT JOIN plan_mention m ON m.column_number = c.number
		GROUP BY c.number ORDER BY c.number`).Scan(&columns).Error
	return columns, failure("list the columns", err)
}

// Indicators lists the plan's headline figures in the plan's order.
func (s *Store) Indicators(ctx context.Context) ([]domain.Indicator, error) {
	var indicators []domain.Indicator
	err := s.conn(ctx).Raw(`
		SELECT number, group_name AS "group", name, unit, nature,
		       value_2025 AS "value2025", value_2025_kind AS "value2025_kind",
		       target_2030 AS "target2030", target_2030_kind AS "target2030_kind"
		FROM indicator ORDER BY number`).Scan(&indicators).Error
	return indicators, failure("list the indicators", err)
}

// Commitments lists the governing verbs, the most used first.
func (s *Store) Commitments(ctx context.Context) ([]domain.Commitment, error) {
	var commitments []domain.Commitment
	err := s.conn(ctx).Raw(`
		SELECT c.verb, c.verb_en, c.target, c.first_stage, c.note, count(m.project_id) AS mentions
		FROM commitment c LEFT JOIN plan_mention m ON m.commitment = c.verb
		GROUP BY c.verb ORDER BY mentions DESC, c.verb`).Scan(&commitments).Error
	return commitments, failure("list the commitments", err)
}
