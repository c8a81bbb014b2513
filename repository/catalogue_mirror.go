package repository

import (
	"context"
	"fmt"
	"strings"

	"zhongda/domain"
)

// mirror describes one table that the catalogue fills. All of it is constant text; values travel as one JSON parameter.
type mirror struct {
	table string
	// record is the shape of an incoming row, as jsonb_to_recordset wants it.
	record string
	// source turns incoming rows x into rows of the table; "SELECT * FROM x" unless codes must become ids.
	source string
	key    []string
	values []string
	// kept are columns that follow the catalogue only while the flag on the row is set.
	kept []keptColumns
	// touched is what else an update sets.
	touched string
}

type keptColumns struct {
	while   string
	columns []string
}

// apply mirrors one table with a simple key and reports what it did.
func (l catalogueLoad) apply(ctx context.Context, m mirror, rows []record) error {
	done, err := l.mirror(ctx, m, rows)
	if err != nil {
		return err
	}
	l.report.Tables = append(l.report.Tables, done)
	return l.orphans(ctx, m.table, m.key[0], rows)
}

func (l catalogueLoad) mirror(ctx context.Context, m mirror, rows []record) (domain.TableLoad, error) {
	done := domain.TableLoad{Table: m.table}
	payload, err := payloadOf(rows)
	if err != nil {
		return done, err
	}
	var counts struct{ Inserted, Updated int }
	if err := l.conn(ctx).Raw(m.statement(), payload).Scan(&counts).Error; err != nil {
		return done, fmt.Errorf("mirror %s: %w", m.table, err)
	}
	done.Inserted, done.Updated = counts.Inserted, counts.Updated
	done.Unchanged = len(rows) - counts.Inserted - counts.Updated
	return done, nil
}

// statement updates the rows that differ and inserts those that are missing. It does not use ON CONFLICT, which burns
// an id for every row that is already there. Foreign keys are checked when the statement is done, so rows may refer
// to each other in any order.
func (m mirror) statement() string {
	source := m.source
	if source == "" {
		source = "SELECT * FROM x"
	}
	all := append(append([]string{}, m.key...), m.values...)
	for _, k := range m.kept {
		all = append(all, k.columns...)
	}
	names := strings.Join(all, ", ")
	return fmt.Sprintf(`
		WITH x AS (SELECT * FROM jsonb_to_recordset(?::jsonb) AS x(%[1]s)), i AS (%[2]s),
		changed AS (UPDATE %[3]s t SET %[4]s FROM i WHERE %[5]s AND (%[6]s) RETURNING 1),
		added AS (INSERT INTO %[3]s (%[7]s) SELECT %[7]s FROM i WHERE NOT EXISTS (SELECT FROM %[3]s t WHERE %[5]s) RETURNING 1)
		SELECT (SELECT count(*) FROM added) AS inserted, (SELECT count(*) FROM changed) AS updated`,
		m.record, source, m.table, m.assignments(), m.sameKey(), m.differs(), names)
}

func (m mirror) sameKey() string {
	same := make([]string, len(m.key))
	for n, key := range m.key {
		same[n] = fmt.Sprintf("t.%[1]s = i.%[1]s", key)
	}
	return strings.Join(same, " AND ")
}

func (m mirror) assignments() string {
	var set []string
	for _, column := range m.values {
		set = append(set, fmt.Sprintf("%[1]s = i.%[1]s", column))
	}
	for _, k := range m.kept {
		for _, column := range k.columns {
			set = append(set, fmt.Sprintf("%[1]s = CASE WHEN t.%[2]s THEN i.%[1]s ELSE t.%[1]s END", column, k.while))
		}
	}
	if m.touched != "" {
		set = append(set, m.touched)
	}
	return strings.Join(set, ", ")
}

func (m mirror) differs() string {
	differ := []string{differing(m.values)}
	for _, k := range m.kept {
		differ = append(differ, fmt.Sprintf("t.%s AND %s", k.while, differing(k.columns)))
	}
	return strings.Join(differ, " OR ")
}

func differing(columns []string) string {
	return fmt.Sprintf("(t.%s) IS DISTINCT FROM (i.%s)", strings.Join(columns, ", t."), strings.Join(columns, ", i."))
}
