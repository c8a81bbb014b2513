package service_test

import (
	"context"
	"testing"

	"github.com/stretchr/testify/require"

	"zhongda/domain"
	"zhongda/repository/repositorytest"
	"zhongda/service"
)

// A refused act leaves one record of who tried what and which rule refused, and nothing else.
func TestRefusalsAreRecordedAndChangeNothing(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	own := o.NewProject(t, repositorytest.OwnedBy("baoan-water"))
	foreign := o.NewProject(t, repositorytest.OwnedBy("futian-water"))
	step := o.NewMilestone(t, domain.Milestone{ProjectID: foreign.ID})
	editor, lead := o.member(t, "baoan-water", domain.RoleBureauEditor), o.member(t, "baoan-water", domain.RoleBureauLead)
	reviewer, secadmin := o.member(t, "drc", domain.RoleDRCReviewer), o.member(t, "city", domain.RoleSecAdmin)
	sysadmin := o.member(t, "city", domain.RoleSysAdmin)
	elsewhere := o.Organisation(t, "futian-water").ID
	summary := domain.ProjectChange{Summary: ptr("改")}
	for _, c := range []struct {
		name   string
		actor  domain.User
		act    func(context.Context) error
		record string
	}{
		{"another bureau's project", editor, func(ctx context.Context) error {
			_, err := o.UpdateProject(ctx, foreign.ID, foreign.Version, summary)
			return err
		}, "baoan-water.bureau-editor project.update project " + text(foreign.ID) + " refused not_own_project"},
		{"a milestone of it", editor, func(ctx context.Context) error {
			_, err := o.UpdateMilestone(ctx, foreign.ID, step.ID, 1, domain.MilestoneChange{Name: ptr("改")})
			return err
		}, "baoan-water.bureau-editor milestone.update milestone " + text(step.ID) + " refused not_own_project"},
		{"a new milestone for it", editor, func(ctx context.Context) error {
			_, err := o.CreateMilestone(ctx, domain.Milestone{ProjectID: foreign.ID, Kind: domain.MilestoneStart, Name: "开工"})
			return err
		}, "baoan-water.bureau-editor milestone.create milestone refused not_own_project"},
		{"its history", editor, func(ctx context.Context) error {
			_, err := o.ProjectHistory(ctx, foreign.ID, domain.PageRequest{})
			return err
		}, "baoan-water.bureau-editor project:read_internal project " + text(foreign.ID) + " refused not_own_project"},
		{"one's own stage", lead, func(ctx context.Context) error {
			_, err := o.MoveProject(ctx, own.ID, own.Version, domain.StageMove{To: domain.StagePreliminary, Reason: "r", Evidence: "e"})
			return err
		}, "baoan-water.bureau-lead project.move project " + text(own.ID) + " refused role_missing"},
		{"an editor hands over", editor, func(ctx context.Context) error {
			_, err := o.UpdateProject(ctx, own.ID, own.Version, domain.ProjectChange{OwnerOrganisationID: &elsewhere})
			return err
		}, "baoan-water.bureau-editor project.update project " + text(own.ID) + " refused role_missing"},
		{"a lead hands over to others", lead, func(ctx context.Context) error {
			_, err := o.UpdateProject(ctx, own.ID, own.Version, domain.ProjectChange{OwnerOrganisationID: &elsewhere})
			return err
		}, "baoan-water.bureau-lead project.update project " + text(own.ID) + " refused assign_outside"},
		{"the Commission writes a bureau's facts", reviewer, func(ctx context.Context) error {
			_, err := o.UpdateProject(ctx, own.ID, own.Version, domain.ProjectChange{Summary: ptr("改"), OwnerOrganisationID: &elsewhere})
			return err
		}, "drc.drc-reviewer project.update project " + text(own.ID) + " refused role_missing"},
		{"roles for oneself", secadmin, func(ctx context.Context) error {
			_, err := o.SetUserRoles(ctx, secadmin.ID, 1, []domain.Role{domain.RoleDRCReviewer})
			return err
		}, "city.secadmin user.roles user " + text(secadmin.ID) + " refused not_on_oneself"},
		{"another administrator's password", sysadmin, func(ctx context.Context) error {
			return o.ResetPassword(ctx, secadmin.ID, "Password-123")
		}, "city.sysadmin user.password user " + text(secadmin.ID) + " refused not_on_administrator"},
	} {
		before, refused := fingerprint(t, o.Database, "project", "milestone", "stage_change", "app_user", "role_grant"), o.countRecords(t, "result = 'refused'")
		err := c.act(as(c.actor))
		require.Equal(t, domain.KindForbidden, domain.KindOf(err), "%s: %v", c.name, err)
		require.Equal(t, before, fingerprint(t, o.Database, "project", "milestone", "stage_change", "app_user", "role_grant"), c.name)
		require.Equal(t, o.countRecords(t, "result = 'refused'"), text(atoi(t, refused)+1), c.name)
		require.Contains(t, o.lastRecord(t), c.record, c.name)
	}
	require.Equal(t, "192.0.2.7 r-1 PATCH /there", o.Text(t, "SELECT DISTINCT concat_ws(' ', address, request_id, request) FROM audit_record"))
}

func TestGuardRecordsWhoIsTurnedAwayAtTheDoor(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	auditor := o.member(t, "city", domain.RoleAuditor)
	require.Equal(t, "role_missing", codeOf(t, o.Guard(as(auditor), domain.PermissionProjectRead)))
	require.Equal(t, "city.auditor project:read  refused role_missing", o.lastRecord(t))
	require.Equal(t, "sign_in_required", codeOf(t, o.Guard(t.Context(), domain.PermissionProjectRead)))
	require.Equal(t, "sign_in_required", codeOf(t, o.Guard(t.Context(), domain.PermissionSignedIn)))
	require.Equal(t, "1", o.countRecords(t, "true"), "strangers leave no record: they would fill it")

	require.NoError(t, o.Guard(as(auditor), domain.PermissionAuditRead))
	require.NoError(t, o.Guard(as(auditor), domain.PermissionSignedIn))
	require.NoError(t, o.Guard(t.Context(), domain.PermissionPublic))
	require.Equal(t, domain.KindInternal, domain.KindOf(o.Guard(as(auditor))), "a route without a permission serves nobody")
	auditor.MustChangePassword = true
	require.Equal(t, "password_change_required", codeOf(t, o.Guard(as(auditor), domain.PermissionAuditRead)))
	require.NoError(t, o.Guard(as(auditor), domain.PermissionSignedIn))
}

// TestNothingHappensThatCannotBeRecorded takes the right to write the record from the web process and tries everything.
func TestNothingHappensThatCannotBeRecorded(t *testing.T) {
	t.Parallel()
	o := newOffice(t, func(options *service.Options) { options.Demo = true })
	const password = "Correct-horse-1"
	p := o.NewProject(t, repositorytest.OwnedBy("water"))
	step := o.NewMilestone(t, domain.Milestone{ProjectID: p.ID})
	editor, lead, reviewer := o.member(t, "water", domain.RoleBureauEditor), o.member(t, "water", domain.RoleBureauLead), o.member(t, "drc", domain.RoleDRCReviewer)
	sysadmin, secadmin := o.member(t, "city", domain.RoleSysAdmin), o.member(t, "city", domain.RoleSecAdmin)
	require.NoError(t, o.LoadDemoAccounts(t.Context(), password))
	_, member, err := o.SignIn(t.Context(), "water.editor", password, "")
	require.NoError(t, err)
	other := o.Organisation(t, "transport")
	acts := map[string]func() error{
		"update": func() error {
			_, err := o.UpdateProject(as(editor), p.ID, p.Version, domain.ProjectChange{Summary: ptr("改")})
			return err
		},
		"assign": func() error {
			_, err := o.UpdateProject(as(reviewer), p.ID, p.Version, domain.ProjectChange{OwnerOrganisationID: &other.ID})
			return err
		},
		"confirm": func() error {
			_, err := o.ConfirmProject(as(lead), p.ID, p.Version, domain.Confirmation{Owner: true})
			return err
		},
		"move": func() error {
			_, err := o.MoveProject(as(reviewer), p.ID, p.Version, domain.StageMove{To: domain.StagePreliminary, Reason: "r", Evidence: "e"})
			return err
		},
		"standing": func() error {
			_, err := o.SetProjectStanding(as(reviewer), p.ID, p.Version, domain.StandingMove{To: domain.StandingPaused, Reason: "r"})
			return err
		},
		"new milestone": func() error {
			_, err := o.CreateMilestone(as(editor), domain.Milestone{ProjectID: p.ID, Kind: domain.MilestoneStart, Name: "开工"})
			return err
		},
		"milestone": func() error {
			_, err := o.UpdateMilestone(as(editor), p.ID, step.ID, step.Version, domain.MilestoneChange{Name: ptr("改")})
			return err
		},
		"new account": func() error {
			_, err := o.CreateUser(as(sysadmin), domain.User{Username: "newcomer", DisplayName: "新", Organisation: other}, password)
			return err
		},
		"account": func() error {
			_, err := o.UpdateUser(as(sysadmin), editor.ID, 1, domain.UserChange{Disabled: ptr(true)})
			return err
		},
		"roles": func() error {
			_, err := o.SetUserRoles(as(secadmin), editor.ID, 1, []domain.Role{domain.RoleManager})
			return err
		},
		"reset": func() error { return o.ResetPassword(as(sysadmin), editor.ID, password) },
		"own password": func() error {
			return o.ChangeOwnPassword(domain.WithActor(t.Context(), member), password, "Another-horse-2")
		},
		"console": func() error {
			return o.OpenAccount(t.Context(), domain.User{Username: "third", DisplayName: "三", Organisation: other}, password)
		},
		"sign in":      func() error { _, _, err := o.SignIn(t.Context(), "water.lead", password, ""); return err },
		"fail sign in": func() error { _, _, err := o.SignIn(t.Context(), "water.lead", "wrong", ""); return err },
		"sign out":     func() error { return o.SignOut(domain.WithActor(t.Context(), member)) },
	}
	tables := []string{"project", "milestone", "stage_change", "app_user", "role_grant", "session", "sign_in_failure", "audit_record"}
	o.Exec(t, "REVOKE INSERT ON audit_record FROM zhongda_app")
	before := fingerprint(t, o.Database, tables...)
	for name, act := range acts {
		require.Equal(t, domain.KindInternal, domain.KindOf(act()), name)
		require.Equal(t, before, fingerprint(t, o.Database, tables...), name)
	}
	o.Exec(t, "GRANT INSERT ON audit_record TO zhongda_app")
	require.NoError(t, acts["update"]())
	require.NoError(t, acts["roles"]())
	require.NotEqual(t, before, fingerprint(t, o.Database, tables...))
}

// The record holds what was changed, before and after, and only that.
func TestTheRecordSaysWhatChanged(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	p := o.NewProject(t, repositorytest.OwnedBy("water"), repositorytest.Estimated("100.50"))
	reviewer, editor := o.member(t, "drc", domain.RoleDRCReviewer), o.member(t, "water", domain.RoleBureauEditor)
	sides := func() string {
		return o.Text(t, "SELECT concat_ws(' → ', before::jsonb::text, after::jsonb::text) FROM audit_record ORDER BY id DESC LIMIT 1")
	}
	view, err := o.UpdateProject(as(editor), p.ID, p.Version, domain.ProjectChange{Estimate: ptr(domain.NotFilled()), Summary: ptr("")})
	require.NoError(t, err)
	require.Equal(t, `{"estimate": "100.50"} → {"estimate": "not_filled"}`, sides())
	move := domain.StageMove{To: domain.StagePreliminary, Reason: "可研已批", Evidence: "批复一号"}
	view, err = o.MoveProject(as(reviewer), p.ID, view.Version, move)
	require.NoError(t, err)
	require.Equal(t, `{"stage": "reserve", "number": null, "evidence": null, "stageProvisional": true} → `+
		`{"stage": "preliminary", "number": "JD-2026-0001", "evidence": "批复一号", "stageProvisional": false}`, sides())
	require.Contains(t, o.lastRecord(t), "done 可研已批")
	require.Equal(t, "reserve preliminary 可研已批 批复一号 drc.drc-reviewer",
		o.Text(t, "SELECT concat_ws(' ', from_stage, to_stage, reason, evidence, decided_by) FROM stage_change"))

	history, err := o.ProjectHistory(as(editor), p.ID, domain.PageRequest{})
	require.NoError(t, err)
	require.Len(t, history.Items, 2)
	require.Equal(t, "project.move", history.Items[0].Action)
	require.Equal(t, domain.StagePreliminary, view.Stage)
}
