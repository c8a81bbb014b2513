package domain

import (
	"fmt"
	"reflect"
	"slices"
	"unicode/utf8"

	"github.com/shopspring/decimal"
)

// Light is what a person says of a project, the owner in a report or the Commission; see [RuleLight] for the rule's.
type Light string

// The lights.
const (
	LightGreen  Light = "green"
	LightYellow Light = "yellow"
	LightRed    Light = "red"
)

// Lights lists them.
func Lights() []Light { return []Light{LightGreen, LightYellow, LightRed} }

// Percent is physical progress 形象进度 from 0 to 100 with at most one decimal.
type Percent struct{ value decimal.Decimal }

// ParsePercent reads "37.5".
func ParsePercent(s string) (Percent, error) {
	m, err := ParseMoney(s) // the same plain form: digits and a point
	if err != nil || m.value.GreaterThan(decimal.NewFromInt(100)) || m.value.Exponent() < -1 {
		return Percent{}, fmt.Errorf("percentage %q: want 0 to 100 with at most one decimal", s)
	}
	return Percent(m), nil
}

// String has one decimal.
func (p Percent) String() string { return p.value.StringFixed(1) }

// Less reports whether p is smaller.
func (p Percent) Less(other Percent) bool { return p.value.LessThan(other.value) }

// Complete reports whether p is 100 %.
func (p Percent) Complete() bool { return p.value.Equal(decimal.NewFromInt(100)) }

// ReportContent is what the bureau says about one period. Amounts are in 元; Year counts from January, Total from the
// start of the project. Explanation answers whatever the cross-checks ask for. A nil Progress is not filled yet.
type ReportContent struct {
	Progress     *Percent
	ProgressText string
	Month        Amount
	Year         Amount
	Total        Amount
	Funds        Amount
	Problems     string
	Coordination string
	NextSteps    string
	Light        Light
	LightText    string
	Explanation  string
	Milestones   []ReportedMilestone
}

// ReportedMilestone is the date a report gives for one milestone; it takes effect when the report is approved.
type ReportedMilestone struct {
	MilestoneID int64
	Name        string
	Forecast    *PlanDate
	Actual      Date
	ReasonCode  ReasonCode
	ReasonText  string
}

// Prefill is the content a new report starts with: the sums of the last approved one carried over, and every open
// milestone at its present forecast. January starts the year's sum anew.
func Prefill(period Period, last *Report, milestones []Milestone) ReportContent {
	content := ReportContent{Month: NotFilled(), Year: NotFilled(), Total: NotFilled(), Funds: NotFilled()}
	if last != nil {
		content.Progress, content.ProgressText = last.Content.Progress, last.Content.ProgressText
		content.Total, content.Funds = last.Content.Total, last.Content.Funds
		content.Problems, content.Coordination = last.Content.Problems, last.Content.Coordination
		content.NextSteps, content.Light, content.LightText = last.Content.NextSteps, last.Content.Light, last.Content.LightText
		if last.Period.Year == period.Year {
			content.Year = last.Content.Year
		}
	}
	for _, m := range milestones {
		if m.Actual.IsZero() {
			content.Milestones = append(content.Milestones, ReportedMilestone{MilestoneID: m.ID, Name: m.Name, Forecast: m.Forecast})
		}
	}
	return content
}

// CheckPeriod refuses a period that cannot be reported on: it has not begun, or the Commission already approved it or a
// later one, last.
func CheckPeriod(period, last Period, today Date) error {
	if PeriodOf(today).Before(period) {
		return Invalid("period", "period_in_future")
	}
	if !last.IsZero() && !last.Before(period) {
		return Invalid("period", "period_reported", "last", last.String())
	}
	return nil
}

// ReportChange is a partial edit of a report's content: a nil field stays as it is, a pointer to nil or to the empty
// value clears it. Of the milestones, those given replace theirs and the others stay.
type ReportChange struct {
	Progress     **Percent
	ProgressText *string
	Month        *Amount
	Year         *Amount
	Total        *Amount
	Funds        *Amount
	Problems     *string
	Coordination *string
	NextSteps    *string
	Light        *Light
	LightText    *string
	Explanation  *string
	Milestones   []ReportedMilestone
}

// reportTextRunes is how long each text of a report may be.
const reportTextRunes = 4000

// Apply gives the content after the change. The milestones are the project's: a report can speak of no others, and
// takes their names from there.
func (c ReportChange) Apply(content ReportContent, milestones []Milestone) (ReportContent, error) {
	if reflect.ValueOf(c).IsZero() {
		return content, NothingToChange()
	}
	if err := c.checkTexts(); err != nil {
		return content, err
	}
	assign(&content.Progress, c.Progress)
	assign(&content.ProgressText, c.ProgressText)
	assign(&content.Month, c.Month)
	assign(&content.Year, c.Year)
	assign(&content.Total, c.Total)
	assign(&content.Funds, c.Funds)
	assign(&content.Problems, c.Problems)
	assign(&content.Coordination, c.Coordination)
	assign(&content.NextSteps, c.NextSteps)
	assign(&content.Light, c.Light)
	assign(&content.LightText, c.LightText)
	assign(&content.Explanation, c.Explanation)
	return content, content.setMilestones(c.Milestones, milestones)
}

func (c ReportChange) checkTexts() error {
	var fields []FieldError
	for _, text := range []struct {
		field string
		value *string
	}{
		{"progressText", c.ProgressText}, {"problems", c.Problems}, {"coordination", c.Coordination},
		{"nextSteps", c.NextSteps}, {"lightText", c.LightText}, {"explanation", c.Explanation},
	} {
		if text.value != nil && utf8.RuneCountInString(*text.value) > reportTextRunes {
			fields = append(fields, FieldError{Field: text.field, Code: "too_long", Params: Params("max", reportTextRunes)})
		}
	}
	return InvalidFields(fields)
}

func (c *ReportContent) setMilestones(given []ReportedMilestone, milestones []Milestone) error {
	c.Milestones = slices.Clone(c.Milestones)
	for i, reported := range given {
		at := slices.IndexFunc(milestones, func(m Milestone) bool { return m.ID == reported.MilestoneID })
		if at < 0 {
			return Invalid(fmt.Sprintf("milestones[%d].milestoneId", i), "milestone_not_found")
		}
		reported.Name = milestones[at].Name
		same := func(m ReportedMilestone) bool { return m.MilestoneID == reported.MilestoneID }
		if place := slices.IndexFunc(c.Milestones, same); place >= 0 {
			c.Milestones[place] = reported
		} else {
			c.Milestones = append(c.Milestones, reported)
		}
	}
	return nil
}

// Apply gives the milestone as the report says it is; changed is false where the report says nothing new. A report only
// states dates: it takes none away. An illegal date is refused as for a direct change of the milestone.
func (r ReportedMilestone) Apply(m Milestone, today Date) (after Milestone, changed bool, err error) {
	var change MilestoneChange
	if r.Forecast != nil && !samePlanDate(r.Forecast, m.Forecast) {
		change.Forecast, changed = &r.Forecast, true
	}
	if !r.Actual.IsZero() && r.Actual != m.Actual {
		change.Actual, changed = &r.Actual, true
	}
	if !changed {
		return m, false, nil
	}
	if r.ReasonCode != "" {
		change.ReasonCode, change.ReasonText = &r.ReasonCode, &r.ReasonText
	}
	after, err = change.Apply(m, today)
	return after, true, err
}

// Difference is one field of a report that is not as in another: texts in their canonical form, a missing amount by its
// reason.
type Difference struct {
	Field  string
	Before string
	After  string
}

// Differences lists what the content says otherwise than before did, in the order of the form. A milestone counts by its
// id: "milestones[12].forecast".
func (c ReportContent) Differences(before ReportContent) []Difference {
	was := map[string]string{}
	for _, each := range before.texts() {
		was[each.Field] = each.After
	}
	var differences []Difference
	for _, each := range c.texts() {
		if each.Before = was[each.Field]; each.Before != each.After {
			differences = append(differences, each)
		}
	}
	return differences
}

// texts spells every field of the content.
func (c ReportContent) texts() []Difference {
	r := c.Record()
	texts := []Difference{
		{Field: "progress", After: r.Progress}, {Field: "progressText", After: r.ProgressText},
		{Field: "month", After: r.Month.text()}, {Field: "year", After: r.Year.text()},
		{Field: "total", After: r.Total.text()}, {Field: "funds", After: r.Funds.text()},
		{Field: "problems", After: r.Problems}, {Field: "coordination", After: r.Coordination},
		{Field: "nextSteps", After: r.NextSteps}, {Field: "light", After: string(r.Light)},
		{Field: "lightText", After: r.LightText}, {Field: "explanation", After: r.Explanation},
	}
	for _, m := range r.Milestones {
		field := func(name string) string { return fmt.Sprintf("milestones[%d].%s", m.MilestoneID, name) }
		texts = append(texts, Difference{Field: field("forecast"), After: m.Forecast},
			Difference{Field: field("actual"), After: m.Actual},
			Difference{Field: field("reasonCode"), After: string(m.ReasonCode)},
			Difference{Field: field("reasonText"), After: m.ReasonText})
	}
	return texts
}
