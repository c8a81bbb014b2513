package service

import (
	"context"
	"time"

	"zhongda/domain"
	"zhongda/repository"
)

// The most months one board compares, and the number it shows where nobody says.
const (
	rollingMonthsMax     = 24
	rollingMonthsDefault = 6
)

// Rolling compares the month-ends of the filter's projects, from the month from to the month to, both included; the month
// that is running ends now. Zero months ask for the last six, as far as the record goes.
func (s *Service) Rolling(ctx context.Context, f domain.ProjectFilter, from, to domain.Period) (domain.Rolling, error) {
	actor := domain.ActorFrom(ctx)
	scope, err := s.access.require(actor, domain.PermissionPipelineRead)
	if err != nil {
		return domain.Rolling{}, err
	}
	begin, err := s.store.HistoryBegin(ctx)
	if err != nil {
		return domain.Rolling{}, err
	}
	months, err := s.rollingMonths(begin, from, to)
	if err != nil {
		return domain.Rolling{}, err
	}
	board := rollingBoard{Service: s, actor: actor, scope: scope, filter: f}
	start := s.lastInstant(months[0].Month.Add(-1).Last())
	if start.Before(begin) {
		start = begin
	}
	before, err := board.at(ctx, months[0].Month.Add(-1).Last(), start)
	if err != nil {
		return domain.Rolling{}, err
	}
	ends := make([][]domain.Standpoint, len(months))
	for i, month := range months {
		if ends[i], err = board.at(ctx, month.End, earlier(s.lastInstant(month.End), s.now())); err != nil {
			return domain.Rolling{}, err
		}
	}
	limits, err := s.store.DwellLimits(ctx)
	if err != nil {
		return domain.Rolling{}, err
	}
	rolling := domain.Roll(months, before, ends, limits)
	rolling.Begin = domain.DateOf(begin.In(s.zone))
	return rolling, nil
}

// rollingMonths are the months asked for with their last days.
func (s *Service) rollingMonths(begin time.Time, from, to domain.Period) ([]domain.RollingMonth, error) {
	current := domain.PeriodOf(s.Today())
	if begin.IsZero() {
		return nil, domain.Invalid("from", "nothing_recorded")
	}
	first := domain.PeriodOf(domain.DateOf(begin.In(s.zone)))
	if to.IsZero() {
		to = current
	}
	if from.IsZero() {
		from = to.Add(1 - rollingMonthsDefault)
		if from.Before(first) && !to.Before(first) {
			from = first
		}
	}
	switch {
	case current.Before(to):
		return nil, domain.Invalid("to", "month_not_begun")
	case to.Before(from):
		return nil, domain.Invalid("to", "not_after_from")
	case from.Before(first):
		return nil, domain.Invalid("from", "before_record", "begin", domain.DateOf(begin.In(s.zone)).String())
	}
	var months []domain.RollingMonth
	for _, month := range from.PeriodsUntil(to) {
		line := domain.RollingMonth{Month: month, End: month.Last(), Over: month != current}
		if !line.Over {
			line.End = s.Today()
		}
		months = append(months, line)
	}
	if len(months) > rollingMonthsMax {
		return nil, domain.Invalid("from", "too_many_months", "max", rollingMonthsMax)
	}
	return months, nil
}

type rollingBoard struct {
	*Service
	actor  domain.Actor
	scope  domain.Scope
	filter domain.ProjectFilter
}

func (b rollingBoard) at(ctx context.Context, day domain.Date, instant time.Time) (points []domain.Standpoint, err error) {
	filter := b.filter
	filter.AsOf = day
	err = b.store.AsOf(ctx, instant, func(past *repository.Store) error {
		points, err = past.Standpoints(ctx, b.scope, b.completeFilter(b.actor, filter), b.zone)
		return err
	})
	return points, err
}

func earlier(a, b time.Time) time.Time {
	if b.Before(a) {
		return b
	}
	return a
}
