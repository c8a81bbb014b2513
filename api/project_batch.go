package api

import (
	"context"

	"zhongda/domain"
	"zhongda/service"
)

type batchProjectsIn struct {
	Action              domain.BatchAction `json:"action"`
	OwnerOrganisationID int64              `json:"ownerOrganisationId,omitempty" validate:"min=0"`
	Preview             bool               `json:"preview,omitempty"`
	Items               []batchItem        `json:"items" validate:"min=1,max=100"`
}

// batchItem is one project at the version the caller read.
type batchItem struct {
	ID      int64 `json:"id" validate:"min=1"`
	Version int64 `json:"version" validate:"min=1"`
}

// BatchResult is what became of one project, or in a preview would: done with what it was and is and the new version, or
// refused with the code and the sentence of the rule. What is refused stays as it was.
type BatchResult struct {
	ID      int64       `json:"id"`
	Done    bool        `json:"done"`
	Version *int64      `json:"version"`
	Before  *BatchFacts `json:"before"`
	After   *BatchFacts `json:"after"`
	Code    *string     `json:"code"`
	Message *string     `json:"message"`
}

// BatchFacts are the facts of a project that a batch can change.
type BatchFacts struct {
	Owner            OrgRef       `json:"owner"`
	OwnerProvisional bool         `json:"ownerProvisional"`
	Stage            domain.Stage `json:"stage"`
	StageProvisional bool         `json:"stageProvisional"`
}

func (h handlers) batchProjects(ctx context.Context, in batchProjectsIn) (List[BatchResult], error) {
	batch := domain.ProjectBatch{
		Action: in.Action, OwnerOrganisationID: in.OwnerOrganisationID, Preview: in.Preview,
		Items: mapSlice(in.Items, func(i batchItem) domain.BatchItem { return domain.BatchItem{ID: i.ID, Version: i.Version} }),
	}
	return listOf(func(r service.BatchResult) BatchResult { return h.batchResult(ctx, r) })(h.service.BatchProjects(ctx, batch))
}

func (h handlers) batchResult(ctx context.Context, r service.BatchResult) BatchResult {
	if r.Refusal == nil {
		before, after := batchFacts(r.Before), batchFacts(r.After)
		return BatchResult{ID: r.ID, Done: true, Version: &r.After.Version, Before: &before, After: &after}
	}
	code, message := h.refusal(ctx, r.Refusal)
	return BatchResult{ID: r.ID, Version: emptyAsNull(r.Refusal.CurrentVersion), Code: &code, Message: &message}
}

func batchFacts(p domain.Project) BatchFacts {
	return BatchFacts{Owner: orgRef(p.Owner), OwnerProvisional: p.OwnerProvisional, Stage: p.Stage, StageProvisional: p.StageProvisional}
}
