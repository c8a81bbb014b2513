package repository

import (
	"context"
	"fmt"

	"zhongda/domain"
)

// keyset is a list that is read page by page after the last row seen, so that a page costs the same however far down
// it lies and rows written meanwhile neither repeat nor hide others. All its SQL is constant text.
type keyset[R any] struct {
	columns string
	tables  string
	order   string
	filter  conditions
	after   conditions
	cursor  func(R) cursor
}

// readPage reads one page and, when asked, how many rows the filter selects, counted up to domain.TotalCap.
func readPage[R, T any](ctx context.Context, s *Store, list keyset[R], page domain.PageRequest, toDomain func(R) T) (domain.Page[T], error) {
	var none domain.Page[T]
	limit := pageLimit(page.Limit)
	all := append(append(conditions{}, list.filter...), list.after...)
	statement := fmt.Sprintf("SELECT %s%s WHERE %s ORDER BY %s LIMIT @limit", list.columns, list.tables, all.where(), list.order)
	args := all.arguments()
	args["limit"] = limit + 1
	var rows []R
	if err := s.conn(ctx).Raw(statement, map[string]any(args)).Scan(&rows).Error; err != nil {
		return none, failure("read a page", err)
	}
	answer := domain.Page[T]{Items: make([]T, 0, limit)}
	if len(rows) > limit {
		rows = rows[:limit]
		next, err := list.cursor(rows[limit-1]).encode()
		if err != nil {
			return none, failure("write the cursor", err)
		}
		answer.NextCursor = next
	}
	for _, r := range rows {
		answer.Items = append(answer.Items, toDomain(r))
	}
	if !page.WithTotal {
		return answer, nil
	}
	total, err := s.countRows(ctx, list.tables, list.filter)
	answer.Total, answer.TotalCapped = min(total, domain.TotalCap), total > domain.TotalCap
	return answer, err
}

func (s *Store) countRows(ctx context.Context, tables string, filter conditions) (total int, err error) {
	statement := fmt.Sprintf("SELECT count(*) FROM (SELECT 1%s WHERE %s LIMIT @cap) counted", tables, filter.where())
	args := filter.arguments()
	args["cap"] = domain.TotalCap + 1
	err = s.conn(ctx).Raw(statement, map[string]any(args)).Scan(&total).Error
	return total, failure("count the rows", err)
}
