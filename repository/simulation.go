package repository

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"zhongda/domain"
)

type simulationRow struct {
	ID         int64
	Seed       int64
	Months     int
	FromPeriod *time.Time
	ToPeriod   *time.Time
	Projects   int
	StartedAt  time.Time
	Schema     int64
	FirstSeq   int64
}

// Simulation is the one whose data are there; nil when there is none. Schema is the version of the schema it was made
// under, firstSeq the place of the record that tells of its beginning.
func (s *Store) Simulation(ctx context.Context) (found *domain.Simulation, schema, firstSeq int64, err error) {
	var rows []simulationRow
	err = s.conn(ctx).Raw(`SELECT id, seed, months, from_period, to_period, projects, started_at, schema, first_seq
		FROM simulation WHERE removed_at IS NULL`).Scan(&rows).Error
	if err != nil || len(rows) == 0 {
		return nil, 0, 0, failure("read the simulation", err)
	}
	r := rows[0]
	return &domain.Simulation{
		ID: r.ID, Seed: r.Seed, Months: r.Months, From: periodOf(r.FromPeriod), To: periodOf(r.ToPeriod),
		Projects: r.Projects, StartedAt: r.StartedAt,
	}, r.Schema, r.FirstSeq, nil
}

// Simulated reports whether the installation holds made-up data.
func (s *Store) Simulated(ctx context.Context) (simulated bool, err error) {
	err = s.conn(ctx).Raw("SELECT EXISTS (SELECT FROM simulation WHERE removed_at IS NULL)").Scan(&simulated).Error
	return simulated, failure("look for a simulation", err)
}

// RealWork reports whether anybody did anything with a project that no simulation did: then there is something to lose.
func (s *Store) RealWork(ctx context.Context) (found bool, err error) {
	err = s.conn(ctx).Raw(`SELECT EXISTS (SELECT FROM report) OR EXISTS (SELECT FROM audit_record a
		WHERE a.result = 'done' AND a.project_id IS NOT NULL AND a.seq > coalesce((SELECT max(r.seq) FROM audit_record r
			WHERE r.actor = ? AND r.action = 'simulation.remove'), 0))`, domain.SimulationActor).Scan(&found).Error
	return found, failure("look for real work", err)
}

// SaveSimulation notes the beginning of a simulation, after the newest record, and keeps every table as it is now, for
// [Store.RestoreSimulation]. It needs a store opened AsOwner.
func (s *Store) SaveSimulation(ctx context.Context, m domain.Simulation, schema int64) error {
	return s.Tx(ctx, func(tx *Store) error {
		if err := tx.unhurried(ctx); err != nil {
			return err
		}
		tables, err := tx.simulatedTables(ctx)
		if err != nil {
			return err
		}
		statements := []string{"CREATE SCHEMA before_simulation"}
		for _, t := range tables {
			statements = append(statements, fmt.Sprintf("CREATE TABLE %s AS TABLE %s", t.kept(), t.name()))
		}
		if err := tx.run(ctx, statements); err != nil {
			return err
		}
		return failure("note the simulation", tx.conn(ctx).Exec(`INSERT INTO simulation (seed, months, from_period, to_period,
				projects, started_at, schema, first_seq)
			VALUES (?, ?, ?, ?, ?, ?, ?, (SELECT coalesce(max(seq), 0) FROM audit_record))`,
			m.Seed, m.Months, dateOrNull(m.From.First()), dateOrNull(m.To.First()), m.Projects, m.StartedAt, schema).Error)
	})
}

// Analyse tells the planner what the tables have grown to: they were empty a moment ago, and their own maintenance comes
// too late for that. It needs a store opened AsOwner.
func (s *Store) Analyse(ctx context.Context) error {
	return failure("analyse the tables", s.conn(ctx).Exec("ANALYZE").Error)
}

// AgeRecords makes what is there have been there since an instant, so that made-up months have a past to lie in: as it is
// now. What it was in between, as where the program has served before, would stand in their way and goes.
func (s *Store) AgeRecords(ctx context.Context, since time.Time) error {
	return s.Tx(ctx, func(tx *Store) error {
		var kept []string
		err := tx.conn(ctx).Raw("SELECT c.relname FROM pg_class c WHERE c.relkind = 'r' AND c.relnamespace = 'history'::regnamespace").Scan(&kept).Error
		if err != nil {
			return failure("list the versions", err)
		}
		if err := tx.run(ctx, []string{"ALTER TABLE project DISABLE TRIGGER USER", "ALTER TABLE light_change DISABLE TRIGGER USER"}); err != nil {
			return err
		}
		statements := []string{
			"UPDATE project SET created_at = @since WHERE created_at > @since",
			"UPDATE project SET rule_light_at = @since WHERE rule_light_at > @since",
			"UPDATE light_change SET changed_at = @since WHERE changed_at > @since",
			"UPDATE history.light_change SET changed_at = @since WHERE changed_at > @since",
		}
		for _, table := range kept {
			statements = append(statements,
				fmt.Sprintf("DELETE FROM history.%q WHERE valid_from >= @since AND valid_to <> 'infinity'", table),
				fmt.Sprintf("UPDATE history.%q SET valid_to = @since WHERE valid_to > @since AND valid_to <> 'infinity'", table),
				fmt.Sprintf("UPDATE history.%q SET valid_from = @since WHERE valid_from > @since AND valid_to = 'infinity'", table))
		}
		for _, statement := range statements {
			if err := tx.execute(ctx, statement, arguments{"since": since}); err != nil {
				return failure("age the records", err)
			}
		}
		return tx.run(ctx, []string{"ALTER TABLE project ENABLE TRIGGER USER", "ALTER TABLE light_change ENABLE TRIGGER USER"})
	})
}

// RestoreSimulation puts every table back to how SaveSimulation found it and forgets what was kept. The record, which
// only grows, keeps what was done; the numbers of removed things are not given again.
func (s *Store) RestoreSimulation(ctx context.Context, now time.Time, record domain.AuditRecord) error {
	return s.Tx(ctx, func(tx *Store) error {
		if err := tx.unhurried(ctx); err != nil {
			return err
		}
		tables, err := tx.simulatedTables(ctx)
		if err != nil {
			return err
		}
		var names, off, fill, on []string
		for _, t := range tables {
			names = append(names, t.name())
			off = append(off, fmt.Sprintf("ALTER TABLE %s DISABLE TRIGGER USER", t.name()))
			fill = append(fill, fmt.Sprintf("INSERT INTO %s (%s) OVERRIDING SYSTEM VALUE SELECT %[2]s FROM %[3]s", t.name(), t.Columns, t.kept()))
			on = append(on, fmt.Sprintf("ALTER TABLE %s ENABLE TRIGGER USER", t.name()))
		}
		all := append(off, "TRUNCATE "+strings.Join(names, ", "))
		all = append(append(append(all, fill...), on...), "DROP SCHEMA before_simulation CASCADE")
		if err := tx.run(ctx, all); err != nil {
			return err
		}
		if err := tx.conn(ctx).Exec("UPDATE simulation SET removed_at = ? WHERE removed_at IS NULL", now).Error; err != nil {
			return failure("note the removal", err)
		}
		return tx.AddAudit(ctx, record)
	})
}

// unhurried lifts the bounds that are for people who wait.
func (s *Store) unhurried(ctx context.Context) error {
	return s.run(ctx, []string{"SET LOCAL statement_timeout TO 0", "SET LOCAL lock_timeout TO '30s'"})
}

func (s *Store) run(ctx context.Context, statements []string) error {
	for _, statement := range statements {
		if err := s.conn(ctx).Exec(statement).Error; err != nil {
			return failure("change the tables", err)
		}
	}
	return nil
}

// simulatedTable is a table that a simulation may write. After lists those it refers to.
type simulatedTable struct {
	Schema  string
	Name    string
	Columns string
	After   array[string]
}

func (t simulatedTable) name() string { return fmt.Sprintf("%q.%q", t.Schema, t.Name) }
func (t simulatedTable) kept() string {
	return fmt.Sprintf("before_simulation.%q", t.Schema+"."+t.Name)
}

// simulatedTables are all tables but the record and the simulations themselves, each after those it refers to, with the
// columns that can be written.
func (s *Store) simulatedTables(ctx context.Context) ([]simulatedTable, error) {
	const query = `SELECT n.nspname AS schema, c.relname AS name,
			(SELECT string_agg(quote_ident(a.attname), ', ' ORDER BY a.attnum) FROM pg_attribute a
				WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = '') AS columns,
			ARRAY(SELECT DISTINCT parent.relname::text FROM pg_constraint f JOIN pg_class parent ON parent.oid = f.confrelid
				WHERE f.conrelid = c.oid AND f.contype = 'f' AND f.confrelid <> c.oid) AS after
		FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
		WHERE c.relkind = 'r' AND n.nspname IN ('public', 'history')
			AND c.relname NOT IN ('goose_db_version', 'audit_record', 'simulation')
		ORDER BY n.nspname, c.relname`
	var waiting, ordered []simulatedTable
	if err := s.conn(ctx).Raw(query).Scan(&waiting).Error; err != nil {
		return nil, failure("list the tables", err)
	}
	done := map[string]bool{}
	for len(waiting) > 0 {
		ready := slices.IndexFunc(waiting, func(t simulatedTable) bool {
			return !slices.ContainsFunc(t.After, func(parent string) bool { return !done[parent] })
		})
		if ready < 0 {
			return nil, errors.New("tables refer to each other in a circle")
		}
		if waiting[ready].Schema == "public" {
			done[waiting[ready].Name] = true
		}
		ordered = append(ordered, waiting[ready])
		waiting = slices.Delete(waiting, ready, ready+1)
	}
	return ordered, nil
}
