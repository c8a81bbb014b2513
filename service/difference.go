package service

import (
	"context"
	"time"

	"zhongda/domain"
	"zhongda/repository"
)

// Differences compares the projects of the filter at the ends of two days; the zero to is now. The filter is asked at each
// end by itself, so a project may enter or leave it.
func (s *Service) Differences(ctx context.Context, f domain.ProjectFilter, from, to domain.Date) (domain.Differences, error) {
	actor := domain.ActorFrom(ctx)
	scope, err := s.access.require(actor, domain.PermissionProjectRead)
	if err != nil {
		return domain.Differences{}, err
	}
	if from.IsZero() {
		return domain.Differences{}, domain.Invalid("from", "required")
	}
	since, err := s.endOf(ctx, "from", from)
	if err != nil {
		return domain.Differences{}, err
	}
	until := s.now()
	if !to.IsZero() {
		if until, err = s.endOf(ctx, "to", to); err != nil {
			return domain.Differences{}, err
		}
		if !from.Before(to) {
			return domain.Differences{}, domain.Invalid("to", "not_after_from")
		}
	}
	states := func(day domain.Date, at time.Time) (found []domain.ProjectState, err error) {
		f.AsOf = day
		complete := s.completeFilter(actor, f)
		err = s.store.AsOf(ctx, at, func(past *repository.Store) error {
			found, err = past.ProjectStates(ctx, scope, complete, since, until)
			return err
		})
		return found, err
	}
	before, err := states(from, since)
	if err != nil {
		return domain.Differences{}, err
	}
	after, err := states(to, until)
	if err != nil {
		return domain.Differences{}, err
	}
	if to.IsZero() {
		to = s.Today()
	}
	return domain.Compare(from, to, before, after), nil
}
