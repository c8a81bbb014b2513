package api

// chineseRules are the sentences of the product's own rules, by code. englishRules holds the same codes.
func chineseRules() map[string]string {
	return map[string]string{
		// signing in and passwords
		"sign_in_required":         "请先登录。",
		"sign_in_failed":           "用户名或密码不正确。",
		"sign_in_wait":             "连续登录失败次数过多，请 {minutes} 分钟后再试。",
		"sign_in_crowded":          "此地址登录过于频繁，请稍后再试。",
		"session_ended":            "登录已失效，请重新登录。",
		"password_change_required": "首次登录或密码重置后，请先修改密码。",
		"password_length":          "密码应为 {min} 至 {max} 个字符。",
		"password_classes":         "密码应至少包含大写字母、小写字母、数字、其他字符中的三类。",
		"password_has_username":    "密码不能包含用户名。",
		"wrong_password":           "当前密码不正确。",
		"same_password":            "新密码不能与当前密码相同。",

		// access
		"role_missing":             "您的角色没有此项权限（需要：{roles}）。",
		"not_own_project":          "该项目的责任单位是{owner}，不在{organisation}管理范围内，您只能查看，不能修改。",
		"assign_outside":           "只能在本单位及下属单位之间移交项目，{owner}不在范围内。",
		"row_security":             "数据库拒绝了超出管理范围的写入。",
		"not_on_administrator":     "三员分立：不能重置其他管理员的密码，请在服务器控制台另开账号。",
		"not_on_oneself":           "不能对自己的账号执行此操作。",
		"route_without_permission": "此地址没有配置权限。",
		"why_all":                  "您的角色对全部项目有此权限。",
		"why_subtree_covers":       "责任单位{owner}属于{organisation}管理范围。",
		"why_subtree_outside":      "责任单位{owner}不属于{organisation}管理范围。",
		"why_role_missing":         "您的角色没有此项权限（需要：{roles}）。",
		"why_exited":               "项目已退出，页面保留，不再修改。",

		// roles, in sentences
		"role_bureau_editor": "填报员",
		"role_bureau_lead":   "单位负责人",
		"role_drc_reviewer":  "发改委审核员",
		"role_manager":       "领导",
		"role_sysadmin":      "系统管理员",
		"role_secadmin":      "安全管理员",
		"role_auditor":       "审计员",
		"list_separator":     "、",

		// projects
		"project_not_found":      "未找到该项目。",
		"plan_not_found":         "尚未装载规划。",
		"unknown_project":        "没有此编号的项目。",
		"project_exited":         "项目已退出，不能再修改。",
		"already_confirmed":      "已经确认过，不再是暂定。",
		"nothing_to_change":      "没有要修改的内容。",
		"nothing_to_confirm":     "请选择要确认的内容。",
		"illegal_stage_move":     "不能从当前阶段直接调整到所选阶段。",
		"evidence_required":      "向前推进须写明依据文件，如可研批复、施工许可。",
		"unknown_stage":          "没有这个阶段。",
		"unknown_standing":       "没有这个状态。",
		"illegal_standing_move":  "项目当前状态不允许此操作。",
		"document_required":      "退出须写明依据文件。",
		"successor_only_on_exit": "只有退出时才填写承接项目。",
		"successor_is_itself":    "承接项目不能是项目自身。",
		"national_code_form":     "项目代码应形如 2026-440300-48-01-123456。",
		"national_code_taken":    "该项目代码已用于另一个项目。",
		"too_long":               "不得超过 {max} 个字。",
		"amount_and_missing":     "金额与缺失原因只能填写其一。",
		"amount_or_missing":      "请填写金额，或说明缺失原因。",
		"unknown_missing":        "缺失原因不在允许的取值之内。",
		"withheld_needs_basis":   "不予公开须写明法律依据。",
		"basis_only_if_withheld": "只有不予公开的金额才填写法律依据。",
		"unknown_organisation":   "没有这个单位。",

		// milestones
		"milestone_not_found":            "未找到该里程碑。",
		"plan_commitment_from_catalogue": "规划承诺由规划目录生成，不能手工新增。",
		"plan_commitment_name":           "规划承诺的名称来自规划目录，不能修改。",
		"unknown_kind":                   "没有这种里程碑。",
		"unknown_reason":                 "没有这个原因。",
		"baseline_locked":                "原基准日期已确定，只能通过重新基准审批调整。",
		"unknown_precision":              "没有这种日期精度。",
		"actual_in_future":               "实际完成日期不能晚于今天。",
		"forecast_needs_reason":          "调整预计日期须选择原因。",
		"slip_needs_words":               "预计晚于现行基准超过 {days} 天，请用不少于 {min} 个字说明情况。",

		// lists
		"malformed":    "请求无法识别，请检查所列参数。",
		"unknown_sort": "不支持按此字段排序。",
		"bad_cursor":   "翻页位置无效，请从第一页重新开始。",

		// accounts
		"user_not_found":         "未找到该账号。",
		"organisation_not_found": "没有这个单位。",
		"username_form":          "用户名应以小写字母开头，只含小写字母、数字、点和连字符，3 至 60 个字符。",
		"username_taken":         "该用户名已被使用。",
		"unknown_role":           "没有角色 {role}。",
		"role_twice":             "角色 {role} 重复。",
		"roles_incompatible":     "系统管理员、安全管理员、审计员三员分立，不能与其他角色由同一账号兼任。",

		// the database
		"unavailable":         "系统繁忙或正在维护，请稍后重试。",
		"number_out_of_range": "数字超出可保存的范围。",
		"audit_record_final":  "审计记录一经写入即不可更改。",
		"bad_text":            "内容包含无法保存的字符。",
	}
}
