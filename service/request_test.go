package service_test

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"zhongda/domain"
	"zhongda/repository/repositorytest"
	"zhongda/service"
)

// ground is a project on which a request of the kind makes sense, with a milestone to move.
func (n *newsroom) ground(t testing.TB, kind domain.RequestKind) domain.ProjectDetail {
	t.Helper()
	traits := []repositorytest.Trait{repositorytest.Confirmed()}
	if kind == domain.RequestResume {
		traits = append(traits, repositorytest.Paused())
	}
	p := n.site(t, traits...)
	due := repositorytest.Day(t, "2026-09-30")
	n.NewMilestone(t, domain.Milestone{ProjectID: p.ID, Name: "封顶", Baseline: due, CurrentBaseline: due, Forecast: repositorytest.Day(t, "2026-10-30")})
	p.Milestones, _ = n.Store.Milestones(t.Context(), p.ID)
	return p
}

// complete is a change that makes a request of the kind ready to submit.
func (n *newsroom) complete(t testing.TB, kind domain.RequestKind, p domain.ProjectDetail) domain.RequestChange {
	t.Helper()
	change := domain.RequestChange{Reason: ptr("条件已具备，提请审批")}
	switch kind {
	case domain.RequestGate:
		for _, code := range []string{"acceptance", "acceptance_filing"} {
			change.Items = append(change.Items, domain.GateAnswer{
				Code: code, Verdict: domain.GateYes, Document: domain.Document{Name: "验收鉴定书", Number: "2026-1", Date: domain.NewDate(2026, 6, 30)},
			})
		}
	case domain.RequestRebaseline:
		change.Baselines = &[]domain.Rebaseline{{
			MilestoneID: p.Milestones[0].ID, After: repositorytest.Day(t, "2026-10-20"), ReasonCode: domain.ReasonLand, ReasonText: "用地交付推迟，工期顺延二十天",
		}}
	case domain.RequestPause:
		change.ExpectedUntil = ptr(domain.NewDate(2027, 12, 1))
	case domain.RequestExit:
		change.Document, change.ExitKind = ptr("市政府会议纪要〔2026〕8号"), ptr(domain.ExitWithdrawn)
	case domain.RequestResume:
	}
	return change
}

// request brings a fresh project's request into a state, by the regular way.
func (n *newsroom) request(t testing.TB, kind domain.RequestKind, state domain.RequestState) service.RequestView {
	t.Helper()
	p := n.ground(t, kind)
	r, err := n.StartRequest(as(n.editor), p.ID, kind)
	require.NoError(t, err)
	r, err = n.SaveRequest(as(n.editor), r.ID, r.Version, n.complete(t, kind, p))
	require.NoError(t, err)
	if state == domain.RequestDraft {
		return r
	}
	if state == domain.RequestCancelled {
		r, err = n.CancelRequest(as(n.editor), r.ID, r.Version)
		require.NoError(t, err)
		return r
	}
	r, err = n.SubmitRequest(as(n.lead), r.ID, r.Version)
	require.NoError(t, err)
	if action, decided := map[domain.RequestState]domain.RequestAction{
		domain.RequestApproved: domain.RequestApprove, domain.RequestReturned: domain.RequestReturn,
	}[state]; decided {
		r, err = n.DecideRequest(as(n.reviewer), word(r, action))
	}
	require.NoError(t, err)
	require.Equal(t, state, r.State)
	return r
}

func word(r service.RequestView, action domain.RequestAction) service.RequestDecision {
	return service.RequestDecision{ID: r.ID, Version: r.Version, Hash: r.Hash(), Action: action, Comment: "已阅"}
}

// do does one action with a request, at the version it was read.
func (n *newsroom) do(ctx context.Context, action domain.RequestAction, r service.RequestView) (service.RequestView, error) {
	switch action { //nolint:exhaustive // the rest are decisions
	case domain.RequestSave:
		return n.SaveRequest(ctx, r.ID, r.Version, domain.RequestChange{Reason: ptr("改动")})
	case domain.RequestSubmit:
		return n.SubmitRequest(ctx, r.ID, r.Version)
	case domain.RequestWithdraw:
		return n.WithdrawRequest(ctx, r.ID, r.Version)
	case domain.RequestCancel:
		return n.CancelRequest(ctx, r.ID, r.Version)
	}
	return n.DecideRequest(ctx, word(r, action))
}

// requestTables are all that a request can change, one way or another.
func requestTables() []string {
	return []string{"request", "project", "milestone", "stage_change", "ruling", "ruling_counter", "project_successor"}
}

// TestEveryRequestStateTimesActionTimesActor generates all triples for every kind. What state table, role and four eyes
// allow works and is recorded; everything else is refused and changes no row.
func TestEveryRequestStateTimesActionTimesActor(t *testing.T) {
	t.Parallel()
	for _, kind := range domain.RequestKinds() {
		t.Run(string(kind), func(t *testing.T) {
			t.Parallel()
			n := newNewsroom(t)
			for _, state := range domain.RequestStates() {
				for _, action := range domain.RequestActions() {
					n.everyActor(t, kind, state, action)
				}
			}
		})
	}
}

type requestActor struct {
	ctx     context.Context
	holds   []domain.RequestAction
	refusal domain.Kind // of what the role does not hold
}

func (n *newsroom) requestActors(t testing.TB) map[string]requestActor {
	t.Helper()
	bureau := []domain.RequestAction{domain.RequestSave, domain.RequestCancel}
	lead := append(slices.Clone(bureau), domain.RequestSubmit, domain.RequestWithdraw)
	commission := []domain.RequestAction{domain.RequestApprove, domain.RequestReturn}
	return map[string]requestActor{
		"editor":       {as(n.editor), bureau, domain.KindForbidden},
		"lead":         {as(n.lead), lead, domain.KindForbidden},
		"foreign lead": {as(n.foreign), nil, domain.KindNotFound},
		"reviewer":     {as(n.reviewer), commission, domain.KindForbidden},
		"manager":      {as(n.manager), nil, domain.KindForbidden},
		"public":       {context.Background(), nil, domain.KindUnauthenticated},
	}
}

func (n *newsroom) everyActor(t *testing.T, kind domain.RequestKind, state domain.RequestState, action domain.RequestAction) {
	t.Helper()
	actors := n.requestActors(t)
	for _, name := range slices.Sorted(maps.Keys(actors)) {
		actor := actors[name]
		story := fmt.Sprintf("%s of a %s %s request by the %s", action, state, kind, name)
		r := n.request(t, kind, state)
		before, done, refused := fingerprint(t, n.Database, requestTables()...), n.countRecords(t, "result = 'done'"), n.countRecords(t, "result = 'refused'")
		next, legal := state.Next(action)
		ended := kind == domain.RequestExit && state == domain.RequestApproved
		works := legal && slices.Contains(actor.holds, action)
		require.Equal(t, works, slices.Contains(n.allowedOn(actor.ctx, r.ID), action), story)
		after, err := n.do(actor.ctx, action, r)
		if works {
			require.NoError(t, err, story)
			require.Equal(t, next, after.State, story)
			require.Equal(t, text(atoi(t, done)+1), n.countRecords(t, "result = 'done'"), story)
			continue
		}
		want := actor.refusal
		if name == "foreign lead" && slices.Contains([]domain.RequestAction{domain.RequestApprove, domain.RequestReturn}, action) {
			want = domain.KindForbidden // no Commission's reviewer, whatever the request
		}
		if slices.Contains(actor.holds, action) {
			want = domain.KindConflict
		}
		require.Equal(t, want, domain.KindOf(err), "%s: %v (ended %t)", story, err, ended)
		require.Equal(t, before, fingerprint(t, n.Database, requestTables()...), story)
		require.Equal(t, done, n.countRecords(t, "result = 'done'"), story)
		if want == domain.KindForbidden || want == domain.KindNotFound {
			require.Equal(t, text(atoi(t, refused)+1), n.countRecords(t, "result = 'refused'"), story)
		}
	}
}

// allowedOn is what the view offers; nothing to who may not read it.
func (n *newsroom) allowedOn(ctx context.Context, id int64) []domain.RequestAction {
	view, err := n.Request(ctx, id)
	if err != nil {
		return nil
	}
	return view.Allowed
}

// What cannot be recorded is not done, at any step.
func TestARequestIsWholeOrNot(t *testing.T) {
	t.Parallel()
	n := newNewsroom(t)
	draft, submitted := n.request(t, domain.RequestGate, domain.RequestDraft), n.request(t, domain.RequestExit, domain.RequestSubmitted)
	n.Exec(t, "REVOKE INSERT ON audit_record FROM zhongda_app")
	before := fingerprint(t, n.Database, requestTables()...)
	for _, action := range []domain.RequestAction{domain.RequestSave, domain.RequestSubmit, domain.RequestCancel} {
		_, err := n.do(as(n.lead), action, draft)
		require.Equal(t, domain.KindInternal, domain.KindOf(err), action)
	}
	for _, action := range []domain.RequestAction{domain.RequestApprove, domain.RequestReturn} {
		_, err := n.do(as(n.reviewer), action, submitted)
		require.Equal(t, domain.KindInternal, domain.KindOf(err), action)
	}
	_, err := n.StartRequest(as(n.editor), n.site(t, repositorytest.Confirmed()).ID, domain.RequestGate)
	require.Equal(t, domain.KindInternal, domain.KindOf(err))
	n.Exec(t, "DELETE FROM project WHERE id = (SELECT max(id) FROM project)")
	require.Equal(t, before, fingerprint(t, n.Database, requestTables()...))
}

func TestWhichRequestsMayBeStarted(t *testing.T) {
	t.Parallel()
	n := newNewsroom(t)
	start := func(user domain.User, p domain.ProjectDetail, kind domain.RequestKind) string {
		_, err := n.StartRequest(as(user), p.ID, kind)
		return codeOf(t, err)
	}
	fresh := func(traits ...repositorytest.Trait) domain.ProjectDetail {
		return n.site(t, append(traits, repositorytest.Confirmed())...)
	}
	require.Equal(t, "gate_from_provisional", start(n.editor, n.site(t), domain.RequestGate))
	require.Equal(t, "no_gate_ahead", start(n.editor, fresh(repositorytest.AtStage(domain.StageTransferred)), domain.RequestGate))
	require.Equal(t, "project_paused", start(n.editor, fresh(repositorytest.Paused()), domain.RequestGate))
	require.Equal(t, "project_paused", start(n.editor, fresh(repositorytest.Paused()), domain.RequestPause))
	require.Equal(t, "project_not_paused", start(n.editor, fresh(), domain.RequestResume))
	require.Equal(t, "", start(n.editor, fresh(repositorytest.Paused()), domain.RequestExit))
	for _, kind := range domain.RequestKinds() {
		require.Equal(t, "project_exited", start(n.editor, fresh(repositorytest.Exited()), kind))
		require.Equal(t, "role_missing", start(n.reviewer, fresh(), kind))
		require.Equal(t, "not_own_project", start(n.foreign, fresh(), kind))
	}
	p := fresh()
	require.Equal(t, "", start(n.editor, p, domain.RequestGate))
	require.Equal(t, "request_open", start(n.lead, p, domain.RequestGate))
	require.Equal(t, "course_request_open", start(n.lead, p, domain.RequestPause))
	require.Equal(t, "course_request_open", start(n.lead, p, domain.RequestExit))
	require.Equal(t, "", start(n.lead, p, domain.RequestRebaseline), "the schedule stands beside the course")
	found, err := n.ProjectRequests(as(n.lead), p.ID)
	require.NoError(t, err)
	require.Len(t, found.Requests, 2)
	require.Empty(t, found.MayStart)
	_, err = n.CancelRequest(as(n.editor), found.Requests[1].ID, 1)
	require.NoError(t, err)
	found, err = n.ProjectRequests(as(n.lead), p.ID)
	require.NoError(t, err)
	require.Equal(t, []domain.RequestKind{domain.RequestGate, domain.RequestPause, domain.RequestExit}, found.MayStart)
	found, err = n.ProjectRequests(as(n.manager), p.ID)
	require.NoError(t, err)
	require.Empty(t, found.MayStart)
	_, err = n.ProjectRequests(as(n.foreign), p.ID)
	require.Equal(t, "not_own_project", codeOf(t, err))
}

// A gate opens only when every required line is met or shown not to apply, each with its document.
func TestAGateNeedsItsChecklist(t *testing.T) {
	t.Parallel()
	n := newNewsroom(t)
	p := n.ground(t, domain.RequestGate)
	r, err := n.StartRequest(as(n.editor), p.ID, domain.RequestGate)
	require.NoError(t, err)
	require.Equal(t, "implementation completed", string(r.Content.From+" "+r.Content.To))
	require.Len(t, r.Content.Items, 3)
	submit := func(change domain.RequestChange) string {
		r, err = n.SaveRequest(as(n.editor), r.ID, r.Version, change)
		require.NoError(t, err)
		_, err := n.SubmitRequest(as(n.lead), r.ID, r.Version)
		return fieldsOf(t, err)
	}
	answer := func(code string, a domain.GateAnswer) domain.GateAnswer { a.Code = code; return a }
	require.Equal(t, "items[0].verdict gate_item_unanswered, items[1].verdict gate_item_unanswered", submit(domain.RequestChange{Reason: ptr("验收完成")}))
	require.Equal(t, "reason required, items[0].documentName gate_item_needs_evidence, items[1].reason gate_item_needs_reason", submit(domain.RequestChange{
		Reason: ptr(" "), Items: []domain.GateAnswer{answer("acceptance", domain.GateAnswer{Verdict: domain.GateYes}), answer("acceptance_filing", domain.GateAnswer{Verdict: domain.GateNotApplicable})},
	}))
	named := domain.Document{Name: "验收鉴定书", Number: "2026-1", Date: domain.NewDate(2026, 7, 2)}
	require.Equal(t, "items[0].documentDate document_in_future, items[1].verdict gate_item_unmet", submit(domain.RequestChange{
		Reason: ptr("验收完成"), Items: []domain.GateAnswer{answer("acceptance", domain.GateAnswer{Verdict: domain.GateYes, Document: named}), answer("acceptance_filing", domain.GateAnswer{Verdict: domain.GateNo})},
	}))
	named.Date = domain.NewDate(2026, 7, 1)
	require.Equal(t, "", submit(domain.RequestChange{Items: []domain.GateAnswer{
		answer("acceptance", domain.GateAnswer{Verdict: domain.GateYes, Document: named}),
		answer("acceptance_filing", domain.GateAnswer{Verdict: domain.GateNotApplicable, Reason: "联合验收已含备案"}),
	}}))
	_, err = n.SaveRequest(as(n.editor), r.ID, r.Version, domain.RequestChange{Items: []domain.GateAnswer{{Code: "party"}}})
	require.Equal(t, "stale_version", codeOf(t, err))

	other := n.request(t, domain.RequestPause, domain.RequestDraft)
	for want, change := range map[string]domain.RequestChange{
		"items not_of_this_request":      {Items: []domain.GateAnswer{{Code: "acceptance"}}},
		"exitKind not_of_this_request":   {ExitKind: ptr(domain.ExitMerged)},
		"successors not_of_this_request": {Successors: &[]string{}},
		"baselines not_of_this_request":  {Baselines: &[]domain.Rebaseline{}},
		"reason too_long":                {Reason: ptr(strings.Repeat("长", 4001))},
	} {
		_, err := n.SaveRequest(as(n.editor), other.ID, other.Version, change)
		require.Equal(t, want, fieldsOf(t, err))
	}
	gate := n.request(t, domain.RequestGate, domain.RequestDraft)
	resting := func(on int64) domain.RequestChange {
		return domain.RequestChange{Items: []domain.GateAnswer{{Code: "acceptance", Document: domain.Document{Attachments: []int64{on}}}}}
	}
	elsewhere, err := n.AddAttachment(as(n.editor), other.ProjectID, "验收报告.pdf", strings.NewReader("%PDF-1.4 another project's"))
	require.NoError(t, err)
	_, err = n.SaveRequest(as(n.editor), gate.ID, gate.Version, resting(elsewhere.ID))
	require.Equal(t, "items[0].attachmentIds unknown_attachment", fieldsOf(t, err))
	file, err := n.AddAttachment(as(n.editor), gate.ProjectID, "验收报告.pdf", strings.NewReader("%PDF-1.4 this project's"))
	require.NoError(t, err)
	saved, err := n.SaveRequest(as(n.editor), gate.ID, gate.Version, resting(file.ID))
	require.NoError(t, err)
	require.Equal(t, []int64{file.ID}, saved.Content.Items[0].Document.Attachments)
	_, err = n.SaveRequest(as(n.editor), other.ID, other.Version, domain.RequestChange{})
	require.Equal(t, "nothing_to_change", codeOf(t, err))
}

// fieldsOf are the refused fields of an error with their codes, "" for none.
func fieldsOf(t testing.TB, err error) string {
	t.Helper()
	if err == nil {
		return ""
	}
	var refused *domain.Error
	require.ErrorAs(t, err, &refused)
	var fields []string
	for _, f := range refused.Fields {
		fields = append(fields, f.Field+" "+f.Code)
	}
	return strings.Join(fields, ", ")
}
