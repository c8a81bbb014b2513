package api

import (
	"context"
	"net/http"

	"zhongda/domain"
)

// pageRoutes are those of a project's page that no other part of it answers.
func (h handlers) pageRoutes() []Route {
	return []Route{
		{http.MethodGet, "/api/v1/projects/{id}/neighbours", domain.PermissionProjectRead, "projectNeighbours", Op(h.projectNeighbours), "project", Text{"相关项目", "What shares its districts, columns or owner"}},
	}
}

// NeighbourAnswer are the relations in which a project has neighbours.
type NeighbourAnswer struct {
	Items []Neighbours `json:"items"`
}

// Neighbours are the projects of one relation: total is that of the list with these filters, the project itself among
// them; projects are a few of the others, those of the same group of a column first.
type Neighbours struct {
	Relation domain.Relation `json:"relation"`
	Column   []int           `json:"column"`
	Category []string        `json:"category"`
	District []string        `json:"district"`
	Owner    []string        `json:"owner"`
	Total    int             `json:"total"`
	Projects []ProjectRow    `json:"projects"`
}

func (h handlers) projectNeighbours(ctx context.Context, in projectID) (NeighbourAnswer, error) {
	found, err := h.service.Neighbours(ctx, in.ID)
	if err != nil {
		return NeighbourAnswer{}, err
	}
	return NeighbourAnswer{Items: mapSlice(found, func(n domain.Neighbours) Neighbours {
		row := func(p domain.Project) ProjectRow { return h.projectRow(ctx, p) }
		return Neighbours{
			Relation: n.Relation, Total: n.Total, Projects: mapSlice(n.Projects, row),
			Column: append([]int{}, n.Filter.Columns...), Category: append([]string{}, n.Filter.Categories...),
			District: append([]string{}, n.Filter.Districts...), Owner: append([]string{}, n.Filter.Owners...),
		}
	})}, nil
}
