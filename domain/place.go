package domain

// Two choices of the district that are none: projects that lie in no district of the plan's, and those that belong to
// the city as a whole.
const (
	DistrictNone     = "none"
	DistrictCitywide = "citywide"
)

// KindCity is the kind of the district that is the whole city.
const KindCity = "city"

// CorridorLimit is how many corridors are named at once; more are only counted.
const CorridorLimit = 300

// Places says where the projects of a filter lie, whatever district the filter chooses, so that each count is the total
// of the list that choosing the district would show. A project in several districts counts in each and once in Projects.
type Places struct {
	AsOf      Date
	Projects  int
	Places    []Place
	Corridors []Corridor
	Crossing  int // projects in more than one district, also those beyond CorridorLimit
}

// Place is a district, or DistrictNone, or DistrictCitywide, with what lies there. Late are those of at least one day, as
// [ProjectFilter] LateByDays finds them.
type Place struct {
	District   District
	Projects   int
	Red        int
	Late       int
	Investment Sum
}

// Corridor is a project that lies in more than one district, with their codes.
type Corridor struct {
	ID        int64
	Code      string
	Name      string
	Stage     Stage
	RuleLight RuleLight
	SlipDays  *int
	Districts []string
}

// DistrictShape is how a district is drawn on the schematic of a city, which shows where things lie towards each other
// and bounds nothing. Outline is the corners, Label where its name stands: "x,y" in one unit of length, x to the right
// and y down, corners separated by a space.
type DistrictShape struct {
	District string
	Label    string
	Outline  string
}
