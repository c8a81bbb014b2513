// Package repository keeps the records in PostgreSQL. Every method takes ctx first, returns domain values and
// [domain.Error], and reads only the rows of the scope it is given; the zero scope reads nothing.
package repository

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"
	"gorm.io/driver/postgres"
	"gorm.io/gorm"
	"gorm.io/gorm/logger"
)

// Options of a connection pool. AsOwner keeps the login's own role, for commands that load the catalogue or accounts;
// without it every connection acts as zhongda_app, which row security and missing grants bind. Now is the clock that
// every transaction announces, the same as the service's; nil is time.Now. Unsynced lets a crash of the machine take the
// last moments, for what can be made again.
type Options struct {
	MaxConns int
	AsOwner  bool
	Now      func() time.Time
	Unsynced bool
}

const (
	defaultMaxConns = 10
	connIdleTime    = 5 * time.Minute
	connLifetime    = time.Hour
)

// A wait that nobody bounds becomes an outage: a locked row, a runaway query and a forgotten transaction all end. Compiling
// a query takes longer than running any of ours.
const sessionSettings = `SET timezone TO 'UTC'; SET jit TO off; SET statement_timeout TO '8s'; SET lock_timeout TO '3s';
SET idle_in_transaction_session_timeout TO '30s'`

// Store is the database, or one transaction in it. It is safe for concurrent use unless it is a transaction.
type Store struct {
	db   *gorm.DB
	pool *sql.DB
	now  func() time.Time
	// config is for connections beside the pool; a transaction has none.
	config *pgx.ConnConfig
}

// Open connects to the PostgreSQL database dsn and answers only when it is reachable. Close the store when done.
func Open(ctx context.Context, dsn string, o Options) (*Store, error) {
	config, err := pgx.ParseConfig(dsn)
	if err != nil {
		return nil, fmt.Errorf("read the database address: %w", err)
	}
	pool := stdlib.OpenDB(*config, stdlib.OptionAfterConnect(func(ctx context.Context, conn *pgx.Conn) error {
		return prepareSession(ctx, conn, o)
	}))
	limitPool(pool, o.MaxConns)
	db, err := gorm.Open(postgres.New(postgres.Config{Conn: pool}), &gorm.Config{
		SkipDefaultTransaction: true,
		DisableAutomaticPing:   true,
		Logger:                 logger.Discard, // statements carry the values of records; failures reach the caller
	})
	if err == nil {
		err = pool.PingContext(ctx)
	}
	if err != nil {
		_ = pool.Close()
		return nil, failure("open the database", err)
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	return &Store{db: db, pool: pool, now: o.Now, config: config}, nil
}

func prepareSession(ctx context.Context, conn *pgx.Conn, o Options) error {
	if _, err := conn.Exec(ctx, sessionSettings); err != nil {
		return fmt.Errorf("prepare the session: %w", err)
	}
	if o.Unsynced {
		if _, err := conn.Exec(ctx, "SET synchronous_commit TO off"); err != nil {
			return fmt.Errorf("prepare the session: %w", err)
		}
	}
	if o.AsOwner {
		return nil
	}
	if _, err := conn.Exec(ctx, "SET ROLE zhongda_app"); err != nil {
		return fmt.Errorf("take the role of the web process: %w", err)
	}
	return nil
}

func limitPool(pool *sql.DB, maxConns int) {
	if maxConns <= 0 {
		maxConns = defaultMaxConns
	}
	pool.SetMaxOpenConns(maxConns)
	pool.SetMaxIdleConns(maxConns)
	pool.SetConnMaxIdleTime(connIdleTime)
	pool.SetConnMaxLifetime(connLifetime)
}

// Close ends all connections.
func (s *Store) Close() error { return s.pool.Close() }

// Ping reports whether the database answers.
func (s *Store) Ping(ctx context.Context) error { return failure("ping", s.pool.PingContext(ctx)) }

// Stats describes the pool, for the metrics.
func (s *Store) Stats() sql.DBStats { return s.pool.Stats() }

// SchemaVersion is the number of the last applied migration; zero where none ever ran.
func (s *Store) SchemaVersion(ctx context.Context) (int64, error) {
	var version int64
	err := s.conn(ctx).Raw("SELECT coalesce(max(version_id), 0) FROM goose_db_version WHERE is_applied").Scan(&version).Error
	if sqlState(err) == stateUndefinedTable {
		return 0, nil
	}
	return version, failure("read the schema version", err)
}

// conn is a session without conditions; a reused gorm session would keep those of the query before.
func (s *Store) conn(ctx context.Context) *gorm.DB { return s.db.WithContext(ctx) }

// query is a statement with named parameters.
func (s *Store) query(ctx context.Context, sql string, args arguments) *gorm.DB {
	if len(args) == 0 { // gorm would hand an empty map to the driver
		return s.conn(ctx).Raw(sql)
	}
	return s.conn(ctx).Raw(sql, map[string]any(args))
}
