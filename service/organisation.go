package service

import (
	"context"

	"zhongda/domain"
)

// Organisations lists the whole tree with the number of projects each body owns itself.
func (s *Service) Organisations(ctx context.Context) ([]domain.Organisation, error) {
	return readReference(ctx, s, s.store.Organisations)
}

// Districts lists the districts and areas; a corridor counts in each district it crosses.
func (s *Service) Districts(ctx context.Context) ([]domain.District, error) {
	return readReference(ctx, s, s.store.Districts)
}

// Categories lists both levels of the codelist.
func (s *Service) Categories(ctx context.Context) ([]domain.Category, error) {
	return readReference(ctx, s, s.store.Categories)
}

// readReference asks for reference:read before it reads a codelist.
func readReference[T any](ctx context.Context, s *Service, read func(context.Context) ([]T, error)) ([]T, error) {
	if _, err := s.access.require(domain.ActorFrom(ctx), domain.PermissionReferenceRead); err != nil {
		return nil, err
	}
	return read(ctx)
}
