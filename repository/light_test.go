package repository_test

import (
	"encoding/csv"
	"os"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"zhongda/domain"
	"zhongda/repository"
	"zhongda/repository/repositorytest"
)

// shenzhen is the business time zone, whatever the server and the database think.
func shenzhen() *time.Location { return time.FixedZone("UTC+8", 8*60*60) }

// scene writes one line of the domain's table of lights into the database and returns the project.
func scene(t *testing.T, city *repositorytest.City, c map[string]string) int64 {
	t.Helper()
	p := city.NewProject(t, repositorytest.Named(c["name"]), repositorytest.AtStage(domain.Stage(c["stage"])))
	city.Exec(t, `UPDATE project SET stage_provisional = $2, standing = $3, standing_reason = 'r', standing_document = 'd',
			standing_since = '2026-01-01', target = $4, progress = nullif($5, '')::numeric,
			reported_period = (nullif($6, '') || '-01')::date, created_at = ($7 || '-01 00:00')::timestamp AT TIME ZONE 'Asia/Shanghai'
		WHERE id = $1`, p.ID, c["confirmed"] != "yes", c["standing"], c["target"], c["progress"], c["reported"], c["since"])
	for kind, columns := range map[domain.MilestoneKind][2]string{
		domain.MilestoneStart: {"start", "started"}, domain.MilestoneAcceptance: {"acceptance", "accepted"},
		domain.MilestonePlanCommitment: {"promise", ""},
	} {
		if c[columns[0]] == "" {
			continue
		}
		due := repositorytest.Day(t, c[columns[0]])
		m := domain.Milestone{ProjectID: p.ID, Kind: kind, Baseline: due, CurrentBaseline: due}
		if c[columns[1]] != "" {
			m.Actual = repositorytest.Day(t, c[columns[1]]).Date
		}
		city.NewMilestone(t, m)
	}
	return p.ID
}

// TestLightsAreTheSameInEveryZone runs the domain's table through the database while the program and the session of the
// database live in other time zones, at both ends of the day.
func TestLightsAreTheSameInEveryZone(t *testing.T) {
	city := repositorytest.NewCity(t)
	file, err := os.Open("../domain/testdata/light.csv")
	require.NoError(t, err)
	defer func() { require.NoError(t, file.Close()) }()
	lines, err := csv.NewReader(file).ReadAll()
	require.NoError(t, err)
	scenes := map[int64]map[string]string{}
	for _, line := range lines[1:] {
		c := map[string]string{}
		for i, column := range lines[0] {
			c[column] = line[i]
		}
		scenes[scene(t, city, c)] = c
	}
	local := time.Local
	t.Cleanup(func() { time.Local = local })
	for _, zone := range []string{"UTC", "Asia/Shanghai", "Pacific/Kiritimati", "Pacific/Pago_Pago", "America/Los_Angeles"} {
		time.Local, err = time.LoadLocation(zone)
		require.NoError(t, err)
		for id, c := range scenes {
			verdict := judgeInZone(t, city, id, c["today"], zone)
			require.Equal(t, c["light"], string(verdict.Light), "%s in %s: %+v", c["name"], zone, verdict.Clauses)
			behind := ""
			if s := verdict.Clauses[0].Schedule; s != nil {
				behind = s.Behind.String()
			}
			require.Equal(t, c["behind"], behind, "%s in %s", c["name"], zone)
		}
	}
}

// judgeInZone judges one project in a session of that zone, keeps the verdict and reads it back.
func judgeInZone(t *testing.T, city *repositorytest.City, id int64, today, zone string) domain.Verdict {
	t.Helper()
	var verdict domain.Verdict
	err := city.Store.Write(t.Context(), domain.ScopeAll(), func(tx *repository.Store) error {
		require.NoError(t, tx.InZone(t.Context(), zone))
		on := repositorytest.Day(t, today).Date
		rule, err := tx.LightRule(t.Context(), on)
		require.NoError(t, err)
		judged, err := tx.JudgedProjects(t.Context(), []int64{id}, on, shenzhen())
		require.NoError(t, err)
		require.Len(t, judged, 1)
		verdict = rule.Judge(judged[0].Facts)
		require.NoError(t, tx.SetRuleLight(t.Context(), id, verdict, time.Now()))
		again, err := tx.JudgedProjects(t.Context(), []int64{id}, on, shenzhen())
		require.NoError(t, err)
		require.Equal(t, verdict, *again[0].Verdict, "the kept verdict is the one that was reached")
		require.Equal(t, verdict.Light, again[0].Light)
		return nil
	})
	require.NoError(t, err)
	return verdict
}

// A light is written under the announced scope only, and what was said of it before is never changed.
func TestLightsObeyRowSecurity(t *testing.T) {
	t.Parallel()
	city := repositorytest.NewCity(t)
	p := city.NewProject(t, repositorytest.OwnedBy("water"))
	foreign := domain.ScopeSubtree(city.Organisation(t, "transport").ID)
	verdict := domain.Verdict{Light: domain.RuleGrey, Rule: 1, Clauses: []domain.Clause{}}
	change := domain.LightChange{ProjectID: p.ID, At: time.Now(), Kind: domain.LightByRule, To: "grey", Rule: 1, Clauses: verdict.Clauses}
	err := city.Store.Write(t.Context(), foreign, func(tx *repository.Store) error {
		return tx.SetRuleLight(t.Context(), p.ID, verdict, time.Now())
	})
	require.Equal(t, domain.KindNotFound, domain.KindOf(err))
	err = city.Store.Write(t.Context(), foreign, func(tx *repository.Store) error { return tx.AddLightChange(t.Context(), change) })
	require.Equal(t, domain.KindForbidden, domain.KindOf(err))
	own := domain.ScopeSubtree(city.Organisation(t, "water").ID)
	require.NoError(t, city.Store.Write(t.Context(), own, func(tx *repository.Store) error {
		require.NoError(t, tx.SetRuleLight(t.Context(), p.ID, verdict, time.Now()))
		return tx.AddLightChange(t.Context(), change)
	}))
	for _, privilege := range []string{"UPDATE", "DELETE", "TRUNCATE"} {
		for _, table := range []string{"light_change", "light_rule"} {
			require.Equal(t, "false", city.Text(t, "SELECT has_table_privilege('zhongda_app', $1, $2)", table, privilege), "%s of %s", privilege, table)
		}
	}
}
