package service_test

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"zhongda/domain"
	"zhongda/repository/repositorytest"
	"zhongda/service"
)

// session brings a meeting over one fresh project into a state, with a draft of an order written down where it may be.
func (c *council) session(t testing.TB, state domain.MeetingState) (service.MeetingView, domain.Decision) {
	t.Helper()
	p := c.site(t, repositorytest.Named(fmt.Sprint("会", c.Text(t, "SELECT count(*) FROM project"), "号")))
	m, err := c.CallMeeting(as(c.reviewer), domain.MeetingDraft{
		Title: "七月调度会", HeldOn: domain.NewDate(2026, 7, 2), Filter: domain.ProjectFilter{Text: p.Name}, Sort: domain.ProjectSort{Key: domain.SortCode},
	})
	require.NoError(t, err)
	require.Len(t, m.Agenda, 1)
	var d domain.Decision
	if state != domain.MeetingPlanned {
		m, err = c.StartMeeting(as(c.reviewer), m.ID, m.Version)
		require.NoError(t, err)
		d, err = c.RecordDecision(as(c.reviewer), m.ID, p.ID, typed("月底前交地"))
		require.NoError(t, err)
	}
	if state == domain.MeetingFinished {
		d, err = c.ConfirmDecision(as(c.reviewer), m.ID, d.ID, d.Version)
		require.NoError(t, err)
		m, err = c.FinishMeeting(as(c.reviewer), m.ID, m.Version)
		require.NoError(t, err)
	}
	return m, d
}

func typed(words string) domain.DecisionChange {
	return domain.DecisionChange{Text: &words, Due: ptr(domain.NewDate(2026, 7, 31))}
}

func (c *council) inMeeting(ctx context.Context, action domain.MeetingAction, m service.MeetingView, d domain.Decision) (err error) {
	switch action {
	case domain.MeetingStart:
		_, err = c.StartMeeting(ctx, m.ID, m.Version)
	case domain.MeetingRecord:
		_, err = c.RecordDecision(ctx, m.ID, m.Agenda[0].ID, typed("另行安排"))
	case domain.MeetingAmend:
		_, err = c.AmendDecision(ctx, m.ID, d.ID, d.Version, typed("十日内交地"))
	case domain.MeetingConfirm:
		_, err = c.ConfirmDecision(ctx, m.ID, d.ID, d.Version)
	case domain.MeetingStrike:
		_, err = c.StrikeDecision(ctx, m.ID, d.ID, d.Version)
	default:
		_, err = c.FinishMeeting(ctx, m.ID, m.Version)
	}
	return err
}

// TestEveryMeetingStateTimesActionTimesActor generates all triples. Only the Commission's reviewers hold meetings.
func TestEveryMeetingStateTimesActionTimesActor(t *testing.T) {
	t.Parallel()
	c := newCouncil(t)
	actors := map[string]context.Context{
		"editor": as(c.editor), "lead": as(c.lead), "reviewer": as(c.second), "manager": as(c.manager), "public": t.Context(),
	}
	tables := []string{"meeting", "meeting_item", "meeting_decision", "supervision_order", "order_entry", "order_number", "notice"}
	for _, state := range domain.MeetingStates() {
		for _, action := range domain.MeetingActions() {
			for _, name := range slices.Sorted(maps.Keys(actors)) {
				story := fmt.Sprintf("%s in a %s one by the %s", action, state, name)
				m, d := c.session(t, state)
				if action == domain.MeetingFinish && state == domain.MeetingInSession {
					_, err := c.StrikeDecision(as(c.reviewer), m.ID, d.ID, d.Version)
					require.NoError(t, err)
				}
				before, done := fingerprint(t, c.Database, tables...), c.countRecords(t, "result = 'done'")
				_, legal := state.Next(action)
				err := c.inMeeting(actors[name], action, m, d)
				if legal && name == "reviewer" {
					require.NoError(t, err, story)
					require.NotEqual(t, before, fingerprint(t, c.Database, tables...), story)
					require.Equal(t, text(atoi(t, done)+1), c.countRecords(t, "result = 'done'"), story)
					continue
				}
				kind := map[string]domain.Kind{"public": domain.KindUnauthenticated, "reviewer": domain.KindConflict}[name]
				if kind == domain.KindInternal {
					kind = domain.KindForbidden
				}
				require.Equal(t, kind, domain.KindOf(err), "%s: %v", story, err)
				require.Equal(t, before, fingerprint(t, c.Database, tables...), story)
				require.Equal(t, done, c.countRecords(t, "result = 'done'"), story)
			}
		}
	}
}

// A hundred times two confirm one decision at the same moment: one order, one number, one record.
func TestADecisionBecomesOneOrder(t *testing.T) {
	t.Parallel()
	c := newCouncil(t)
	for round := range 100 {
		m, d := c.session(t, domain.MeetingInSession)
		errs := atOnce(
			func() error { _, err := c.ConfirmDecision(as(c.reviewer), m.ID, d.ID, d.Version); return err },
			func() error { _, err := c.ConfirmDecision(as(c.second), m.ID, d.ID, d.Version); return err },
		)
		require.Equal(t, "decision_is_settled", codeOf(t, oneLost(t, errs)))
		require.Equal(t, fmt.Sprint(round+1, " ", round+1), c.Text(t, "SELECT count(*) || ' ' || max(serial) FROM supervision_order"))
		require.Equal(t, "1", c.countRecords(t, fmt.Sprintf("action = 'meeting.confirm' AND object_id = %d AND result = 'done'", m.ID)))
	}
}

// The minutes carry the orders' numbers and cannot change once the meeting is finished, by any road.
func TestAFinishedMeetingIsFrozen(t *testing.T) {
	t.Parallel()
	c := newCouncil(t)
	m, d := c.session(t, domain.MeetingInSession)
	_, err := c.FinishMeeting(as(c.reviewer), m.ID, m.Version)
	require.Equal(t, "decisions_open", codeOf(t, err))
	d, err = c.ConfirmDecision(as(c.reviewer), m.ID, d.ID, d.Version)
	require.NoError(t, err)
	note, err := c.RecordDecision(as(c.reviewer), m.ID, d.ProjectID, domain.DecisionChange{Kind: ptr(domain.DecisionNote), Text: ptr("下次会议再议")})
	require.NoError(t, err)
	_, err = c.ConfirmDecision(as(c.reviewer), m.ID, note.ID, note.Version)
	require.NoError(t, err)
	require.Equal(t, "1", c.Text(t, "SELECT count(*) FROM supervision_order"), "a note is no order")
	finished, err := c.FinishMeeting(as(c.reviewer), m.ID, m.Version)
	require.NoError(t, err)
	require.Equal(t, finished.Minutes(finished.Agenda, finished.Decisions), finished.Hash)
	require.Equal(t, "督2026-0001", finished.Decisions[0].OrderNumber.String())
	order, err := c.Order(as(c.actor), d.OrderID)
	require.Equal(t, "order_not_found", codeOf(t, err), "the owner's, not transport's: %v", order.ID)
	order, err = c.Order(as(c.lead), d.OrderID)
	require.NoError(t, err)
	require.Equal(t, m.ID, order.MeetingID)
	finished.Decisions[0].Text = "另一句"
	require.NotEqual(t, finished.Minutes(finished.Agenda, finished.Decisions), finished.Hash)
	c.Exec(t, `CREATE FUNCTION refused(statement text) RETURNS text LANGUAGE plpgsql AS $$
		DECLARE broken text; BEGIN EXECUTE statement; RETURN ''; EXCEPTION WHEN OTHERS THEN
		GET STACKED DIAGNOSTICS broken = CONSTRAINT_NAME; RETURN broken; END $$`)
	for statement, constraint := range map[string]string{
		"UPDATE meeting SET title = '改'": "meeting_frozen", "UPDATE meeting_decision SET text = '改'": "decision_settled",
		"INSERT INTO meeting_decision (meeting_id, project_id, kind, text, state, written_by, at) SELECT meeting_id, project_id, 'note', '补', 'confirmed', 'x', now() FROM meeting_item": "meeting_frozen",
	} {
		require.Equal(t, constraint, c.Text(t, "SELECT refused($1)", statement), statement)
	}
}

func TestCallingAMeeting(t *testing.T) {
	t.Parallel()
	c := newCouncil(t)
	first, second := c.site(t, repositorytest.Named("乙")), c.site(t, repositorytest.Named("甲"))
	draft := domain.MeetingDraft{Title: "会", HeldOn: august(), Sort: domain.ProjectSort{Key: domain.SortCode, Descending: true}}
	m, err := c.CallMeeting(as(c.reviewer), draft)
	require.NoError(t, err)
	require.Equal(t, []int64{second.ID, first.ID}, []int64{m.Agenda[0].ID, m.Agenda[1].ID}, "in the order of the list")
	require.Equal(t, "2", c.Text(t, "SELECT after->>'projects' FROM audit_record WHERE action = 'meeting.call'"))
	again, err := c.CallMeeting(as(c.reviewer), draft)
	require.NoError(t, err)
	require.Equal(t, m.FilterHash, again.FilterHash)
	c.site(t)
	more, err := c.CallMeeting(as(c.reviewer), draft)
	require.NoError(t, err)
	require.NotEqual(t, m.FilterHash, more.FilterHash, "the hash covers what was chosen")
	same, err := c.Meeting(as(c.manager), m.ID)
	require.NoError(t, err)
	require.Len(t, same.Agenda, 2, "frozen")
	require.Empty(t, same.Allowed, "a manager reads")
	draft.Filter.Text = "无此项目"
	_, err = c.CallMeeting(as(c.reviewer), draft)
	require.Equal(t, "agenda_empty", codeOf(t, err))
	other := c.site(t)
	m, _ = c.session(t, domain.MeetingInSession)
	_, err = c.RecordDecision(as(c.reviewer), m.ID, other.ID, typed("交地"))
	var refused *domain.Error
	require.ErrorAs(t, err, &refused)
	require.Equal(t, "projectId not_on_agenda", refused.Fields[0].Field+" "+refused.Fields[0].Code)
}
