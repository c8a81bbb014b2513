package service_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"zhongda/domain"
	"zhongda/repository"
	"zhongda/repository/repositorytest"
)

// told is who has which notice of a report, by name.
func (o *office) told(t testing.TB, reportID int64, where string) string {
	t.Helper()
	return o.Text(t, `SELECT string_agg(u.username || ' ' || n.kind, ', ' ORDER BY u.username, n.id) FROM notice n
		JOIN app_user u ON u.id = n.recipient_id WHERE n.object_kind = 'report' AND n.object_id = $1 AND `+where, reportID)
}

// The Commission hears of a submission, the bureau of a decision, nobody of their own act, and all of it only of what
// took place.
func TestWhoIsToldOfAReport(t *testing.T) {
	t.Parallel()
	n := newNewsroom(t)
	away := n.NewUser(t, "water.away", "water", domain.RoleBureauLead)
	n.Exec(t, "UPDATE app_user SET disabled = true WHERE id = $1", away.ID)
	r := n.report(t, domain.ReportSubmitted)
	require.Equal(t, "drc.drc-reviewer report_submitted, drc.second report_submitted, water.double report_submitted", n.told(t, r.ID, "true"))
	r, err := n.WithdrawReport(as(n.lead), r.ID, r.Version)
	require.NoError(t, err)
	r, err = n.SubmitReport(as(n.double), r.ID, r.Version)
	require.NoError(t, err)
	require.Equal(t, "drc.drc-reviewer report_submitted, drc.second report_submitted",
		n.told(t, r.ID, "n.occasion = '"+text(r.Version)+"'"), "told anew, but not the submitter")
	before := fingerprint(t, n.Database, "notice")
	_, err = n.DecideReport(as(n.double), decision(r, domain.ReportReturn))
	require.Equal(t, "four_eyes", codeOf(t, err))
	require.Equal(t, before, fingerprint(t, n.Database, "notice"), "a refused act tells nobody")
	r, err = n.DecideReport(as(n.reviewer), decision(r, domain.ReportReturn))
	require.NoError(t, err)
	require.Equal(t, "water.bureau-editor report_returned, water.bureau-lead report_returned, water.double report_returned",
		n.told(t, r.ID, "n.occasion = '"+text(r.Version)+"'"))

	other := n.report(t, domain.ReportSubmitted)
	n.Exec(t, "UPDATE app_user SET organisation_id = $2 WHERE id = $1", n.editor.ID, n.Organisation(t, "transport").ID)
	_, err = n.DecideReport(as(n.reviewer), decision(other, domain.ReportApprove))
	require.NoError(t, err)
	require.Equal(t, "water.bureau-lead report_approved, water.double report_approved", n.told(t, other.ID, "kind = 'report_approved'"),
		"who drafted it and moved to another bureau is not told")
}

// A project's people are those of its owner; where it has none, of the nearest body above.
func TestTheNearestBodyIsTold(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	path := o.Organisation(t, "baoan-water").Path
	p := o.NewProject(t, repositorytest.OwnedBy("baoan-water"))
	tell := func(occasion string, to domain.Audience) string {
		err := o.Store.Write(t.Context(), domain.ScopeAll(), func(tx *repository.Store) error {
			_, err := tx.AddNotice(t.Context(), domain.Notice{
				Kind: domain.NoticeReportDue, ProjectID: p.ID, ObjectKind: "project", ObjectID: p.ID, Occasion: occasion, To: to,
			}, "", o.now)
			return err
		})
		require.NoError(t, err)
		return o.Text(t, `SELECT string_agg(u.username, ' ' ORDER BY u.username) FROM notice n JOIN app_user u ON u.id = n.recipient_id
			WHERE n.occasion = $1`, occasion)
	}
	leads := domain.ToRoles(path, domain.RoleBureauLead)
	require.Empty(t, tell("nobody", leads))
	require.Empty(t, tell("zero", domain.Audience{}))
	for i, step := range []struct{ bureau, told string }{
		{"transport", ""}, {"futian-water", ""}, {"city", "city.bureau-lead"}, {"baoan", "baoan.bureau-lead"}, {"baoan-water", "baoan-water.bureau-lead"},
	} {
		o.member(t, step.bureau, domain.RoleBureauLead)
		o.member(t, step.bureau, domain.RoleManager)
		require.Equal(t, step.told, tell(fmt.Sprint(i), leads), "after a lead in %s", step.bureau)
	}
	require.Equal(t, "baoan-water.bureau-lead", tell("4", leads), "the same occasion again writes nothing")
	require.Equal(t, "5", o.Text(t, "SELECT count(*) FROM (SELECT 1 FROM app_user WHERE username LIKE '%lead') leads"))
	require.Equal(t, "baoan-water.bureau-lead baoan.manager", tell("named", leads.And("baoan.manager", "transport.manager")))
	require.Equal(t, "transport.manager", tell("user", domain.ToUsers("transport.manager")))
}

// The database keeps notices of a project to those who may write it.
func TestANoticeNeedsTheProjectsScope(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	o.member(t, "water", domain.RoleBureauLead)
	p := o.NewProject(t, repositorytest.OwnedBy("water"))
	for scope, code := range map[domain.Scope]string{
		domain.ScopeAll(): "", domain.ScopeSubtree(o.Organisation(t, "water").ID): "",
		domain.ScopeSubtree(o.Organisation(t, "transport").ID): "row_security", {}: "row_security",
	} {
		err := o.Store.Write(t.Context(), scope, func(tx *repository.Store) error {
			_, err := tx.AddNotice(t.Context(), domain.Notice{
				Kind: domain.NoticeReportDue, ProjectID: p.ID, ObjectKind: "project", ObjectID: p.ID, Occasion: scope.String() + fmt.Sprint(scope.Root()),
				To: domain.ToUsers("water.bureau-lead"),
			}, "", o.now)
			return err
		})
		require.Equal(t, code, codeOf(t, err), scope)
	}
}
