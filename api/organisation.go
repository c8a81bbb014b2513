package api

import (
	"context"

	"zhongda/domain"
)

// Organisation is a body of the city's tree with the number of projects it owns itself.
type Organisation struct {
	OrgRef
	Kind         string  `json:"kind"`
	Function     string  `json:"function"`
	ParentID     *int64  `json:"parentId"`
	DistrictCode *string `json:"districtCode"`
	Projects     int     `json:"projects"`
}

func (h handlers) listOrganisations(ctx context.Context, _ None) (List[Organisation], error) {
	return listOf(func(o domain.Organisation) Organisation {
		return Organisation{
			OrgRef: orgRef(o), Kind: o.Kind, Function: o.Function, ParentID: emptyAsNull(o.ParentID),
			DistrictCode: emptyAsNull(o.DistrictCode), Projects: o.Projects,
		}
	})(h.service.Organisations(ctx))
}

// District is a district or area; note says what an area without district status is.
type District struct {
	Ref
	Kind     string `json:"kind"`
	Note     string `json:"note"`
	Projects int    `json:"projects"`
}

func (h handlers) listDistricts(ctx context.Context, _ None) (List[District], error) {
	return listOf(func(d domain.District) District {
		return District{Ref: districtRef(d), Kind: d.Kind, Note: d.Note, Projects: d.Projects}
	})(h.service.Districts(ctx))
}

// Category is a node of the two-level codelist, with the OC4IDS sector it maps to.
type Category struct {
	Ref
	ParentCode   *string `json:"parentCode"`
	OC4IDSSector string  `json:"oc4idsSector"`
	Projects     int     `json:"projects"`
}

func (h handlers) listCategories(ctx context.Context, _ None) (List[Category], error) {
	return listOf(func(c domain.Category) Category {
		return Category{Ref: categoryRef(c), ParentCode: emptyAsNull(c.ParentCode), OC4IDSSector: c.OC4IDSSector, Projects: c.Projects}
	})(h.service.Categories(ctx))
}

// List is a whole codelist; those are short and have no pages.
type List[T any] struct {
	Items []T `json:"items"`
}

// listOf renders the outcome of a use case that reads a codelist.
func listOf[D, A any](convert func(D) A) func([]D, error) (List[A], error) {
	return func(items []D, err error) (List[A], error) {
		return List[A]{Items: mapSlice(items, convert)}, err
	}
}
