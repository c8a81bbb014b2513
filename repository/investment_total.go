package repository

import (
	"context"

	"zhongda/domain"
)

// investmentFigures holds, for every project of `matching`, its totals, the confirmed plan of the year, and what the
// approved reports say: of the very month, of the year so far, and since the start.
const investmentFigures = `, figure AS (
	SELECT p.id, p.category_code, p.owner_organisation_id, p.stage, p.standing, p.standing = 'active' AS active,
		p.estimate, p.budget, p.final_account, p.investment, plan.planned, ` + planSources + `,
		month.amount AS month, year.amount AS to_date, start.amount AS since
	FROM matching p
	LEFT JOIN LATERAL (SELECT * FROM investment_plan i WHERE i.project_id = p.id AND i.year = @year AND i.confirmed_by <> ''
		ORDER BY i.revision DESC LIMIT 1) plan ON true
	LEFT JOIN LATERAL (SELECT CAST(nullif(r.content->'month'->>'value', '') AS numeric) AS amount FROM report r
		WHERE r.project_id = p.id AND r.state = 'approved' AND r.period = @period
		ORDER BY r.revision DESC LIMIT 1) month ON true
	LEFT JOIN LATERAL (SELECT CAST(nullif(r.content->'year'->>'value', '') AS numeric) AS amount FROM report r
		WHERE r.project_id = p.id AND r.state = 'approved' AND r.period BETWEEN date_trunc('year', CAST(@period AS date)) AND @period
		ORDER BY r.period DESC, r.revision DESC LIMIT 1) year ON true
	LEFT JOIN LATERAL (SELECT CAST(nullif(r.content->'total'->>'value', '') AS numeric) AS amount FROM report r
		WHERE r.project_id = p.id AND r.state = 'approved' AND r.period <= @period
		ORDER BY r.period DESC, r.revision DESC LIMIT 1) start ON true)
`

const planSources = "plan.central_budget, plan.special_bond, plan.municipal_finance, plan.district_finance, plan.enterprise, plan.loan, plan.other"

// investmentSums adds up the figures f of a group.
const investmentSums = `count(*) AS projects, count(*) FILTER (WHERE f.active) AS active,
	count(*) FILTER (WHERE f.standing = 'paused') AS paused, count(*) FILTER (WHERE f.standing = 'exited') AS exited,
	sum(f.estimate) AS estimate_total, count(f.estimate) AS estimate_filled,
	sum(f.budget) AS budget_total, count(f.budget) AS budget_filled,
	sum(f.final_account) AS account_total, count(f.final_account) AS account_filled,
	sum(f.investment) AS whole_total, count(f.investment) AS whole_filled,
	sum(f.budget) FILTER (WHERE f.final_account IS NULL) AS by_budget_total,
	count(f.budget) FILTER (WHERE f.final_account IS NULL) AS by_budget_filled,
	sum(f.estimate) FILTER (WHERE f.final_account IS NULL AND f.budget IS NULL) AS by_estimate_total,
	count(f.estimate) FILTER (WHERE f.final_account IS NULL AND f.budget IS NULL) AS by_estimate_filled,
	sum(f.planned) AS planned_total, count(f.planned) AS planned_filled,
	sum(f.month) AS month_total, count(f.month) AS month_filled,
	sum(f.to_date) AS to_date_total, count(f.to_date) AS to_date_filled,
	sum(f.since) AS since_total, count(f.since) AS since_filled,
	sum(f.central_budget) AS central_budget, sum(f.special_bond) AS special_bond, sum(f.municipal_finance) AS municipal_finance,
	sum(f.district_finance) AS district_finance, sum(f.enterprise) AS enterprise, sum(f.loan) AS loan, sum(f.other) AS other,
	sum(f.planned - f.central_budget - f.special_bond - f.municipal_finance - f.district_finance - f.enterprise - f.loan - f.other) AS unsecured,
	sum(f.to_date) FILTER (WHERE f.active AND f.planned IS NOT NULL) AS completion_done,
	sum(f.planned) FILTER (WHERE f.active AND f.to_date IS NOT NULL) AS completion_base,
	count(*) FILTER (WHERE f.active AND f.planned IS NOT NULL AND f.to_date IS NOT NULL) AS completion_filled,
	sum(f.since) FILTER (WHERE f.active AND f.investment IS NOT NULL) AS progress_done,
	sum(f.investment) FILTER (WHERE f.active AND f.since IS NOT NULL) AS progress_base,
	count(*) FILTER (WHERE f.active AND f.investment IS NOT NULL AND f.since IS NOT NULL) AS progress_filled,
	count(*) FILTER (WHERE f.to_date > f.planned) AS over`

// sumRow is a sum with how many projects had a figure.
type sumRow struct {
	Total  moneyTotal
	Filled int
}

func (r sumRow) of(projects int) domain.Sum {
	return domain.Sum{Total: r.Total.Money, Filled: r.Filled, Of: projects}
}

type investmentTotalRow struct {
	Projects         int
	Active           int
	Paused           int
	Exited           int
	Estimate         sumRow     `gorm:"embedded;embeddedPrefix:estimate_"`
	Budget           sumRow     `gorm:"embedded;embeddedPrefix:budget_"`
	Account          sumRow     `gorm:"embedded;embeddedPrefix:account_"`
	Whole            sumRow     `gorm:"embedded;embeddedPrefix:whole_"`
	ByBudget         sumRow     `gorm:"embedded;embeddedPrefix:by_budget_"`
	ByEstimate       sumRow     `gorm:"embedded;embeddedPrefix:by_estimate_"`
	Planned          sumRow     `gorm:"embedded;embeddedPrefix:planned_"`
	Month            sumRow     `gorm:"embedded;embeddedPrefix:month_"`
	ToDate           sumRow     `gorm:"embedded;embeddedPrefix:to_date_"`
	Since            sumRow     `gorm:"embedded;embeddedPrefix:since_"`
	Funding          fundingRow `gorm:"embedded"`
	Unsecured        moneyTotal
	CompletionDone   moneyTotal
	CompletionBase   moneyTotal
	CompletionFilled int
	ProgressDone     moneyTotal
	ProgressBase     moneyTotal
	ProgressFilled   int
	Over             int
}

func (r investmentTotalRow) total() domain.InvestmentTotal {
	return domain.InvestmentTotal{
		Projects: r.Projects, Active: r.Active, Paused: r.Paused, Exited: r.Exited,
		Estimate: r.Estimate.of(r.Projects), Budget: r.Budget.of(r.Projects), Account: r.Account.of(r.Projects),
		Total: r.Whole.of(r.Projects), ByAccount: r.Account.of(r.Projects), ByBudget: r.ByBudget.of(r.Projects),
		ByEstimate: r.ByEstimate.of(r.Projects), Planned: r.Planned.of(r.Projects), Month: r.Month.of(r.Projects),
		ToDate: r.ToDate.of(r.Projects), Since: r.Since.of(r.Projects), Funding: r.Funding.funding(), Unsecured: r.Unsecured.Money,
		Completion: domain.Rate{Done: r.CompletionDone.Money, Base: r.CompletionBase.Money, Filled: r.CompletionFilled, Of: r.Active},
		Progress:   domain.Rate{Done: r.ProgressDone.Money, Base: r.ProgressBase.Money, Filled: r.ProgressFilled, Of: r.Active},
		Over:       r.Over,
	}
}

// InvestmentSummary adds up the money of the filter's projects within the read scope. All parts are of one snapshot.
// Waiting lists the unconfirmed plans of the projects that waiting covers.
func (s *Store) InvestmentSummary(ctx context.Context, read, waiting domain.Scope, f domain.InvestmentFilter) (domain.InvestmentSummary, error) {
	result := domain.InvestmentSummary{AsOf: f.Projects.Today, Year: f.Year, Period: f.Period}
	err := s.transaction(ctx, snapshot(), func(tx *Store) error {
		part := investmentPart{store: tx, filter: projectConditions(read, f.Projects), into: &result}
		for _, readPart := range []func(context.Context) error{part.whole, part.categories, part.districts, part.owners, part.stages} {
			if err := readPart(ctx); err != nil {
				return err
			}
		}
		return part.waitingPlans(ctx, waiting)
	})
	return result, failure("add up investments", err)
}

// investmentPart reads the parts of one summary over the same projects.
type investmentPart struct {
	store  *Store
	filter conditions
	into   *domain.InvestmentSummary
}

// scan runs a statement over `matching`, the projects of the filter.
func (p investmentPart) scan(ctx context.Context, statement string, args arguments, rows any) error {
	query := "WITH matching AS (SELECT p.* FROM project p WHERE " + p.filter.where() + ")" + statement
	own := arguments{"year": p.into.Year, "period": dateOrNull(p.into.Period.First())}
	return p.store.query(ctx, query, p.filter.arguments().and(own).and(args)).Scan(rows).Error
}

func (p investmentPart) whole(ctx context.Context) error {
	var row investmentTotalRow
	err := p.scan(ctx, investmentFigures+"SELECT "+investmentSums+" FROM figure f", nil, &row)
	p.into.Total = row.total()
	return err
}

func (p investmentPart) categories(ctx context.Context) error {
	const statement = investmentFigures + `SELECT top.code AS category_code, top.parent_code AS category_parent_code, top.name AS category_name,
			top.name_en AS category_name_en, top.oc4ids_sector AS category_sector, ` + investmentSums + `
		FROM figure f JOIN category c ON c.code = f.category_code JOIN category top ON top.code = coalesce(c.parent_code, c.code)
		GROUP BY top.code ORDER BY top.code`
	var rows []struct {
		Category projectCategoryRow `gorm:"embedded;embeddedPrefix:category_"`
		Sums     investmentTotalRow `gorm:"embedded"`
	}
	if err := p.scan(ctx, statement, nil, &rows); err != nil {
		return err
	}
	for _, row := range rows {
		p.into.ByCategory = append(p.into.ByCategory, domain.InvestmentByCategory{Category: row.Category.category(), InvestmentTotal: row.Sums.total()})
	}
	return nil
}

func (p investmentPart) districts(ctx context.Context) error {
	const statement = investmentFigures + `SELECT d.code AS district_code, d.name AS district_name, d.name_en AS district_name_en,
			d.kind AS district_kind, coalesce(d.parent_code, '') AS district_parent_code, d.note AS district_note, ` + investmentSums + `
		FROM figure f JOIN project_district l ON l.project_id = f.id JOIN district d ON d.code = l.district_code
		GROUP BY d.code ORDER BY d.code`
	var rows []struct {
		District domain.District    `gorm:"embedded;embeddedPrefix:district_"`
		Sums     investmentTotalRow `gorm:"embedded"`
	}
	if err := p.scan(ctx, statement, nil, &rows); err != nil {
		return err
	}
	for _, row := range rows {
		p.into.ByDistrict = append(p.into.ByDistrict, domain.InvestmentByDistrict{District: row.District, InvestmentTotal: row.Sums.total()})
	}
	return nil
}

func (p investmentPart) owners(ctx context.Context) error {
	const statement = investmentFigures + `SELECT o.id AS owner_id, o.code AS owner_code, o.name AS owner_name, o.name_en AS owner_name_en,
			o.short_name AS owner_short_name, ` + investmentSums + `
		FROM figure f JOIN organisation o ON o.id = f.owner_organisation_id
		GROUP BY o.id ORDER BY sum(f.planned) DESC NULLS LAST, o.path`
	var rows []struct {
		OwnerID        int64
		OwnerCode      string
		OwnerName      string
		OwnerNameEn    string
		OwnerShortName string
		Sums           investmentTotalRow `gorm:"embedded"`
	}
	if err := p.scan(ctx, statement, nil, &rows); err != nil {
		return err
	}
	for _, row := range rows {
		owner := domain.Organisation{ID: row.OwnerID, Code: row.OwnerCode, Name: row.OwnerName, NameEn: row.OwnerNameEn, ShortName: row.OwnerShortName}
		p.into.ByOwner = append(p.into.ByOwner, domain.InvestmentByOwner{Owner: owner, InvestmentTotal: row.Sums.total()})
	}
	return nil
}

func (p investmentPart) stages(ctx context.Context) error {
	const statement = investmentFigures + "SELECT f.stage, " + investmentSums + ` FROM figure f
		GROUP BY f.stage ORDER BY array_position(CAST(@stages AS text[]), f.stage)`
	var rows []struct {
		Stage domain.Stage
		Sums  investmentTotalRow `gorm:"embedded"`
	}
	if err := p.scan(ctx, statement, arguments{"stages": array[string](texts(domain.Stages()))}, &rows); err != nil {
		return err
	}
	for _, row := range rows {
		p.into.ByStage = append(p.into.ByStage, domain.InvestmentByStage{Stage: row.Stage, InvestmentTotal: row.Sums.total()})
	}
	return nil
}
