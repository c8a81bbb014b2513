package repository

import (
	"strings"

	"zhongda/domain"
)

// The fields of a filter that have facets. They name the conditions, the parameters and the facets alike.
const (
	fieldColumn      = "column"
	fieldCategory    = "category"
	fieldDistrict    = "district"
	fieldOwner       = "owner"
	fieldStage       = "stage"
	fieldStanding    = "standing"
	fieldTarget      = "target"
	fieldCommitment  = "commitment"
	fieldProvisional = "provisional"
	fieldRuleLight   = "rule_light"
	fieldOwnerLight  = "owner_light"
	fieldDisagree    = "disagree"
	fieldPromise     = "promise"
	fieldReport      = "report"
	fieldSupervision = "supervision"
)

// The fragments of the filter, over `project p` alone, so that counts need no join.
const (
	inColumn   = `EXISTS (SELECT FROM plan_mention m WHERE m.project_id = p.id AND m.column_number = ANY (@column))`
	inCategory = `p.category_code IN (SELECT code FROM category WHERE code = ANY (@category) OR parent_code = ANY (@category))`
	inDistrict = `EXISTS (SELECT FROM project_district l JOIN district d ON d.code = l.district_code
		WHERE l.project_id = p.id AND (d.code = ANY (@district) OR d.parent_code = ANY (@district)
			OR d.kind = '` + domain.KindCity + `' AND '` + domain.DistrictCitywide + `' = ANY (@district)))
		OR '` + domain.DistrictNone + `' = ANY (@district) AND NOT EXISTS (SELECT FROM project_district l WHERE l.project_id = p.id)`
	ownedBy    = `p.owner_organisation_id IN (SELECT id FROM organisation WHERE code = ANY (@owner))`
	ownedBelow = `p.owner_organisation_id IN (SELECT below.id FROM organisation below
		JOIN organisation root ON root.id = ANY (below.path) WHERE root.code = ANY (@owner_tree))`
	atStage       = `p.stage = ANY (@stage)`
	inStanding    = `p.standing = ANY (@standing)`
	withTarget    = `p.target = ANY (@target)`
	committed     = `EXISTS (SELECT FROM plan_mention m WHERE m.project_id = p.id AND m.commitment = ANY (@commitment))`
	isProvisional = `(p.owner_provisional OR p.stage_provisional) = @provisional`

	withRuleLight  = `p.rule_light = ANY (@rule_light)`
	withOwnerLight = `p.owner_light = ANY (@owner_light)`

	// The two disagreements say in SQL what [domain.ProjectLights.Disagreements] says of one project.
	disagreesOpenly = `(p.rule_light = 'red' AND p.owner_light IN ('green', 'yellow') OR p.rule_light = 'yellow' AND p.owner_light = 'green')
		AND (p.reviewer_light = '' OR p.reviewer_saw <> p.rule_light || '/' || p.owner_light)`
	reviewerDiffers = `p.reviewer_light <> '' AND p.owner_light <> '' AND p.reviewer_light <> p.owner_light`
	disagrees       = `'open' = ANY (@disagree) AND ` + disagreesOpenly + ` OR 'differs' = ANY (@disagree) AND ` + reviewerDiffers

	// lateBy knows two ways to be late: by the forecast, which slip_days holds, or because the day went by in silence.
	// An exited project owes nothing any more.
	lateBy = `p.standing <> 'exited' AND (p.slip_days >= @late_by OR EXISTS (SELECT FROM milestone m
		WHERE m.project_id = p.id AND m.actual IS NULL AND m.baseline <= CAST(@today AS date) - CAST(@late_by AS integer)))`

	// hasText finds a substring of what people call the project, its owner, or the pinyin initials of its name.
	hasText = `p.name ILIKE @text OR p.code ILIKE @text OR p.initials LIKE lower(@text)
	OR p.id IN (SELECT project_id FROM plan_mention WHERE name ILIKE @text)
	OR p.owner_organisation_id IN (SELECT id FROM organisation WHERE name ILIKE @text OR short_name ILIKE @text)`
)

// projectConditions says in SQL what the filter and the reader's scope let through.
func projectConditions(read domain.Scope, f domain.ProjectFilter) conditions {
	var c conditions
	c.within(read, "read_root")
	if f.OnlyMine {
		c.within(f.Mine, "mine_root")
	}
	addChoice(&c, fieldColumn, inColumn, f.Columns)
	addChoice(&c, fieldCategory, inCategory, f.Categories)
	addChoice(&c, fieldDistrict, inDistrict, f.Districts)
	addChoice(&c, fieldOwner, ownedBy, f.Owners)
	addChoice(&c, "owner_tree", ownedBelow, f.OwnerTrees)
	addChoice(&c, fieldStage, atStage, texts(f.Stages))
	addChoice(&c, fieldStanding, inStanding, texts(f.Standings))
	addChoice(&c, fieldTarget, withTarget, texts(f.Targets))
	if len(f.Promises) > 0 {
		c.add(fieldPromise, withPromise(f.Columns), promiseArguments(f.Promises))
	}
	addChoice(&c, fieldCommitment, committed, f.Commitments)
	if f.Provisional != nil {
		c.add(fieldProvisional, isProvisional, arguments{fieldProvisional: *f.Provisional})
	}
	addChoice(&c, fieldRuleLight, withRuleLight, texts(f.RuleLights))
	addChoice(&c, fieldOwnerLight, withOwnerLight, texts(f.OwnerLights))
	addChoice(&c, fieldDisagree, disagrees, texts(f.Disagreements))
	addReportGroup(&c, f)
	addSupervision(&c, f)
	if f.LateByDays != nil {
		c.add("late", lateBy, arguments{"late_by": *f.LateByDays, "today": dateOrNull(f.Today)})
	}
	if len(f.Slips) > 0 {
		c.add("slip", inSlipBin(f.SlipAgainst), arguments{"slip": array[string](texts(f.Slips)), "today": dateOrNull(f.Today)})
	}
	if text := strings.TrimSpace(f.Text); text != "" {
		c.add("text", hasText, arguments{"text": likePattern(text)})
	}
	return c
}

// addChoice narrows to the chosen values of one field; no choice does not filter.
func addChoice[T any](c *conditions, field, sql string, chosen []T) {
	if len(chosen) > 0 {
		c.add(field, sql, arguments{field: array[T](chosen)})
	}
}

// texts gives the plain strings of a codelist's values.
func texts[T ~string](values []T) []string {
	plain := make([]string, len(values))
	for i, v := range values {
		plain[i] = string(v)
	}
	return plain
}
