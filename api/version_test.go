package api_test

import (
	"fmt"
	"net/http"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"zhongda/api"
	"zhongda/api/apitest"
)

// TestOneOfFiftyWritersWins sends fifty changes that were all based on one version, at once.
func TestOneOfFiftyWritersWins(t *testing.T) {
	t.Parallel()
	p := newProduct(t)
	editor := p.signedIn(t, p.bureauA+".editor")
	step := p.milestone(t, p.own)
	for _, c := range []struct {
		name, path, table, field string
		id                       int64
	}{
		{"project", projectPath(p.own), "project", "summary", p.own},
		{"milestone", fmt.Sprintf("%s/milestones/%d", projectPath(p.own), step), "milestone", "reasonText", step},
	} {
		version := p.version(t, c.table, c.id)
		records := p.number(t, "SELECT count(*) FROM audit_record WHERE result = 'done'")
		answers := together(50, func(i int) apitest.Response {
			return editor.Do(t, apitest.Request{
				Method: http.MethodPatch, Path: c.path, Headers: at(version), Body: map[string]string{c.field: fmt.Sprintf("第%d次", i)},
			})
		})
		won := -1
		for i, r := range answers {
			if r.Status == http.StatusOK {
				require.Equal(t, -1, won, "%s: two writers won", c.name)
				won = i
				continue
			}
			stale := problem(t, r)
			require.Equal(t, http.StatusConflict, r.Status)
			require.Equal(t, "stale_version", stale.Code)
			require.Equal(t, version+1, stale.CurrentVersion)
		}
		require.NotEqual(t, -1, won, "%s: nobody won", c.name)
		require.Equal(t, fmt.Sprintf("%q", fmt.Sprint(version+1)), answers[won].Header.Get("ETag"))
		require.Equal(t, version+1, p.version(t, c.table, c.id))
		require.Contains(t, p.Text(t, "SELECT x::text FROM "+c.table+" x WHERE id = $1", c.id), fmt.Sprintf("第%d次", won))
		require.Equal(t, records+1, p.number(t, "SELECT count(*) FROM audit_record WHERE result = 'done'"))
	}
}

// together runs n calls that all wait for the last to be ready.
func together(n int, call func(i int) apitest.Response) []apitest.Response {
	answers := make([]apitest.Response, n)
	var ready, done sync.WaitGroup
	ready.Add(n)
	for i := range n {
		done.Go(func() {
			ready.Done()
			ready.Wait()
			answers[i] = call(i)
		})
	}
	done.Wait()
	return answers
}

// Two milestones of one project changed at once leave the slip that both together give.
func TestTheSlipIsThatOfAllMilestones(t *testing.T) {
	t.Parallel()
	p := newProduct(t)
	editor := p.signedIn(t, p.bureauA+".editor")
	var steps []api.Milestone
	for range 8 {
		r := editor.Post(t, projectPath(p.own)+"/milestones", `{"kind":"other","name":"节点","baseline":{"date":"2026-12-31","precision":"day"}}`)
		require.Equal(t, http.StatusCreated, r.Status, "%s", r.Body)
		steps = append(steps, apitest.Decode[api.Milestone](t, r))
	}
	answers := together(len(steps), func(i int) apitest.Response {
		return editor.Do(t, apitest.Request{
			Method: http.MethodPatch, Path: fmt.Sprintf("%s/milestones/%d", projectPath(p.own), steps[i].ID), Headers: at(1),
			Body: fmt.Sprintf(`{"forecast":{"date":"2027-01-%02d","precision":"day"},"reasonCode":"land"}`, i+1),
		})
	})
	for _, r := range answers {
		require.Equal(t, http.StatusOK, r.Status, "%s", r.Body)
	}
	require.Equal(t, int64(8), p.number(t, "SELECT slip_days FROM project WHERE id = $1", p.own))
	row := apitest.Decode[api.ProjectDetail](t, editor.Get(t, projectPath(p.own)))
	require.Equal(t, 8, *row.SlipDays)
}
