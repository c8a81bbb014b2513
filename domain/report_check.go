package domain

import (
	"strings"
	"unicode/utf8"
)

// ReportFacts is what the cross-checks compare a report with: the last approved one before it, and the project as it
// stands.
type ReportFacts struct {
	Period     Period
	Previous   *Report
	Stage      Stage
	Investment Amount
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

func (k *reportCheck) find(broken bool, level FindingLevel, field, code string, params ...any) {
	if broken {
		k.findings = append(k.findings, Finding{Level: level, Field: field, Code: code, Params: Params(params...)})
	}
}

// filled wants the few fields without which a report says nothing. An amount may be missing for a stated reason, only
// "not filled" is none.
func (k *reportCheck) filled() {
	c := k.content
	k.find(c.Progress == nil, FindingBlocking, "progress", "required")
	k.find(c.Month.Missing == MissingNotFilled, FindingBlocking, "month", "amount_or_reason")
	k.find(c.Year.Missing == MissingNotFilled, FindingBlocking, "year", "amount_or_reason")
	k.find(c.Total.Missing == MissingNotFilled, FindingBlocking, "total", "amount_or_reason")
	k.find(c.Light == "", FindingBlocking, "light", "required")
	k.find((c.Light == LightYellow || c.Light == LightRed) && strings.TrimSpace(c.LightText) == "",
		FindingBlocking, "lightText", "light_needs_words")
	k.find(strings.TrimSpace(c.NextSteps) == "", FindingBlocking, "nextSteps", "required")
}

func (k *reportCheck) progress() {
	progress := k.content.Progress
	if progress == nil {
		return
	}
	if last := k.facts.Previous; last != nil && last.Content.Progress != nil {
		k.find(progress.Less(*last.Content.Progress), FindingExplainable, "progress", "progress_fell",
			"last", last.Content.Progress.String())
	}
	k.find(progress.Complete() && !k.facts.Stage.Reached(StageCompleted), FindingNotice, "progress", "complete_without_acceptance")
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
	k.find(exceeds(k.content.Year, k.content.Total), FindingBlocking, "year", "year_over_total")
}

// sum skips the comparison for a first report, whose project may have been under way before.
func (k *reportCheck) sum(field string, claimed, last Amount, first bool) {
	if first || !claimed.Present() || !last.Present() {
		return
	}
	k.find(exceeds(last, claimed), FindingExplainable, field, "cumulative_fell", "last", last.Value.String())
	if month := k.content.Month; month.Present() {
		want := last.Value.Add(month.Value)
		k.find(!want.Equal(claimed.Value) && !exceeds(last, claimed), FindingExplainable, field, "cumulative_mismatch", "want", want.String())
	}
}

func (k *reportCheck) spending() {
	month := k.content.Month
	started := k.facts.Stage.Reached(StageImplementation)
	k.find(!started && month.Present() && !month.Value.Equal(Money{}), FindingExplainable, "month", "spend_before_start")
	k.find(exceeds(k.content.Total, k.facts.Investment), FindingExplainable, "total", "over_investment",
		"investment", k.facts.Investment.Value.String())
}

// exceeds compares two amounts that are both there.
func exceeds(a, b Amount) bool {
	return a.Present() && b.Present() && a.Value.value.GreaterThan(b.Value.value)
}
