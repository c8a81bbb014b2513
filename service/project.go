package service

import (
	"context"
	"time"

	"zhongda/domain"
	"zhongda/repository"
)

// ProjectView is a project as one reader may see it. Without Full the internal note is gone; Allowed lists what the
// reader may do with this very project.
type ProjectView struct {
	domain.ProjectDetail
	Full    bool
	Allowed []domain.Permission
}

// Projects lists the projects of the filter that the actor may read.
func (s *Service) Projects(ctx context.Context, f domain.ProjectFilter, sort domain.ProjectSort, page domain.PageRequest) (domain.Page[domain.Project], error) {
	actor := domain.ActorFrom(ctx)
	scope, err := s.access.require(actor, domain.PermissionProjectRead)
	if err != nil {
		return domain.Page[domain.Project]{}, err
	}
	var found domain.Page[domain.Project]
	err = s.known(ctx, f.AsOf, func(store *repository.Store) error {
		found, err = store.Projects(ctx, scope, s.completeFilter(actor, f), sort, page)
		return err
	})
	return found, err
}

// ProjectFacets counts the choices of every filter over the projects the actor may read.
func (s *Service) ProjectFacets(ctx context.Context, f domain.ProjectFilter) (domain.ProjectFacets, error) {
	actor := domain.ActorFrom(ctx)
	scope, err := s.access.require(actor, domain.PermissionProjectRead)
	if err != nil {
		return domain.ProjectFacets{}, err
	}
	var facets domain.ProjectFacets
	err = s.known(ctx, f.AsOf, func(store *repository.Store) error {
		facets, err = store.ProjectFacets(ctx, scope, s.completeFilter(actor, f))
		return err
	})
	return facets, err
}

// completeFilter adds what the caller cannot say: the day lateness is counted to, and what "mine" means for this actor, and
// whose reports and orders the actor may know of.
func (s *Service) completeFilter(actor domain.Actor, f domain.ProjectFilter) domain.ProjectFilter {
	f.Today = f.AsOf
	if f.AsOf.IsZero() {
		f.Today = s.Today()
	}
	_, seconds := f.Today.Time().In(s.zone).Zone()
	f.ClockOffset = time.Duration(seconds) * time.Second
	f.ReportsRead = s.access.Scope(actor, domain.PermissionReportRead)
	f.OrdersRead = s.access.Scope(actor, domain.PermissionOrderRead)
	if f.OnlyMine {
		f.Mine = domain.ScopeSubtree(actor.User.Organisation.ID)
	}
	return f
}

// MayUpdate reports whether the actor may change the bureau's facts of a project, by the rule that explains it.
func (s *Service) MayUpdate(ctx context.Context, p domain.Project) bool {
	return s.decide(domain.ActorFrom(ctx), domain.PermissionProjectUpdate, p).Allowed
}

// Project reads one project; a bureau sees another's without its internal note.
func (s *Service) Project(ctx context.Context, id int64) (ProjectView, error) {
	actor := domain.ActorFrom(ctx)
	scope, err := s.access.require(actor, domain.PermissionProjectRead)
	if err != nil {
		return ProjectView{}, err
	}
	detail, err := s.store.Project(ctx, scope, id)
	if err != nil {
		return ProjectView{}, err
	}
	return s.view(actor, detail), nil
}

// ProjectAsOf reads one project as it was known at the end of a past day; the zero day is today. Who may see it in full is
// decided by today's owner, and nothing may be done with the past but read it. One that was not yet on record then is
// NotFound.
func (s *Service) ProjectAsOf(ctx context.Context, id int64, asOf domain.Date) (ProjectView, error) {
	today, err := s.Project(ctx, id)
	if err != nil || asOf.IsZero() {
		return today, err
	}
	view := ProjectView{Full: today.Full, Allowed: []domain.Permission{domain.PermissionProjectRead}}
	err = s.known(ctx, asOf, func(past *repository.Store) error {
		view.ProjectDetail, err = past.Project(ctx, domain.ScopeAll(), id)
		return err
	})
	if domain.KindOf(err) == domain.KindNotFound {
		return view, domain.NotFound("project_not_known_then")
	}
	if view.Full {
		view.Allowed = append(view.Allowed, domain.PermissionProjectReadInternal)
	} else {
		view.InternalNote = ""
	}
	return view, err
}

func (s *Service) view(actor domain.Actor, detail domain.ProjectDetail) ProjectView {
	view := ProjectView{ProjectDetail: detail}
	for _, permission := range domain.Permissions() {
		if s.decide(actor, permission, detail.Project).Allowed {
			view.Allowed = append(view.Allowed, permission)
			view.Full = view.Full || permission == domain.PermissionProjectReadInternal
		}
	}
	if !view.Full {
		view.InternalNote = ""
	}
	return view
}

// edit is one kind of change of a project: what the record calls it, and what it does.
type edit struct {
	act   act
	apply func(*write, *domain.Project) error
}

// UpdateProject changes a project at the version the caller read: the bureau's facts with project:update, the owner with
// project:assign over the old owner and the new one. One field that may not be changed refuses them all.
func (s *Service) UpdateProject(ctx context.Context, id, version int64, change domain.ProjectChange) (ProjectView, error) {
	e := s.update(ctx, change)
	return s.editProject(ctx, e.act, id, version, e.apply)
}

func (s *Service) update(ctx context.Context, change domain.ProjectChange) edit {
	return edit{act{permission: domain.PermissionProjectEdit, action: "project.update"}, func(w *write, p *domain.Project) error {
		if change.Facts() {
			if _, err := s.access.require(domain.ActorFrom(ctx), domain.PermissionProjectUpdate); err != nil {
				return err
			}
		}
		if err := change.Check(); err != nil {
			return err
		}
		*p = change.Apply(*p)
		if change.OwnerOrganisationID == nil {
			return nil
		}
		return s.assign(ctx, w, p, *change.OwnerOrganisationID)
	}}
}

func (s *Service) assign(ctx context.Context, w *write, p *domain.Project, organisationID int64) error {
	scope, err := s.access.require(domain.ActorFrom(ctx), domain.PermissionProjectAssign)
	if err != nil {
		return err
	}
	owner, err := w.Organisation(ctx, organisationID)
	if domain.KindOf(err) == domain.KindNotFound {
		return domain.Invalid("ownerOrganisationId", "unknown_organisation")
	}
	if err != nil {
		return err
	}
	if !scope.Covers(p.Owner.Path) || !scope.Covers(owner.Path) {
		return &domain.Error{Kind: domain.KindForbidden, Code: "assign_outside", Params: domain.Params("owner", owner)}
	}
	p.Owner, p.OwnerProvisional, p.OwnerRule = owner, false, domain.OwnerRuleNone
	return nil
}

// ConfirmProject is the owner's word that the derived owner or stage is right.
func (s *Service) ConfirmProject(ctx context.Context, id, version int64, c domain.Confirmation) (ProjectView, error) {
	e := confirmation(func(domain.Project) domain.Confirmation { return c })
	return s.editProject(ctx, e.act, id, version, e.apply)
}

// confirmation is the edit of whatever is to be confirmed of a project as it is found.
func confirmation(of func(domain.Project) domain.Confirmation) edit {
	return edit{act{permission: domain.PermissionProjectConfirm, action: "project.confirm"}, func(_ *write, p *domain.Project) error {
		c := of(*p)
		if err := c.Check(*p); err != nil {
			return err
		}
		p.OwnerProvisional = p.OwnerProvisional && !c.Owner
		p.StageProvisional = p.StageProvisional && !c.Stage
		return nil
	}}
}

// MoveProject changes the stage as the Commission does it without a request: back, or from a provisional stage to the
// right one.
func (s *Service) MoveProject(ctx context.Context, id, version int64, move domain.StageMove) (ProjectView, error) {
	a := act{permission: domain.PermissionProjectMove, action: "project.move", reason: move.Reason}
	return s.editProject(ctx, a, id, version, func(w *write, p *domain.Project) error {
		if err := move.Check(p.Stage, p.StageProvisional); err != nil {
			return err
		}
		from := p.Stage
		if move.Evidence != "" {
			w.basis = facts{"evidence": move.Evidence}
		}
		p.Stage, p.StageProvisional = move.To, false
		number, err := s.decideAlone(ctx, w, domain.Ruling{
			ProjectID: p.ID, Kind: domain.RulingStage, Reason: move.Reason, Document: move.Evidence,
		})
		if err != nil {
			return err
		}
		return w.AddStageChange(ctx, domain.StageChange{
			ProjectID: p.ID, From: from, To: move.To, Reason: move.Reason, Evidence: move.Evidence, Number: number,
			DecidedBy: w.record.Actor, DecidedAt: w.record.At,
		})
	})
}

// SetProjectStanding pauses, resumes or ends a project, as the Commission does it without a request. The page of an
// exited project stays, and names its successors.
func (s *Service) SetProjectStanding(ctx context.Context, id, version int64, move domain.StandingMove) (ProjectView, error) {
	a := act{permission: domain.PermissionProjectStanding, action: "project.standing", reason: move.Reason}
	return s.editProject(ctx, a, id, version, func(w *write, p *domain.Project) error {
		if err := s.changeStanding(ctx, w, p, move); err != nil {
			return err
		}
		_, err := s.decideAlone(ctx, w, domain.Ruling{
			ProjectID: p.ID, Kind: move.To.Kind(), Reason: move.Reason, Document: move.Document, ExitKind: move.ExitKind, Until: move.Until,
		})
		return err
	})
}

// editProject is the shape of every change of a project: refuse foreign rows and exited projects, apply, save at the
// version read, note what changed.
func (s *Service) editProject(ctx context.Context, a act, id, version int64, apply func(*write, *domain.Project) error) (ProjectView, error) {
	a.objectKind, a.objectID, a.projectID = "project", id, id
	var view ProjectView
	err := s.perform(ctx, a, func(w *write) error {
		before, err := s.ownProject(ctx, w.Store, w.scope, id)
		if err != nil {
			return err
		}
		if before.Version != version {
			return domain.StaleVersion(before.Version)
		}
		after := before.Project
		if err := apply(w, &after); err != nil {
			return err
		}
		if err := w.note(projectFacts(before.Project), projectFacts(after)); err != nil {
			return err
		}
		if _, err = w.UpdateProject(ctx, after); err != nil {
			return err
		}
		if err := s.refreshLight(ctx, w, id); err != nil {
			return err
		}
		detail, err := w.Project(ctx, domain.ScopeAll(), id)
		view = s.view(domain.ActorFrom(ctx), detail)
		return err
	})
	return view, err
}

// ownProject loads a project that the actor may read and whose owner the write scope covers; an exited one takes no
// more changes.
func (s *Service) ownProject(ctx context.Context, tx *repository.Store, scope domain.Scope, id int64) (domain.ProjectDetail, error) {
	read, err := s.access.require(domain.ActorFrom(ctx), domain.PermissionProjectRead)
	if err != nil {
		return domain.ProjectDetail{}, err
	}
	detail, err := tx.Project(ctx, read, id)
	if err != nil {
		return detail, err
	}
	if !scope.Covers(detail.Owner.Path) {
		return detail, &domain.Error{
			Kind: domain.KindForbidden, Code: "not_own_project",
			Params: domain.Params("owner", detail.Owner, "organisation", domain.ActorFrom(ctx).User.Organisation),
		}
	}
	if detail.Standing == domain.StandingExited {
		return detail, domain.Conflict("project_exited")
	}
	return detail, nil
}

// ProjectHistory lists what was done to a project and its milestones, newest first. It needs the full view, because
// the internal note is part of it.
func (s *Service) ProjectHistory(ctx context.Context, id int64, page domain.PageRequest) (domain.Page[domain.AuditRecord], error) {
	scope, err := s.access.require(domain.ActorFrom(ctx), domain.PermissionProjectReadInternal)
	if err != nil {
		return domain.Page[domain.AuditRecord]{}, err
	}
	if err := s.ownProjectToRead(ctx, scope, id); err != nil {
		return domain.Page[domain.AuditRecord]{}, err
	}
	return s.store.ProjectHistory(ctx, id, page)
}

func (s *Service) ownProjectToRead(ctx context.Context, scope domain.Scope, id int64) error {
	view, err := s.Project(ctx, id)
	if err != nil {
		return err
	}
	if !scope.Covers(view.Owner.Path) {
		refusal := &domain.Error{
			Kind: domain.KindForbidden, Code: "not_own_project",
			Params: domain.Params("owner", view.Owner, "organisation", domain.ActorFrom(ctx).User.Organisation),
		}
		s.recordRefusal(ctx, act{permission: domain.PermissionProjectReadInternal, objectKind: "project", objectID: id, projectID: id}, refusal)
		return refusal
	}
	return nil
}
