package api_test

import (
	"fmt"
	"math/big"
	"net/http"
	"testing"

	"github.com/stretchr/testify/require"

	"zhongda/api"
	"zhongda/api/apitest"
)

// writePlans has the bureaus write the plans of a turn and the Commission confirm them, early in the next month.
func (y *year) writePlans(t *testing.T, m turn) {
	t.Helper()
	y.on(t, m.month, 2)
	for site, planned := range m.plans {
		path := fmt.Sprintf("%s/%s", investmentPath(y.sites[site]), m.month[:4])
		body := fmt.Sprintf(`{"planned":{"value":%q},"funding":[]}`, planned)
		y.ok(t, y.editors[site/2].Do(t, apitest.Request{Method: http.MethodPut, Path: path, Body: body}))
		y.confirm(t, y.reviewers[site%2], path)
		y.plan[site][m.month[:4]] = exact(t, planned)
	}
}

// revisePlans has one of the Commission revise the plans of a turn and the other confirm them.
func (y *year) revisePlans(t *testing.T, m turn) {
	t.Helper()
	for site, planned := range m.revised {
		path := fmt.Sprintf("%s/%s", investmentPath(y.sites[site]), m.month[:4])
		body := fmt.Sprintf(`{"planned":{"value":%q},"funding":[],"reason":"用地交付推迟，年中调整投资安排"}`, planned)
		y.ok(t, y.reviewers[0].Do(t, apitest.Request{Method: http.MethodPost, Path: path + "/revision", Headers: at(2), Body: body}))
		y.confirm(t, y.reviewers[1], path)
		y.plan[site][m.month[:4]] = exact(t, planned)
	}
}

func (y *year) confirm(t *testing.T, reviewer *apitest.Client, path string) {
	t.Helper()
	y.ok(t, reviewer.Do(t, apitest.Request{Method: http.MethodPost, Path: path + "/confirmation", Headers: at(1)}))
}

// exactSum adds up figures and counts those that are there.
type exactSum struct {
	total big.Rat
	of    int
}

func (s *exactSum) add(r *big.Rat) {
	if r != nil {
		s.total.Add(&s.total, r)
		s.of++
	}
}

func (s *exactSum) String() string { return fmt.Sprintf("%s of %d", s.total.FloatString(2), s.of) }

// money is what the ledger says of the city at the end of a month, in the words of [said].
func (y *year) money(month string) string {
	var planned, inMonth, toDate, since, done, base exactSum
	standing, over := map[string]int{}, 0
	for site := range sites {
		plan, soFar := y.plan[site][month[:4]], y.spent(site, month[:4], month)
		planned.add(plan)
		inMonth.add(y.month[site][month])
		toDate.add(soFar)
		since.add(y.spent(site, "", month))
		standing[y.standing[site]]++
		if y.standing[site] == "active" && soFar != nil {
			done.add(soFar)
			base.add(plan)
			over += max(0, soFar.Cmp(plan))
		}
	}
	hundredth := new(big.Rat).Quo(&base.total, big.NewRat(100, 1))
	return fmt.Sprintf("%s: planned %s, in the month %s, to date %s, since %s; done %s%%, %s / %s; %d over, %d paused, %d exited", month, &planned, &inMonth,
		&toDate, &since, new(big.Rat).Quo(&done.total, hundredth).FloatString(1), &done, &base, over, standing["paused"], standing["exited"])
}

// said is what the product says of it.
func said(s api.InvestmentSummary) string {
	sum := func(s api.Sum) string { return fmt.Sprintf("%s of %d", s.Total.String(), s.Filled) }
	total, rate := s.Total, s.Total.Completion
	return fmt.Sprintf("%s: planned %s, in the month %s, to date %s, since %s; done %s%%, %s of %d / %s of %d; %d over, %d paused, %d exited", s.Period.String(),
		sum(total.Planned), sum(total.Month), sum(total.ToDate), sum(total.Since), *rate.Percent, rate.Done.String(), rate.Filled, rate.Base.String(),
		rate.Filled, total.Over, total.Paused, total.Exited)
}

// holdInvestment compares the money of the city with the ledger.
func (y *year) holdInvestment(t *testing.T, month string) {
	t.Helper()
	s := apitest.Decode[api.InvestmentSummary](t, y.ok(t, y.manager.Get(t, "/api/v1/investment?year="+month[:4])))
	require.Equal(t, y.money(month), said(s))
	require.Equal(t, 355, s.Total.Projects)
	require.Equal(t, 355, s.Total.Active+s.Total.Paused+s.Total.Exited)
}
