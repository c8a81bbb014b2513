package api_test

import (
	"fmt"
	"log/slog"
	"math/big"
	"net/http"
	"net/url"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"zhongda/api"
	"zhongda/api/apitest"
	"zhongda/domain"
	"zhongda/service"
)

// simulatedCity is the product with months of made-up reports for a part of the catalogue.
func simulatedCity(t *testing.T, months, every int) *product {
	t.Helper()
	p := newProduct(t)
	now := p.Now
	clock := &service.SimulationClock{}
	p.Now = clock.Now
	past, err := service.New(service.Options{
		Store: p.Store, Now: clock.Now, Zone: time.FixedZone("UTC+8", 8*60*60), Log: slog.New(slog.DiscardHandler), Demo: true,
	})
	require.NoError(t, err)
	var codes []string
	for i := range p.number(t, "SELECT count(*) FROM project") / int64(every) {
		codes = append(codes, p.Text(t, "SELECT code FROM project ORDER BY code OFFSET $1 LIMIT 1", i*int64(every)))
	}
	_, err = service.Simulate(t.Context(), service.SimulationOptions{
		Service: past, Store: p.Store, Owner: p.Owner, Clock: clock, Now: now(), Months: months, Seed: 7, Only: codes,
	})
	require.NoError(t, err)
	p.Now = now
	return p
}

// traced is a figure of the summary with the query of the link that stands on it.
type traced struct {
	name  string
	query url.Values
	count int
	sum   *api.Sum
}

// tracer collects the figures that a filter's list can show.
type tracer struct {
	base    url.Values
	figures []traced
}

// add narrows the filter as the link does; a value outside what was chosen has no link.
func (c *tracer) add(name string, count int, sum *api.Sum, pairs ...string) {
	query := url.Values{}
	for key, values := range c.base {
		query[key] = slices.Clone(values)
	}
	for i := 0; i < len(pairs); i += 2 {
		if chosen := query[pairs[i]]; len(chosen) > 0 && !slices.Contains(chosen, pairs[i+1]) {
			return
		}
		query.Set(pairs[i], pairs[i+1])
	}
	c.figures = append(c.figures, traced{name, query, count, sum})
}

func (c *tracer) collect(p api.Pipeline) {
	c.add("projects", p.Projects, &p.Investment)
	for _, s := range p.Stages {
		c.add("stage", s.Projects, &s.Investment, "stage", string(s.Stage))
		c.add("paused", s.Paused, nil, "stage", string(s.Stage), "standing", "paused")
		c.add("exited", s.Exited, nil, "stage", string(s.Stage), "standing", "exited")
	}
	for _, l := range p.ByCategory {
		c.add("category", l.Projects, &l.Investment, "category", l.Category.Code)
		for stage, n := range l.Stages {
			c.add("category by stage", n, nil, "category", l.Category.Code, "stage", string(stage))
		}
	}
	for _, l := range p.ByColumn {
		column := fmt.Sprint(l.Column)
		c.add("column", l.Projects, nil, "column", column)
		c.add("kept", l.Kept, nil, "column", column, "promise", "kept")
		c.add("unconfirmed", l.Unconfirmed, nil, "column", column, "promise", "unconfirmed")
	}
	for _, l := range p.ByDistrict {
		c.add("district", l.Projects, &l.Investment, "district", l.District.Code)
		c.add("red of the district", l.Red, nil, "district", l.District.Code, "ruleLight", "red")
		c.add("late of the district", l.Late, nil, "district", l.District.Code, "lateBy", "1")
	}
	for _, l := range p.ByOwner {
		c.add("owner", l.Projects, nil, "owner", l.Owner.Code)
		c.add("red of the owner", l.Red, nil, "owner", l.Owner.Code, "ruleLight", "red")
		c.add("late of the owner", l.Late, nil, "owner", l.Owner.Code, "lateBy", "1")
	}
	for light, n := range p.Lights.Rule {
		c.add("light", n, nil, "ruleLight", string(light))
	}
	for light, n := range p.Lights.Owner {
		c.add("owner's light", n, nil, "ownerLight", string(light))
	}
	for kind, n := range p.Lights.Disagreements {
		c.add("disagreement", n, nil, "disagree", string(kind))
	}
	for days, n := range map[string]int{"1": p.Late.Any, "31": p.Late.Over30, "91": p.Late.Over90} {
		c.add("late", n, nil, "lateBy", days)
	}
	for against, counts := range map[domain.SlipBaseline]map[domain.SlipBin]int{domain.SlipOriginal: p.Slip.Original, domain.SlipCurrent: p.Slip.Current} {
		for _, bin := range domain.SlipBins() {
			c.add("slip", counts[bin], nil, "slip", string(bin), "slipAgainst", string(against))
		}
	}
}

// TestEveryFigureIsItsListAndItsFile holds each figure of the summary against the list that its link opens, and against the
// bytes of the file that is exported from there.
func TestEveryFigureIsItsListAndItsFile(t *testing.T) {
	t.Parallel()
	p := simulatedCity(t, 3, 6)
	manager := p.signedIn(t, "manager")
	files, sums, nonzero := 0, 0, map[string]bool{}
	for _, base := range []string{
		"", "category=transport&category=water", "owner=" + p.bureauA, "stage=implementation", "column=13", "asOf=2026-05", "asOf=2026-06&ruleLight=red&ruleLight=yellow",
	} {
		filter, err := url.ParseQuery(base)
		require.NoError(t, err)
		r := manager.Get(t, "/api/v1/pipeline?"+base)
		require.Equal(t, http.StatusOK, r.Status, "%s: %s", base, r.Body)
		c := tracer{base: filter}
		c.collect(apitest.Decode[api.Pipeline](t, r))
		for i, f := range c.figures {
			story := fmt.Sprintf("%s at %s", f.name, f.query.Encode())
			page := manager.Get(t, "/api/v1/projects?limit=1&withTotal=true&"+f.query.Encode())
			require.Equal(t, http.StatusOK, page.Status, "%s: %s", story, page.Body)
			require.Equal(t, f.count, *apitest.Decode[api.ProjectPage](t, page).Total, story)
			if f.count == 0 {
				continue
			}
			nonzero[f.name] = true
			if f.sum == nil && i%3 > 0 { // a part of the files is enough
				continue
			}
			file := exportedFile(t, manager, f.query, i%2 == 0)
			require.Len(t, file.Rows, f.count, story)
			require.Equal(t, fmt.Sprintf("%d 个", f.count), file.Notes["项目数"], story)
			files++
			if f.sum != nil {
				requireFileSum(t, story, *f.sum, file)
				sums++
			}
		}
	}
	t.Logf("%d files, %d sums", files, sums)
	require.Greater(t, files, 200)
	require.Greater(t, sums, 40)
	for _, name := range []string{"column", "kept", "light", "owner's light", "late", "slip", "district", "red of the owner", "late of the district"} {
		require.True(t, nonzero[name], "nothing was counted as %s: the city says too little", name)
	}
}

func exportedFile(t *testing.T, c *apitest.Client, query url.Values, workbook bool) apitest.Exported {
	t.Helper()
	format, read := "csv", apitest.ReadCSV
	if workbook {
		format, read = "xlsx", apitest.ReadXLSX
	}
	r := c.Get(t, "/api/v1/projects/export?format="+format+"&"+query.Encode())
	require.Equal(t, http.StatusOK, r.Status, "%s: %s", query.Encode(), r.Body)
	return read(t, r.Body)
}

// requireFileSum adds the amounts of the file up in exact fractions; words for missing ones are no amounts.
func requireFileSum(t *testing.T, story string, want api.Sum, file apitest.Exported) {
	t.Helper()
	total, filled := new(big.Rat), 0
	for _, row := range file.Rows {
		if amount, ok := new(big.Rat).SetString(row["总投资（元）"]); ok {
			total.Add(total, amount)
			filled++
		}
	}
	require.Equal(t, want.Total.String(), total.FloatString(2), story)
	require.Equal(t, []int{want.Filled, want.Of}, []int{filled, len(file.Rows)}, story)
}

// What a column promised is what the mentions of its projects say, and its states are those that the list finds.
func TestAColumnTellsWhatItPromised(t *testing.T) {
	t.Parallel()
	p := newProduct(t)
	manager := p.signedIn(t, "manager")
	r := manager.Get(t, "/api/v1/plan/columns/13/promises")
	require.Equal(t, http.StatusOK, r.Status, "%s", r.Body)
	column := apitest.Decode[api.ColumnMentions](t, r)
	require.Len(t, column.Mentions, int(p.number(t, "SELECT count(*) FROM plan_mention WHERE column_number = 13")))
	require.NotEmpty(t, column.Title)
	for _, m := range column.Mentions {
		require.Equal(t, m.Name, p.Text(t, "SELECT name FROM plan_mention WHERE column_number = 13 AND project_id = $1 AND name = $2", m.ProjectID, m.Name))
		found := wholeList(t, manager, "column=13&promise="+string(m.State)+"&q="+url.QueryEscape(m.Code))
		require.Len(t, found, 1, "%s is %s", m.Code, m.State)
	}
	problem(t, manager.Get(t, "/api/v1/plan/columns/99/promises"))
}
