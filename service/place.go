package service

import (
	"context"

	"zhongda/domain"
	"zhongda/repository"
)

// Places counts the projects of the filter that the actor may read by district, as of today or of the filter's past day.
func (s *Service) Places(ctx context.Context, f domain.ProjectFilter) (domain.Places, error) {
	actor := domain.ActorFrom(ctx)
	scope, err := s.access.require(actor, domain.PermissionPipelineRead)
	if err != nil {
		return domain.Places{}, err
	}
	f = s.completeFilter(actor, f)
	var places domain.Places
	err = s.known(ctx, f.AsOf, func(store *repository.Store) error {
		places, err = store.Places(ctx, scope, f, f.Today)
		return err
	})
	return places, err
}

// Schematic lists how the city's districts are drawn.
func (s *Service) Schematic(ctx context.Context) ([]domain.DistrictShape, error) {
	return readReference(ctx, s, s.store.Schematic)
}
