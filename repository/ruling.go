package repository

import (
	"context"
	"time"

	"zhongda/domain"
)

// NextRulingNumber takes the next number of a year. The counter stays locked until the transaction ends and falls back
// with it, so numbers have no gap.
func (s *Store) NextRulingNumber(ctx context.Context, year int) (string, error) {
	const query = `WITH taken AS (INSERT INTO ruling_counter AS c (year, last) VALUES (@year, 1)
			ON CONFLICT (year) DO UPDATE SET last = c.last + 1 RETURNING last)
		SELECT taken.last, ruling_setting.prefix FROM taken, ruling_setting`
	var row struct {
		Last   int
		Prefix string
	}
	if err := s.query(ctx, query, arguments{"year": year}).Scan(&row).Error; err != nil {
		return "", failure("take a ruling number", err)
	}
	return domain.RulingNumber(row.Prefix, year, row.Last), nil
}

// AddRuling records an act of the Commission. It is Forbidden outside the announced write scope.
func (s *Store) AddRuling(ctx context.Context, d domain.Ruling) error {
	const query = `INSERT INTO ruling (number, project_id, kind, outcome, request_id, content_hash, reason, document, exit_kind, until, decided_by, decided_at)
		VALUES (@number, @project, @kind, @outcome, @request, @hash, @reason, @document, @exit_kind, @until, @by, @at)`
	err := s.conn(ctx).Exec(query, map[string]any{
		"number": d.Number, "project": d.ProjectID, "kind": string(d.Kind), "outcome": string(d.Outcome),
		"request": orNull(d.RequestID), "hash": d.Hash, "reason": d.Reason, "document": d.Document,
		"exit_kind": string(d.ExitKind), "until": dateOrNull(d.Until), "by": d.DecidedBy, "at": d.DecidedAt,
	}).Error
	return failure("record a decision", err)
}

type rulingRow struct {
	ID          int64
	Number      string
	ProjectID   int64
	Kind        string
	Outcome     string
	RequestID   *int64
	ContentHash string
	Reason      string
	Document    string
	ExitKind    string
	Until       *time.Time
	DecidedBy   string
	DecidedAt   time.Time
}

// ProjectRulings lists what the Commission decided on a project, the latest first.
func (s *Store) ProjectRulings(ctx context.Context, projectID int64) ([]domain.Ruling, error) {
	const query = `SELECT id, number, project_id, kind, outcome, request_id, content_hash, reason, document, exit_kind, until, decided_by, decided_at
		FROM ruling WHERE project_id = ? ORDER BY id DESC`
	var rows []rulingRow
	if err := s.conn(ctx).Raw(query, projectID).Scan(&rows).Error; err != nil {
		return nil, failure("list a project's decisions", err)
	}
	rulings := make([]domain.Ruling, len(rows))
	for i, r := range rows {
		rulings[i] = domain.Ruling{
			ID: r.ID, Number: r.Number, ProjectID: r.ProjectID, Kind: domain.RulingKind(r.Kind), Outcome: domain.Outcome(r.Outcome),
			RequestID: deref(r.RequestID), Hash: r.ContentHash, Reason: r.Reason, Document: r.Document,
			ExitKind: domain.ExitKind(r.ExitKind), Until: dateOf(r.Until), DecidedBy: r.DecidedBy, DecidedAt: r.DecidedAt,
		}
	}
	return rulings, nil
}
