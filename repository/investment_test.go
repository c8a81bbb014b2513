package repository_test

import (
	"fmt"
	"math/big"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"zhongda/domain"
	"zhongda/repository"
	"zhongda/repository/repositorytest"
)

// ledger is what a project of the test is known to be, beside the database: amounts in 分, nil where missing.
type ledger struct {
	estimate, budget, account, planned, month, toDate, since *big.Rat
	funding                                                  map[domain.FundSource]*big.Rat
	standing                                                 domain.Standing
	stage                                                    domain.Stage
	owner, category                                          string
	districts                                                []string
}

func (l ledger) total() *big.Rat {
	for _, figure := range []*big.Rat{l.account, l.budget, l.estimate} {
		if figure != nil {
			return figure
		}
	}
	return nil
}

// draw is a random amount, in half of the cases none.
func draw(r *rand.Rand) *big.Rat {
	if r.IntN(2) == 0 {
		return nil
	}
	return big.NewRat(r.Int64N(9_999_999_999_999_999), 100)
}

func yuanOrNull(amount *big.Rat) any {
	if amount == nil {
		return nil
	}
	return amount.FloatString(2)
}

func optional(trait func(string) repositorytest.Trait, amount *big.Rat) repositorytest.Trait {
	return trait(amount.FloatString(2))
}

// keep writes a random project with a confirmed plan and two approved reports, and says what it wrote.
func keep(t *testing.T, city *repositorytest.City, r *rand.Rand) ledger {
	t.Helper()
	l := ledger{
		estimate: draw(r), budget: draw(r), account: draw(r), planned: draw(r), month: draw(r), toDate: draw(r), since: draw(r),
		funding: map[domain.FundSource]*big.Rat{}, standing: []domain.Standing{"active", "active", "paused", "exited"}[r.IntN(4)],
		stage: domain.Stages()[r.IntN(6)], owner: []string{"water", "baoan-water", "transport"}[r.IntN(3)],
		category:  []string{"water-plant", "transport-rail", "transport-road"}[r.IntN(3)],
		districts: [][]string{{}, {"440304"}, {"440306"}, {"440304", "440306"}}[r.IntN(4)],
	}
	traits := []repositorytest.Trait{
		repositorytest.OwnedBy(l.owner), repositorytest.InCategory(l.category), repositorytest.AtStage(l.stage), repositorytest.InDistricts(l.districts...),
	}
	for trait, amount := range map[*big.Rat]func(string) repositorytest.Trait{
		l.estimate: repositorytest.Estimated, l.budget: repositorytest.Budgeted, l.account: repositorytest.Settled,
	} {
		if trait != nil {
			traits = append(traits, optional(amount, trait))
		}
	}
	switch l.standing {
	case domain.StandingPaused:
		traits = append(traits, repositorytest.Paused())
	case domain.StandingExited:
		traits = append(traits, repositorytest.Exited())
	case domain.StandingActive:
	}
	id := city.NewProject(t, traits...).ID
	if l.planned != nil {
		half := new(big.Rat).SetFrac(new(big.Int).Quo(l.planned.Num(), new(big.Int).Mul(l.planned.Denom(), big.NewInt(2))), big.NewInt(1))
		l.funding[domain.FundSources()[r.IntN(7)]] = half
	}
	confirmPlan(t, city, id, l)
	approve(t, city, id, "2026-06-01", l.month, l.toDate, l.since)
	approve(t, city, id, "2026-07-01", draw(r), draw(r), draw(r)) // after the month in question
	return l
}

func confirmPlan(t *testing.T, city *repositorytest.City, id int64, l ledger) {
	t.Helper()
	if l.planned == nil {
		return
	}
	columns, values := "", ""
	for source, amount := range l.funding {
		columns, values = ", "+string(source), ", "+amount.FloatString(2)
	}
	for revision, planned := range []string{"0", l.planned.FloatString(2)} {
		extra, given := "", ""
		if revision == 1 {
			extra, given = columns, values
		}
		city.Exec(t, `INSERT INTO investment_plan (project_id, year, revision, reason, planned, planned_missing, planned_basis, drafted_by, updated_by, updated_at, confirmed_by, confirmed_at`+extra+`)
			VALUES ($1, 2026, $2, '调整', $3, '', '', 'a', 'a', now(), 'b', now()`+given+`)`, id, revision+1, planned)
	}
	city.Exec(t, `INSERT INTO investment_plan (project_id, year, revision, reason, planned, planned_missing, planned_basis, drafted_by, updated_by, updated_at)
		VALUES ($1, 2026, 3, '还未确认', 1, '', '', 'a', 'a', now())`, id)
}

// approve writes an approved report past every rule; a missing figure is withheld.
func approve(t *testing.T, city *repositorytest.City, id int64, period string, month, year, total *big.Rat) {
	t.Helper()
	city.Exec(t, `INSERT INTO report (project_id, period, revision, state, content, content_hash, due, drafted_by, submitted_by, submitted_at,
			decided_by, decided_at, updated_at, updated_by)
		SELECT $1, $2, 1, 'approved', json_build_object('month', json_build_object('value', coalesce($3, '')),
			'year', json_build_object('value', coalesce($4, '')), 'total', json_build_object('value', coalesce($5, ''))), '', $2, 'a', 'a', now(), 'b', now(), now(), 'a'`,
		id, period, yuanOrNull(month), yuanOrNull(year), yuanOrNull(total))
}

// account adds up ledgers as one does on paper.
func account(ledgers []ledger) (want map[string]string) {
	sums, filled := map[string]*big.Rat{}, map[string]int{}
	add := func(name string, amount *big.Rat) {
		if sums[name] == nil {
			sums[name] = new(big.Rat)
		}
		if amount != nil {
			sums[name].Add(sums[name], amount)
			filled[name]++
		}
	}
	standing := map[domain.Standing]int{}
	over := 0
	for _, l := range ledgers {
		standing[l.standing]++
		add("estimate", l.estimate)
		add("budget", l.budget)
		add("account", l.account)
		add("total", l.total())
		add("planned", l.planned)
		add("month", l.month)
		add("toDate", l.toDate)
		add("since", l.since)
		for _, source := range domain.FundSources() {
			add(string(source), l.funding[source])
		}
		if l.planned != nil {
			rest := new(big.Rat).Set(l.planned)
			for _, given := range l.funding {
				rest.Sub(rest, given)
			}
			add("unsecured", rest)
		} else {
			add("unsecured", nil)
		}
		if l.toDate != nil && l.planned != nil && l.toDate.Cmp(l.planned) > 0 {
			over++
		}
		if l.standing != domain.StandingActive {
			continue
		}
		if l.toDate != nil && l.planned != nil {
			add("done", l.toDate)
			add("base", l.planned)
		}
		if l.since != nil && l.total() != nil {
			add("progressDone", l.since)
			add("progressBase", l.total())
		}
	}
	want = map[string]string{"projects": fmt.Sprint(len(ledgers)), "over": fmt.Sprint(over)}
	for _, s := range []domain.Standing{domain.StandingActive, domain.StandingPaused, domain.StandingExited} {
		want[string(s)] = fmt.Sprint(standing[s])
	}
	for _, name := range []string{"done", "base", "progressDone", "progressBase"} {
		add(name, nil)
	}
	for name, sum := range sums {
		want[name] = fmt.Sprintf("%s of %d", sum.FloatString(2), filled[name])
	}
	for _, name := range append([]string{"unsecured"}, fundNames()...) {
		want[name] = sums[name].FloatString(2)
	}
	return want
}

func fundNames() (names []string) {
	for _, source := range domain.FundSources() {
		names = append(names, string(source))
	}
	return names
}

// spelled gives an answer of the store in the words of account.
func spelled(total domain.InvestmentTotal) map[string]string {
	sum := func(s domain.Sum) string { return fmt.Sprintf("%s of %d", s.Total, s.Filled) }
	got := map[string]string{
		"projects": fmt.Sprint(total.Projects), "active": fmt.Sprint(total.Active), "paused": fmt.Sprint(total.Paused),
		"exited": fmt.Sprint(total.Exited), "over": fmt.Sprint(total.Over),
		"estimate": sum(total.Estimate), "budget": sum(total.Budget), "account": sum(total.Account), "total": sum(total.Total),
		"planned": sum(total.Planned), "month": sum(total.Month), "toDate": sum(total.ToDate), "since": sum(total.Since),
		"unsecured": total.Unsecured.String(),
		"done":      fmt.Sprintf("%s of %d", total.Completion.Done, total.Completion.Filled), "base": fmt.Sprintf("%s of %d", total.Completion.Base, total.Completion.Filled),
		"progressDone": fmt.Sprintf("%s of %d", total.Progress.Done, total.Progress.Filled), "progressBase": fmt.Sprintf("%s of %d", total.Progress.Base, total.Progress.Filled),
	}
	for _, source := range domain.FundSources() {
		got[string(source)] = total.Funding[source].String()
	}
	return got
}

func summary(t *testing.T, city *repositorytest.City, f domain.ProjectFilter) domain.InvestmentSummary {
	t.Helper()
	june := domain.Period{Year: 2026, Month: time.June}
	s, err := city.Store.InvestmentSummary(t.Context(), domain.ScopeAll(), domain.ScopeAll(), domain.InvestmentFilter{Projects: f, Year: 2026, Period: june})
	require.NoError(t, err)
	return s
}

// Every total and every line of every breakdown is what one gets by adding up on paper, to the 分.
func TestInvestmentTotalsEqualTheSumOverTheProjects(t *testing.T) {
	t.Parallel()
	city := repositorytest.NewCity(t)
	r := rand.New(rand.NewPCG(15, 2026))
	var all []ledger
	for range 60 {
		all = append(all, keep(t, city, r))
	}
	of := func(belongs func(ledger) bool) (chosen []ledger) {
		for _, l := range all {
			if belongs(l) {
				chosen = append(chosen, l)
			}
		}
		return chosen
	}
	s := summary(t, city, domain.ProjectFilter{})
	require.Equal(t, account(all), spelled(s.Total))
	parts := s.Total.ByAccount.Total.Add(s.Total.ByBudget.Total).Add(s.Total.ByEstimate.Total)
	require.Equal(t, s.Total.Total.Total.String(), parts.String(), "the parts by maturity are the whole")
	require.Equal(t, s.Total.Total.Filled, s.Total.ByAccount.Filled+s.Total.ByBudget.Filled+s.Total.ByEstimate.Filled)
	require.Len(t, s.ByCategory, 2)
	for _, line := range s.ByCategory {
		require.Equal(t, account(of(func(l ledger) bool { return l.category[:5] == line.Category.Code[:5] })), spelled(line.InvestmentTotal), line.Category.Code)
	}
	require.Len(t, s.ByDistrict, 2)
	for _, line := range s.ByDistrict {
		crossing := of(func(l ledger) bool {
			return len(l.districts) == 2 || len(l.districts) == 1 && l.districts[0] == line.District.Code
		})
		require.Equal(t, account(crossing), spelled(line.InvestmentTotal), "a corridor counts in each district it crosses")
	}
	require.Len(t, s.ByOwner, 3)
	for _, line := range s.ByOwner {
		require.Equal(t, account(of(func(l ledger) bool { return l.owner == line.Owner.Code })), spelled(line.InvestmentTotal), line.Owner.Code)
	}
	require.Len(t, s.ByStage, 6)
	for _, line := range s.ByStage {
		require.Equal(t, account(of(func(l ledger) bool { return l.stage == line.Stage })), spelled(line.InvestmentTotal), line.Stage)
	}
	narrowed := summary(t, city, domain.ProjectFilter{Districts: []string{"440306"}, Standings: []domain.Standing{domain.StandingActive}})
	require.Equal(t, account(of(func(l ledger) bool {
		return l.standing == domain.StandingActive && len(l.districts) > 0 && l.districts[len(l.districts)-1] == "440306"
	})), spelled(narrowed.Total), "the total is of the filtered list")
	require.Zero(t, summary(t, city, domain.ProjectFilter{Text: "没有这样的项目"}).Total.Projects)
}

func TestWaitingPlansAreThoseOfTheScope(t *testing.T) {
	t.Parallel()
	city := repositorytest.NewCity(t)
	for _, owner := range []string{"water", "transport"} {
		city.Exec(t, `INSERT INTO investment_plan (project_id, year, revision, planned, planned_missing, planned_basis, drafted_by, updated_by, updated_at)
			VALUES ($1, 2026, 1, 5, '', '', 'a', 'a', now())`, city.NewProject(t, repositorytest.OwnedBy(owner)).ID)
	}
	filter := domain.InvestmentFilter{Year: 2026, Period: domain.Period{Year: 2026, Month: 6}}
	for want, scope := range map[int]domain.Scope{2: domain.ScopeAll(), 1: domain.ScopeSubtree(city.Organisation(t, "water").ID), 0: {}} {
		s, err := city.Store.InvestmentSummary(t.Context(), domain.ScopeAll(), scope, filter)
		require.NoError(t, err)
		require.Len(t, s.Waiting, want)
		require.Equal(t, 2, s.Total.Projects)
		require.Equal(t, 0, s.Total.Planned.Filled, "what nobody confirmed is no plan")
	}
}

func TestBrokenConstraintsOfInvestmentPlansReadAsSentences(t *testing.T) {
	t.Parallel()
	city := repositorytest.NewCity(t)
	p := city.NewProject(t)
	money := func(s string) domain.Money { m, err := domain.ParseMoney(s); require.NoError(t, err); return m }
	good := domain.InvestmentPlan{
		ProjectID: p.ID, Year: 2026, Revision: 1, Planned: domain.NewAmount(money("10")), DraftedBy: "editor", UpdatedBy: "editor",
		Funding: map[domain.FundSource]domain.Money{domain.FundLoan: money("4.01")}, UpdatedAt: noon,
	}
	create := func(scope domain.Scope, plan domain.InvestmentPlan) (created domain.InvestmentPlan, err error) {
		err = city.Store.Write(t.Context(), scope, func(tx *repository.Store) error {
			created, err = tx.CreateInvestmentPlan(t.Context(), plan)
			return err
		})
		return created, err
	}
	created, err := create(domain.ScopeSubtree(city.Organisation(t, "water").ID), good)
	require.NoError(t, err)
	read, err := city.Store.InvestmentPlan(t.Context(), p.ID, 2026)
	require.NoError(t, err)
	read.UpdatedAt = read.UpdatedAt.UTC()
	require.Equal(t, created.Funding[domain.FundLoan].String(), read.Funding[domain.FundLoan].String())
	require.Equal(t, created.Planned.Value.String(), read.Planned.Value.String())
	_, err = create(domain.ScopeSubtree(city.Organisation(t, "transport").ID), domain.InvestmentPlan{ProjectID: p.ID, Year: 2027, Revision: 1, Planned: good.Planned})
	require.Equal(t, "row_security", codeOf(t, err))
	for want, change := range map[string]func(*domain.InvestmentPlan){
		"investment_plan_exists":    func(*domain.InvestmentPlan) {},
		"investment_plan_open":      func(i *domain.InvestmentPlan) { i.Revision, i.Reason = 2, "追加" },
		"year plan_year":            func(i *domain.InvestmentPlan) { i.Year = 1999 },
		"reason required":           func(i *domain.InvestmentPlan) { i.Year, i.Revision = 2027, 2 },
		"funding funding_over_plan": func(i *domain.InvestmentPlan) { i.Year, i.Planned = 2027, domain.NewAmount(money("4")) },
		"planned unknown_missing":   func(i *domain.InvestmentPlan) { i.Year, i.Planned, i.Funding = 2027, domain.NotFilled(), nil },
		"planned withheld_needs_basis": func(i *domain.InvestmentPlan) {
			i.Year, i.Planned, i.Funding = 2027, domain.Amount{Missing: domain.MissingWithheld}, nil
		},
	} {
		broken := good
		change(&broken)
		_, err := create(domain.ScopeAll(), broken)
		require.Equal(t, want, codeOf(t, err))
	}
	update := func(plan domain.InvestmentPlan) error {
		return city.Store.Write(t.Context(), domain.ScopeAll(), func(tx *repository.Store) error {
			_, err := tx.UpdateInvestmentPlan(t.Context(), plan)
			return err
		})
	}
	self := created
	self.ConfirmedBy, self.ConfirmedAt = "editor", noon
	require.Equal(t, "plan_four_eyes", codeOf(t, update(self)))
	stale := created
	stale.Version = 7
	require.Equal(t, "stale_version", codeOf(t, update(stale)))
	confirmed := created
	confirmed.ConfirmedBy, confirmed.ConfirmedAt = "reviewer", noon
	require.NoError(t, update(confirmed))
	require.ErrorContains(t, attempt(t, city.DSN, "UPDATE investment_plan SET planned = 99"), "frozen", "the owner")
	require.ErrorContains(t, attempt(t, city.DSN, "SET ROLE zhongda_app; DELETE FROM investment_plan"), "permission denied")
	require.ErrorContains(t, attempt(t, city.DSN, "SET ROLE zhongda_app; UPDATE investment_plan SET drafted_by = ''"), "permission denied")
}
