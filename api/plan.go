package api

import (
	"context"

	"zhongda/domain"
)

// Instance says what this installation is, for the sign-in page. Simulated says that it holds made-up figures.
type Instance struct {
	Product   string `json:"product"`
	Plan      Plan   `json:"plan"`
	Demo      bool   `json:"demo"`
	Simulated bool   `json:"simulated"`
	Version   string `json:"version"`
	Today     Date   `json:"today"`
}

// Plan is the loaded plan; its promises fall due at the horizon.
type Plan struct {
	Ref
	Start   Date `json:"start"`
	Horizon Date `json:"horizon"`
}

func (h handlers) getInstance(ctx context.Context, _ None) (Instance, error) {
	p, err := h.service.Plan(ctx)
	if err != nil {
		return Instance{}, err
	}
	simulated, err := h.service.Simulated(ctx)
	return Instance{
		Product: "重大",
		Plan:    Plan{Ref: Ref{Code: p.Code, Name: p.Name, NameEn: p.NameEn}, Start: Date{p.Start}, Horizon: Date{p.Horizon}},
		Demo:    h.demo, Simulated: simulated, Version: h.version, Today: Date{h.service.Today()},
	}, err
}

// Column is a boxed column of the plan; those that name no project are listed with zero.
type Column struct {
	Number   int    `json:"number"`
	Title    string `json:"title"`
	TitleEn  string `json:"titleEn"`
	Chapter  string `json:"chapter"`
	Section  string `json:"section"`
	Mentions int    `json:"mentions"`
	Projects int    `json:"projects"`
}

func (h handlers) listColumns(ctx context.Context, _ None) (List[Column], error) {
	return listOf(func(c domain.Column) Column { return Column(c) })(h.service.Columns(ctx))
}

// Indicator is one of the plan's headline figures; the kinds say how a value is to be read (annual mean, five-year
// total, as of 2024, words).
type Indicator struct {
	Number         int    `json:"number"`
	Group          string `json:"group"`
	Name           string `json:"name"`
	Unit           string `json:"unit"`
	Nature         string `json:"nature"`
	Value2025      string `json:"value2025"`
	Value2025Kind  string `json:"value2025Kind"`
	Target2030     string `json:"target2030"`
	Target2030Kind string `json:"target2030Kind"`
}

func (h handlers) listIndicators(ctx context.Context, _ None) (List[Indicator], error) {
	return listOf(func(i domain.Indicator) Indicator { return Indicator(i) })(h.service.Indicators(ctx))
}

// Commitment is a governing verb of the plan, what it promises by the horizon and the stage it provisionally means.
type Commitment struct {
	Verb       string        `json:"verb"`
	VerbEn     string        `json:"verbEn"`
	Target     domain.Target `json:"target"`
	FirstStage domain.Stage  `json:"firstStage"`
	Mentions   int           `json:"mentions"`
}

func (h handlers) listCommitments(ctx context.Context, _ None) (List[Commitment], error) {
	return listOf(func(c domain.Commitment) Commitment {
		return Commitment{Verb: c.Verb, VerbEn: c.VerbEn, Target: c.Target, FirstStage: c.FirstStage, Mentions: c.Mentions}
	})(h.service.Commitments(ctx))
}
