package repository

import (
	"context"

	"zhongda/domain"
)

type mentionTodayRow struct {
	ProjectID        int64
	Ordinal          int
	GroupName        string
	Name             string
	Commitment       string
	Target           domain.Target
	Code             string
	ProjectName      string
	Stage            domain.Stage
	StageProvisional bool
	Standing         domain.Standing
}

// ColumnPromises reads the mentions of a column within the read scope, in the order of the plan. An unknown column is
// NotFound; one without a mention has none.
func (s *Store) ColumnPromises(ctx context.Context, read domain.Scope, number int) (domain.ColumnPromises, error) {
	var result domain.ColumnPromises
	columns, err := s.Columns(ctx)
	if err != nil {
		return result, err
	}
	for _, c := range columns {
		if c.Number == number {
			result.Column = c
		}
	}
	if result.Column.Number == 0 {
		return result, domain.NotFound("column_not_found")
	}
	var filter conditions
	filter.within(read, "read_root")
	filter.add("column", "m.column_number = @column", arguments{"column": number})
	var rows []mentionTodayRow
	err = s.query(ctx, `SELECT m.project_id, m.ordinal, m.group_name, m.name, m.commitment, m.target, p.code, p.name AS project_name,
			p.stage, p.stage_provisional, p.standing
		FROM plan_mention m JOIN project p ON p.id = m.project_id
		WHERE `+filter.where()+` ORDER BY m.ordinal, p.code`, filter.arguments()).Scan(&rows).Error
	for _, r := range rows {
		result.Mentions = append(result.Mentions, domain.MentionToday{
			Mention: domain.Mention{
				ProjectID: r.ProjectID, Column: number, ColumnTitle: result.Column.Title, ColumnTitleEn: result.Column.TitleEn,
				Ordinal: r.Ordinal, Group: r.GroupName, Name: r.Name, Commitment: r.Commitment, Target: r.Target,
			},
			Code: r.Code, ProjectName: r.ProjectName, Stage: r.Stage, StageProvisional: r.StageProvisional, Standing: r.Standing,
		})
	}
	return result, failure("read what a column promised", err)
}
