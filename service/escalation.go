package service

import (
	"context"
	"errors"
	"fmt"

	"zhongda/domain"
	"zhongda/repository"
)

// EscalateOverdue raises what is overdue by one step for every full period of the rule, and tells the people who must act
// each day the first time that they are late. It is the system's own work: nobody's permission, every row, a transaction
// for each thing, and whatever was done before is not done again. One thing that fails does not keep the others.
func (s *Service) EscalateOverdue(ctx context.Context) error {
	today := s.Today()
	issues, err := s.store.OverdueIssues(ctx, today)
	if err != nil {
		return err
	}
	orders, err := s.store.OverdueOrders(ctx, today)
	if err != nil {
		return err
	}
	var failures []error
	for _, issue := range issues {
		failures = append(failures, s.bySystem(ctx, act{objectKind: "issue", objectID: issue.ID, projectID: issue.Project.ID, action: "issue.escalate"},
			func(w *write) (bool, error) { return s.escalateIssue(ctx, w, issue, today) }))
	}
	for _, order := range orders {
		failures = append(failures, s.bySystem(ctx, act{objectKind: "order", objectID: order.ID, projectID: order.Project.ID, action: "order.escalate"},
			func(w *write) (bool, error) { return s.escalateOrder(ctx, w, order, today) }))
	}
	return errors.Join(failures...)
}

// escalate is EscalateOverdue as the daily job.
func (s *Service) escalate(ctx context.Context, _ string) (string, error) {
	return "", s.EscalateOverdue(ctx)
}

// bySystem does one thing that nobody asked for; do says whether it changed anything that the record must show. Somebody
// who was faster leaves the thing for the next time.
func (s *Service) bySystem(ctx context.Context, a act, do func(*write) (changed bool, err error)) error {
	err := s.store.Write(ctx, domain.ScopeAll(), func(tx *repository.Store) error {
		w := &write{Store: tx, scope: domain.ScopeAll(), record: s.record(ctx, a, domain.AuditDone)}
		changed, err := do(w)
		if err != nil || !changed {
			return err
		}
		return appendRecord(ctx, tx, w.record)
	})
	if domain.KindOf(err) == domain.KindConflict {
		return nil
	}
	if err != nil {
		return fmt.Errorf("%s %d: %w", a.action, a.objectID, err)
	}
	return nil
}

// escalateIssue tells that the issue is overdue, once for each due date, and raises its level when the time has come.
func (s *Service) escalateIssue(ctx context.Context, w *write, issue domain.Issue, today domain.Date) (bool, error) {
	days, err := w.EscalationDays(ctx, "issue")
	if err != nil {
		return false, err
	}
	raised, ok := issue.Escalate(days, today)
	responsible, raisers := s.issueSides(issue)
	n := issueNotice(issue, fmt.Sprintf("%s+%d", issue.Due, raised.Escalations))
	n.Kind = domain.NoticeIssueOverdue
	for _, n.To = range []domain.Audience{responsible, raisers} {
		if err := w.notify(ctx, n); err != nil {
			return false, err
		}
	}
	if !ok {
		return false, nil
	}
	raised.UpdatedAt = w.record.At
	if _, err := w.UpdateIssue(ctx, raised, issue.State); err != nil {
		return false, err
	}
	if err := w.AddIssueEntry(ctx, issue.ID, domain.IssueEntry{Action: domain.IssueEscalate, At: w.record.At}); err != nil {
		return false, err
	}
	return true, w.note(issueFacts(issue), issueFacts(raised))
}

// escalateOrder tells that the order is overdue, once for each due date, and the Commission and the leaders as often as
// another period went by.
func (s *Service) escalateOrder(ctx context.Context, w *write, order domain.Order, today domain.Date) (bool, error) {
	days, err := w.EscalationDays(ctx, "order")
	if err != nil {
		return false, err
	}
	raised, ok := order.Escalate(days, today)
	n := orderNotice(order, fmt.Sprintf("%s+%d", order.Due, raised.Escalations))
	n.Kind = domain.NoticeOrderOverdue
	told := []domain.Audience{s.addressees(order), domain.ToUsers(order.IssuedBy)}
	if ok {
		told = append(told, domain.ToEveryone(domain.RoleManager))
	}
	for _, n.To = range told {
		if err := w.notify(ctx, n); err != nil {
			return false, err
		}
	}
	if !ok {
		return false, nil
	}
	raised.UpdatedAt = w.record.At
	if _, err := w.UpdateOrder(ctx, raised, order.State); err != nil {
		return false, err
	}
	if err := w.AddOrderEntry(ctx, order.ID, domain.OrderEntry{Action: domain.OrderEscalate, At: w.record.At}); err != nil {
		return false, err
	}
	return true, w.note(facts{"escalations": order.Escalations}, facts{"escalations": raised.Escalations})
}
