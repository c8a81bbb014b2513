package service

import (
	"context"

	"zhongda/domain"
)

// ProjectFigures tells where the figures of a project come from: report, who submitted and who approved it, its content
// hash, and the record of the act in the audit chain. Whoever may read the project may ask; names are for those who may
// read its reports.
func (s *Service) ProjectFigures(ctx context.Context, projectID int64) ([]domain.Figure, error) {
	actor := domain.ActorFrom(ctx)
	scope, err := s.access.require(actor, domain.PermissionProjectRead)
	if err != nil {
		return nil, err
	}
	project, err := s.store.Project(ctx, scope, projectID)
	if err != nil {
		return nil, err
	}
	figures, err := s.reportedFigures(ctx, project)
	if err != nil {
		return nil, err
	}
	for _, rest := range []func(context.Context, domain.ProjectDetail) ([]domain.Figure, error){s.enteredFigures, s.plannedFigures} {
		more, err := rest(ctx, project)
		if err != nil {
			return nil, err
		}
		figures = append(figures, more...)
	}
	if !s.access.Scope(actor, domain.PermissionReportRead).Covers(project.Owner.Path) {
		for i, f := range figures {
			figures[i] = f.Anonymous()
		}
	}
	return figures, nil
}

// reportedFigures are those of the last approved report, and the forecasts of the milestones not yet reached.
func (s *Service) reportedFigures(ctx context.Context, project domain.ProjectDetail) ([]domain.Figure, error) {
	reports, err := s.store.ApprovedReports(ctx, project.ID)
	if err != nil {
		return nil, err
	}
	var figures []domain.Figure
	if len(reports) > 0 {
		figures = domain.FiguresOfReport(reports[0])
	}
	for _, m := range project.Milestones {
		if m.Forecast == nil || !m.Actual.IsZero() {
			continue
		}
		figure, reported := domain.ForecastFigure(m, reports)
		if !reported {
			if figure, err = s.enteredForecast(ctx, project.ID, figure); err != nil {
				return nil, err
			}
		}
		figures = append(figures, figure)
	}
	return s.withApprovals(ctx, figures)
}

// withApprovals adds the record of each report's approval.
func (s *Service) withApprovals(ctx context.Context, figures []domain.Figure) ([]domain.Figure, error) {
	var ids []int64
	for _, f := range figures {
		if f.ReportID != 0 {
			ids = append(ids, f.ReportID)
		}
	}
	records, err := s.store.ActRecords(ctx, "report.approve", "report", ids)
	for i, f := range figures {
		if record, found := records[f.ReportID]; found {
			figures[i].Record = &record
		}
	}
	return figures, err
}

// enteredForecast is a forecast that somebody entered on the project's page.
func (s *Service) enteredForecast(ctx context.Context, projectID int64, f domain.Figure) (domain.Figure, error) {
	records, err := s.store.EntryRecords(ctx, projectID, "milestone", f.MilestoneID, []string{"forecast"})
	return entered(f, records["forecast"]), err
}

// entered tells who entered a figure; what nobody entered came with the catalogue.
func entered(f domain.Figure, record domain.FigureRecord) domain.Figure {
	f.Origin = domain.OriginCatalogue
	if record.Seq != 0 {
		f.Origin, f.By, f.ByAt, f.Record = domain.OriginEntry, record.Actor, record.At, &record
	}
	return f
}

// enteredFigures are the three totals; those that nobody filled in are left out.
func (s *Service) enteredFigures(ctx context.Context, project domain.ProjectDetail) ([]domain.Figure, error) {
	records, err := s.store.EntryRecords(ctx, project.ID, "project", project.ID, []string{"estimate", "budget", "finalAccount"})
	if err != nil {
		return nil, err
	}
	var figures []domain.Figure
	for _, total := range []struct {
		kind   domain.FigureKind
		field  string
		amount domain.Amount
	}{
		{domain.FigureEstimate, "estimate", project.Estimate},
		{domain.FigureBudget, "budget", project.Budget},
		{domain.FigureAccount, "finalAccount", project.FinalAccount},
	} {
		figure := domain.Figure{Kind: total.kind, Missing: total.amount.Missing}
		if total.amount.Present() {
			figure.Value = total.amount.Value.String()
		}
		if total.amount.Missing != domain.MissingNotFilled {
			figures = append(figures, entered(figure, records[total.field]))
		}
	}
	return figures, nil
}

// plannedFigures are the confirmed plans of the years, the latest first, each by its revision in force.
func (s *Service) plannedFigures(ctx context.Context, project domain.ProjectDetail) ([]domain.Figure, error) {
	plans, err := s.store.InvestmentPlans(ctx, project.ID)
	if err != nil {
		return nil, err
	}
	inForce := map[int]domain.InvestmentPlan{}
	var ids []int64
	for _, p := range plans {
		if p.ConfirmedBy != "" && p.Revision >= inForce[p.Year].Revision {
			inForce[p.Year] = p
		}
		ids = append(ids, p.ID)
	}
	records, err := s.store.ActRecords(ctx, "investment.confirm", "investment_plan", ids)
	if err != nil {
		return nil, err
	}
	var figures []domain.Figure
	for _, p := range plans {
		if p.ID != inForce[p.Year].ID {
			continue
		}
		figure := domain.Figure{
			Kind: domain.FigurePlan, Year: p.Year, Revision: p.Revision, Origin: domain.OriginPlan, Missing: p.Planned.Missing,
			By: p.UpdatedBy, ByAt: p.UpdatedAt, Decided: p.ConfirmedBy, DecidedAt: p.ConfirmedAt,
		}
		if p.Planned.Present() {
			figure.Value = p.Planned.Value.String()
		}
		if record, found := records[p.ID]; found {
			figure.Record = &record
		}
		figures = append(figures, figure)
	}
	return figures, nil
}
