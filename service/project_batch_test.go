package service_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"zhongda/domain"
	"zhongda/repository/repositorytest"
	"zhongda/service"
)

// codes are the refusals of a batch, "" for what was done.
func codes(results []service.BatchResult) (found []string) {
	for _, r := range results {
		switch {
		case r.Refusal == nil:
			found = append(found, "")
		case len(r.Refusal.Fields) > 0:
			found = append(found, r.Refusal.Fields[0].Code)
		default:
			found = append(found, r.Refusal.Code)
		}
	}
	return found
}

func TestABatchConfirmsWhatItMayAndLeavesTheRest(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	lead := o.member(t, "water", domain.RoleBureauLead)
	own := o.NewProject(t, repositorytest.OwnedBy("water"))
	done := o.NewProject(t, repositorytest.OwnedBy("water"), repositorytest.Confirmed())
	foreign := o.NewProject(t, repositorytest.OwnedBy("transport"))
	stale := o.NewProject(t, repositorytest.OwnedBy("water"))
	exited := o.NewProject(t, repositorytest.OwnedBy("water"), repositorytest.Exited())
	batch := domain.ProjectBatch{Action: domain.BatchConfirm, Preview: true, Items: []domain.BatchItem{
		{ID: own.ID, Version: own.Version}, {ID: done.ID, Version: done.Version}, {ID: foreign.ID, Version: foreign.Version},
		{ID: stale.ID, Version: stale.Version + 1}, {ID: exited.ID, Version: exited.Version}, {ID: 999_999, Version: 1},
	}}
	want := []string{"", "already_confirmed", "not_own_project", "stale_version", "project_exited", "project_not_found"}

	before := fingerprint(t, o.Database, "project", "audit_record", "milestone")
	previewed, err := o.BatchProjects(as(lead), batch)
	require.NoError(t, err)
	require.Equal(t, want, codes(previewed))
	require.Equal(t, before, fingerprint(t, o.Database, "project", "audit_record", "milestone"), "a preview writes nothing")

	batch.Preview = false
	results, err := o.BatchProjects(as(lead), batch)
	require.NoError(t, err)
	require.Equal(t, want, codes(results))
	require.Equal(t, []bool{true, false}, []bool{results[0].Before.StageProvisional, results[0].After.StageProvisional})
	require.Equal(t, own.Version+1, results[0].After.Version)
	require.Equal(t, stale.Version, results[3].Refusal.CurrentVersion)
	require.Equal(t, "1", o.countRecords(t, "action = 'project.confirm' AND result = 'done'"), "one record for each project changed")
	require.Equal(t, "1", o.countRecords(t, "action = 'project.confirm' AND result = 'refused' AND project_id = "+text(foreign.ID)))
	require.Equal(t, "f f t t", o.Text(t, `SELECT concat_ws(' ', (SELECT owner_provisional::text::char FROM project WHERE id = $1), (SELECT stage_provisional::text::char FROM project WHERE id = $1),
		(SELECT owner_provisional::text::char FROM project WHERE id = $2), (SELECT owner_provisional::text::char FROM project WHERE id = $3))`, own.ID, foreign.ID, stale.ID))
}

func TestABatchHandsProjectsOverAndBack(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	reviewer := o.member(t, "drc", domain.RoleDRCReviewer)
	water, transport := o.Organisation(t, "water"), o.Organisation(t, "transport")
	first, second := o.NewProject(t, repositorytest.OwnedBy("water")), o.NewProject(t, repositorytest.OwnedBy("water"))
	items := []domain.BatchItem{{ID: first.ID, Version: first.Version}, {ID: second.ID, Version: second.Version}}
	over, err := o.BatchProjects(as(reviewer), domain.ProjectBatch{Action: domain.BatchAssign, OwnerOrganisationID: transport.ID, Items: items})
	require.NoError(t, err)
	require.Equal(t, []string{"", ""}, codes(over))
	require.Equal(t, water.Name+"→"+transport.Name, over[1].Before.Owner.Name+"→"+over[1].After.Owner.Name)
	for i := range items {
		items[i].Version = over[i].After.Version
	}
	back, err := o.BatchProjects(as(reviewer), domain.ProjectBatch{Action: domain.BatchAssign, OwnerOrganisationID: water.ID, Items: items})
	require.NoError(t, err)
	require.Equal(t, []string{"", ""}, codes(back))
	require.Equal(t, "4", o.countRecords(t, "action = 'project.update' AND result = 'done'"))
	unknown, err := o.BatchProjects(as(reviewer), domain.ProjectBatch{Action: domain.BatchAssign, OwnerOrganisationID: 999_999, Items: items[:1], Preview: true})
	require.NoError(t, err)
	require.Equal(t, []string{"stale_version"}, codes(unknown), "the version is asked before the owner")
}

func TestABatchIsRefusedAsAWhole(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	reviewer, editor := o.member(t, "drc", domain.RoleDRCReviewer), o.member(t, "water", domain.RoleBureauEditor)
	p := o.NewProject(t, repositorytest.OwnedBy("water"))
	item := domain.BatchItem{ID: p.ID, Version: p.Version}
	for _, c := range []struct {
		who  domain.User
		give domain.ProjectBatch
		want string
	}{
		{editor, domain.ProjectBatch{Action: domain.BatchConfirm, Items: []domain.BatchItem{item}}, "role_missing"},
		{editor, domain.ProjectBatch{Action: domain.BatchAssign, OwnerOrganisationID: 1, Items: []domain.BatchItem{item}}, "role_missing"},
		{reviewer, domain.ProjectBatch{Action: domain.BatchConfirm, Items: []domain.BatchItem{item}}, "role_missing"},
		{reviewer, domain.ProjectBatch{Action: domain.BatchAssign, Items: []domain.BatchItem{item}}, "ownerOrganisationId required"},
		{reviewer, domain.ProjectBatch{Action: domain.BatchAssign, OwnerOrganisationID: 1}, "items batch_size"},
		{reviewer, domain.ProjectBatch{Action: domain.BatchAssign, OwnerOrganisationID: 1, Items: make([]domain.BatchItem, 101)}, "items batch_size"},
		{reviewer, domain.ProjectBatch{Action: domain.BatchAssign, OwnerOrganisationID: 1, Items: []domain.BatchItem{item, item}}, "items project_twice"},
	} {
		before := fingerprint(t, o.Database, "project")
		results, err := o.BatchProjects(as(c.who), c.give)
		require.ErrorContains(t, err, c.want)
		require.Nil(t, results)
		require.Equal(t, before, fingerprint(t, o.Database, "project"))
	}
	require.Equal(t, "3", o.countRecords(t, "result = 'refused'"))
}
