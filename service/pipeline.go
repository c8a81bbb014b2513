package service

import (
	"context"

	"zhongda/domain"
	"zhongda/repository"
)

// Pipeline summarises the projects of the filter that the actor may read, as of today or of the filter's past day.
func (s *Service) Pipeline(ctx context.Context, f domain.ProjectFilter) (domain.Pipeline, error) {
	actor := domain.ActorFrom(ctx)
	scope, err := s.access.require(actor, domain.PermissionPipelineRead)
	if err != nil {
		return domain.Pipeline{}, err
	}
	f = s.completeFilter(actor, f)
	var pipeline domain.Pipeline
	err = s.known(ctx, f.AsOf, func(store *repository.Store) error {
		pipeline, err = store.Pipeline(ctx, scope, f, f.Today)
		return err
	})
	return pipeline, err
}
