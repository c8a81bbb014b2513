package repository

import (
	"context"
	"time"

	"zhongda/domain"
)

type figureRecordRow struct {
	ObjectID int64
	Field    string
	Seq      int64
	Hash     []byte
	Actor    string
	At       time.Time
}

func (r figureRecordRow) record() domain.FigureRecord {
	record := domain.FigureRecord{Seq: r.Seq, Actor: r.Actor, At: r.At}
	copy(record.Hash[:], r.Hash)
	return record
}

// ApprovedReports lists the approved reports of a project, the latest period first and within it the latest revision.
func (s *Store) ApprovedReports(ctx context.Context, projectID int64) ([]domain.Report, error) {
	var filter conditions
	filter.add("project", "report.project_id = @project", arguments{"project": projectID})
	filter.add("approved", "report.state = 'approved'", nil)
	reports, err := s.reports(ctx, filter, "ORDER BY report.period DESC, report.revision DESC")
	return reports, failure("list a project's approved reports", err)
}

// ActRecords gives, for each of the objects of a kind, the latest record of an act that was done on it.
func (s *Store) ActRecords(ctx context.Context, action, kind string, objects []int64) (map[int64]domain.FigureRecord, error) {
	var rows []figureRecordRow
	err := s.query(ctx, `SELECT DISTINCT ON (a.object_id) a.object_id, a.seq, a.hash, a.actor, a.at FROM audit_record a
		WHERE a.action = @action AND a.object_kind = @kind AND a.object_id = ANY (@objects) AND a.result = 'done'
		ORDER BY a.object_id, a.seq DESC`, arguments{"action": action, "kind": kind, "objects": array[int64](objects)}).Scan(&rows).Error
	records := make(map[int64]domain.FigureRecord, len(rows))
	for _, row := range rows {
		records[row.ObjectID] = row.record()
	}
	return records, failure("find the records of an act", err)
}

// EntryRecords gives, for each of the fields of an object, the latest record of an act that changed it.
func (s *Store) EntryRecords(ctx context.Context, projectID int64, kind string, objectID int64, fields []string) (map[string]domain.FigureRecord, error) {
	var rows []figureRecordRow
	err := s.query(ctx, `SELECT DISTINCT ON (field) field, a.seq, a.hash, a.actor, a.at
		FROM audit_record a, unnest(CAST(@fields AS text[])) AS field
		WHERE a.project_id = @project AND a.object_kind = @kind AND a.object_id = @object AND a.result = 'done' AND (a.after -> field) IS NOT NULL
		ORDER BY field, a.seq DESC`, arguments{
		"project": projectID, "kind": kind, "object": objectID, "fields": array[string](fields),
	}).Scan(&rows).Error
	records := make(map[string]domain.FigureRecord, len(rows))
	for _, row := range rows {
		records[row.Field] = row.record()
	}
	return records, failure("find the records of an entry", err)
}
