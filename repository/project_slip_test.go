package repository_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"zhongda/domain"
	"zhongda/repository/repositorytest"
)

// dated is a milestone so many days from today; nil leaves a date out.
func dated(days ...*int) [3]*domain.PlanDate {
	var dates [3]*domain.PlanDate
	for i, d := range days {
		if d != nil {
			dates[i] = &domain.PlanDate{Date: domain.DateOf(today.Time().AddDate(0, 0, *d)), Precision: domain.PrecisionDay}
		}
	}
	return dates
}

func TestProjectsAreBinnedByTheirDaysAgainstEitherBaseline(t *testing.T) {
	t.Parallel()
	n := func(days int) *int { return &days }
	for name, c := range map[string]struct {
		original, current domain.SlipBin
		dates             [3]*domain.PlanDate // original baseline, current baseline, forecast
		standing          repositorytest.Trait
		reached           bool
	}{
		"no baseline":                {original: domain.SlipNone, current: domain.SlipNone, dates: dated(nil, nil, n(900))},
		"no forecast, not yet due":   {original: domain.SlipNone, current: domain.SlipNone, dates: dated(n(1), n(1), nil)},
		"due today":                  {original: domain.SlipNone, current: domain.SlipNone, dates: dated(n(0), n(0), nil)},
		"due yesterday, in silence":  {original: domain.SlipTo30, current: domain.SlipTo30, dates: dated(n(-1), n(-1), nil)},
		"early":                      {original: domain.SlipOnTime, current: domain.SlipOnTime, dates: dated(n(100), n(100), n(60))},
		"to the day":                 {original: domain.SlipOnTime, current: domain.SlipOnTime, dates: dated(n(100), n(100), n(100))},
		"30 days, rebaselined":       {original: domain.SlipTo30, current: domain.SlipOnTime, dates: dated(n(100), n(130), n(130))},
		"31 days":                    {original: domain.SlipTo90, current: domain.SlipTo90, dates: dated(n(100), n(100), n(131))},
		"90 and 30":                  {original: domain.SlipTo90, current: domain.SlipTo30, dates: dated(n(100), n(160), n(190))},
		"91 and 31":                  {original: domain.SlipTo180, current: domain.SlipTo90, dates: dated(n(100), n(160), n(191))},
		"180":                        {original: domain.SlipTo180, current: domain.SlipTo180, dates: dated(n(100), n(100), n(280))},
		"181":                        {original: domain.SlipOver180, current: domain.SlipOver180, dates: dated(n(100), n(100), n(281))},
		"silence worse than words":   {original: domain.SlipOver180, current: domain.SlipTo90, dates: dated(n(-200), n(-40), n(-195))},
		"exited owes nothing":        {original: domain.SlipNone, current: domain.SlipNone, dates: dated(n(100), n(100), n(281)), standing: repositorytest.Exited()},
		"reached, late as it was":    {original: domain.SlipNone, current: domain.SlipNone, dates: dated(n(-100), n(-100), nil), reached: true},
		"original kept, current new": {original: domain.SlipTo180, current: domain.SlipOnTime, dates: dated(n(-100), n(300), n(50))},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			city := repositorytest.NewCity(t)
			traits := []repositorytest.Trait{}
			if c.standing != nil {
				traits = append(traits, c.standing)
			}
			p := city.NewProject(t, traits...)
			m := domain.Milestone{ProjectID: p.ID, Baseline: c.dates[0], CurrentBaseline: c.dates[1], Forecast: c.dates[2]}
			if c.reached {
				m.Actual = today
			}
			city.NewMilestone(t, m)
			city.Exec(t, "UPDATE project SET slip_days = (SELECT max(forecast - baseline) FROM milestone WHERE actual IS NULL)")
			got, err := city.Store.Pipeline(t.Context(), domain.ScopeAll(), domain.ProjectFilter{Today: today}, today)
			require.NoError(t, err)
			require.Equal(t, domain.SlipSummary{Original: domain.SlipCount{c.original: 1}, Current: domain.SlipCount{c.current: 1}}, got.Slip)
			for against, bin := range map[domain.SlipBaseline]domain.SlipBin{domain.SlipOriginal: c.original, domain.SlipCurrent: c.current} {
				filter := domain.ProjectFilter{Slips: []domain.SlipBin{bin}, SlipAgainst: against, Today: today}
				require.Len(t, names(t, city, domain.ScopeAll(), filter), 1, against)
			}
		})
	}
}
