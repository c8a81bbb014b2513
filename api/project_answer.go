package api

import (
	"context"
	"slices"
	"time"

	"zhongda/domain"
	"zhongda/service"
)

// ProjectRow is a project as lists show it. mine says that the reader may change it; slipDays is null where there is no
// verdict. progress, reportedPeriod and ownerLight are as the last approved report says, null before the first;
// ruleLight is what the published rule says.
type ProjectRow struct {
	ID               int64             `json:"id"`
	Code             string            `json:"code"`
	Name             string            `json:"name"`
	Category         Ref               `json:"category"`
	TopCategory      Ref               `json:"topCategory"`
	Districts        []Ref             `json:"districts"`
	Owner            OrgRef            `json:"owner"`
	OwnerProvisional bool              `json:"ownerProvisional"`
	Stage            domain.Stage      `json:"stage"`
	StageProvisional bool              `json:"stageProvisional"`
	Standing         domain.Standing   `json:"standing"`
	Target           domain.Target     `json:"target"`
	ConstructionUnit string            `json:"constructionUnit"`
	Columns          []int             `json:"columns"`
	Commitments      []string          `json:"commitments"`
	Investment       Amount            `json:"investment"`
	SlipDays         *int              `json:"slipDays"`
	NextMilestone    *NextMilestone    `json:"nextMilestone"`
	Progress         *Percent          `json:"progress"`
	ReportedPeriod   *Period           `json:"reportedPeriod"`
	OwnerLight       *domain.Light     `json:"ownerLight"`
	RuleLight        *domain.RuleLight `json:"ruleLight"`
	UpdatedAt        time.Time         `json:"updatedAt"`
	Version          int64             `json:"version"`
	Mine             bool              `json:"mine"`
}

// NextMilestone is the earliest milestone not yet reached, by its forecast or else its current baseline.
type NextMilestone struct {
	Name string               `json:"name"`
	Kind domain.MilestoneKind `json:"kind"`
	Date *PlanDate            `json:"date"`
}

// ProjectDetail is a project as its page shows it. In the shared view, that of another bureau, internalNote is null.
// asOf is the past day that the page is of, null for today; nothing past can be changed.
type ProjectDetail struct {
	ProjectRow
	AsOf             *Date               `json:"asOf"`
	NationalCode     string              `json:"nationalCode"`
	Summary          string              `json:"summary"`
	InternalNote     *string             `json:"internalNote"`
	View             string              `json:"view"`
	Estimate         Amount              `json:"estimate"`
	Budget           Amount              `json:"budget"`
	FinalAccount     Amount              `json:"finalAccount"`
	StandingReason   string              `json:"standingReason"`
	StandingDocument string              `json:"standingDocument"`
	StandingSince    *Date               `json:"standingSince"`
	Successors       []Relative          `json:"successors"`
	Predecessors     []Relative          `json:"predecessors"`
	OwnerRule        domain.OwnerRule    `json:"ownerRule"`
	Mentions         []Mention           `json:"mentions"`
	Milestones       []Milestone         `json:"milestones"`
	Allowed          []domain.Permission `json:"allowed"`
	LegalStages      []domain.Stage      `json:"legalStages"`
	CreatedAt        time.Time           `json:"createdAt"`
}

// Mention is one place where the plan names the project.
type Mention struct {
	Column        int           `json:"column"`
	ColumnTitle   string        `json:"columnTitle"`
	ColumnTitleEn string        `json:"columnTitleEn"`
	Group         string        `json:"group"`
	Name          string        `json:"name"`
	Commitment    string        `json:"commitment"`
	Target        domain.Target `json:"target"`
}

func (h handlers) projectRow(ctx context.Context, p domain.Project) ProjectRow {
	row := readOnlyRow(p)
	row.Mine = h.service.MayUpdate(ctx, p)
	return row
}

// readOnlyRow is a project that nobody may change, because it is past.
func readOnlyRow(p domain.Project) ProjectRow {
	row := ProjectRow{
		ID: p.ID, Code: p.Code, Name: p.Name, Category: categoryRef(p.Category), TopCategory: categoryRef(p.TopCategory),
		Districts: mapSlice(p.Districts, districtRef), Owner: orgRef(p.Owner), OwnerProvisional: p.OwnerProvisional,
		Stage: p.Stage, StageProvisional: p.StageProvisional, Standing: p.Standing, Target: p.Target, ConstructionUnit: p.ConstructionUnit,
		Columns: append([]int{}, p.Columns...), Commitments: append([]string{}, p.Commitments...),
		Investment: amountOf(p.Investment()), SlipDays: p.SlipDays, Progress: percentOf(p.Progress),
		ReportedPeriod: periodOf(p.ReportedPeriod), OwnerLight: emptyAsNull(p.OwnerLight), RuleLight: emptyAsNull(p.RuleLight), UpdatedAt: p.UpdatedAt, Version: p.Version,
	}
	if m := p.NextMilestone; m != nil {
		date := m.Forecast
		if date == nil {
			date = m.CurrentBaseline
		}
		row.NextMilestone = &NextMilestone{Name: m.Name, Kind: m.Kind, Date: planDateOf(date)}
	}
	return row
}

func (h handlers) projectDetail(ctx context.Context, v service.ProjectView) ProjectDetail {
	detail := detailOf(v, h.service.Today())
	detail.Mine = h.service.MayUpdate(ctx, v.Project)
	if slices.Contains(v.Allowed, domain.PermissionProjectMove) && v.Standing != domain.StandingExited {
		detail.LegalStages = v.Stage.LegalNext(v.StageProvisional)
	}
	return detail
}

func pastDetail(v service.ProjectView, asOf domain.Date) ProjectDetail {
	detail := detailOf(v, asOf)
	detail.AsOf = DateOf(asOf)
	return detail
}

// detailOf is what everybody may read of a project; overdue is what was due before today.
func detailOf(v service.ProjectView, today domain.Date) ProjectDetail {
	detail := ProjectDetail{
		ProjectRow: readOnlyRow(v.Project), NationalCode: v.NationalCode,
		Summary: v.Summary, View: "shared", Estimate: amountOf(v.Estimate), Budget: amountOf(v.Budget),
		FinalAccount: amountOf(v.FinalAccount), StandingReason: v.StandingReason, StandingDocument: v.StandingDocument,
		StandingSince: DateOf(v.StandingSince), Successors: mapSlice(v.Successors, relative), Predecessors: mapSlice(v.Predecessors, relative), OwnerRule: v.OwnerRule,
		Mentions:    mapSlice(v.Mentions, mentionOf),
		Milestones:  mapSlice(v.Milestones, func(m domain.Milestone) Milestone { return milestoneOf(m, today) }),
		Allowed:     append([]domain.Permission{}, v.Allowed...),
		LegalStages: []domain.Stage{}, CreatedAt: v.CreatedAt,
	}
	if v.Full {
		detail.View, detail.InternalNote = "full", &v.InternalNote
	}
	return detail
}

func mentionOf(m domain.Mention) Mention {
	return Mention{
		Column: m.Column, ColumnTitle: m.ColumnTitle, ColumnTitleEn: m.ColumnTitleEn, Group: m.Group, Name: m.Name,
		Commitment: m.Commitment, Target: m.Target,
	}
}
