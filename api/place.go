package api

import (
	"context"

	"zhongda/domain"
)

// Places says where the projects of a filter lie, whatever districts it chooses: projects counts each once, a place every
// project in it. crossing counts those in more than one district; corridors names them, as far as 300.
type Places struct {
	AsOf      Date       `json:"asOf"`
	Projects  int        `json:"projects"`
	Places    []Place    `json:"places"`
	Corridors []Corridor `json:"corridors"`
	Crossing  int        `json:"crossing"`
}

// Place is a district with what lies there. Two are no district and have no name: "none" are the projects without one,
// "citywide" those of the whole city. late counts those late by a day or more.
type Place struct {
	Ref
	Kind       string  `json:"kind"`
	Parent     *string `json:"parent"`
	Projects   int     `json:"projects"`
	Red        int     `json:"red"`
	Late       int     `json:"late"`
	Investment Sum     `json:"investment"`
}

// Corridor is a project in more than one district.
type Corridor struct {
	ID        int64             `json:"id"`
	Code      string            `json:"code"`
	Name      string            `json:"name"`
	Stage     domain.Stage      `json:"stage"`
	RuleLight *domain.RuleLight `json:"ruleLight"`
	SlipDays  *int              `json:"slipDays"`
	Districts []string          `json:"districts"`
}

func (h handlers) getPlaces(ctx context.Context, in facetsIn) (Places, error) {
	p, err := h.service.Places(ctx, in.filter())
	return Places{
		AsOf: Date{p.AsOf}, Projects: p.Projects, Places: mapSlice(p.Places, placeOf),
		Corridors: mapSlice(p.Corridors, corridorOf), Crossing: p.Crossing,
	}, err
}

func placeOf(p domain.Place) Place {
	return Place{
		Ref: districtRef(p.District), Kind: p.District.Kind, Parent: emptyAsNull(p.District.ParentCode),
		Projects: p.Projects, Red: p.Red, Late: p.Late, Investment: sumOf(p.Investment),
	}
}

func corridorOf(c domain.Corridor) Corridor {
	return Corridor{
		ID: c.ID, Code: c.Code, Name: c.Name, Stage: c.Stage, RuleLight: emptyAsNull(c.RuleLight), SlipDays: c.SlipDays,
		Districts: c.Districts,
	}
}

// DistrictShape draws a district on the city's schematic, which bounds nothing. outline is its corners, label where its
// name stands: "x,y", x to the right and y down, corners separated by a space.
type DistrictShape struct {
	District string `json:"district"`
	Label    string `json:"label"`
	Outline  string `json:"outline"`
}

func (h handlers) getSchematic(ctx context.Context, _ None) (List[DistrictShape], error) {
	return listOf(func(s domain.DistrictShape) DistrictShape { return DistrictShape(s) })(h.service.Schematic(ctx))
}
