package api

import (
	"context"

	"zhongda/domain"
)

// Fulfilment sets the plan's promises against the stages reached, asOf the end of a day. A corridor counts in each district
// it crosses and once in city. In byColumn each project is judged by what that column promises of it, elsewhere by the
// strongest promise of the chosen columns, or of all.
type Fulfilment struct {
	AsOf       Date                `json:"asOf"`
	City       PromiseCounts       `json:"city"`
	ByTarget   []TargetPromises    `json:"byTarget"`
	ByColumn   []ColumnPromises    `json:"byColumn"`
	ByCategory []ReferencePromises `json:"byCategory"`
	ByDistrict []ReferencePromises `json:"byDistrict"`
}

// PromiseCounts counts projects: kept; on the way; unconfirmed, because the stage was only derived; lapsed, because the
// project exited first; none promised.
type PromiseCounts struct {
	Projects    int `json:"projects"`
	Kept        int `json:"kept"`
	OnTheWay    int `json:"onTheWay"`
	Unconfirmed int `json:"unconfirmed"`
	Lapsed      int `json:"lapsed"`
	None        int `json:"none"`
}

// TargetPromises is one promised state.
type TargetPromises struct {
	Target domain.Target `json:"target"`
	Counts PromiseCounts `json:"counts"`
}

// ColumnPromises is one column of the plan; those that name no project are there with zero.
type ColumnPromises struct {
	Column  int           `json:"column"`
	Title   string        `json:"title"`
	TitleEn string        `json:"titleEn"`
	Counts  PromiseCounts `json:"counts"`
}

// ReferencePromises is one top category or one district.
type ReferencePromises struct {
	Of     Ref           `json:"of"`
	Counts PromiseCounts `json:"counts"`
}

func (h handlers) planFulfilment(ctx context.Context, in facetsIn) (Fulfilment, error) {
	f, err := h.service.Fulfilment(ctx, in.filter())
	return Fulfilment{
		AsOf: Date{f.AsOf}, City: promiseCounts(f.City),
		ByTarget: mapSlice(f.ByTarget, func(l domain.TargetFulfilment) TargetPromises {
			return TargetPromises{Target: l.Target, Counts: promiseCounts(l.Counts)}
		}),
		ByColumn: mapSlice(f.ByColumn, func(l domain.ColumnFulfilment) ColumnPromises {
			return ColumnPromises{Column: l.Column.Number, Title: l.Column.Title, TitleEn: l.Column.TitleEn, Counts: promiseCounts(l.Counts)}
		}),
		ByCategory: mapSlice(f.ByCategory, func(l domain.CategoryFulfilment) ReferencePromises {
			return ReferencePromises{Of: categoryRef(l.Category), Counts: promiseCounts(l.Counts)}
		}),
		ByDistrict: mapSlice(f.ByDistrict, func(l domain.DistrictFulfilment) ReferencePromises {
			return ReferencePromises{Of: districtRef(l.District), Counts: promiseCounts(l.Counts)}
		}),
	}, err
}

func promiseCounts(c domain.PromiseCount) PromiseCounts {
	return PromiseCounts{
		Projects: c.Projects(), Kept: c[domain.PromiseKept], OnTheWay: c[domain.PromiseOnTheWay],
		Unconfirmed: c[domain.PromiseUnconfirmed], Lapsed: c[domain.PromiseLapsed], None: c[domain.PromiseNone],
	}
}
