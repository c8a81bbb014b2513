package service_test

import (
	"fmt"
	"math/big"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"zhongda/domain"
	"zhongda/repository/repositorytest"
)

// TestThreeMonthsOfTwoBureaus plays July to September of two bureaus' sites and holds every sum against one that knows
// nothing of the program.
func TestThreeMonthsOfTwoBureaus(t *testing.T) {
	t.Parallel()
	n := newNewsroom(t)
	bureaus := map[string][2]domain.User{
		"water": {n.editor, n.lead}, "transport": {n.member(t, "transport", domain.RoleBureauEditor), n.foreign},
	}
	want := map[int64]*big.Rat{}
	grand, city := new(big.Rat), new(big.Rat)
	var sites []domain.ProjectDetail
	for bureau := range bureaus {
		for range 2 {
			p := n.NewProject(t, repositorytest.OwnedBy(bureau), repositorytest.AtStage(domain.StageImplementation))
			sites = append(sites, p)
			want[p.ID] = new(big.Rat)
		}
	}
	for turn, iso := range []string{"2026-07", "2026-08", "2026-09"} {
		n.now = time.Date(2026, time.Month(8+turn), 3, 1, 0, 0, 0, time.UTC)
		for i, p := range sites {
			hands := bureaus[p.Owner.Code]
			spent := fmt.Sprintf("%d.%02d", 9_000_000_000_000_00+i*1_234_567+turn*891, (i*37+turn*61)%100)
			exact, ok := new(big.Rat).SetString(spent)
			require.True(t, ok)
			want[p.ID].Add(want[p.ID], exact)
			grand.Add(grand, exact)
			sum := want[p.ID].FloatString(2)

			r, err := n.StartReport(as(hands[0]), p.ID, month(t, iso))
			require.NoError(t, err)
			change := filled(t)
			change.Month, change.Year, change.Total = yuan(t, spent), yuan(t, sum), yuan(t, sum)
			r, err = n.SaveReport(as(hands[0]), r.ID, r.Version, change)
			require.NoError(t, err)
			require.Empty(t, findingsOf(r.Findings), "the sums are right to the fen")
			r, err = n.SubmitReport(as(hands[1]), r.ID, r.Version)
			require.NoError(t, err)
			_, err = n.DecideReport(as(n.reviewer), decision(r, domain.ReportApprove))
			require.NoError(t, err)
		}
	}
	for _, p := range sites {
		reports, err := n.ProjectReports(as(n.manager), p.ID)
		require.NoError(t, err)
		require.Len(t, reports, 3)
		require.Equal(t, want[p.ID].FloatString(2), reports[0].Content.Total.Value.String())
		var months domain.Money
		for _, r := range reports {
			months = months.Add(r.Content.Month.Value)
		}
		require.Equal(t, want[p.ID].FloatString(2), months.String())
		exact, ok := new(big.Rat).SetString(reports[0].Content.Total.Value.String())
		require.True(t, ok)
		city.Add(city, exact)
	}
	require.Equal(t, grand.FloatString(2), city.FloatString(2))
	require.Equal(t, grand.FloatString(2), n.Text(t, "SELECT sum((content->'month'->>'value')::numeric)::text FROM report WHERE state = 'approved'"))
	require.Equal(t, "12", n.Text(t, "SELECT count(*) FROM report r JOIN audit_record a ON a.object_id = r.id AND a.action = 'report.approve' AND a.after->>'contentHash' = r.content_hash"))
}

func findingsOf(found []domain.Finding) string {
	codes := make([]string, len(found))
	for i, f := range found {
		codes[i] = f.Code
	}
	return strings.Join(codes, " ")
}

// One screen shows what is due, late and returned, for one's own bureau and below, and what waits for the Commission.
func TestTheDeskShowsWhatIsOwed(t *testing.T) {
	t.Parallel()
	n := newNewsroom(t)
	building := repositorytest.AtStage(domain.StageImplementation)
	n.Exec(t, "ALTER TABLE project ALTER COLUMN created_at SET DEFAULT '2026-03-15'")
	named := func(name string, traits ...repositorytest.Trait) domain.ProjectDetail {
		return n.site(t, append([]repositorytest.Trait{repositorytest.Named(name)}, traits...)...)
	}
	named("拖欠")
	named("季度", repositorytest.AtStage(domain.StageReserve))
	named("转固", repositorytest.AtStage(domain.StageTransferred))
	named("退出", repositorytest.Exited())
	named("暂停", repositorytest.Paused())
	n.NewProject(t, repositorytest.Named("下属"), repositorytest.OwnedBy("baoan-water"), building)
	n.NewProject(t, repositorytest.Named("别家"), repositorytest.OwnedBy("transport"), building)
	for _, state := range domain.ReportStates() {
		r := n.report(t, state)
		n.Exec(t, "UPDATE project SET name = $2 WHERE id = $1", r.ProjectID, string(state))
	}
	red := n.report(t, domain.ReportDraft)
	n.Exec(t, "UPDATE project SET name = 'red' WHERE id = $1", red.ProjectID)
	red, err := n.SaveReport(as(n.editor), red.ID, red.Version, domain.ReportChange{Light: ptr(domain.LightRed), LightText: ptr("滞后")})
	require.NoError(t, err)
	n.now = n.now.Add(time.Minute)
	_, err = n.SubmitReport(as(n.lead), red.ID, red.Version)
	require.NoError(t, err)

	desk := func(user domain.User) (lines []string) {
		work, err := n.Work(as(user))
		require.NoError(t, err)
		for _, d := range work.Duties {
			open := "none"
			if d.Open != nil {
				open = string(d.Open.State)
			}
			lines = append(lines, fmt.Sprintf("%s %s %s due %s missed %d open %s", d.Group, d.Project.Name, d.Period, d.Due, d.Missed, open))
		}
		return lines
	}
	require.Equal(t, []string{ // on the first of July June is due in five days; March, April and May are gone
		"returned returned 2026-06 due 2026-07-06 missed 3 open returned",
		"late 拖欠 2026-06 due 2026-07-06 missed 3 open none",
		"late draft 2026-06 due 2026-07-06 missed 3 open draft",
		"late 季度 2026-06 due 2026-07-06 missed 1 open none",
		"late 暂停 2026-06 due 2026-07-06 missed 1 open none",
		"waiting submitted 2026-06 due 2026-07-06 missed 0 open submitted",
		"waiting red 2026-06 due 2026-07-06 missed 0 open submitted",
	}, desk(n.lead))
	require.Equal(t, []string{"late 下属 2026-06 due 2026-07-06 missed 3 open none"}, desk(n.member(t, "baoan", domain.RoleBureauEditor)))
	n.Exec(t, "UPDATE project SET created_at = '2026-05-31 20:00:00Z'") // June the first in Shenzhen
	require.Contains(t, desk(n.lead), "due 拖欠 2026-06 due 2026-07-06 missed 0 open none")
	require.Contains(t, desk(n.lead), "draft draft 2026-06 due 2026-07-06 missed 0 open draft")

	work, err := n.Work(as(n.reviewer))
	require.NoError(t, err)
	require.Nil(t, work.Duties)
	require.Equal(t, [2]int{2, 1}, [2]int{work.Review.Waiting, work.Review.Red})
	require.Equal(t, n.now.Add(-time.Minute), work.Review.Oldest.UTC())
	work, err = n.Work(as(n.manager))
	require.NoError(t, err)
	require.Nil(t, work.Duties)
	require.Nil(t, work.Review)

	for _, c := range []struct {
		filter domain.QueueFilter
		want   string
	}{
		{domain.QueueFilter{}, "submitted red"},
		{domain.QueueFilter{RedFirst: true}, "red submitted"},
		{domain.QueueFilter{Lights: []domain.Light{domain.LightRed}}, "red"},
		{domain.QueueFilter{Projects: domain.ProjectFilter{Text: "submitted"}}, "submitted"},
		{domain.QueueFilter{Projects: domain.ProjectFilter{Owners: []string{"transport"}}}, ""},
	} {
		page := domain.PageRequest{Limit: 1, WithTotal: true}
		var names []string
		for {
			queue, err := n.ReviewQueue(as(n.reviewer), c.filter, page)
			require.NoError(t, err)
			require.Equal(t, len(strings.Fields(c.want)), queue.Total)
			for _, w := range queue.Items {
				names = append(names, w.Project.Name)
				require.Nil(t, w.Previous)
			}
			if page.Cursor = queue.NextCursor; page.Cursor == "" {
				break
			}
			_, err = n.ReviewQueue(as(n.reviewer), domain.QueueFilter{RedFirst: !c.filter.RedFirst}, page)
			require.Equal(t, "malformed", codeOf(t, err), "a cursor belongs to its order")
		}
		require.Equal(t, c.want, strings.Join(names, " "))
	}
}

// Each of the three lights brings a waiting thing forward, and none puts it off: the owner's of the report itself, the
// rule's, the Commission's.
func TestTheReddestFirstByTheWorstOfThreeLights(t *testing.T) {
	t.Parallel()
	n := newNewsroom(t)
	for _, c := range []struct {
		name           string
		owner          domain.Light
		rule, reviewer string
	}{
		{"none", domain.LightGreen, "grey", ""}, {"yellow by rule", domain.LightGreen, "yellow", "green"},
		{"red by owner", domain.LightRed, "green", ""}, {"red by rule", domain.LightGreen, "red", "green"},
		{"red by reviewer", domain.LightGreen, "green", "red"}, {"yellow by owner", domain.LightYellow, "completed", ""},
	} {
		p := n.site(t, repositorytest.Named(c.name))
		change := filled(t)
		change.Light, change.LightText = &c.owner, ptr("说明")
		r, err := n.StartReport(as(n.editor), p.ID, month(t, "2026-06"))
		require.NoError(t, err)
		r, err = n.SaveReport(as(n.editor), r.ID, r.Version, change)
		require.NoError(t, err)
		_, err = n.SubmitReport(as(n.lead), r.ID, r.Version)
		require.NoError(t, err)
		n.Exec(t, `UPDATE project SET rule_light = $1, reviewer_light = $2, reviewer_text = $2, reviewer_light_by = $2,
			reviewer_light_at = CASE WHEN $2 <> '' THEN now() END WHERE id = $3`, c.rule, c.reviewer, p.ID)
		n.now = n.now.Add(time.Minute)
	}
	names := func(f domain.QueueFilter) (found []string) {
		queue, err := n.ReviewQueue(as(n.reviewer), f, domain.PageRequest{Limit: 10})
		require.NoError(t, err)
		for _, w := range queue.Items {
			found = append(found, fmt.Sprintf("%s: %s, owner %s", w.Project.Name, w.Light, w.OwnerLight))
		}
		return found
	}
	red := []string{"red by owner: red, owner red", "red by rule: red, owner green", "red by reviewer: red, owner green"}
	require.Equal(t, append(slices.Clone(red), "yellow by rule: yellow, owner green", "yellow by owner: yellow, owner yellow", "none: green, owner green"),
		names(domain.QueueFilter{RedFirst: true}))
	require.Equal(t, red, names(domain.QueueFilter{Lights: []domain.Light{domain.LightRed}}), "the filter means the same light")
	work, err := n.Work(as(n.reviewer))
	require.NoError(t, err)
	require.Equal(t, 3, work.Review.Red, "and so does the count")
}
