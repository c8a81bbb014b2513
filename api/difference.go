package api

import (
	"context"

	"zhongda/domain"
)

// differencesIn compares the ends of two months; without to, the end of from with now.
type differencesIn struct {
	projectFilter
	From *MonthEnd `query:"from"`
	To   *MonthEnd `query:"to"`
}

// Differences is what changed on the projects of a filter. before and after count the projects that it let through at each
// end: after is before plus those that entered minus those that left.
type Differences struct {
	From     Date                `json:"from"`
	To       Date                `json:"to"`
	Before   int                 `json:"before"`
	After    int                 `json:"after"`
	Totals   []ChangeTotal       `json:"totals"`
	Projects []ProjectDifference `json:"projects"`
}

// ChangeTotal counts the projects with a change of one kind. up and down are those of them where a value rose or fell: a
// later stage, more progress, more money; for lights, slip and forecast, worse.
type ChangeTotal struct {
	Kind     domain.ChangeKind `json:"kind"`
	Projects int               `json:"projects"`
	Up       int               `json:"up"`
	Down     int               `json:"down"`
}

// ProjectDifference is everything that differs on one project.
type ProjectDifference struct {
	ID      int64         `json:"id"`
	Code    string        `json:"code"`
	Name    string        `json:"name"`
	Changes []FieldChange `json:"changes"`
}

// FieldChange is one value before and after, null for none: the word of a codelist, days, percent, 元, an organisation's
// name (beforeEn and afterEn in English), or a date, followed by its precision where that is not a day. milestone names the
// milestone of a date.
type FieldChange struct {
	Kind      domain.ChangeKind `json:"kind"`
	Milestone *string           `json:"milestone"`
	Before    *string           `json:"before"`
	After     *string           `json:"after"`
	BeforeEn  *string           `json:"beforeEn"`
	AfterEn   *string           `json:"afterEn"`
	Trend     *domain.Trend     `json:"trend"`
}

func (h handlers) projectDifferences(ctx context.Context, in differencesIn) (Differences, error) {
	d, err := h.service.Differences(ctx, in.filter(), in.From.day(), in.To.day())
	return Differences{
		From: Date{d.From}, To: Date{d.To}, Before: d.Before, After: d.After,
		Totals:   mapSlice(d.Totals, func(t domain.ChangeTotal) ChangeTotal { return ChangeTotal(t) }),
		Projects: mapSlice(d.Projects, projectDifference),
	}, err
}

func projectDifference(d domain.ProjectDifference) ProjectDifference {
	return ProjectDifference{ID: d.ID, Code: d.Code, Name: d.Name, Changes: mapSlice(d.Changes, fieldChange)}
}

func fieldChange(c domain.FieldChange) FieldChange {
	return FieldChange{
		Kind: c.Kind, Milestone: emptyAsNull(c.Milestone), Before: emptyAsNull(c.Before), After: emptyAsNull(c.After),
		BeforeEn: emptyAsNull(c.BeforeEn), AfterEn: emptyAsNull(c.AfterEn), Trend: emptyAsNull(c.Trend),
	}
}
