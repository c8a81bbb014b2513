package service

import (
	"context"
	"fmt"
	"time"

	"zhongda/domain"
)

// job is work that nobody asks for: done once for each occasion, by whichever of the processes comes first. Occasion
// names the one due at a local time, "" for none; a job with Every has one occasion, taken anew that long after its last
// start. Run says in words what it did; it must bear being done again after a crash.
type job struct {
	name     string
	occasion func(local time.Time) string
	every    time.Duration
	run      func(ctx context.Context, occasion string) (result string, err error)
}

// jobs is the table of all background work, in the order in which a process looks for it.
func (s *Service) jobs() []job {
	return []job{
		{name: "lights", occasion: daily(0, 5), run: s.relight},
		{name: "reminders", occasion: daily(7, 0), run: s.remind},
		{name: "escalation", occasion: daily(7, 15), run: s.escalate},
		{name: "digest", occasion: daily(8, 30), run: s.writeDigests},
		{name: "mail", occasion: always, every: mailEvery, run: s.sendMail},
	}
}

// daily is the day itself from a time on. A day on which no process ran is passed over: what it would have told is told
// by the next.
func daily(hour, minute int) func(time.Time) string {
	return func(local time.Time) string {
		if local.Hour()*60+local.Minute() < hour*60+minute {
			return ""
		}
		return domain.DateOf(local).String()
	}
}

func always(time.Time) string { return "-" }

// A run that has not ended after jobLease is taken for dead. A failed one is tried again, a little later each time.
const (
	jobLease = 5 * time.Minute
	jobTries = 5
	jobRetry = 2 * time.Minute
	jobGrace = 15 * time.Second // for what runs when the process is told to end
)

// RunDueJobs does what is due now and nobody else has taken, one job after the other, and tells the runs. It takes up
// nothing more once ctx ends, but finishes what it began, within its lease.
func (s *Service) RunDueJobs(ctx context.Context) []domain.JobRun { return s.runJobs(ctx, s.jobs()) }

func (s *Service) runJobs(ctx context.Context, jobs []job) (runs []domain.JobRun) {
	for _, j := range jobs {
		if ctx.Err() != nil {
			break
		}
		if run, taken := s.takeJob(ctx, j); taken {
			runs = append(runs, run)
		}
	}
	return runs
}

func (s *Service) takeJob(ctx context.Context, j job) (run domain.JobRun, taken bool) {
	now := s.now()
	run = domain.JobRun{Name: j.name, Occasion: j.occasion(now.In(s.zone)), StartedAt: now}
	if run.Occasion == "" {
		return run, false
	}
	ctx, cancel := graceful(ctx)
	defer cancel()
	var err error
	run.Attempts, err = s.store.ClaimJob(ctx, domain.JobClaim{
		Name: j.name, Occasion: run.Occasion, Now: now, Lease: jobLease, Tries: jobTries, Again: j.every,
	})
	if err != nil {
		s.log.ErrorContext(ctx, "job not taken", "job", j.name, "error", err)
		return run, false
	}
	if run.Attempts == 0 {
		return run, false
	}
	s.runJob(ctx, j, &run)
	return run, true
}

// graceful outlives the end of ctx by jobGrace, and ends with the lease.
func graceful(ctx context.Context) (context.Context, context.CancelFunc) {
	lasting, cancel := context.WithTimeout(context.WithoutCancel(ctx), jobLease)
	stop := context.AfterFunc(ctx, func() {
		timer := time.AfterFunc(jobGrace, cancel)
		context.AfterFunc(lasting, func() { timer.Stop() })
	})
	return lasting, func() { stop(); cancel() }
}

func (s *Service) runJob(ctx context.Context, j job, run *domain.JobRun) {
	var err error
	var retryAt time.Time
	if run.Result, err = attempt(ctx, j, run.Occasion); err != nil {
		run.Error = err.Error()
		s.log.ErrorContext(ctx, "job failed", "job", j.name, "occasion", run.Occasion, "attempt", run.Attempts, "error", err)
	}
	now := s.now()
	if err == nil || run.Attempts >= jobTries || j.every > 0 {
		run.EndedAt = now
	} else {
		retryAt = now.Add(jobRetry * time.Duration(run.Attempts))
	}
	ending, cancel := context.WithTimeout(context.WithoutCancel(ctx), 10*time.Second)
	defer cancel()
	if err := s.store.EndJob(ending, *run, retryAt); err != nil {
		s.log.ErrorContext(ctx, "end of a job not written", "job", j.name, "error", err)
	}
}

// attempt keeps a job that breaks from ending the process: it fails like any other.
func attempt(ctx context.Context, j job, occasion string) (result string, err error) {
	defer func() {
		if broken := recover(); broken != nil {
			err = fmt.Errorf("panic: %v", broken)
		}
	}()
	return j.run(ctx, occasion)
}
