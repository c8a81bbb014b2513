package service

import (
	"context"

	"zhongda/domain"
	"zhongda/repository"
)

// Timeline lists the projects of the filter that the actor may read with their milestones: the same projects in the same
// order as [Service.Projects].
func (s *Service) Timeline(ctx context.Context, f domain.ProjectFilter, sort domain.ProjectSort, page domain.PageRequest) (domain.Timeline, error) {
	actor := domain.ActorFrom(ctx)
	scope, err := s.access.require(actor, domain.PermissionProjectRead)
	if err != nil {
		return domain.Timeline{}, err
	}
	var timeline domain.Timeline
	err = s.known(ctx, f.AsOf, func(store *repository.Store) error {
		timeline, err = store.Timeline(ctx, scope, s.completeFilter(actor, f), sort, page)
		return err
	})
	return timeline, err
}
