package service

import (
	"context"

	"zhongda/domain"
	"zhongda/repository"
)

// Fulfilment sets what the plan promises of the filter's projects against where they stand, today or on the filter's past
// day.
func (s *Service) Fulfilment(ctx context.Context, f domain.ProjectFilter) (domain.Fulfilment, error) {
	actor := domain.ActorFrom(ctx)
	scope, err := s.access.require(actor, domain.PermissionPipelineRead)
	if err != nil {
		return domain.Fulfilment{}, err
	}
	var fulfilment domain.Fulfilment
	err = s.known(ctx, f.AsOf, func(store *repository.Store) error {
		fulfilment, err = store.Fulfilment(ctx, scope, s.completeFilter(actor, f))
		return err
	})
	return fulfilment, err
}
