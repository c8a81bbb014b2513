package service

import (
	"context"

	"zhongda/domain"
	"zhongda/repository"
)

// ReportView is a monthly report as one reader may see it: what the cross-checks noticed, what differs from the last
// approved report before it (Previous, nil for a first one), and what the reader may do with it now.
type ReportView struct {
	domain.Report
	Project     domain.ProjectDetail
	Previous    *domain.Report
	Findings    []domain.Finding
	Differences []domain.Difference
	Allowed     []domain.ReportAction
}

// Report reads one report. Another bureau's reads like an absent one.
func (s *Service) Report(ctx context.Context, id int64) (ReportView, error) {
	read, err := s.access.require(domain.ActorFrom(ctx), domain.PermissionReportRead)
	if err != nil {
		return ReportView{}, err
	}
	report, err := s.store.Report(ctx, read, id)
	if err != nil {
		return ReportView{}, err
	}
	return s.reportView(ctx, s.store, report)
}

func (s *Service) reportView(ctx context.Context, store *repository.Store, report domain.Report) (view ReportView, err error) {
	view.Report = report
	if view.Project, err = store.Project(ctx, domain.ScopeAll(), report.ProjectID); err != nil {
		return view, err
	}
	facts, err := s.reportFacts(ctx, store, report, view.Project)
	if err != nil {
		return view, err
	}
	view.Previous, view.Findings = facts.Previous, report.Content.Check(facts)
	if view.Previous != nil {
		view.Differences = report.Content.Differences(view.Previous.Content)
	}
	view.Allowed, err = s.allowedActions(ctx, store, report, view.Project)
	return view, err
}

// reportFacts are what the report is held against. The dates of an approved report took effect; they are not held
// against milestones that moved on since.
func (s *Service) reportFacts(ctx context.Context, store *repository.Store, report domain.Report, p domain.ProjectDetail) (domain.ReportFacts, error) {
	previous, err := store.LastApprovedReport(ctx, report.ProjectID, report.Period)
	if err != nil {
		return domain.ReportFacts{}, err
	}
	plans, err := store.YearPlans(ctx, report.ProjectID)
	facts := domain.ReportFacts{
		Period: report.Period, Previous: previous, Stage: p.Stage, Investment: p.Investment(),
		YearPlan: yearPlan(plans, report), Today: s.Today(),
	}
	if report.State != domain.ReportApproved {
		facts.Milestones = append([]domain.Milestone{}, p.Milestones...)
	}
	return facts, err
}

// yearPlan is the plan of the year a report speaks of; nil where none is confirmed.
func yearPlan(plans map[int64]map[int]domain.Amount, report domain.Report) *domain.Amount {
	if plan, ok := plans[report.ProjectID][report.Period.Year]; ok {
		return &plan
	}
	return nil
}

// reportPermission is what each action takes.
func reportPermission(action domain.ReportAction) domain.Permission {
	switch action {
	case domain.ReportSave:
		return domain.PermissionReportWrite
	case domain.ReportApprove, domain.ReportReturn:
		return domain.PermissionReportDecide
	default:
		return domain.PermissionReportSubmit
	}
}

// allowedActions are those that the actor's role, the owner, the state and the four eyes allow together.
func (s *Service) allowedActions(ctx context.Context, store *repository.Store, report domain.Report, p domain.ProjectDetail) ([]domain.ReportAction, error) {
	actor := domain.ActorFrom(ctx)
	var allowed []domain.ReportAction
	for _, action := range domain.ReportActions() {
		permission := reportPermission(action)
		_, legal := report.State.Next(action)
		decides := permission == domain.PermissionReportDecide
		switch {
		case !legal || !s.access.Scope(actor, permission).Covers(p.Owner.Path):
			continue
		case decides && !report.MayBeDecidedBy(actor.User.Username):
			continue
		case !decides && p.Standing == domain.StandingExited:
			continue
		}
		if action == domain.ReportCorrect {
			err := mayOpenRevision(ctx, store, report)
			if domain.KindOf(err) == domain.KindConflict {
				continue
			}
			if err != nil {
				return nil, err
			}
		}
		allowed = append(allowed, action)
	}
	return allowed, nil
}

// ProjectReports lists all reports of a project, the latest first.
func (s *Service) ProjectReports(ctx context.Context, projectID int64) ([]domain.Report, error) {
	scope, err := s.access.require(domain.ActorFrom(ctx), domain.PermissionReportRead)
	if err != nil {
		return nil, err
	}
	if err := s.ownProjectToRead(ctx, scope, projectID); err != nil {
		return nil, err
	}
	return s.store.ProjectReports(ctx, projectID)
}

// StartReport opens the draft of a period, prefilled from the last approved report and the open milestones. A project
// has one open report at a time, and periods only go forward.
func (s *Service) StartReport(ctx context.Context, projectID int64, period domain.Period) (ReportView, error) {
	a := act{permission: domain.PermissionReportWrite, action: "report.start", objectKind: "report", projectID: projectID}
	var view ReportView
	err := s.perform(ctx, a, func(w *write) error {
		p, err := s.ownProject(ctx, w.Store, w.scope, projectID)
		if err != nil {
			return err
		}
		last, err := s.lastBeforeStart(ctx, w, projectID, period)
		if err != nil {
			return err
		}
		cycle, err := w.ReportCycle(ctx, p.Stage)
		if err != nil {
			return err
		}
		return s.openReport(ctx, w, &view, domain.Report{
			ProjectID: projectID, Period: period, Revision: 1, State: domain.ReportDraft, Due: cycle.Due(period),
			Content:   domain.Prefill(period, last, p.Milestones),
			DraftedBy: w.record.Actor, UpdatedBy: w.record.Actor, UpdatedAt: w.record.At,
		})
	})
	return view, err
}

// lastBeforeStart locks the project, so that of two starts at once the second sees the first, and gives the last approved
// report where the period may be started.
func (s *Service) lastBeforeStart(ctx context.Context, w *write, projectID int64, period domain.Period) (*domain.Report, error) {
	if err := w.LockProject(ctx, projectID); err != nil {
		return nil, err
	}
	if err := noOpenReport(ctx, w.Store, projectID); err != nil {
		return nil, err
	}
	afterAll := domain.PeriodOf(s.Today()).Add(1)
	last, err := w.LastApprovedReport(ctx, projectID, afterAll)
	if err != nil {
		return nil, err
	}
	var reported domain.Period
	if last != nil {
		reported = last.Period
	}
	return last, domain.CheckPeriod(period, reported, s.Today())
}

func noOpenReport(ctx context.Context, store *repository.Store, projectID int64) error {
	open, err := store.OpenReport(ctx, projectID)
	if err != nil {
		return err
	}
	if open != nil {
		return domain.Conflict("report_open", "period", open.Period.String())
	}
	return nil
}

// openReport writes a new draft and its audit record, and shows it.
func (s *Service) openReport(ctx context.Context, w *write, view *ReportView, report domain.Report) error {
	created, err := w.CreateReport(ctx, report)
	if err != nil {
		return err
	}
	w.record.ObjectID, w.record.ProjectID = created.ID, created.ProjectID
	if err := w.note(facts{}, reportHead(created)); err != nil {
		return err
	}
	*view, err = s.reportView(ctx, w.Store, created)
	return err
}

// SaveReport changes the content of a report that the bureau still holds, at the version the caller read.
func (s *Service) SaveReport(ctx context.Context, id, version int64, change domain.ReportChange) (ReportView, error) {
	return s.editReport(ctx, reportAct(domain.ReportSave, ""), id, version, func(w *write, e *reportEdit) (err error) {
		if e.after, err = e.after.Do(domain.ReportSave, w.record.Actor, w.record.At, ""); err != nil {
			return err
		}
		e.after.Content, err = change.Apply(e.after.Content, e.project.Milestones)
		return err
	})
}

func reportAct(action domain.ReportAction, reason string) act {
	return act{permission: reportPermission(action), action: "report." + string(action), objectKind: "report", reason: reason}
}

// reportEdit is a report while it is changed. Effect is what follows from the change once it is written and nobody else
// can write it; was and is collect what the audit record shows beside the content.
type reportEdit struct {
	before  domain.Report
	after   domain.Report
	project domain.ProjectDetail
	effect  func() error
	was, is facts
}

// editReport is the shape of every change of a report: refuse foreign ones, apply, write at the version and state that
// was read, note what changed.
func (s *Service) editReport(ctx context.Context, a act, id, version int64, apply func(*write, *reportEdit) error) (ReportView, error) {
	a.objectID = id
	var view ReportView
	err := s.perform(ctx, a, func(w *write) error {
		e, err := s.ownReport(ctx, w, id)
		if err != nil {
			return err
		}
		if e.before.Version != version {
			return domain.StaleVersion(e.before.Version)
		}
		if err := apply(w, &e); err != nil {
			return err
		}
		if e.after.Version, err = w.UpdateReport(ctx, e.after, e.before.State); err != nil {
			return err
		}
		if err := e.effect(); err != nil {
			return err
		}
		if err := s.refreshLight(ctx, w, e.project.ID); err != nil {
			return err
		}
		w.record.ProjectID = e.project.ID
		if err := w.noteReport(e); err != nil {
			return err
		}
		if err := s.tellOfReport(ctx, w, e); err != nil {
			return err
		}
		view, err = s.reportView(ctx, w.Store, e.after)
		return err
	})
	return view, err
}

// ownReport loads a report to change. One that the actor may not read is told to be absent; the audit record knows
// better. The bureau's own acts end with the project's exit, the Commission may still decide what it was given.
func (s *Service) ownReport(ctx context.Context, w *write, id int64) (e reportEdit, err error) {
	actor := domain.ActorFrom(ctx)
	read, err := s.access.require(actor, domain.PermissionReportRead)
	if err != nil {
		return e, err
	}
	if e.before, err = w.Report(ctx, domain.ScopeAll(), id); err != nil {
		return e, err
	}
	if e.project, err = w.Project(ctx, domain.ScopeAll(), e.before.ProjectID); err != nil {
		return e, err
	}
	e.after, e.was, e.is, e.effect = e.before, facts{}, facts{}, func() error { return nil }
	foreign := &domain.Error{
		Kind: domain.KindForbidden, Code: "not_own_project",
		Params: domain.Params("owner", e.project.Owner, "organisation", actor.User.Organisation),
	}
	switch {
	case !read.Covers(e.project.Owner.Path):
		hidden := domain.NotFound("report_not_found")
		hidden.Cause = foreign
		return e, hidden
	case !w.scope.Covers(e.project.Owner.Path):
		return e, foreign
	case e.project.Standing == domain.StandingExited && w.record.Action != "report.approve" && w.record.Action != "report.return":
		return e, domain.Conflict("project_exited")
	}
	return e, nil
}

// reportHead tells which report an audit record speaks of, and the hash of its content.
func reportHead(r domain.Report) facts {
	head := facts{"period": r.Period.String(), "state": string(r.State), "contentHash": r.Hash()}
	if r.Revision > 1 {
		head["revision"], head["correctionReason"] = r.Revision, r.CorrectionReason
	}
	return head
}

// noteReport puts the changed fields into the audit record, with the hash of the content that the act left.
func (w *write) noteReport(e reportEdit) error {
	w.basis = reportHead(e.after)
	e.was["state"] = string(e.before.State)
	for _, d := range e.after.Content.Differences(e.before.Content) {
		e.was[d.Field], e.is[d.Field] = d.Before, d.After
	}
	return w.note(e.was, e.is)
}
