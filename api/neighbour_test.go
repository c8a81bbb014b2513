package api_test

import (
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"zhongda/api"
	"zhongda/api/apitest"
)

// asQuery is the address of the list that the link of a relation opens.
func asQuery(n api.Neighbours) string {
	query := url.Values{"category": n.Category, "district": n.District, "owner": n.Owner, "limit": {"200"}, "withTotal": {"true"}}
	for _, column := range n.Column {
		query.Add("column", strconv.Itoa(column))
	}
	return query.Encode()
}

func fetch[T any](t *testing.T, c *apitest.Client, path string) T {
	t.Helper()
	r := c.Get(t, "/api/v1"+path)
	require.Equal(t, http.StatusOK, r.Status, "%s: %s", path, r.Body)
	return apitest.Decode[T](t, r)
}

// TestNeighboursAreTheListBehindTheirLink follows the link of every relation of every twentieth project of the catalogue.
func TestNeighboursAreTheListBehindTheirLink(t *testing.T) {
	t.Parallel()
	p := newProduct(t)
	seen := map[string]int{}
	for _, reader := range []string{"manager", p.bureauA + ".editor"} {
		c := p.signedIn(t, reader)
		projects := fetch[api.ProjectPage](t, c, "/projects?limit=200").Items
		for i := 0; i < len(projects); i += 20 {
			project := projects[i]
			for _, n := range fetch[api.NeighbourAnswer](t, c, fmt.Sprintf("/projects/%d/neighbours", project.ID)).Items {
				name := fmt.Sprintf("%s %s of %s", reader, n.Relation, project.Code)
				list := fetch[api.ProjectPage](t, c, "/projects?"+asQuery(n))
				require.NotNil(t, list.Total, name)
				require.Equal(t, *list.Total, n.Total, name)
				require.Len(t, n.Projects, min(n.Total-1, 6), "%s: all the others, or six", name)
				listed := map[int64]bool{}
				for _, row := range list.Items {
					listed[row.ID] = true
				}
				require.True(t, listed[project.ID] || n.Total > 200, "%s: the project itself is in the list", name)
				for _, row := range n.Projects {
					require.True(t, listed[row.ID] || n.Total > 200, name)
					require.NotEqual(t, project.ID, row.ID, name)
				}
				seen[string(n.Relation)]++
			}
		}
	}
	require.Len(t, seen, 3, "every relation was met: %v", seen)
}

// TestNeighboursOfTheSameGroupComeFirst looks at a project whose group in its column has others.
func TestNeighboursOfTheSameGroupComeFirst(t *testing.T) {
	t.Parallel()
	p := newProduct(t)
	id := p.number(t, `SELECT min(m.project_id) FROM plan_mention m WHERE m.group_name <> '' AND m.column_number = (
		SELECT column_number FROM plan_mention WHERE group_name <> '' GROUP BY column_number HAVING count(DISTINCT group_name) > 2
		ORDER BY count(*) DESC, column_number LIMIT 1)`)
	mates := map[int64]bool{}
	for _, each := range strings.Split(p.Text(t, `SELECT coalesce(string_agg(DISTINCT CAST(o.project_id AS text), ','), '') FROM plan_mention m
		JOIN plan_mention o USING (column_number, group_name) WHERE m.project_id = $1 AND o.project_id <> $1`, id), ",") {
		mate, err := strconv.ParseInt(each, 10, 64)
		require.NoError(t, err)
		mates[mate] = true
	}
	for _, n := range fetch[api.NeighbourAnswer](t, p.signedIn(t, "manager"), fmt.Sprintf("/projects/%d/neighbours", id)).Items {
		if n.Relation != "column" {
			continue
		}
		for i, row := range n.Projects {
			require.Equal(t, i < len(mates), mates[row.ID], "place %d of %s", i, row.Code)
		}
		return
	}
	t.Fatal("no neighbours in the column")
}
