package service

import (
	"context"
	"fmt"
	"slices"

	"zhongda/domain"
	"zhongda/repository"
)

// RequestView is a request as one reader may see it: with its project, the decisions taken on it, the checklist its gate
// has today, and what the reader may do with it now.
type RequestView struct {
	domain.Request
	Project   domain.ProjectDetail
	Checklist []domain.GateItem
	Rulings   []domain.Ruling
	Allowed   []domain.RequestAction
}

// ProjectRequests are the requests and decisions of one project, the latest first, and the kinds that the reader may
// start now.
type ProjectRequests struct {
	Requests []domain.Request
	Rulings  []domain.Ruling
	MayStart []domain.RequestKind
}

// GateItems are the checklists of all gates.
func (s *Service) GateItems(ctx context.Context) ([]domain.GateItem, error) {
	if _, err := s.access.require(domain.ActorFrom(ctx), domain.PermissionReferenceRead); err != nil {
		return nil, err
	}
	return s.store.GateItems(ctx)
}

// Request reads one request. Another bureau's reads like an absent one.
func (s *Service) Request(ctx context.Context, id int64) (RequestView, error) {
	read, err := s.access.require(domain.ActorFrom(ctx), domain.PermissionRequestRead)
	if err != nil {
		return RequestView{}, err
	}
	request, err := s.store.Request(ctx, read, id)
	if err != nil {
		return RequestView{}, err
	}
	return s.requestView(ctx, s.store, request)
}

func (s *Service) requestView(ctx context.Context, store *repository.Store, request domain.Request) (view RequestView, err error) {
	view.Request = request
	if view.Project, err = store.Project(ctx, domain.ScopeAll(), request.ProjectID); err != nil {
		return view, err
	}
	if request.Kind == domain.RequestGate {
		if view.Checklist, err = checklist(ctx, store, request.Content.From); err != nil {
			return view, err
		}
	}
	rulings, err := store.ProjectRulings(ctx, request.ProjectID)
	view.Rulings = slices.DeleteFunc(rulings, func(d domain.Ruling) bool { return d.RequestID != request.ID })
	view.Allowed = s.allowedOnRequest(domain.ActorFrom(ctx), request, view.Project.Project)
	return view, err
}

func checklist(ctx context.Context, store *repository.Store, from domain.Stage) ([]domain.GateItem, error) {
	items, err := store.GateItems(ctx)
	return slices.DeleteFunc(items, func(i domain.GateItem) bool { return i.From != from }), err
}

// requestPermission is what each action takes.
func requestPermission(action domain.RequestAction) domain.Permission {
	switch action {
	case domain.RequestSave, domain.RequestCancel:
		return domain.PermissionRequestWrite
	case domain.RequestSubmit, domain.RequestWithdraw:
		return domain.PermissionRequestSubmit
	default:
		return domain.PermissionRequestDecide
	}
}

// endsRequest reports whether an action only winds a request up, which an exited project still allows.
func endsRequest(action domain.RequestAction) bool {
	return action != domain.RequestSave && action != domain.RequestSubmit && action != domain.RequestApprove
}

// allowedOnRequest are the actions that the actor's role, the owner, the state and the four eyes allow together.
func (s *Service) allowedOnRequest(actor domain.Actor, request domain.Request, p domain.Project) []domain.RequestAction {
	var allowed []domain.RequestAction
	for _, action := range domain.RequestActions() {
		permission := requestPermission(action)
		_, legal := request.State.Next(action)
		decides := permission == domain.PermissionRequestDecide
		switch {
		case !legal, !s.access.Scope(actor, permission).Covers(p.Owner.Path),
			decides && !request.MayBeDecidedBy(actor.User.Username),
			p.Standing == domain.StandingExited && !endsRequest(action):
			continue
		}
		allowed = append(allowed, action)
	}
	return allowed
}

// ProjectRequests lists the requests and decisions of a project.
func (s *Service) ProjectRequests(ctx context.Context, projectID int64) (found ProjectRequests, err error) {
	actor := domain.ActorFrom(ctx)
	scope, err := s.access.require(actor, domain.PermissionRequestRead)
	if err != nil {
		return found, err
	}
	if err := s.ownProjectToRead(ctx, scope, projectID); err != nil {
		return found, err
	}
	if found.Requests, err = s.store.ProjectRequests(ctx, projectID); err != nil {
		return found, err
	}
	if found.Rulings, err = s.store.ProjectRulings(ctx, projectID); err != nil {
		return found, err
	}
	p, err := s.store.Project(ctx, domain.ScopeAll(), projectID)
	if err != nil || !s.access.Scope(actor, domain.PermissionRequestWrite).Covers(p.Owner.Path) {
		return found, err
	}
	for _, kind := range domain.RequestKinds() {
		if kind.MayStart(p.Project) == nil && kind.MayStandBeside(found.Requests) == nil {
			found.MayStart = append(found.MayStart, kind)
		}
	}
	return found, nil
}

// StartRequest opens the draft of a request of one's own project. A gate request takes the checklist as it is today.
func (s *Service) StartRequest(ctx context.Context, projectID int64, kind domain.RequestKind) (RequestView, error) {
	a := act{permission: domain.PermissionRequestWrite, action: "request.start", objectKind: "request", projectID: projectID}
	var view RequestView
	err := s.perform(ctx, a, func(w *write) error {
		p, err := s.ownProject(ctx, w.Store, w.scope, projectID)
		if err != nil {
			return err
		}
		if err := s.mayStartRequest(ctx, w, p.Project, kind); err != nil {
			return err
		}
		items, err := checklist(ctx, w.Store, p.Stage)
		if err != nil {
			return err
		}
		created, err := w.CreateRequest(ctx, domain.Request{
			ProjectID: projectID, Kind: kind, State: domain.RequestDraft, Content: domain.NewRequestContent(kind, p.Project, items),
			DraftedBy: w.record.Actor, CreatedAt: w.record.At, UpdatedBy: w.record.Actor, UpdatedAt: w.record.At,
		})
		if err != nil {
			return err
		}
		w.record.ObjectID = created.ID
		if err := w.note(facts{}, requestHead(created)); err != nil {
			return err
		}
		view, err = s.requestView(ctx, w.Store, created)
		return err
	})
	return view, err
}

// mayStartRequest locks the project, so that of two starts at once the second sees the first.
func (s *Service) mayStartRequest(ctx context.Context, w *write, p domain.Project, kind domain.RequestKind) error {
	if err := w.LockProject(ctx, p.ID); err != nil {
		return err
	}
	if err := kind.MayStart(p); err != nil {
		return err
	}
	open, err := w.ProjectRequests(ctx, p.ID)
	if err != nil {
		return err
	}
	return kind.MayStandBeside(open)
}

// SaveRequest changes the content of a request that the owner still holds, at the version the caller read.
func (s *Service) SaveRequest(ctx context.Context, id, version int64, change domain.RequestChange) (RequestView, error) {
	return s.editRequest(ctx, requestAct(domain.RequestSave, ""), id, version, func(w *write, e *requestEdit) (err error) {
		if e.after, err = e.after.Do(domain.RequestSave, w.record.Actor, w.record.At, ""); err != nil {
			return err
		}
		if err := w.checkEvidence(ctx, e.project.ID, change); err != nil {
			return err
		}
		e.after.Content, err = change.Apply(e.after.Kind, e.after.Content, e.project.Milestones)
		return err
	})
}

// checkEvidence refuses files that are none of the project's: an answer must not rest on another's papers.
func (w *write) checkEvidence(ctx context.Context, projectID int64, change domain.RequestChange) error {
	for i, item := range change.Items {
		_, err := w.attachmentsOf(ctx, projectID, item.Document.Attachments)
		if domain.KindOf(err) == domain.KindInvalid {
			return domain.Invalid(fmt.Sprintf("items[%d].attachmentIds", i), "unknown_attachment")
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func requestAct(action domain.RequestAction, reason string) act {
	return act{permission: requestPermission(action), action: "request." + string(action), objectKind: "request", reason: reason}
}

// requestEdit is a request while it is changed. Effect is what follows from the change once it is written and nobody else
// can write it; was and is collect what the audit record shows beside the content.
type requestEdit struct {
	before  domain.Request
	after   domain.Request
	project domain.ProjectDetail
	effect  func() error
	was, is facts
}

// editRequest is the shape of every change of a request: refuse foreign ones, apply, write at the version and state that
// was read, note what changed.
func (s *Service) editRequest(ctx context.Context, a act, id, version int64, apply func(*write, *requestEdit) error) (RequestView, error) {
	a.objectID = id
	var view RequestView
	err := s.perform(ctx, a, func(w *write) error {
		e, err := s.ownRequest(ctx, w, id)
		if err != nil {
			return err
		}
		if e.before.Version != version {
			return domain.StaleVersion(e.before.Version)
		}
		if err := apply(w, &e); err != nil {
			return err
		}
		if e.after.Version, err = w.UpdateRequest(ctx, e.after, e.before.State); err != nil {
			return err
		}
		if err := e.effect(); err != nil {
			return err
		}
		w.record.ProjectID = e.project.ID
		if err := w.noteRequest(e); err != nil {
			return err
		}
		if err := s.tellOfRequest(ctx, w, e); err != nil {
			return err
		}
		view, err = s.requestView(ctx, w.Store, e.after)
		return err
	})
	return view, err
}

// ownRequest loads a request to change and holds its project until the transaction ends, so that what is decided stands
// on the project as it is. One that the actor may not read is told to be absent; the audit record knows better.
func (s *Service) ownRequest(ctx context.Context, w *write, id int64) (e requestEdit, err error) {
	if err := s.mayTouchRequest(ctx, w, id); err != nil {
		return e, err
	}
	if e.before, err = w.Request(ctx, domain.ScopeAll(), id); err != nil {
		return e, err
	}
	if e.project, err = w.Project(ctx, domain.ScopeAll(), e.before.ProjectID); err != nil {
		return e, err
	}
	e.after, e.was, e.is, e.effect = e.before, facts{}, facts{}, func() error { return nil }
	return e, nil
}

func (s *Service) mayTouchRequest(ctx context.Context, w *write, id int64) error {
	actor := domain.ActorFrom(ctx)
	read, err := s.access.require(actor, domain.PermissionRequestRead)
	if err != nil {
		return err
	}
	request, err := w.Request(ctx, domain.ScopeAll(), id)
	if err != nil {
		return err
	}
	p, err := w.Project(ctx, domain.ScopeAll(), request.ProjectID)
	if err != nil {
		return err
	}
	foreign := &domain.Error{
		Kind: domain.KindForbidden, Code: "not_own_project",
		Params: domain.Params("owner", p.Owner, "organisation", actor.User.Organisation),
	}
	action := domain.RequestAction(w.record.Action[len("request."):])
	switch {
	case !read.Covers(p.Owner.Path):
		hidden := domain.NotFound("request_not_found")
		hidden.Cause = foreign
		return hidden
	case !w.scope.Covers(p.Owner.Path):
		return foreign
	case p.Standing == domain.StandingExited && !endsRequest(action) && action != domain.RequestApprove:
		return domain.Conflict("project_exited")
	}
	return w.LockProject(ctx, p.ID)
}

// requestHead tells which request an audit record speaks of, and the hash of its content.
func requestHead(r domain.Request) facts {
	head := facts{"kind": string(r.Kind), "state": string(r.State), "contentHash": r.Hash()}
	if r.Number != "" {
		head["number"] = r.Number
	}
	return head
}

// noteRequest puts the changed fields into the audit record, with the hash of the content that the act left.
func (w *write) noteRequest(e requestEdit) error {
	w.basis = requestHead(e.after)
	e.was["state"] = string(e.before.State)
	for _, d := range e.after.Content.Differences(e.before.Content) {
		e.was[d.Field], e.is[d.Field] = d.Before, d.After
	}
	return w.note(e.was, e.is)
}
