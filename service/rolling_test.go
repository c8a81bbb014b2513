package service_test

import (
	"context"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"zhongda/domain"
	"zhongda/repository/repositorytest"
)

// Four projects over three months: one goes through two gates, one is moved back, one exits, one is only derived.
func TestTheRollingBoardFollowsTheProjects(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	reviewer := as(o.member(t, "drc", domain.RoleDRCReviewer))
	at := func(month time.Month, d int) { o.now = shenzhen(2026, month, d) }
	move := func(p domain.ProjectDetail, to domain.Stage) {
		t.Helper()
		o.Exec(t, "UPDATE project SET stage_provisional = true WHERE id = $1", p.ID) // else it goes forward through a gate
		current, err := o.Store.Project(t.Context(), domain.ScopeAll(), p.ID)
		require.NoError(t, err)
		_, err = o.MoveProject(reviewer, p.ID, current.Version, domain.StageMove{To: to, Reason: "决定", Evidence: "批文"})
		require.NoError(t, err)
	}
	at(time.July, 10)
	confirmed := []repositorytest.Trait{repositorytest.Confirmed(), repositorytest.AtStage(domain.StageReserve)}
	through, back := o.NewProject(t, confirmed...), o.NewProject(t, confirmed...)
	exits, derived := o.NewProject(t, confirmed...), o.NewProject(t, repositorytest.AtStage(domain.StageReserve))
	at(time.July, 20)
	move(through, domain.StagePreliminary)
	at(time.August, 5)
	move(back, domain.StagePreliminary)
	at(time.August, 6)
	move(back, domain.StageConceived) // twice in a month: from reserve to conceived
	_, err := o.SetProjectStanding(reviewer, exits.ID, exits.Version, domain.StandingMove{To: domain.StandingExited, Reason: "取消", Document: "文件", ExitKind: domain.ExitWithdrawn})
	require.NoError(t, err)
	at(time.September, 1)
	move(through, domain.StageImplementation)
	at(time.September, 15)
	o.Exec(t, "UPDATE stage_dwell_limit SET days = 30 WHERE stage = 'conceived'")
	o.Exec(t, "UPDATE stage_dwell_limit SET days = 14 WHERE stage = 'implementation'")

	r := o.rolling(reviewer, t, domain.ProjectFilter{}, domain.Period{}, domain.Period{})
	require.Equal(t, day(2026, 7, 10), r.Begin)
	flow := func(stage domain.Stage, before, entries, exits, stock, converted, known int, dwell float64) domain.StageFlow {
		return domain.StageFlow{Stage: stage, Before: before, Entries: entries, Exits: exits, Stock: stock, Converted: converted, DwellKnown: known, Dwell: dwell}
	}
	const conceived, reserve, preliminary, building = domain.StageConceived, domain.StageReserve, domain.StagePreliminary, domain.StageImplementation
	require.Equal(t, []domain.StageFlow{
		flow(conceived, 0, 0, 0, 0, 0, 0, 0), flow(reserve, 4, 0, 1, 3, 1, 0, 0), flow(preliminary, 0, 1, 0, 1, 0, 1, 11),
	}, july(r)[:3], "the record begins with four projects in reserve, of which one goes on")
	require.Equal(t, []domain.StageFlow{
		flow(conceived, 0, 1, 0, 1, 0, 1, 25), flow(reserve, 3, 0, 2, 1, 0, 0, 0), flow(preliminary, 1, 0, 0, 1, 0, 1, 42), flow(building, 0, 0, 0, 0, 0, 0, 0),
	}, r.Months[1].Stages[:4])
	require.Equal(t, []domain.StageFlow{
		flow(conceived, 1, 0, 0, 1, 0, 1, 40), flow(reserve, 1, 0, 0, 1, 0, 0, 0), flow(preliminary, 1, 0, 1, 0, 1, 0, 0), flow(building, 0, 1, 0, 1, 0, 1, 14),
	}, r.Months[2].Stages[:4])
	require.Equal(t, day(2026, 9, 15), r.Months[2].End)
	require.False(t, r.Months[2].Over)
	require.Len(t, r.Stuck, 1, "fourteen days are not over fourteen; the derived one's beginning is unknown")
	require.Equal(t, []any{back.ID, 40, 30, day(2026, 8, 6)}, []any{r.Stuck[0].ID, r.Stuck[0].Days, r.Stuck[0].Limit, r.Stuck[0].Entered})
	require.NotZero(t, derived.ID)

	august := domain.Period{Year: 2026, Month: time.August}
	require.Equal(t, r.Months[1].Stages, o.rolling(reviewer, t, domain.ProjectFilter{}, august, august).Total)
	require.Zero(t, o.rolling(reviewer, t, domain.ProjectFilter{Owners: []string{"transport"}}, august, august).Total[1].Before)
}

func july(r domain.Rolling) []domain.StageFlow { return r.Months[0].Stages }

// rolling also holds every stock to the total of the list that its link opens.
func (o *office) rolling(ctx context.Context, t *testing.T, f domain.ProjectFilter, from, to domain.Period) domain.Rolling {
	t.Helper()
	r, err := o.Rolling(ctx, f, from, to)
	require.NoError(t, err)
	for _, month := range r.Months {
		for _, line := range month.Stages {
			linked := f
			linked.Stages, linked.Standings = []domain.Stage{line.Stage}, []domain.Standing{domain.StandingActive, domain.StandingPaused}
			if month.Over {
				linked.AsOf = month.End
			}
			page, err := o.Projects(ctx, linked, domain.ProjectSort{Key: domain.SortCode}, domain.PageRequest{WithTotal: true})
			require.NoError(t, err)
			require.Equal(t, page.Total, line.Stock, "%s %s", month.Month, line.Stage)
		}
	}
	return r
}
