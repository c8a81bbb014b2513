package api

import (
	"strconv"
	"strings"

	"zhongda/api/sheet"
	"zhongda/domain"
)

// ExportColumn names a column of the list; in a file some of them take two.
type ExportColumn string

// The columns of the list, and further facts of a project that everybody may read.
const (
	ColumnCode       ExportColumn = "code"
	ColumnName       ExportColumn = "name"
	ColumnStage      ExportColumn = "stage"
	ColumnStanding   ExportColumn = "standing"
	ColumnTarget     ExportColumn = "target"
	ColumnSlip       ExportColumn = "slip"
	ColumnMilestone  ExportColumn = "milestone"
	ColumnProgress   ExportColumn = "progress"
	ColumnPeriod     ExportColumn = "period"
	ColumnLight      ExportColumn = "light"
	ColumnOwnerLight ExportColumn = "ownerLight"
	ColumnInvestment ExportColumn = "investment"
	ColumnEstimate   ExportColumn = "estimate"
	ColumnBudget     ExportColumn = "budget"
	ColumnAccount    ExportColumn = "finalAccount"
	ColumnOwner      ExportColumn = "owner"
	ColumnUnit       ExportColumn = "constructionUnit"
	ColumnNational   ExportColumn = "nationalCode"
	ColumnDistrict   ExportColumn = "district"
	ColumnCategory   ExportColumn = "category"
	ColumnPlanColumn ExportColumn = "column"
	ColumnCommitment ExportColumn = "commitment"
	ColumnUpdated    ExportColumn = "updated"
	widthOfWords                  = 14
	widthOfName                   = 44
	widthOfNumber                 = 12
	widthOfMoney                  = 20
	widthOfOneWord                = 10
	widthOfManyWords              = 28
)

// ExportColumns lists them in the order a file has them.
func ExportColumns() []ExportColumn {
	return []ExportColumn{
		ColumnName, ColumnCode, ColumnStage, ColumnStanding, ColumnTarget, ColumnSlip, ColumnMilestone, ColumnProgress, ColumnPeriod,
		ColumnLight, ColumnOwnerLight, ColumnInvestment, ColumnEstimate, ColumnBudget, ColumnAccount, ColumnOwner, ColumnUnit,
		ColumnNational, ColumnDistrict, ColumnCategory, ColumnPlanColumn, ColumnCommitment, ColumnUpdated,
	}
}

// usualColumns are those of the list and what it shows beside them.
func usualColumns() []ExportColumn {
	return []ExportColumn{
		ColumnName, ColumnCode, ColumnStage, ColumnStanding, ColumnTarget, ColumnSlip, ColumnMilestone, ColumnProgress, ColumnPeriod, ColumnLight,
		ColumnOwnerLight, ColumnInvestment, ColumnOwner, ColumnDistrict, ColumnCategory, ColumnPlanColumn, ColumnUpdated,
	}
}

// columns always begin with the name: a row without it is nobody's.
func (in exportProjectsIn) columns() []ExportColumn {
	if len(in.Columns) == 0 {
		return usualColumns()
	}
	chosen := []ExportColumn{ColumnName}
	for _, c := range in.Columns {
		if c != ColumnName {
			chosen = append(chosen, c)
		}
	}
	return chosen
}

// exportedColumn is one column of the file.
type exportedColumn struct {
	head sheet.Column
	cell func(domain.Project) sheet.Cell
}

// exportColumns makes the chosen columns in words.
func (w exportWords) exportColumns(chosen []ExportColumn, unit MoneyUnit) []exportedColumn {
	all, columns := w.everyColumn(unit), []exportedColumn{}
	for _, key := range chosen {
		columns = append(columns, all[key]...)
	}
	return columns
}

// everyColumn is the table of the columns.
func (w exportWords) everyColumn(unit MoneyUnit) map[ExportColumn][]exportedColumn {
	type project = domain.Project
	words := func(title string, width int, of func(project) string) exportedColumn {
		return exportedColumn{sheet.Column{Title: w.say("export_" + title), Width: width}, func(p project) sheet.Cell { return sheet.Text(of(p)) }}
	}
	cells := func(title string, width int, of func(project) sheet.Cell) exportedColumn {
		return exportedColumn{sheet.Column{Title: w.say("export_" + title), Width: width}, of}
	}
	money := func(title string, of func(project) domain.Amount) exportedColumn {
		heading := w.say("export_in_unit", "title", w.say("export_"+title), "unit", w.say("export_unit_"+string(unit)))
		return exportedColumn{sheet.Column{Title: heading, Width: widthOfMoney}, func(p project) sheet.Cell { return w.amount(of(p), unit) }}
	}
	return map[ExportColumn][]exportedColumn{
		ColumnCode: {words("code", widthOfWords, func(p project) string { return p.Code })},
		ColumnName: {words("name", widthOfName, func(p project) string { return p.Name })},
		ColumnStage: {
			words("stage", widthOfOneWord, func(p project) string { return w.of("stage", p.Stage) }),
			words("stage_provisional", widthOfOneWord, func(p project) string { return w.mark(p.StageProvisional) }),
		},
		ColumnStanding: {words("standing", widthOfOneWord, func(p project) string { return w.of("standing", p.Standing) })},
		ColumnTarget:   {words("target", widthOfNumber, func(p project) string { return w.of("target", p.Target) })},
		ColumnSlip:     {cells("slip", widthOfNumber, w.slip)},
		ColumnMilestone: {
			words("milestone", widthOfManyWords, func(p project) string { name, _ := nextMilestone(p); return name }),
			cells("milestone_date", widthOfWords, func(p project) sheet.Cell { _, date := nextMilestone(p); return w.planDate(date) }),
		},
		ColumnProgress: {cells("progress", widthOfNumber, w.progress)},
		ColumnPeriod:   {words("period", widthOfOneWord, func(p project) string { return periodText(p.ReportedPeriod) })},
		ColumnLight:    {words("light", widthOfOneWord, func(p project) string { return w.of("light", p.RuleLight) })},
		ColumnOwnerLight: {words("owner_light", widthOfOneWord, func(p project) string {
			return w.of("light", p.OwnerLight)
		})},
		ColumnInvestment: {money("investment", domain.Project.Investment)},
		ColumnEstimate:   {money("estimate", func(p project) domain.Amount { return p.Estimate })},
		ColumnBudget:     {money("budget", func(p project) domain.Amount { return p.Budget })},
		ColumnAccount:    {money("final_account", func(p project) domain.Amount { return p.FinalAccount })},
		ColumnOwner: {
			words("owner", widthOfManyWords, func(p project) string { return w.named(p.Owner.Name, p.Owner.NameEn) }),
			words("owner_provisional", widthOfOneWord, func(p project) string { return w.mark(p.OwnerProvisional) }),
		},
		ColumnUnit:       {words("construction_unit", widthOfManyWords, func(p project) string { return p.ConstructionUnit })},
		ColumnNational:   {words("national_code", widthOfManyWords, func(p project) string { return p.NationalCode })},
		ColumnDistrict:   {words("district", widthOfManyWords, w.districts)},
		ColumnCategory:   {words("category", widthOfManyWords, func(p project) string { return w.named(p.Category.Name, p.Category.NameEn) })},
		ColumnPlanColumn: {words("column", widthOfOneWord, func(p project) string { return w.list(mapSlice(p.Columns, strconv.Itoa)) })},
		ColumnCommitment: {words("commitment", widthOfWords, func(p project) string { return w.list(mapSlice(p.Commitments, w.commitment)) })},
		ColumnUpdated:    {cells("updated", widthOfNumber, func(p project) sheet.Cell { return sheet.Day(p.UpdatedAt.In(w.zone)) })},
	}
}

// amount is a figure, or the word for why there is none; a sum over the column passes over words.
func (w exportWords) amount(a domain.Amount, unit MoneyUnit) sheet.Cell {
	switch {
	case a.Missing == domain.MissingWithheld:
		return sheet.Text(w.say("export_withheld", "basis", a.Basis))
	case !a.Present():
		return sheet.Text(w.of("missing", a.Missing))
	default:
		return sheet.Decimal(inUnit(a.Value, unit))
	}
}

func inUnit(m domain.Money, unit MoneyUnit) string {
	if unit == UnitWan {
		return m.Wan()
	}
	return m.String()
}

func (w exportWords) slip(p domain.Project) sheet.Cell {
	if p.SlipDays == nil {
		return sheet.Text(w.say("export_no_verdict"))
	}
	return sheet.Integer(strconv.Itoa(*p.SlipDays))
}

func (w exportWords) progress(p domain.Project) sheet.Cell {
	if p.Progress == nil {
		return sheet.Text(w.say("export_not_reported"))
	}
	return sheet.Decimal(p.Progress.String())
}

func (w exportWords) districts(p domain.Project) string {
	return w.list(mapSlice(p.Districts, func(d domain.District) string { return w.named(d.Name, d.NameEn) }))
}

func periodText(p domain.Period) string {
	if p == (domain.Period{}) {
		return ""
	}
	return p.String()
}

// nextMilestone is the next one's name with its phase, and the day it is waited for.
func nextMilestone(p domain.Project) (name string, date *domain.PlanDate) {
	m := p.NextMilestone
	if m == nil {
		return "", nil
	}
	if date = m.Forecast; date == nil {
		date = m.CurrentBaseline
	}
	return strings.TrimSpace(m.Phase + " " + m.Name), date
}

// planDate is a day where one was stated, and words where not: the spreadsheet's own date would promise a day.
func (w exportWords) planDate(d *domain.PlanDate) sheet.Cell {
	if d == nil {
		return sheet.Cell{}
	}
	if d.Precision == domain.PrecisionDay {
		return sheet.Day(d.Date.Time())
	}
	at := d.Date.Time()
	return sheet.Text(w.say("export_date_"+string(d.Precision), "year", at.Year(), "month", int(at.Month()), "quarter", (int(at.Month())+2)/3))
}
