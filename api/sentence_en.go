package api

// englishRules are the sentences of the product's own rules, by code.
func englishRules() map[string]string {
	return map[string]string{
		// signing in and passwords
		"sign_in_required":         "Please sign in first.",
		"sign_in_failed":           "The user name or the password is wrong.",
		"sign_in_wait":             "Too many failed attempts. Please try again in {minutes} minutes.",
		"sign_in_crowded":          "Too many attempts from this address. Please try again later.",
		"session_ended":            "Your session has ended. Please sign in again.",
		"password_change_required": "Please change your password first: it is new or was reset.",
		"password_length":          "A password has {min} to {max} characters.",
		"password_classes":         "A password needs three of: upper case, lower case, digits, other characters.",
		"password_has_username":    "A password must not contain the user name.",
		"wrong_password":           "The current password is wrong.",
		"same_password":            "The new password must differ from the current one.",

		// access
		"role_missing":             "Your role does not allow this (it takes: {roles}).",
		"not_own_project":          "This project is owned by {owner}, which is not part of {organisation}: you may read it, not change it.",
		"assign_outside":           "A project can be handed over only within your own organisation; {owner} is outside it.",
		"row_security":             "The database refused to write outside your organisation.",
		"not_on_administrator":     "Administrators are separate persons: open another account at the server's console instead.",
		"not_on_oneself":           "Nobody may do this to their own account.",
		"route_without_permission": "This address has no permission set.",
		"why_all":                  "Your role holds this over every project.",
		"why_subtree_covers":       "The owner, {owner}, belongs to {organisation}.",
		"why_subtree_outside":      "The owner, {owner}, does not belong to {organisation}.",
		"why_role_missing":         "Your role does not hold this (it takes: {roles}).",
		"why_exited":               "The project has exited; its page stays, unchanged.",

		// roles, in sentences
		"role_bureau_editor": "bureau editor",
		"role_bureau_lead":   "bureau lead",
		"role_drc_reviewer":  "Commission reviewer",
		"role_manager":       "manager",
		"role_sysadmin":      "system administrator",
		"role_secadmin":      "security administrator",
		"role_auditor":       "auditor",
		"list_separator":     ", ",

		// projects
		"project_not_found":      "There is no such project.",
		"plan_not_found":         "No plan has been loaded yet.",
		"unknown_project":        "No project has this code.",
		"project_exited":         "The project has exited and can no longer be changed.",
		"already_confirmed":      "This was confirmed already and is no longer provisional.",
		"nothing_to_change":      "There is nothing to change.",
		"nothing_to_confirm":     "Choose what to confirm.",
		"illegal_stage_move":     "The project cannot move from its stage straight to this one.",
		"evidence_required":      "A move forward names the document it rests on, such as an approval or a permit.",
		"unknown_stage":          "There is no such stage.",
		"unknown_standing":       "There is no such standing.",
		"illegal_standing_move":  "The project's standing does not allow this.",
		"document_required":      "An exit names the document it rests on.",
		"successor_only_on_exit": "Only an exited project has a successor.",
		"successor_is_itself":    "A project cannot succeed itself.",
		"national_code_form":     "A project code looks like 2026-440300-48-01-123456.",
		"national_code_taken":    "Another project already has this code.",
		"too_long":               "At most {max} characters.",
		"amount_and_missing":     "Give an amount or the reason it is missing, not both.",
		"amount_or_missing":      "Give an amount, or say why it is missing.",
		"unknown_missing":        "This is no reason for a missing amount.",
		"withheld_needs_basis":   "A withheld amount names its legal basis.",
		"basis_only_if_withheld": "Only a withheld amount has a legal basis.",
		"unknown_organisation":   "There is no such organisation.",

		// milestones
		"milestone_not_found":            "There is no such milestone.",
		"plan_commitment_from_catalogue": "The plan's promises come with the catalogue and cannot be added by hand.",
		"plan_commitment_name":           "The plan's promise keeps the plan's words.",
		"unknown_kind":                   "There is no such kind of milestone.",
		"unknown_reason":                 "There is no such reason.",
		"baseline_locked":                "The original baseline is set; only an approved re-baselining moves the current one.",
		"unknown_precision":              "There is no such precision of a date.",
		"actual_in_future":               "The actual date cannot lie after today.",
		"forecast_needs_reason":          "A changed forecast needs a reason.",
		"slip_needs_words":               "The forecast is more than {days} days past the current baseline: explain in at least {min} characters.",

		// lists
		"malformed":    "The request could not be understood; see the parameters named.",
		"unknown_sort": "The list cannot be sorted by this.",
		"bad_cursor":   "The page position is not valid; start again from the first page.",

		// accounts
		"user_not_found":         "There is no such account.",
		"organisation_not_found": "There is no such organisation.",
		"username_form":          "A user name starts with a lower-case letter and has 3 to 60 lower-case letters, digits, dots and hyphens.",
		"username_taken":         "This user name is taken.",
		"unknown_role":           "There is no role {role}.",
		"role_twice":             "The role {role} stands twice.",
		"roles_incompatible":     "System, security and audit administration are separate persons: none goes with another role.",

		// the database
		"unavailable":         "The system is busy or under maintenance; please try again.",
		"number_out_of_range": "The number is too large to be stored.",
		"audit_record_final":  "Audit records are final.",
		"bad_text":            "The text holds characters that cannot be stored.",
	}
}
