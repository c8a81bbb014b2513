package api_test

import (
	"fmt"
	"net/http"
	"net/url"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"zhongda/api"
	"zhongda/api/apitest"
	"zhongda/domain"
)

// busy makes something wait for everybody: a plan to confirm, red lights that contradict their owners, an issue, a
// meeting, a new account and a closed one.
func (p *product) busy(t *testing.T) {
	t.Helper()
	p.judged(t)
	p.Exec(t, `UPDATE project SET rule_light = 'red', owner_light = 'green', slip_days = 120 WHERE id = ANY (ARRAY[$1::bigint, $2])`, p.own, p.foreign)
	p.Exec(t, `UPDATE project SET rule_light = 'red', owner_light = 'red' WHERE id = (SELECT min(id) FROM project WHERE id <> $1 AND id <> $2)`, p.own, p.foreign)
	p.Exec(t, `UPDATE app_user SET disabled = true WHERE username = $1`, p.bureauB+".lead")
	p.Exec(t, `DELETE FROM role_grant WHERE user_id = (SELECT id FROM app_user WHERE username = $1)`, p.bureauB+".editor")
	reviewer := p.signedIn(t, "drc.reviewer1")
	called := reviewer.Post(t, "/api/v1/meetings?category=water", map[string]any{"title": "七月调度会", "heldOn": "2026-07-10"})
	require.Equal(t, http.StatusCreated, called.Status, "%s", called.Body)
	ordered := reviewer.Post(t, fmt.Sprintf("/api/v1/projects/%d/orders", p.own), map[string]any{
		"demand": "请说明原因，提出整改措施", "due": "2026-07-20", "addresseeOrganisationId": p.number(t, "SELECT owner_organisation_id FROM project WHERE id = $1", p.own),
	})
	require.Equal(t, http.StatusCreated, ordered.Status, "%s", ordered.Body)
	plan := p.signedIn(t, p.bureauA+".editor").Do(t, apitest.Request{
		Method: http.MethodPut, Path: fmt.Sprintf("/api/v1/projects/%d/investment/2026", p.own),
		Body: map[string]any{"planned": map[string]any{"value": "1000000.00"}, "funding": []any{}},
	})
	require.Equal(t, http.StatusCreated, plan.Status, "%s", plan.Body)
}

// parts names what of the desk is there.
func parts(w api.Work) map[string]bool {
	return map[string]bool{
		"bureau": w.Bureau != nil, "review": w.Review != nil, "oversight": w.Oversight != nil,
		"accounts": len(w.Accounts) > 0, "record": w.Record != nil,
	}
}

// TestEveryRoleHasItsPartsOfTheDeskAndNoOther asks as everybody, and as somebody whose roles were taken away.
func TestEveryRoleHasItsPartsOfTheDeskAndNoOther(t *testing.T) {
	t.Parallel()
	p := newProduct(t)
	p.busy(t)
	for reader, wanted := range map[string]string{
		p.bureauA + ".editor": "bureau", p.bureauA + ".lead": "bureau", "drc.reviewer1": "review", "manager": "oversight",
		"sysadmin": "accounts", "secadmin": "accounts", "auditor": "record", p.bureauB + ".editor": "",
	} {
		work := fetch[api.Work](t, p.signedIn(t, reader), "/work")
		for part, there := range parts(work) {
			require.Equal(t, part == wanted, there, "%s of %s", part, reader)
		}
		if wanted == "accounts" || wanted == "record" || wanted == "" {
			require.Zero(t, work.Issues, reader)
			require.Zero(t, work.Orders, reader)
		}
	}
	states := func(reader string) (names []domain.UserState) {
		for state := range fetch[api.Work](t, p.signedIn(t, reader), "/work").Accounts {
			names = append(names, state)
		}
		return names
	}
	require.ElementsMatch(t, []domain.UserState{domain.UserNeverSignedIn, domain.UserPasswordDue, domain.UserDisabled}, states("sysadmin"))
	require.ElementsMatch(t, []domain.UserState{domain.UserWithoutRole, domain.UserRolesLeft}, states("secadmin"))
}

// TestTheCountsOfTheDeskAreTheListsBehindThem follows every number to the list that its link opens.
func TestTheCountsOfTheDeskAreTheListsBehindThem(t *testing.T) {
	t.Parallel()
	p := newProduct(t)
	p.busy(t)
	total := func(c *apitest.Client, list string) int {
		total, ok := fetch[map[string]any](t, c, list+"&limit=1&withTotal=true")["total"].(float64)
		require.True(t, ok, list)
		return int(total)
	}

	editor := p.signedIn(t, p.bureauA+".editor")
	require.Equal(t, total(editor, "/projects?mine=true&ruleLight=red"), fetch[api.Work](t, editor, "/work").Bureau.Red)
	require.Equal(t, 1, fetch[api.Work](t, editor, "/work").Bureau.Red, "its own, not the other bureau's")

	reviewer := p.signedIn(t, "drc.reviewer1")
	review := fetch[api.Work](t, reviewer, "/work").Review
	require.Equal(t, total(reviewer, "/lights/disagreements?disagree=open"), review.Disagreements)
	require.Len(t, fetch[api.InvestmentSummary](t, reviewer, "/investment?year=2026").Waiting, review.Plans)
	require.GreaterOrEqual(t, review.Disagreements, 2)
	require.Equal(t, 1, review.Plans)

	manager := p.signedIn(t, "manager")
	seen := fetch[api.Work](t, manager, "/work").Oversight
	require.Equal(t, total(manager, "/projects?ruleLight=red"), seen.Red)
	require.Equal(t, total(manager, "/projects?ruleLight=red&supervision=unordered"), seen.Unanswered)
	require.Equal(t, total(manager, "/projects?lateBy=90"), seen.Late)
	require.Equal(t, seen.Red-1, seen.Unanswered, "one of them is under an order")
	require.Positive(t, seen.Late)
	require.Len(t, seen.Meetings, 1)

	for _, administrator := range []string{"sysadmin", "secadmin"} {
		c := p.signedIn(t, administrator)
		for state, count := range fetch[api.Work](t, c, "/work").Accounts {
			require.Equal(t, total(c, "/users?state="+string(state)), count, "%s for %s", state, administrator)
			require.True(t, count > 0 || state == domain.UserPasswordDue, "%s is met", state)
		}
	}

	p.signedIn(t, "sysadmin").Get(t, "/api/v1/audit") // refused, and recorded
	auditor := p.signedIn(t, "auditor")
	record := fetch[api.Work](t, auditor, "/work").Record
	require.Equal(t, total(auditor, "/audit?result=refused&from="+url.QueryEscape(record.Since.Format(time.RFC3339))), record.Refused)
	require.Positive(t, record.Refused)
	require.Len(t, record.Hash, 64)
	require.Equal(t, "2026-06-25T00:00:00+08:00", record.Since.Format(time.RFC3339), "seven days with today, by the city's clock")
}

func TestWhoHasStillToChooseAPasswordHasNoDesk(t *testing.T) {
	t.Parallel()
	p := newProduct(t)
	p.Exec(t, `UPDATE app_user SET must_change_password = true WHERE username = 'manager'`)
	r := p.signedIn(t, "manager").Get(t, "/api/v1/work")
	require.Equal(t, http.StatusForbidden, r.Status)
}
