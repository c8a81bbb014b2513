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
