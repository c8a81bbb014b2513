package service

import (
	"context"

	"zhongda/domain"
	"zhongda/repository"
)

// ColumnPromises tells what a column promised and what has become of it, today or at a past month-end.
func (s *Service) ColumnPromises(ctx context.Context, number int, asOf domain.Date) (domain.ColumnPromises, error) {
	scope, err := s.access.require(domain.ActorFrom(ctx), domain.PermissionPipelineRead)
	if err != nil {
		return domain.ColumnPromises{}, err
	}
	var promises domain.ColumnPromises
	err = s.known(ctx, asOf, func(store *repository.Store) error {
		promises, err = store.ColumnPromises(ctx, scope, number)
		return err
	})
	return promises, err
}
