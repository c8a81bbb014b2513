package api_test

import (
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"os"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"zhongda/api"
	"zhongda/api/apitest"
	"zhongda/repository/repositorytest"
	"zhongda/service"
)

const demoPassword = "Correct-horse-1"

// product is the assembled server over a database of its own, with the shipped catalogue and the accounts of a trial.
// Own is a project of bureau A, foreign one of bureau B; both are past the first stage and have the plan's milestone.
type product struct {
	*repositorytest.Database
	server           *apitest.Server
	service          *service.Service
	bureauA, bureauB string
	own, foreign     int64
	clock            atomic.Int64 // what time it is for the product, in Unix seconds; nine in the morning of 2026-07-01 at first
}

func newProduct(t *testing.T) *product {
	t.Helper()
	p := &product{Database: repositorytest.New(t)}
	p.clock.Store(time.Date(2026, time.July, 1, 1, 0, 0, 0, time.UTC).Unix())
	now := func() time.Time { return time.Unix(p.clock.Load(), 0).UTC() }
	p.Now = now
	_, err := service.LoadCatalogue(t.Context(), p.Owner, os.DirFS("../migrations/catalogue"), now())
	require.NoError(t, err)
	log := slog.New(slog.DiscardHandler)
	s, err := service.New(service.Options{Store: p.Store, Now: now, Zone: time.FixedZone("UTC+8", 8*60*60), Log: log, Demo: true})
	require.NoError(t, err)
	p.service = s
	require.NoError(t, s.LoadDemoAccounts(t.Context(), demoPassword))
	assembled, err := api.NewProduct(api.ProductOptions{
		Service: s, Pages: http.NotFoundHandler(), Ready: func(context.Context) error { return nil }, Log: log, Demo: true, TLS: true,
	})
	require.NoError(t, err)
	p.server = apitest.Start(t, assembled.Handler())
	p.chooseBureaus(t)
	return p
}

// setClock moves the time that server and database go by; sessions may end over it.
func (p *product) setClock(to time.Time) { p.clock.Store(to.Unix()) }

// chooseBureaus takes the two district bureaus of different districts with the most projects past the first stage.
func (p *product) chooseBureaus(t *testing.T) {
	t.Helper()
	const bureau = `SELECT o.code FROM organisation o JOIN project p ON p.owner_organisation_id = o.id
		WHERE o.kind = 'district_bureau' AND p.stage <> 'conceived' AND p.target <> 'none' AND o.district_code IS DISTINCT FROM
			(SELECT district_code FROM organisation WHERE code = $1)
		GROUP BY o.code ORDER BY count(*) DESC, o.code LIMIT 1`
	p.bureauA = p.Text(t, bureau, "")
	p.bureauB = p.Text(t, bureau, p.bureauA)
	p.own, p.foreign = p.firstProject(t, p.bureauA), p.firstProject(t, p.bureauB)
}

func (p *product) firstProject(t *testing.T, bureau string) int64 {
	t.Helper()
	return p.number(t, `SELECT p.id FROM project p JOIN organisation o ON o.id = p.owner_organisation_id
		WHERE o.code = $1 AND p.stage <> 'conceived' AND p.target <> 'none' ORDER BY p.id LIMIT 1`, bureau)
}

func (p *product) number(t testing.TB, query string, args ...any) (n int64) {
	t.Helper()
	_, err := fmt.Sscan(p.Text(t, query, args...), &n)
	require.NoError(t, err, query)
	return n
}

// milestone is the plan's own milestone of a project.
func (p *product) milestone(t testing.TB, projectID int64) int64 {
	t.Helper()
	return p.number(t, "SELECT id FROM milestone WHERE project_id = $1 AND kind = 'plan_commitment'", projectID)
}

func (p *product) version(t testing.TB, table string, id int64) int64 {
	t.Helper()
	return p.number(t, "SELECT coalesce(max(version), 1) FROM "+table+" WHERE id = $1", id)
}

// signedIn is a browser in which one of the trial's accounts has signed in.
func (p *product) signedIn(t testing.TB, username string) *apitest.Client {
	t.Helper()
	c := p.server.Client(t)
	r := c.Post(t, "/api/v1/session", map[string]string{"username": username, "password": demoPassword})
	require.Equal(t, http.StatusCreated, r.Status, "%s: %s", username, r.Body)
	return c
}

// at is the If-Match of a version.
func at(version int64) map[string]string {
	return map[string]string{"If-Match": fmt.Sprintf("%q", fmt.Sprint(version))}
}

func (p *product) patch(t testing.TB, c *apitest.Client, projectID int64, body any) apitest.Response {
	t.Helper()
	return c.Do(t, apitest.Request{
		Method: http.MethodPatch, Path: projectPath(projectID), Headers: at(p.version(t, "project", projectID)), Body: body,
	})
}

func projectPath(id int64) string { return fmt.Sprintf("/api/v1/projects/%d", id) }

// fingerprint hashes every row of every table but those that signing in and the record itself write.
func (p *product) fingerprint(t testing.TB) string {
	t.Helper()
	const tables = `SELECT string_agg(format('SELECT %L AS name, md5(coalesce(string_agg(r::text, E''\n'' ORDER BY r::text), '''')) AS sum FROM %I r', table_name, table_name), ' UNION ALL ')
		FROM information_schema.tables WHERE table_schema = 'public' AND table_type = 'BASE TABLE'
			AND table_name NOT IN ('session', 'sign_in_failure', 'audit_record')`
	return p.Text(t, "SELECT string_agg(name || ' ' || sum, E'\n' ORDER BY name) FROM ("+p.Text(t, tables)+") hashed")
}

func (p *product) refusals(t testing.TB) int64 {
	t.Helper()
	return p.number(t, "SELECT count(*) FROM audit_record WHERE result = 'refused'")
}

// problem decodes an answer of 400 and above and holds it to what every one of them promises.
func problem(t testing.TB, r apitest.Response) api.Problem {
	t.Helper()
	require.GreaterOrEqual(t, r.Status, 400, "%s", r.Body)
	require.Less(t, r.Status, 500, "%s", r.Body)
	require.Equal(t, "application/problem+json", r.Header.Get("Content-Type"), "%s", r.Body)
	decoded := apitest.Decode[api.Problem](t, r)
	require.Equal(t, r.Status, decoded.Status)
	require.NotEmpty(t, decoded.Code)
	require.NotEmpty(t, decoded.Title)
	require.NotEmpty(t, decoded.Detail)
	for _, leak := range []string{"SQLSTATE", "SELECT ", "pgx", "gorm", "goroutine", ".go:", "panic", "syntax error"} {
		require.NotContains(t, string(r.Body), leak)
	}
	return decoded
}

// codes are the code of a problem and those of its fields: "invalid summary:max_chars".
func codes(t testing.TB, r apitest.Response) string {
	t.Helper()
	decoded := problem(t, r)
	all := []string{decoded.Code}
	for _, f := range decoded.Errors {
		require.NotEmpty(t, f.Message)
		all = append(all, f.Field+":"+f.Code)
	}
	return strings.Join(all, " ")
}
