package repository

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"zhongda/domain"
)

const chainColumns = `a.seq, a.previous_hash, a.hash, a.id, a.at, a.actor_id, a.actor, a.actor_organisation, a.address,
	a.request_id, a.request, a.action, a.object_kind, a.object_id, a.project_id, a.result, a.reason,
	a.before::text, a.after::text`

// chainPage is how many records one statement reads: long chains are read in many short statements.
const chainPage = 10_000

// EachAuditRecord hands every record to use, in the order of the chain, until use fails. Records appended meanwhile are
// read too.
func (s *Store) EachAuditRecord(ctx context.Context, use func(domain.ChainedRecord) error) error {
	last := domain.ChainedRecord{Seq: -1 << 63}
	for {
		read := 0
		err := s.eachChained(ctx, `SELECT `+chainColumns+` FROM audit_record a
			WHERE (a.seq, a.id) > (@seq, @id) ORDER BY a.seq, a.id LIMIT @limit`,
			arguments{"seq": last.Seq, "id": last.ID, "limit": chainPage}, func(r domain.ChainedRecord) error {
				last, read = r, read+1
				return use(r)
			})
		if err != nil || read < chainPage {
			return err
		}
	}
}

// AuditFollowers are the records that say they follow the one with this hash; one in a whole chain.
func (s *Store) AuditFollowers(ctx context.Context, hash domain.AuditHash) (followers []domain.ChainedRecord, err error) {
	err = s.eachChained(ctx, "SELECT "+chainColumns+" FROM audit_record a WHERE a.previous_hash = @hash ORDER BY a.seq",
		arguments{"hash": hash[:]}, func(r domain.ChainedRecord) error {
			followers = append(followers, r)
			return nil
		})
	return followers, err
}

func (s *Store) eachChained(ctx context.Context, query string, args arguments, use func(domain.ChainedRecord) error) (err error) {
	rows, err := s.query(ctx, query, args).Rows()
	if err != nil {
		return failure("read the audit record", err)
	}
	defer func() { err = errors.Join(err, failure("read the audit record", rows.Close())) }()
	for rows.Next() {
		r, err := scanChained(rows)
		if err != nil {
			return failure("read an audit record", err)
		}
		if err := use(r); err != nil {
			return err
		}
	}
	return failure("read the audit record", rows.Err())
}

func scanChained(rows *sql.Rows) (r domain.ChainedRecord, err error) {
	var previous, hash sql.RawBytes
	err = rows.Scan(&r.Seq, &previous, &hash, &r.ID, &r.At, &r.ActorID, &r.Actor, &r.ActorOrganisation, &r.Address,
		&r.RequestID, &r.Request, &r.Action, &r.ObjectKind, &r.ObjectID, &r.ProjectID, &r.Result, &r.Reason, &r.Before, &r.After)
	copy(r.PreviousHash[:], previous)
	copy(r.Hash[:], hash)
	return r, err
}

// SimulationRemovals are the records of simulations that were taken away.
func (s *Store) SimulationRemovals(ctx context.Context) (removals []domain.ChainedRecord, err error) {
	err = s.eachChained(ctx, "SELECT "+chainColumns+" FROM audit_record a WHERE a.actor = @actor AND a.action = 'simulation.remove' ORDER BY a.seq",
		arguments{"actor": domain.SimulationActor}, func(r domain.ChainedRecord) error {
			removals = append(removals, r)
			return nil
		})
	return removals, err
}

type auditEndRow struct {
	Count int64
	Seq   int64
	Hash  []byte
}

// AuditAnchor is where the chain ends now; zero where nothing was recorded yet.
func (s *Store) AuditAnchor(ctx context.Context, now time.Time) (domain.AuditAnchor, error) {
	var row auditEndRow
	err := s.conn(ctx).Raw(`SELECT (SELECT count(*) FROM audit_record) AS count, a.seq, a.hash
		FROM audit_record a ORDER BY a.seq DESC LIMIT 1`).Scan(&row).Error
	anchor := domain.AuditAnchor{Count: row.Count, Seq: row.Seq, At: now}
	copy(anchor.Hash[:], row.Hash)
	return anchor, failure("read the end of the audit record", err)
}

// ApprovedHashes computes the content hash of those of the reports that are approved. One whose content cannot be read
// any more has the hash "".
func (s *Store) ApprovedHashes(ctx context.Context, ids []int64) (map[int64]string, error) {
	var rows []reportOnlyRow
	err := s.conn(ctx).Raw("SELECT "+reportColumns("report")+" FROM report WHERE report.state = 'approved' AND report.id = ANY (?)",
		array[int64](ids)).Scan(&rows).Error
	hashes := make(map[int64]string, len(rows))
	for _, row := range rows {
		hashes[row.Report.ID] = ""
		if report, err := row.Report.report(); err == nil {
			hashes[report.ID] = report.Hash()
		}
	}
	return hashes, failure("read approved reports", err)
}

// ApprovedRequestHashes is [Store.ApprovedHashes] of requests.
func (s *Store) ApprovedRequestHashes(ctx context.Context, ids []int64) (map[int64]string, error) {
	var rows []requestOnlyRow
	err := s.conn(ctx).Raw("SELECT "+requestColumns()+" FROM request WHERE request.state = 'approved' AND request.id = ANY (?)",
		array[int64](ids)).Scan(&rows).Error
	hashes := make(map[int64]string, len(rows))
	for _, row := range rows {
		hashes[row.Request.ID] = ""
		if request, err := row.Request.request(); err == nil {
			hashes[request.ID] = request.Hash()
		}
	}
	return hashes, failure("read approved requests", err)
}

// UnrecordedReport is the id of an approved report whose approval no record speaks of; zero when there is none.
func (s *Store) UnrecordedReport(ctx context.Context) (id int64, err error) {
	err = s.conn(ctx).Raw(`SELECT coalesce(min(r.id), 0) FROM report r
		WHERE r.state = 'approved' AND NOT EXISTS (SELECT FROM audit_record a
			WHERE a.action = 'report.approve' AND a.result = 'done' AND a.object_id = r.id)`).Scan(&id).Error
	return id, failure("look for unrecorded reports", err)
}

// UnrecordedRequest is [Store.UnrecordedReport] of requests.
func (s *Store) UnrecordedRequest(ctx context.Context) (id int64, err error) {
	err = s.conn(ctx).Raw(`SELECT coalesce(min(r.id), 0) FROM request r
		WHERE r.state = 'approved' AND NOT EXISTS (SELECT FROM audit_record a
			WHERE a.action = 'request.approve' AND a.result = 'done' AND a.object_id = r.id)`).Scan(&id).Error
	return id, failure("look for unrecorded requests", err)
}
