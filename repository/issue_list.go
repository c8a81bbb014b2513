package repository

import (
	"context"
	"strings"
	"time"

	"zhongda/domain"
)

// issueConditions says in SQL what the filter and the reader's scope let through.
func issueConditions(read domain.Scope, f domain.IssueFilter) conditions {
	var c conditions
	c.withinEither(read, "read_root", issueOwner, issueResponsible)
	if f.OnlyMine {
		c.withinEither(f.Mine, "mine_root", issueResponsible)
	}
	if f.ProjectID != 0 {
		c.add("project", "i.project_id = @project", arguments{"project": f.ProjectID})
	}
	addChoice(&c, "type", "i.type = ANY (@type)", texts(f.Types))
	addChoice(&c, "level", "i.level = ANY (@level)", texts(f.Levels))
	addChoice(&c, "state", "i.state = ANY (@state)", texts(f.States))
	addChoice(&c, "responsible", "i.responsible_organisation_id IN (SELECT id FROM organisation WHERE code = ANY (@responsible))", f.Responsible)
	addChoice(&c, fieldOwner, ownedBy, f.Owners)
	if f.Overdue {
		c.add("overdue", issueOverdue, arguments{"today": dateOrNull(f.Today)})
	}
	if text := strings.TrimSpace(f.Text); text != "" {
		c.add("text", "i.title ILIKE @text OR i.text ILIKE @text OR p.name ILIKE @text OR p.code ILIKE @text", arguments{"text": likePattern(text)})
	}
	return c
}

const (
	issueLive    = `i.state IN ('open', 'in_progress')`
	issueOverdue = issueLive + ` AND i.due < CAST(@today AS date)`
	issueUnended = `i.state IN ('open', 'in_progress', 'resolved')`
)

type issueListRow struct {
	Row   issueRow `gorm:"embedded"`
	Ended bool
}

// issuesByDue is the name of the one order of the list; cursors carry it.
const issuesByDue = "unended-due"

// Issues gives one page of the filter's issues within the read scope: what is not ended first, each by its due date.
func (s *Store) Issues(ctx context.Context, read domain.Scope, f domain.IssueFilter, page domain.PageRequest) (domain.Page[domain.Issue], error) {
	const ended = "(NOT " + issueUnended + ")"
	list := keyset[issueListRow]{
		columns: issueColumns() + ", " + ended + " AS ended",
		tables:  "\nFROM " + issueTables(),
		filter:  issueConditions(read, f),
		order:   ended + ", i.due, i.id",
		cursor: func(row issueListRow) cursor {
			return placeAfter(issuesByDue, row.Ended, row.Row.Issue.Due, row.Row.Issue.ID)
		},
	}
	args, err := placeOf(page.Cursor, issuesByDue)
	if err != nil {
		return domain.Page[domain.Issue]{}, err
	}
	if args != nil {
		list.after.add("cursor", "("+ended+", i.due, i.id) > (CAST(@after_ended AS boolean), CAST(@after_due AS date), @after_id)", args)
	}
	return readConverted(ctx, s, list, page, func(row issueListRow) (domain.Issue, error) { return row.Row.issue() })
}

// readConverted is readPage for rows that may hold what the domain does not know.
func readConverted[R, T any](ctx context.Context, s *Store, list keyset[R], page domain.PageRequest, convert func(R) (T, error)) (domain.Page[T], error) {
	var broken error
	found, err := readPage(ctx, s, list, page, func(row R) T {
		value, err := convert(row)
		if err != nil {
			broken = err
		}
		return value
	})
	if err == nil {
		err = broken
	}
	return found, failure("read a page", err)
}

// placeAfter is the place of a row in a list of what is unended first, by due date.
func placeAfter(sort string, ended bool, due *time.Time, id int64) cursor {
	place := "f " + dateOf(due).String()
	if ended {
		place = "t " + dateOf(due).String()
	}
	return cursor{Sort: sort, Value: &place, ID: id}
}

// placeOf reads placeAfter back; nil for the first page.
func placeOf(encoded, sort string) (arguments, error) {
	after, err := decodeCursor(encoded, sort)
	if err != nil || after == nil {
		return nil, err
	}
	ended, due, _ := strings.Cut(deref(after.Value), " ")
	date, err := domain.ParseDate(due)
	if err != nil || (ended != "t" && ended != "f") {
		return nil, badCursor()
	}
	return arguments{"after_ended": ended == "t", "after_due": dateOrNull(date), "after_id": after.ID}, nil
}

type rollupRow struct {
	Key       string
	Name      string
	NameEn    string
	Open      int
	Overdue   int
	Closed    int
	Withdrawn int
	MedianAge *float64
}

// IssueRollups counts the filter's issues within the read scope by type, responsible organisation, level and owner. Ages
// are whole days of 24 hours up to now.
func (s *Store) IssueRollups(ctx context.Context, read domain.Scope, f domain.IssueFilter, now time.Time) (domain.IssueRollups, error) {
	const word, body = "'' AS name, '' AS name_en", "min(%.name) AS name, min(%.name_en) AS name_en"
	var result domain.IssueRollups
	for _, by := range []struct {
		into      *[]domain.Rollup
		key, name string
	}{
		{&result.Type, "i.type", word}, {&result.Level, "i.level", word},
		{&result.Responsible, "r.code", strings.ReplaceAll(body, "%", "r")}, {&result.Owner, "o.code", strings.ReplaceAll(body, "%", "o")},
	} {
		rows, err := s.issueRollup(ctx, by.key, by.name, issueConditions(read, f), arguments{"today": dateOrNull(f.Today), "now": now})
		if err != nil {
			return result, failure("roll up the issues", err)
		}
		*by.into = rows
	}
	return result, nil
}

func (s *Store) issueRollup(ctx context.Context, key, name string, filter conditions, args arguments) ([]domain.Rollup, error) {
	const age = `floor(extract(epoch FROM CAST(@now AS timestamptz) - i.raised_at) / 86400)`
	query := "SELECT " + key + " AS key, " + name + `,
			count(*) FILTER (WHERE ` + issueUnended + `) AS open, count(*) FILTER (WHERE ` + issueOverdue + `) AS overdue,
			count(*) FILTER (WHERE i.state = 'closed') AS closed, count(*) FILTER (WHERE i.state = 'withdrawn') AS withdrawn,
			percentile_cont(0.5) WITHIN GROUP (ORDER BY ` + age + `) FILTER (WHERE ` + issueUnended + `) AS median_age
		FROM ` + issueTables() + "\nWHERE " + filter.where() + "\nGROUP BY 1 ORDER BY open DESC, 1"
	var rows []rollupRow
	if err := s.query(ctx, query, filter.arguments().and(args)).Scan(&rows).Error; err != nil {
		return nil, err
	}
	rollups := make([]domain.Rollup, len(rows))
	for i, r := range rows {
		rollups[i] = domain.Rollup(r)
	}
	return rollups, nil
}

// OverdueIssues lists the issues that wait for the responsible organisation past their due date, for the system's own work.
func (s *Store) OverdueIssues(ctx context.Context, overdueOn domain.Date) ([]domain.Issue, error) {
	var rows []issueRow
	query := "SELECT " + issueColumns() + "\nFROM " + issueTables() + "\nWHERE " + issueOverdue + "\nORDER BY i.id"
	if err := s.query(ctx, query, arguments{"today": dateOrNull(overdueOn)}).Scan(&rows).Error; err != nil {
		return nil, failure("list the overdue issues", err)
	}
	issues := make([]domain.Issue, len(rows))
	for n, row := range rows {
		var err error
		if issues[n], err = row.issue(); err != nil {
			return nil, failure("list the overdue issues", err)
		}
	}
	return issues, nil
}
