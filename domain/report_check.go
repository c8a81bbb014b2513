package domain

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"
)

// ReportFacts is what the cross-checks compare a report with: the last approved one before it, and the project as it
// stands. Without Milestones the reported dates are not looked at, as for a report whose dates took effect already.
type ReportFacts struct {
	Period     Period
	Previous   *Report
	Stage      Stage
	Investment Amount
	YearPlan   *Amount // of the period's year, as confirmed; nil without one
	Milestones []Milestone
	Today      Date
}

// FindingLevel says what a finding asks for.
type FindingLevel string

// A blocking finding must be mended before submission, an explainable one mended or explained in words, a notice only
// read.
const (
	FindingBlocking    FindingLevel = "blocking"
	FindingExplainable FindingLevel = "explainable"
	FindingNotice      FindingLevel = "notice"
)

// FindingLevels lists them, the gravest first.
func FindingLevels() []FindingLevel {
	return []FindingLevel{FindingBlocking, FindingExplainable, FindingNotice}
}

// Finding is one thing a cross-check noticed about one field.
type Finding struct {
	Level  FindingLevel
	Field  string
	Code   string
	Params map[string]any
}

// explanationRunes is how many characters an explanation has at least.
const explanationRunes = 10

// Check holds the content against the facts and gives every finding, in the order of the form's fields.
func (c ReportContent) Check(facts ReportFacts) []Finding {
	check := &reportCheck{content: c, facts: facts}
	check.filled()
	check.progress()
	check.sums()
	check.spending()
	check.milestones()
	return check.findings
}

// CheckSubmission refuses a report with a blocking finding, or with an explainable one that nobody explained.
func (c ReportContent) CheckSubmission(facts ReportFacts) error {
	explained := utf8.RuneCountInString(strings.TrimSpace(c.Explanation)) >= explanationRunes
	var fields []FieldError
	for _, f := range c.Check(facts) {
		if f.Level == FindingBlocking || (f.Level == FindingExplainable && !explained) {
			fields = append(fields, FieldError{Field: f.Field, Code: f.Code, Params: f.Params})
		}
	}
	return InvalidFields(fields)
}

type reportCheck struct {
	content  ReportContent
	facts    ReportFacts
	findings []Finding
}

func (k *reportCheck) flag(broken bool, level FindingLevel, field, code string, params ...any) {
	if broken {
		k.findings = append(k.findings, Finding{Level: level, Field: field, Code: code, Params: Params(params...)})
	}
}

// filled wants the few fields without which a report says nothing. An amount may be missing for a stated reason, only
// "not filled" is none.
func (k *reportCheck) filled() {
	c := k.content
	k.flag(c.Progress == nil, FindingBlocking, "progress", "required")
	k.flag(c.Month.Missing == MissingNotFilled, FindingBlocking, "month", "amount_or_reason")
	k.flag(c.Year.Missing == MissingNotFilled, FindingBlocking, "year", "amount_or_reason")
	k.flag(c.Total.Missing == MissingNotFilled, FindingBlocking, "total", "amount_or_reason")
	k.flag(c.Light == "", FindingBlocking, "light", "required")
	k.flag((c.Light == LightYellow || c.Light == LightRed) && strings.TrimSpace(c.LightText) == "",
		FindingBlocking, "lightText", "light_needs_words")
	k.flag(strings.TrimSpace(c.NextSteps) == "", FindingBlocking, "nextSteps", "required")
}

func (k *reportCheck) progress() {
	progress := k.content.Progress
	if progress == nil {
		return
	}
	if last := k.facts.Previous; last != nil && last.Content.Progress != nil {
		k.flag(progress.Less(*last.Content.Progress), FindingExplainable, "progress", "progress_fell",
			"last", last.Content.Progress.String())
	}
	k.flag(progress.Complete() && !k.facts.Stage.Reached(StageCompleted), FindingNotice, "progress", "complete_without_acceptance")
}

// sums wants what was approved last plus this period to be what is claimed now: since the start, and since January.
func (k *reportCheck) sums() {
	last := ReportContent{Total: NewAmount(Money{}), Year: NewAmount(Money{})}
	first := k.facts.Previous == nil
	if !first {
		last = k.facts.Previous.Content
		if k.facts.Previous.Period.Year != k.facts.Period.Year {
			last.Year = NewAmount(Money{})
		}
	}
	k.sum("total", k.content.Total, last.Total, first)
	k.sum("year", k.content.Year, last.Year, first)
	k.flag(exceeds(k.content.Year, k.content.Total), FindingBlocking, "year", "year_over_total")
}

// sum skips the comparison for a first report, whose project may have been under way before.
func (k *reportCheck) sum(field string, claimed, last Amount, first bool) {
	if first || !claimed.Present() || !last.Present() {
		return
	}
	k.flag(exceeds(last, claimed), FindingExplainable, field, "cumulative_fell", "last", last.Value.String())
	if month := k.content.Month; month.Present() {
		want := last.Value.Add(month.Value)
		k.flag(!want.Equal(claimed.Value) && !exceeds(last, claimed), FindingExplainable, field, "cumulative_mismatch", "want", want.String())
	}
}

func (k *reportCheck) spending() {
	month := k.content.Month
	started := k.facts.Stage.Reached(StageImplementation)
	k.flag(!started && month.Present() && !month.Value.Equal(Money{}), FindingExplainable, "month", "spend_before_start")
	if plan := k.facts.YearPlan; plan != nil {
		k.flag(exceeds(k.content.Year, *plan), FindingExplainable, "year", "over_year_plan", "plan", plan.Value.String())
	}
	k.flag(exceeds(k.content.Total, k.facts.Investment), FindingExplainable, "total", "over_investment",
		"investment", k.facts.Investment.Value.String())
}

// milestones holds every reported date against the rules that a direct change of the milestone obeys, so that an
// approval finds nothing left to refuse.
func (k *reportCheck) milestones() {
	if k.facts.Milestones == nil {
		return
	}
	for i, reported := range k.content.Milestones {
		at := slices.IndexFunc(k.facts.Milestones, func(m Milestone) bool { return m.ID == reported.MilestoneID })
		k.flag(at < 0, FindingBlocking, fmt.Sprintf("milestones[%d].milestoneId", i), "milestone_not_found")
		if at < 0 {
			continue
		}
		var refused *Error
		if _, _, err := reported.Apply(k.facts.Milestones[at], k.facts.Today); errors.As(err, &refused) {
			for _, f := range refused.Fields {
				field := fmt.Sprintf("milestones[%d].%s", i, f.Field)
				k.findings = append(k.findings, Finding{Level: FindingBlocking, Field: field, Code: f.Code, Params: f.Params})
			}
		}
	}
}

// exceeds compares two amounts that are both there.
func exceeds(a, b Amount) bool {
	return a.Present() && b.Present() && a.Value.value.GreaterThan(b.Value.value)
}
