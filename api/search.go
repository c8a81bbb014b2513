package api

import (
	"context"

	"zhongda/domain"
)

// SearchResult is what a text finds, the best of each kind first; twenty hits at most.
type SearchResult struct {
	Projects      []ProjectHit      `json:"projects"`
	Organisations []OrganisationHit `json:"organisations"`
	Columns       []ColumnHit       `json:"columns"`
}

// ProjectHit is a project with what tells it from others of a like name; owner is the short name.
type ProjectHit struct {
	ID       int64           `json:"id"`
	Code     string          `json:"code"`
	Name     string          `json:"name"`
	Owner    string          `json:"owner"`
	OwnerEn  string          `json:"ownerEn"`
	Stage    domain.Stage    `json:"stage"`
	Standing domain.Standing `json:"standing"`
}

// OrganisationHit is a body with the number of projects that it and the bodies below it own.
type OrganisationHit struct {
	Code      string `json:"code"`
	Name      string `json:"name"`
	NameEn    string `json:"nameEn"`
	ShortName string `json:"shortName"`
	Projects  int    `json:"projects"`
}

// ColumnHit is a column of the plan with the number of projects it names.
type ColumnHit struct {
	Number   int    `json:"number"`
	Title    string `json:"title"`
	TitleEn  string `json:"titleEn"`
	Projects int    `json:"projects"`
}

type searchIn struct {
	Text string `query:"q" validate:"max=60"`
}

func (h handlers) search(ctx context.Context, in searchIn) (SearchResult, error) {
	found, err := h.service.Search(ctx, in.Text)
	return SearchResult{
		Projects:      mapSlice(found.Projects, func(p domain.ProjectHit) ProjectHit { return ProjectHit(p) }),
		Organisations: mapSlice(found.Organisations, func(o domain.OrganisationHit) OrganisationHit { return OrganisationHit(o) }),
		Columns:       mapSlice(found.Columns, func(c domain.ColumnHit) ColumnHit { return ColumnHit(c) }),
	}, err
}
