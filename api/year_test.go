package api_test

import (
	"fmt"
	"maps"
	"math/big"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"zhongda/api"
	"zhongda/api/apitest"
)

// year is the product while the year is played, beside a ledger that knows nothing of it: exact fractions of what was
// typed into the reports.
type year struct {
	*product
	editors, leads [2]*apitest.Client
	reviewers      [2]*apitest.Client
	manager        *apitest.Client
	sites          [sites]int64
	step           int64                      // the milestone of the dyke
	month          [sites]map[string]*big.Rat // what counts for each month
	carried        [sites]*big.Rat            // spent in silent months
	plan           [sites]map[string]*big.Rat // by year
	standing       [sites]string
	last           [sites]int // the turn of the last report
}

func newYear(t *testing.T) *year {
	t.Helper()
	y := &year{product: newProduct(t)}
	for b, bureau := range []string{y.bureauA, y.bureauB} {
		y.editors[b], y.leads[b] = y.signedIn(t, bureau+".editor"), y.signedIn(t, bureau+".lead")
		for i := range 2 {
			site := 2*b + i
			y.sites[site] = y.number(t, `SELECT p.id FROM project p JOIN organisation o ON o.id = p.owner_organisation_id
				WHERE o.code = $1 ORDER BY p.id OFFSET $2 LIMIT 1`, bureau, i)
			y.month[site], y.carried[site] = map[string]*big.Rat{}, new(big.Rat)
			y.plan[site], y.standing[site] = map[string]*big.Rat{}, "active"
			y.Exec(t, "UPDATE project SET stage = 'implementation', stage_provisional = false WHERE id = $1", y.sites[site])
		}
	}
	y.reviewers = [2]*apitest.Client{y.signedIn(t, "drc.reviewer1"), y.signedIn(t, "drc.reviewer2")}
	y.manager = y.signedIn(t, "manager")
	return y
}

// on sets the clock to noon of a day in the month after a period, and keeps everybody signed in over the weeks between.
func (y *year) on(t *testing.T, period string, day int) {
	t.Helper()
	first, err := time.Parse("2006-01", period)
	require.NoError(t, err)
	now := first.AddDate(0, 1, day-1).Add(4 * time.Hour)
	y.clock.Store(now.Unix())
	y.Exec(t, "UPDATE session SET created_at = $1, last_seen_at = $1", now)
}

// figure is what a site spends in a month: no two alike, and down to the fen.
func figure(site, turn, attempt int) string {
	return fmt.Sprintf("%d.%02d", 31_415_926+7_654_321*site+123_457*turn+attempt*1_000_003, (37*site+61*turn+13*attempt)%100)
}

func exact(t *testing.T, figure string) *big.Rat {
	t.Helper()
	r, ok := new(big.Rat).SetString(figure)
	require.True(t, ok, figure)
	return r
}

// spent is what the ledger knows of a site from one month to another; nil where it reported none of them.
func (y *year) spent(site int, from, to string) (sum *big.Rat) {
	for month, amount := range y.month[site] {
		if from <= month && month <= to {
			if sum == nil {
				sum = new(big.Rat)
			}
			sum.Add(sum, amount)
		}
	}
	return sum
}

// body is a month's report by the ledger, as the bureau types it.
func (y *year) body(site, turn int, period string) string {
	return fmt.Sprintf(`{"progress":"%d.%d","month":{"value":%q},"year":{"value":%q},"total":{"value":%q},"nextSteps":"继续施工","light":"green",
		"explanation":"按监理签认的工程量和支付凭证填报"}`, 5*turn+site, turn%10,
		y.month[site][period].FloatString(2), y.spent(site, period[:4], period).FloatString(2), y.spent(site, "", period).FloatString(2))
}

// play takes one site through one month.
func (y *year) play(t *testing.T, site, turn int, period string, how course) {
	t.Helper()
	spends := func(attempt int) {
		y.month[site][period] = new(big.Rat).Add(exact(t, figure(site, turn, attempt)), y.carried[site])
	}
	if y.standing[site] != "active" {
		y.rest(t, site, period)
		return
	}
	if how == silent {
		y.carried[site].Add(y.carried[site], exact(t, figure(site, turn, 0)))
		return
	}
	editor, lead, reviewer := y.editors[site/2], y.leads[site/2], y.reviewers[(site+turn)%2]
	y.on(t, period, 3)
	y.last[site] = turn
	spends(0)
	id := y.start(t, editor, site, period)
	y.save(t, editor, id, y.body(site, turn, period))
	switch how {
	case late:
		y.on(t, period, 10)
		require.Positive(t, apitest.Decode[api.Work](t, lead.Get(t, "/api/v1/work")).Bureau.Counts.Late)
		y.on(t, period, 20)
	case returned:
		y.submit(t, lead, id)
		y.decide(t, reviewer, id, "return")
		spends(1)
		y.save(t, editor, id, y.body(site, turn, period))
	case withdrawn:
		y.submit(t, lead, id)
		y.ok(t, y.onReport(t, lead, id, http.MethodPost, "/withdrawal", nil))
		spends(1)
		y.save(t, editor, id, y.body(site, turn, period))
	default:
		y.on(t, period, 8)
	}
	y.submit(t, lead, id)
	y.decide(t, reviewer, id, "approve")
	if how == corrected {
		spends(1)
		r := y.ok(t, lead.Post(t, reportPath(id)+"/correction", `{"reason":"完成投资少计一笔工程款"}`))
		id = apitest.Decode[api.Report](t, r).ID
		y.save(t, editor, id, y.body(site, turn, period))
		y.submit(t, lead, id)
		y.decide(t, reviewer, id, "approve")
	}
	y.carried[site] = new(big.Rat)
}

// rest is a month of a site that is paused or gone: nothing is spent, and of what is gone nothing can be reported.
func (y *year) rest(t *testing.T, site int, period string) {
	t.Helper()
	if y.standing[site] == "exited" {
		y.on(t, period, 3)
		r := y.editors[site/2].Post(t, projectPath(y.sites[site])+"/reports", fmt.Sprintf(`{"period":%q}`, period))
		require.Equal(t, "project_exited", codes(t, r))
	}
}

func (y *year) ok(t *testing.T, r apitest.Response) apitest.Response {
	t.Helper()
	require.Less(t, r.Status, 300, "%s", r.Body)
	return r
}

func (y *year) start(t *testing.T, editor *apitest.Client, site int, period string) int64 {
	t.Helper()
	r := y.ok(t, editor.Post(t, projectPath(y.sites[site])+"/reports", fmt.Sprintf(`{"period":%q}`, period)))
	return apitest.Decode[api.Report](t, r).ID
}

func (y *year) save(t *testing.T, editor *apitest.Client, id int64, body string) {
	t.Helper()
	y.ok(t, y.onReport(t, editor, id, http.MethodPatch, "", body))
}

func (y *year) submit(t *testing.T, lead *apitest.Client, id int64) {
	t.Helper()
	y.ok(t, y.onReport(t, lead, id, http.MethodPost, "/submission", nil))
}

func (y *year) decide(t *testing.T, reviewer *apitest.Client, id int64, action string) {
	t.Helper()
	read := apitest.Decode[api.Report](t, reviewer.Get(t, reportPath(id)))
	body := fmt.Sprintf(`{"action":%q,"hash":%q,"comment":"请核对完成投资"}`, action, read.Hash)
	y.ok(t, y.onReport(t, reviewer, id, http.MethodPost, "/decision", body))
}

// TestTheFiguresOfAYear plays twelve months of two bureaus over HTTP and holds what the product says against the ledger:
// the money of the city every month, and in the end every report in force, the list, the overview, and the record.
func TestTheFiguresOfAYear(t *testing.T) {
	t.Parallel()
	y := newYear(t)
	estimates := new(big.Rat)
	for site, id := range y.sites {
		estimate := fmt.Sprintf("%d.%02d", 5_000_000_000+site*77_777_777, 11*site)
		estimates.Add(estimates, exact(t, estimate))
		y.ok(t, y.patch(t, y.editors[site/2], id, map[string]any{"estimate": map[string]string{"value": estimate}}))
	}
	y.promise(t)
	for turn, m := range theYear() {
		y.writePlans(t, m)
		for site := range sites {
			y.play(t, site, turn, m.month, m.not[site])
		}
		y.on(t, m.month, 22)
		for _, a := range m.asks {
			y.request(t, a)
		}
		y.revisePlans(t, m)
		y.holdInvestment(t, m.month)
	}
	y.on(t, "2027-06", 25)
	for site, id := range y.sites {
		y.hold(t, site, id)
	}
	y.holdRequests(t)
	pipeline := apitest.Decode[api.Pipeline](t, y.manager.Get(t, "/api/v1/pipeline"))
	require.Equal(t, estimates.FloatString(2), pipeline.Investment.Total.String())
	require.Equal(t, "4 355", fmt.Sprint(pipeline.Investment.Filled, " ", pipeline.Projects))
	approvals := 4*12 - 2 - 2 - 2 + 3 // but for the silent months, the pause and what was after the exit, and with the corrections
	require.EqualValues(t, approvals, y.number(t, "SELECT count(*) FROM report WHERE state = 'approved'"))
	verified := apitest.Decode[api.AuditVerification](t, y.signedIn(t, "auditor").Get(t, "/api/v1/audit/verification"))
	require.Nil(t, verified.Broken)
	require.EqualValues(t, approvals, verified.Reports)
	require.EqualValues(t, 4, verified.Requests)
}

// hold compares one site with the ledger.
func (y *year) hold(t *testing.T, site int, id int64) {
	t.Helper()
	manager, until := y.manager, slices.Max(slices.Collect(maps.Keys(y.month[site])))
	list := apitest.Decode[api.List[api.ReportRow]](t, manager.Get(t, projectPath(id)+"/reports"))
	force, sum := map[string]api.Report{}, new(big.Rat)
	for _, row := range list.Items { // the latest revision of a period comes first
		if _, seen := force[row.Period.String()]; !seen {
			force[row.Period.String()] = apitest.Decode[api.Report](t, manager.Get(t, reportPath(row.ID)))
		}
	}
	require.Len(t, force, len(y.month[site]))
	for period, want := range y.month[site] {
		content := force[period].Content
		require.Equal(t, want.FloatString(2), content.Month.Value.String(), "%d %s", site, period)
		sum.Add(sum, exact(t, content.Month.Value.String()))
	}
	last := force[until].Content
	require.Equal(t, sum.FloatString(2), last.Total.Value.String())
	require.Equal(t, y.spent(site, "", until).FloatString(2), last.Total.Value.String())
	require.Equal(t, y.spent(site, "2027-01", until).FloatString(2), last.Year.Value.String())
	detail := apitest.Decode[api.ProjectDetail](t, manager.Get(t, projectPath(id)))
	require.Equal(t, fmt.Sprintf("%s %s %d.%d", y.standing[site], until, 5*y.last[site]+site, y.last[site]%10), fmt.Sprint(detail.Standing, " ", detail.ReportedPeriod.String(), " ", detail.Progress.String()))
	rows := apitest.Decode[api.ProjectPage](t, manager.Get(t, "/api/v1/projects?q="+detail.Code)).Items
	require.Len(t, rows, 1)
	require.Equal(t, detail.Progress, rows[0].Progress)
	require.False(t, strings.HasPrefix(last.Total.Value.String(), "0"))
}
