package repository

import (
	"slices"

	"zhongda/domain"
)

// inPromise compares what a project is promised to be, and what it is, with the combinations that the domain counts as the
// wanted states: the rule is the domain's alone.
const inPromise = `p.stage, p.stage_provisional, p.standing) IN (SELECT * FROM unnest(CAST(@promise_target AS text[]),
	CAST(@promise_stage AS text[]), CAST(@promise_derived AS boolean[]), CAST(@promise_standing AS text[])))`

// strongest is the strongest of the grouped mentions' promises.
const strongest = `(CAST(@targets AS text[]))[min(array_position(CAST(@targets AS text[]), m.target))]`

// withPromise judges by the chosen columns' own promise, and by the strongest of all where none is chosen.
func withPromise(columns []int) string {
	if len(columns) == 0 {
		return "(p.target, " + inPromise
	}
	return `((SELECT ` + strongest + ` FROM plan_mention m WHERE m.project_id = p.id AND m.column_number = ANY (@column)), ` + inPromise
}

// columnsByPromise are the members of the column facet while promises are chosen: each column judges by its own promise,
// as the list does that chooses it alone.
const columnsByPromise = `SELECT CAST(m.column_number AS text) AS key, m.project_id FROM plan_mention m JOIN project p ON p.id = m.project_id
	GROUP BY m.column_number, m.project_id, p.stage, p.stage_provisional, p.standing HAVING (` + strongest + `, ` + inPromise

func promiseArguments(wanted []domain.PromiseState) arguments {
	var targets, stages, standings array[string]
	var derived array[bool]
	for _, target := range domain.Targets() {
		for _, stage := range domain.Stages() {
			for _, standing := range domain.Standings() {
				for _, provisional := range []bool{false, true} {
					if slices.Contains(wanted, target.Promise(stage, provisional, standing)) {
						targets, stages = append(targets, string(target)), append(stages, string(stage))
						standings, derived = append(standings, string(standing)), append(derived, provisional)
					}
				}
			}
		}
	}
	return arguments{
		"targets": array[string](texts(domain.Targets())), "promise_target": targets, "promise_stage": stages,
		"promise_derived": derived, "promise_standing": standings,
	}
}
