package domain

import (
	"slices"
	"strings"
	"time"
	"unicode/utf8"
)

// MilestoneKind is a step of the approval and building chain, from 项目建议书批复 to 转固.
type MilestoneKind string

// The kinds in the order projects pass them. PlanCommitment is the plan's own promise, due at its horizon.
const (
	MilestoneProposal       MilestoneKind = "proposal"
	MilestoneFeasibility    MilestoneKind = "feasibility"
	MilestoneLand           MilestoneKind = "land"
	MilestoneDesign         MilestoneKind = "design"
	MilestoneBudget         MilestoneKind = "budget"
	MilestonePermit         MilestoneKind = "permit"
	MilestoneStart          MilestoneKind = "start"
	MilestoneStructure      MilestoneKind = "structure"
	MilestoneAcceptance     MilestoneKind = "acceptance"
	MilestoneOperation      MilestoneKind = "operation"
	MilestoneAccounts       MilestoneKind = "accounts"
	MilestoneTransfer       MilestoneKind = "transfer"
	MilestonePlanCommitment MilestoneKind = "plan_commitment"
	MilestoneOther          MilestoneKind = "other"
)

// MilestoneKinds lists every kind.
func MilestoneKinds() []MilestoneKind {
	return []MilestoneKind{
		MilestoneProposal, MilestoneFeasibility, MilestoneLand, MilestoneDesign, MilestoneBudget, MilestonePermit,
		MilestoneStart, MilestoneStructure, MilestoneAcceptance, MilestoneOperation, MilestoneAccounts,
		MilestoneTransfer, MilestonePlanCommitment, MilestoneOther,
	}
}

// ReasonCode says why a forecast moved.
type ReasonCode string

// The reasons: 用地, 征拆, 资金, 审批, 设计, 施工, 管线, 气候, 政策, 其他.
const (
	ReasonLand         ReasonCode = "land"
	ReasonDemolition   ReasonCode = "demolition"
	ReasonFunding      ReasonCode = "funding"
	ReasonApproval     ReasonCode = "approval"
	ReasonDesign       ReasonCode = "design"
	ReasonConstruction ReasonCode = "construction"
	ReasonUtilities    ReasonCode = "utilities"
	ReasonWeather      ReasonCode = "weather"
	ReasonPolicy       ReasonCode = "policy"
	ReasonOther        ReasonCode = "other"
)

// ReasonCodes lists every reason.
func ReasonCodes() []ReasonCode {
	return []ReasonCode{
		ReasonLand, ReasonDemolition, ReasonFunding, ReasonApproval, ReasonDesign, ReasonConstruction,
		ReasonUtilities, ReasonWeather, ReasonPolicy, ReasonOther,
	}
}

// A forecast this many days past the current baseline must be explained in words of at least this length.
const (
	SlipNeedsWordsDays  = 30
	slipNeedsWordsRunes = 10
)

// phaseRunes is how long the name of a phase may be.
const phaseRunes = 40

// Milestone is one dated step of a project. Baseline is the original and is never overwritten; CurrentBaseline
// follows approved re-baselining. Slip is shown against both.
type Milestone struct {
	ID              int64
	ProjectID       int64
	Kind            MilestoneKind
	Name            string
	Phase           string // 一期, 二期; empty for the whole project
	Baseline        *PlanDate
	CurrentBaseline *PlanDate
	BaselineLocked  bool
	Forecast        *PlanDate
	Actual          Date
	ReasonCode      ReasonCode
	ReasonText      string
	Version         int64
	UpdatedAt       time.Time
	UpdatedBy       string
}

// Slip is how many days late a milestone is (negative: early) against each baseline; nil where there is no verdict.
type Slip struct {
	Original *int
	Current  *int
}

// Slip measures the actual date, or else the forecast, against both baselines. Without a baseline, or without a
// date to measure, there is no verdict.
func (m Milestone) Slip() Slip {
	reached := m.Actual
	if reached.IsZero() && m.Forecast != nil {
		reached = m.Forecast.Date
	}
	return Slip{Original: daysLate(reached, m.Baseline), Current: daysLate(reached, m.CurrentBaseline)}
}

func daysLate(reached Date, baseline *PlanDate) *int {
	if reached.IsZero() || baseline == nil {
		return nil
	}
	days := reached.DaysSince(baseline.Date)
	return &days
}

// Overdue reports whether the current baseline has passed without the milestone being reached.
func (m Milestone) Overdue(today Date) bool {
	return m.CurrentBaseline != nil && m.Actual.IsZero() && m.CurrentBaseline.Date.Before(today)
}

// MilestoneChange is a partial edit; a nil field stays as it is, a pointer to nil or to the zero value clears it.
type MilestoneChange struct {
	Name       *string
	Phase      *string
	Baseline   **PlanDate
	Forecast   **PlanDate
	Actual     *Date
	ReasonCode *ReasonCode
	ReasonText *string
}

// Apply gives the milestone after the change, or says which rule of the schedule it breaks. The original baseline can
// be given once, while it is still empty; afterwards only an approved re-baselining moves the current one. What the plan
// promised stays in the plan's words.
func (c MilestoneChange) Apply(m Milestone, today Date) (Milestone, error) {
	if c == (MilestoneChange{}) {
		return m, NothingToChange()
	}
	if c.Name != nil && *c.Name != m.Name && m.Kind == MilestonePlanCommitment {
		return m, Invalid("name", "plan_commitment_name")
	}
	if c.Baseline != nil {
		if m.BaselineLocked || m.Baseline != nil {
			return m, Conflict("baseline_locked")
		}
		m.Baseline, m.CurrentBaseline = *c.Baseline, *c.Baseline
	}
	before := m.Forecast
	assign(&m.Name, c.Name)
	assign(&m.Phase, c.Phase)
	assign(&m.Forecast, c.Forecast)
	assign(&m.Actual, c.Actual)
	assign(&m.ReasonCode, c.ReasonCode)
	assign(&m.ReasonText, c.ReasonText)
	return m, m.check(today, before, c.ReasonCode != nil)
}

// CheckNew refuses a milestone that cannot be added: the plan's own promises come with the catalogue only.
func (m Milestone) CheckNew(today Date) error {
	if m.Kind == MilestonePlanCommitment {
		return Invalid("kind", "plan_commitment_from_catalogue")
	}
	return m.check(today, nil, true)
}

func (m Milestone) check(today Date, forecastBefore *PlanDate, reasonGiven bool) error {
	var fields []FieldError
	refuse := func(broken bool, field, code string, params ...any) {
		if broken {
			fields = append(fields, FieldError{Field: field, Code: code, Params: Params(params...)})
		}
	}
	changed := !samePlanDate(forecastBefore, m.Forecast)
	late := m.Slip().Current
	slips := m.Actual.IsZero() && late != nil && *late > 0
	needsReason := changed && (forecastBefore != nil || slips)
	words := utf8.RuneCountInString(strings.TrimSpace(m.ReasonText))
	refuse(!slices.Contains(MilestoneKinds(), m.Kind), "kind", "unknown_kind")
	refuse(strings.TrimSpace(m.Name) == "", "name", "required")
	refuse(utf8.RuneCountInString(m.Name) > 120, "name", "too_long", "max", 120)
	refuse(utf8.RuneCountInString(m.Phase) > phaseRunes, "phase", "too_long", "max", phaseRunes)
	refuse(m.Phase != "" && m.Kind == MilestonePlanCommitment, "phase", "plan_commitment_phase")
	refuse(utf8.RuneCountInString(m.ReasonText) > 2000, "reasonText", "too_long", "max", 2000)
	refuse(m.ReasonCode != "" && !slices.Contains(ReasonCodes(), m.ReasonCode), "reasonCode", "unknown_reason")
	refuse(!m.Actual.IsZero() && m.Actual.After(today), "actual", "actual_in_future")
	refuse(needsReason && (!reasonGiven || m.ReasonCode == ""), "reasonCode", "forecast_needs_reason")
	refuse(changed && slips && *late > SlipNeedsWordsDays && words < slipNeedsWordsRunes,
		"reasonText", "slip_needs_words", "days", SlipNeedsWordsDays, "min", slipNeedsWordsRunes)
	return InvalidFields(fields)
}

func samePlanDate(a, b *PlanDate) bool {
	if a == nil || b == nil {
		return a == b
	}
	return *a == *b
}

// WorstSlip is the project's slip: the largest among its milestones against the original baselines that are not yet
// reached; nil when none has a verdict.
func WorstSlip(milestones []Milestone) *int {
	var worst *int
	for _, m := range milestones {
		slip := m.Slip().Original
		if m.Actual.IsZero() && slip != nil && (worst == nil || *slip > *worst) {
			worst = slip
		}
	}
	return worst
}
