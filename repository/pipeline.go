package repository

import (
	"context"

	"zhongda/domain"
)

// Pipeline summarises the projects of the filter within the read scope, as of today. All parts are counted on one
// snapshot, so that they add up while others write. Sums are exact and say what they cover; paused and exited projects
// are in them. Late and Slip count the projects as [domain.ProjectFilter] LateByDays and Slips find them.
func (s *Store) Pipeline(ctx context.Context, read domain.Scope, f domain.ProjectFilter, today domain.Date) (domain.Pipeline, error) {
	result := domain.Pipeline{AsOf: today}
	filter := projectConditions(read, f)
	err := s.transaction(ctx, snapshot(), func(tx *Store) error {
		part := pipelinePart{store: tx, filter: filter, promises: f.Promises, today: today, into: &result}
		for _, readPart := range []func(context.Context) error{part.stages, part.columns, part.districts, part.owners, part.slip, part.lights} {
			if err := readPart(ctx); err != nil {
				return err
			}
		}
		return nil
	})
	return result, failure("summarise the pipeline", err)
}

// pipelinePart reads the parts of one pipeline over the same projects.
type pipelinePart struct {
	store    *Store
	filter   conditions
	promises []domain.PromiseState // the chosen ones, which columns judge by themselves
	today    domain.Date
	into     *domain.Pipeline
}

// scan runs a statement over `matching`, the projects of the filter.
func (p pipelinePart) scan(ctx context.Context, statement string, args arguments, rows any) error {
	query := "WITH matching AS (SELECT p.* FROM project p WHERE " + p.filter.where() + ")\n" + statement
	return p.store.query(ctx, query, p.filter.arguments().and(args)).Scan(rows).Error
}

type stageCell struct {
	Category         projectCategoryRow `gorm:"embedded;embeddedPrefix:category_"`
	Stage            domain.Stage
	Projects         int
	Active           int
	Paused           int
	Exited           int
	OwnerProvisional int
	StageProvisional int
	Total            moneyTotal
	Filled           int
}

func (c stageCell) sum() domain.Sum {
	return domain.Sum{Total: c.Total.Money, Filled: c.Filled, Of: c.Projects}
}

// stages reads the projects by top category and stage, which add up to everything that counts each project once.
func (p pipelinePart) stages(ctx context.Context) error {
	const statement = `SELECT top.code AS category_code, top.parent_code AS category_parent_code, top.name AS category_name,
			top.name_en AS category_name_en, top.oc4ids_sector AS category_sector, m.stage, count(*) AS projects,
			count(*) FILTER (WHERE m.standing = 'active') AS active,
			count(*) FILTER (WHERE m.standing = 'paused') AS paused,
			count(*) FILTER (WHERE m.standing = 'exited') AS exited,
			count(*) FILTER (WHERE m.owner_provisional) AS owner_provisional,
			count(*) FILTER (WHERE m.stage_provisional) AS stage_provisional,
			sum(m.investment) AS total, count(m.investment) AS filled
		FROM matching m
		JOIN category c ON c.code = m.category_code
		JOIN category top ON top.code = coalesce(c.parent_code, c.code)
		GROUP BY top.code, m.stage ORDER BY top.code`
	var cells []stageCell
	if err := p.scan(ctx, statement, nil, &cells); err != nil {
		return err
	}
	p.foldStages(cells)
	p.foldCategories(cells)
	for _, cell := range cells {
		p.into.Projects += cell.Projects
		p.into.Investment = added(p.into.Investment, cell.sum())
		p.into.Provisional.Owner += cell.OwnerProvisional
		p.into.Provisional.Stage += cell.StageProvisional
	}
	return nil
}

// foldStages gives every stage its line, also those where no project stands.
func (p pipelinePart) foldStages(cells []stageCell) {
	for _, stage := range domain.Stages() {
		line := domain.StageSummary{Stage: stage}
		for _, cell := range cells {
			if cell.Stage == stage {
				line.Projects += cell.Projects
				line.Active += cell.Active
				line.Paused += cell.Paused
				line.Exited += cell.Exited
				line.Investment = added(line.Investment, cell.sum())
			}
		}
		p.into.Stages = append(p.into.Stages, line)
	}
}

// foldCategories relies on the cells being ordered by category.
func (p pipelinePart) foldCategories(cells []stageCell) {
	for _, cell := range cells {
		last := len(p.into.ByCategory) - 1
		if last < 0 || p.into.ByCategory[last].Category.Code != cell.Category.Code {
			p.into.ByCategory = append(p.into.ByCategory,
				domain.CategorySummary{Category: cell.Category.category(), Stages: map[domain.Stage]int{}})
			last++
		}
		line := &p.into.ByCategory[last]
		line.Stages[cell.Stage] += cell.Projects
		line.Projects += cell.Projects
		line.Investment = added(line.Investment, cell.sum())
	}
}

type districtCell struct {
	District domain.District `gorm:"embedded;embeddedPrefix:district_"`
	Projects int
	Red      int
	Late     int
	Total    moneyTotal
	Filled   int
}

func (p pipelinePart) districts(ctx context.Context) error {
	const statement = lateness + `SELECT d.code AS district_code, d.name AS district_name, d.name_en AS district_name_en,
			d.kind AS district_kind, coalesce(d.parent_code, '') AS district_parent_code, d.note AS district_note,
			count(*) AS projects, sum(m.investment) AS total, count(m.investment) AS filled,
			count(*) FILTER (WHERE m.rule_light = 'red') AS red, count(*) FILTER (WHERE m.late_original > 0) AS late
		FROM lateness m JOIN project_district l ON l.project_id = m.id JOIN district d ON d.code = l.district_code
		GROUP BY d.code ORDER BY d.code`
	var cells []districtCell
	if err := p.scan(ctx, statement, arguments{"as_of": dateOrNull(p.today)}, &cells); err != nil {
		return err
	}
	for _, cell := range cells {
		p.into.ByDistrict = append(p.into.ByDistrict, domain.DistrictSummary{
			District: cell.District, Projects: cell.Projects, Red: cell.Red, Late: cell.Late,
			Investment: domain.Sum{Total: cell.Total.Money, Filled: cell.Filled, Of: cell.Projects},
		})
	}
	return nil
}

type ownerCell struct {
	Owner       organisationRow `gorm:"embedded;embeddedPrefix:owner_"`
	Projects    int
	Provisional int
	Red         int
	Late        int
}

func (p pipelinePart) owners(ctx context.Context) error {
	const statement = lateness + `SELECT ` + ownerColumns + `,
			count(*) AS projects, count(*) FILTER (WHERE m.owner_provisional) AS provisional,
			count(*) FILTER (WHERE m.rule_light = 'red') AS red, count(*) FILTER (WHERE m.late_original > 0) AS late
		FROM lateness m JOIN organisation o ON o.id = m.owner_organisation_id
		GROUP BY o.id ORDER BY o.path`
	var cells []ownerCell
	if err := p.scan(ctx, statement, arguments{"as_of": dateOrNull(p.today)}, &cells); err != nil {
		return err
	}
	for _, cell := range cells {
		p.into.ByOwner = append(p.into.ByOwner, domain.OwnerSummary{
			Owner: cell.Owner.organisation(), Projects: cell.Projects, Provisional: cell.Provisional, Red: cell.Red, Late: cell.Late,
		})
	}
	return nil
}

// added is the sum of two disjoint groups of projects.
func added(a, b domain.Sum) domain.Sum {
	return domain.Sum{Total: a.Total.Add(b.Total), Filled: a.Filled + b.Filled, Of: a.Of + b.Of}
}
