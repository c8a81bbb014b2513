package repository

import (
	"context"
	"database/sql"
	"time"

	"gorm.io/gorm"

	"zhongda/domain"
)

// Tx runs fn in one transaction: committed when fn returns nil, else rolled back. It announces the clock and no write
// scope, so row security refuses every change of a project inside it; see [Store.Write].
func (s *Store) Tx(ctx context.Context, fn func(tx *Store) error) error {
	return s.Write(ctx, domain.Scope{}, fn)
}

// Write is a transaction that may change the projects of scope, and no others.
func (s *Store) Write(ctx context.Context, scope domain.Scope, fn func(tx *Store) error) error {
	return failure("transaction", s.transaction(ctx, nil, func(tx *Store) error {
		if err := tx.announce(ctx, scope); err != nil {
			return err
		}
		return fn(tx)
	}))
}

// AsOf is a transaction that reads the records as they were known at an instant, with the statements that read today's:
// projects, their districts, mentions, milestones, changes of stage and reports. Codelists, the plan's columns and
// organisations are today's. It sees one snapshot and writes nothing. What was first recorded later does not appear;
// before [Store.HistoryBegin] nothing does.
func (s *Store) AsOf(ctx context.Context, instant time.Time, fn func(tx *Store) error) error {
	const announce = "SELECT set_config('app.as_of', ?, true), set_config('search_path', 'as_of, public', true)"
	return failure("read the past", s.transaction(ctx, snapshot(), func(tx *Store) error {
		if err := tx.conn(ctx).Exec(announce, instantText(instant)).Error; err != nil {
			return err
		}
		return fn(tx)
	}))
}

// snapshot options let all statements of a transaction see the same rows, while others write.
func snapshot() *sql.TxOptions {
	return &sql.TxOptions{Isolation: sql.LevelRepeatableRead, ReadOnly: true}
}

func (s *Store) transaction(ctx context.Context, options *sql.TxOptions, fn func(tx *Store) error) error {
	return s.conn(ctx).Transaction(func(db *gorm.DB) error {
		return fn(&Store{db: db, pool: s.pool, now: s.now})
	}, options)
}

// announce tells the database the program's clock, which app_now() gives back, and tells row security which
// organisations' projects this transaction may change. The settings are local to the transaction, so the pooled
// connection does not keep them.
func (s *Store) announce(ctx context.Context, scope domain.Scope) error {
	const (
		clock   = "SELECT set_config('app.now', @now, true), "
		subtree = `set_config('app.write_scope', coalesce(string_agg(id::text, ','), ''), true)
			FROM organisation WHERE path @> ARRAY[CAST(@root AS bigint)]`
	)
	args := arguments{"now": instantText(s.now())}
	var err error
	switch {
	case scope.All():
		err = s.execute(ctx, clock+"set_config('app.write_scope', 'all', true)", args)
	case scope.Empty():
		err = s.execute(ctx, clock+"set_config('app.write_scope', '', true)", args)
	default:
		err = s.execute(ctx, clock+subtree, args.and(arguments{"root": scope.Root()}))
	}
	return failure("announce the clock and the write scope", err)
}

func (s *Store) execute(ctx context.Context, sql string, args arguments) error {
	if len(args) == 0 { // gorm would hand an empty map to the driver
		return s.conn(ctx).Exec(sql).Error
	}
	return s.conn(ctx).Exec(sql, map[string]any(args)).Error
}

// instantText keeps the microseconds that the database does.
func instantText(at time.Time) string { return at.UTC().Format("2006-01-02 15:04:05.999999Z07:00") }
