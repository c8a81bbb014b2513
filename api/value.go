package api

import (
	"errors"

	"zhongda/domain"
)

// Amount is money that may be missing for a stated reason: exactly one of value and missing is given. basis is the
// legal basis of a withheld amount.
type Amount struct {
	Value   *Money          `json:"value"`
	Missing *domain.Missing `json:"missing"`
	Basis   string          `json:"basis,omitempty" validate:"max=200"`
}

func amountOf(a domain.Amount) Amount {
	if a.Present() {
		return Amount{Value: &Money{a.Value}}
	}
	return Amount{Missing: &a.Missing, Basis: a.Basis}
}

// amount reads a request's amount; field is its name in the request, for the error.
func (a Amount) amount(field string) (domain.Amount, error) {
	switch {
	case a.Value != nil && a.Missing != nil:
		return domain.Amount{}, domain.Invalid(field, "amount_and_missing")
	case a.Value != nil && a.Basis != "":
		return domain.Amount{}, domain.Invalid(field+".basis", "basis_only_if_withheld")
	case a.Value != nil:
		return domain.NewAmount(a.Value.Money), nil
	case a.Missing == nil:
		return domain.Amount{}, domain.Invalid(field, "amount_or_missing")
	}
	amount, err := domain.NewMissing(*a.Missing, a.Basis)
	return amount, below(field, err)
}

// below gives the refused fields of a value their path in the request that carried it.
func below(field string, err error) error {
	var refused *domain.Error
	if errors.As(err, &refused) {
		for i := range refused.Fields {
			refused.Fields[i].Field = joinPath(field, refused.Fields[i].Field)
		}
	}
	return err
}

// Sum is a total in 元 that states its coverage: filled of the projects had a figure.
type Sum struct {
	Total  Money `json:"total"`
	Filled int   `json:"filled"`
	Of     int   `json:"of"`
}

func sumOf(s domain.Sum) Sum { return Sum{Total: Money{s.Total}, Filled: s.Filled, Of: s.Of} }

// PlanDate is the last day of the period that was stated, with the precision of the statement.
type PlanDate struct {
	Date      Date             `json:"date"`
	Precision domain.Precision `json:"precision"`
}

func planDateOf(d *domain.PlanDate) *PlanDate {
	if d == nil {
		return nil
	}
	return &PlanDate{Date: Date{d.Date}, Precision: d.Precision}
}

func (d *PlanDate) planDate() (*domain.PlanDate, error) {
	if d == nil {
		return nil, nil
	}
	date, err := domain.NewPlanDate(d.Date.Date, d.Precision)
	if err != nil {
		return nil, domain.Invalid("precision", "oneof")
	}
	return &date, nil
}

// Ref names an entry of a codelist in both languages.
type Ref struct {
	Code   string `json:"code"`
	Name   string `json:"name"`
	NameEn string `json:"nameEn"`
}

// OrgRef names an organisation.
type OrgRef struct {
	ID        int64  `json:"id"`
	Code      string `json:"code"`
	Name      string `json:"name"`
	NameEn    string `json:"nameEn"`
	ShortName string `json:"shortName"`
}

func categoryRef(c domain.Category) Ref { return Ref{Code: c.Code, Name: c.Name, NameEn: c.NameEn} }
func districtRef(d domain.District) Ref { return Ref{Code: d.Code, Name: d.Name, NameEn: d.NameEn} }

func orgRef(o domain.Organisation) OrgRef {
	return OrgRef{ID: o.ID, Code: o.Code, Name: o.Name, NameEn: o.NameEn, ShortName: o.ShortName}
}

// Page is one page of a list. total is null unless it was asked for; totalCapped says that counting stopped there.
type Page[T any] struct {
	Items       []T     `json:"items"`
	NextCursor  *string `json:"nextCursor"`
	Total       *int    `json:"total"`
	TotalCapped bool    `json:"totalCapped"`
}

// pageParams are the parameters of every list.
type pageParams struct {
	Limit     int    `query:"limit" default:"50" validate:"min=1,max=200"`
	Cursor    string `query:"cursor" validate:"max=500"`
	WithTotal bool   `query:"withTotal"`
}

func (p pageParams) request() domain.PageRequest {
	return domain.PageRequest{Limit: p.Limit, Cursor: p.Cursor, WithTotal: p.WithTotal}
}

func pageOf[D, A any](p domain.Page[D], withTotal bool, convert func(D) A) Page[A] {
	page := Page[A]{Items: mapSlice(p.Items, convert), TotalCapped: p.TotalCapped}
	if p.NextCursor != "" {
		page.NextCursor = &p.NextCursor
	}
	if withTotal {
		page.Total = &p.Total
	}
	return page
}

// mapSlice never gives nil, so that an empty list reads as [] and not as null.
func mapSlice[D, A any](items []D, convert func(D) A) []A {
	out := make([]A, 0, len(items))
	for _, item := range items {
		out = append(out, convert(item))
	}
	return out
}

// emptyAsNull gives nil for the zero value, so that "nothing" reads as null.
func emptyAsNull[T comparable](v T) *T {
	var zero T
	if v == zero {
		return nil
	}
	return &v
}
