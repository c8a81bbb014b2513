package api

import (
	"context"
	"time"

	"zhongda/domain"
	"zhongda/service"
)

// OverdueReport is a project with periods gone by unreported; urgedAt is when its people were last urged.
type OverdueReport struct {
	ReportDuty
	UrgedAt *time.Time `json:"urgedAt"`
}

type overdueReportsIn struct {
	Owner string `query:"owner" validate:"max=60"`
}

func (h handlers) overdueReports(ctx context.Context, in overdueReportsIn) (List[OverdueReport], error) {
	return listOf(func(r service.OverdueReport) OverdueReport {
		return OverdueReport{ReportDuty: h.reportDuty(r.ReportDuty), UrgedAt: emptyAsNull(r.UrgedAt)}
	})(h.service.OverdueReports(ctx, in.Owner))
}

type urgeReportsIn struct {
	ProjectIDs []int64 `json:"projectIds" validate:"min=1,max=100"`
}

// UrgeResult is what became of urging one project: done, or refused with the code and the sentence of the rule.
type UrgeResult struct {
	ProjectID int64   `json:"projectId"`
	Done      bool    `json:"done"`
	Code      *string `json:"code"`
	Message   *string `json:"message"`
}

func (h handlers) urgeReports(ctx context.Context, in urgeReportsIn) (List[UrgeResult], error) {
	return listOf(func(r service.UrgeResult) UrgeResult { return h.urgeResult(ctx, r.ProjectID, r.Refusal) })(
		h.service.UrgeReports(ctx, in.ProjectIDs))
}

func (h handlers) urgeResult(ctx context.Context, projectID int64, refusal *domain.Error) UrgeResult {
	if refusal == nil {
		return UrgeResult{ProjectID: projectID, Done: true}
	}
	message := h.sentence(ctx, refusal.Code, refusal.Params)
	return UrgeResult{ProjectID: projectID, Code: &refusal.Code, Message: &message}
}
