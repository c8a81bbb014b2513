package repository

import (
	"context"
	"time"

	"zhongda/domain"
)

// ClaimJob takes an occasion for the caller alone, in one statement, so that of any number of processes one gets it.
// Attempt names the claim; it is zero where another has the occasion or it is over.
func (s *Store) ClaimJob(ctx context.Context, c domain.JobClaim) (attempt int, err error) {
	const query = `INSERT INTO job_run AS run (name, occasion, started_at, lease_until) VALUES (@name, @occasion, @now, @until)
		ON CONFLICT ON CONSTRAINT job_run_pk DO UPDATE
		SET attempts = run.attempts + 1, started_at = @now, lease_until = @until, ended_at = NULL
		WHERE CASE WHEN run.ended_at IS NULL THEN run.lease_until <= @now AND (@again OR run.attempts < @tries)
			ELSE @again AND run.started_at <= @before END
		RETURNING attempts`
	err = s.query(ctx, query, arguments{
		"name": c.Name, "occasion": c.Occasion, "now": c.Now, "until": c.Now.Add(c.Lease), "tries": c.Tries,
		"again": c.Again > 0, "before": c.Now.Add(-c.Again),
	}).Scan(&attempt).Error
	return attempt, failure("take a job", err)
}

// EndJob writes how a claim ended, unless another has taken the occasion since. A run with RetryAt waits until then to be
// taken up again.
func (s *Store) EndJob(ctx context.Context, run domain.JobRun, retryAt time.Time) error {
	const query = `UPDATE job_run SET result = @result, error = @error, ended_at = @ended,
			lease_until = coalesce(@retry, lease_until)
		WHERE name = @name AND occasion = @occasion AND attempts = @attempt AND ended_at IS NULL`
	err := s.conn(ctx).Exec(query, map[string]any{
		"result": run.Result, "error": run.Error, "ended": orNull(run.EndedAt), "retry": orNull(retryAt),
		"name": run.Name, "occasion": run.Occasion, "attempt": run.Attempts,
	}).Error
	return failure("end a job", err)
}

type jobRunRow struct {
	Name      string
	Occasion  string
	Attempts  int
	StartedAt time.Time
	EndedAt   *time.Time
	Result    string
	Error     string
}

// LastJobRuns is the latest occasion of every job that ever ran, by name.
func (s *Store) LastJobRuns(ctx context.Context) ([]domain.JobRun, error) {
	var rows []jobRunRow
	err := s.conn(ctx).Raw(`SELECT DISTINCT ON (name) name, occasion, attempts, started_at, ended_at, result, error
		FROM job_run ORDER BY name, started_at DESC`).Scan(&rows).Error
	if err != nil {
		return nil, failure("list the jobs", err)
	}
	runs := make([]domain.JobRun, len(rows))
	for i, r := range rows {
		runs[i] = domain.JobRun{
			Name: r.Name, Occasion: r.Occasion, Attempts: r.Attempts, StartedAt: r.StartedAt, EndedAt: deref(r.EndedAt),
			Result: r.Result, Error: r.Error,
		}
	}
	return runs, nil
}
