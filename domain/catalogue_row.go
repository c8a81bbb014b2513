package domain

import (
	"strconv"
	"strings"
)

func parsePlan(r *catalogueRow) Plan {
	p := Plan{
		Code: r.required("code"), Name: r.required("name"), NameEn: r.required("name_en"),
		Start: r.date("start_date"), Horizon: r.date("horizon_date"),
	}
	if !p.Start.Before(p.Horizon) {
		r.refuse("horizon_date %s: want a day after start_date %s", p.Horizon, p.Start)
	}
	return p
}

func parseColumn(r *catalogueRow) Column {
	return Column{
		Number: r.number("number"), Title: r.required("title"), TitleEn: r.required("title_en"),
		Chapter: r.required("chapter"), Section: r.text("section"),
	}
}

func parseIndicator(r *catalogueRow) Indicator {
	return Indicator{
		Number: r.number("number"), Group: r.required("group"), Name: r.required("name"), Unit: r.text("unit"),
		Nature:    oneOf(r, "nature", []string{"expected", "binding"}),
		Value2025: r.text("value_2025"), Value2025Kind: r.required("value_2025_kind"),
		Target2030: r.text("target_2030"), Target2030Kind: r.required("target_2030_kind"),
	}
}

func parseCommitment(r *catalogueRow) Commitment {
	return Commitment{
		Verb: r.required("verb"), VerbEn: r.required("verb_en"), Target: oneOf(r, "target", Targets()),
		FirstStage: oneOf(r, "first_stage", firstStages()), Note: r.text("note"),
	}
}

func parseDistrict(r *catalogueRow) District {
	return District{
		Code: r.required("code"), Name: r.required("name"), NameEn: r.required("name_en"),
		Kind: oneOf(r, "kind", districtKinds()), ParentCode: r.text("parent_code"), Note: r.text("note"),
	}
}

// parseShape takes corners as "x,y", so that a drawing can be checked and mended by eye.
func parseShape(r *catalogueRow) DistrictShape {
	shape := DistrictShape{District: r.required("district"), Label: r.required("label"), Outline: r.required("outline")}
	if !points(shape.Label, 1) {
		r.refuse("label %q: want one point x,y", shape.Label)
	}
	if !points(shape.Outline, 3) {
		r.refuse("outline of %s: want three points or more, x,y with a space between", shape.District)
	}
	return shape
}

// points reports whether text is that many points or, from two on, more.
func points(text string, least int) bool {
	all := strings.Split(text, " ")
	for _, point := range all {
		x, y, ok := strings.Cut(point, ",")
		_, badX := strconv.ParseFloat(x, 64)
		_, badY := strconv.ParseFloat(y, 64)
		if !ok || badX != nil || badY != nil {
			return false
		}
	}
	return len(all) == least || least > 1 && len(all) > least
}

func parseOrganisation(r *catalogueRow) CatalogueOrganisation {
	return CatalogueOrganisation{
		Organisation: Organisation{
			Code: r.required("code"), Name: r.required("name"), NameEn: r.required("name_en"),
			ShortName: r.required("short_name"), Kind: oneOf(r, "kind", organisationKinds()),
			Function: r.text("function"), DistrictCode: r.text("district_code"),
		},
		ParentCode: r.text("parent_code"),
	}
}

func parseCategory(r *catalogueRow) Category {
	return Category{
		Code: r.required("code"), ParentCode: r.text("parent_code"), Name: r.required("name"), NameEn: r.required("name_en"),
		OC4IDSSector: r.required("oc4ids_sector"), MunicipalOwner: r.required("municipal_owner"),
		DistrictFunction: r.text("district_function"),
	}
}

func parseProject(r *catalogueRow) CatalogueProject {
	return CatalogueProject{
		Code: r.required("code"), Name: r.required("name"), Category: r.text("category"), Districts: r.list("districts"),
		Owner: r.text("owner"), Note: r.text("note"),
	}
}

func parseMention(r *catalogueRow) CatalogueMention {
	return CatalogueMention{
		ProjectCode: r.required("project"),
		Mention: Mention{
			Column: r.number("column"), Ordinal: r.number("ordinal"), Group: r.text("group"), Name: r.required("name"),
			Commitment: r.required("commitment"), Target: oneOf(r, "target", Targets()),
		},
	}
}
