package domain

// ClauseKind names a clause of the rule.
type ClauseKind string

// The clauses, and the two grounds on which a word stands in place of a light.
const (
	ClauseSchedule   ClauseKind = "schedule"
	ClauseStart      ClauseKind = "start"
	ClauseReports    ClauseKind = "reports"
	ClauseCompletion ClauseKind = "completion"
	ClauseStanding   ClauseKind = "standing"
)

// ClauseKinds lists them.
func ClauseKinds() []ClauseKind {
	return []ClauseKind{ClauseSchedule, ClauseStart, ClauseReports, ClauseCompletion, ClauseStanding}
}

// Clause is one clause of the rule applied to one project: its own light, grey for no verdict, and the figures that gave
// it. Code is the key of a sentence. Of the figures only those of its kind are there, and none where it had no facts.
type Clause struct {
	Kind     ClauseKind       `json:"kind"`
	Code     string           `json:"code"`
	Light    RuleLight        `json:"light"`
	Schedule *ScheduleFigures `json:"schedule,omitempty"`
	Start    *StartFigures    `json:"start,omitempty"`
	Reports  *ReportFigures   `json:"reports,omitempty"`
}

// ScheduleFigures compare the reported progress with the share of the time that had gone by on the day it speaks of.
// Behind is negative where the project is ahead. Yellow and Red are the thresholds that were in force.
type ScheduleFigures struct {
	From     KeptDate `json:"from"`
	To       KeptDate `json:"to"`
	On       KeptDate `json:"on"`
	Expected Points   `json:"expected"`
	Actual   Points   `json:"actual"`
	Behind   Points   `json:"behind"`
	Yellow   Points   `json:"yellow"`
	Red      Points   `json:"red"`
}

// StartFigures say how long after its current baseline the start is still missing, in days and in whole months.
type StartFigures struct {
	Due    KeptDate `json:"due"`
	Days   int      `json:"days"`
	Months int      `json:"months"`
	Yellow int      `json:"yellow"`
	Red    int      `json:"red"`
}

// ReportFigures count the periods that went by without a report.
type ReportFigures struct {
	Missed int `json:"missed"`
	Yellow int `json:"yellow"`
	Red    int `json:"red"`
}

// KeptDate is a date in a record that is kept as JSON.
type KeptDate struct{ Date }

// MarshalText writes the ISO form.
func (d KeptDate) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalText reads what MarshalText wrote.
func (d *KeptDate) UnmarshalText(text []byte) (err error) {
	d.Date, err = ParseDate(string(text))
	return err
}

// Params are the blanks of the clause's sentence.
func (c Clause) Params() map[string]any {
	switch {
	case c.Schedule != nil:
		s := c.Schedule
		return Params("from", s.From, "to", s.To, "on", s.On, "expected", s.Expected, "actual", s.Actual,
			"behind", s.Behind, "ahead", -s.Behind, "yellow", s.Yellow, "red", s.Red)
	case c.Start != nil:
		return Params("due", c.Start.Due, "days", c.Start.Days, "months", c.Start.Months, "yellow", c.Start.Yellow, "red", c.Start.Red)
	case c.Reports != nil:
		return Params("missed", c.Reports.Missed, "yellow", c.Reports.Yellow, "red", c.Reports.Red)
	}
	return nil
}

// schedule holds the reported progress against the share of the time between the current baselines of start and
// completion. The share is rounded to the tenth that is shown, so that the verdict follows from the figures a reader sees.
func (r LightRule) schedule(f LightFacts) Clause {
	clause := Clause{Kind: ClauseSchedule, Light: RuleGrey}
	from, to := f.startDue(), f.completionDue()
	on := f.measuredOn()
	switch {
	case from.IsZero() || to.IsZero():
		clause.Code = "light_no_baseline"
		return clause
	case !from.Before(to):
		clause.Code = "light_baselines_crossed"
		return clause
	case f.Progress == nil && f.Today.After(from):
		clause.Code = "light_no_progress"
		return clause
	case f.Progress == nil:
		on = f.Today
	}
	figures := ScheduleFigures{
		From: KeptDate{from}, To: KeptDate{to}, On: KeptDate{on}, Expected: elapsed(from, to, on), Actual: pointsOrZero(f.Progress),
		Yellow: PointsOf(r.BehindYellow), Red: PointsOf(r.BehindRed),
	}
	figures.Behind = figures.Expected - figures.Actual
	clause.Schedule = &figures
	clause.Code, clause.Light = figures.verdict()
	return clause
}

// measuredOn is the day the progress speaks of; a report of the running month speaks of today.
func (f LightFacts) measuredOn() Date {
	if f.MeasuredOn.IsZero() || f.MeasuredOn.After(f.Today) {
		return f.Today
	}
	return f.MeasuredOn
}

func (s ScheduleFigures) verdict() (code string, light RuleLight) {
	switch {
	case s.Behind > s.Red:
		return "light_behind", RuleRed
	case s.Behind >= s.Yellow:
		return "light_behind", RuleYellow
	case s.Behind > 0:
		return "light_slightly_behind", RuleGreen
	case !s.On.After(s.From.Date):
		return "light_before_start", RuleGreen
	}
	return "light_on_schedule", RuleGreen
}

// start wants the works begun by their current baseline: not that day, but the day after is late.
func (r LightRule) start(f LightFacts) Clause {
	clause := Clause{Kind: ClauseStart, Light: RuleGrey}
	due := f.startDue()
	if f.started() {
		clause.Code, clause.Light = "light_started", RuleGreen
		return clause
	}
	if due.IsZero() {
		clause.Code = "light_start_undated"
		return clause
	}
	figures := StartFigures{Due: KeptDate{due}, Days: max(0, f.Today.DaysSince(due)), Yellow: r.StartYellow, Red: r.StartRed}
	for !due.AddMonths(figures.Months + 1).After(f.Today) {
		figures.Months++
	}
	clause.Start = &figures
	clause.Code, clause.Light = "light_start_late", RuleYellow
	switch {
	case figures.Days == 0:
		clause.Code, clause.Light = "light_start_ahead", RuleGreen
	case figures.Months >= r.StartRed:
		clause.Light = RuleRed
	case figures.Months < r.StartYellow:
		clause.Light = RuleGreen
	}
	return clause
}

// reports wants every period's report by its due day.
func (r LightRule) reports(f LightFacts) Clause {
	clause := Clause{Kind: ClauseReports, Light: RuleGrey, Code: "light_no_reports_asked"}
	if !f.Reports {
		return clause
	}
	clause.Reports = &ReportFigures{Missed: f.Missed, Yellow: r.MissedYellow, Red: r.MissedRed}
	clause.Code, clause.Light = "light_reports_missed", RuleGreen
	switch {
	case f.Missed == 0:
		clause.Code = "light_reports_in_time"
	case f.Missed >= r.MissedRed:
		clause.Light = RuleRed
	case f.Missed >= r.MissedYellow:
		clause.Light = RuleYellow
	}
	return clause
}
