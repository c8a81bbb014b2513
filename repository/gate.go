package repository

import (
	"context"

	"zhongda/domain"
)

type gateItemRow struct {
	FromStage     string
	Code          string
	Name          string
	NameEn        string
	Required      bool
	Evidence      bool
	Explanation   string
	ExplanationEn string
}

// GateItems are the checklists of all gates, in the order of the stages and within a gate in its own.
func (s *Store) GateItems(ctx context.Context) ([]domain.GateItem, error) {
	var rows []gateItemRow
	const query = `SELECT from_stage, code, name, name_en, required, evidence, explanation, explanation_en
		FROM gate_item ORDER BY array_position(CAST(@stages AS text[]), from_stage), ordinal`
	if err := s.query(ctx, query, arguments{"stages": array[string](texts(domain.Stages()))}).Scan(&rows).Error; err != nil {
		return nil, failure("read the checklists of the gates", err)
	}
	items := make([]domain.GateItem, len(rows))
	for i, r := range rows {
		items[i] = domain.GateItem{
			From: domain.Stage(r.FromStage), Code: r.Code, Name: r.Name, NameEn: r.NameEn, Required: r.Required,
			Evidence: r.Evidence, Explanation: r.Explanation, ExplanationEn: r.ExplanationEn,
		}
	}
	return items, nil
}
