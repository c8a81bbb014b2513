package api

import (
	"context"
	"fmt"

	"zhongda/domain"
	"zhongda/service"
)

type issueID struct {
	ID int64 `path:"id"`
}

// issueAt selects an issue at the version that the caller read.
type issueAt struct {
	issueID
	Version Version `header:"If-Match"`
}

// issueFilter are the query parameters that select issues, the same for the list and the roll-ups. responsible and owner
// are codes of exactly those organisations; mine keeps what the reader's organisation must act on.
type issueFilter struct {
	Project     int64               `query:"project" validate:"min=0"`
	Types       []domain.IssueType  `query:"type" validate:"max=20"`
	Levels      []domain.IssueLevel `query:"level" validate:"max=5"`
	States      []domain.IssueState `query:"state" validate:"max=10"`
	Responsible []string            `query:"responsible" validate:"max=50,dive,max=60"`
	Owners      []string            `query:"owner" validate:"max=50,dive,max=60"`
	Overdue     bool                `query:"overdue"`
	Mine        bool                `query:"mine"`
	Text        string              `query:"q" validate:"max=100"`
}

func (f issueFilter) filter() domain.IssueFilter {
	return domain.IssueFilter{
		ProjectID: f.Project, Types: f.Types, Levels: f.Levels, States: f.States, Responsible: f.Responsible, Owners: f.Owners,
		Overdue: f.Overdue, OnlyMine: f.Mine, Text: f.Text,
	}
}

type listIssuesIn struct {
	issueFilter
	pageParams
}

func (h handlers) listIssues(ctx context.Context, in listIssuesIn) (Page[IssueRow], error) {
	page, err := h.service.Issues(ctx, in.filter(), in.request())
	return pageOf(page, in.WithTotal, h.issueRow), err
}

type rollUpIssuesIn struct{ issueFilter }

func (h handlers) rollUpIssues(ctx context.Context, in rollUpIssuesIn) (IssueRollups, error) {
	rollups, err := h.service.IssueRollups(ctx, in.filter())
	return issueRollups(rollups), err
}

func (h handlers) getIssue(ctx context.Context, in issueID) (Versioned[Issue], error) {
	return h.issueAnswer(h.service.Issue(ctx, in.ID))
}

type raiseIssueIn struct {
	projectID
	Type          domain.IssueType  `json:"type"`
	Title         string            `json:"title" validate:"notblank,max=120"`
	Text          string            `json:"text" validate:"notblank,max=4000"`
	ResponsibleID int64             `json:"responsibleOrganisationId" validate:"min=1"`
	Level         domain.IssueLevel `json:"level"`
	Due           Date              `json:"due"`
	ReportID      *int64            `json:"reportId" validate:"min=1"`
}

func (h handlers) raiseIssue(ctx context.Context, in raiseIssueIn) (Created[Issue], error) {
	draft := domain.IssueDraft{
		Type: in.Type, Title: in.Title, Text: in.Text, ResponsibleID: in.ResponsibleID, Level: in.Level, Due: in.Due.Date,
	}
	if in.ReportID != nil {
		draft.ReportID = *in.ReportID
	}
	view, err := h.service.RaiseIssue(ctx, in.ID, draft)
	if err != nil {
		return Created[Issue]{}, err
	}
	return Created[Issue]{Value: h.issue(view), Version: view.Version, At: fmt.Sprintf("/api/v1/issues/%d", view.ID)}, nil
}

// sayOnIssueIn is an act that takes words alone.
type sayOnIssueIn struct {
	issueAt
	Text string `json:"text" validate:"notblank,max=4000"`
}

func (h handlers) remarkIssue(ctx context.Context, in sayOnIssueIn) (Versioned[Issue], error) {
	return h.moveIssue(ctx, in.issueAt, domain.IssueMove{Action: domain.IssueRemark, Text: in.Text})
}

func (h handlers) replyIssue(ctx context.Context, in sayOnIssueIn) (Versioned[Issue], error) {
	return h.moveIssue(ctx, in.issueAt, domain.IssueMove{Action: domain.IssueReply, Text: in.Text})
}

func (h handlers) withdrawIssue(ctx context.Context, in sayOnIssueIn) (Versioned[Issue], error) {
	return h.moveIssue(ctx, in.issueAt, domain.IssueMove{Action: domain.IssueWithdraw, Text: in.Text})
}

// claimIn is what was done, and what proves it: the name of a document, files of the project, or both.
type claimIn struct {
	Text          string  `json:"text" validate:"notblank,max=4000"`
	Evidence      string  `json:"evidence" validate:"max=400"`
	AttachmentIDs []int64 `json:"attachmentIds,omitempty" validate:"max=20,dive,min=1"`
}

func (in claimIn) evidence() domain.Evidence {
	return domain.Evidence{Document: in.Evidence, Attachments: in.AttachmentIDs}
}

type resolveIssueIn struct {
	issueAt
	claimIn
}

func (h handlers) resolveIssue(ctx context.Context, in resolveIssueIn) (Versioned[Issue], error) {
	return h.moveIssue(ctx, in.issueAt, domain.IssueMove{Action: domain.IssueResolve, Text: in.Text, Evidence: in.evidence()})
}

type closeIssueIn struct {
	issueAt
	Text string `json:"text" validate:"max=4000"`
}

func (h handlers) closeIssue(ctx context.Context, in closeIssueIn) (Versioned[Issue], error) {
	return h.moveIssue(ctx, in.issueAt, domain.IssueMove{Action: domain.IssueClose, Text: in.Text})
}

type reopenIssueIn struct {
	issueAt
	Text string `json:"text" validate:"notblank,max=4000"`
	Due  Date   `json:"due"`
}

func (h handlers) reopenIssue(ctx context.Context, in reopenIssueIn) (Versioned[Issue], error) {
	return h.moveIssue(ctx, in.issueAt, domain.IssueMove{Action: domain.IssueReopen, Text: in.Text, Due: in.Due.Date})
}

func (h handlers) moveIssue(ctx context.Context, at issueAt, move domain.IssueMove) (Versioned[Issue], error) {
	return h.issueAnswer(h.service.MoveIssue(ctx, at.ID, int64(at.Version), move))
}

func (h handlers) issueAnswer(view service.IssueView, err error) (Versioned[Issue], error) {
	if err != nil {
		return Versioned[Issue]{}, err
	}
	return Versioned[Issue]{Value: h.issue(view), Version: view.Version}, nil
}
