package service_test

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"zhongda/domain"
	"zhongda/repository"
	"zhongda/repository/repositorytest"
	"zhongda/service"
)

// processes are servers of one installation, each with a pool of its own.
func (o *office) processes(t testing.TB, count int, with ...func(*service.Options)) []*service.Service {
	t.Helper()
	services := make([]*service.Service, count)
	for i := range services {
		store, err := repository.Open(t.Context(), o.DSN, repository.Options{MaxConns: 4})
		require.NoError(t, err)
		t.Cleanup(func() { require.NoError(t, store.Close()) })
		options := service.Options{
			Store: store, Now: func() time.Time { return o.now }, Zone: time.FixedZone("UTC+8", 8*60*60), Log: slog.New(slog.DiscardHandler),
		}
		for _, change := range with {
			change(&options)
		}
		services[i], err = service.New(options)
		require.NoError(t, err)
	}
	return services
}

// everywhere runs do twenty times in every process at the same moment and gathers what ran.
func everywhere(processes []*service.Service, do func(*service.Service) []domain.JobRun) (runs []domain.JobRun) {
	const each = 20
	var wg sync.WaitGroup
	var mu sync.Mutex
	start := make(chan struct{})
	for _, process := range processes {
		for range each {
			wg.Go(func() {
				<-start
				done := do(process)
				mu.Lock()
				defer mu.Unlock()
				runs = append(runs, done...)
			})
		}
	}
	close(start)
	wg.Wait()
	return runs
}

func names(runs []domain.JobRun) string {
	list := make([]string, len(runs))
	for i, r := range runs {
		list[i] = r.Name + " " + r.Occasion
	}
	slices.Sort(list)
	return strings.Join(list, ", ")
}

// Three processes with twenty goroutines each look at the same moment, morning after morning: every occasion runs once in
// all, and everybody has each notice once.
func TestManyProcessesShareTheJobs(t *testing.T) {
	t.Parallel()
	n := newNewsroom(t)
	n.Exec(t, "ALTER TABLE project ALTER COLUMN created_at SET DEFAULT '2026-03-15'")
	for range 7 {
		n.site(t)
	}
	post := &mailbox{}
	processes := n.processes(t, 3, func(o *service.Options) { o.Post = &service.Post{Mailer: post, URL: "https://zd.example.org"} })
	n.Exec(t, "UPDATE app_user SET email = username || '@example.org'")
	n.now = time.Date(2026, 7, 3, 0, 0, 0, 0, time.UTC) // eight in the morning, three days before June's reports are due
	run := func(s *service.Service) []domain.JobRun { return s.RunDueJobs(context.Background()) }
	require.Equal(t, "escalation 2026-07-03, lights 2026-07-03, mail -, reminders 2026-07-03", names(everywhere(processes, run)))
	require.Equal(t, "", names(everywhere(processes, run)), "not again")
	require.Equal(t, "21 21 3", n.Text(t, "SELECT concat_ws(' ', count(*), count(DISTINCT (recipient_id, object_id)), count(DISTINCT recipient_id)) FROM notice WHERE kind = 'report_due'"),
		"seven sites, an editor and two leads")

	n.now = n.now.Add(31 * time.Minute)
	require.Equal(t, "digest 2026-07-03, mail -", names(everywhere(processes, run)))
	n.now = n.now.Add(time.Minute)
	everywhere(processes, run)
	require.Equal(t, []string{"water.bureau-editor@example.org", "water.bureau-lead@example.org", "water.double@example.org"}, post.addresses(), "a letter each")
	for day := range 4 {
		n.now = n.now.Add(24 * time.Hour)
		iso := fmt.Sprintf("2026-07-%02d", 4+day)
		require.Equal(t, "digest "+iso+", escalation "+iso+", lights "+iso+", mail -, reminders "+iso, names(everywhere(processes, run)))
	}
	require.Equal(t, "0", n.Text(t, "SELECT count(*) FROM job_run WHERE attempts > 1 AND name <> 'mail' OR error <> ''"))
	require.Equal(t, "2026-07-03 report_due 21, 2026-07-06 report_due 21, 2026-07-07 report_overdue 21", n.reminded(t))
}

// reminded counts the reminders by day and kind.
func (o *office) reminded(t testing.TB) string {
	t.Helper()
	return o.Text(t, `SELECT string_agg(line, ', ' ORDER BY line) FROM (
		SELECT concat_ws(' ', occasion, kind, count(*)) AS line FROM notice WHERE kind <> 'light_red' GROUP BY occasion, kind) days`)
}

// A run that fails is tried again later, at most five times; one that breaks ends no process.
func TestAFailedRunIsTriedAgain(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	var tries []int
	failing := service.TestJob{Name: "failing", Run: func(context.Context, string) (string, error) {
		tries = append(tries, o.now.Minute())
		if len(tries) == 2 {
			panic("broken")
		}
		return "", errors.New("no luck")
	}}
	state := func() string {
		return o.Text(t, "SELECT concat_ws(' ', attempts, ended_at IS NOT NULL, error) FROM job_run WHERE name = 'failing'")
	}
	for minute := range 60 {
		o.now = time.Date(2026, 7, 1, 1, minute, 0, 0, time.UTC)
		o.RunJobs(t.Context(), failing)
		if minute == 3 {
			require.Equal(t, "2 f panic: broken", state())
		}
	}
	require.Equal(t, []int{0, 2, 6, 12, 20}, tries)
	require.Equal(t, "5 t no luck", state())
	o.now = o.now.Add(24 * time.Hour)
	o.RunJobs(t.Context(), failing)
	require.Len(t, tries, 6, "the next day is another occasion")
}

// What a crashed process began is taken up when its lease is over, and a run that was thought dead cannot end the new one.
func TestACrashedRunIsTakenUpAgain(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	two := o.processes(t, 2)
	began, release := make(chan struct{}), make(chan struct{})
	var runs atomic.Int32
	job := service.TestJob{Name: "slow", Run: func(context.Context, string) (string, error) {
		turn := runs.Add(1)
		if turn == 1 {
			close(began)
			<-release
		}
		return fmt.Sprintf("turn %d", turn), nil
	}}
	var wg sync.WaitGroup
	wg.Go(func() { two[0].RunJobs(context.Background(), job) })
	<-began
	require.Empty(t, two[1].RunJobs(t.Context(), job), "the lease holds")
	o.now = o.now.Add(service.JobLease)
	require.Equal(t, "slow 2026-07-01", names(two[1].RunJobs(t.Context(), job)))
	close(release)
	wg.Wait()
	require.Equal(t, "2 turn 2", o.Text(t, "SELECT concat_ws(' ', attempts, result) FROM job_run WHERE name = 'slow'"), "the first one's end came late")
	require.Empty(t, two[0].RunJobs(t.Context(), job))
}

// A process told to end takes up nothing more and finishes what it began.
func TestAnEndingProcessFinishesItsRun(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	ctx, end := context.WithCancel(t.Context())
	second := false
	runs := o.RunJobs(ctx, service.TestJob{Name: "first", Run: func(ctx context.Context, _ string) (string, error) {
		end()
		return "finished", ctx.Err()
	}}, service.TestJob{Name: "second", Run: func(context.Context, string) (string, error) {
		second = true
		return "", nil
	}})
	require.Equal(t, "first 2026-07-01", names(runs))
	require.False(t, second)
	require.Equal(t, "finished t", o.Text(t, "SELECT concat_ws(' ', result, ended_at IS NOT NULL) FROM job_run"))
}

func TestAJobComesDueByTheClockOfTheCity(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	job := service.TestJob{Name: "morning", Hour: 8, Minute: 30, Run: func(_ context.Context, day string) (string, error) { return day, nil }}
	often := service.TestJob{Name: "often", Every: 10 * time.Minute, Run: func(context.Context, string) (string, error) { return "", nil }}
	due := func(clock string) string {
		at, err := time.Parse(time.RFC3339, clock)
		require.NoError(t, err)
		o.now = at
		return names(o.RunJobs(t.Context(), job, often))
	}
	require.Equal(t, "often -", due("2026-06-30T18:00:00Z"))
	require.Equal(t, "often -", due("2026-07-01T08:29:59+08:00"))
	require.Equal(t, "morning 2026-07-01", due("2026-07-01T08:30:00+08:00"))
	require.Equal(t, "", due("2026-07-01T08:39:58+08:00"))
	require.Equal(t, "often -", due("2026-07-01T08:39:59+08:00"))
	require.Equal(t, "often -", due("2026-07-01T23:59:59+08:00"))
	require.Equal(t, "morning 2026-07-03, often -", due("2026-07-03T12:00:00+08:00"), "a missed day is passed over")
	runs, err := o.Store.LastJobRuns(t.Context())
	require.NoError(t, err)
	require.Equal(t, "morning 2026-07-03, often -", names(runs))
}

// Reminders follow the calendar of the duty: three days before, on the day, the day after and on Mondays; a paused project
// is asked for its quarter, one that has reported for nothing.
func TestRemindersFollowTheDuty(t *testing.T) {
	t.Parallel()
	n := newNewsroom(t)
	n.Exec(t, "ALTER TABLE project ALTER COLUMN created_at SET DEFAULT '2026-06-02'")
	n.site(t, repositorytest.Paused())
	n.site(t, repositorytest.Exited())
	n.site(t)
	n.report(t, domain.ReportSubmitted)
	n.report(t, domain.ReportReturned)
	n.Exec(t, "TRUNCATE notice")
	for day := range 31 {
		n.now = time.Date(2026, 7, 1+day, 0, 30, 0, 0, time.UTC)
		n.RunDueJobs(t.Context())
	}
	require.Equal(t, "2026-07-03 report_due 6, 2026-07-03 update_due 3, 2026-07-06 report_due 6, 2026-07-06 update_due 3, "+
		"2026-07-07 report_overdue 9, 2026-07-13 report_overdue 9, 2026-07-20 report_overdue 9, 2026-07-27 report_overdue 9", n.reminded(t))
	require.Equal(t, "2026-06 2026-07-06 1", n.Text(t, "SELECT DISTINCT concat_ws(' ', params->>'period', params->>'due', params->>'missed') FROM notice WHERE kind = 'report_overdue'"))
}
