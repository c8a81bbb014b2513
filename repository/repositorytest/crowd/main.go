// Command crowd fills the database that DATABASE_URL names with copies of its projects, until there are as many as
// wanted; it makes the database where there is none. It is for measuring only:
//
//	DATABASE_URL=postgres://… go run ./repository/repositorytest/crowd 10000
//
// Copies have the districts, mentions and milestones of their originals, a code and a name of their own, and dates a few
// weeks apart. With 0 it only makes the database.
package main

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"os"
	"strconv"
	"strings"

	"github.com/jackc/pgx/v5"
)

func main() {
	if err := run(context.Background(), os.Getenv("DATABASE_URL"), os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "crowd:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, dsn string, args []string) error {
	if dsn == "" || len(args) != 1 {
		return errors.New("usage: DATABASE_URL=… crowd PROJECTS")
	}
	wanted, err := strconv.Atoi(args[0])
	if err != nil || wanted < 0 {
		return fmt.Errorf("%q is no number of projects", args[0])
	}
	if wanted == 0 {
		return create(ctx, dsn)
	}
	db, err := pgx.Connect(ctx, dsn)
	if err != nil {
		return err
	}
	defer db.Close(ctx) //nolint:errcheck // the program ends
	return pgx.BeginFunc(ctx, db, func(tx pgx.Tx) error { return fill(ctx, tx, wanted) })
}

func create(ctx context.Context, dsn string) error {
	address, err := url.Parse(dsn)
	if err != nil {
		return err
	}
	name := strings.TrimPrefix(address.Path, "/")
	address.Path = "/postgres"
	db, err := pgx.Connect(ctx, address.String())
	if err != nil {
		return err
	}
	defer db.Close(ctx) //nolint:errcheck // the program ends
	_, err = db.Exec(ctx, "CREATE DATABASE "+pgx.Identifier{name}.Sanitize())
	return err
}

// below are the tables that hang below a project, with what each copy changes; n is the number of the copy.
func below() map[string]map[string]string {
	return map[string]map[string]string{
		"project_district": {"project_id": "made.id"},
		"plan_mention":     {"project_id": "made.id", "ordinal": "t.ordinal + 100000 * copy.n"},
		"milestone": {
			"project_id": "made.id",
			"forecast":   "t.forecast + CAST(copy.n % 40 * 7 AS int)",
			"actual":     "t.actual - CAST(copy.n % 9 AS int)",
		},
	}
}

func fill(ctx context.Context, tx pgx.Tx, wanted int) error {
	if _, err := tx.Exec(ctx, "SET LOCAL session_replication_role = replica"); err != nil { // no history of copies
		return err
	}
	var there int
	if err := tx.QueryRow(ctx, "SELECT count(*) FROM project").Scan(&there); err != nil {
		return err
	}
	if there == 0 {
		return errors.New("there is no project to copy: load the catalogue first")
	}
	const source = `CREATE TEMPORARY TABLE copy ON COMMIT DROP AS
SELECT p.id AS original, n, p.code || '-' || n AS code, row_number() OVER (ORDER BY n, p.id) AS place
FROM project p CROSS JOIN generate_series(1, CAST($1 AS int)) n ORDER BY n, p.id LIMIT $2`
	if _, err := tx.Exec(ctx, source, wanted/there+1, max(0, wanted-there)); err != nil {
		return err
	}
	project := map[string]string{"code": "copy.code", "name": "t.name || '（' || copy.n || '）'", "national_code": "''",
		"updated_at": "t.updated_at - copy.place * interval '1 second'"}
	if err := insert(ctx, tx, "project", "t.id", "", project); err != nil {
		return err
	}
	for table, changes := range below() {
		if err := insert(ctx, tx, table, "t.project_id", " JOIN project made ON made.code = copy.code", changes); err != nil {
			return err
		}
	}
	_, err := tx.Exec(ctx, "ANALYZE")
	return err
}

// insert copies every column that the database does not compute, but for those that change.
func insert(ctx context.Context, tx pgx.Tx, table, original, join string, changes map[string]string) error {
	rows, err := tx.Query(ctx, `SELECT column_name FROM information_schema.columns
WHERE table_schema = 'public' AND table_name = $1 AND is_identity = 'NO' AND is_generated = 'NEVER' ORDER BY ordinal_position`, table)
	if err != nil {
		return err
	}
	columns, err := pgx.CollectRows(rows, pgx.RowTo[string])
	if err != nil {
		return err
	}
	values := make([]string, len(columns))
	for i, column := range columns {
		if values[i] = changes[column]; values[i] == "" {
			values[i] = "t." + column
		}
	}
	_, err = tx.Exec(ctx, fmt.Sprintf("INSERT INTO %s (%s) SELECT %s FROM copy JOIN %s t ON %s = copy.original%s ORDER BY copy.place",
		table, strings.Join(columns, ", "), strings.Join(values, ", "), table, original, join))
	return err
}
