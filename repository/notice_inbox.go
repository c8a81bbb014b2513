package repository

import (
	"context"
	"encoding/json"
	"fmt"
	"strconv"
	"time"

	"zhongda/domain"
)

const noticeColumns = `n.id, n.recipient_id, n.kind, coalesce(n.project_id, 0) AS project_id, coalesce(p.code, '') AS project_code,
	coalesce(p.name, '') AS project_name, n.object_kind, n.object_id, n.params, coalesce(a.display_name, n.actor) AS actor, n.at, n.read_at`

const noticeTables = " FROM notice n LEFT JOIN project p ON p.id = n.project_id LEFT JOIN app_user a ON a.username = n.actor"

type noticeRow struct {
	ID          int64
	RecipientID int64
	Kind        string
	ProjectID   int64
	ProjectCode string
	ProjectName string
	ObjectKind  string
	ObjectID    int64
	Params      []byte
	Actor       string
	At          time.Time
	ReadAt      *time.Time
}

func (r noticeRow) delivery() (domain.Delivery, error) {
	d := domain.Delivery{
		ID: r.ID, RecipientID: r.RecipientID, Kind: domain.NoticeKind(r.Kind),
		Project:    domain.ProjectRef{ID: r.ProjectID, Code: r.ProjectCode, Name: r.ProjectName},
		ObjectKind: r.ObjectKind, ObjectID: r.ObjectID, Actor: r.Actor, At: r.At, ReadAt: deref(r.ReadAt),
	}
	if err := json.Unmarshal(r.Params, &d.Text); err != nil {
		return d, fmt.Errorf("words of notice %d: %w", r.ID, err)
	}
	return d, nil
}

const noticeSort = "notice"

// Inbox lists what one account was told, the newest first.
func (s *Store) Inbox(ctx context.Context, recipient int64, f domain.NoticeFilter, page domain.PageRequest) (domain.Page[domain.Delivery], error) {
	var none domain.Page[domain.Delivery]
	after, err := decodeCursor(page.Cursor, noticeSort)
	if err != nil {
		return none, err
	}
	list := keyset[noticeRow]{
		columns: noticeColumns, tables: noticeTables, order: "n.id DESC",
		cursor: func(r noticeRow) cursor { return cursor{Sort: noticeSort, ID: r.ID} },
	}
	list.filter.add("recipient", "n.recipient_id = @recipient", arguments{"recipient": recipient})
	if f.Unread {
		list.filter.add("unread", "n.read_at IS NULL", nil)
	}
	addChoice(&list.filter, "kind", "n.kind = ANY (@kind)", texts(f.Kinds))
	if after != nil {
		list.after.add("cursor", "n.id < @after", arguments{"after": after.ID})
	}
	var broken error
	found, err := readPage(ctx, s, list, page, func(r noticeRow) domain.Delivery {
		d, err := r.delivery()
		if err != nil {
			broken = err
		}
		return d
	})
	if err == nil {
		err = broken
	}
	return found, failure("list the notices", err)
}

// UnreadNotices counts what one account has not read, up to most.
func (s *Store) UnreadNotices(ctx context.Context, recipient int64, most int) (count int, err error) {
	err = s.conn(ctx).Raw(`SELECT count(*) FROM (SELECT 1 FROM notice WHERE recipient_id = ? AND read_at IS NULL LIMIT ?) unread`,
		recipient, most).Scan(&count).Error
	return count, failure("count the notices", err)
}

// ReadNotices marks notices of one account as read: those named, and all up to an id. Row security keeps it to that
// account's. It gives how many were unread.
func (s *Store) ReadNotices(ctx context.Context, recipient int64, ids []int64, upTo int64, at time.Time) (count int64, err error) {
	err = s.Tx(ctx, func(tx *Store) error {
		announce := "SELECT set_config('app.recipient', ?, true)"
		if err := tx.conn(ctx).Exec(announce, strconv.FormatInt(recipient, 10)).Error; err != nil {
			return err
		}
		result := tx.conn(ctx).Exec("UPDATE notice SET read_at = ? WHERE recipient_id = ? AND read_at IS NULL AND (id <= ? OR id = ANY (?))",
			at, recipient, upTo, array[int64](ids))
		count = result.RowsAffected
		return result.Error
	})
	return count, failure("mark notices read", err)
}

// LastNoticeOf is when each of the objects was last told about in this kind; those never are absent.
func (s *Store) LastNoticeOf(ctx context.Context, kind domain.NoticeKind, objectKind string, ids []int64) (map[int64]time.Time, error) {
	var rows []struct {
		ObjectID int64
		At       time.Time
	}
	err := s.conn(ctx).Raw(`SELECT object_id, max(at) AS at FROM notice
		WHERE object_kind = ? AND kind = ? AND object_id = ANY (?) GROUP BY object_id`, objectKind, string(kind), array[int64](ids)).Scan(&rows).Error
	last := make(map[int64]time.Time, len(rows))
	for _, r := range rows {
		last[r.ObjectID] = r.At
	}
	return last, failure("read the last notices", err)
}
