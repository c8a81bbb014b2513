package domain

import (
	"strings"
	"time"
)

// PageRequest asks for one page after a cursor. The cursor is opaque to callers and bound to the sort order. Until is the
// cursor that the page may not go past, for the lists that know it: so a page that was read before is read again between
// the same two places, whatever moved in or out meanwhile.
type PageRequest struct {
	Limit     int
	Cursor    string
	Until     string
	WithTotal bool
}

// The largest page, the usual one, and how far totals are counted: beyond it a list says "more than".
const (
	PageLimitMax     = 200
	PageLimitDefault = 50
	TotalCap         = 10000
)

// Page is one page of a list. Total counts all rows of the filter up to TotalCap; TotalCapped says that it stopped.
type Page[T any] struct {
	Items       []T
	NextCursor  string
	Total       int
	TotalCapped bool
}

// ProjectSort is an allow-listed order of the project list. A leading '-' in requests means descending.
type ProjectSort struct {
	Key        ProjectSortKey
	Descending bool
}

// ProjectSortKey names what a list is ordered by; ties are always broken by the project's id.
type ProjectSortKey string

// The sort keys.
const (
	SortCode       ProjectSortKey = "code"
	SortName       ProjectSortKey = "name"
	SortStage      ProjectSortKey = "stage"
	SortOwner      ProjectSortKey = "owner"
	SortCategory   ProjectSortKey = "category"
	SortUpdated    ProjectSortKey = "updated"
	SortInvestment ProjectSortKey = "investment"
	SortSlip       ProjectSortKey = "slip"
	SortLight      ProjectSortKey = "light"
)

// ProjectSortKeys lists them.
func ProjectSortKeys() []ProjectSortKey {
	return []ProjectSortKey{SortCode, SortName, SortStage, SortOwner, SortCategory, SortUpdated, SortInvestment, SortSlip, SortLight}
}

// ParseProjectSort reads "name" or "-name"; the empty string is the order of the catalogue.
func ParseProjectSort(s string) (ProjectSort, error) {
	if s == "" {
		return ProjectSort{Key: SortCode}, nil
	}
	key, descending := strings.CutPrefix(s, "-")
	for _, k := range ProjectSortKeys() {
		if string(k) == key {
			return ProjectSort{Key: k, Descending: descending}, nil
		}
	}
	return ProjectSort{}, &Error{Kind: KindMalformed, Code: "malformed", Fields: []FieldError{{Field: "sort", Code: "unknown_sort"}}}
}

// ProjectFilter selects projects. Values of one field widen (or), fields narrow (and); empty fields do not filter.
// Owners are exact organisations, OwnerTrees include everything below. Text is a substring of the name, of at least two
// characters, or initials in pinyin. LateByDays selects projects with a milestone at least that late against its
// original baseline, by forecast or because the day has passed; Slips those as late as the bins say, against the baseline
// SlipAgainst. Districts may name DistrictNone and DistrictCitywide. Promises judges each project by what the chosen columns
// promise of it, and by the strongest of all promises where no column is chosen. AsOf, the last day of a past month, asks
// what was known at its end; zero asks about today. Reports and Supervision, where chosen, keep to the projects whose
// reports and orders the reader may know of: ReportsRead and OrdersRead. ClockOffset is how far the business clock is
// ahead of UTC.
type ProjectFilter struct {
	Columns       []int
	Categories    []string
	Districts     []string
	Owners        []string
	OwnerTrees    []string
	Stages        []Stage
	Standings     []Standing
	Targets       []Target
	Commitments   []string
	Provisional   *bool
	LateByDays    *int
	Slips         []SlipBin
	SlipAgainst   SlipBaseline
	Promises      []PromiseState
	AsOf          Date
	RuleLights    []RuleLight
	OwnerLights   []Light
	Disagreements []Disagreement
	Reports       []DutyGroup
	ReportsRead   Scope
	Supervision   []SupervisionState
	OrdersRead    Scope
	ClockOffset   time.Duration
	Mine          Scope
	OnlyMine      bool
	Text          string
	Today         Date
}

// Facet is one choice of a filter with the number of projects it would leave, every other filter applied.
type Facet struct {
	Key     string
	Label   string
	LabelEn string
	Parent  string
	Count   int
}

// ProjectFacets are the choices of every filter.
type ProjectFacets struct {
	Columns       []Facet
	Categories    []Facet
	Districts     []Facet
	Owners        []Facet
	Stages        []Facet
	Standings     []Facet
	Targets       []Facet
	Commitments   []Facet
	Provisional   []Facet
	RuleLights    []Facet
	OwnerLights   []Facet
	Disagreements []Facet
}
