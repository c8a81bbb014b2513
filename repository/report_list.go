package repository

import (
	"context"
	"fmt"
	"time"

	"zhongda/domain"
)

type reportDutyRow struct {
	Project projectRow `gorm:"embedded"`
	Open    reportRow  `gorm:"embedded;embeddedPrefix:open_"`
}

// ReportDuties says for every project of the scope that has not exited where it stands with its reports today. Zone is
// where the month began in which the project came into the records.
func (s *Store) ReportDuties(ctx context.Context, scope domain.Scope, today domain.Date, zone *time.Location) ([]domain.ReportDuty, error) {
	cycles, err := s.ReportCycles(ctx)
	if err != nil {
		return nil, err
	}
	var filter conditions
	filter.within(scope, "read_root")
	filter.add("standing", "p.standing <> 'exited'", nil)
	query := fmt.Sprintf("SELECT %s, %s\nFROM %s\nLEFT JOIN report open ON open.project_id = p.id AND open.state <> 'approved'\nWHERE %s\nORDER BY p.code",
		projectColumns, reportColumns("open"), projectTables, filter.where())
	var rows []reportDutyRow
	if err := s.query(ctx, query, filter.arguments()).Scan(&rows).Error; err != nil {
		return nil, failure("list the reports owed", err)
	}
	duties := make([]domain.ReportDuty, len(rows))
	for i, row := range rows {
		p, err := row.Project.project()
		if err != nil {
			return nil, failure("list the reports owed", err)
		}
		open, err := row.Open.optional()
		if err != nil {
			return nil, failure("list the reports owed", err)
		}
		since := domain.PeriodOf(domain.DateOf(p.CreatedAt.In(zone)))
		duties[i] = domain.NewReportDuty(p, open, cycles[p.Stage], since, today)
	}
	return duties, nil
}
