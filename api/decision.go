package api

import (
	"context"
	"fmt"

	"zhongda/domain"
)

// decisionFields is a decision as far as it has been typed; what is absent stays. A responsible organisation of null is
// the project's owner.
type decisionFields struct {
	Kind          Optional[domain.DecisionKind] `json:"kind"`
	Text          Optional[string]              `json:"text" validate:"max=4000"`
	ResponsibleID Optional[*int64]              `json:"responsibleOrganisationId" validate:"min=1"`
	Due           Optional[*Date]               `json:"due"`
}

func (in decisionFields) change() domain.DecisionChange {
	change := domain.DecisionChange{Kind: in.Kind.Pointer(), Text: in.Text.Pointer()}
	if in.ResponsibleID.Set {
		change.ResponsibleID = new(int64)
		if in.ResponsibleID.Value != nil {
			change.ResponsibleID = in.ResponsibleID.Value
		}
	}
	if in.Due.Set {
		change.Due = new(domain.Date)
		if in.Due.Value != nil {
			change.Due = &in.Due.Value.Date
		}
	}
	return change
}

type recordDecisionIn struct {
	meetingID
	ProjectID int64 `json:"projectId" validate:"min=1"`
	decisionFields
}

func (h handlers) recordDecision(ctx context.Context, in recordDecisionIn) (Created[MeetingDecision], error) {
	d, err := h.service.RecordDecision(ctx, in.ID, in.ProjectID, in.change())
	if err != nil {
		return Created[MeetingDecision]{}, err
	}
	at := fmt.Sprintf("/api/v1/meetings/%d/decisions/%d", in.ID, d.ID)
	return Created[MeetingDecision]{Value: meetingDecision(d), Version: d.Version, At: at}, nil
}

// decisionAt selects a decision of a meeting at the version that the caller read.
type decisionAt struct {
	meetingID
	DecisionID int64   `path:"decisionId"`
	Version    Version `header:"If-Match"`
}

type amendDecisionIn struct {
	decisionAt
	decisionFields
}

func (h handlers) amendDecision(ctx context.Context, in amendDecisionIn) (Versioned[MeetingDecision], error) {
	return decisionAnswer(h.service.AmendDecision(ctx, in.ID, in.DecisionID, int64(in.Version), in.change()))
}

func (h handlers) confirmDecision(ctx context.Context, in decisionAt) (Versioned[MeetingDecision], error) {
	return decisionAnswer(h.service.ConfirmDecision(ctx, in.ID, in.DecisionID, int64(in.Version)))
}

func (h handlers) strikeDecision(ctx context.Context, in decisionAt) (Versioned[MeetingDecision], error) {
	return decisionAnswer(h.service.StrikeDecision(ctx, in.ID, in.DecisionID, int64(in.Version)))
}

func decisionAnswer(d domain.Decision, err error) (Versioned[MeetingDecision], error) {
	if err != nil {
		return Versioned[MeetingDecision]{}, err
	}
	return Versioned[MeetingDecision]{Value: meetingDecision(d), Version: d.Version}, nil
}
