package service_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"zhongda/domain"
	"zhongda/repository/repositorytest"
)

// tree is a random city: parents[i] stands above bureaus[i], owners[j] owns projects[j].
type tree struct {
	bureaus  []string
	parents  map[string]string
	projects []int64
	owners   map[int64]string
}

func (f tree) below(root, bureau string) bool {
	for at := bureau; at != ""; at = f.parents[at] {
		if at == root {
			return true
		}
	}
	return false
}

// within is what the rule says: the projects whose owner is root or hangs below it.
func (f tree) within(root string) []int64 {
	found := []int64{}
	for _, id := range f.projects {
		if f.below(root, f.owners[id]) {
			found = append(found, id)
		}
	}
	return found
}

const grow = `
WITH RECURSIVE grown AS (
	SELECT id, ARRAY[id] AS path FROM organisation WHERE parent_id IS NULL
	UNION ALL SELECT o.id, grown.path || o.id FROM organisation o JOIN grown ON o.parent_id = grown.id)
UPDATE organisation o SET path = grown.path FROM grown WHERE grown.id = o.id`

// plant draws a tree and makes the database look like it.
func plant(t *testing.T, r *rapid.T, o *office, f *tree) {
	t.Helper()
	for i, bureau := range f.bureaus[1:] {
		f.parents[bureau] = rapid.SampledFrom(f.bureaus[:i+1]).Draw(r, "above "+bureau)
		o.Exec(t, "UPDATE organisation SET parent_id = (SELECT id FROM organisation WHERE code = $2) WHERE code = $1", bureau, f.parents[bureau])
	}
	o.Exec(t, grow)
	for _, id := range f.projects {
		f.owners[id] = rapid.SampledFrom(f.bureaus).Draw(r, fmt.Sprintf("owner of %d", id))
		o.Exec(t, "UPDATE project SET owner_organisation_id = (SELECT id FROM organisation WHERE code = $2) WHERE id = $1", id, f.owners[id])
	}
}

// TestWhatMayBeChangedIsWhatIsListedAsMine holds three answers against the tree itself: the list filtered to mine, the
// permission shown with each project, and what the database lets the update do.
func TestWhatMayBeChangedIsWhatIsListedAsMine(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	f := &tree{
		bureaus: []string{"city", "drc", "water", "transport", "baoan", "baoan-water", "futian", "futian-water"},
		parents: map[string]string{}, owners: map[int64]string{},
	}
	for range 6 {
		f.projects = append(f.projects, o.NewProject(t).ID)
	}
	o.Exec(t, "UPDATE project SET internal_note = '内部'")
	editors := map[string]domain.User{}
	for _, bureau := range f.bureaus {
		editors[bureau] = o.member(t, bureau, domain.RoleBureauEditor)
	}
	rapid.Check(t, func(r *rapid.T) {
		plant(t, r, o, f)
		bureau := rapid.SampledFrom(f.bureaus).Draw(r, "editor of")
		ctx := as(editors[bureau])
		want := f.within(bureau)

		mine, err := o.Projects(ctx, domain.ProjectFilter{OnlyMine: true}, domain.ProjectSort{Key: domain.SortCode}, domain.PageRequest{})
		require.NoError(t, err)
		require.Equal(t, want, ids(mine.Items))

		id := rapid.SampledFrom(f.projects).Draw(r, "project")
		view, err := o.Project(ctx, id)
		require.NoError(t, err)
		covered := slices.Contains(want, id)
		require.Equal(t, covered, slices.Contains(view.Allowed, domain.PermissionProjectUpdate))
		require.Equal(t, covered, o.MayUpdate(ctx, view.Project))
		require.Equal(t, covered, view.Full)
		require.Equal(t, covered, view.InternalNote != "")

		note := rapid.StringMatching(`[a-z]{8}`).Draw(r, "note")
		_, err = o.UpdateProject(ctx, id, view.Version, domain.ProjectChange{InternalNote: &note})
		require.Equal(t, covered, err == nil, "%v", err)
		require.Equal(t, covered, note == o.Text(t, "SELECT internal_note FROM project WHERE id = $1", id))
	})
}

// TestTheExplanationAgreesWithThePolicy asks "why may I (not)?" as every role and compares with what is allowed.
func TestTheExplanationAgreesWithThePolicy(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	own, exited := o.NewProject(t, repositorytest.OwnedBy("baoan-water")), o.NewProject(t, repositorytest.OwnedBy("baoan-water"), repositorytest.Exited())
	rules := map[string]bool{}
	for _, role := range []domain.Role{domain.RoleBureauEditor, domain.RoleBureauLead, domain.RoleDRCReviewer, domain.RoleManager} {
		for _, bureau := range []string{"baoan-water", "baoan", "futian"} {
			ctx := as(o.member(t, bureau, role))
			for _, id := range []int64{own.ID, exited.ID} {
				view, err := o.Project(ctx, id)
				require.NoError(t, err)
				e, err := o.ExplainProject(ctx, id)
				require.NoError(t, err)
				for _, d := range e.Decisions {
					rules[d.Rule] = true
					require.Equal(t, slices.Contains(view.Allowed, d.Permission), d.Allowed, "%s of %s in %s on %d", d.Permission, role, bureau, id)
				}
				require.Equal(t, view.Full, len(e.Editors) > 0, "editors are named to those who see the project in full")
			}
		}
	}
	require.Len(t, rules, 5, "every rule was met: %v", rules)
}

func TestNothingOfAnExitedProjectMayBeChanged(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	p := o.NewProject(t, repositorytest.OwnedBy("water"), repositorytest.Exited())
	for _, role := range domain.Roles() {
		ctx := as(o.member(t, "water", role))
		view, err := o.Project(ctx, p.ID)
		if err != nil {
			require.Equal(t, "role_missing", codeOf(t, err))
			continue
		}
		for _, permission := range view.Allowed {
			require.Contains(t, []domain.Permission{
				domain.PermissionProjectRead, domain.PermissionProjectReadInternal, domain.PermissionReportRead, domain.PermissionReportDecide,
				domain.PermissionAttachmentRead,
			}, permission, role)
		}
	}
	before := fingerprint(t, o.Database, "project", "milestone")
	lead := as(o.member(t, "city", domain.RoleBureauLead))
	_, err := o.UpdateProject(lead, p.ID, p.Version, domain.ProjectChange{Summary: ptr("x")})
	require.Equal(t, "project_exited", codeOf(t, err))
	_, err = o.CreateMilestone(lead, domain.Milestone{ProjectID: p.ID, Kind: domain.MilestoneStart, Name: "开工"})
	require.Equal(t, "project_exited", codeOf(t, err))
	require.Equal(t, before, fingerprint(t, o.Database, "project", "milestone"))
}
