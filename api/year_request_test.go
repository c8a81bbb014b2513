package api_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"zhongda/api"
	"zhongda/api/apitest"
)

// The milestone of the dyke: what was promised, what the Commission allowed later, and when it will be.
const (
	promised = "2026-12-31"
	rebased  = "2027-02-28"
	expected = "2027-03-31"
)

// lateAfter is how many days after a date the milestone of the dyke will be reached.
func lateAfter(t *testing.T, date string) int {
	t.Helper()
	from, err := time.Parse(time.DateOnly, date)
	require.NoError(t, err)
	to, err := time.Parse(time.DateOnly, expected)
	require.NoError(t, err)
	return int(to.Sub(from) / (24 * time.Hour))
}

// promise gives the dyke its milestone.
func (y *year) promise(t *testing.T) {
	t.Helper()
	r := y.ok(t, y.editors[dyke/2].Post(t, projectPath(y.sites[dyke])+"/milestones", fmt.Sprintf(`{"kind":"acceptance","name":"堤防主体验收",
		"baseline":{"date":%q,"precision":"day"},"forecast":{"date":%q,"precision":"day"},"reasonCode":"land","reasonText":"用地交付推迟，下游段尚未进场，已与街道商定交地日期"}`, promised, expected)))
	made := apitest.Decode[api.Milestone](t, r)
	y.step = made.ID
	require.Equal(t, lateAfter(t, promised), *made.Slip.Original)
	require.Equal(t, lateAfter(t, promised), *made.Slip.Current)
}

// code is that of a site.
func (y *year) code(t *testing.T, site int) string {
	t.Helper()
	return y.Text(t, "SELECT code FROM project WHERE id = $1", y.sites[site])
}

// request takes a request the whole way: written, submitted, perhaps sent back and submitted again, approved.
func (y *year) request(t *testing.T, a ask) {
	t.Helper()
	editor, lead, reviewer := y.editors[a.site/2], y.leads[a.site/2], y.reviewers[a.site%2]
	r := y.ok(t, editor.Post(t, projectPath(y.sites[a.site])+"/requests", fmt.Sprintf(`{"kind":%q}`, a.kind)))
	id := apitest.Decode[api.ProjectRequest](t, r).ID
	body := strings.NewReplacer("{step}", fmt.Sprint(y.step), "{dyke}", y.code(t, dyke)).Replace(a.body)
	y.ok(t, y.onRequest(t, editor, id, http.MethodPatch, "", body))
	for _, action := range []string{"return", "approve"} {
		if action == "return" && !a.back {
			continue
		}
		read := apitest.Decode[api.ProjectRequest](t, y.ok(t, y.onRequest(t, lead, id, http.MethodPost, "/submission", nil)))
		word := fmt.Sprintf(`{"action":%q,"hash":%q,"comment":"请补充依据"}`, action, read.Hash)
		y.ok(t, y.onRequest(t, reviewer, id, http.MethodPost, "/decision", word))
		require.Equal(t, map[bool]string{true: "approved", false: "returned"}[action == "approve"], y.Text(t, "SELECT state FROM request WHERE id = $1", id))
	}
	y.standing[a.site] = map[string]string{"rebaseline": "active", "pause": "paused", "resume": "active", "exit": "exited"}[a.kind]
}

// holdRequests looks at what the requests of the year came to.
func (y *year) holdRequests(t *testing.T) {
	t.Helper()
	heir := apitest.Decode[api.ProjectDetail](t, y.manager.Get(t, projectPath(y.sites[dyke])))
	for _, m := range heir.Milestones {
		if m.ID == y.step {
			require.Equal(t, promised+" "+rebased, m.Baseline.Date.String()+" "+m.CurrentBaseline.Date.String(), "the promise stays")
			require.Equal(t, fmt.Sprint(lateAfter(t, promised), " ", lateAfter(t, rebased)), fmt.Sprint(*m.Slip.Original, " ", *m.Slip.Current))
			require.NotEqual(t, *m.Slip.Original, *m.Slip.Current)
		}
	}
	require.Equal(t, lateAfter(t, promised), *heir.SlipDays, "the project is late against its promise")
	gone := apitest.Decode[api.ProjectDetail](t, y.manager.Get(t, projectPath(y.sites[plant])))
	require.Equal(t, heir.Code+" merged", gone.Successors[0].Code+" "+string(*gone.Successors[0].Relation))
	require.Equal(t, gone.ID, heir.Predecessors[0].ID)
	exits := apitest.Decode[api.Page[api.Exit]](t, y.manager.Get(t, "/api/v1/exits"))
	require.Len(t, exits.Items, 1)
	require.Equal(t, gone.Code+" JD-2027-0003", exits.Items[0].Project.Code+" "+*exits.Items[0].Number)
	mine := apitest.Decode[api.ProjectRequests](t, y.editors[plant/2].Get(t, projectPath(gone.ID)+"/requests"))
	require.Empty(t, mine.MayStart)
	require.Equal(t, "4 2", y.Text(t, "SELECT concat_ws(' ', count(*) FILTER (WHERE outcome = 'approved'), count(*) FILTER (WHERE outcome = 'returned')) FROM ruling"))
}
