package domain

import "fmt"

// ReportRecord is the canonical form of a report's content: what is kept, and what the hash covers. Its members never
// change their names or order; a new one is added at the end and left out while empty.
type ReportRecord struct {
	Progress     string                    `json:"progress"`
	ProgressText string                    `json:"progressText"`
	Month        AmountRecord              `json:"month"`
	Year         AmountRecord              `json:"year"`
	Total        AmountRecord              `json:"total"`
	Funds        AmountRecord              `json:"funds"`
	Problems     string                    `json:"problems"`
	Coordination string                    `json:"coordination"`
	NextSteps    string                    `json:"nextSteps"`
	Light        Light                     `json:"light"`
	LightText    string                    `json:"lightText"`
	Explanation  string                    `json:"explanation"`
	Milestones   []ReportedMilestoneRecord `json:"milestones"`
}

// AmountRecord is the canonical form of an amount: Value is empty exactly when Missing is not.
type AmountRecord struct {
	Value   string  `json:"value"`
	Missing Missing `json:"missing"`
	Basis   string  `json:"basis"`
}

// ReportedMilestoneRecord is the canonical form of a reported milestone.
type ReportedMilestoneRecord struct {
	MilestoneID int64      `json:"milestoneId"`
	Name        string     `json:"name"`
	Forecast    string     `json:"forecast"`
	Precision   Precision  `json:"precision"`
	Actual      string     `json:"actual"`
	ReasonCode  ReasonCode `json:"reasonCode"`
	ReasonText  string     `json:"reasonText"`
}

// Record is the canonical form of the content.
func (c ReportContent) Record() ReportRecord {
	r := ReportRecord{
		ProgressText: c.ProgressText, Month: recordAmount(c.Month), Year: recordAmount(c.Year), Total: recordAmount(c.Total),
		Funds: recordAmount(c.Funds), Problems: c.Problems, Coordination: c.Coordination, NextSteps: c.NextSteps,
		Light: c.Light, LightText: c.LightText, Explanation: c.Explanation, Milestones: []ReportedMilestoneRecord{},
	}
	if c.Progress != nil {
		r.Progress = c.Progress.String()
	}
	for _, m := range c.Milestones {
		record := ReportedMilestoneRecord{
			MilestoneID: m.MilestoneID, Name: m.Name, Actual: m.Actual.String(), ReasonCode: m.ReasonCode, ReasonText: m.ReasonText,
		}
		if m.Forecast != nil {
			record.Forecast, record.Precision = m.Forecast.Date.String(), m.Forecast.Precision
		}
		r.Milestones = append(r.Milestones, record)
	}
	return r
}

func recordAmount(a Amount) AmountRecord {
	if a.Present() {
		return AmountRecord{Value: a.Value.String()}
	}
	return AmountRecord{Missing: a.Missing, Basis: a.Basis}
}

func (a AmountRecord) text() string {
	if a.Missing != MissingNone {
		return string(a.Missing)
	}
	return a.Value
}

// Content reads the canonical form back; it fails only for a record that Record did not make.
func (r ReportRecord) Content() (c ReportContent, err error) {
	c = ReportContent{
		ProgressText: r.ProgressText, Problems: r.Problems, Coordination: r.Coordination, NextSteps: r.NextSteps,
		Light: r.Light, LightText: r.LightText, Explanation: r.Explanation,
	}
	if r.Progress != "" {
		progress, err := ParsePercent(r.Progress)
		if err != nil {
			return c, err
		}
		c.Progress = &progress
	}
	for _, amount := range []struct {
		from AmountRecord
		into *Amount
	}{{r.Month, &c.Month}, {r.Year, &c.Year}, {r.Total, &c.Total}, {r.Funds, &c.Funds}} {
		if *amount.into, err = amount.from.amount(); err != nil {
			return c, err
		}
	}
	for _, m := range r.Milestones {
		milestone, err := m.milestone()
		if err != nil {
			return c, err
		}
		c.Milestones = append(c.Milestones, milestone)
	}
	return c, nil
}

func (a AmountRecord) amount() (Amount, error) {
	if a.Missing != MissingNone {
		return NewMissing(a.Missing, a.Basis)
	}
	value, err := ParseMoney(a.Value)
	return NewAmount(value), err
}

func (r ReportedMilestoneRecord) milestone() (m ReportedMilestone, err error) {
	m = ReportedMilestone{MilestoneID: r.MilestoneID, Name: r.Name, ReasonCode: r.ReasonCode, ReasonText: r.ReasonText}
	if r.Forecast != "" {
		date, err := ParseDate(r.Forecast)
		if err != nil {
			return m, err
		}
		forecast, err := NewPlanDate(date, r.Precision)
		if err != nil {
			return m, fmt.Errorf("forecast of milestone %d: %w", r.MilestoneID, err)
		}
		m.Forecast = &forecast
	}
	if r.Actual != "" {
		m.Actual, err = ParseDate(r.Actual)
	}
	return m, err
}
