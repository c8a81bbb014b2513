package domain

import "time"

// RuleLight is what the published rule says of a project: one of the four lights, or the word that stands in its place.
// A completed project is not "on track", a paused or exited one is not measured at all; none of the three counts in
// averages of progress.
type RuleLight string

// The verdicts of the rule. Grey means that the facts for a verdict are missing.
const (
	RuleRed       RuleLight = "red"
	RuleYellow    RuleLight = "yellow"
	RuleGreen     RuleLight = "green"
	RuleGrey      RuleLight = "grey"
	RuleCompleted RuleLight = "completed"
	RulePaused    RuleLight = "paused"
	RuleExited    RuleLight = "exited"
)

// RuleLights lists them, the most pressing first.
func RuleLights() []RuleLight {
	return []RuleLight{RuleRed, RuleYellow, RuleGreen, RuleGrey, RuleCompleted, RulePaused, RuleExited}
}

// LightFacts are what the rule judges. MeasuredOn is the last day that Progress speaks of, zero where nothing was
// reported; Reports says whether the stage and standing ask for reports at all, Missed how many periods went by without.
type LightFacts struct {
	Today            Date
	Stage            Stage
	StageProvisional bool
	Standing         Standing
	Target           Target
	Progress         *Percent
	MeasuredOn       Date
	Reports          bool
	Missed           int
	Milestones       []Milestone
}

// Verdict is the rule's light with every clause that was weighed, the figures of each beside it.
type Verdict struct {
	Light   RuleLight `json:"light"`
	Rule    int       `json:"rule"` // the version of the rule
	Clauses []Clause  `json:"clauses"`
}

// Warnings are the clauses that speak against the project, red before yellow.
func (v Verdict) Warnings() (warnings []Clause) {
	for _, light := range []RuleLight{RuleRed, RuleYellow} {
		for _, clause := range v.Clauses {
			if clause.Light == light {
				warnings = append(warnings, clause)
			}
		}
	}
	return warnings
}

// Judge weighs every clause of the rule; the worst one gives the light. A clause whose facts are missing has no verdict,
// and where that is the schedule the light is grey unless another clause is worse.
func (r LightRule) Judge(f LightFacts) Verdict {
	if word, clause, stands := f.word(); stands {
		return Verdict{Light: word, Rule: r.Version, Clauses: []Clause{clause}}
	}
	schedule := r.schedule(f)
	clauses := []Clause{schedule, r.start(f), r.reports(f)}
	light := RuleGreen
	if schedule.Light == RuleGrey {
		light = RuleGrey
	}
	for _, worse := range []RuleLight{RuleYellow, RuleRed} {
		for _, clause := range clauses {
			if clause.Light == worse {
				light = worse
			}
		}
	}
	return Verdict{Light: light, Rule: r.Version, Clauses: clauses}
}

// word is what stands in place of a light: the project is exited, paused or completed.
func (f LightFacts) word() (RuleLight, Clause, bool) {
	switch {
	case f.Standing == StandingExited:
		return RuleExited, Clause{Kind: ClauseStanding, Code: "light_exited", Light: RuleExited}, true
	case f.Standing == StandingPaused:
		return RulePaused, Clause{Kind: ClauseStanding, Code: "light_paused", Light: RulePaused}, true
	case f.completed() && f.Progress == nil:
		return RuleCompleted, Clause{Kind: ClauseCompletion, Code: "light_completed_stage", Light: RuleCompleted}, true
	case f.completed():
		return RuleCompleted, Clause{Kind: ClauseCompletion, Code: "light_completed", Light: RuleCompleted}, true
	}
	return "", Clause{}, false
}

// completed wants the works accepted and all of them reported as done. Acceptance is the milestone's actual date or the
// Commission's decision on the stage; a decided stage also stands for the progress that nobody reported.
func (f LightFacts) completed() bool {
	decided := !f.StageProvisional && f.Stage.Reached(StageCompleted)
	if f.Progress == nil {
		return decided
	}
	return f.Progress.Complete() && (decided || f.accepted())
}

// accepted wants every acceptance of the project reached: of a work in two parts both.
func (f LightFacts) accepted() bool {
	found := false
	for _, m := range f.Milestones {
		if m.Kind == MilestoneAcceptance {
			if m.Actual.IsZero() {
				return false
			}
			found = true
		}
	}
	return found
}

// started is a reached start, or the Commission's decision that the works are under way.
func (f LightFacts) started() bool {
	for _, m := range f.Milestones {
		if m.Kind == MilestoneStart && !m.Actual.IsZero() {
			return true
		}
	}
	return !f.StageProvisional && f.Stage.Reached(StageImplementation)
}

// startDue is the earliest current baseline of a start, zero where there is none.
func (f LightFacts) startDue() (due Date) {
	for _, m := range f.Milestones {
		if m.Kind == MilestoneStart && m.CurrentBaseline != nil && (due.IsZero() || m.CurrentBaseline.Date.Before(due)) {
			due = m.CurrentBaseline.Date
		}
	}
	return due
}

// completionDue is the latest current baseline of an acceptance; without any, the plan's own promise where that is
// completion. It is zero where there is neither.
func (f LightFacts) completionDue() Date {
	var accepted, promised Date
	for _, m := range f.Milestones {
		switch {
		case m.CurrentBaseline == nil:
		case m.Kind == MilestoneAcceptance && m.CurrentBaseline.Date.After(accepted):
			accepted = m.CurrentBaseline.Date
		case m.Kind == MilestonePlanCommitment && f.Target == TargetCompleted:
			promised = m.CurrentBaseline.Date
		}
	}
	if accepted.IsZero() {
		return promised
	}
	return accepted
}

// LightKind says whose light it is.
type LightKind string

// The three lights of a project.
const (
	LightByRule     LightKind = "rule"
	LightByOwner    LightKind = "owner"
	LightByReviewer LightKind = "reviewer"
)

// LightKinds lists them.
func LightKinds() []LightKind { return []LightKind{LightByRule, LightByOwner, LightByReviewer} }

// LightChange is one change of one of the three lights; From is empty for the first. By and Words are a person's, Rule
// and Clauses the rule's.
type LightChange struct {
	ProjectID int64
	At        time.Time
	Kind      LightKind
	From      string
	To        string
	By        string
	Words     string
	Rule      int
	Clauses   []Clause
}
