package repository

import (
	"context"
	"encoding/json"

	"zhongda/domain"
)

type milestoneTemplateRow struct {
	Code       string
	Name       string
	NameEn     string
	Categories array[string]
	Anchor     string
	Steps      string
}

// MilestoneTemplates lists the templates with their steps in the order of time.
func (s *Store) MilestoneTemplates(ctx context.Context) ([]domain.MilestoneTemplate, error) {
	const query = `SELECT t.code, t.name, t.name_en, t.categories, t.anchor,
			(SELECT json_agg(json_build_object('Kind', s.kind, 'Name', s.name, 'NameEn', s.name_en, 'Offset', s.offset_days) ORDER BY s.offset_days, s.kind)
				FROM milestone_template_step s WHERE s.template_code = t.code) AS steps
		FROM milestone_template t ORDER BY t.code`
	var rows []milestoneTemplateRow
	if err := s.conn(ctx).Raw(query).Scan(&rows).Error; err != nil {
		return nil, failure("list the templates of milestones", err)
	}
	templates := make([]domain.MilestoneTemplate, len(rows))
	for i, row := range rows {
		templates[i] = domain.MilestoneTemplate{
			Code: row.Code, Name: row.Name, NameEn: row.NameEn, Categories: row.Categories, Anchor: domain.MilestoneKind(row.Anchor),
		}
		if err := json.Unmarshal([]byte(row.Steps), &templates[i].Steps); err != nil {
			return nil, failure("read a template of milestones", err)
		}
	}
	return templates, nil
}
