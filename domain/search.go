package domain

// SearchText is the shortest text that is searched for, in characters: one Chinese character finds everything.
const SearchText = 2

// How many hits of each kind an answer holds: twenty altogether.
const (
	ProjectHits      = 10
	OrganisationHits = 5
	ColumnHits       = 5
)

// SearchResult is what one text finds, the best of each kind first: an exact code, then a beginning of the code or the
// name, then of the pinyin initials, then the text anywhere.
type SearchResult struct {
	Projects      []ProjectHit
	Organisations []OrganisationHit
	Columns       []ColumnHit
}

// ProjectHit is a project that was found, with what tells it from others of a like name.
type ProjectHit struct {
	ID       int64
	Code     string
	Name     string
	Owner    string // short name
	OwnerEn  string
	Stage    Stage
	Standing Standing
}

// OrganisationHit is a body that was found, with the number of projects that it and the bodies below it own.
type OrganisationHit struct {
	Code      string
	Name      string
	NameEn    string
	ShortName string
	Projects  int
}

// ColumnHit is a column of the plan that was found, with the number of projects it names.
type ColumnHit struct {
	Number   int
	Title    string
	TitleEn  string
	Projects int
}
