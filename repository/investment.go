package repository

import (
	"context"
	"strings"
	"time"

	"zhongda/domain"
)

const investmentPlanColumns = `i.id, i.project_id, i.year, i.revision, i.reason, i.planned, i.planned_missing, i.planned_basis,
	i.central_budget, i.special_bond, i.municipal_finance, i.district_finance, i.enterprise, i.loan, i.other,
	i.drafted_by, i.updated_by, i.updated_at, i.confirmed_by, i.confirmed_at, i.version`

// fundingRow is the money of each source; its columns are named as the sources are.
type fundingRow struct {
	CentralBudget    moneyTotal
	SpecialBond      moneyTotal
	MunicipalFinance moneyTotal
	DistrictFinance  moneyTotal
	Enterprise       moneyTotal
	Loan             moneyTotal
	Other            moneyTotal
}

func (r fundingRow) funding() map[domain.FundSource]domain.Money {
	funding := map[domain.FundSource]domain.Money{}
	for source, total := range map[domain.FundSource]moneyTotal{
		domain.FundCentralBudget: r.CentralBudget, domain.FundSpecialBond: r.SpecialBond,
		domain.FundMunicipalFinance: r.MunicipalFinance, domain.FundDistrictFinance: r.DistrictFinance,
		domain.FundEnterprise: r.Enterprise, domain.FundLoan: r.Loan, domain.FundOther: r.Other,
	} {
		if !total.Equal(domain.Money{}) {
			funding[source] = total.Money
		}
	}
	return funding
}

type investmentPlanRow struct {
	ID             int64
	ProjectID      int64
	Year           int
	Revision       int
	Reason         string
	Planned        *string
	PlannedMissing string
	PlannedBasis   string
	Funding        fundingRow `gorm:"embedded"`
	DraftedBy      string
	UpdatedBy      string
	UpdatedAt      time.Time
	ConfirmedBy    string
	ConfirmedAt    *time.Time
	Version        int64
}

func (r investmentPlanRow) plan() (domain.InvestmentPlan, error) {
	planned, err := amountRow{Value: r.Planned, Missing: r.PlannedMissing, Basis: r.PlannedBasis}.amount()
	return domain.InvestmentPlan{
		ID: r.ID, ProjectID: r.ProjectID, Year: r.Year, Revision: r.Revision, Reason: r.Reason, Planned: planned,
		Funding: r.Funding.funding(), DraftedBy: r.DraftedBy, UpdatedBy: r.UpdatedBy, UpdatedAt: r.UpdatedAt,
		ConfirmedBy: r.ConfirmedBy, ConfirmedAt: deref(r.ConfirmedAt), Version: r.Version,
	}, err
}

func investmentPlanArguments(p domain.InvestmentPlan) arguments {
	fields := arguments{
		"id": p.ID, "project_id": p.ProjectID, "year": p.Year, "revision": p.Revision, "reason": p.Reason,
		"drafted_by": p.DraftedBy, "updated_by": p.UpdatedBy, "updated_at": p.UpdatedAt,
		"confirmed_by": p.ConfirmedBy, "confirmed_at": orNull(p.ConfirmedAt), "version": p.Version,
	}
	for _, source := range domain.FundSources() {
		fields[string(source)] = p.Funding[source].String()
	}
	return fields.and(amountArguments("planned", p.Planned))
}

// InvestmentPlans lists all revisions of a project's annual plans, by year and revision.
func (s *Store) InvestmentPlans(ctx context.Context, projectID int64) ([]domain.InvestmentPlan, error) {
	var filter conditions
	filter.add("project", "i.project_id = @project", arguments{"project": projectID})
	return s.investmentPlans(ctx, filter)
}

// InvestmentPlan reads the last revision of a year's plan; NotFound where there is none.
func (s *Store) InvestmentPlan(ctx context.Context, projectID int64, year int) (domain.InvestmentPlan, error) {
	var filter conditions
	filter.add("project", "i.project_id = @project AND i.year = @year", arguments{"project": projectID, "year": year})
	plans, err := s.investmentPlans(ctx, filter)
	if err != nil {
		return domain.InvestmentPlan{}, err
	}
	if len(plans) == 0 {
		return domain.InvestmentPlan{}, domain.NotFound("investment_plan_not_found")
	}
	return plans[len(plans)-1], nil
}

func (s *Store) investmentPlans(ctx context.Context, filter conditions) ([]domain.InvestmentPlan, error) {
	query := "SELECT " + investmentPlanColumns + " FROM investment_plan i WHERE " + filter.where() + " ORDER BY i.year, i.revision"
	var rows []investmentPlanRow
	if err := s.query(ctx, query, filter.arguments()).Scan(&rows).Error; err != nil {
		return nil, failure("list investment plans", err)
	}
	plans := make([]domain.InvestmentPlan, len(rows))
	for i, row := range rows {
		var err error
		if plans[i], err = row.plan(); err != nil {
			return nil, failure("list investment plans", err)
		}
	}
	return plans, nil
}

// fundSourceColumns lists the columns of the sources, each after prefix.
func fundSourceColumns(prefix string) string {
	return prefix + strings.Join(texts(domain.FundSources()), ", "+prefix)
}

// CreateInvestmentPlan adds a revision and returns it with its id and first version. A second one of the same number, or
// a second open one, is a Conflict; outside the announced write scope it is Forbidden.
func (s *Store) CreateInvestmentPlan(ctx context.Context, p domain.InvestmentPlan) (domain.InvestmentPlan, error) {
	query := `INSERT INTO investment_plan (project_id, year, revision, reason, planned, planned_missing, planned_basis, ` + fundSourceColumns("") + `,
			drafted_by, updated_by, updated_at)
		VALUES (@project_id, @year, @revision, @reason, @planned, @planned_missing, @planned_basis, ` + fundSourceColumns("@") + `,
			@drafted_by, @updated_by, @updated_at)
		RETURNING id`
	p.Version = 1
	err := s.query(ctx, query, investmentPlanArguments(p)).Scan(&p.ID).Error
	return p, failure("create an investment plan", err)
}

// UpdateInvestmentPlan writes what an act made of an unconfirmed revision, if it still has p.Version, and returns the new
// version. Else it is StaleVersion with the current one, NotFound, or Forbidden outside the announced write scope.
func (s *Store) UpdateInvestmentPlan(ctx context.Context, p domain.InvestmentPlan) (newVersion int64, err error) {
	const query = `UPDATE investment_plan SET planned = @planned, planned_missing = @planned_missing, planned_basis = @planned_basis,
			central_budget = @central_budget, special_bond = @special_bond, municipal_finance = @municipal_finance,
			district_finance = @district_finance, enterprise = @enterprise, loan = @loan, other = @other,
			updated_by = @updated_by, updated_at = @updated_at, confirmed_by = @confirmed_by, confirmed_at = @confirmed_at,
			version = version + 1
		WHERE id = @id AND version = @version AND confirmed_by = ''
		RETURNING version`
	updated := s.query(ctx, query, investmentPlanArguments(p)).Scan(&newVersion)
	if updated.Error != nil {
		return 0, failure("update an investment plan", updated.Error)
	}
	if updated.RowsAffected == 1 {
		return newVersion, nil
	}
	var current []int64
	if err := s.conn(ctx).Raw("SELECT version FROM investment_plan WHERE id = ?", p.ID).Scan(&current).Error; err != nil {
		return 0, failure("read an investment plan's version", err)
	}
	if len(current) == 0 {
		return 0, domain.NotFound("investment_plan_not_found")
	}
	return 0, notWritten(p.Version, current[0])
}

// YearPlans are the planned amounts of projects by year, as the confirmed plans in effect say; a year without one is not
// in the map.
func (s *Store) YearPlans(ctx context.Context, projectIDs ...int64) (map[int64]map[int]domain.Amount, error) {
	var filter conditions
	filter.add("projects", "i.project_id = ANY (@projects) AND i.confirmed_by <> ''", arguments{"projects": array[int64](projectIDs)})
	plans, err := s.investmentPlans(ctx, filter)
	planned := map[int64]map[int]domain.Amount{}
	for _, p := range plans { // a later revision comes later
		if planned[p.ProjectID] == nil {
			planned[p.ProjectID] = map[int]domain.Amount{}
		}
		planned[p.ProjectID][p.Year] = p.Planned
	}
	return planned, err
}

type waitingPlanRow struct {
	Plan        investmentPlanRow `gorm:"embedded"`
	ProjectCode string
	ProjectName string
}

// waitingPlansMax bounds the list; who confirms a hundred sees the next ones.
const waitingPlansMax = 100

// PlansToConfirm counts the revisions of a year that nobody confirmed yet, of the projects within a scope.
func (s *Store) PlansToConfirm(ctx context.Context, scope domain.Scope, year int) (int, error) {
	var filter conditions
	filter.within(scope, "waiting_root")
	filter.add("waiting", "i.year = @year AND i.confirmed_by = ''", arguments{"year": year})
	return s.countRows(ctx, "\nFROM investment_plan i JOIN project p ON p.id = i.project_id", filter)
}

// waitingPlans lists the revisions of a year that nobody confirmed yet, of the filter's projects within a scope.
func (p investmentPart) waitingPlans(ctx context.Context, scope domain.Scope) error {
	var within conditions
	within.within(scope, "waiting_root")
	statement := "SELECT " + investmentPlanColumns + `, p.code AS project_code, p.name AS project_name
		FROM investment_plan i JOIN matching p ON p.id = i.project_id
		WHERE i.year = @year AND i.confirmed_by = '' AND ` + within.where() + " ORDER BY i.updated_at, i.id LIMIT @waiting_max"
	var rows []waitingPlanRow
	if err := p.scan(ctx, statement, within.arguments().and(arguments{"waiting_max": waitingPlansMax}), &rows); err != nil {
		return err
	}
	for _, row := range rows {
		plan, err := row.Plan.plan()
		if err != nil {
			return err
		}
		p.into.Waiting = append(p.into.Waiting, domain.WaitingPlan{Plan: plan, ProjectCode: row.ProjectCode, ProjectName: row.ProjectName})
	}
	return nil
}
