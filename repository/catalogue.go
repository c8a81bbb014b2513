package repository

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"zhongda/domain"
)

// catalogueLock is the key under which loadings wait for each other; any number would do.
const catalogueLock = 0x636174616c6f67

// SaveCatalogue brings the tables to what a checked catalogue says, all or nothing, and needs a store opened AsOwner.
// What is already so is not written, so that a second loading leaves every row as it was. The catalogue owns the
// codelists and a project's name, initials, category, districts, mentions and target; owner and stage follow its rules
// only while they are provisional; everything else on a project is never touched. Rows that left the catalogue stay and
// are reported, but mentions and districts of projects are the files' mirror image.
func (s *Store) SaveCatalogue(ctx context.Context, c domain.Catalogue, projects []domain.DerivedProject) (domain.LoadReport, error) {
	var report domain.LoadReport
	err := s.Tx(ctx, func(tx *Store) error {
		if err := tx.conn(ctx).Exec("SELECT pg_advisory_xact_lock(?)", catalogueLock).Error; err != nil {
			return err
		}
		load := catalogueLoad{Store: tx, report: &report}
		if err := load.reference(ctx, c); err != nil {
			return err
		}
		return load.portfolio(ctx, c, projects)
	})
	return report, failure("save the catalogue", err)
}

// catalogueLoad is one loading, in its transaction.
type catalogueLoad struct {
	*Store
	report *domain.LoadReport
}

// record is one row on its way into a table, by column.
type record map[string]any

func records[T any](rows []T, of func(T) record) []record {
	all := make([]record, len(rows))
	for i, row := range rows {
		all[i] = of(row)
	}
	return all
}

// optional is NULL where a code is empty.
func optional(code string) any {
	if code == "" {
		return nil
	}
	return code
}

func (l catalogueLoad) reference(ctx context.Context, c domain.Catalogue) error {
	for _, t := range []struct {
		table mirror
		rows  []record
	}{
		{planMirror(), records([]domain.Plan{c.Plan}, planRecord)},
		{columnMirror(), records(c.Columns, columnRecord)},
		{indicatorMirror(), records(c.Indicators, indicatorRecord)},
		{commitmentMirror(), records(c.Commitments, commitmentRecord)},
		{districtMirror(), records(c.Districts, districtRecord)},
		{shapeMirror(), records(c.Shapes, shapeRecord)},
	} {
		if err := l.apply(ctx, t.table, t.rows); err != nil {
			return err
		}
	}
	if err := l.organisations(ctx, c.Organisations); err != nil {
		return err
	}
	return l.apply(ctx, categoryMirror(), records(c.Categories, categoryRecord))
}

// organisations go in from the root down, because a body is tied to its parent by the id the database gives.
func (l catalogueLoad) organisations(ctx context.Context, all []domain.CatalogueOrganisation) error {
	total := domain.TableLoad{Table: "organisation"}
	level := []string{""}
	for len(level) > 0 {
		var rows []domain.CatalogueOrganisation
		for _, o := range all {
			if slices.Contains(level, o.ParentCode) {
				rows = append(rows, o)
			}
		}
		done, err := l.mirror(ctx, organisationMirror(), records(rows, organisationRecord))
		if err != nil {
			return err
		}
		total.Inserted, total.Updated, total.Unchanged = total.Inserted+done.Inserted, total.Updated+done.Updated, total.Unchanged+done.Unchanged
		level = nil
		for _, o := range rows {
			level = append(level, o.Code)
		}
	}
	l.report.Tables = append(l.report.Tables, total)
	if err := l.orphans(ctx, "organisation", "code", records(all, organisationRecord)); err != nil {
		return err
	}
	return l.conn(ctx).Exec(`
		WITH RECURSIVE tree AS (
			SELECT id, ARRAY[id] AS path FROM organisation WHERE parent_id IS NULL
			UNION ALL
			SELECT o.id, t.path || o.id FROM organisation o JOIN tree t ON o.parent_id = t.id)
		UPDATE organisation o SET path = t.path FROM tree t WHERE o.id = t.id AND o.path <> t.path`).Error
}

func (l catalogueLoad) portfolio(ctx context.Context, c domain.Catalogue, projects []domain.DerivedProject) error {
	if err := l.apply(ctx, projectMirror(), records(projects, projectRecord)); err != nil {
		return err
	}
	if err := l.projectDistricts(ctx, projects); err != nil {
		return err
	}
	if err := l.mentions(ctx, c.Mentions); err != nil {
		return err
	}
	return l.planCommitments(ctx, c.Plan, projects)
}

func (l catalogueLoad) projectDistricts(ctx context.Context, projects []domain.DerivedProject) error {
	var rows []record
	for _, p := range projects {
		for _, district := range p.Districts {
			rows = append(rows, record{"project": p.Code, "district_code": district})
		}
	}
	const incoming = `WITH incoming AS (
		SELECT p.id AS project_id, x.district_code
		FROM jsonb_to_recordset(?::jsonb) AS x(project text, district_code text) JOIN project p ON p.code = x.project)`
	removed, err := l.write(ctx, incoming+`
		DELETE FROM project_district d WHERE NOT EXISTS (
			SELECT FROM incoming i WHERE i.project_id = d.project_id AND i.district_code = d.district_code)`, rows)
	if err != nil {
		return err
	}
	added, err := l.write(ctx, incoming+" INSERT INTO project_district (project_id, district_code) SELECT * FROM incoming ON CONFLICT DO NOTHING", rows)
	l.report.Tables = append(l.report.Tables, domain.TableLoad{
		Table: "project_district", Inserted: added, Removed: removed, Unchanged: len(rows) - added,
	})
	return err
}

func (l catalogueLoad) mentions(ctx context.Context, mentions []domain.CatalogueMention) error {
	rows := records(mentions, mentionRecord)
	removed, err := l.write(ctx, `
		WITH incoming AS (SELECT * FROM jsonb_to_recordset(?::jsonb) AS x(column_number integer, ordinal integer))
		DELETE FROM plan_mention m WHERE NOT EXISTS (
			SELECT FROM incoming i WHERE i.column_number = m.column_number AND i.ordinal = m.ordinal)`, rows)
	if err != nil {
		return err
	}
	done, err := l.mirror(ctx, mentionMirror(), rows)
	done.Removed = removed
	l.report.Tables = append(l.report.Tables, done)
	return err
}

// planCommitments gives each project the plan's own promise as its first milestone, once: due at the horizon, with the
// baseline locked. Where the plan promises no state there is nothing to be late for.
func (l catalogueLoad) planCommitments(ctx context.Context, plan domain.Plan, projects []domain.DerivedProject) error {
	due, err := plan.Due()
	if err != nil {
		return fmt.Errorf("date the plan's promises: %w", err)
	}
	var rows []record
	for _, p := range projects {
		if _, promised := p.Target.Goal(); promised {
			rows = append(rows, record{
				"project": p.Code, "name": domain.PlanCommitmentName(p.Target),
				"due": due.Date.String(), "due_precision": string(due.Precision),
			})
		}
	}
	added, err := l.write(ctx, `
		INSERT INTO milestone (project_id, kind, name, baseline, baseline_precision, current_baseline,
		                       current_baseline_precision, baseline_locked)
		SELECT p.id, 'plan_commitment', x.name, x.due, x.due_precision, x.due, x.due_precision, true
		FROM jsonb_to_recordset(?::jsonb) AS x(project text, name text, due date, due_precision text)
		JOIN project p ON p.code = x.project
		WHERE NOT EXISTS (SELECT FROM milestone m WHERE m.project_id = p.id AND m.kind = 'plan_commitment')
		ORDER BY p.id`, rows)
	l.report.Tables = append(l.report.Tables, domain.TableLoad{Table: "milestone", Inserted: added, Unchanged: len(rows) - added})
	return err
}

// write runs a statement on rows and counts what it touched.
func (l catalogueLoad) write(ctx context.Context, statement string, rows []record) (int, error) {
	payload, err := payloadOf(rows)
	if err != nil {
		return 0, err
	}
	result := l.conn(ctx).Exec(statement, payload)
	return int(result.RowsAffected), result.Error
}

func payloadOf(rows []record) (string, error) {
	if rows == nil {
		rows = []record{}
	}
	payload, err := json.Marshal(rows)
	if err != nil {
		return "", fmt.Errorf("write the rows as JSON: %w", err)
	}
	return string(payload), nil
}

// orphans reports the rows of a table whose key is no longer in the catalogue.
func (l catalogueLoad) orphans(ctx context.Context, table, key string, rows []record) error {
	keys := make(array[string], len(rows))
	for i, row := range rows {
		keys[i] = fmt.Sprint(row[key])
	}
	var found []string
	statement := fmt.Sprintf("SELECT %s::text FROM %s WHERE %s::text <> ALL (?::text[]) ORDER BY 1", key, table, key)
	if err := l.conn(ctx).Raw(statement, keys).Scan(&found).Error; err != nil {
		return err
	}
	for _, k := range found {
		l.report.Orphaned = append(l.report.Orphaned, strings.TrimPrefix(table, "plan_")+"/"+k)
	}
	return nil
}
