package service

import (
	"context"
	"strconv"

	"zhongda/domain"
)

// tellOfIssue tells the organisation that must act of what it must act on, and those who raised the issue of what was
// said to it.
func (s *Service) tellOfIssue(ctx context.Context, w *write, issue domain.Issue, action domain.IssueAction) error {
	responsible, raisers := s.issueSides(issue)
	n := issueNotice(issue, strconv.FormatInt(issue.Version, 10))
	switch action {
	case domain.IssueRaise, domain.IssueReopen:
		n.Kind, n.To = domain.NoticeIssueAssigned, responsible
	case domain.IssueReply, domain.IssueResolve:
		n.Kind, n.To = domain.NoticeIssueReplied, raisers
	case domain.IssueClose, domain.IssueWithdraw:
		n.Kind, n.To = domain.NoticeIssueClosed, responsible
	case domain.IssueRemark:
		n.Kind, n.To = domain.NoticeIssueReplied, raisers
		if err := w.notify(ctx, n); err != nil {
			return err
		}
		n.To = responsible
	default: // the system's own acts tell of themselves
		return nil
	}
	return w.notify(ctx, n)
}

// issueSides are the people who must act, and those who wait for it.
func (s *Service) issueSides(issue domain.Issue) (responsible, raisers domain.Audience) {
	responsible = domain.ToRoles(issue.Responsible.Path, s.access.Holders(domain.PermissionIssueReply)...)
	if issue.Commission {
		return responsible, domain.ToUsers(issue.RaisedBy)
	}
	return responsible, domain.ToRoles(issue.Project.Owner.Path, domain.RoleBureauLead).And(issue.RaisedBy)
}

func issueNotice(issue domain.Issue, occasion string) domain.Notice {
	return domain.Notice{
		ProjectID: issue.Project.ID, ObjectKind: "issue", ObjectID: issue.ID, Occasion: occasion,
		Text: map[string]string{"title": issue.Title, "due": issue.Due.String()},
	}
}

// tellOfOrder tells the addressee of what is demanded and decided, and who issued the order of the answer.
func (s *Service) tellOfOrder(ctx context.Context, w *write, order domain.Order, action domain.OrderAction) error {
	n := orderNotice(order, strconv.FormatInt(order.Version, 10))
	n.To = s.addressees(order)
	switch action {
	case domain.OrderIssue:
		n.Kind = domain.NoticeOrderIssued
	case domain.OrderAnswer:
		n.Kind, n.To = domain.NoticeOrderAnswered, domain.ToUsers(order.IssuedBy)
	case domain.OrderSendBack:
		n.Kind = domain.NoticeOrderReturned
	case domain.OrderClose:
		n.Kind = domain.NoticeOrderClosed
	case domain.OrderWithdraw:
		n.Kind = domain.NoticeOrderWithdrawn
	default: // signing for it concerns nobody else, the system's own acts tell of themselves
		return nil
	}
	return w.notify(ctx, n)
}

func (s *Service) addressees(order domain.Order) domain.Audience {
	return domain.ToRoles(order.Addressee.Path, domain.RoleBureauEditor, domain.RoleBureauLead)
}

func orderNotice(order domain.Order, occasion string) domain.Notice {
	return domain.Notice{
		ProjectID: order.Project.ID, ObjectKind: "order", ObjectID: order.ID, Occasion: occasion,
		Text: map[string]string{"number": order.Number.String(), "due": order.Due.String()},
	}
}
