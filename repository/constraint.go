package repository

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"io"
	"maps"
	"net"
	"strings"

	"github.com/jackc/pgx/v5/pgconn"

	"zhongda/domain"
)

// The SQLSTATE codes that mean something to a caller.
const (
	stateBadText        = "22021" // a NUL or invalid UTF-8
	stateBadEscape      = "22P05" // a NUL inside JSON
	stateNumberRange    = "22003"
	statePrivilege      = "42501"
	stateUndefinedTable = "42P01"
)

// constraints is the one table from a constraint's name to what its violation means to the person who caused it.
func constraints() map[string]*domain.Error { //nolint:funlen // a table
	known := map[string]*domain.Error{
		"app_user_username_unique":         domain.Conflict("username_taken"),
		"app_user_username_form":           domain.Invalid("username", "username_form"),
		"app_user_display_name_length":     domain.Invalid("displayName", "too_long", "max", 60),
		"app_user_email_form":              domain.Invalid("email", "email_form"),
		"app_user_organisation_fk":         domain.Invalid("organisationId", "unknown_organisation"),
		"role_grant_role":                  domain.Invalid("roles", "unknown_role"),
		"role_grant_pk":                    domain.Invalid("roles", "role_twice"),
		"role_grant_duties_separate":       domain.Conflict(domain.CodeRolesIncompatible),
		"role_grant_user_fk":               domain.NotFound("user_not_found"),
		"session_user_fk":                  domain.NotFound("user_not_found"),
		"project_owner_fk":                 domain.Invalid("ownerOrganisationId", "unknown_organisation"),
		"project_successor_fk":             domain.Invalid("successorCode", "unknown_project"),
		"project_national_code_unique":     domain.Invalid("nationalCode", "national_code_taken"),
		"project_stage":                    domain.Invalid("to", "unknown_stage"),
		"project_standing":                 domain.Invalid("to", "unknown_standing"),
		"project_standing_stated":          domain.Invalid("reason", "required"),
		"project_exit_documented":          domain.Invalid("document", "document_required"),
		"project_construction_unit_length": domain.Invalid("constructionUnit", "too_long", "max", 200),
		"project_summary_length":           domain.Invalid("summary", "too_long", "max", 4000),
		"project_internal_note_length":     domain.Invalid("internalNote", "too_long", "max", 4000),
		"project_estimate_typed":           domain.Invalid("estimate", "unknown_missing"),
		"project_budget_typed":             domain.Invalid("budget", "unknown_missing"),
		"project_final_account_typed":      domain.Invalid("finalAccount", "unknown_missing"),
		"project_estimate_basis":           domain.Invalid("estimate", "withheld_needs_basis"),
		"project_budget_basis":             domain.Invalid("budget", "withheld_needs_basis"),
		"project_final_account_basis":      domain.Invalid("finalAccount", "withheld_needs_basis"),
		"stage_change_project_fk":          domain.NotFound("project_not_found"),
		"stage_change_reason":              domain.Invalid("reason", "required"),
		"milestone_project_fk":             domain.NotFound("project_not_found"),
		"milestone_kind":                   domain.Invalid("kind", "unknown_kind"),
		"milestone_name_length":            domain.Invalid("name", "too_long", "max", 120),
		"milestone_reason":                 domain.Invalid("reasonCode", "unknown_reason"),
		"milestone_reason_length":          domain.Invalid("reasonText", "too_long", "max", 2000),
		"milestone_baseline_precision":     domain.Invalid("baseline", "unknown_precision"),
		"milestone_forecast_precision":     domain.Invalid("forecast", "unknown_precision"),
		"milestone_baseline_whole":         domain.Invalid("baseline", "unknown_precision"),
		"milestone_forecast_whole":         domain.Invalid("forecast", "unknown_precision"),
		"milestone_one_commitment":         domain.Invalid("kind", "plan_commitment_from_catalogue"),
		"milestone_baseline_kept":          domain.Conflict("baseline_locked"),
		"report_project_fk":                domain.NotFound("project_not_found"),
		"report_one_open":                  domain.Conflict("report_opened_meanwhile"),
		"report_one_per_period":            domain.Conflict("report_opened_meanwhile"),
		"report_return_commented":          domain.Invalid("comment", "return_needs_comment"),
		"report_correction_reason":         domain.Invalid("reason", "required"),
		"report_four_eyes":                 domain.Forbidden("four_eyes"),
		"report_frozen":                    domain.Conflict("report_is_approved"),
		"light_rule_pk":                    domain.Conflict("rule_published_meanwhile"),
		"light_change_project_fk":          domain.NotFound("project_not_found"),
		"project_reviewer_text_length":     domain.Invalid("text", "too_long", "max", 1000),
		"request_project_fk":               domain.NotFound("project_not_found"),
		"request_one_open":                 domain.Conflict("request_open"),
		"request_one_course":               domain.Conflict("course_request_open"),
		"request_return_commented":         domain.Invalid("comment", "return_needs_comment"),
		"request_four_eyes":                domain.Forbidden("four_eyes"),
		"request_frozen":                   domain.Conflict("request_is_closed"),
		"ruling_one_approval":              domain.Conflict("request_is_approved"),
		"stage_change_one_per_request":     domain.Conflict("request_is_approved"),
		"project_successor_pk":             domain.Invalid("successors", "successor_twice"),
		"project_successor_other":          domain.Invalid("successors", "successor_is_itself"),
		"audit_record_final":               domain.Forbidden("audit_record_final"),
		"saved_view_name_unique":           domain.Invalid("name", "view_name_taken"),
		"saved_view_name_length":           domain.Invalid("name", "too_long", "max", domain.ViewNameRunes),
	}
	maps.Copy(known, supervisionConstraints())
	maps.Copy(known, investmentConstraints())
	return known
}

// investmentConstraints are those of annual plans, attachments and the phases of milestones.
func investmentConstraints() map[string]*domain.Error {
	return map[string]*domain.Error{
		"attachment_project_fk":      domain.NotFound("project_not_found"),
		"attachment_unique":          domain.Conflict("attachment_exists"),
		"attachment_issue_fk":        domain.NotFound("issue_not_found"),
		"attachment_order_fk":        domain.NotFound("order_not_found"),
		"attachment_name_length":     domain.Invalid("name", "too_long", "max", 200),
		"attachment_kind":            domain.Invalid("name", "attachment_kind"),
		"attachment_size":            domain.Invalid("file", "attachment_empty"),
		"investment_plan_project_fk": domain.NotFound("project_not_found"),
		"investment_plan_year":       domain.Invalid("year", "plan_year"),
		"investment_plan_unique":     domain.Conflict("investment_plan_exists"),
		"investment_plan_one_open":   domain.Conflict("investment_plan_open"),
		"investment_plan_typed":      domain.Invalid("planned", "unknown_missing"),
		"investment_plan_basis":      domain.Invalid("planned", "withheld_needs_basis"),
		"investment_plan_reason":     domain.Invalid("reason", "required"),
		"investment_plan_sources":    domain.Invalid("funding", "money"),
		"investment_plan_funding":    domain.Invalid("funding", "funding_over_plan"),
		"investment_plan_four_eyes":  domain.Forbidden("plan_four_eyes"),
		"investment_plan_frozen":     domain.Conflict("investment_plan_confirmed"),
		"milestone_phase_length":     domain.Invalid("phase", "too_long", "max", 40),
	}
}

// supervisionConstraints are those of issues, supervision orders and meetings.
func supervisionConstraints() map[string]*domain.Error {
	return map[string]*domain.Error{
		"issue_project_fk":        domain.NotFound("project_not_found"),
		"issue_responsible_fk":    domain.Invalid("responsibleOrganisationId", "unknown_organisation"),
		"issue_report_fk":         domain.Invalid("reportId", "report_not_found"),
		"issue_title_length":      domain.Invalid("title", "too_long", "max", domain.TitleRunes),
		"issue_text_length":       domain.Invalid("text", "too_long", "max", domain.SpeechRunes),
		"issue_four_eyes":         domain.Forbidden("issue_four_eyes"),
		"issue_resolution":        domain.Invalid("evidence", "evidence_needed"),
		"order_project_fk":        domain.NotFound("project_not_found"),
		"order_addressee_fk":      domain.Invalid("addresseeOrganisationId", "unknown_organisation"),
		"order_issue_fk":          domain.Invalid("issueId", "issue_not_found"),
		"order_four_eyes":         domain.Forbidden("order_four_eyes"),
		"order_answer":            domain.Invalid("evidence", "evidence_needed"),
		"meeting_frozen":          domain.Conflict("meeting_is_finished"),
		"decision_item_fk":        domain.Invalid("projectId", "not_on_agenda"),
		"decision_responsible_fk": domain.Invalid("responsibleOrganisationId", "unknown_organisation"),
		"decision_text_length":    domain.Invalid("text", "too_long", "max", domain.SpeechRunes),
		"decision_settled":        domain.Conflict("decision_is_settled"),
	}
}

// failure gives err its meaning: a domain error passes as it is, a broken constraint becomes the sentence of the table,
// an unreachable or overloaded database is said to be so, and anything else is wrapped with the operation's name.
func failure(operation string, err error) error {
	var known *domain.Error
	if err == nil || errors.As(err, &known) {
		return err
	}
	meaning := meaningOf(err)
	if meaning == nil {
		return fmt.Errorf("%s: %w", operation, err)
	}
	meaning.Cause = fmt.Errorf("%s: %w", operation, err)
	return meaning
}

func meaningOf(err error) *domain.Error {
	var refused *pgconn.PgError
	if !errors.As(err, &refused) {
		if unreachable(err) {
			return unavailable()
		}
		return nil
	}
	if meaning, ok := constraints()[refused.ConstraintName]; ok {
		return meaning
	}
	switch refused.Code {
	case stateBadText, stateBadEscape:
		return &domain.Error{Kind: domain.KindInvalid, Code: "bad_text"}
	case stateNumberRange:
		return &domain.Error{Kind: domain.KindInvalid, Code: "number_out_of_range"}
	case statePrivilege:
		return domain.Forbidden("row_security")
	}
	if overloaded(refused.Code) {
		return unavailable()
	}
	return nil
}

// sqlState is the SQLSTATE of a failure that the server reported, else "".
func sqlState(err error) string {
	var refused *pgconn.PgError
	if errors.As(err, &refused) {
		return refused.Code
	}
	return ""
}

func unavailable() *domain.Error {
	return &domain.Error{Kind: domain.KindUnavailable, Code: "unavailable"}
}

// overloaded covers lost connections (08), exhausted resources (53), shutdown and cancelled statements (57), timeouts
// on locks (55P03) and idle transactions (25P03), deadlock and serialization (40).
func overloaded(state string) bool {
	for _, prefix := range []string{"08", "40", "53", "57", "55P03", "25P03", "25P04"} {
		if strings.HasPrefix(state, prefix) {
			return true
		}
	}
	return false
}

func unreachable(err error) bool {
	var network net.Error
	var connect *pgconn.ConnectError
	if errors.As(err, &network) || errors.As(err, &connect) {
		return true
	}
	for _, lost := range []error{driver.ErrBadConn, sql.ErrConnDone, io.EOF, io.ErrUnexpectedEOF, context.Canceled, context.DeadlineExceeded} {
		if errors.Is(err, lost) {
			return true
		}
	}
	return false
}
