package api

import (
	"context"

	"zhongda/domain"
	"zhongda/service"
)

// reviewQueueIn takes the same filters as the list of projects. light is the worst of the three that are known; sort=red
// puts the red ones first.
type reviewQueueIn struct {
	projectFilter
	pageParams
	Kinds  []domain.QueueKind `query:"kind" validate:"max=6"`
	Lights []domain.Light     `query:"light" validate:"max=3"`
	Sort   string             `query:"sort" default:"oldest" validate:"oneof=oldest red"`
}

// Waiting is one thing that waits for the Commission: exactly one of report and request is there. light is the worst
// that is known of the rule's, the owner's and the Commission's; ownerLight is that of the report itself or else of the
// project's last approved one; mine says that the reader belongs to the owner.
type Waiting struct {
	Kind       domain.QueueKind `json:"kind"`
	Project    ReportProject    `json:"project"`
	Light      *domain.Light    `json:"light"`
	OwnerLight *domain.Light    `json:"ownerLight"`
	Mine       bool             `json:"mine"`
	Report     *WaitingReport   `json:"report"`
	Request    *RequestRow      `json:"request"`
}

// WaitingReport is a submitted report as the queue shows it; previousProgress and previousTotal are the last approved
// ones, null where there is none.
type WaitingReport struct {
	ReportRow
	PreviousProgress *Percent  `json:"previousProgress"`
	PreviousTotal    *Amount   `json:"previousTotal"`
	Findings         []Finding `json:"findings"`
	Explanation      string    `json:"explanation"`
}

func (h handlers) reviewQueue(ctx context.Context, in reviewQueueIn) (Page[Waiting], error) {
	filter := domain.QueueFilter{Projects: in.filter(), Kinds: in.Kinds, Lights: in.Lights, RedFirst: in.Sort == "red"}
	page, err := h.service.ReviewQueue(ctx, filter, in.request())
	return pageOf(page, in.WithTotal, func(w service.Waiting) Waiting { return h.waiting(ctx, w) }), err
}

func (h handlers) waiting(ctx context.Context, w service.Waiting) Waiting {
	waiting := Waiting{
		Kind: domain.QueueReport, Project: reportProject(w.Project), Light: emptyAsNull(w.Light), OwnerLight: emptyAsNull(w.OwnerLight),
		Mine: h.service.MayUpdate(ctx, w.Project),
	}
	if w.Request != nil {
		row := requestRow(*w.Request)
		waiting.Kind, waiting.Request = domain.QueueKind(row.Kind), &row
		return waiting
	}
	report := WaitingReport{
		ReportRow: h.reportRow(*w.Report), Findings: h.findings(ctx, w.Findings), Explanation: w.Report.Content.Explanation,
	}
	if w.Previous != nil {
		total := amountOf(w.Previous.Content.Total)
		report.PreviousProgress, report.PreviousTotal = percentOf(w.Previous.Content.Progress), &total
	}
	waiting.Report = &report
	return waiting
}

type decideManyIn struct {
	Action  string          `json:"action" validate:"oneof=approve return"`
	Comment string          `json:"comment,omitempty" validate:"max=2000"`
	Items   []decideOneItem `json:"items" validate:"min=1,max=100"`
}

// decideOneItem is one report or request at the version and with the content that the reviewer read.
type decideOneItem struct {
	Object  service.ReviewObject `json:"object"`
	ID      int64                `json:"id" validate:"min=1"`
	Version int64                `json:"version" validate:"min=1"`
	Hash    string               `json:"hash" validate:"max=64"`
}

// DecisionResult is what became of one of many decisions: done with the new version and state, and the number of an
// approved request, or refused with the code and the sentence of the rule. What is refused stays as it was.
type DecisionResult struct {
	Object  service.ReviewObject `json:"object"`
	ID      int64                `json:"id"`
	Done    bool                 `json:"done"`
	Version *int64               `json:"version"`
	State   *string              `json:"state"`
	Number  *string              `json:"number"`
	Code    *string              `json:"code"`
	Message *string              `json:"message"`
}

func (h handlers) decideMany(ctx context.Context, in decideManyIn) (List[DecisionResult], error) {
	decisions := mapSlice(in.Items, func(item decideOneItem) service.ReviewDecision {
		return service.ReviewDecision{
			Object: item.Object, ID: item.ID, Version: item.Version, Hash: item.Hash, Return: in.Action == "return", Comment: in.Comment,
		}
	})
	return listOf(func(r service.DecisionResult) DecisionResult { return h.decisionResult(ctx, r) })(h.service.Decide(ctx, decisions))
}

func (h handlers) decisionResult(ctx context.Context, r service.DecisionResult) DecisionResult {
	if r.Refusal == nil {
		return DecisionResult{Object: r.Object, ID: r.ID, Done: true, Version: &r.Version, State: &r.State, Number: emptyAsNull(r.Number)}
	}
	code, message := h.refusal(ctx, r.Refusal)
	return DecisionResult{Object: r.Object, ID: r.ID, Version: emptyAsNull(r.Refusal.CurrentVersion), Code: &code, Message: &message}
}

// refusal is the code and the sentence of one refusal among many results: of its field, where it names one.
func (h handlers) refusal(ctx context.Context, refused *domain.Error) (code, message string) {
	code, params := refused.Code, refused.Params
	if len(refused.Fields) > 0 {
		code, params = refused.Fields[0].Code, refused.Fields[0].Params
	}
	return code, h.sentence(ctx, code, params)
}
