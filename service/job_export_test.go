package service

import (
	"context"
	"time"

	"zhongda/domain"
)

// TestJob is background work of a test: at a time of day, or every so often where Every is set.
type TestJob struct {
	Name         string
	Hour, Minute int
	Every        time.Duration
	Run          func(ctx context.Context, occasion string) (string, error)
}

// RunJobs does what RunDueJobs does, with a table of the test's.
func (s *Service) RunJobs(ctx context.Context, table ...TestJob) []domain.JobRun {
	jobs := make([]job, len(table))
	for i, t := range table {
		jobs[i] = job{name: t.Name, occasion: daily(t.Hour, t.Minute), every: t.Every, run: t.Run}
		if t.Every > 0 {
			jobs[i].occasion = always
		}
	}
	return s.runJobs(ctx, jobs)
}

// JobLease is how long a run may take.
const JobLease = jobLease

// NoticeSentences are the words of letters.
var NoticeSentences = noticeSentences

// MailJob is the job that empties the outbox, under a name of its own, so that several run at once.
func MailJob(s *Service, name string) TestJob {
	return TestJob{Name: name, Every: mailEvery, Run: s.sendMail}
}
