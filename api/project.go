package api

import (
	"context"

	"zhongda/domain"
	"zhongda/service"
)

// projectID selects the project of a request.
type projectID struct {
	ID int64 `path:"id"`
}

// editOf selects a project at the version that the caller read.
type editOf struct {
	projectID
	Version Version `header:"If-Match"`
}

// ProjectPage is one page of the list; asOf is the past day it is of, null for today. Nothing in the past is mine to change.
type ProjectPage struct {
	Page[ProjectRow]
	AsOf *Date `json:"asOf"`
}

func (h handlers) listProjects(ctx context.Context, in listProjectsIn) (ProjectPage, error) {
	sort, err := domain.ParseProjectSort(in.Sort)
	if err != nil {
		return ProjectPage{}, err
	}
	page, err := h.service.Projects(ctx, in.filter(), sort, in.request())
	if err != nil {
		return ProjectPage{}, err
	}
	row := func(p domain.Project) ProjectRow { return h.projectRow(ctx, p) }
	if in.AsOf != nil {
		row = readOnlyRow
	}
	return ProjectPage{Page: pageOf(page, in.WithTotal, row), AsOf: DateOf(in.AsOf.day())}, nil
}

func (h handlers) projectFacets(ctx context.Context, in facetsIn) (ProjectFacets, error) {
	f, err := h.service.ProjectFacets(ctx, in.filter())
	return ProjectFacets{
		AsOf: DateOf(in.AsOf.day()), Column: facetsOf(f.Columns), Category: facetsOf(f.Categories), District: facetsOf(f.Districts),
		Owner: facetsOf(f.Owners), Stage: facetsOf(f.Stages), Standing: facetsOf(f.Standings),
		Target: facetsOf(f.Targets), Commitment: facetsOf(f.Commitments), Provisional: facetsOf(f.Provisional),
		RuleLight: facetsOf(f.RuleLights), OwnerLight: facetsOf(f.OwnerLights), Disagree: facetsOf(f.Disagreements),
	}, err
}

type getProjectIn struct {
	projectID
	AsOf *MonthEnd `query:"asOf"`
}

func (h handlers) getProject(ctx context.Context, in getProjectIn) (Versioned[ProjectDetail], error) {
	if in.AsOf == nil {
		return h.projectAnswer(ctx)(h.service.Project(ctx, in.ID))
	}
	view, err := h.service.ProjectAsOf(ctx, in.ID, in.AsOf.Date)
	if err != nil {
		return Versioned[ProjectDetail]{}, err
	}
	return Versioned[ProjectDetail]{Value: pastDetail(view, in.AsOf.Date), Version: view.Version}, nil
}

type updateProjectIn struct {
	editOf
	ConstructionUnit    Optional[string] `json:"constructionUnit" validate:"max=200"`
	NationalCode        Optional[string] `json:"nationalCode" validate:"max=30"`
	Summary             Optional[string] `json:"summary" validate:"max=4000"`
	InternalNote        Optional[string] `json:"internalNote" validate:"max=4000"`
	Estimate            Optional[Amount] `json:"estimate"`
	Budget              Optional[Amount] `json:"budget"`
	FinalAccount        Optional[Amount] `json:"finalAccount"`
	OwnerOrganisationID Optional[int64]  `json:"ownerOrganisationId" validate:"min=1"`
}

func (in updateProjectIn) change() (change domain.ProjectChange, err error) {
	change = domain.ProjectChange{
		ConstructionUnit: in.ConstructionUnit.Pointer(), NationalCode: in.NationalCode.Pointer(),
		Summary: in.Summary.Pointer(), InternalNote: in.InternalNote.Pointer(),
		OwnerOrganisationID: in.OwnerOrganisationID.Pointer(),
	}
	for _, amount := range []struct {
		field string
		given Optional[Amount]
		into  **domain.Amount
	}{
		{"estimate", in.Estimate, &change.Estimate},
		{"budget", in.Budget, &change.Budget},
		{"finalAccount", in.FinalAccount, &change.FinalAccount},
	} {
		if !amount.given.Set {
			continue
		}
		value, err := amount.given.Value.amount(amount.field)
		if err != nil {
			return change, err
		}
		*amount.into = &value
	}
	return change, nil
}

func (h handlers) updateProject(ctx context.Context, in updateProjectIn) (Versioned[ProjectDetail], error) {
	change, err := in.change()
	if err != nil {
		return Versioned[ProjectDetail]{}, err
	}
	return h.projectAnswer(ctx)(h.service.UpdateProject(ctx, in.ID, int64(in.Version), change))
}

type confirmProjectIn struct {
	editOf
	Owner bool `json:"owner"`
	Stage bool `json:"stage"`
}

func (h handlers) confirmProject(ctx context.Context, in confirmProjectIn) (Versioned[ProjectDetail], error) {
	confirmation := domain.Confirmation{Owner: in.Owner, Stage: in.Stage}
	return h.projectAnswer(ctx)(h.service.ConfirmProject(ctx, in.ID, int64(in.Version), confirmation))
}

type moveProjectIn struct {
	editOf
	To       domain.Stage `json:"to"`
	Reason   string       `json:"reason" validate:"max=1000"`
	Evidence string       `json:"evidence" validate:"max=1000"`
}

func (h handlers) moveProject(ctx context.Context, in moveProjectIn) (Versioned[ProjectDetail], error) {
	move := domain.StageMove{To: in.To, Reason: in.Reason, Evidence: in.Evidence}
	return h.projectAnswer(ctx)(h.service.MoveProject(ctx, in.ID, int64(in.Version), move))
}

type setStandingIn struct {
	editOf
	To            domain.Standing `json:"to"`
	Reason        string          `json:"reason" validate:"max=1000"`
	Document      string          `json:"document" validate:"max=500"`
	ExitKind      domain.ExitKind `json:"exitKind,omitempty"`
	Successors    []string        `json:"successors,omitempty" validate:"max=20,dive,max=40"`
	ExpectedUntil *Date           `json:"expectedUntil"`
}

func (h handlers) setProjectStanding(ctx context.Context, in setStandingIn) (Versioned[ProjectDetail], error) {
	move := domain.StandingMove{To: in.To, Reason: in.Reason, Document: in.Document, ExitKind: in.ExitKind, Successors: in.Successors}
	if in.ExpectedUntil != nil {
		move.Until = in.ExpectedUntil.Date
	}
	return h.projectAnswer(ctx)(h.service.SetProjectStanding(ctx, in.ID, int64(in.Version), move))
}

// projectAnswer renders the outcome of every use case that ends with one project.
func (h handlers) projectAnswer(ctx context.Context) func(service.ProjectView, error) (Versioned[ProjectDetail], error) {
	return func(view service.ProjectView, err error) (Versioned[ProjectDetail], error) {
		if err != nil {
			return Versioned[ProjectDetail]{}, err
		}
		return Versioned[ProjectDetail]{Value: h.projectDetail(ctx, view), Version: view.Version}, nil
	}
}
