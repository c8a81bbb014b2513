package service

import (
	"context"

	"zhongda/domain"
)

// OrderView is a supervision order as one reader may see it: its course, and what the reader may do with it now.
type OrderView struct {
	domain.Order
	Entries []domain.OrderEntry
	Allowed []domain.OrderAction
}

// Orders lists the orders of the filter that the actor may read: those about the actor's own projects, those addressed to
// the actor's organisation, or all.
func (s *Service) Orders(ctx context.Context, f domain.OrderFilter, page domain.PageRequest) (domain.Page[domain.Order], error) {
	actor := domain.ActorFrom(ctx)
	scope, err := s.access.require(actor, domain.PermissionOrderRead)
	if err != nil {
		return domain.Page[domain.Order]{}, err
	}
	f.Today = s.Today()
	if f.OnlyMine {
		f.Mine = domain.ScopeSubtree(actor.User.Organisation.ID)
	}
	return s.store.Orders(ctx, scope, f, page)
}

// Order reads one order with its course. One that concerns neither side of the actor reads like an absent one.
func (s *Service) Order(ctx context.Context, id int64) (OrderView, error) {
	read, err := s.access.require(domain.ActorFrom(ctx), domain.PermissionOrderRead)
	if err != nil {
		return OrderView{}, err
	}
	order, err := s.store.Order(ctx, read, id)
	if err != nil {
		return OrderView{}, err
	}
	entries, err := s.store.OrderEntries(ctx, id)
	return OrderView{Order: order, Entries: entries, Allowed: s.allowedOrderActions(ctx, order)}, err
}

func (s *Service) allowedOrderActions(ctx context.Context, order domain.Order) (allowed []domain.OrderAction) {
	actor := domain.ActorFrom(ctx)
	for _, action := range domain.OrderActions() {
		_, legal := order.State.Next(action)
		fourEyes := action == domain.OrderClose && order.AnsweredBy == actor.User.Username
		if legal && !fourEyes && s.access.Scope(actor, orderPermission(action)).Covers(orderSide(action, order)) {
			allowed = append(allowed, action)
		}
	}
	return allowed
}

// orderPermission is what each action takes.
func orderPermission(action domain.OrderAction) domain.Permission {
	switch action {
	case domain.OrderAcknowledge, domain.OrderAnswer:
		return domain.PermissionOrderAnswer
	case domain.OrderClose, domain.OrderSendBack:
		return domain.PermissionOrderClose
	default:
		return domain.PermissionOrderIssue
	}
}

// orderSide is the organisation that the actor's scope must cover: the addressee answers, the rest concerns the project.
func orderSide(action domain.OrderAction, order domain.Order) []int64 {
	if orderPermission(action) == domain.PermissionOrderAnswer {
		return order.Addressee.Path
	}
	return order.Project.Owner.Path
}

// IssueOrder issues an order about a project in one act, with what the project shows at that moment; the Commission's.
func (s *Service) IssueOrder(ctx context.Context, projectID int64, draft domain.OrderDraft) (OrderView, error) {
	a := act{permission: domain.PermissionOrderIssue, action: "order.issue", objectKind: "order", projectID: projectID}
	var view OrderView
	err := s.perform(ctx, a, func(w *write) error {
		project, err := s.ownProject(ctx, w.Store, w.scope, projectID)
		if err != nil {
			return err
		}
		order, err := s.issueOrder(ctx, w, project.Project, draft, 0)
		if err != nil {
			return err
		}
		w.record.ObjectID = order.ID
		if err := w.note(facts{}, orderFacts(order)); err != nil {
			return err
		}
		view.Order, view.Allowed = order, s.allowedOrderActions(ctx, order)
		view.Entries, err = w.OrderEntries(ctx, order.ID)
		return err
	})
	return view, err
}

// issueOrder writes an order with the next number of the year and the first entry of its course.
func (s *Service) issueOrder(ctx context.Context, w *write, p domain.Project, draft domain.OrderDraft, meetingID int64) (domain.Order, error) {
	if err := draft.Check(s.Today()); err != nil {
		return domain.Order{}, err
	}
	addressee, err := s.addressee(ctx, w, p, draft)
	if err != nil {
		return domain.Order{}, err
	}
	lights, err := w.ProjectLights(ctx, domain.ScopeAll(), p.ID)
	if err != nil {
		return domain.Order{}, err
	}
	last, err := w.LastApprovedReport(ctx, p.ID, domain.PeriodOf(s.Today()).Add(1))
	if err != nil {
		return domain.Order{}, err
	}
	order, err := w.CreateOrder(ctx, domain.Order{
		Number: domain.OrderNumber{Year: s.now().In(s.zone).Year()}, Project: p, Addressee: addressee, Demand: draft.Demand,
		Due: draft.Due, State: domain.OrderIssued, Cause: domain.CauseOf(lights, last), IssueID: draft.IssueID, MeetingID: meetingID,
		IssuedBy: w.record.Actor, IssuedAt: w.record.At, UpdatedAt: w.record.At,
	})
	if err != nil {
		return order, err
	}
	return order, s.followOrder(ctx, w, order, domain.OrderMove{Action: domain.OrderIssue, Text: order.Demand})
}

// addressee is the organisation named, or else the project's owner. An issue that the order rests on must be the project's.
func (s *Service) addressee(ctx context.Context, w *write, p domain.Project, draft domain.OrderDraft) (domain.Organisation, error) {
	if draft.IssueID != 0 {
		issue, err := w.Issue(ctx, domain.ScopeAll(), draft.IssueID)
		if domain.KindOf(err) == domain.KindNotFound || err == nil && issue.Project.ID != p.ID {
			return domain.Organisation{}, domain.Invalid("issueId", "issue_not_found")
		}
		if err != nil {
			return domain.Organisation{}, err
		}
	}
	if draft.AddresseeID == 0 {
		return p.Owner, nil
	}
	addressee, err := w.Organisation(ctx, draft.AddresseeID)
	if domain.KindOf(err) == domain.KindNotFound {
		err = domain.Invalid("addresseeOrganisationId", "unknown_organisation")
	}
	return addressee, err
}

// MoveOrder does one act on an order at the version the caller read.
func (s *Service) MoveOrder(ctx context.Context, id, version int64, move domain.OrderMove) (OrderView, error) {
	a := act{
		permission: orderPermission(move.Action), action: "order." + string(move.Action), objectKind: "order", objectID: id, reason: move.Text,
	}
	var view OrderView
	err := s.perform(ctx, a, func(w *write) error {
		before, err := s.orderToMove(ctx, w, id, move.Action)
		if err != nil {
			return err
		}
		if before.Version != version {
			return domain.StaleVersion(before.Version)
		}
		after, err := before.Do(move, w.record.Actor, w.record.At)
		if err != nil {
			return err
		}
		if err := s.checkEvidence(ctx, w, before.Project, orderMatter(before), move.Evidence.Attachments); err != nil {
			return err
		}
		if after.Version, err = w.UpdateOrder(ctx, after, before.State); err != nil {
			return err
		}
		if err := s.followOrder(ctx, w, after, move); err != nil {
			return err
		}
		if err := w.note(orderFacts(before), orderFacts(after)); err != nil {
			return err
		}
		view.Order, view.Allowed = after, s.allowedOrderActions(ctx, after)
		view.Entries, err = w.OrderEntries(ctx, id)
		return err
	})
	return view, err
}

// orderToMove loads an order for an act. One that the actor may not read is told to be absent; the audit record knows
// better.
func (s *Service) orderToMove(ctx context.Context, w *write, id int64, action domain.OrderAction) (domain.Order, error) {
	actor := domain.ActorFrom(ctx)
	read, err := s.access.require(actor, domain.PermissionOrderRead)
	if err != nil {
		return domain.Order{}, err
	}
	order, err := w.Order(ctx, domain.ScopeAll(), id)
	if err != nil {
		return order, err
	}
	w.record.ProjectID = order.Project.ID
	if w.scope.Covers(orderSide(action, order)) {
		return order, nil
	}
	foreign := &domain.Error{Kind: domain.KindForbidden, Code: "not_order_side", Params: domain.Params("addressee", order.Addressee)}
	if !read.Covers(order.Project.Owner.Path) && !read.Covers(order.Addressee.Path) {
		hidden := domain.NotFound("order_not_found")
		hidden.Cause = foreign
		return order, hidden
	}
	return order, foreign
}

// followOrder adds an act to the order's course and tells whom it concerns.
func (s *Service) followOrder(ctx context.Context, w *write, order domain.Order, move domain.OrderMove) error {
	err := w.AddOrderEntry(ctx, order.ID, domain.OrderEntry{
		Action: move.Action, Text: move.Text, Evidence: move.Evidence, By: w.record.Actor,
		Organisation: w.record.ActorOrganisation, At: w.record.At,
	})
	if err != nil {
		return err
	}
	return s.tellOfOrder(ctx, w, order, move.Action)
}

func orderFacts(o domain.Order) facts {
	return facts{
		"number": o.Number.String(), "addressee": o.Addressee.Name, "demand": o.Demand, "due": o.Due.String(),
		"state": string(o.State), "evidence": o.Evidence.Document,
		"attachments": len(o.Evidence.Attachments),
	}
}
