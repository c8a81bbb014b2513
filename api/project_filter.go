package api

import (
	"zhongda/domain"
)

// projectFilter are the query parameters that select projects, the same for list, facets and pipeline. Repeated values
// of one parameter widen, parameters narrow. slipAgainst says which baseline slip speaks of, the original where absent.
type projectFilter struct {
	Columns     []int                     `query:"column" validate:"max=50,dive,min=1,max=999"`
	Categories  []string                  `query:"category" validate:"max=50,dive,max=60"`
	Districts   []string                  `query:"district" validate:"max=50,dive,max=20"`
	Owners      []string                  `query:"owner" validate:"max=100,dive,max=60"`
	OwnerTrees  []string                  `query:"ownerTree" validate:"max=50,dive,max=60"`
	Stages      []domain.Stage            `query:"stage" validate:"max=10"`
	Standings   []domain.Standing         `query:"standing" validate:"max=5"`
	Targets     []domain.Target           `query:"target" validate:"max=10"`
	Commitments []string                  `query:"commitment" validate:"max=50,dive,max=60"`
	Provisional *bool                     `query:"provisional"`
	RuleLights  []domain.RuleLight        `query:"ruleLight" validate:"max=10"`
	OwnerLights []domain.Light            `query:"ownerLight" validate:"max=5"`
	Disagree    []domain.Disagreement     `query:"disagree" validate:"max=2"`
	Promises    []domain.PromiseState     `query:"promise" validate:"max=5"`
	Reports     []domain.DutyGroup        `query:"report" validate:"max=6"`
	Supervision []domain.SupervisionState `query:"supervision" validate:"max=2"`
	LateBy      *int                      `query:"lateBy" validate:"min=1,max=3650"`
	Slips       []domain.SlipBin          `query:"slip" validate:"max=6"`
	SlipAgainst *domain.SlipBaseline      `query:"slipAgainst"`
	Mine        bool                      `query:"mine"`
	Text        string                    `query:"q" validate:"max=100"`
}

func (f projectFilter) filter() domain.ProjectFilter {
	against := domain.SlipOriginal
	if f.SlipAgainst != nil {
		against = *f.SlipAgainst
	}
	return domain.ProjectFilter{
		Columns: f.Columns, Categories: f.Categories, Districts: f.Districts, Owners: f.Owners, OwnerTrees: f.OwnerTrees,
		Stages: f.Stages, Standings: f.Standings, Targets: f.Targets, Commitments: f.Commitments,
		Provisional: f.Provisional, LateByDays: f.LateBy, Promises: f.Promises, OnlyMine: f.Mine, Text: f.Text,
		RuleLights: f.RuleLights, OwnerLights: f.OwnerLights, Disagreements: f.Disagree, Reports: f.Reports, Supervision: f.Supervision,
		Slips: f.Slips, SlipAgainst: against,
	}
}

// pastFilter also says when: asOf is a past month, or its last day, at whose end the records are read.
type pastFilter struct {
	projectFilter
	AsOf *MonthEnd `query:"asOf"`
}

func (f pastFilter) filter() domain.ProjectFilter {
	filter := f.projectFilter.filter()
	filter.AsOf = f.AsOf.day()
	return filter
}

// listProjectsIn asks for a page; until is the nextCursor of a page read before, which this one does not go past.
type listProjectsIn struct {
	pastFilter
	pageParams
	Sort  string `query:"sort" validate:"max=20"`
	Until string `query:"until" validate:"max=500"`
}

func (in listProjectsIn) request() domain.PageRequest {
	page := in.pageParams.request()
	page.Until = in.Until
	return page
}

type facetsIn struct{ pastFilter }

// Facet is one choice of a filter, with the number of projects it would leave.
type Facet struct {
	Key     string  `json:"key"`
	Label   string  `json:"label"`
	LabelEn string  `json:"labelEn"`
	Parent  *string `json:"parent"`
	Count   int     `json:"count"`
}

// ProjectFacets are the choices of every filter; asOf is the past day they are of, null for today.
type ProjectFacets struct {
	AsOf        *Date   `json:"asOf"`
	Column      []Facet `json:"column"`
	Category    []Facet `json:"category"`
	District    []Facet `json:"district"`
	Owner       []Facet `json:"owner"`
	Stage       []Facet `json:"stage"`
	Standing    []Facet `json:"standing"`
	Target      []Facet `json:"target"`
	Commitment  []Facet `json:"commitment"`
	RuleLight   []Facet `json:"ruleLight"`
	OwnerLight  []Facet `json:"ownerLight"`
	Disagree    []Facet `json:"disagree"`
	Provisional []Facet `json:"provisional"`
}

func facetsOf(facets []domain.Facet) []Facet {
	return mapSlice(facets, func(f domain.Facet) Facet {
		return Facet{Key: f.Key, Label: f.Label, LabelEn: f.LabelEn, Parent: emptyAsNull(f.Parent), Count: f.Count}
	})
}
