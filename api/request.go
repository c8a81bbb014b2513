package api

import (
	"context"
	"fmt"

	"zhongda/domain"
	"zhongda/service"
)

// requestID selects the request of a call.
type requestID struct {
	ID int64 `path:"id"`
}

// requestAt selects a request at the version that the caller read.
type requestAt struct {
	requestID
	Version Version `header:"If-Match"`
}

func (h handlers) listGateItems(ctx context.Context, _ None) (List[GateItem], error) {
	return listOf(gateItem)(h.service.GateItems(ctx))
}

func (h handlers) listRequests(ctx context.Context, in projectID) (ProjectRequests, error) {
	found, err := h.service.ProjectRequests(ctx, in.ID)
	return ProjectRequests{
		Requests: mapSlice(found.Requests, requestRow), Rulings: mapSlice(found.Rulings, ruling),
		MayStart: append([]domain.RequestKind{}, found.MayStart...),
	}, err
}

func (h handlers) getRequest(ctx context.Context, in requestID) (Versioned[ProjectRequest], error) {
	return h.requestAnswer()(h.service.Request(ctx, in.ID))
}

type startRequestIn struct {
	projectID
	Kind domain.RequestKind `json:"kind"`
}

func (h handlers) startRequest(ctx context.Context, in startRequestIn) (Created[ProjectRequest], error) {
	view, err := h.service.StartRequest(ctx, in.ID, in.Kind)
	if err != nil {
		return Created[ProjectRequest]{}, err
	}
	at := fmt.Sprintf("/api/v1/requests/%d", view.ID)
	return Created[ProjectRequest]{Value: h.projectRequest(view), Version: view.Version, At: at}, nil
}

// updateRequestIn is saved as it is typed: what is absent stays. Of items, those given replace theirs; baselines and
// successors replace all.
type updateRequestIn struct {
	requestAt
	Reason        Optional[string]           `json:"reason" validate:"max=4000"`
	Items         Optional[[]gateAnswerIn]   `json:"items" validate:"max=50"`
	Baselines     Optional[[]rebaselineIn]   `json:"baselines" validate:"max=100"`
	Document      Optional[string]           `json:"document" validate:"max=200"`
	ExpectedUntil Optional[*Date]            `json:"expectedUntil"`
	ExitKind      Optional[*domain.ExitKind] `json:"exitKind"`
	Successors    Optional[[]string]         `json:"successors" validate:"max=20,dive,max=40"`
}

type gateAnswerIn struct {
	Code           string              `json:"code" validate:"max=60"`
	Verdict        *domain.GateVerdict `json:"verdict"`
	Reason         string              `json:"reason,omitempty" validate:"max=1000"`
	DocumentName   string              `json:"documentName,omitempty" validate:"max=200"`
	DocumentNumber string              `json:"documentNumber,omitempty" validate:"max=200"`
	DocumentDate   *Date               `json:"documentDate"`
	AttachmentIDs  []int64             `json:"attachmentIds,omitempty" validate:"max=20,dive,min=1"`
}

type rebaselineIn struct {
	MilestoneID int64              `json:"milestoneId" validate:"min=1"`
	Baseline    *PlanDate          `json:"baseline"`
	ReasonCode  *domain.ReasonCode `json:"reasonCode"`
	ReasonText  string             `json:"reasonText,omitempty" validate:"max=2000"`
}

func (in updateRequestIn) change() (change domain.RequestChange, err error) {
	change = domain.RequestChange{
		Reason: in.Reason.Pointer(), Document: in.Document.Pointer(), Successors: in.Successors.Pointer(),
	}
	if in.Items.Set {
		change.Items = mapSlice(in.Items.Value, gateAnswerIn.answer)
	}
	if in.ExpectedUntil.Set {
		change.ExpectedUntil = new(domain.Date)
		if in.ExpectedUntil.Value != nil {
			change.ExpectedUntil = &in.ExpectedUntil.Value.Date
		}
	}
	if in.ExitKind.Set {
		change.ExitKind = new(domain.ExitKind)
		if in.ExitKind.Value != nil {
			change.ExitKind = in.ExitKind.Value
		}
	}
	if !in.Baselines.Set {
		return change, nil
	}
	baselines := make([]domain.Rebaseline, len(in.Baselines.Value))
	for i, given := range in.Baselines.Value {
		if baselines[i], err = given.rebaseline(); err != nil {
			return change, below(fmt.Sprintf("baselines[%d]", i), err)
		}
	}
	change.Baselines = &baselines
	return change, nil
}

func (in gateAnswerIn) answer() domain.GateAnswer {
	answer := domain.GateAnswer{
		Code: in.Code, Reason: in.Reason,
		Document: domain.Document{Name: in.DocumentName, Number: in.DocumentNumber, Attachments: in.AttachmentIDs},
	}
	if in.Verdict != nil {
		answer.Verdict = *in.Verdict
	}
	if in.DocumentDate != nil {
		answer.Document.Date = in.DocumentDate.Date
	}
	return answer
}

func (in rebaselineIn) rebaseline() (b domain.Rebaseline, err error) {
	b = domain.Rebaseline{MilestoneID: in.MilestoneID, ReasonText: in.ReasonText}
	if in.ReasonCode != nil {
		b.ReasonCode = *in.ReasonCode
	}
	b.After, err = in.Baseline.planDate()
	return b, below("baseline", err)
}

func (h handlers) updateRequest(ctx context.Context, in updateRequestIn) (Versioned[ProjectRequest], error) {
	change, err := in.change()
	if err != nil {
		return Versioned[ProjectRequest]{}, err
	}
	return h.requestAnswer()(h.service.SaveRequest(ctx, in.ID, int64(in.Version), change))
}

func (h handlers) submitRequest(ctx context.Context, in requestAt) (Versioned[ProjectRequest], error) {
	return h.requestAnswer()(h.service.SubmitRequest(ctx, in.ID, int64(in.Version)))
}

func (h handlers) withdrawRequest(ctx context.Context, in requestAt) (Versioned[ProjectRequest], error) {
	return h.requestAnswer()(h.service.WithdrawRequest(ctx, in.ID, int64(in.Version)))
}

func (h handlers) cancelRequest(ctx context.Context, in requestAt) (Versioned[ProjectRequest], error) {
	return h.requestAnswer()(h.service.CancelRequest(ctx, in.ID, int64(in.Version)))
}

// decideRequestIn is the Commission's word; hash is that of the content the reviewer read.
type decideRequestIn struct {
	requestAt
	Action  string `json:"action" validate:"oneof=approve return"`
	Hash    string `json:"hash" validate:"max=64"`
	Comment string `json:"comment,omitempty" validate:"max=2000"`
}

func (h handlers) decideRequest(ctx context.Context, in decideRequestIn) (Versioned[ProjectRequest], error) {
	return h.requestAnswer()(h.service.DecideRequest(ctx, service.RequestDecision{
		ID: in.ID, Version: int64(in.Version), Hash: in.Hash, Action: domain.RequestAction(in.Action), Comment: in.Comment,
	}))
}

// requestAnswer renders the outcome of every use case that ends with one request.
func (h handlers) requestAnswer() func(service.RequestView, error) (Versioned[ProjectRequest], error) {
	return func(view service.RequestView, err error) (Versioned[ProjectRequest], error) {
		if err != nil {
			return Versioned[ProjectRequest]{}, err
		}
		return Versioned[ProjectRequest]{Value: h.projectRequest(view), Version: view.Version}, nil
	}
}
