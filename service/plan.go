package service

import (
	"context"

	"zhongda/domain"
)

// Plan is the loaded plan; public, because the sign-in page names it.
func (s *Service) Plan(ctx context.Context) (domain.Plan, error) { return s.store.Plan(ctx) }

// Simulated reports whether the installation holds made-up figures; anybody may know.
func (s *Service) Simulated(ctx context.Context) (bool, error) { return s.store.Simulated(ctx) }

// Columns lists every column of the plan, those without a named project included.
func (s *Service) Columns(ctx context.Context) ([]domain.Column, error) {
	return readReference(ctx, s, s.store.Columns)
}

// Indicators lists the plan's headline figures.
func (s *Service) Indicators(ctx context.Context) ([]domain.Indicator, error) {
	return readReference(ctx, s, s.store.Indicators)
}

// Commitments lists the governing verbs and what each promises.
func (s *Service) Commitments(ctx context.Context) ([]domain.Commitment, error) {
	return readReference(ctx, s, s.store.Commitments)
}
