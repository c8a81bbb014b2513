package repository

import (
	"context"
	"time"

	"zhongda/domain"
)

// AddSuccessor records that the project with the code carries on for another. A code that nobody has is Invalid.
func (s *Store) AddSuccessor(ctx context.Context, projectID int64, code string, relation domain.ExitKind) error {
	const query = `INSERT INTO project_successor (project_id, successor_id, relation)
		SELECT ?, id, ? FROM project WHERE code = ? AND standing <> 'exited'`
	added := s.conn(ctx).Exec(query, projectID, string(relation), code)
	if added.Error != nil {
		return failure("record a successor", added.Error)
	}
	if added.RowsAffected == 0 {
		return domain.Invalid("successors", "unknown_successor", "code", code)
	}
	return nil
}

// MissingSuccessors are those of the codes that no pursued project has.
func (s *Store) MissingSuccessors(ctx context.Context, codes []string) ([]string, error) {
	const query = `SELECT wanted.code FROM unnest(CAST(@codes AS text[])) AS wanted (code)
		WHERE NOT EXISTS (SELECT FROM project p WHERE p.code = wanted.code AND p.standing <> 'exited')`
	var missing []string
	err := s.query(ctx, query, arguments{"codes": array[string](codes)}).Scan(&missing).Error
	return missing, failure("look for the successors", err)
}

type relativeRow struct {
	ProjectID   int64
	SuccessorID int64
	Code        string
	Name        string
	Relation    string
}

// Relatives are a project's neighbours in time.
func (s *Store) Relatives(ctx context.Context, projectID int64) (r domain.Relatives, err error) {
	const query = `SELECT link.project_id, link.successor_id, link.relation, other.code, other.name
		FROM project_successor link JOIN project other ON other.id = link.project_id + link.successor_id - @id
		WHERE link.project_id = @id OR link.successor_id = @id ORDER BY other.code`
	var rows []relativeRow
	if err := s.query(ctx, query, arguments{"id": projectID}).Scan(&rows).Error; err != nil {
		return r, failure("read a project's relatives", err)
	}
	for _, row := range rows {
		relative := domain.Relative{Code: row.Code, Name: row.Name, Relation: domain.ExitKind(row.Relation)}
		if row.ProjectID == projectID {
			relative.ID = row.SuccessorID
			r.Successors = append(r.Successors, relative)
		} else {
			relative.ID = row.ProjectID
			r.Predecessors = append(r.Predecessors, relative)
		}
	}
	return r, nil
}

type exitedRow struct {
	Project   projectRow `gorm:"embedded"`
	ExitKind  string
	Number    string
	RequestID *int64
	DecidedBy string
	DecidedAt *time.Time
	Since     string
}

// lastExit joins the decision that ended a project.
const lastExit = `LEFT JOIN LATERAL (SELECT * FROM ruling d WHERE d.project_id = p.id AND d.kind = 'exit' AND d.outcome = 'approved'
	ORDER BY d.id DESC LIMIT 1) decided ON true`

// ExitedProjects gives one page of the exit register within the read scope, the latest exit first.
func (s *Store) ExitedProjects(ctx context.Context, read domain.Scope, f domain.ExitFilter, page domain.PageRequest) (domain.Page[domain.ExitedProject], error) {
	var none domain.Page[domain.ExitedProject]
	f.Projects.Standings = []domain.Standing{domain.StandingExited}
	filter := projectConditions(read, f.Projects)
	addChoice(&filter, "exit_kind", "decided.exit_kind = ANY (@exit_kind)", texts(f.Kinds))
	list := keyset[exitedRow]{
		columns: projectColumns + `, coalesce(decided.exit_kind, '') AS exit_kind, coalesce(decided.number, '') AS number, decided.request_id,
			coalesce(decided.decided_by, '') AS decided_by, decided.decided_at, CAST(p.standing_since AS text) AS since`,
		tables: "\nFROM " + projectTables + "\n" + lastExit, filter: filter, order: "p.standing_since DESC, p.id DESC",
		cursor: func(row exitedRow) cursor { return cursor{Sort: "exits", Value: &row.Since, ID: row.Project.ID} },
	}
	after, err := decodeCursor(page.Cursor, "exits")
	if err != nil {
		return none, err
	}
	if after != nil {
		since, err := domain.ParseDate(deref(after.Value))
		if err != nil {
			return none, badCursor()
		}
		list.after.add("cursor", "(p.standing_since, p.id) < (CAST(@after_since AS date), @after_id)",
			arguments{"after_since": dateOrNull(since), "after_id": after.ID})
	}
	var broken error
	found, err := readPage(ctx, s, list, page, func(row exitedRow) domain.ExitedProject {
		exited, err := row.exited()
		if err != nil {
			broken = err
		}
		return exited
	})
	if err == nil {
		err = broken
	}
	if err != nil {
		return none, failure("list the exited projects", err)
	}
	return found, s.completeSuccessors(ctx, found.Items)
}

func (r exitedRow) exited() (domain.ExitedProject, error) {
	p, err := r.Project.project()
	return domain.ExitedProject{
		Project: p, Kind: domain.ExitKind(r.ExitKind), Number: r.Number, RequestID: deref(r.RequestID),
		DecidedBy: r.DecidedBy, DecidedAt: deref(r.DecidedAt),
	}, err
}

func (s *Store) completeSuccessors(ctx context.Context, exited []domain.ExitedProject) error {
	at := map[int64]int{}
	ids := make([]int64, len(exited))
	for i, e := range exited {
		at[e.Project.ID], ids[i] = i, e.Project.ID
	}
	const query = `SELECT link.project_id, link.successor_id, link.relation, other.code, other.name
		FROM project_successor link JOIN project other ON other.id = link.successor_id
		WHERE link.project_id = ANY (@ids) ORDER BY other.code`
	var rows []relativeRow
	if err := s.query(ctx, query, arguments{"ids": array[int64](ids)}).Scan(&rows).Error; err != nil {
		return failure("read the successors", err)
	}
	for _, row := range rows {
		line := &exited[at[row.ProjectID]]
		line.Successors = append(line.Successors,
			domain.Relative{ID: row.SuccessorID, Code: row.Code, Name: row.Name, Relation: domain.ExitKind(row.Relation)})
	}
	return nil
}
