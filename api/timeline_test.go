package api_test

import (
	"encoding/json"
	"net/http"
	"testing"

	"github.com/stretchr/testify/require"

	"zhongda/api"
	"zhongda/api/apitest"
)

// scheduled gives every project a schedule as a bureau keeps one: four milestones beside the plan's, one of them
// reached, one late with its reason, one re-baselined, with dates of every precision.
func (p *product) scheduled(t testing.TB) {
	t.Helper()
	p.Exec(t, `INSERT INTO milestone (project_id, kind, name, baseline, baseline_precision, current_baseline, current_baseline_precision,
			forecast, forecast_precision, actual, reason_code)
		SELECT p.id, s.kind, s.name, s.baseline, s.precision, s.current, s.precision, s.forecast, CASE WHEN s.forecast IS NOT NULL THEN 'day' END, s.actual, s.reason
		FROM project p CROSS JOIN (VALUES
			('feasibility', '可行性研究报告批复', date '2026-03-31', date '2026-03-31', 'month', NULL::date, date '2026-04-10', ''),
			('start', '主体工程开工', date '2026-09-30', date '2026-09-30', 'quarter', date '2026-12-31', NULL, 'land'),
			('structure', '主体结构封顶', date '2027-12-31', date '2028-06-30', 'day', NULL, NULL, ''),
			('acceptance', '竣工验收', date '2029-12-31', date '2029-12-31', 'year', NULL, NULL, '')
		) s (kind, name, baseline, current, precision, forecast, actual, reason)`)
}

func TestATimelineSaysEachDateAsPreciselyAsItWasStated(t *testing.T) {
	t.Parallel()
	p := newProduct(t)
	p.scheduled(t)
	r := p.signedIn(t, "manager").Get(t, "/api/v1/projects/timeline?limit=1&withTotal=true")
	require.Equal(t, http.StatusOK, r.Status, "%s", r.Body)
	for _, want := range []string{
		`{"name":"可行性研究报告批复","baseline":"2026-03","actual":"2026-04-10","slip":10}`,
		`{"name":"主体工程开工","baseline":"2026-Q3","forecast":"2026-12-31","slip":92,"reason":"land"}`,
		`{"name":"主体结构封顶","baseline":"2027-12-31","currentBaseline":"2028-06-30"}`,
		`{"name":"竣工验收","baseline":"2029"}`,
		`"promise":true`, `"span":{"first":"2026-03-31","last":"2030-12-31"}`, `"asOf":null`,
	} {
		require.Contains(t, string(r.Body), want)
	}
	later := p.signedIn(t, "manager").Get(t, "/api/v1/projects/timeline?limit=1")
	require.Contains(t, string(later.Body), `"span":null`)
}

// A reader sees on the timeline what the list shows, no more and no less, and a hundred rows stay small.
func TestATimelineIsSmallAndTheSameForEverybody(t *testing.T) {
	t.Parallel()
	p := newProduct(t)
	p.scheduled(t)
	for _, username := range []string{"manager", p.bureauA + ".editor", "drc.reviewer1"} {
		c := p.signedIn(t, username)
		const query = "?limit=100&sort=-stage"
		list := apitest.Decode[api.ProjectPage](t, c.Get(t, "/api/v1/projects"+query))
		r := c.Get(t, "/api/v1/projects/timeline"+query)
		var timeline struct{ Items []struct{ ID, Name any } }
		require.NoError(t, json.Unmarshal(r.Body, &timeline))
		require.Len(t, timeline.Items, 100)
		for i, row := range timeline.Items {
			require.EqualValues(t, list.Items[i].ID, row.ID)
			require.Equal(t, list.Items[i].Name, row.Name)
		}
		require.LessOrEqual(t, len(r.Body), 60<<10, "a hundred rows of five milestones")
	}
}

func TestATimelineRefusesWhatTheListRefuses(t *testing.T) {
	t.Parallel()
	p := newProduct(t)
	c := p.signedIn(t, "manager")
	for _, query := range []string{"?sort=colour", "?limit=0", "?limit=201", "?cursor=nonsense", "?stage=nowhere", "?asOf=2026-07", "?zoom=year"} {
		list, timeline := c.Get(t, "/api/v1/projects"+query), c.Get(t, "/api/v1/projects/timeline"+query)
		require.Equal(t, list.Status, timeline.Status, query)
		require.GreaterOrEqual(t, timeline.Status, 400, query)
	}
}
