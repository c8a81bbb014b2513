package domain

// ChangeKind names what can differ on a project between two dates.
type ChangeKind string

// The kinds. Entered and left speak of the filter: a project may enter a list because it is new, or because it moved. Light
// is the owner's; report is the month of the last approved report.
const (
	ChangeEntered    ChangeKind = "entered"
	ChangeLeft       ChangeKind = "left"
	ChangeStage      ChangeKind = "stage"
	ChangeStanding   ChangeKind = "standing"
	ChangeOwner      ChangeKind = "owner"
	ChangeLight      ChangeKind = "light"
	ChangeRuleLight  ChangeKind = "rule_light"
	ChangeReport     ChangeKind = "report"
	ChangeSlip       ChangeKind = "slip"
	ChangeProgress   ChangeKind = "progress"
	ChangeInvestment ChangeKind = "investment"
	ChangeForecast   ChangeKind = "forecast"
	ChangeActual     ChangeKind = "actual"
)

// ChangeKinds lists them in the order screens show them.
func ChangeKinds() []ChangeKind {
	return []ChangeKind{
		ChangeEntered, ChangeLeft, ChangeStage, ChangeStanding, ChangeOwner, ChangeLight, ChangeRuleLight, ChangeSlip, ChangeReport,
		ChangeProgress, ChangeInvestment, ChangeForecast, ChangeActual,
	}
}

// ProjectState is what of a project at one date can differ at another. Inside says that the filter let it through.
type ProjectState struct {
	ID         int64
	Code       string
	Name       string
	Inside     bool
	Stage      Stage
	Standing   Standing
	Owner      Organisation
	Light      Light
	RuleLight  RuleLight
	Reported   Period
	SlipDays   *int
	Progress   *Percent
	Investment Amount
	Milestones []Milestone // those that changed in between, and no others
}

// FieldChange is one value before and after, "" for none. Value is the codelist's word, whole days, percent, 元, or a
// plan date; an owner is named in both languages. Milestone names the milestone that a date belongs to.
type FieldChange struct {
	Kind              ChangeKind
	Milestone         string
	Before, After     string
	BeforeEn, AfterEn string
	Trend             Trend
}

// Trend says which way a value went: up is a later stage, more progress, more money; for lights and slip, worse.
type Trend string

// The trends.
const (
	TrendNone Trend = ""
	TrendUp   Trend = "up"
	TrendDown Trend = "down"
)

// ProjectDifference is everything that differs on one project.
type ProjectDifference struct {
	ID      int64
	Code    string
	Name    string
	Changes []FieldChange
}

// ChangeTotal counts the projects with a change of one kind, and those of them where a value went up or down.
type ChangeTotal struct {
	Kind     ChangeKind
	Projects int
	Up       int
	Down     int
}

// Differences is what changed on the projects of a filter between the ends of two days. Before and After count the
// projects that the filter let through at each: After is Before and those who entered without those who left.
type Differences struct {
	From, To      Date
	Before, After int
	Totals        []ChangeTotal
	Projects      []ProjectDifference
}

// Compare finds what differs, in the order of the later list; projects of neither filter are left out. A project that is
// new has entered; its fields have nothing to be compared with.
func Compare(from, to Date, before, after []ProjectState) Differences {
	d := Differences{From: from, To: to}
	was := make(map[int64]ProjectState, len(before))
	for _, p := range before {
		was[p.ID] = p
		if p.Inside {
			d.Before++
		}
	}
	for _, is := range after {
		if is.Inside {
			d.After++
		}
		old, known := was[is.ID]
		if !is.Inside && !old.Inside {
			continue
		}
		if changes := compare(old, is, known); len(changes) > 0 {
			d.Projects = append(d.Projects, ProjectDifference{ID: is.ID, Code: is.Code, Name: is.Name, Changes: changes})
		}
	}
	d.count()
	return d
}

func (d *Differences) count() {
	for _, kind := range ChangeKinds() {
		total := ChangeTotal{Kind: kind}
		for _, p := range d.Projects {
			trends := map[Trend]bool{}
			for _, c := range p.Changes {
				if c.Kind == kind {
					trends[c.Trend] = true
				}
			}
			if len(trends) > 0 {
				total.Projects++
			}
			if trends[TrendUp] {
				total.Up++
			}
			if trends[TrendDown] {
				total.Down++
			}
		}
		d.Totals = append(d.Totals, total)
	}
}
