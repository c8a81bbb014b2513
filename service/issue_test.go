package service_test

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"zhongda/domain"
	"zhongda/service"
)

// council is a newsroom whose projects need another bureau: water owns, transport must act, baoan looks on.
type council struct {
	*newsroom
	actor, stranger domain.User
}

func newCouncil(t testing.TB) *council {
	t.Helper()
	n := newNewsroom(t)
	return &council{newsroom: n, actor: n.foreign, stranger: n.member(t, "baoan", domain.RoleBureauLead)}
}

func august() domain.Date { return domain.NewDate(2026, 8, 1) }

func (c *council) draft(t testing.TB) domain.IssueDraft {
	t.Helper()
	return domain.IssueDraft{
		Type: domain.IssueLand, Title: "用地未交付", Text: "红线内两处未交地", Level: domain.LevelDistrict, Due: august(),
		ResponsibleID: c.Organisation(t, "transport").ID,
	}
}

// issue brings a fresh project's issue into a state, by the regular way; raised by the owner's editor or by the reviewer.
func (c *council) issue(t testing.TB, state domain.IssueState, by domain.User) service.IssueView {
	t.Helper()
	i, err := c.RaiseIssue(as(by), c.site(t).ID, c.draft(t))
	require.NoError(t, err)
	moves := map[domain.IssueState][]domain.IssueAction{
		domain.IssueInProgress: {domain.IssueReply}, domain.IssueResolved: {domain.IssueResolve},
		domain.IssueClosed: {domain.IssueResolve, domain.IssueClose}, domain.IssueWithdrawn: {domain.IssueWithdraw},
	}
	for _, action := range moves[state] {
		who := map[domain.IssueAction]domain.User{domain.IssueClose: c.reviewer, domain.IssueWithdraw: by}[action]
		if who.ID == 0 {
			who = c.actor
		}
		i, err = c.MoveIssue(as(who), i.ID, i.Version, issueMove(action))
		require.NoError(t, err)
	}
	require.Equal(t, state, i.State)
	return i
}

func issueMove(action domain.IssueAction) domain.IssueMove {
	return domain.IssueMove{Action: action, Text: "说明", Evidence: domain.Evidence{Document: "用地批复〔2026〕1号"}, Due: august()}
}

// TestEveryIssueStateTimesActionTimesActor generates all triples, for an issue that the bureau raised and for one that the
// Commission raised. What table, role and side allow works, grows the thread by one line and is recorded; everything else
// is refused and changes no row.
func TestEveryIssueStateTimesActionTimesActor(t *testing.T) {
	t.Parallel()
	c := newCouncil(t)
	act, see, end := []domain.IssueAction{domain.IssueReply, domain.IssueResolve}, []domain.IssueAction{domain.IssueRemark}, []domain.IssueAction{domain.IssueClose, domain.IssueReopen}
	back := []domain.IssueAction{domain.IssueWithdraw}
	join := func(lists ...[]domain.IssueAction) []domain.IssueAction { return slices.Concat(lists...) }
	type who struct {
		ctx            context.Context
		own, ofCity    []domain.IssueAction // what it may do with the bureau's own issue, and with the Commission's
		holds          []domain.IssueAction // what its role may do to some issue, wherever
		readsNot, none bool
	}
	actors := map[string]who{
		"editor":   {ctx: as(c.editor), own: join(see, back), ofCity: see, holds: join(act, see, back)},
		"lead":     {ctx: as(c.lead), own: join(see, back, end), ofCity: see, holds: join(act, see, back, end)},
		"must act": {ctx: as(c.actor), own: join(act, see), ofCity: join(act, see), holds: join(act, see, back, end)},
		"stranger": {ctx: as(c.stranger), holds: join(act, see, back, end), readsNot: true},
		"reviewer": {ctx: as(c.second), own: join(see, end), ofCity: join(see, end, back), holds: join(act, see, back, end)},
		"manager":  {ctx: as(c.manager)},
		"public":   {ctx: t.Context(), none: true},
	}
	tables := []string{"issue", "issue_entry", "project", "notice"}
	for _, raiser := range []domain.User{c.editor, c.reviewer} {
		for _, state := range domain.IssueStates() {
			for _, action := range domain.IssueActions() {
				for _, name := range slices.Sorted(maps.Keys(actors)) {
					actor := actors[name]
					story := fmt.Sprintf("%s of a %s one of %s by the %s", action, state, raiser.Username, name)
					i := c.issue(t, state, raiser)
					mine := actor.own
					if raiser.ID == c.reviewer.ID {
						mine = actor.ofCity
					}
					next, legal := state.Next(action)
					may := slices.Contains(mine, action)
					before, done, refused := fingerprint(t, c.Database, tables...), c.countRecords(t, "result = 'done'"), c.countRecords(t, "result = 'refused'")
					require.Equal(t, legal && may, slices.Contains(c.allowedOfIssue(actor.ctx, i.ID), action), story)
					after, err := c.MoveIssue(actor.ctx, i.ID, i.Version, issueMove(action))
					if legal && may {
						require.NoError(t, err, story)
						require.Equal(t, next, after.State, story)
						require.Len(t, after.Entries, len(i.Entries)+1, story)
						require.Equal(t, text(atoi(t, done)+1), c.countRecords(t, "result = 'done'"), story)
						continue
					}
					kind := domain.KindForbidden
					switch {
					case actor.none:
						kind = domain.KindUnauthenticated
					case may:
						kind = domain.KindConflict
					case actor.readsNot && slices.Contains(actor.holds, action):
						kind = domain.KindNotFound
					}
					require.Equal(t, kind, domain.KindOf(err), "%s: %v", story, err)
					require.Equal(t, before, fingerprint(t, c.Database, tables...), story)
					require.Equal(t, done, c.countRecords(t, "result = 'done'"), story)
					if kind == domain.KindForbidden || kind == domain.KindNotFound {
						require.Equal(t, text(atoi(t, refused)+1), c.countRecords(t, "result = 'refused'"), story)
					}
				}
			}
		}
	}
}

func (c *council) allowedOfIssue(ctx context.Context, id int64) []domain.IssueAction {
	view, err := c.Issue(ctx, id)
	if err != nil {
		return nil
	}
	return view.Allowed
}

// The organisation that must act answers its issue although the project is another's, and may do nothing else with it.
func TestWhoMustActAnswersButDoesNotEdit(t *testing.T) {
	t.Parallel()
	c := newCouncil(t)
	i := c.issue(t, domain.IssueOpen, c.editor)
	before := fingerprint(t, c.Database, "project", "milestone", "report")
	_, err := c.MoveIssue(as(c.actor), i.ID, i.Version, issueMove(domain.IssueReply))
	require.NoError(t, err)
	_, err = c.UpdateProject(as(c.actor), i.Project.ID, i.Project.Version, domain.ProjectChange{Summary: ptr("改")})
	require.Equal(t, "not_own_project", codeOf(t, err))
	_, err = c.StartReport(as(c.actor), i.Project.ID, month(t, "2026-06"))
	require.Equal(t, domain.KindForbidden, domain.KindOf(err))
	_, err = c.RaiseIssue(as(c.actor), i.Project.ID, c.draft(t))
	require.Equal(t, "not_own_project", codeOf(t, err))
	require.Equal(t, before, fingerprint(t, c.Database, "project", "milestone", "report"))
	page, err := c.Issues(as(c.stranger), domain.IssueFilter{}, domain.PageRequest{WithTotal: true})
	require.NoError(t, err)
	require.Zero(t, page.Total, "neither side: no row")
	for _, reader := range []domain.User{c.editor, c.actor, c.reviewer, c.manager} {
		page, err := c.Issues(as(reader), domain.IssueFilter{}, domain.PageRequest{WithTotal: true})
		require.NoError(t, err)
		require.Equal(t, 1, page.Total, reader.Username)
	}
}

// The database refuses what a forgotten check would let through: a scope of neither side writes no issue, and no scope
// deletes one.
func TestRowSecurityOfIssues(t *testing.T) {
	t.Parallel()
	c := newCouncil(t)
	i := c.issue(t, domain.IssueOpen, c.editor)
	_, err := c.issueAs(t, "baoan", i.Issue)
	require.Equal(t, "row_security", codeOf(t, err))
	for _, side := range []string{"water", "transport", "city"} {
		_, err := c.issueAs(t, side, i.Issue)
		require.NoError(t, err, side)
		i.Version++
	}
	for _, table := range []string{"issue", "issue_entry", "supervision_order", "order_entry", "meeting", "meeting_item", "meeting_decision", "order_number"} {
		require.Equal(t, "false", c.Text(t, "SELECT has_table_privilege('zhongda_app', $1, 'DELETE')", table), table)
		require.Equal(t, "false", c.Text(t, "SELECT has_table_privilege('zhongda_app', $1, 'TRUNCATE')", table), table)
	}
}

// A hundred times two people close one issue at the same moment: one effect, one line in the thread, one record, one
// notice to each person told, and the other is told that somebody was faster.
func TestOneOfTwoCloses(t *testing.T) {
	t.Parallel()
	c := newCouncil(t)
	for range 100 {
		i := c.issue(t, domain.IssueResolved, c.editor)
		errs := atOnce(
			func() error {
				_, err := c.MoveIssue(as(c.lead), i.ID, i.Version, issueMove(domain.IssueClose))
				return err
			},
			func() error {
				_, err := c.MoveIssue(as(c.reviewer), i.ID, i.Version, issueMove(domain.IssueClose))
				return err
			},
		)
		require.Equal(t, "stale_version", codeOf(t, oneLost(t, errs)))
		require.Equal(t, "1", c.Text(t, "SELECT count(*) FROM issue_entry WHERE issue_id = $1 AND action = 'close'", i.ID))
		require.Equal(t, "1", c.countRecords(t, fmt.Sprintf("action = 'issue.close' AND object_id = %d AND result = 'done'", i.ID)))
		require.Equal(t, "1", c.Text(t, "SELECT count(*) FROM notice WHERE kind = 'issue_closed' AND object_id = $1", i.ID))
	}
}

// atOnce lets all begin at the same moment.
func atOnce(all ...func() error) []error {
	var wg sync.WaitGroup
	start, errs := make(chan struct{}), make([]error, len(all))
	for n, do := range all {
		wg.Go(func() {
			<-start
			errs[n] = do()
		})
	}
	close(start)
	wg.Wait()
	return errs
}

// oneLost wants one of two to have won, and gives what the other heard.
func oneLost(t testing.TB, errs []error) error {
	t.Helper()
	lost := slices.IndexFunc(errs, func(err error) bool { return err != nil })
	require.NotEqual(t, -1, lost, "both won")
	require.NoError(t, errs[1-lost], "nobody won")
	return errs[lost]
}

func TestWhoResolvedAnIssueDoesNotCloseIt(t *testing.T) {
	t.Parallel()
	c := newCouncil(t)
	draft := c.draft(t)
	draft.ResponsibleID = c.Organisation(t, "water").ID
	i, err := c.RaiseIssue(as(c.editor), c.site(t).ID, draft)
	require.NoError(t, err)
	i, err = c.MoveIssue(as(c.lead), i.ID, i.Version, issueMove(domain.IssueResolve))
	require.NoError(t, err)
	require.NotContains(t, i.Allowed, domain.IssueClose)
	_, err = c.MoveIssue(as(c.lead), i.ID, i.Version, issueMove(domain.IssueClose))
	require.Equal(t, "issue_four_eyes", codeOf(t, err))
	_, err = c.MoveIssue(as(c.reviewer), i.ID, i.Version, issueMove(domain.IssueClose))
	require.NoError(t, err)
}

// Every roll-up counts what the list under the same filter holds, for every reader.
func TestRollupsEqualTheLists(t *testing.T) {
	t.Parallel()
	c := newCouncil(t)
	for n, state := range domain.IssueStates() {
		for _, raiser := range []domain.User{c.editor, c.reviewer} {
			i := c.issue(t, state, raiser)
			c.Exec(t, "UPDATE issue SET type = $2, level = $3, due = $4 WHERE id = $1", i.ID, string(domain.IssueTypes()[n]),
				string(domain.IssueLevels()[n%3]), []string{"2026-06-01", "2026-08-01"}[n%2])
		}
	}
	c.now = c.now.AddDate(0, 0, 10)
	count := func(reader domain.User, f domain.IssueFilter) int {
		page, err := c.Issues(as(reader), f, domain.PageRequest{WithTotal: true})
		require.NoError(t, err)
		return page.Total
	}
	lines := 0
	for _, reader := range []domain.User{c.editor, c.actor, c.stranger, c.reviewer, c.manager} {
		rollups, err := c.IssueRollups(as(reader), domain.IssueFilter{})
		require.NoError(t, err)
		for name, dimension := range map[string]struct {
			of  []domain.Rollup
			key func(f *domain.IssueFilter, key string)
		}{
			"type":        {rollups.Type, func(f *domain.IssueFilter, key string) { f.Types = []domain.IssueType{domain.IssueType(key)} }},
			"level":       {rollups.Level, func(f *domain.IssueFilter, key string) { f.Levels = []domain.IssueLevel{domain.IssueLevel(key)} }},
			"responsible": {rollups.Responsible, func(f *domain.IssueFilter, key string) { f.Responsible = []string{key} }},
			"owner":       {rollups.Owner, func(f *domain.IssueFilter, key string) { f.Owners = []string{key} }},
		} {
			all := 0
			for _, r := range dimension.of {
				for _, figure := range []struct {
					want int
					list domain.IssueFilter
				}{
					{r.Open, domain.IssueFilter{States: []domain.IssueState{domain.IssueOpen, domain.IssueInProgress, domain.IssueResolved}}},
					{r.Overdue, domain.IssueFilter{Overdue: true}},
					{r.Closed, domain.IssueFilter{States: []domain.IssueState{domain.IssueClosed}}},
					{r.Withdrawn, domain.IssueFilter{States: []domain.IssueState{domain.IssueWithdrawn}}},
				} {
					dimension.key(&figure.list, r.Key)
					require.Equal(t, figure.want, count(reader, figure.list), "%s %s for %s: %+v", name, r.Key, reader.Username, figure.list)
				}
				require.Equal(t, r.Open > 0, r.MedianAge != nil)
				if r.MedianAge != nil {
					require.InDelta(t, 10, *r.MedianAge, 0)
				}
				all += r.Open + r.Closed + r.Withdrawn
				lines++
			}
			require.Equal(t, count(reader, domain.IssueFilter{}), all, "%s for %s", name, reader.Username)
		}
	}
	require.Greater(t, lines, 20)
}

func TestRaisingAnIssue(t *testing.T) {
	t.Parallel()
	c := newCouncil(t)
	p := c.site(t)
	report := c.report(t, domain.ReportApproved)
	refused := func(change func(*domain.IssueDraft)) error {
		draft := c.draft(t)
		change(&draft)
		_, err := c.RaiseIssue(as(c.editor), p.ID, draft)
		return err
	}
	require.ErrorContains(t, refused(func(d *domain.IssueDraft) { d.Title = " " }), "title required")
	require.ErrorContains(t, refused(func(d *domain.IssueDraft) { d.Due = domain.NewDate(2026, 6, 30) }), "due due_gone_by")
	require.ErrorContains(t, refused(func(d *domain.IssueDraft) { d.ResponsibleID = 999 }), "unknown_organisation")
	require.ErrorContains(t, refused(func(d *domain.IssueDraft) { d.ReportID = report.ID }), "reportId report_not_found", "another project's report")
	_, err := c.RaiseIssue(as(c.editor), report.ProjectID, domain.IssueDraft{
		Type: domain.IssueSea, Title: "用海", Text: "用海审批", Level: domain.LevelCity, Due: august(),
		ResponsibleID: c.Organisation(t, "transport").ID, ReportID: report.ID,
	})
	require.NoError(t, err)
	c.Exec(t, "UPDATE project SET standing = 'exited', standing_reason = '撤项', standing_document = '文', standing_since = '2026-06-30' WHERE id = $1", p.ID)
	require.Equal(t, "project_exited", codeOf(t, refused(func(*domain.IssueDraft) {})))
}
