package domain

// Pipeline summarises the projects of a filter as of a day. Every sum states its coverage.
type Pipeline struct {
	AsOf        Date
	Projects    int
	Stages      []StageSummary
	ByCategory  []CategorySummary
	ByColumn    []ColumnSummary
	ByDistrict  []DistrictSummary
	ByOwner     []OwnerSummary
	Provisional ProvisionalCount
	Late        LateCount
	Slip        SlipSummary
	Lights      LightSummary
	Investment  Sum
}

// StageSummary counts the projects of one stage; paused and exited ones are included in Projects and told apart.
type StageSummary struct {
	Stage      Stage
	Projects   int
	Active     int
	Paused     int
	Exited     int
	Investment Sum
}

// CategorySummary is one top category by stage.
type CategorySummary struct {
	Category   Category
	Stages     map[Stage]int
	Projects   int
	Investment Sum
}

// ColumnSummary holds one column's promises against the stages reached: Kept of Promised projects stand where the
// column says they should by the plan's horizon. A stage that was derived from the promise itself cannot show that the
// promise is kept: such projects are counted as Unconfirmed, not as Kept. Mentions that promise no state are in none.
// Promises counts every project of the column by the state of its promise there.
type ColumnSummary struct {
	Column      Column
	Projects    int
	Mentions    int
	Targets     map[Target]int
	Stages      map[Stage]int
	Promises    PromiseCount
	Kept        int
	Promised    int
	Unconfirmed int
}

// DistrictSummary counts a corridor project in each district it crosses, so the rows add up to more than the city.
// Red and Late are those of them whose rule's light is red, and that are late against the original baselines.
type DistrictSummary struct {
	District   District
	Projects   int
	Red        int
	Late       int
	Investment Sum
}

// OwnerSummary counts an organisation's own projects, how many of them it has not yet confirmed, and what it must act on:
// red lights of the rule, and lateness against the original baselines.
type OwnerSummary struct {
	Owner       Organisation
	Projects    int
	Provisional int
	Red         int
	Late        int
}

// ProvisionalCount counts what was derived and not yet confirmed.
type ProvisionalCount struct {
	Owner int
	Stage int
}

// LightSummary counts the projects by their lights, in all and by top category. Rule has every project that was ever
// judged, Owner those whose owner gave a light.
type LightSummary struct {
	Rule          map[RuleLight]int
	Owner         map[Light]int
	Disagreements map[Disagreement]int
	ByCategory    []CategoryLights
}

// CategoryLights are the rule's lights in one top category.
type CategoryLights struct {
	Category Category
	Rule     map[RuleLight]int
}

// LateCount counts projects by how late their worst milestone is against its original baseline.
type LateCount struct {
	Any    int
	Over30 int
	Over90 int
}
