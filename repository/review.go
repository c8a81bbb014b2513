package repository

import (
	"context"
	"strconv"
	"strings"
	"time"

	"zhongda/domain"
)

// waitingTables join everything that waits for the Commission with its project and its content.
const waitingTables = `(SELECT 'report' AS kind, id, project_id, submitted_at, content->>'light' AS light
		FROM report WHERE state = 'submitted'
	UNION ALL SELECT kind, id, project_id, submitted_at, NULL FROM request WHERE state = 'submitted') waiting
JOIN project p ON p.id = waiting.project_id
JOIN category c ON c.code = p.category_code
JOIN category top ON top.code = coalesce(c.parent_code, c.code)
JOIN organisation o ON o.id = p.owner_organisation_id
LEFT JOIN report ON waiting.kind = 'report' AND report.id = waiting.id
LEFT JOIN request ON waiting.kind <> 'report' AND request.id = waiting.id
` + previousReport

// previousReport joins the last approved report before report.
const previousReport = `LEFT JOIN LATERAL (SELECT * FROM report earlier
	WHERE earlier.project_id = report.project_id AND earlier.state = 'approved' AND earlier.period < report.period
	ORDER BY earlier.period DESC, earlier.revision DESC LIMIT 1) previous ON true`

// The two orders of the queue; cursors carry their names.
const (
	queueOldest   = "oldest"
	queueRedFirst = "red-first"
	// ownerSays is the light of the report, or of the project where a request waits.
	ownerSays = `coalesce(waiting.light, p.owner_light)`
	// waitingLight is the worst of the three lights; see domain.QueueFilter.
	waitingLight = `CASE WHEN 'red' IN (` + threeLights + `) THEN 'red' WHEN 'yellow' IN (` + threeLights + `) THEN 'yellow'
		WHEN 'green' IN (` + threeLights + `) THEN 'green' ELSE '' END`
	threeLights = ownerSays + `, p.rule_light, p.reviewer_light`
	redFirst    = `CASE ` + waitingLight + ` WHEN 'red' THEN 0 WHEN 'yellow' THEN 1 ELSE 2 END`
)

type waitingRow struct {
	Project  projectRow `gorm:"embedded"`
	Report   reportRow  `gorm:"embedded;embeddedPrefix:report_"`
	Previous reportRow  `gorm:"embedded;embeddedPrefix:previous_"`
	Request  requestRow `gorm:"embedded;embeddedPrefix:request_"`
	Light    string
	Own      string
	Rank     int
	Kind     string
	Item     int64
	Since    string
}

// ReviewQueue gives one page of what waits within the read scope, the longest waiting first.
func (s *Store) ReviewQueue(ctx context.Context, read domain.Scope, f domain.QueueFilter, page domain.PageRequest) (domain.Page[domain.Waiting], error) {
	var none domain.Page[domain.Waiting]
	list, err := reviewQueue(read, f, page.Cursor)
	if err != nil {
		return none, err
	}
	var broken error
	found, err := readPage(ctx, s, list, page, func(row waitingRow) domain.Waiting {
		waiting, err := row.waiting()
		if err != nil {
			broken = err
		}
		return waiting
	})
	if err == nil {
		err = broken
	}
	return found, failure("list what waits", err)
}

func reviewQueue(read domain.Scope, f domain.QueueFilter, encoded string) (keyset[waitingRow], error) {
	sort, rank := queueOldest, "CAST(0 AS integer)"
	if f.RedFirst {
		sort, rank = queueRedFirst, redFirst
	}
	filter := projectConditions(read, f.Projects)
	addChoice(&filter, "queue_kind", "waiting.kind = ANY (@queue_kind)", texts(f.Kinds))
	addChoice(&filter, "light", waitingLight+" = ANY (@light)", texts(f.Lights))
	place := rank + ", waiting.submitted_at, waiting.kind, waiting.id"
	list := keyset[waitingRow]{
		columns: projectColumns + ", " + reportColumns("report") + ", " + reportColumns("previous") + ", " + requestColumns() + ", " +
			waitingLight + " AS light, " + ownerSays + " AS own, " + rank + " AS rank, waiting.kind, waiting.id AS item, CAST(waiting.submitted_at AS text) AS since",
		tables: "\nFROM " + waitingTables,
		filter: filter,
		order:  place,
		cursor: func(row waitingRow) cursor {
			place := strconv.Itoa(row.Rank) + " " + row.Kind + " " + row.Since
			return cursor{Sort: sort, Value: &place, ID: row.Item}
		},
	}
	after, err := decodeCursor(encoded, sort)
	if err != nil || after == nil {
		return list, err
	}
	args, err := queuePlace(after)
	list.after.add("cursor", "("+place+") > (@after_rank, CAST(CAST(@after_at AS text) AS timestamptz), CAST(@after_kind AS text), @after_id)", args)
	return list, err
}

// queuePlace reads "rank kind instant" back.
func queuePlace(c *cursor) (arguments, error) {
	rankText, rest, _ := strings.Cut(deref(c.Value), " ")
	kind, at, _ := strings.Cut(rest, " ")
	rank, err := strconv.ParseInt(rankText, 10, 16)
	if err != nil || !isInstant(at) {
		return nil, badCursor()
	}
	return arguments{"after_rank": rank, "after_at": at, "after_kind": kind, "after_id": c.ID}, nil
}

func (r waitingRow) waiting() (w domain.Waiting, err error) {
	w.Light, w.OwnerLight = domain.Light(r.Light), domain.Light(r.Own)
	if w.Project, err = r.Project.project(); err != nil {
		return w, err
	}
	if w.Report, err = r.Report.optional(); err != nil {
		return w, err
	}
	if w.Previous, err = r.Previous.optional(); err != nil || r.Request.ID == 0 {
		return w, err
	}
	request, err := r.Request.request()
	w.Request = &request
	return w, err
}

// ReviewWork counts what waits within the read scope.
func (s *Store) ReviewWork(ctx context.Context, read domain.Scope) (domain.ReviewWork, error) {
	var filter conditions
	filter.within(read, "read_root")
	query := `SELECT count(*) AS waiting, count(*) FILTER (WHERE waiting.kind <> 'report') AS requests,
			count(*) FILTER (WHERE ` + waitingLight + ` = 'red') AS red, min(waiting.submitted_at) AS oldest
		FROM ` + waitingTables + ` WHERE ` + filter.where()
	var row struct {
		Waiting  int
		Requests int
		Red      int
		Oldest   *time.Time
	}
	err := s.query(ctx, query, filter.arguments()).Scan(&row).Error
	work := domain.ReviewWork{Waiting: row.Waiting, Requests: row.Requests, Red: row.Red, Oldest: deref(row.Oldest)}
	return work, failure("count what waits", err)
}
