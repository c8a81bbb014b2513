package repository

import (
	"context"
	"encoding/json"
	"fmt"
	"strconv"
	"time"

	"zhongda/domain"
)

const savedViewColumns = `v.id, v.owner_id, u.display_name AS owner_name, v.name, v.page, v.query, v.columns, v.shared, v.version, v.updated_at
	FROM saved_view v JOIN app_user u ON u.id = v.owner_id`

type savedViewRow struct {
	ID        int64
	OwnerID   int64
	OwnerName string
	Name      string
	Page      string
	Query     string
	Columns   []byte
	Shared    bool
	Version   int64
	UpdatedAt time.Time
}

func (r savedViewRow) view() (domain.SavedView, error) {
	v := domain.SavedView{
		ID: r.ID, OwnerID: r.OwnerID, OwnerName: r.OwnerName, Name: r.Name, Page: domain.ViewPage(r.Page), Query: r.Query,
		Shared: r.Shared, Version: r.Version, UpdatedAt: r.UpdatedAt,
	}
	if err := json.Unmarshal(r.Columns, &v.Columns); err != nil {
		return v, fmt.Errorf("columns of saved view %d: %w", r.ID, err)
	}
	return v, nil
}

// SavedViews lists what an account kept and what others share, its own first, each by name.
func (s *Store) SavedViews(ctx context.Context, account int64) (views []domain.SavedView, err error) {
	const order = " WHERE v.removed_at IS NULL ORDER BY v.owner_id <> @account, v.name COLLATE \"zh-Hans-x-icu\", v.id LIMIT 500"
	err = s.Tx(ctx, func(tx *Store) error {
		if err := tx.actFor(ctx, account); err != nil {
			return err
		}
		var rows []savedViewRow
		if err := tx.query(ctx, "SELECT "+savedViewColumns+order, arguments{"account": account}).Scan(&rows).Error; err != nil {
			return err
		}
		views = make([]domain.SavedView, len(rows))
		for i, r := range rows {
			if views[i], err = r.view(); err != nil {
				return err
			}
		}
		return nil
	})
	return views, failure("list the saved views", err)
}

// actFor tells row security whose saved views this transaction may see and change.
func (s *Store) actFor(ctx context.Context, account int64) error {
	return s.conn(ctx).Exec("SELECT set_config('app.account', ?, true)", strconv.FormatInt(account, 10)).Error
}

// SavedView reads one view as an account sees it; NotFound when there is none, or it is another's and not shared.
func (s *Store) SavedView(ctx context.Context, account, id int64) (domain.SavedView, error) {
	if err := s.actFor(ctx, account); err != nil {
		return domain.SavedView{}, failure("read a saved view", err)
	}
	var rows []savedViewRow
	err := s.conn(ctx).Raw("SELECT "+savedViewColumns+" WHERE v.id = ? AND v.removed_at IS NULL", id).Scan(&rows).Error
	if err != nil {
		return domain.SavedView{}, failure("read a saved view", err)
	}
	if len(rows) == 0 {
		return domain.SavedView{}, domain.NotFound("view_not_found")
	}
	view, err := rows[0].view()
	return view, failure("read a saved view", err)
}

// AddSavedView keeps a view for its owner and gives its id; Conflict("too_many_views") when the owner keeps as many as one
// may.
func (s *Store) AddSavedView(ctx context.Context, v domain.SavedView) (id int64, err error) {
	const query = `INSERT INTO saved_view (owner_id, name, page, query, columns, shared, created_at, updated_at)
		SELECT @owner, @name, @page, @query, CAST(@columns AS jsonb), @shared, @at, @at
		WHERE (SELECT count(*) FROM saved_view WHERE owner_id = @owner AND removed_at IS NULL) < @most
		RETURNING id`
	if err := s.actFor(ctx, v.OwnerID); err != nil {
		return 0, failure("save a view", err)
	}
	args, err := savedViewArguments(v)
	if err != nil {
		return 0, failure("save a view", err)
	}
	added := s.query(ctx, query, args.and(arguments{"most": domain.SavedViewsMax})).Scan(&id)
	if added.Error == nil && added.RowsAffected == 0 {
		return 0, domain.Conflict("too_many_views", "max", domain.SavedViewsMax)
	}
	return id, failure("save a view", added.Error)
}

// UpdateSavedView writes a view as its owner, if it still has v.Version; else it is StaleVersion with the current one.
func (s *Store) UpdateSavedView(ctx context.Context, v domain.SavedView) error {
	const query = `UPDATE saved_view SET name = @name, page = @page, query = @query, columns = CAST(@columns AS jsonb), shared = @shared,
			removed_at = CASE WHEN @removed THEN CAST(@at AS timestamptz) END, updated_at = @at, version = version + 1
		WHERE id = @id AND version = @version AND removed_at IS NULL`
	args, err := savedViewArguments(v)
	if err != nil {
		return failure("change a saved view", err)
	}
	if err := s.actFor(ctx, v.OwnerID); err != nil {
		return failure("change a saved view", err)
	}
	updated := s.conn(ctx).Exec(query, map[string]any(args))
	if updated.Error != nil || updated.RowsAffected == 1 {
		return failure("change a saved view", updated.Error)
	}
	current, err := s.SavedView(ctx, v.OwnerID, v.ID)
	if err != nil {
		return err
	}
	return notWritten(v.Version, current.Version)
}

func savedViewArguments(v domain.SavedView) (arguments, error) {
	columns, err := json.Marshal(append([]domain.ViewColumn{}, v.Columns...))
	return arguments{
		"id": v.ID, "owner": v.OwnerID, "name": v.Name, "page": string(v.Page), "query": v.Query, "columns": string(columns),
		"shared": v.Shared, "removed": v.Removed, "version": v.Version, "at": v.UpdatedAt,
	}, err
}
