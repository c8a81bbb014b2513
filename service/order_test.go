package service_test

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"zhongda/domain"
	"zhongda/repository"
	"zhongda/service"
)

// issueAs writes an issue back within the scope of an organisation, past every check of the use cases.
func (c *council) issueAs(t testing.TB, organisation string, i domain.Issue) (version int64, err error) {
	t.Helper()
	scope := domain.ScopeSubtree(c.Organisation(t, organisation).ID)
	err = c.Store.Write(t.Context(), scope, func(tx *repository.Store) error {
		version, err = tx.UpdateIssue(t.Context(), i, i.State)
		return err
	})
	return version, err
}

func demand() domain.OrderDraft {
	return domain.OrderDraft{Demand: "说明原因并提出整改措施", Due: domain.NewDate(2026, 7, 15)}
}

func orderMove(action domain.OrderAction) domain.OrderMove {
	return domain.OrderMove{Action: action, Text: "说明", Evidence: domain.Evidence{Document: "整改报告"}}
}

// order brings a fresh project's order to the transport bureau into a state, by the regular way.
func (c *council) order(t testing.TB, state domain.OrderState) service.OrderView {
	t.Helper()
	draft := demand()
	draft.AddresseeID = c.Organisation(t, "transport").ID
	o, err := c.IssueOrder(as(c.reviewer), c.site(t).ID, draft)
	require.NoError(t, err)
	moves := map[domain.OrderState][]domain.OrderAction{
		domain.OrderAcknowledged: {domain.OrderAcknowledge}, domain.OrderAnswered: {domain.OrderAcknowledge, domain.OrderAnswer},
		domain.OrderClosed: {domain.OrderAcknowledge, domain.OrderAnswer, domain.OrderClose}, domain.OrderWithdrawn: {domain.OrderWithdraw},
	}
	for _, action := range moves[state] {
		who := c.actor
		if action == domain.OrderClose || action == domain.OrderWithdraw {
			who = c.reviewer
		}
		o, err = c.MoveOrder(as(who), o.ID, o.Version, orderMove(action))
		require.NoError(t, err)
	}
	require.Equal(t, state, o.State)
	return o
}

// TestEveryOrderStateTimesActionTimesActor generates all triples of an order about water's project to transport.
func TestEveryOrderStateTimesActionTimesActor(t *testing.T) {
	t.Parallel()
	c := newCouncil(t)
	answers := []domain.OrderAction{domain.OrderAcknowledge, domain.OrderAnswer}
	decides := []domain.OrderAction{domain.OrderClose, domain.OrderSendBack, domain.OrderWithdraw}
	actors := map[string]struct {
		ctx        context.Context
		may, holds []domain.OrderAction
		reads      bool
	}{
		"owner's editor": {as(c.editor), nil, nil, true},
		"owner's lead":   {as(c.lead), nil, answers, true},
		"addressee":      {as(c.actor), answers, answers, true},
		"stranger":       {as(c.stranger), nil, answers, false},
		"reviewer":       {as(c.second), decides, decides, true},
		"manager":        {as(c.manager), nil, nil, true},
		"public":         {t.Context(), nil, nil, false},
	}
	tables := []string{"supervision_order", "order_entry", "order_number", "project", "notice"}
	for _, state := range domain.OrderStates() {
		for _, action := range domain.OrderActions() {
			for _, name := range slices.Sorted(maps.Keys(actors)) {
				actor := actors[name]
				story := fmt.Sprintf("%s of an %s one by the %s", action, state, name)
				o := c.order(t, state)
				next, legal := state.Next(action)
				may := slices.Contains(actor.may, action)
				before, done, refused := fingerprint(t, c.Database, tables...), c.countRecords(t, "result = 'done'"), c.countRecords(t, "result = 'refused'")
				view, err := c.Order(actor.ctx, o.ID)
				require.Equal(t, actor.reads, err == nil, story)
				require.Equal(t, legal && may, slices.Contains(view.Allowed, action), story)
				after, err := c.MoveOrder(actor.ctx, o.ID, o.Version, orderMove(action))
				if legal && may {
					require.NoError(t, err, story)
					require.Equal(t, next, after.State, story)
					require.Len(t, after.Entries, len(o.Entries)+1, story)
					require.Equal(t, text(atoi(t, done)+1), c.countRecords(t, "result = 'done'"), story)
					continue
				}
				kind := domain.KindForbidden
				switch {
				case name == "public":
					kind = domain.KindUnauthenticated
				case may:
					kind = domain.KindConflict
				case !actor.reads && slices.Contains(actor.holds, action):
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

// A hundred times two reviewers close one order at the same moment.
func TestOneOfTwoClosesAnOrder(t *testing.T) {
	t.Parallel()
	c := newCouncil(t)
	for range 100 {
		o := c.order(t, domain.OrderAnswered)
		errs := atOnce(
			func() error {
				_, err := c.MoveOrder(as(c.reviewer), o.ID, o.Version, orderMove(domain.OrderClose))
				return err
			},
			func() error {
				_, err := c.MoveOrder(as(c.second), o.ID, o.Version, orderMove(domain.OrderClose))
				return err
			},
		)
		require.Equal(t, "stale_version", codeOf(t, oneLost(t, errs)))
		require.Equal(t, "1", c.Text(t, "SELECT count(*) FROM order_entry WHERE order_id = $1 AND action = 'close'", o.ID))
		require.Equal(t, "1", c.countRecords(t, fmt.Sprintf("action = 'order.close' AND object_id = %d AND result = 'done'", o.ID)))
		require.Equal(t, "1", c.Text(t, "SELECT count(*) FROM notice WHERE kind = 'order_closed' AND object_id = $1", o.ID))
	}
}

// Numbers run without a gap within a year, also when many issue at once and some are refused in the end.
func TestNumbersHaveNoGap(t *testing.T) {
	t.Parallel()
	c := newCouncil(t)
	site := c.site(t).ID
	var all []func() error
	for n := range 24 {
		draft := demand()
		if n%3 == 0 {
			draft.Due = domain.NewDate(2026, 1, 1)
		}
		all = append(all, func() error { _, err := c.IssueOrder(as(c.reviewer), site, draft); return err })
	}
	refused := 0
	for _, err := range atOnce(all...) {
		if err != nil {
			require.ErrorContains(t, err, "due_gone_by")
			refused++
		}
	}
	require.Equal(t, 8, refused)
	require.Equal(t, "16 1 16", c.Text(t, "SELECT concat_ws(' ', count(DISTINCT serial), min(serial), max(serial)) FROM supervision_order WHERE year = 2026"))
	c.Exec(t, "REVOKE INSERT ON order_entry FROM zhongda_app") // fails after the number was taken
	_, err := c.IssueOrder(as(c.reviewer), site, demand())
	require.Error(t, err)
	c.Exec(t, "GRANT INSERT ON order_entry TO zhongda_app")
	o, err := c.IssueOrder(as(c.reviewer), site, demand())
	require.NoError(t, err)
	require.Equal(t, "督2026-0017", o.Number.String(), "a number given up is given again")
	c.now = time.Date(2027, time.January, 1, 1, 0, 0, 0, c.now.Location())
	draft := demand()
	draft.Due = domain.NewDate(2027, 2, 1)
	o, err = c.IssueOrder(as(c.reviewer), site, draft)
	require.NoError(t, err)
	require.Equal(t, "督2027-0001", o.Number.String())
}

// An order keeps what the project showed when it was issued.
func TestAnOrderKeepsItsCause(t *testing.T) {
	t.Parallel()
	c := newCouncil(t)
	change := filled(t)
	change.Light, change.LightText = ptr(domain.LightRed), ptr("用地未交付，进度滞后")
	p := c.site(t)
	c.file(t, p.ID, "2026-06", change)
	o, err := c.IssueOrder(as(c.reviewer), p.ID, demand())
	require.NoError(t, err)
	require.Equal(t, "water", o.Addressee.Code, "nobody named: the owner")
	c.Exec(t, "UPDATE project SET owner_light = 'green', progress = 99 WHERE id = $1", p.ID)
	read, err := c.Order(as(c.manager), o.ID)
	require.NoError(t, err)
	require.Equal(t, "red 10.5 2026-06 implementation 用地未交付，进度滞后", strings.Join([]string{
		string(read.Cause.OwnerLight), read.Cause.Progress, read.Cause.Period, string(read.Cause.Stage), read.Cause.Words,
	}, " "))
	require.Equal(t, []any{domain.RuleGrey, domain.Light(""), 0}, []any{read.Cause.RuleLight, read.Cause.ReviewerLight, len(read.Cause.Clauses)})
	_, err = c.IssueOrder(as(c.reviewer), c.site(t).ID, domain.OrderDraft{Demand: "协调", Due: august(), IssueID: c.issue(t, domain.IssueOpen, c.editor).ID})
	require.ErrorContains(t, err, "issueId issue_not_found", "another project's issue")
}

// The bureau says green, the rule red, the Commission yellow: the order keeps all three, and the clause with its figures,
// whatever is judged later. An order of before the rule's light was kept reads as it was written.
func TestAnOrderKeepsTheRulesLightBesideTheOwners(t *testing.T) {
	t.Parallel()
	c := newCouncil(t)
	c.now = time.Date(2026, time.December, 10, 1, 0, 0, 0, c.now.Location())
	p := c.site(t)
	c.Exec(t, "UPDATE project SET owner_light = 'green', created_at = '2026-03-15' WHERE id = $1", p.ID)
	_, err := c.RefreshLights(t.Context())
	require.NoError(t, err)
	_, err = c.SetReviewerLight(as(c.reviewer), service.LightReview{
		ProjectID: p.ID, Light: domain.LightYellow, Words: "用地即将交付", Saw: domain.SeenLights{Rule: domain.RuleRed, Owner: domain.LightGreen},
	})
	require.NoError(t, err)
	draft := demand()
	draft.Due = domain.NewDate(2026, 12, 31)
	o, err := c.IssueOrder(as(c.reviewer), p.ID, draft)
	require.NoError(t, err)
	c.Exec(t, `UPDATE project SET rule_light = 'green', verdict = '{"light":"green","rule":1,"clauses":[]}', owner_light = 'yellow' WHERE id = $1`, p.ID)
	read, err := c.Order(as(c.manager), o.ID)
	require.NoError(t, err)
	cause := read.Cause
	require.Equal(t, []any{domain.RuleRed, 1, domain.LightGreen, domain.LightYellow}, []any{cause.RuleLight, cause.Rule, cause.OwnerLight, cause.ReviewerLight})
	require.Len(t, cause.Clauses, 1)
	require.Equal(t, domain.RuleRed, cause.Clauses[0].Light)
	require.Greater(t, cause.Clauses[0].Reports.Missed, 1)

	const old = `{"ownerLight":"red","progress":"10.5","period":"2026-06","slipDays":null,"stage":"implementation","words":"滞后"}`
	c.Exec(t, "UPDATE supervision_order SET cause = $1 WHERE id = $2", old, o.ID)
	read, err = c.Order(as(c.manager), o.ID)
	require.NoError(t, err)
	require.Equal(t, domain.OrderCause{
		OwnerLight: domain.LightRed, Progress: "10.5", Period: "2026-06", Stage: domain.StageImplementation, Words: "滞后",
	}, read.Cause)
	_, err = c.MoveOrder(as(c.lead), o.ID, read.Version, orderMove(domain.OrderAcknowledge))
	require.NoError(t, err)
	require.JSONEq(t, old, c.Text(t, "SELECT cause FROM supervision_order WHERE id = $1", o.ID), "an act leaves the cause as it was written")
}

// A list shows what the reading of each thing shows, page by page, what is not ended first.
func TestListsShowWhatTheThingsSay(t *testing.T) {
	t.Parallel()
	c := newCouncil(t)
	for _, state := range domain.OrderStates() {
		c.order(t, state)
	}
	for _, state := range domain.IssueStates() {
		c.issue(t, state, c.editor)
	}
	var states []domain.OrderState
	for page := (domain.PageRequest{Limit: 2}); ; {
		found, err := c.Orders(as(c.manager), domain.OrderFilter{}, page)
		require.NoError(t, err)
		for _, o := range found.Items {
			read, err := c.Order(as(c.manager), o.ID)
			require.NoError(t, err)
			require.Equal(t, read.Order, o)
			states = append(states, o.State)
		}
		if page.Cursor = found.NextCursor; page.Cursor == "" {
			break
		}
	}
	require.Equal(t, domain.OrderStates(), states)
	var titles int
	for page := (domain.PageRequest{Limit: 2}); ; {
		found, err := c.Issues(as(c.manager), domain.IssueFilter{}, page)
		require.NoError(t, err)
		for _, i := range found.Items {
			read, err := c.Issue(as(c.manager), i.ID)
			require.NoError(t, err)
			require.Equal(t, read.Issue, i)
			titles++
		}
		if page.Cursor = found.NextCursor; page.Cursor == "" {
			break
		}
	}
	require.Equal(t, len(domain.IssueStates()), titles)
}

func TestWhoAnsweredAnOrderDoesNotCloseIt(t *testing.T) {
	t.Parallel()
	c := newCouncil(t)
	o, err := c.IssueOrder(as(c.reviewer), c.site(t).ID, demand()) // to water, where the double leads
	require.NoError(t, err)
	for _, action := range []domain.OrderAction{domain.OrderAcknowledge, domain.OrderAnswer} {
		o, err = c.MoveOrder(as(c.double), o.ID, o.Version, orderMove(action))
		require.NoError(t, err)
	}
	require.NotContains(t, o.Allowed, domain.OrderClose)
	_, err = c.MoveOrder(as(c.double), o.ID, o.Version, orderMove(domain.OrderClose))
	require.Equal(t, "order_four_eyes", codeOf(t, err))
	require.Contains(t, c.lastRecord(t), "water.double order.close order "+text(o.ID)+" refused order_four_eyes")
	_, err = c.MoveOrder(as(c.reviewer), o.ID, o.Version, orderMove(domain.OrderClose))
	require.NoError(t, err)
}
