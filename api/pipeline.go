package api

import (
	"context"

	"zhongda/domain"
)

// Pipeline summarises the projects of a filter. Every sum states its coverage; a corridor counts in each district it
// crosses, so byDistrict adds up to more than projects.
type Pipeline struct {
	AsOf        Date              `json:"asOf"`
	Projects    int               `json:"projects"`
	Stages      []StageSummary    `json:"stages"`
	ByCategory  []CategorySummary `json:"byCategory"`
	ByColumn    []ColumnSummary   `json:"byColumn"`
	ByDistrict  []DistrictSummary `json:"byDistrict"`
	ByOwner     []OwnerSummary    `json:"byOwner"`
	Provisional ProvisionalCount  `json:"provisional"`
	Late        LateCount         `json:"late"`
	Slip        SlipSummary       `json:"slip"`
	Lights      LightSummary      `json:"lights"`
	Investment  Sum               `json:"investment"`
}

// StageSummary counts the projects of one stage; paused and exited ones are part of projects and told apart.
type StageSummary struct {
	Stage      domain.Stage `json:"stage"`
	Projects   int          `json:"projects"`
	Active     int          `json:"active"`
	Paused     int          `json:"paused"`
	Exited     int          `json:"exited"`
	Investment Sum          `json:"investment"`
}

// CategorySummary is one top category by stage.
type CategorySummary struct {
	Category   Ref                  `json:"category"`
	Stages     map[domain.Stage]int `json:"stages"`
	Projects   int                  `json:"projects"`
	Investment Sum                  `json:"investment"`
}

// ColumnSummary sets one column's promises against the stages reached: kept of promised. unconfirmed
// are the promises whose project's stage was only derived; none of them counts as kept.
type ColumnSummary struct {
	Column      int                   `json:"column"`
	Title       string                `json:"title"`
	TitleEn     string                `json:"titleEn"`
	Projects    int                   `json:"projects"`
	Mentions    int                   `json:"mentions"`
	Targets     map[domain.Target]int `json:"targets"`
	Stages      map[domain.Stage]int  `json:"stages"`
	Kept        int                   `json:"kept"`
	Unconfirmed int                   `json:"unconfirmed"`
	Promised    int                   `json:"promised"`
}

// SlipSummary counts the projects by how late they are, against the original baselines and against the current ones.
type SlipSummary struct {
	Original map[domain.SlipBin]int `json:"original"`
	Current  map[domain.SlipBin]int `json:"current"`
}

// DistrictSummary counts the projects that lie in or cross a district; red and late are those of them with a red light by
// the rule, and late against the original baselines.
type DistrictSummary struct {
	District   Ref `json:"district"`
	Projects   int `json:"projects"`
	Red        int `json:"red"`
	Late       int `json:"late"`
	Investment Sum `json:"investment"`
}

// OwnerSummary counts an organisation's own projects, those whose ownership it has not confirmed, those with a red light by
// the rule, and those late against the original baselines.
type OwnerSummary struct {
	Owner       OrgRef `json:"owner"`
	Projects    int    `json:"projects"`
	Provisional int    `json:"provisional"`
	Red         int    `json:"red"`
	Late        int    `json:"late"`
}

// ProvisionalCount counts what was derived and not yet confirmed.
type ProvisionalCount struct {
	Owner int `json:"owner"`
	Stage int `json:"stage"`
}

// LateCount counts projects by their worst slip against the original baselines.
type LateCount struct {
	Any    int `json:"any"`
	Over30 int `json:"over30"`
	Over90 int `json:"over90"`
}

func (h handlers) getPipeline(ctx context.Context, in facetsIn) (Pipeline, error) {
	p, err := h.service.Pipeline(ctx, in.filter())
	return Pipeline{
		AsOf: Date{p.AsOf}, Projects: p.Projects, Stages: mapSlice(p.Stages, stageSummary),
		ByCategory: mapSlice(p.ByCategory, categorySummary), ByColumn: mapSlice(p.ByColumn, columnSummary),
		ByDistrict: mapSlice(p.ByDistrict, districtSummary), ByOwner: mapSlice(p.ByOwner, ownerSummary),
		Provisional: ProvisionalCount(p.Provisional), Late: LateCount(p.Late), Slip: SlipSummary{Original: p.Slip.Original, Current: p.Slip.Current},
		Lights: lightSummary(p.Lights), Investment: sumOf(p.Investment),
	}, err
}

// LightSummary counts the projects by their lights. rule has every judged project, owner those whose bureau gave a light;
// disagreements are those still open and those where the Commission's light differs from the owner's.
type LightSummary struct {
	Rule          map[domain.RuleLight]int    `json:"rule"`
	Owner         map[domain.Light]int        `json:"owner"`
	Disagreements map[domain.Disagreement]int `json:"disagreements"`
	ByCategory    []CategoryLights            `json:"byCategory"`
}

// CategoryLights are the rule's lights in one top category.
type CategoryLights struct {
	Category Ref                      `json:"category"`
	Rule     map[domain.RuleLight]int `json:"rule"`
}

func lightSummary(s domain.LightSummary) LightSummary {
	return LightSummary{
		Rule: s.Rule, Owner: s.Owner, Disagreements: s.Disagreements,
		ByCategory: mapSlice(s.ByCategory, func(c domain.CategoryLights) CategoryLights {
			return CategoryLights{Category: categoryRef(c.Category), Rule: c.Rule}
		}),
	}
}

func stageSummary(s domain.StageSummary) StageSummary {
	return StageSummary{
		Stage: s.Stage, Projects: s.Projects, Active: s.Active, Paused: s.Paused, Exited: s.Exited,
		Investment: sumOf(s.Investment),
	}
}

func categorySummary(s domain.CategorySummary) CategorySummary {
	return CategorySummary{
		Category: categoryRef(s.Category), Stages: s.Stages, Projects: s.Projects, Investment: sumOf(s.Investment),
	}
}

func columnSummary(s domain.ColumnSummary) ColumnSummary {
	return ColumnSummary{
		Column: s.Column.Number, Title: s.Column.Title, TitleEn: s.Column.TitleEn, Projects: s.Projects,
		Mentions: s.Mentions, Targets: s.Targets, Stages: s.Stages, Kept: s.Kept, Promised: s.Promised,
		Unconfirmed: s.Unconfirmed,
	}
}

func districtSummary(s domain.DistrictSummary) DistrictSummary {
	return DistrictSummary{District: districtRef(s.District), Projects: s.Projects, Red: s.Red, Late: s.Late, Investment: sumOf(s.Investment)}
}

func ownerSummary(s domain.OwnerSummary) OwnerSummary {
	return OwnerSummary{Owner: orgRef(s.Owner), Projects: s.Projects, Provisional: s.Provisional, Red: s.Red, Late: s.Late}
}
