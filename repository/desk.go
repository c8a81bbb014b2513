package repository

import (
	"context"

	"zhongda/domain"
)

// IssueDesk counts the issues that somebody must act on, whose scopes of replying and of closing are given. What the
// Commission raised itself waits for the Commission alone.
func (s *Store) IssueDesk(ctx context.Context, reply, closing domain.Scope, today domain.Date) (desk domain.Desk, err error) {
	var answer, done conditions
	answer.withinEither(reply, "root", issueResponsible)
	answer.add("live", issueLive, nil)
	done.withinEither(closing, "root", issueOwner)
	done.add("resolved", "i.state = 'resolved'", nil)
	if !closing.All() {
		done.add("theirs", "NOT i.by_commission", nil)
	}
	return s.desk(ctx, "\nFROM issue i JOIN project p ON p.id = i.project_id", answer, done, issueOverdue, today)
}

// OrderDesk counts the orders that somebody must act on, whose scopes of answering and of closing are given.
func (s *Store) OrderDesk(ctx context.Context, reply, closing domain.Scope, today domain.Date) (desk domain.Desk, err error) {
	var answer, done conditions
	answer.withinEither(reply, "root", orderAddressee)
	answer.add("live", orderLive, nil)
	done.withinEither(closing, "root", orderOwner)
	done.add("answered", "s.state = 'answered'", nil)
	return s.desk(ctx, "\nFROM supervision_order s JOIN project p ON p.id = s.project_id", answer, done, orderOverdue, today)
}

func (s *Store) desk(ctx context.Context, tables string, answer, done conditions, overdue string, today domain.Date) (desk domain.Desk, err error) {
	late := append(conditions{}, answer...)
	late.add("late", overdue, arguments{"today": dateOrNull(today)})
	for _, count := range []struct {
		into   *int
		filter conditions
	}{{&desk.Answer, answer}, {&desk.Overdue, late}, {&desk.Close, done}} {
		if *count.into, err = s.countRows(ctx, tables, count.filter); err != nil {
			return desk, err
		}
	}
	return desk, nil
}
