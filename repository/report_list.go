package repository

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"time"

	"zhongda/domain"
)

// previousReport joins the last approved report before report.
const previousReport = `LEFT JOIN LATERAL (SELECT * FROM report earlier
	WHERE earlier.project_id = report.project_id AND earlier.state = 'approved' AND earlier.period < report.period
	ORDER BY earlier.period DESC, earlier.revision DESC LIMIT 1) previous ON true`

type waitingReportRow struct {
	Project  projectRow `gorm:"embedded"`
	Report   reportRow  `gorm:"embedded;embeddedPrefix:report_"`
	Previous reportRow  `gorm:"embedded;embeddedPrefix:previous_"`
	Rank     int
	Waiting  string
}

// ReportQueue gives one page of the submitted reports of the filter within the read scope, the longest waiting first.
func (s *Store) ReportQueue(ctx context.Context, read domain.Scope, f domain.ReportQueueFilter, page domain.PageRequest) (domain.Page[domain.WaitingReport], error) {
	var none domain.Page[domain.WaitingReport]
	list, err := reportQueue(read, f, page.Cursor)
	if err != nil {
		return none, err
	}
	var broken error
	found, err := readPage(ctx, s, list, page, func(row waitingReportRow) domain.WaitingReport {
		waiting, err := row.waiting()
		if err != nil {
			broken = err
		}
		return waiting
	})
	if err == nil {
		err = broken
	}
	return found, failure("list the submitted reports", err)
}

// The two orders of the queue; cursors carry their names.
const (
	queueOldest   = "oldest"
	queueRedFirst = "red-first"
	redFirst      = `CASE report.content->>'light' WHEN 'red' THEN 0 WHEN 'yellow' THEN 1 ELSE 2 END`
)

func reportQueue(read domain.Scope, f domain.ReportQueueFilter, encoded string) (keyset[waitingReportRow], error) {
	sort, rank := queueOldest, "CAST(0 AS integer)"
	if f.RedFirst {
		sort, rank = queueRedFirst, redFirst
	}
	filter := projectConditions(read, f.Projects)
	filter.add("state", "report.state = 'submitted'", nil)
	addChoice(&filter, "light", "report.content->>'light' = ANY (@light)", texts(f.Lights))
	list := keyset[waitingReportRow]{
		columns: projectColumns + ", " + reportColumns("report") + ", " + reportColumns("previous") + ", " +
			rank + " AS rank, CAST(report.submitted_at AS text) AS waiting",
		tables: "\nFROM report JOIN " + strings.Replace(projectTables, "project p", "project p ON p.id = report.project_id", 1) +
			"\n" + previousReport,
		filter: filter,
		order:  rank + ", report.submitted_at, report.id",
		cursor: func(row waitingReportRow) cursor {
			place := strconv.Itoa(row.Rank) + " " + row.Waiting
			return cursor{Sort: sort, Value: &place, ID: row.Report.ID}
		},
	}
	after, err := decodeCursor(encoded, sort)
	if err != nil || after == nil {
		return list, err
	}
	args, err := queuePlace(after)
	list.after.add("cursor", "("+rank+", report.submitted_at, report.id) > (@after_rank, CAST(CAST(@after_at AS text) AS timestamptz), @after_id)", args)
	return list, err
}

// queuePlace reads "rank instant" back.
func queuePlace(c *cursor) (arguments, error) {
	rankText, at, _ := strings.Cut(deref(c.Value), " ")
	rank, err := strconv.ParseInt(rankText, 10, 16)
	if err != nil || !isInstant(at) {
		return nil, badCursor()
	}
	return arguments{"after_rank": rank, "after_at": at, "after_id": c.ID}, nil
}

func (r waitingReportRow) waiting() (w domain.WaitingReport, err error) {
	if w.Project, err = r.Project.project(); err != nil {
		return w, err
	}
	if w.Report, err = r.Report.report(); err != nil {
		return w, err
	}
	w.Previous, err = r.Previous.optional()
	return w, err
}

// ReviewWork counts the submitted reports within the read scope.
func (s *Store) ReviewWork(ctx context.Context, read domain.Scope) (domain.ReviewWork, error) {
	var filter conditions
	filter.within(read, "read_root")
	filter.add("state", "report.state = 'submitted'", nil)
	query := `SELECT count(*) AS waiting, count(*) FILTER (WHERE report.content->>'light' = 'red') AS red,
			min(report.submitted_at) AS oldest
		FROM report JOIN project p ON p.id = report.project_id WHERE ` + filter.where()
	var row struct {
		Waiting int
		Red     int
		Oldest  *time.Time
	}
	err := s.query(ctx, query, filter.arguments()).Scan(&row).Error
	return domain.ReviewWork{Waiting: row.Waiting, Red: row.Red, Oldest: deref(row.Oldest)}, failure("count the submitted reports", err)
}

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
