package repository

import (
	"time"

	"zhongda/domain"
)

// projectColumns and projectTables read a project with its category, its top category and its owner. The long texts
// are left to projectTexts, because a list shows none of them.
const (
	projectColumns = `p.id, p.code, p.name, p.owner_provisional, p.owner_rule, p.stage, p.stage_provisional,
	p.standing, p.standing_reason, p.standing_document, p.standing_since, p.successor_code, p.target,
	p.construction_unit, p.national_code, p.slip_days, p.progress, p.reported_period, p.owner_light, p.rule_light, p.version, p.created_at, p.updated_at,
	p.estimate AS estimate_value, p.estimate_missing, p.estimate_basis, p.budget AS budget_value, p.budget_missing, p.budget_basis,
	p.final_account AS final_account_value, p.final_account_missing, p.final_account_basis,
	c.code AS category_code, c.parent_code AS category_parent_code, c.name AS category_name,
	c.name_en AS category_name_en, c.oc4ids_sector AS category_sector,
	top.code AS top_code, top.parent_code AS top_parent_code, top.name AS top_name, top.name_en AS top_name_en,
	top.oc4ids_sector AS top_sector,
	` + ownerColumns
	ownerColumns = `o.id AS owner_id, o.code AS owner_code, o.name AS owner_name, o.name_en AS owner_name_en,
	o.short_name AS owner_short_name, o.parent_id AS owner_parent_id, o.kind AS owner_kind,
	o.function AS owner_function, o.district_code AS owner_district_code, o.path AS owner_path`
	projectTexts  = `p.summary, p.internal_note`
	projectTables = `project p
JOIN category c ON c.code = p.category_code
JOIN category top ON top.code = coalesce(c.parent_code, c.code)
JOIN organisation o ON o.id = p.owner_organisation_id`
)

type projectRow struct {
	ID               int64
	Code             string
	Name             string
	Category         projectCategoryRow `gorm:"embedded;embeddedPrefix:category_"`
	Top              projectCategoryRow `gorm:"embedded;embeddedPrefix:top_"`
	Owner            organisationRow    `gorm:"embedded;embeddedPrefix:owner_"`
	OwnerProvisional bool
	OwnerRule        string
	Stage            string
	StageProvisional bool
	Standing         string
	StandingReason   string
	StandingDocument string
	StandingSince    *time.Time
	SuccessorCode    *string
	Target           string
	ConstructionUnit string
	NationalCode     string
	Summary          string
	InternalNote     string
	Estimate         amountRow `gorm:"embedded;embeddedPrefix:estimate_"`
	Budget           amountRow `gorm:"embedded;embeddedPrefix:budget_"`
	FinalAccount     amountRow `gorm:"embedded;embeddedPrefix:final_account_"`
	SlipDays         *int
	Progress         *string
	ReportedPeriod   *time.Time
	OwnerLight       string
	RuleLight        string
	Version          int64
	CreatedAt        time.Time
	UpdatedAt        time.Time
}

type projectCategoryRow struct {
	Code       string
	ParentCode *string
	Name       string
	NameEn     string
	Sector     string
}

func (r projectCategoryRow) category() domain.Category {
	return domain.Category{Code: r.Code, ParentCode: deref(r.ParentCode), Name: r.Name, NameEn: r.NameEn, OC4IDSSector: r.Sector}
}

func (r projectRow) project() (domain.Project, error) {
	p := domain.Project{
		ID: r.ID, Code: r.Code, Name: r.Name, Category: r.Category.category(), TopCategory: r.Top.category(),
		Owner: r.Owner.organisation(), OwnerProvisional: r.OwnerProvisional, OwnerRule: domain.OwnerRule(r.OwnerRule),
		Stage: domain.Stage(r.Stage), StageProvisional: r.StageProvisional,
		Standing: domain.Standing(r.Standing), StandingReason: r.StandingReason, StandingDocument: r.StandingDocument,
		StandingSince: dateOf(r.StandingSince), SuccessorCode: deref(r.SuccessorCode), Target: domain.Target(r.Target),
		ConstructionUnit: r.ConstructionUnit, NationalCode: r.NationalCode, Summary: r.Summary, InternalNote: r.InternalNote,
		SlipDays: r.SlipDays, ReportedPeriod: periodOf(r.ReportedPeriod), OwnerLight: domain.Light(r.OwnerLight), RuleLight: domain.RuleLight(r.RuleLight),
		Version: r.Version, CreatedAt: r.CreatedAt, UpdatedAt: r.UpdatedAt,
	}
	var err error
	for _, each := range []struct {
		to  *domain.Amount
		row amountRow
	}{{&p.Estimate, r.Estimate}, {&p.Budget, r.Budget}, {&p.FinalAccount, r.FinalAccount}} {
		if *each.to, err = each.row.amount(); err != nil {
			return domain.Project{}, err
		}
	}
	if r.Progress != nil {
		progress, err := domain.ParsePercent(*r.Progress)
		if err != nil {
			return domain.Project{}, err
		}
		p.Progress = &progress
	}
	return p, nil
}

// periodOf reads a month kept as its first day.
func periodOf(t *time.Time) domain.Period {
	if t == nil {
		return domain.Period{}
	}
	return domain.PeriodOf(domain.DateOf(*t))
}

func deref[T any](p *T) (value T) {
	if p != nil {
		value = *p
	}
	return value
}

// orNull is the parameter of a column that holds NULL for "none".
func orNull[T comparable](value T) any {
	var none T
	if value == none {
		return nil
	}
	return value
}

func dateOf(t *time.Time) domain.Date {
	if t == nil {
		return domain.Date{}
	}
	return domain.DateOf(*t)
}

func dateOrNull(d domain.Date) any {
	if d.IsZero() {
		return nil
	}
	return d.Time()
}
