package repository_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"zhongda/domain"
	"zhongda/repository"
	"zhongda/repository/repositorytest"
)

// TestBrokenConstraintsReadAsSentences breaks the rules that a request can reach past the domain's own checks.
func TestBrokenConstraintsReadAsSentences(t *testing.T) {
	t.Parallel()
	city := repositorytest.NewCity(t)
	taken := city.NewProject(t)
	city.Exec(t, "UPDATE project SET national_code = '2026-440306-48-01-000001' WHERE id = $1", taken.ID)
	p := city.NewProject(t)
	before := row(t, city, p.ID)
	long := func(n int) string { return strings.Repeat("长", n) }
	for want, change := range map[string]func(p *domain.Project){
		"nationalCode national_code_taken":         func(p *domain.Project) { p.NationalCode = "2026-440306-48-01-000001" },
		"ownerOrganisationId unknown_organisation": func(p *domain.Project) { p.Owner.ID = 999 },
		"successorCode unknown_project":            func(p *domain.Project) { p.SuccessorCode = "P-999999" },
		"to unknown_stage":                         func(p *domain.Project) { p.Stage = "dreamt" },
		"to unknown_standing":                      func(p *domain.Project) { p.Standing = "lost" },
		"reason required":                          func(p *domain.Project) { p.Standing, p.StandingReason = domain.StandingPaused, "" },
		"document document_required":               func(p *domain.Project) { p.Standing, p.StandingDocument = domain.StandingExited, "" },
		"constructionUnit too_long":                func(p *domain.Project) { p.ConstructionUnit = long(201) },
		"summary too_long":                         func(p *domain.Project) { p.Summary = long(4001) },
		"internalNote too_long":                    func(p *domain.Project) { p.InternalNote = long(4001) },
		"estimate unknown_missing":                 func(p *domain.Project) { p.Estimate = domain.Amount{Missing: "lost"} },
		"budget unknown_missing":                   func(p *domain.Project) { p.Budget = domain.Amount{Missing: "lost"} },
		"finalAccount unknown_missing":             func(p *domain.Project) { p.FinalAccount = domain.Amount{Missing: "lost"} },
		"estimate withheld_needs_basis":            func(p *domain.Project) { p.Estimate = domain.Amount{Missing: domain.MissingWithheld} },
		"budget withheld_needs_basis":              func(p *domain.Project) { p.Budget = domain.Amount{Missing: domain.MissingWithheld} },
		"finalAccount withheld_needs_basis":        func(p *domain.Project) { p.FinalAccount = domain.Amount{Missing: domain.MissingWithheld} },
		"bad_text":                                 func(p *domain.Project) { p.Summary = "a\x00b" },
	} {
		changed := p.Project
		change(&changed)
		_, err := write(t, city, domain.ScopeAll(), changed)
		require.Equal(t, want, codeOf(t, err))
		require.NotEqual(t, domain.KindInternal, domain.KindOf(err))
	}
	invalid := p.Project
	invalid.Summary = string([]byte{0xff, 0xfe})
	_, err := write(t, city, domain.ScopeAll(), invalid)
	require.Equal(t, "bad_text", codeOf(t, err))
	require.Equal(t, before, row(t, city, p.ID))
}

func TestBrokenConstraintsOfMilestonesReadAsSentences(t *testing.T) {
	t.Parallel()
	city := repositorytest.NewCity(t)
	p := city.NewProject(t)
	city.NewMilestone(t, domain.Milestone{ProjectID: p.ID, Kind: domain.MilestonePlanCommitment})
	odd := &domain.PlanDate{Date: domain.NewDate(2027, 1, 1), Precision: "decade"}
	for want, m := range map[string]domain.Milestone{
		"kind unknown_kind":                   {Kind: "party"},
		"kind plan_commitment_from_catalogue": {Kind: domain.MilestonePlanCommitment},
		"name too_long":                       {Name: strings.Repeat("长", 121)},
		"reasonCode unknown_reason":           {ReasonCode: "dog"},
		"reasonText too_long":                 {ReasonText: strings.Repeat("长", 2001)},
		"forecast unknown_precision":          {Forecast: odd},
		"baseline unknown_precision":          {Baseline: odd, CurrentBaseline: repositorytest.Day(t, "2027-01-01")},
	} {
		m.ProjectID = p.ID
		if m.Kind == "" {
			m.Kind = domain.MilestoneOther
		}
		if m.Name == "" {
			m.Name = "节点"
		}
		err := city.Store.Write(t.Context(), domain.ScopeAll(), func(tx *repository.Store) error {
			_, err := tx.CreateMilestone(t.Context(), m)
			return err
		})
		require.Equal(t, want, codeOf(t, err))
	}
}

// TestEveryReachableConstraintHasAMeaning finds the constraints a later migration adds: each on a table the web process
// writes is either translated or named here as one that no request can break.
func TestEveryReachableConstraintHasAMeaning(t *testing.T) {
	t.Parallel()
	city := repositorytest.NewCity(t)
	unreachable := map[string]string{
		"identity":   "audit_record_pk audit_record_seq_unique app_user_pk session_pk project_pk milestone_pk stage_change_pk report_pk light_change_pk",
		"catalogue":  "project_code_unique project_name_length project_category_fk project_target",
		"own values": "audit_record_result session_token_unique project_owner_rule milestone_both_baselines milestone_current_baseline_precision milestone_current_baseline_whole report_state report_revision report_period_is_a_month report_submission report_decision project_progress project_owner_light",
		"lights":     "project_rule_light project_rule_light_version_fk project_verdict_whole project_reviewer_light project_reviewer_light_explained light_change_kind light_change_by light_change_rule_version_fk light_change_explained light_rule_behind_yellow light_rule_behind_red light_rule_start_yellow light_rule_start_red light_rule_missed_yellow light_rule_missed_red light_rule_note",
		"notices":    "app_user_mail_habit notice_pk notice_recipient_fk notice_kind notice_project_fk notice_occasion notice_once mail_pk mail_recipient_fk mail_once mail_one_end job_run_pk",
		"requests": "request_pk request_kind request_state request_submission request_decision request_numbered stage_change_request_fk " +
			"ruling_pk ruling_project_fk ruling_kind ruling_outcome ruling_request_fk ruling_exit_kind ruling_numbered ruling_number_unique " +
			"project_successor_project_fk project_successor_successor_fk project_successor_relation",
	}
	known := map[string]bool{}
	for _, list := range unreachable {
		for _, name := range strings.Fields(list) {
			known[name] = true
		}
	}
	all := city.Text(t, `SELECT string_agg(name, ' ' ORDER BY name) FROM (
			SELECT conname::text AS name, conrelid AS owner FROM pg_constraint
			UNION SELECT i.relname::text, x.indrelid FROM pg_index x JOIN pg_class i ON i.oid = x.indexrelid WHERE x.indisunique) named
		WHERE owner IN ('project'::regclass, 'milestone'::regclass, 'stage_change'::regclass, 'report'::regclass, 'app_user'::regclass,
			'light_rule'::regclass, 'light_change'::regclass,
			'notice'::regclass, 'mail'::regclass, 'job_run'::regclass,
			'request'::regclass, 'ruling'::regclass, 'project_successor'::regclass,
			'role_grant'::regclass, 'session'::regclass, 'sign_in_failure'::regclass, 'audit_record'::regclass)`)
	require.NotEmpty(t, all)
	for _, name := range strings.Fields(all) {
		require.NotEqual(t, known[name], repository.Translated(name), "constraint %s", name)
	}
}
