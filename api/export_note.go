package api

import (
	"fmt"
	"strings"

	"zhongda/domain"
)

// notes is what a file says of itself, line by line: a label and the words.
func (b *exportBook) notes(about domain.ExportAbout) [][2]string {
	w, sum := b.words, about.Investment
	unit := w.say("export_unit_" + string(b.unit))
	lines := [][2]string{{w.say("export_title"), w.say("export_subtitle")}}
	line := func(label string, text string) {
		if text != "" {
			lines = append(lines, [2]string{w.say("export_" + label), text})
		}
	}
	if about.Simulated {
		line("simulated", w.say("export_simulated_text"))
	}
	line("as_of", w.asOf(about))
	line("filter", w.filter(b.asked.Filter))
	line("order", w.order(b.asked.Sort))
	line("projects", w.say("export_projects_text", "count", about.Projects))
	line("total", w.say("export_total_text", "total", inUnit(sum.Total, b.unit), "unit", unit, "filled", sum.Filled, "of", sum.Of))
	line("unit", w.say("export_unit_text", "unit", unit))
	line("marks", w.say("export_marks_text", "owner", about.Provisional.Owner, "stage", about.Provisional.Stage))
	line("made", w.say("export_made_text", "by", about.MadeBy, "at", about.MadeAt.Format("2006-01-02 15:04")))
	return lines
}

func (w exportWords) asOf(about domain.ExportAbout) string {
	if about.Past {
		return w.say("export_as_of_past", "day", about.AsOf)
	}
	return w.say("export_as_of_today", "day", about.AsOf)
}

func (w exportWords) order(s domain.ProjectSort) string {
	direction := w.say("export_ascending")
	if s.Descending {
		direction = w.say("export_descending")
	}
	return w.say("export_order_text", "key", w.of("sort", s.Key), "direction", direction)
}

// filter tells in words what was filtered, in the order of the filter bar.
func (w exportWords) filter(f domain.ProjectFilter) string {
	var parts []string
	add := func(field string, values []string) {
		if len(values) > 0 {
			parts = append(parts, w.say("export_condition", "field", w.say("export_by_"+field), "values", w.list(values)))
		}
	}
	if f.OnlyMine {
		parts = append(parts, w.say("export_by_mine"))
	}
	if f.Text != "" {
		add("text", []string{f.Text})
	}
	add("column", mapSlice(f.Columns, func(n int) string { return w.nameOf(w.names.columns, fmt.Sprint(n)) }))
	add("category", w.namesOf(w.names.categories, f.Categories))
	add("district", mapSlice(f.Districts, w.district))
	add("owner", w.namesOf(w.names.owners, f.Owners))
	add("owner_tree", w.namesOf(w.names.owners, f.OwnerTrees))
	add("stage", wordsFor(w, "stage", f.Stages))
	add("standing", wordsFor(w, "standing", f.Standings))
	add("target", wordsFor(w, "target", f.Targets))
	add("commitment", mapSlice(f.Commitments, w.commitment))
	add("promise", wordsFor(w, "promise", f.Promises))
	add("light", wordsFor(w, "light", f.RuleLights))
	add("owner_light", wordsFor(w, "light", f.OwnerLights))
	add("disagree", wordsFor(w, "disagree", f.Disagreements))
	add("report", wordsFor(w, "report", f.Reports))
	add("supervision", wordsFor(w, "supervision", f.Supervision))
	if f.Provisional != nil {
		add("provisional", []string{w.say(fmt.Sprintf("export_provisional_%t", *f.Provisional))})
	}
	if f.LateByDays != nil {
		add("late", []string{w.say("export_late_by", "days", *f.LateByDays)})
	}
	if len(f.Slips) > 0 {
		add("slip_"+string(f.SlipAgainst), wordsFor(w, "slip", f.Slips))
	}
	if len(parts) == 0 {
		return w.say("export_unfiltered")
	}
	return strings.Join(parts, w.say("export_conditions_separator"))
}

func wordsFor[T ~string](w exportWords, list string, values []T) []string {
	return mapSlice(values, func(v T) string { return w.of(list, v) })
}

func (w exportWords) namesOf(names map[string][2]string, codes []string) []string {
	return mapSlice(codes, func(code string) string { return w.nameOf(names, code) })
}

// district also has words for the two choices that are none.
func (w exportWords) district(code string) string {
	if code == domain.DistrictNone || code == domain.DistrictCitywide {
		return w.say("export_district_" + code)
	}
	return w.nameOf(w.names.districts, code)
}

// nameOf leaves a code that nobody knows as it is: it filtered all the same.
func (w exportWords) nameOf(names map[string][2]string, code string) string {
	name, known := names[code]
	if !known {
		return code
	}
	return w.named(name[0], name[1])
}
