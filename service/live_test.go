package service_test

import (
	"context"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"zhongda/domain"
	"zhongda/repository"
	"zhongda/repository/repositorytest"
	"zhongda/service"
)

// Waiting for what must come is bounded by soon; it does not make a test slow that passes.
const soon = 20 * time.Second

// listening feeds the streams of the service from its database until the test ends. It waits until a stream has been told
// to start over: the database knows its listener a moment before the streams do, and one opened in between would be told
// to start over in the middle of a test.
func (o *office) listening(t testing.TB) (stop func()) {
	t.Helper()
	witness := o.follow(t, o.NewUser(t, "witness", "drc", domain.RoleManager))
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan struct{})
	go func() { defer close(done); o.ListenForChanges(ctx) }()
	stop = func() { cancel(); <-done }
	t.Cleanup(stop)
	require.True(t, witness.next().Resync, "nobody listens")
	witness.Close()
	return stop
}

const listenerQuery = "FROM pg_stat_activity WHERE datname = current_database() AND state = 'idle' AND query = 'LISTEN zhongda_change'"

func listeners(t testing.TB, city *repositorytest.City) string {
	t.Helper()
	return city.Text(t, "SELECT count(*) "+listenerQuery)
}

// reader is somebody with a page open.
type reader struct {
	*service.Stream
	t testing.TB
}

func (o *office) follow(t testing.TB, u domain.User) reader {
	t.Helper()
	s, err := o.Follow(as(u))
	require.NoError(t, err)
	t.Cleanup(s.Close)
	return reader{s, t}
}

func (r reader) next() domain.Bulletin {
	r.t.Helper()
	ctx, cancel := context.WithTimeout(r.t.Context(), soon)
	defer cancel()
	b, err := r.Next(ctx)
	require.NoError(r.t, err)
	return b
}

// until gathers what is told up to a mark: a change that everybody hears of, made after the rest. Who is told to start
// over is told nothing else, and would wait for the mark for ever.
func (r reader) until(mark int64) (heard []string) {
	r.t.Helper()
	began := time.Now()
	for marked := false; !marked; {
		require.Less(r.t, time.Since(began), soon, "the mark is not heard")
		told := r.next()
		require.False(r.t, told.Resync, "told to start over")
		for _, n := range told.News {
			marked = marked || n.Noun == domain.LiveProject && slices.Contains(n.Projects, mark)
			ids := slices.DeleteFunc(n.IDs, func(id int64) bool { return n.Noun == domain.LiveProject && id == mark })
			if len(ids) > 0 {
				heard = append(heard, fmt.Sprint(n.Noun, ids))
			}
		}
	}
	slices.Sort(heard)
	return slices.Compact(heard)
}

func touch(t testing.TB, city *repositorytest.City, projectID int64) {
	t.Helper()
	city.Exec(t, "UPDATE project SET summary = summary || '。' WHERE id = $1", projectID)
}

func TestAChangeIsToldOnceItIsCommittedAndNeverWhenUndone(t *testing.T) {
	t.Parallel()
	n := newNewsroom(t)
	p, mark := n.site(t), n.NewProject(t)
	n.listening(t)
	r := n.follow(t, n.manager)
	failed := n.Store.Write(t.Context(), domain.ScopeAll(), func(tx *repository.Store) error {
		_, err := tx.CreateMilestone(t.Context(), domain.Milestone{ProjectID: p.ID, Kind: domain.MilestoneStart, Name: "开工"})
		require.NoError(t, err)
		return context.Canceled
	})
	require.ErrorIs(t, failed, context.Canceled)
	touch(t, n.City, mark.ID)
	require.Empty(t, r.until(mark.ID), "undone")

	_, err := n.UpdateProject(as(n.editor), p.ID, p.Version, domain.ProjectChange{Summary: ptr("新概况")})
	require.NoError(t, err)
	require.Equal(t, domain.Bulletin{News: []domain.News{{Noun: domain.LiveProject, IDs: []int64{p.ID}, Projects: []int64{p.ID}}}}, r.next())
}

// A report belongs to its bureau and the Commission; another bureau must not even learn that one is being written.
func TestEachHearsOnlyOfWhatTheyMayRead(t *testing.T) {
	t.Parallel()
	n := newNewsroom(t)
	admin := n.member(t, "drc", domain.RoleSysAdmin)
	auditor := n.member(t, "drc", domain.RoleAuditor)
	asked := n.NewUser(t, "asked", "baoan-water", domain.RoleBureauLead)
	p, mark := n.site(t), n.NewProject(t)
	n.listening(t)
	readers := map[string]reader{
		"editor": n.follow(t, n.editor), "foreign": n.follow(t, n.foreign), "reviewer": n.follow(t, n.reviewer),
		"manager": n.follow(t, n.manager), "asked": n.follow(t, asked),
	}
	deaf := map[string]reader{"sysadmin": n.follow(t, admin), "auditor": n.follow(t, auditor)}

	report, err := n.StartReport(as(n.editor), p.ID, month(t, "2026-06"))
	require.NoError(t, err)
	due, err := domain.ParseDate("2026-08-01")
	require.NoError(t, err)
	issue, err := n.RaiseIssue(as(n.editor), p.ID, domain.IssueDraft{
		Type: domain.IssueLand, Title: "用地", Text: "未交地", ResponsibleID: n.Organisation(t, "baoan-water").ID, Level: domain.LevelDistrict, Due: due,
	})
	require.NoError(t, err)
	touch(t, n.City, mark.ID)

	aboutReport, aboutIssue := fmt.Sprint(domain.LiveReport, []int64{report.ID}), fmt.Sprint(domain.LiveIssue, []int64{issue.ID})
	for name, want := range map[string][]string{
		"editor": {aboutIssue, aboutReport}, "reviewer": {aboutIssue, aboutReport}, "manager": {aboutIssue, aboutReport},
		"foreign": nil, "asked": {aboutIssue, fmt.Sprint(domain.LiveNotice, []int64{asked.ID})},
	} {
		require.Equal(t, want, readers[name].until(mark.ID), name)
	}
	require.Empty(t, n.follow(t, n.foreign).until(mark.ID), "what was told lately is told by the same rule")
	n.Exec(t, "UPDATE app_user SET version = version + 1 WHERE id = $1", auditor.ID)
	require.Equal(t, []domain.News{{Noun: domain.LiveUser, IDs: []int64{auditor.ID}}}, deaf["sysadmin"].next().News, "accounts, and nothing of projects before")
	n.BeatEvery(time.Millisecond)
	n.Exec(t, "INSERT INTO session (user_id, token_hash, created_at, last_seen_at, address, user_agent) VALUES ($1, 'x', $2, $2, '', '')", auditor.ID, n.now)
	n.Exec(t, "UPDATE session SET ended_at = $1", n.now)
	require.Equal(t, domain.Bulletin{End: domain.StreamSessionEnded}, deaf["auditor"].next(), "the auditor hears of nothing but the end")
}

func TestANoticeIsToldToItsRecipientAlone(t *testing.T) {
	t.Parallel()
	n := newNewsroom(t)
	p, mark := n.site(t), n.NewProject(t)
	n.listening(t)
	mine, others := n.follow(t, n.lead), n.follow(t, n.editor)
	n.Exec(t, `INSERT INTO notice (recipient_id, kind, project_id, object_kind, object_id, occasion, params, actor, at)
		VALUES ($1, 'report_due', $2, 'project', $2, '2026-06', '{}', '', $3)`, n.lead.ID, p.ID, n.now)
	touch(t, n.City, mark.ID)
	require.Equal(t, []string{fmt.Sprint(domain.LiveNotice, []int64{n.lead.ID})}, mine.until(mark.ID))
	require.Empty(t, others.until(mark.ID))
}

// A reader who takes nothing costs little and holds nobody up.
func TestASlowReaderHearsOfMany(t *testing.T) {
	t.Parallel()
	n := newNewsroom(t)
	slow, other := n.follow(t, n.manager), n.follow(t, n.reviewer)
	for id := range int64(100_000) {
		n.Tell(domain.Change{Noun: domain.LiveProject, ID: id + 1, Project: id + 1})
	}
	require.Equal(t, []domain.News{{Noun: domain.LiveProject, Many: true}}, other.next().News)
	require.Equal(t, []domain.News{{Noun: domain.LiveProject, Many: true}}, slow.next().News)
	n.Tell(domain.Change{Noun: domain.LiveProject, ID: 7, Project: 7})
	require.Equal(t, []domain.News{{Noun: domain.LiveProject, IDs: []int64{7}, Projects: []int64{7}}}, slow.next().News, "named again afterwards")
}

func TestTheStreamEndsWithItsSession(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	o.account(t, "known", domain.RoleManager)
	o.listening(t)
	open := func() (reader, context.Context) {
		actor, err := o.Identify(t.Context(), o.signIn(t, "known"))
		require.NoError(t, err)
		ctx := domain.WithActor(t.Context(), actor)
		s, err := o.Follow(ctx)
		require.NoError(t, err)
		t.Cleanup(s.Close)
		return reader{s, t}, ctx
	}
	left, leaving := open()
	stays, _ := open()
	require.NoError(t, o.SignOut(leaving))
	require.Equal(t, domain.Bulletin{End: domain.StreamSessionEnded}, left.next())
	require.Equal(t, domain.Bulletin{End: domain.StreamSessionEnded}, left.next(), "the end stays")
	o.Tell(domain.Change{Noun: domain.LiveProject, ID: 7, Project: 7})
	require.NotEmpty(t, stays.next().News)

	o.BeatEvery(time.Millisecond)
	idle, _ := open()
	for range 3 {
		require.Empty(t, idle.next().End, "alive")
	}
	o.now = o.now.Add(domain.SessionIdle)
	for {
		if b := idle.next(); b.End != "" {
			require.Equal(t, domain.StreamSessionEnded, b.End, "a stream is no use of the session")
			return
		}
	}
}

func TestTheOldestStreamMakesRoom(t *testing.T) {
	t.Parallel()
	n := newNewsroom(t)
	other := n.follow(t, n.editor)
	first := n.follow(t, n.manager)
	for range domain.StreamsPerUser - 1 {
		n.follow(t, n.manager)
	}
	require.Equal(t, domain.StreamsPerUser+1, n.Streams())
	last := n.follow(t, n.manager)
	require.Equal(t, domain.Bulletin{End: domain.StreamSuperseded}, first.next())
	n.Tell(domain.Change{Noun: domain.LiveProject, ID: 7, Project: 7})
	require.NotEmpty(t, last.next().News)
	require.NotEmpty(t, other.next().News)
	first.Close()
	require.Equal(t, domain.StreamsPerUser+1, n.Streams())
}

// Readers are told that they may have missed something, and hear again what follows.
func TestALostConnectionIsMadeAnew(t *testing.T) {
	t.Parallel()
	n := newNewsroom(t)
	p := n.site(t)
	n.listening(t)
	r := n.follow(t, n.manager)
	require.Equal(t, "1", n.Text(t, "SELECT count(pg_terminate_backend(pid)) "+listenerQuery))
	require.Equal(t, domain.Bulletin{Resync: true}, r.next())
	var heard domain.Bulletin
	for len(heard.News) == 0 { // what is touched before the connection is back is lost, and said so by another resync
		touch(t, n.City, p.ID)
		heard = r.next()
		require.True(t, heard.Resync || len(heard.News) > 0)
	}
	require.Equal(t, []int64{p.ID}, heard.News[0].IDs)
}

func TestStoppingEndsTheStreams(t *testing.T) {
	t.Parallel()
	n := newNewsroom(t)
	stop := n.listening(t)
	r := n.follow(t, n.manager)
	stop()
	require.Equal(t, domain.Bulletin{End: domain.StreamStopping}, r.next())
	require.Equal(t, domain.Bulletin{End: domain.StreamStopping}, n.follow(t, n.editor).next(), "and each that comes later")
	require.Eventually(t, func() bool { return listeners(t, n.City) == "0" }, soon, time.Millisecond, "the connection stays")
}

func TestThePublicHearsNothing(t *testing.T) {
	t.Parallel()
	_, err := newOffice(t).Follow(t.Context())
	require.Equal(t, "sign_in_required", codeOf(t, err))
}
