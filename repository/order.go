package repository

import (
	"context"
	"strings"

	"zhongda/domain"
)

// Order reads one supervision order. One that lies outside the read scope on both sides, the owner's and the
// addressee's, is NotFound like an absent one.
func (s *Store) Order(ctx context.Context, read domain.Scope, id int64) (domain.Order, error) {
	var filter conditions
	filter.withinEither(read, "read_root", orderOwner, orderAddressee)
	filter.add("id", "s.id = @id", arguments{"id": id})
	orders, err := s.orders(ctx, filter, "")
	if err != nil {
		return domain.Order{}, failure("read an order", err)
	}
	if len(orders) == 0 {
		return domain.Order{}, domain.NotFound("order_not_found")
	}
	return orders[0], nil
}

func (s *Store) orders(ctx context.Context, filter conditions, rest string) ([]domain.Order, error) {
	var rows []orderRow
	query := "SELECT " + orderColumns() + "\nFROM " + orderTables() + "\nWHERE " + filter.where() + rest
	if err := s.query(ctx, query, filter.arguments()).Scan(&rows).Error; err != nil {
		return nil, err
	}
	orders := make([]domain.Order, len(rows))
	for i, row := range rows {
		var err error
		if orders[i], err = row.order(); err != nil {
			return nil, err
		}
	}
	return orders, nil
}

// CreateOrder adds an issued order with the next number of its year and returns both. Whoever else issues one meanwhile
// waits for the end of this transaction, so that a number given up is given again.
func (s *Store) CreateOrder(ctx context.Context, o domain.Order) (domain.Order, error) {
	const number = `INSERT INTO order_number (year, serial) VALUES (@year, 1)
		ON CONFLICT ON CONSTRAINT order_number_pk DO UPDATE SET serial = order_number.serial + 1 RETURNING serial`
	const query = `INSERT INTO supervision_order (year, serial, project_id, addressee_organisation_id, demand, due, state, cause,
			issue_id, meeting_id, issued_by, issued_at, updated_at)
		VALUES (@year, @serial, @project_id, @addressee, @demand, @due, @state, @cause,
			@issue_id, @meeting_id, @issued_by, @issued_at, @updated_at)
		RETURNING id`
	if err := s.query(ctx, number, arguments{"year": o.Number.Year}).Scan(&o.Number.Serial).Error; err != nil {
		return o, failure("take the number of an order", err)
	}
	args, err := orderArguments(o)
	if err != nil {
		return o, err
	}
	o.Version = 1
	err = s.query(ctx, query, args).Scan(&o.ID).Error
	return o, failure("create an order", err)
}

// UpdateOrder writes what an act made of an order, if it still has o.Version and the state it was read in, and returns
// the new version. Else it is StaleVersion with the current one, NotFound, or Forbidden outside the announced write scope.
func (s *Store) UpdateOrder(ctx context.Context, o domain.Order, from domain.OrderState) (newVersion int64, err error) {
	const query = `UPDATE supervision_order SET state = @state, answered_by = @answered_by, evidence = @evidence,
			attachment_ids = @attachments, ended_by = @ended_by, ended_at = @ended_at, escalations = @escalations,
			updated_at = @updated_at, version = version + 1
		WHERE id = @id AND version = @version AND state = @from
		RETURNING version`
	args, err := orderArguments(o)
	if err != nil {
		return 0, err
	}
	updated := s.query(ctx, query, args.and(arguments{"from": string(from)})).Scan(&newVersion)
	if updated.Error != nil {
		return 0, failure("update an order", updated.Error)
	}
	if updated.RowsAffected == 1 {
		return newVersion, nil
	}
	current, err := s.Order(ctx, domain.ScopeAll(), o.ID)
	if err != nil {
		return 0, err
	}
	return 0, notWritten(o.Version, current.Version)
}

// AddOrderEntry adds one line to the course of an order.
func (s *Store) AddOrderEntry(ctx context.Context, orderID int64, e domain.OrderEntry) error {
	const query = `INSERT INTO order_entry (order_id, action, text, evidence, attachment_ids, written_by, organisation, at)
		VALUES (@thing, @action, @text, @evidence, @attachments, @written_by, @organisation, @at)`
	args := entryArguments(orderID, string(e.Action), e.Text, e.Evidence).and(arguments{
		"written_by": e.By, "organisation": e.Organisation, "at": e.At,
	})
	return failure("add to an order's course", s.conn(ctx).Exec(query, map[string]any(args)).Error)
}

// OrderEntries is the course of an order, the oldest first.
func (s *Store) OrderEntries(ctx context.Context, orderID int64) ([]domain.OrderEntry, error) {
	var rows []entryRow
	const query = `SELECT id, action, text, evidence, attachment_ids, written_by, organisation, at
		FROM order_entry WHERE order_id = ? ORDER BY id`
	if err := s.conn(ctx).Raw(query, orderID).Scan(&rows).Error; err != nil {
		return nil, failure("read an order's course", err)
	}
	entries := make([]domain.OrderEntry, len(rows))
	for i, r := range rows {
		entries[i] = domain.OrderEntry{
			ID: r.ID, Action: domain.OrderAction(r.Action), Text: r.Text, Evidence: r.Evidence.evidence(),
			By: r.WrittenBy, Organisation: r.Organisation, At: r.At,
		}
	}
	return entries, nil
}

// The order of the list: what is not ended first, each by its due date.
const (
	ordersByDue  = "unended-due"
	orderLive    = `s.state IN ('issued', 'acknowledged')`
	orderOverdue = orderLive + ` AND s.due < CAST(@today AS date)`
	orderEnded   = `(s.state IN ('closed', 'withdrawn'))`
)

func orderConditions(read domain.Scope, f domain.OrderFilter) conditions {
	var c conditions
	c.withinEither(read, "read_root", orderOwner, orderAddressee)
	if f.OnlyMine {
		c.withinEither(f.Mine, "mine_root", orderAddressee)
	}
	if f.ProjectID != 0 {
		c.add("project", "s.project_id = @project", arguments{"project": f.ProjectID})
	}
	if f.MeetingID != 0 {
		c.add("meeting", "s.meeting_id = @meeting", arguments{"meeting": f.MeetingID})
	}
	addChoice(&c, "state", "s.state = ANY (@state)", texts(f.States))
	addChoice(&c, "addressee", "s.addressee_organisation_id IN (SELECT id FROM organisation WHERE code = ANY (@addressee))", f.Addressees)
	if f.Overdue {
		c.add("overdue", orderOverdue, arguments{"today": dateOrNull(f.Today)})
	}
	if text := strings.TrimSpace(f.Text); text != "" {
		c.add("text", "s.demand ILIKE @text OR p.name ILIKE @text OR p.code ILIKE @text OR "+orderNumberText+" ILIKE @text", arguments{"text": likePattern(text)})
	}
	return c
}

// Orders gives one page of the filter's orders within the read scope.
func (s *Store) Orders(ctx context.Context, read domain.Scope, f domain.OrderFilter, page domain.PageRequest) (domain.Page[domain.Order], error) {
	list := keyset[orderListRow]{
		columns: orderColumns() + ", " + orderEnded + " AS ended",
		tables:  "\nFROM " + orderTables(),
		filter:  orderConditions(read, f),
		order:   orderEnded + ", s.due, s.id",
		cursor: func(row orderListRow) cursor {
			return placeAfter(ordersByDue, row.Ended, row.Row.Order.Due, row.Row.Order.ID)
		},
	}
	args, err := placeOf(page.Cursor, ordersByDue)
	if err != nil {
		return domain.Page[domain.Order]{}, err
	}
	if args != nil {
		list.after.add("cursor", "("+orderEnded+", s.due, s.id) > (CAST(@after_ended AS boolean), CAST(@after_due AS date), @after_id)", args)
	}
	return readConverted(ctx, s, list, page, func(row orderListRow) (domain.Order, error) { return row.Row.order() })
}

// OverdueOrders lists the orders that wait for the addressee past their due date, for the system's own work.
func (s *Store) OverdueOrders(ctx context.Context, on domain.Date) ([]domain.Order, error) {
	var filter conditions
	filter.add("overdue", orderOverdue, arguments{"today": dateOrNull(on)})
	orders, err := s.orders(ctx, filter, "\nORDER BY s.id")
	return orders, failure("list the overdue orders", err)
}
