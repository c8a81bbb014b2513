package domain

// IssueFilter selects issues. Values of one field widen, fields narrow; empty fields do not filter. Responsible and
// Owners are codes of exactly those organisations. OnlyMine keeps those that
// the organisations of Mine must act on.
type IssueFilter struct {
	ProjectID   int64
	Types       []IssueType
	Levels      []IssueLevel
	States      []IssueState
	Responsible []string
	Owners      []string
	Overdue     bool
	OnlyMine    bool
	Mine        Scope
	Text        string
	Today       Date
}

// Rollup counts what has one property in common. Open counts what is not ended, Overdue the part of it whose day went
// by unanswered. MedianAge is that of the open ones, in days since they were raised; nil where none is open.
type Rollup struct {
	Key       string
	Name      string // of an organisation; empty where the key is a word of the product
	NameEn    string
	Open      int
	Overdue   int
	Closed    int
	Withdrawn int
	MedianAge *float64
}

// IssueRollups count the same issues four ways.
type IssueRollups struct {
	Type        []Rollup
	Responsible []Rollup
	Level       []Rollup
	Owner       []Rollup
}

// Desk counts what waits for one person: Answer for their organisation's word, Overdue the part of it whose day went by,
// Close for their decision on an answer given.
type Desk struct {
	Answer  int
	Overdue int
	Close   int
}
