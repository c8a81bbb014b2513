package api

import (
	"context"

	"zhongda/domain"
	"zhongda/service"
)

func (h handlers) submitReport(ctx context.Context, in reportAt) (Versioned[Report], error) {
	return h.reportAnswer(ctx)(h.service.SubmitReport(ctx, in.ID, int64(in.Version)))
}

func (h handlers) withdrawReport(ctx context.Context, in reportAt) (Versioned[Report], error) {
	return h.reportAnswer(ctx)(h.service.WithdrawReport(ctx, in.ID, int64(in.Version)))
}

type correctReportIn struct {
	reportID
	Reason string `json:"reason" validate:"max=1000"`
}

func (h handlers) correctReport(ctx context.Context, in correctReportIn) (Created[Report], error) {
	return h.reportCreated(ctx)(h.service.CorrectReport(ctx, in.ID, in.Reason))
}

// decideReportIn is the Commission's word; hash is that of the content the reviewer read.
type decideReportIn struct {
	reportAt
	Action  string `json:"action" validate:"oneof=approve return"`
	Hash    string `json:"hash" validate:"max=64"`
	Comment string `json:"comment,omitempty" validate:"max=2000"`
}

func (h handlers) decideReport(ctx context.Context, in decideReportIn) (Versioned[Report], error) {
	return h.reportAnswer(ctx)(h.service.DecideReport(ctx, service.ReportDecision{
		ID: in.ID, Version: int64(in.Version), Hash: in.Hash, Action: domain.ReportAction(in.Action), Comment: in.Comment,
	}))
}

type decideReportsIn struct {
	Action  string             `json:"action" validate:"oneof=approve return"`
	Comment string             `json:"comment,omitempty" validate:"max=2000"`
	Items   []decideReportItem `json:"items" validate:"min=1,max=100"`
}

// decideReportItem is one report at the version and with the content that the reviewer read.
type decideReportItem struct {
	ID      int64  `json:"id" validate:"min=1"`
	Version int64  `json:"version" validate:"min=1"`
	Hash    string `json:"hash" validate:"max=64"`
}

// DecisionResult is what became of one of many decisions: done with the new version and state, or refused with the code
// and the sentence of the rule. A refused report stays as it was.
type DecisionResult struct {
	ID      int64               `json:"id"`
	Done    bool                `json:"done"`
	Version *int64              `json:"version"`
	State   *domain.ReportState `json:"state"`
	Code    *string             `json:"code"`
	Message *string             `json:"message"`
}

func (h handlers) decideReports(ctx context.Context, in decideReportsIn) (List[DecisionResult], error) {
	decisions := mapSlice(in.Items, func(item decideReportItem) service.ReportDecision {
		return service.ReportDecision{
			ID: item.ID, Version: item.Version, Hash: item.Hash, Action: domain.ReportAction(in.Action), Comment: in.Comment,
		}
	})
	return listOf(func(r service.DecisionResult) DecisionResult { return h.decisionResult(ctx, r) })(h.service.DecideReports(ctx, decisions))
}

func (h handlers) decisionResult(ctx context.Context, r service.DecisionResult) DecisionResult {
	if r.Refusal == nil {
		return DecisionResult{ID: r.ID, Done: true, Version: &r.Version, State: &r.State}
	}
	code, params := r.Refusal.Code, r.Refusal.Params
	if len(r.Refusal.Fields) > 0 {
		code, params = r.Refusal.Fields[0].Code, r.Refusal.Fields[0].Params
	}
	message := h.sentence(ctx, code, params)
	return DecisionResult{ID: r.ID, Version: emptyAsNull(r.Refusal.CurrentVersion), Code: &code, Message: &message}
}

// reportQueueIn takes the same filters as the list of projects. sort=red puts the owners' red lights first.
type reportQueueIn struct {
	projectFilter
	pageParams
	Lights []domain.Light `query:"light" validate:"max=3"`
	Sort   string         `query:"sort" default:"oldest" validate:"oneof=oldest red"`
}

// WaitingReport is a submitted report as the queue shows it; previousProgress and previousTotal are the last approved
// ones, null where there is none.
type WaitingReport struct {
	ReportRow
	Project          ReportProject `json:"project"`
	PreviousProgress *Percent      `json:"previousProgress"`
	PreviousTotal    *Amount       `json:"previousTotal"`
	Findings         []Finding     `json:"findings"`
	Explanation      string        `json:"explanation"`
	Mine             bool          `json:"mine"`
}

func (h handlers) reportQueue(ctx context.Context, in reportQueueIn) (Page[WaitingReport], error) {
	filter := domain.ReportQueueFilter{Projects: in.filter(), Lights: in.Lights, RedFirst: in.Sort == "red"}
	page, err := h.service.ReportQueue(ctx, filter, in.request())
	return pageOf(page, in.WithTotal, func(w service.WaitingReport) WaitingReport { return h.waitingReport(ctx, w) }), err
}

func (h handlers) waitingReport(ctx context.Context, w service.WaitingReport) WaitingReport {
	waiting := WaitingReport{
		ReportRow: h.reportRow(w.Report), Project: reportProject(w.Project), Findings: h.findings(ctx, w.Findings),
		Explanation: w.Content.Explanation, Mine: h.service.MayUpdate(ctx, w.Project),
	}
	if w.Previous != nil {
		total := amountOf(w.Previous.Content.Total)
		waiting.PreviousProgress, waiting.PreviousTotal = percentOf(w.Previous.Content.Progress), &total
	}
	return waiting
}
