package domain

import "time"

// Export asks for every project of a filter in one file. Format and Columns are for the record only: what a file looks
// like is decided where it is written.
type Export struct {
	Filter  ProjectFilter
	Sort    ProjectSort
	Format  string
	Columns []string
}

// ExportAbout is what a file says of itself before its first project. AsOf is the day whose records it holds; Past says
// that the day lies behind us. Simulated says that the installation holds made-up figures.
type ExportAbout struct {
	AsOf      Date
	Past      bool
	MadeAt    time.Time
	MadeBy    string
	Simulated bool
	ExportSummary
}

// ExportSummary counts the projects of an export and adds up their totals.
type ExportSummary struct {
	Projects    int
	Provisional ProvisionalCount
	Investment  Sum
}
