package domain

// Plan is a city's five-year plan. Horizon is the day its promises fall due.
type Plan struct {
	Code    string
	Name    string
	NameEn  string
	Start   Date
	Horizon Date
}

// Column is a boxed column (专栏) of the plan. Columns without a named project stay listed, with zero.
type Column struct {
	Number   int
	Title    string
	TitleEn  string
	Chapter  string
	Section  string
	Mentions int
	Projects int
}

// Target is the state a project should have reached by the plan's horizon, read off the governing verb.
type Target string

// The targets, strongest promise first.
const (
	TargetCompleted   Target = "completed"
	TargetStarted     Target = "started"
	TargetInProgress  Target = "in_progress"
	TargetPreliminary Target = "preliminary"
	TargetNone        Target = "none"
)

// Targets lists them, strongest promise first.
func Targets() []Target {
	return []Target{TargetCompleted, TargetStarted, TargetInProgress, TargetPreliminary, TargetNone}
}

// Goal is the stage at which the promise is kept; ok is false where the plan promised no state.
func (t Target) Goal() (stage Stage, ok bool) {
	switch t {
	case TargetCompleted:
		return StageCompleted, true
	case TargetStarted, TargetInProgress:
		return StageImplementation, true
	case TargetPreliminary:
		return StagePreliminary, true
	default:
		return "", false
	}
}

// KeptBy reports whether a project that stands at s has kept the promise.
func (t Target) KeptBy(s Stage) bool {
	goal, ok := t.Goal()
	return ok && s.Reached(goal)
}

// Commitment is a governing verb of the plan (建成, 开工建设, 规划建设 …) with what it promises and the stage
// a project so named is provisionally put in.
type Commitment struct {
	Verb       string
	VerbEn     string
	Target     Target
	FirstStage Stage
	Note       string
	Mentions   int
}

// Mention is one place where the plan names a project: column, group (sub-heading) and the name as printed.
type Mention struct {
	ProjectID     int64
	Column        int
	ColumnTitle   string
	ColumnTitleEn string
	Ordinal       int
	Group         string
	Name          string
	Commitment    string
	Target        Target
}

// Indicator is one of the plan's headline figures (column 1). Values stay text because some are words.
type Indicator struct {
	Number         int
	Group          string
	Name           string
	Unit           string
	Nature         string
	Value2025      string
	Value2025Kind  string
	Target2030     string
	Target2030Kind string
}
