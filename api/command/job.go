package command

import (
	"context"
	"time"

	"zhongda/domain"
)

// jobPoll is how often a process looks for background work that is due.
const jobPoll = 15 * time.Second

// runJobs looks for due work until ctx ends, and returns when what it began has ended.
func (p *product) runJobs(ctx context.Context) {
	ticker := time.NewTicker(jobPoll)
	defer ticker.Stop()
	for ctx.Err() == nil {
		for _, run := range p.service.RunDueJobs(ctx) {
			p.metrics.CountJob(run.Name, run.Error == "")
		}
		select {
		case <-ctx.Done():
		case <-ticker.C:
		}
	}
}

// jobState says for the operator how the last run of a job went.
func jobState(run domain.JobRun, zone *time.Location) string {
	const minute = "2006-01-02 15:04"
	when := run.StartedAt.In(zone).Format(minute)
	switch {
	case run.Error != "":
		return "last try " + when + " failed: " + run.Error
	case run.EndedAt.IsZero():
		return "running since " + when
	default:
		return "ok, " + when + ": " + run.Result
	}
}
