// Package domain holds the nouns of a city's major-project portfolio and the rules that need nothing but themselves:
// legal moves, slip, coverage, derivation. It knows no database, no web and no access policy.
//
// Glossary (the words used in code and on screen):
//
//	plan 规划                     a city's five-year plan; its promises fall due at the horizon
//	column 专栏                   a boxed, numbered column of the plan that names projects
//	group                         a sub-heading inside a column
//	mention                       one place where the plan names a project; a project may have several
//	commitment 承诺               the governing verb of a mention: 建成, 开工建设, 加快建设, 规划建设 …
//	target 2030 目标              what the commitment promises by the horizon: completed, started, in_progress, preliminary, none
//	project 项目                  a specific undertaking that someone can own, stage and put milestones on
//	owner organisation 责任单位   the body that answers for a project; provisional until a bureau confirms it
//	construction unit 建设单位    the body that builds it
//	stage 阶段                    谋划 conceived, 储备 reserve, 前期 preliminary, 实施 implementation, 建成 completed, 转固 transferred
//	standing                      active, 暂停 paused or 退出 exited; beside the stage, never instead of it
//	milestone 里程碑              a dated step of a project
//	baseline 基准                 the date first promised (original) or last approved (current); forecast 预计; actual 实际
//	slip                          days late against a baseline; nil means no verdict, never zero
//	estimate 估算, budget 概算, final account 决算   three totals that are never mixed
//	amount                        money in 元, or the stated reason why it is missing
//	coverage                      how many projects a sum really covers
//	national project code 项目代码 the code of the national approval platform
//	provisional                   derived by a written rule, not stated by the plan and not yet confirmed
//	scope                         the organisations over whose rows an actor may act
package domain
