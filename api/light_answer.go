package api

import (
	"context"
	"time"

	"zhongda/domain"
	"zhongda/service"
)

// Clause is one clause of the rule applied to a project: its own light (grey: no verdict), the sentence, and the figures
// that gave it, null where it had none.
type Clause struct {
	Kind     domain.ClauseKind `json:"kind"`
	Light    domain.RuleLight  `json:"light"`
	Sentence string            `json:"sentence"`
	Schedule *ScheduleFigures  `json:"schedule"`
	Start    *StartFigures     `json:"start"`
	Reports  *ReportFigures    `json:"reports"`
}

// ScheduleFigures are percentages, and percentage points for behind, negative when ahead, and for the thresholds.
type ScheduleFigures struct {
	From     Date   `json:"from"`
	To       Date   `json:"to"`
	On       Date   `json:"on"`
	Expected string `json:"expected"`
	Actual   string `json:"actual"`
	Behind   string `json:"behind"`
	Yellow   string `json:"yellow"`
	Red      string `json:"red"`
}

// StartFigures count days and whole months since the start was due; the thresholds are months.
type StartFigures struct {
	Due    Date `json:"due"`
	Days   int  `json:"days"`
	Months int  `json:"months"`
	Yellow int  `json:"yellow"`
	Red    int  `json:"red"`
}

// ReportFigures count periods.
type ReportFigures struct {
	Missed int `json:"missed"`
	Yellow int `json:"yellow"`
	Red    int `json:"red"`
}

// ProjectLights are the three lights of a project. rule is null before the first verdict; history is the latest first.
type ProjectLights struct {
	ProjectID     int64                 `json:"projectId"`
	Rule          *RuleVerdict          `json:"rule"`
	Owner         *OwnerLight           `json:"owner"`
	Reviewer      *ReviewerLight        `json:"reviewer"`
	Disagreements []domain.Disagreement `json:"disagreements"`
	History       []LightChange         `json:"history"`
	MayReview     bool                  `json:"mayReview"`
}

// RuleVerdict is the rule's light with every clause, and the version of the rule that gave it.
type RuleVerdict struct {
	Light   domain.RuleLight `json:"light"`
	Since   time.Time        `json:"since"`
	Clauses []Clause         `json:"clauses"`
	Rule    LightRule        `json:"rule"`
}

// OwnerLight is the bureau's own, as its last approved report says; by submitted it. words are null where the reader may
// not see them.
type OwnerLight struct {
	Light  domain.Light `json:"light"`
	Words  *string      `json:"words"`
	Period *Period      `json:"period"`
	By     string       `json:"by"`
	At     *time.Time   `json:"at"`
}

// ReviewerLight is the Commission's. settled says that rule and owner still say what it was given about.
type ReviewerLight struct {
	Light   domain.Light `json:"light"`
	Words   *string      `json:"words"`
	By      string       `json:"by"`
	At      *time.Time   `json:"at"`
	Settled bool         `json:"settled"`
}

// LightChange is one change of one light; from is null for the first.
type LightChange struct {
	At      time.Time        `json:"at"`
	Kind    domain.LightKind `json:"kind"`
	From    *string          `json:"from"`
	To      string           `json:"to"`
	By      string           `json:"by"`
	Words   *string          `json:"words"`
	Rule    *int             `json:"rule"`
	Clauses []Clause         `json:"clauses"`
}

// DisagreeingProject is a project whose lights contradict each other, with what each rests on.
type DisagreeingProject struct {
	Project        ReportProject         `json:"project"`
	RuleLight      *domain.RuleLight     `json:"ruleLight"`
	Clauses        []Clause              `json:"clauses"`
	Owner          *OwnerLight           `json:"owner"`
	Reviewer       *ReviewerLight        `json:"reviewer"`
	Disagreements  []domain.Disagreement `json:"disagreements"`
	Progress       *Percent              `json:"progress"`
	ReportedPeriod *Period               `json:"reportedPeriod"`
}

func (h handlers) projectLights(ctx context.Context) func(service.LightView, error) (ProjectLights, error) {
	return func(v service.LightView, err error) (ProjectLights, error) {
		if err != nil {
			return ProjectLights{}, err
		}
		lights := ProjectLights{
			ProjectID: v.Project.ID, Owner: ownerLight(v.ProjectLights, v.Full), Reviewer: reviewerLight(v.ProjectLights, v.Full),
			Disagreements: append([]domain.Disagreement{}, v.Disagreements()...), MayReview: v.MayReview,
			History: mapSlice(v.History, func(c domain.LightChange) LightChange { return h.lightChange(ctx, c, v.Full) }),
		}
		if !v.JudgedAt.IsZero() {
			lights.Rule = &RuleVerdict{
				Light: v.Verdict.Light, Since: v.JudgedAt, Clauses: h.clauses(ctx, v.Verdict.Clauses), Rule: h.lightRule(ctx, v.Rule),
			}
		}
		return lights, nil
	}
}

func ownerLight(l domain.ProjectLights, full bool) *OwnerLight {
	if l.Owner.Light == "" {
		return nil
	}
	return &OwnerLight{
		Light: l.Owner.Light, Words: shownTo(full, l.Owner.Words), Period: periodOf(l.Project.ReportedPeriod), By: l.Owner.By,
		At: emptyAsNull(l.Owner.At),
	}
}

func reviewerLight(l domain.ProjectLights, full bool) *ReviewerLight {
	if l.Reviewer.Light == "" {
		return nil
	}
	return &ReviewerLight{
		Light: l.Reviewer.Light, Words: shownTo(full, l.Reviewer.Words), By: l.Reviewer.By, At: emptyAsNull(l.Reviewer.At),
		Settled: l.Settled,
	}
}

// shownTo is null for words that the reader may not see.
func shownTo(full bool, words string) *string {
	if !full {
		return nil
	}
	return &words
}

func (h handlers) lightChange(ctx context.Context, c domain.LightChange, full bool) LightChange {
	return LightChange{
		At: c.At, Kind: c.Kind, From: emptyAsNull(c.From), To: c.To, By: c.By, Words: shownTo(full, c.Words),
		Rule: emptyAsNull(c.Rule), Clauses: h.clauses(ctx, c.Clauses),
	}
}

func (h handlers) disagreeing(ctx context.Context, l domain.ProjectLights) DisagreeingProject {
	return DisagreeingProject{
		Project: reportProject(l.Project), RuleLight: emptyAsNull(l.Project.RuleLight), Clauses: h.clauses(ctx, l.Verdict.Clauses),
		Owner: ownerLight(l, true), Reviewer: reviewerLight(l, true),
		Disagreements: append([]domain.Disagreement{}, l.Disagreements()...),
		Progress:      percentOf(l.Project.Progress), ReportedPeriod: periodOf(l.Project.ReportedPeriod),
	}
}

func (h handlers) clauses(ctx context.Context, clauses []domain.Clause) []Clause {
	return mapSlice(clauses, func(c domain.Clause) Clause {
		clause := Clause{Kind: c.Kind, Light: c.Light, Sentence: h.sentence(ctx, c.Code, c.Params())}
		if s := c.Schedule; s != nil {
			clause.Schedule = &ScheduleFigures{
				From: Date{s.From.Date}, To: Date{s.To.Date}, On: Date{s.On.Date}, Expected: s.Expected.String(), Actual: s.Actual.String(),
				Behind: s.Behind.String(), Yellow: s.Yellow.String(), Red: s.Red.String(),
			}
		}
		if s := c.Start; s != nil {
			clause.Start = &StartFigures{Due: Date{s.Due.Date}, Days: s.Days, Months: s.Months, Yellow: s.Yellow, Red: s.Red}
		}
		if r := c.Reports; r != nil {
			figures := ReportFigures(*r)
			clause.Reports = &figures
		}
		return clause
	})
}
