package repository

import (
	"context"
	"fmt"

	"zhongda/domain"
)

// exportBatch is how many projects an export holds in memory at a time.
const exportBatch = 500

// ExportProjects reads every project of the filter within the read scope, in the order of the list, without their
// summaries and internal notes. Begin gets the count and the sum of what each then gets in parts; all is of one snapshot.
// The projects are sorted once and fetched by a cursor, so their number costs no memory here. An error of begin or each
// ends the reading.
func (s *Store) ExportProjects(ctx context.Context, read domain.Scope, f domain.ProjectFilter, sort domain.ProjectSort,
	begin func(domain.ExportSummary) error, each func([]domain.Project) error,
) error {
	order, err := orderOf(sort)
	if err != nil {
		return err
	}
	filter := projectConditions(read, f)
	return failure("export projects", s.transaction(ctx, snapshot(), func(tx *Store) error {
		summary, err := tx.exportSummary(ctx, filter)
		if err != nil {
			return err
		}
		if err := tx.openExport(ctx, filter, order, sort.Descending); err != nil {
			return err
		}
		if err := begin(summary); err != nil {
			return err
		}
		return tx.fetchExport(ctx, each)
	}))
}

func (s *Store) exportSummary(ctx context.Context, filter conditions) (domain.ExportSummary, error) {
	var row struct {
		Projects int
		Owner    int
		Stage    int
		Total    moneyTotal
		Filled   int
	}
	query := `SELECT count(*) AS projects, count(*) FILTER (WHERE p.owner_provisional) AS owner,
		count(*) FILTER (WHERE p.stage_provisional) AS stage, sum(p.investment) AS total, count(p.investment) AS filled
		FROM project p WHERE ` + filter.where()
	err := s.query(ctx, query, filter.arguments()).Scan(&row).Error
	return domain.ExportSummary{
		Projects: row.Projects, Provisional: domain.ProvisionalCount{Owner: row.Owner, Stage: row.Stage},
		Investment: domain.Sum{Total: row.Total.Money, Filled: row.Filled, Of: row.Projects},
	}, err
}

// openExport declares the cursor; it ends with the transaction.
func (s *Store) openExport(ctx context.Context, filter conditions, order projectOrder, descending bool) error {
	query := fmt.Sprintf("DECLARE exported NO SCROLL CURSOR FOR SELECT %s\nFROM %s\nWHERE %s\nORDER BY %s",
		projectColumns, projectTables, filter.where(), order.orderBy(descending))
	return s.execute(ctx, query, filter.arguments().and(order.args))
}

func (s *Store) fetchExport(ctx context.Context, each func([]domain.Project) error) error {
	fetch := fmt.Sprintf("FETCH %d FROM exported", exportBatch)
	for {
		var rows []projectListRow
		if err := s.conn(ctx).Raw(fetch).Scan(&rows).Error; err != nil {
			return err
		}
		if len(rows) == 0 {
			return nil
		}
		projects, err := s.completeProjects(ctx, rows)
		if err != nil {
			return err
		}
		if err := each(projects); err != nil {
			return err
		}
	}
}
