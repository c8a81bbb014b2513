package service

import (
	"context"
	"io"
	"slices"

	"zhongda/domain"
)

// AddIssueEvidence keeps a file as proof of what was done about an issue; for the organisation that must act on it, often
// another bureau than the project's owner, and for the Commission. It wants an issue that is still to be resolved.
func (s *Service) AddIssueEvidence(ctx context.Context, id int64, name string, body io.Reader) (domain.Attachment, error) {
	return s.keepFile(ctx, evidenceAct(0), name, body, func(w *write) (domain.Matter, error) {
		issue, err := w.Issue(ctx, domain.ScopeAll(), id)
		if err != nil {
			return domain.Matter{}, err
		}
		w.record.ProjectID = issue.Project.ID
		if !w.scope.Covers(issue.Responsible.Path) {
			return domain.Matter{}, s.foreignIssue(ctx, issue)
		}
		return issueMatter(issue), issue.TakesEvidence()
	})
}

// AddOrderEvidence keeps a file as proof of what an order's addressee did; for the addressee and the Commission. It wants
// an order that is still to be answered.
func (s *Service) AddOrderEvidence(ctx context.Context, id int64, name string, body io.Reader) (domain.Attachment, error) {
	return s.keepFile(ctx, evidenceAct(0), name, body, func(w *write) (domain.Matter, error) {
		order, err := s.orderToMove(ctx, w, id, domain.OrderAnswer)
		if err != nil {
			return domain.Matter{}, err
		}
		return orderMatter(order), order.TakesEvidence()
	})
}

func evidenceAct(projectID int64) act {
	return act{permission: domain.PermissionAttachmentWrite, action: "attachment.add", objectKind: "attachment", projectID: projectID}
}

func issueMatter(i domain.Issue) domain.Matter {
	return domain.Matter{ProjectID: i.Project.ID, IssueID: i.ID}
}

func orderMatter(o domain.Order) domain.Matter {
	return domain.Matter{ProjectID: o.Project.ID, OrderID: o.ID}
}

// IssueFiles lists what an issue may rest on, the latest first: to the owner's people and the Commission every file of the
// project, to the organisation that must act what was brought for this issue.
func (s *Service) IssueFiles(ctx context.Context, id int64) ([]domain.Attachment, error) {
	issue, err := s.Issue(ctx, id)
	if err != nil {
		return nil, err
	}
	return s.filesFor(ctx, issue.Project, issueMatter(issue.Issue))
}

// OrderFiles lists what an answer to an order may rest on, as IssueFiles does.
func (s *Service) OrderFiles(ctx context.Context, id int64) ([]domain.Attachment, error) {
	order, err := s.Order(ctx, id)
	if err != nil {
		return nil, err
	}
	return s.filesFor(ctx, order.Project, orderMatter(order.Order))
}

func (s *Service) filesFor(ctx context.Context, p domain.Project, matter domain.Matter) ([]domain.Attachment, error) {
	scope, err := s.access.require(domain.ActorFrom(ctx), domain.PermissionAttachmentRead)
	if err != nil {
		return nil, err
	}
	files, err := s.store.ProjectAttachments(ctx, p.ID)
	if err != nil || scope.Covers(p.Owner.Path) {
		return files, err
	}
	return slices.DeleteFunc(files, func(a domain.Attachment) bool { return a.Matter != matter }), nil
}

// checkEvidence refuses files that are not of the project, and those that the actor could not read.
func (s *Service) checkEvidence(ctx context.Context, w *write, p domain.Project, matter domain.Matter, ids []int64) error {
	if len(ids) == 0 {
		return nil
	}
	found, err := w.attachmentsOf(ctx, p.ID, ids)
	scope := s.access.Scope(domain.ActorFrom(ctx), domain.PermissionAttachmentRead)
	foreign := func(a domain.Attachment) bool { return !scope.Covers(p.Owner.Path) && a.Matter != matter }
	if domain.KindOf(err) == domain.KindInvalid || slices.ContainsFunc(found, foreign) {
		return domain.Invalid("attachmentIds", "unknown_attachment")
	}
	return err
}
