package api

import (
	"context"
	"time"

	"zhongda/domain"
)

// listExitsIn takes the same filters as the list of projects; standing is always exited.
type listExitsIn struct {
	projectFilter
	pageParams
	Kinds []domain.ExitKind `query:"kind" validate:"max=4"`
}

// Exit is a line of the exit register. kind, number and who decided are null where the exit was recorded before
// decisions had numbers.
type Exit struct {
	Project    ReportProject    `json:"project"`
	Kind       *domain.ExitKind `json:"kind"`
	Reason     string           `json:"reason"`
	Document   string           `json:"document"`
	Since      *Date            `json:"since"`
	Number     *string          `json:"number"`
	RequestID  *int64           `json:"requestId"`
	DecidedBy  *string          `json:"decidedBy"`
	DecidedAt  *time.Time       `json:"decidedAt"`
	Successors []Relative       `json:"successors"`
}

// Relative is a project that carries on for another, or that another carries on for. relation is how the earlier one left,
// null where nobody said.
type Relative struct {
	ID       int64            `json:"id"`
	Code     string           `json:"code"`
	Name     string           `json:"name"`
	Relation *domain.ExitKind `json:"relation"`
}

func (h handlers) listExits(ctx context.Context, in listExitsIn) (Page[Exit], error) {
	page, err := h.service.Exits(ctx, domain.ExitFilter{Projects: in.filter(), Kinds: in.Kinds}, in.request())
	return pageOf(page, in.WithTotal, exit), err
}

func exit(e domain.ExitedProject) Exit {
	p := e.Project
	return Exit{
		Project: reportProject(p), Kind: emptyAsNull(e.Kind), Reason: p.StandingReason, Document: p.StandingDocument,
		Since: DateOf(p.StandingSince), Number: emptyAsNull(e.Number), RequestID: emptyAsNull(e.RequestID),
		DecidedBy: emptyAsNull(e.DecidedBy), DecidedAt: emptyAsNull(e.DecidedAt), Successors: mapSlice(e.Successors, relative),
	}
}

func relative(r domain.Relative) Relative {
	return Relative{ID: r.ID, Code: r.Code, Name: r.Name, Relation: emptyAsNull(r.Relation)}
}
