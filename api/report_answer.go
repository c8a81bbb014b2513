package api

import (
	"context"
	"time"

	"zhongda/domain"
	"zhongda/service"
)

// ReportRow is a monthly report as lists show it. hash binds a decision to the content; due is the last day on which it
// was in time. submittedBy and decidedBy are user names, null before the act.
type ReportRow struct {
	ID               int64              `json:"id"`
	ProjectID        int64              `json:"projectId"`
	Period           Period             `json:"period"`
	Revision         int                `json:"revision"`
	CorrectionReason string             `json:"correctionReason"`
	State            domain.ReportState `json:"state"`
	Due              Date               `json:"due"`
	Overdue          bool               `json:"overdue"`
	Progress         *Percent           `json:"progress"`
	Month            Amount             `json:"month"`
	Total            Amount             `json:"total"`
	Light            *domain.Light      `json:"light"`
	Version          int64              `json:"version"`
	Hash             string             `json:"hash"`
	DraftedBy        string             `json:"draftedBy"`
	SubmittedBy      *string            `json:"submittedBy"`
	SubmittedAt      *time.Time         `json:"submittedAt"`
	DecidedBy        *string            `json:"decidedBy"`
	DecidedAt        *time.Time         `json:"decidedAt"`
	Comment          string             `json:"comment"`
	UpdatedBy        string             `json:"updatedBy"`
	UpdatedAt        time.Time          `json:"updatedAt"`
}

// Report is a monthly report as its page shows it. previous is the last approved report before it, null for a first one;
// differences are against that one; milestones are the project's as they stand now.
type Report struct {
	ReportRow
	Project     ReportProject         `json:"project"`
	Content     ReportContent         `json:"content"`
	Previous    *PreviousReport       `json:"previous"`
	Findings    []Finding             `json:"findings"`
	Differences []Difference          `json:"differences"`
	Milestones  []Milestone           `json:"milestones"`
	Allowed     []domain.ReportAction `json:"allowed"`
}

// ReportProject names the project of a report.
type ReportProject struct {
	ID         int64           `json:"id"`
	Code       string          `json:"code"`
	Name       string          `json:"name"`
	Category   Ref             `json:"category"`
	Owner      OrgRef          `json:"owner"`
	Stage      domain.Stage    `json:"stage"`
	Standing   domain.Standing `json:"standing"`
	Investment Amount          `json:"investment"`
}

// ReportContent is what the bureau says about one period, in 元: month is invested in the period, year since January,
// total since the start, funds have arrived since the start.
type ReportContent struct {
	Progress     *Percent            `json:"progress"`
	ProgressText string              `json:"progressText"`
	Month        Amount              `json:"month"`
	Year         Amount              `json:"year"`
	Total        Amount              `json:"total"`
	Funds        Amount              `json:"funds"`
	Problems     string              `json:"problems"`
	Coordination string              `json:"coordination"`
	NextSteps    string              `json:"nextSteps"`
	Light        *domain.Light       `json:"light"`
	LightText    string              `json:"lightText"`
	Explanation  string              `json:"explanation"`
	Milestones   []ReportedMilestone `json:"milestones"`
}

// ReportedMilestone is the date a report gives for one milestone; it takes effect with the approval.
type ReportedMilestone struct {
	MilestoneID int64              `json:"milestoneId"`
	Name        string             `json:"name"`
	Forecast    *PlanDate          `json:"forecast"`
	Actual      *Date              `json:"actual"`
	ReasonCode  *domain.ReasonCode `json:"reasonCode"`
	ReasonText  string             `json:"reasonText"`
}

// PreviousReport is the last approved report before another.
type PreviousReport struct {
	ID       int64         `json:"id"`
	Period   Period        `json:"period"`
	Revision int           `json:"revision"`
	Content  ReportContent `json:"content"`
}

// Finding is what a cross-check noticed: blocking ones must be mended before submission, explainable ones mended or
// explained, notices only read.
type Finding struct {
	Level    domain.FindingLevel `json:"level"`
	Field    string              `json:"field"`
	Code     string              `json:"code"`
	Sentence string              `json:"sentence"`
}

// Difference is one field before and after; a missing amount reads as its reason.
type Difference struct {
	Field  string `json:"field"`
	Before string `json:"before"`
	After  string `json:"after"`
}

func (h handlers) reportRow(r domain.Report) ReportRow {
	return ReportRow{
		ID: r.ID, ProjectID: r.ProjectID, Period: Period{r.Period}, Revision: r.Revision, CorrectionReason: r.CorrectionReason,
		State: r.State, Due: Date{r.Due}, Overdue: r.Overdue(h.service.Today()), Progress: percentOf(r.Content.Progress),
		Month: amountOf(r.Content.Month), Total: amountOf(r.Content.Total), Light: emptyAsNull(r.Content.Light),
		Version: r.Version, Hash: r.Hash(), DraftedBy: r.DraftedBy, SubmittedBy: emptyAsNull(r.SubmittedBy),
		SubmittedAt: emptyAsNull(r.SubmittedAt), DecidedBy: emptyAsNull(r.DecidedBy), DecidedAt: emptyAsNull(r.DecidedAt),
		Comment: r.Comment, UpdatedBy: r.UpdatedBy, UpdatedAt: r.UpdatedAt,
	}
}

func (h handlers) report(ctx context.Context, v service.ReportView) Report {
	report := Report{
		ReportRow: h.reportRow(v.Report), Project: reportProject(v.Project.Project), Content: reportContent(v.Content),
		Findings: h.findings(ctx, v.Findings), Milestones: mapSlice(v.Project.Milestones, h.milestone),
		Differences: mapSlice(v.Differences, func(d domain.Difference) Difference { return Difference(d) }),
		Allowed:     append([]domain.ReportAction{}, v.Allowed...),
	}
	if p := v.Previous; p != nil {
		report.Previous = &PreviousReport{ID: p.ID, Period: Period{p.Period}, Revision: p.Revision, Content: reportContent(p.Content)}
	}
	return report
}

func (h handlers) findings(ctx context.Context, findings []domain.Finding) []Finding {
	return mapSlice(findings, func(f domain.Finding) Finding {
		return Finding{Level: f.Level, Field: f.Field, Code: f.Code, Sentence: h.sentence(ctx, f.Code, f.Params)}
	})
}

func reportProject(p domain.Project) ReportProject {
	return ReportProject{
		ID: p.ID, Code: p.Code, Name: p.Name, Category: categoryRef(p.Category), Owner: orgRef(p.Owner), Stage: p.Stage,
		Standing: p.Standing, Investment: amountOf(p.Investment()),
	}
}

func reportContent(c domain.ReportContent) ReportContent {
	return ReportContent{
		Progress: percentOf(c.Progress), ProgressText: c.ProgressText, Month: amountOf(c.Month), Year: amountOf(c.Year),
		Total: amountOf(c.Total), Funds: amountOf(c.Funds), Problems: c.Problems, Coordination: c.Coordination,
		NextSteps: c.NextSteps, Light: emptyAsNull(c.Light), LightText: c.LightText, Explanation: c.Explanation,
		Milestones: mapSlice(c.Milestones, func(m domain.ReportedMilestone) ReportedMilestone {
			return ReportedMilestone{
				MilestoneID: m.MilestoneID, Name: m.Name, Forecast: planDateOf(m.Forecast), Actual: DateOf(m.Actual),
				ReasonCode: emptyAsNull(m.ReasonCode), ReasonText: m.ReasonText,
			}
		}),
	}
}
