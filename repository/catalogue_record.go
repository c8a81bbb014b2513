package repository

import "zhongda/domain"

func planMirror() mirror {
	return mirror{
		table: "plan", key: []string{"code"}, values: []string{"name", "name_en", "start_date", "horizon_date"},
		record: "code text, name text, name_en text, start_date date, horizon_date date",
	}
}

func planRecord(p domain.Plan) record {
	return record{"code": p.Code, "name": p.Name, "name_en": p.NameEn, "start_date": p.Start.String(), "horizon_date": p.Horizon.String()}
}

func columnMirror() mirror {
	return mirror{
		table: "plan_column", key: []string{"number"}, values: []string{"title", "title_en", "chapter", "section"},
		record: "number integer, title text, title_en text, chapter text, section text",
	}
}

func columnRecord(c domain.Column) record {
	return record{"number": c.Number, "title": c.Title, "title_en": c.TitleEn, "chapter": c.Chapter, "section": c.Section}
}

func indicatorMirror() mirror {
	return mirror{
		table: "indicator", key: []string{"number"},
		values: []string{"group_name", "name", "unit", "nature", "value_2025", "value_2025_kind", "target_2030", "target_2030_kind"},
		record: `number integer, group_name text, name text, unit text, nature text,
			value_2025 text, value_2025_kind text, target_2030 text, target_2030_kind text`,
	}
}

func indicatorRecord(i domain.Indicator) record {
	return record{
		"number": i.Number, "group_name": i.Group, "name": i.Name, "unit": i.Unit, "nature": i.Nature,
		"value_2025": i.Value2025, "value_2025_kind": i.Value2025Kind,
		"target_2030": i.Target2030, "target_2030_kind": i.Target2030Kind,
	}
}

func commitmentMirror() mirror {
	return mirror{
		table: "commitment", key: []string{"verb"}, values: []string{"verb_en", "target", "first_stage", "note"},
		record: "verb text, verb_en text, target text, first_stage text, note text",
	}
}

func commitmentRecord(c domain.Commitment) record {
	return record{"verb": c.Verb, "verb_en": c.VerbEn, "target": c.Target, "first_stage": c.FirstStage, "note": c.Note}
}

func districtMirror() mirror {
	return mirror{
		table: "district", key: []string{"code"}, values: []string{"name", "name_en", "kind", "parent_code", "note"},
		record: "code text, name text, name_en text, kind text, parent_code text, note text",
	}
}

func districtRecord(d domain.District) record {
	return record{
		"code": d.Code, "name": d.Name, "name_en": d.NameEn, "kind": d.Kind, "parent_code": optional(d.ParentCode), "note": d.Note,
	}
}

func shapeMirror() mirror {
	return mirror{
		table: "district_shape", key: []string{"district_code"}, values: []string{"label", "outline"},
		record: "district_code text, label text, outline text",
	}
}

func shapeRecord(s domain.DistrictShape) record {
	return record{"district_code": s.District, "label": s.Label, "outline": s.Outline}
}

func organisationMirror() mirror {
	return mirror{
		table: "organisation", key: []string{"code"},
		values: []string{"name", "name_en", "short_name", "parent_id", "kind", "function", "district_code", "initials"},
		record: `code text, name text, name_en text, short_name text, parent_code text, kind text,
			function text, district_code text, initials text`,
		source: "SELECT x.*, p.id AS parent_id FROM x LEFT JOIN organisation p ON p.code = x.parent_code",
	}
}

func organisationRecord(o domain.CatalogueOrganisation) record {
	return record{
		"code": o.Code, "name": o.Name, "name_en": o.NameEn, "short_name": o.ShortName, "parent_code": optional(o.ParentCode),
		"kind": o.Kind, "function": o.Function, "district_code": optional(o.DistrictCode), "initials": o.Initials,
	}
}

func categoryMirror() mirror {
	return mirror{
		table: "category", key: []string{"code"},
		values: []string{"parent_code", "name", "name_en", "oc4ids_sector", "municipal_owner", "district_function"},
		record: "code text, parent_code text, name text, name_en text, oc4ids_sector text, municipal_owner text, district_function text",
	}
}

func categoryRecord(c domain.Category) record {
	return record{
		"code": c.Code, "parent_code": optional(c.ParentCode), "name": c.Name, "name_en": c.NameEn,
		"oc4ids_sector": c.OC4IDSSector, "municipal_owner": c.MunicipalOwner, "district_function": c.DistrictFunction,
	}
}

// projectMirror says what of a project the catalogue owns, and what it owns only until somebody decided otherwise.
func projectMirror() mirror {
	return mirror{
		table: "project", key: []string{"code"},
		values: []string{"name", "initials", "category_code", "target", "catalogue_note"},
		kept: []keptColumns{
			{while: "owner_provisional", columns: []string{"owner_organisation_id", "owner_rule"}},
			{while: "stage_provisional", columns: []string{"stage"}},
		},
		touched: "version = t.version + 1, updated_at = app_now()",
		record: `code text, name text, initials text, category_code text, target text, catalogue_note text,
			owner_code text, owner_rule text, stage text`,
		source: "SELECT x.*, o.id AS owner_organisation_id FROM x JOIN organisation o ON o.code = x.owner_code",
	}
}

func projectRecord(p domain.DerivedProject) record {
	return record{
		"code": p.Code, "name": p.Name, "initials": p.Initials, "category_code": p.Category, "target": p.Target,
		"catalogue_note": p.Note, "owner_code": p.OwnerCode, "owner_rule": p.OwnerRule, "stage": p.Stage,
	}
}

func mentionMirror() mirror {
	return mirror{
		table: "plan_mention", key: []string{"column_number", "ordinal"},
		values: []string{"project_id", "group_name", "name", "commitment", "target"},
		record: "column_number integer, ordinal integer, project text, group_name text, name text, commitment text, target text",
		source: "SELECT x.*, p.id AS project_id FROM x JOIN project p ON p.code = x.project",
	}
}

func mentionRecord(m domain.CatalogueMention) record {
	return record{
		"column_number": m.Column, "ordinal": m.Ordinal, "project": m.ProjectCode, "group_name": m.Group, "name": m.Name,
		"commitment": m.Commitment, "target": m.Target,
	}
}
