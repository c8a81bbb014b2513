package service

import (
	"context"

	"zhongda/domain"
)

// Neighbours finds what a project shares with others that the actor may read, a relation each; what it shares with none
// but itself is left out. Its predecessors and successors are part of the project.
func (s *Service) Neighbours(ctx context.Context, id int64) ([]domain.Neighbours, error) {
	scope, err := s.access.require(domain.ActorFrom(ctx), domain.PermissionProjectRead)
	if err != nil {
		return nil, err
	}
	project, err := s.store.Project(ctx, scope, id)
	if err != nil {
		return nil, err
	}
	var all []domain.Neighbours
	for _, relation := range domain.Relations() {
		filter, shares := project.Shared(relation)
		if !shares {
			continue
		}
		found, err := s.store.Neighbours(ctx, scope, id, relation, filter)
		if err != nil {
			return nil, err
		}
		if len(found.Projects) > 0 {
			all = append(all, found)
		}
	}
	return all, nil
}
