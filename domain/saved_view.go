package domain

import (
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode/utf8"
)

// ViewPage is the page a saved view opens: all five show the projects of one filter.
type ViewPage string

// The pages of a filter.
const (
	ViewTable     ViewPage = "table"
	ViewBoard     ViewPage = "board"
	ViewTimeline  ViewPage = "timeline"
	ViewMap       ViewPage = "map"
	ViewDashboard ViewPage = "dashboard"
)

// ViewPages lists them.
func ViewPages() []ViewPage {
	return []ViewPage{ViewTable, ViewBoard, ViewTimeline, ViewMap, ViewDashboard}
}

// ProjectColumn names a column of the project table.
type ProjectColumn string

// ProjectColumns lists them in the order of the table; the name always stands first and cannot be left out.
func ProjectColumns() []ProjectColumn {
	return []ProjectColumn{
		"name", "code", "stage", "standing", "target", "slip", "milestone", "progress", "reported", "light", "ownerLight", "investment",
		"owner", "constructionUnit", "district", "category", "column", "commitment", "updated",
	}
}

// ViewColumn is one chosen column. Width is in tenths of the letter height, 0 for the usual one; a pinned column stays in
// place when the others are scrolled sideways.
type ViewColumn struct {
	Key    ProjectColumn
	Width  int
	Pinned bool
}

// The limits of saved views: how many one person may keep, and how long a name may be.
const (
	SavedViewsMax = 50
	ViewNameRunes = 30
)

// SavedView is a filter with its order and columns under a name, kept by one person. Query is the filter and order as the
// list's address spells them; no columns means the usual ones. A shared view is read by everybody who may read projects and
// changed by its owner alone.
type SavedView struct {
	ID        int64
	OwnerID   int64
	OwnerName string
	Name      string
	Page      ViewPage
	Query     string
	Columns   []ViewColumn
	Shared    bool
	Removed   bool
	Version   int64
	UpdatedAt time.Time
}

// Check refuses a name that is blank or too long and columns that no table could show.
func (v SavedView) Check() error {
	var refused []FieldError
	switch runes := utf8.RuneCountInString(v.Name); {
	case runes == 0:
		refused = append(refused, FieldError{Field: "name", Code: "required"})
	case runes > ViewNameRunes:
		refused = append(refused, FieldError{Field: "name", Code: "too_long", Params: Params("max", ViewNameRunes)})
	}
	for i, column := range v.Columns {
		twice := slices.ContainsFunc(v.Columns[:i], func(c ViewColumn) bool { return c.Key == column.Key })
		if twice {
			refused = append(refused, FieldError{Field: fmt.Sprintf("columns[%d].key", i), Code: "column_twice"})
		}
	}
	return InvalidFields(refused)
}

// ViewChange is what its owner changes of a saved view; nil leaves a field as it is.
type ViewChange struct {
	Name    *string
	Page    *ViewPage
	Query   *string
	Columns *[]ViewColumn
	Shared  *bool
	Removed *bool
}

// Apply gives the changed view; [SavedView.Check] has the last word.
func (c ViewChange) Apply(v SavedView) SavedView {
	assign(&v.Name, c.Name)
	assign(&v.Page, c.Page)
	assign(&v.Query, c.Query)
	assign(&v.Columns, c.Columns)
	assign(&v.Shared, c.Shared)
	assign(&v.Removed, c.Removed)
	v.Name = strings.TrimSpace(v.Name)
	return v
}

// Empty reports a change of nothing.
func (c ViewChange) Empty() bool { return c == ViewChange{} }
