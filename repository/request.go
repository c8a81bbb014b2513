package repository

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"zhongda/domain"
)

// requestColumns reads the table request; its fields come back with its name before them.
func requestColumns() string {
	columns := []string{"id", "project_id", "kind", "state", "content", "version", "drafted_by", "submitted_by", "submitted_at",
		"decided_by", "decided_at", "comment", "number", "created_at", "updated_at", "updated_by"}
	for i, column := range columns {
		columns[i] = "request." + column + " AS request_" + column
	}
	return strings.Join(columns, ", ")
}

type requestRow struct {
	ID          int64
	ProjectID   int64
	Kind        string
	State       string
	Content     []byte
	Version     int64
	DraftedBy   string
	SubmittedBy string
	SubmittedAt *time.Time
	DecidedBy   string
	DecidedAt   *time.Time
	Comment     string
	Number      string
	CreatedAt   time.Time
	UpdatedAt   time.Time
	UpdatedBy   string
}

// requestOnlyRow is a row that holds one request.
type requestOnlyRow struct {
	Request requestRow `gorm:"embedded;embeddedPrefix:request_"`
}

func (r requestRow) request() (domain.Request, error) {
	request := domain.Request{
		ID: r.ID, ProjectID: r.ProjectID, Kind: domain.RequestKind(r.Kind), State: domain.RequestState(r.State), Version: r.Version,
		DraftedBy: r.DraftedBy, SubmittedBy: r.SubmittedBy, SubmittedAt: deref(r.SubmittedAt), DecidedBy: r.DecidedBy,
		DecidedAt: deref(r.DecidedAt), Comment: r.Comment, Number: r.Number, CreatedAt: r.CreatedAt, UpdatedAt: r.UpdatedAt, UpdatedBy: r.UpdatedBy,
	}
	var record domain.RequestRecord
	if err := json.Unmarshal(r.Content, &record); err != nil {
		return request, fmt.Errorf("content of request %d: %w", r.ID, err)
	}
	var err error
	if request.Content, err = record.Content(); err != nil {
		return request, fmt.Errorf("content of request %d: %w", r.ID, err)
	}
	return request, nil
}

// Request reads one request. One whose project lies outside the read scope is NotFound like an absent one.
func (s *Store) Request(ctx context.Context, read domain.Scope, id int64) (domain.Request, error) {
	var filter conditions
	filter.within(read, "read_root")
	filter.add("id", "request.id = @id", arguments{"id": id})
	requests, err := s.requests(ctx, filter, "LIMIT 1")
	if err != nil {
		return domain.Request{}, failure("read a request", err)
	}
	if len(requests) == 0 {
		return domain.Request{}, domain.NotFound("request_not_found")
	}
	return requests[0], nil
}

// ProjectRequests lists all requests of a project, the latest first.
func (s *Store) ProjectRequests(ctx context.Context, projectID int64) ([]domain.Request, error) {
	var filter conditions
	filter.add("project", "request.project_id = @project", arguments{"project": projectID})
	requests, err := s.requests(ctx, filter, "ORDER BY request.id DESC")
	return requests, failure("list a project's requests", err)
}

func (s *Store) requests(ctx context.Context, filter conditions, rest string) ([]domain.Request, error) {
	query := "SELECT " + requestColumns() + `
		FROM request JOIN project p ON p.id = request.project_id
		WHERE ` + filter.where() + " " + rest
	var rows []requestOnlyRow
	if err := s.query(ctx, query, filter.arguments()).Scan(&rows).Error; err != nil {
		return nil, err
	}
	requests := make([]domain.Request, len(rows))
	for i, row := range rows {
		var err error
		if requests[i], err = row.Request.request(); err != nil {
			return nil, err
		}
	}
	return requests, nil
}

type openRequestRow struct {
	Project projectRow `gorm:"embedded"`
	Request requestRow `gorm:"embedded;embeddedPrefix:request_"`
}

// OpenRequests lists the requests of the scope that are not closed: returned ones first, then drafts, then those that
// wait for the Commission, each group the oldest first.
func (s *Store) OpenRequests(ctx context.Context, scope domain.Scope) ([]domain.OpenRequest, error) {
	var filter conditions
	filter.within(scope, "read_root")
	filter.add("open", "request.state IN ('draft', 'submitted', 'returned')", nil)
	query := "SELECT " + projectColumns + ", " + requestColumns() + "\nFROM request JOIN " +
		strings.Replace(projectTables, "project p", "project p ON p.id = request.project_id", 1) + "\nWHERE " + filter.where() +
		"\nORDER BY array_position(ARRAY['returned', 'draft', 'submitted'], request.state), request.updated_at, request.id"
	var rows []openRequestRow
	if err := s.query(ctx, query, filter.arguments()).Scan(&rows).Error; err != nil {
		return nil, failure("list the open requests", err)
	}
	open := make([]domain.OpenRequest, len(rows))
	for i, row := range rows {
		var err error
		if open[i].Project, err = row.Project.project(); err != nil {
			return nil, failure("list the open requests", err)
		}
		if open[i].Request, err = row.Request.request(); err != nil {
			return nil, failure("list the open requests", err)
		}
	}
	return open, nil
}

// CreateRequest adds a draft and returns it with its id and first version. A second open one that the first excludes is
// a Conflict; outside the announced write scope it is Forbidden.
func (s *Store) CreateRequest(ctx context.Context, r domain.Request) (domain.Request, error) {
	const query = `INSERT INTO request (project_id, kind, state, content, content_hash, drafted_by, created_at, updated_at, updated_by)
		VALUES (@project_id, @kind, @state, @content, @content_hash, @drafted_by, @created_at, @updated_at, @updated_by)
		RETURNING id`
	args, err := requestArguments(r)
	if err != nil {
		return r, err
	}
	r.Version = 1
	err = s.query(ctx, query, args).Scan(&r.ID).Error
	return r, failure("create a request", err)
}

// UpdateRequest writes what an action made of a request, if it still has r.Version and the state it was read in, and
// returns the new version. Else it is StaleVersion with the current one, NotFound, or Forbidden outside the announced
// write scope.
func (s *Store) UpdateRequest(ctx context.Context, r domain.Request, from domain.RequestState) (newVersion int64, err error) {
	const query = `UPDATE request SET state = @state, content = @content, content_hash = @content_hash,
			submitted_by = @submitted_by, submitted_at = @submitted_at, decided_by = @decided_by, decided_at = @decided_at,
			comment = @comment, number = @number, updated_at = @updated_at, updated_by = @updated_by, version = version + 1
		WHERE id = @id AND version = @version AND state = @from
		RETURNING version`
	args, err := requestArguments(r)
	if err != nil {
		return 0, err
	}
	updated := s.query(ctx, query, args.and(arguments{"from": string(from)})).Scan(&newVersion)
	if updated.Error != nil {
		return 0, failure("update a request", updated.Error)
	}
	if updated.RowsAffected == 1 {
		return newVersion, nil
	}
	current, err := s.Request(ctx, domain.ScopeAll(), r.ID)
	if err != nil {
		return 0, err
	}
	return 0, notWritten(r.Version, current.Version)
}

func requestArguments(r domain.Request) (arguments, error) {
	content, err := json.Marshal(r.Content.Record())
	if err != nil {
		return nil, fmt.Errorf("content of request %d: %w", r.ID, err)
	}
	return arguments{
		"id": r.ID, "project_id": r.ProjectID, "kind": string(r.Kind), "state": string(r.State), "content": string(content),
		"content_hash": r.Hash(), "version": r.Version, "drafted_by": r.DraftedBy, "submitted_by": r.SubmittedBy,
		"submitted_at": orNull(r.SubmittedAt), "decided_by": r.DecidedBy, "decided_at": orNull(r.DecidedAt),
		"comment": r.Comment, "number": r.Number, "created_at": r.CreatedAt, "updated_at": r.UpdatedAt, "updated_by": r.UpdatedBy,
	}, nil
}
