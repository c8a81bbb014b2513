package domain

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"github.com/shopspring/decimal"
)

// ReportState is where a monthly report (月报) stands.
type ReportState string

// The states: draft and returned belong to the bureau, submitted to the Commission, approved is frozen.
const (
	ReportDraft     ReportState = "draft"
	ReportSubmitted ReportState = "submitted"
	ReportReturned  ReportState = "returned"
	ReportApproved  ReportState = "approved"
)

// ReportStates lists them.
func ReportStates() []ReportState {
	return []ReportState{ReportDraft, ReportSubmitted, ReportReturned, ReportApproved}
}

// ReportAction is what can be done with a report.
type ReportAction string

// The actions. Save and submit are the bureau's, withdraw undoes a submission nobody decided, approve and return are the
// Commission's, correct opens the next revision of an approved report.
const (
	ReportSave     ReportAction = "save"
	ReportSubmit   ReportAction = "submit"
	ReportWithdraw ReportAction = "withdraw"
	ReportApprove  ReportAction = "approve"
	ReportReturn   ReportAction = "return"
	ReportCorrect  ReportAction = "correct"
)

// ReportActions lists them.
func ReportActions() []ReportAction {
	return []ReportAction{ReportSave, ReportSubmit, ReportWithdraw, ReportApprove, ReportReturn, ReportCorrect}
}

// Next is the state an action leads to from s; ok is false where it is not allowed.
func (s ReportState) Next(action ReportAction) (next ReportState, ok bool) {
	editable := s == ReportDraft || s == ReportReturned
	switch {
	case action == ReportSave && editable:
		return s, true
	case action == ReportSubmit && editable:
		return ReportSubmitted, true
	case action == ReportWithdraw && s == ReportSubmitted:
		return ReportDraft, true
	case action == ReportApprove && s == ReportSubmitted:
		return ReportApproved, true
	case action == ReportReturn && s == ReportSubmitted:
		return ReportReturned, true
	case action == ReportCorrect && s == ReportApproved:
		return ReportDraft, true
	}
	return s, false
}

// Light is a verdict on a project: green, yellow, red, or grey for none.
type Light string

// The lights.
const (
	LightGreen  Light = "green"
	LightYellow Light = "yellow"
	LightRed    Light = "red"
	LightGrey   Light = "grey"
)

// Lights lists the ones an owner may give.
func Lights() []Light { return []Light{LightGreen, LightYellow, LightRed} }

// Percent is physical progress 形象进度 from 0 to 100 with at most one decimal.
type Percent struct{ value decimal.Decimal }

// ParsePercent reads "37.5".
func ParsePercent(s string) (Percent, error) {
	m, err := ParseMoney(s) // the same plain form: digits and a point
	if err != nil || m.value.GreaterThan(decimal.NewFromInt(100)) || m.value.Exponent() < -1 {
		return Percent{}, fmt.Errorf("percentage %q: want 0 to 100 with at most one decimal", s)
	}
	return Percent{value: m.value}, nil
}

// String has one decimal.
func (p Percent) String() string { return p.value.StringFixed(1) }

// Less reports whether p is smaller.
func (p Percent) Less(other Percent) bool { return p.value.LessThan(other.value) }

// Complete reports whether p is 100 %.
func (p Percent) Complete() bool { return p.value.Equal(decimal.NewFromInt(100)) }

// ReportContent is what the bureau says about one period. Amounts are in 元; Year counts from January, Total from the
// start of the project. Explanation answers whatever the cross-checks ask for. A nil Progress is not filled yet.
type ReportContent struct {
	Progress     *Percent
	ProgressText string
	Month        Amount
	Year         Amount
	Total        Amount
	Funds        Amount
	Problems     string
	Coordination string
	NextSteps    string
	Light        Light
	LightText    string
	Explanation  string
	Milestones   []ReportedMilestone
}

// ReportedMilestone is the date a report gives for one milestone; it takes effect when the report is approved.
type ReportedMilestone struct {
	MilestoneID int64
	Name        string
	Forecast    *PlanDate
	Actual      Date
	ReasonCode  ReasonCode
	ReasonText  string
}

// Report is one period's report of a project. Revision 1 is the first; a correction is the next, with its reason, and
// the earlier one stays as it was approved.
type Report struct {
	ID               int64
	ProjectID        int64
	Period           Period
	Revision         int
	CorrectionReason string
	State            ReportState
	Content          ReportContent
	Due              Date
	Version          int64
	DraftedBy        string
	SubmittedBy      string
	SubmittedAt      time.Time
	DecidedBy        string
	DecidedAt        time.Time
	Comment          string
	UpdatedAt        time.Time
	UpdatedBy        string
}

// Overdue reports whether the report should have been submitted before today.
func (r Report) Overdue(today Date) bool {
	return (r.State == ReportDraft || r.State == ReportReturned) && r.Due.Before(today)
}

// Hash binds a decision to what was read: it covers the project, the period, the revision and every word of the content.
func (r Report) Hash() string {
	content, err := json.Marshal(r.Content.Record())
	if err != nil {
		panic(fmt.Sprintf("report content holds only texts and numbers: %v", err))
	}
	sum := sha256.Sum256(fmt.Appendf(nil, "%d %s %d %s", r.ProjectID, r.Period, r.Revision, content))
	return hex.EncodeToString(sum[:])
}

// Prefill is the content a new report starts with: the sums of the last approved one carried over, and every open
// milestone at its present forecast. January starts the year's sum anew.
func Prefill(period Period, last *Report, milestones []Milestone) ReportContent {
	content := ReportContent{Month: NotFilled(), Year: NotFilled(), Total: NotFilled(), Funds: NotFilled()}
	if last != nil {
		content.Progress, content.ProgressText = last.Content.Progress, last.Content.ProgressText
		content.Total, content.Funds = last.Content.Total, last.Content.Funds
		content.Problems, content.Coordination = last.Content.Problems, last.Content.Coordination
		content.NextSteps, content.Light, content.LightText = last.Content.NextSteps, last.Content.Light, last.Content.LightText
		if last.Period.Year == period.Year {
			content.Year = last.Content.Year
		}
	}
	for _, m := range milestones {
		if m.Actual.IsZero() {
			content.Milestones = append(content.Milestones, ReportedMilestone{MilestoneID: m.ID, Name: m.Name, Forecast: m.Forecast})
		}
	}
	return content
}

// CheckDecision refuses a decision by somebody who wrote or submitted the report (four eyes), and a return without words.
func (r Report) CheckDecision(action ReportAction, by, comment string) error {
	if slices.Contains([]string{r.DraftedBy, r.SubmittedBy, r.UpdatedBy}, by) {
		return Forbidden("four_eyes")
	}
	if action == ReportReturn && comment == "" {
		return Invalid("comment", "return_needs_comment")
	}
	return nil
}
