package repository

import (
	"context"

	"zhongda/domain"
)

type lightCell struct {
	Category   projectCategoryRow `gorm:"embedded;embeddedPrefix:category_"`
	RuleLight  domain.RuleLight
	OwnerLight domain.Light
	Projects   int
	Open       int
	Differs    int
}

// lights reads the projects by top category and lights. A project that was never judged is in none of the rule's counts.
func (p pipelinePart) lights(ctx context.Context) error {
	const statement = `SELECT top.code AS category_code, top.parent_code AS category_parent_code, top.name AS category_name,
			top.name_en AS category_name_en, top.oc4ids_sector AS category_sector, p.rule_light, p.owner_light,
			count(*) AS projects, count(*) FILTER (WHERE ` + disagreesOpenly + `) AS open,
			count(*) FILTER (WHERE ` + reviewerDiffers + `) AS differs
		FROM matching p
		JOIN category c ON c.code = p.category_code
		JOIN category top ON top.code = coalesce(c.parent_code, c.code)
		GROUP BY top.code, p.rule_light, p.owner_light ORDER BY top.code`
	var cells []lightCell
	if err := p.scan(ctx, statement, nil, &cells); err != nil {
		return err
	}
	lights := domain.LightSummary{
		Rule: map[domain.RuleLight]int{}, Owner: map[domain.Light]int{}, Disagreements: map[domain.Disagreement]int{},
	}
	for _, cell := range cells {
		cell.addTo(&lights)
	}
	p.into.Lights = lights
	return nil
}

// addTo relies on the cells being ordered by category.
func (c lightCell) addTo(lights *domain.LightSummary) {
	last := len(lights.ByCategory) - 1
	if last < 0 || lights.ByCategory[last].Category.Code != c.Category.Code {
		lights.ByCategory = append(lights.ByCategory,
			domain.CategoryLights{Category: c.Category.category(), Rule: map[domain.RuleLight]int{}})
		last++
	}
	if c.RuleLight != "" {
		lights.Rule[c.RuleLight] += c.Projects
		lights.ByCategory[last].Rule[c.RuleLight] += c.Projects
	}
	if c.OwnerLight != "" {
		lights.Owner[c.OwnerLight] += c.Projects
	}
	lights.Disagreements[domain.DisagreementOpen] += c.Open
	lights.Disagreements[domain.DisagreementDiffers] += c.Differs
}
