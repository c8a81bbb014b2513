package repository

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"zhongda/domain"
)

// facet is one field of the filter: every choice it offers, and which projects have which choice. Choices give key,
// label, label_en, parent and place; members give key and project_id, each pair once.
type facet struct {
	field   string
	choices string
	members string
}

// The choices of a codelist that lives in the domain carry no labels; screens know their words.
const codelistChoices = `SELECT key, '' AS label, '' AS label_en, '' AS parent, place
	FROM unnest(CAST(@all_%s AS text[])) WITH ORDINALITY AS codelist (key, place)`

// projectFacets lists the facets. A top category, and the city, have the projects of those below them as well.
func projectFacets() []facet {
	return []facet{
		{fieldColumn,
			`SELECT CAST(number AS text) AS key, title AS label, title_en AS label_en, '' AS parent, number AS place FROM plan_column`,
			`SELECT DISTINCT CAST(column_number AS text) AS key, project_id FROM plan_mention`},
		{fieldCategory,
			`SELECT code AS key, name AS label, name_en AS label_en, coalesce(parent_code, '') AS parent,
				row_number() OVER (ORDER BY code) AS place FROM category`,
			`SELECT category_code AS key, id AS project_id FROM project
			UNION ALL SELECT c.parent_code, p.id FROM project p JOIN category c ON c.code = p.category_code WHERE c.parent_code IS NOT NULL`},
		{fieldDistrict, districtChoices, districtMembers},
		{fieldOwner,
			`SELECT o.code AS key, o.short_name AS label, o.name_en AS label_en, coalesce(above.code, '') AS parent,
				row_number() OVER (ORDER BY o.path) AS place FROM organisation o LEFT JOIN organisation above ON above.id = o.parent_id`,
			`SELECT o.code AS key, p.id AS project_id FROM project p JOIN organisation o ON o.id = p.owner_organisation_id`},
		codelist(fieldStage, `SELECT stage AS key, id AS project_id FROM project`),
		codelist(fieldStanding, `SELECT standing AS key, id AS project_id FROM project`),
		codelist(fieldTarget, `SELECT target AS key, id AS project_id FROM project`),
		{fieldCommitment,
			`SELECT verb AS key, verb AS label, verb_en AS label_en, '' AS parent, row_number() OVER (ORDER BY verb) AS place FROM commitment`,
			`SELECT DISTINCT commitment AS key, project_id FROM plan_mention`},
		codelist(fieldRuleLight, `SELECT rule_light AS key, id AS project_id FROM project`),
		codelist(fieldOwnerLight, `SELECT owner_light AS key, id AS project_id FROM project`),
		codelist(fieldDisagree, `SELECT 'open' AS key, p.id AS project_id FROM project p WHERE `+disagreesOpenly+`
			UNION ALL SELECT 'differs', p.id FROM project p WHERE `+reviewerDiffers),
		codelist(fieldProvisional, `SELECT CAST(owner_provisional OR stage_provisional AS text) AS key, id AS project_id FROM project`),
	}
}

func codelist(field, members string) facet {
	return facet{field: field, choices: fmt.Sprintf(codelistChoices, field), members: members}
}

// count counts each choice among the projects of a common table expression. A choice without projects is offered only
// while it is chosen.
func (f facet) count(matching string) string {
	return fmt.Sprintf(`SELECT '%[1]s' AS field, choice.key, choice.label, choice.label_en, choice.parent, choice.place, count(matching.id) AS count
FROM (%[2]s) choice
LEFT JOIN ((%[3]s) member JOIN %[4]s matching ON matching.id = member.project_id) ON member.key = choice.key
GROUP BY choice.key, choice.label, choice.label_en, choice.parent, choice.place
HAVING count(matching.id) > 0 OR choice.key = ANY (@chosen_%[1]s)`, f.field, f.choices, f.members, matching)
}

// facetQuery counts every field with the conditions of the others, so that a count is the total of the list that choosing
// it alone in this field would show. The projects are found once for all fields the filter leaves open, and once for each
// field it narrows.
func facetQuery(filter conditions) string {
	found := func(name string, c conditions) string {
		return name + " AS MATERIALIZED (SELECT p.id FROM project p WHERE " + c.where() + ")"
	}
	tables := []string{found("matching_all", filter)}
	var counts []string
	for _, f := range projectFacets() {
		matching, others := "matching_all", filter.except(f.field)
		if withoutPromise := others.except(fieldPromise); f.field == fieldColumn && len(withoutPromise) < len(others) {
			others, f.members = withoutPromise, columnsByPromise
		}
		if len(others) < len(filter) {
			matching = "matching_" + f.field
			tables = append(tables, found(matching, others))
		}
		counts = append(counts, f.count(matching))
	}
	return "WITH " + strings.Join(tables, ",\n") + "\n" + strings.Join(counts, "\nUNION ALL\n") + "\nORDER BY field, place"
}

type facetRow struct {
	Field   string
	Key     string
	Label   string
	LabelEn string
	Parent  string
	Count   int
}

// ProjectFacets counts the choices of every field of the filter within the read scope, in one statement.
func (s *Store) ProjectFacets(ctx context.Context, read domain.Scope, f domain.ProjectFilter) (domain.ProjectFacets, error) {
	filter := projectConditions(read, f)
	var rows []facetRow
	args := filter.arguments().and(codelistArguments()).and(chosenArguments(f))
	if err := s.query(ctx, facetQuery(filter), args).Scan(&rows).Error; err != nil {
		return domain.ProjectFacets{}, failure("count the choices of the filter", err)
	}
	return facetsOf(rows), nil
}

func codelistArguments() arguments {
	return arguments{
		"all_stage":       array[string](texts(domain.Stages())),
		"all_standing":    array[string](texts(domain.Standings())),
		"all_target":      array[string](texts(domain.Targets())),
		"all_rule_light":  array[string](texts(domain.RuleLights())),
		"all_owner_light": array[string](texts(domain.Lights())),
		"all_disagree":    array[string](texts(domain.Disagreements())),
		"all_provisional": array[string]{"true", "false"},
	}
}

func chosenArguments(f domain.ProjectFilter) arguments {
	columns := array[string]{}
	for _, number := range f.Columns {
		columns = append(columns, strconv.Itoa(number))
	}
	provisional := array[string]{}
	if f.Provisional != nil {
		provisional = append(provisional, strconv.FormatBool(*f.Provisional))
	}
	return arguments{
		"chosen_column": columns, "chosen_category": array[string](f.Categories), "chosen_district": array[string](f.Districts),
		"chosen_owner": array[string](f.Owners), "chosen_stage": array[string](texts(f.Stages)),
		"chosen_standing": array[string](texts(f.Standings)), "chosen_target": array[string](texts(f.Targets)),
		"chosen_commitment": array[string](f.Commitments), "chosen_provisional": provisional,
		"chosen_rule_light": array[string](texts(f.RuleLights)), "chosen_owner_light": array[string](texts(f.OwnerLights)),
		"chosen_disagree": array[string](texts(f.Disagreements)),
	}
}

func facetsOf(rows []facetRow) domain.ProjectFacets {
	byField := map[string][]domain.Facet{}
	for _, r := range rows {
		byField[r.Field] = append(byField[r.Field],
			domain.Facet{Key: r.Key, Label: r.Label, LabelEn: r.LabelEn, Parent: r.Parent, Count: r.Count})
	}
	return domain.ProjectFacets{
		Columns: byField[fieldColumn], Categories: byField[fieldCategory], Districts: byField[fieldDistrict],
		Owners: byField[fieldOwner], Stages: byField[fieldStage], Standings: byField[fieldStanding],
		Targets: byField[fieldTarget], Commitments: byField[fieldCommitment], Provisional: byField[fieldProvisional],
		RuleLights: byField[fieldRuleLight], OwnerLights: byField[fieldOwnerLight], Disagreements: byField[fieldDisagree],
	}
}
