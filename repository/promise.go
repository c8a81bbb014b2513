package repository

import (
	"context"

	"zhongda/domain"
)

type promiseCell struct {
	Category projectCategoryRow `gorm:"embedded;embeddedPrefix:category_"`
	District domain.District    `gorm:"embedded;embeddedPrefix:district_"`
	Target   domain.Target
	Stage    domain.Stage
	Derived  bool
	Standing domain.Standing
	Projects int
}

func (c promiseCell) addTo(counts domain.PromiseCount) {
	counts[c.Target.Promise(c.Stage, c.Derived, c.Standing)] += c.Projects
}

// Fulfilment sets the promises of the filter's projects against their stages, on one snapshot.
func (s *Store) Fulfilment(ctx context.Context, read domain.Scope, f domain.ProjectFilter) (domain.Fulfilment, error) {
	result := domain.Fulfilment{AsOf: f.Today, City: domain.PromiseCount{}}
	err := s.transaction(ctx, snapshot(), func(tx *Store) error {
		var columns domain.Pipeline
		part := pipelinePart{store: tx, filter: projectConditions(read, f), promises: f.Promises, today: f.Today, into: &columns}
		if err := part.columns(ctx); err != nil {
			return err
		}
		for _, line := range columns.ByColumn {
			result.ByColumn = append(result.ByColumn, domain.ColumnFulfilment{Column: line.Column, Counts: line.Promises})
		}
		promise := promisePart{pipelinePart: part, columns: f.Columns, result: &result}
		if err := promise.categories(ctx); err != nil {
			return err
		}
		return promise.districts(ctx)
	})
	return result, failure("set the promises against the stages", err)
}

type promisePart struct {
	pipelinePart
	columns []int
	result  *domain.Fulfilment
}

const promiseCells = `m.stage, m.stage_provisional AS derived, m.standing, count(*) AS projects`

// judged adds to each matching project what is promised of it under the filter.
func (p promisePart) judged(ctx context.Context, statement string, cells *[]promiseCell) error {
	target, args := "p.target", arguments{}
	if len(p.columns) > 0 {
		args["targets"] = array[string](texts(domain.Targets()))
		target = "(SELECT " + strongest + " FROM plan_mention m WHERE m.project_id = p.id AND m.column_number = ANY (@column))"
	}
	query := "WITH matching AS (SELECT p.*, " + target + " AS judged FROM project p WHERE " + p.filter.where() + ")\n" + statement
	return p.store.query(ctx, query, p.filter.arguments().and(args)).Scan(cells).Error
}

// categories also fills what counts each project once: the city and the targets.
func (p promisePart) categories(ctx context.Context) error {
	const statement = `SELECT top.code AS category_code, top.parent_code AS category_parent_code, top.name AS category_name,
			top.name_en AS category_name_en, top.oc4ids_sector AS category_sector, m.judged AS target, ` + promiseCells + `
		FROM matching m JOIN category c ON c.code = m.category_code JOIN category top ON top.code = coalesce(c.parent_code, c.code)
		GROUP BY top.code, m.judged, m.stage, m.stage_provisional, m.standing ORDER BY top.code`
	var cells []promiseCell
	if err := p.judged(ctx, statement, &cells); err != nil {
		return err
	}
	byTarget := map[domain.Target]domain.PromiseCount{}
	for _, target := range domain.Targets() {
		byTarget[target] = domain.PromiseCount{}
		p.result.ByTarget = append(p.result.ByTarget, domain.TargetFulfilment{Target: target, Counts: byTarget[target]})
	}
	for _, cell := range cells {
		cell.addTo(p.result.City)
		cell.addTo(byTarget[cell.Target])
		last := len(p.result.ByCategory) - 1
		if last < 0 || p.result.ByCategory[last].Category.Code != cell.Category.Code {
			line := domain.CategoryFulfilment{Category: cell.Category.category(), Counts: domain.PromiseCount{}}
			p.result.ByCategory, last = append(p.result.ByCategory, line), last+1
		}
		cell.addTo(p.result.ByCategory[last].Counts)
	}
	return nil
}

// districts leaves out the city's own entry where a project lies in its districts too: it is counted in City.
func (p promisePart) districts(ctx context.Context) error {
	const statement = `SELECT d.code AS district_code, d.name AS district_name, d.name_en AS district_name_en, d.kind AS district_kind,
			coalesce(d.parent_code, '') AS district_parent_code, d.note AS district_note, m.judged AS target, ` + promiseCells + `
		FROM matching m JOIN project_district l ON l.project_id = m.id JOIN district d ON d.code = l.district_code
		GROUP BY d.code, m.judged, m.stage, m.stage_provisional, m.standing ORDER BY d.code`
	var cells []promiseCell
	if err := p.judged(ctx, statement, &cells); err != nil {
		return err
	}
	for _, cell := range cells {
		last := len(p.result.ByDistrict) - 1
		if last < 0 || p.result.ByDistrict[last].District.Code != cell.District.Code {
			p.result.ByDistrict = append(p.result.ByDistrict, domain.DistrictFulfilment{District: cell.District, Counts: domain.PromiseCount{}})
			last++
		}
		cell.addTo(p.result.ByDistrict[last].Counts)
	}
	return nil
}
