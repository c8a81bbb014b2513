package service

import (
	"context"

	"zhongda/domain"
)

// Pipeline summarises the projects of the filter that the actor may read, as of today.
func (s *Service) Pipeline(ctx context.Context, f domain.ProjectFilter) (domain.Pipeline, error) {
	actor := domain.ActorFrom(ctx)
	scope, err := s.access.require(actor, domain.PermissionPipelineRead)
	if err != nil {
		return domain.Pipeline{}, err
	}
	return s.store.Pipeline(ctx, scope, s.completeFilter(actor, f), s.Today())
}
