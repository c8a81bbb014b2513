package service

import (
	"context"
	"time"

	"zhongda/domain"
	"zhongda/repository"
)

// RecordBegin is the civil day on which the record begins, and the last days of the months since then that are over: what
// an as-of may ask for, the latest first. The zero date while nothing is recorded.
func (s *Service) RecordBegin(ctx context.Context) (domain.Date, []domain.Date, error) {
	if _, err := s.access.require(domain.ActorFrom(ctx), domain.PermissionProjectRead); err != nil {
		return domain.Date{}, nil, err
	}
	begin, err := s.store.HistoryBegin(ctx)
	if err != nil || begin.IsZero() {
		return domain.Date{}, nil, err
	}
	first := domain.DateOf(begin.In(s.zone))
	var ends []domain.Date
	for _, month := range domain.PeriodOf(first).PeriodsUntil(domain.PeriodOf(s.Today()).Add(-1)) {
		ends = append([]domain.Date{month.Last()}, ends...)
	}
	return first, ends, nil
}

// known runs read on today's records, or on those that were known at the end of the day asOf.
func (s *Service) known(ctx context.Context, asOf domain.Date, read func(*repository.Store) error) error {
	if asOf.IsZero() {
		return read(s.store)
	}
	instant, err := s.endOf(ctx, "asOf", asOf)
	if err != nil {
		return err
	}
	return s.store.AsOf(ctx, instant, read)
}

// endOf is the last instant of a day in the business time zone. Days that are not over, and those before the record, are
// Invalid for field.
func (s *Service) endOf(ctx context.Context, field string, day domain.Date) (time.Time, error) {
	end := s.lastInstant(day)
	if !end.Before(s.now()) {
		return end, domain.Invalid(field, "month_not_over")
	}
	begin, err := s.store.HistoryBegin(ctx)
	if err != nil {
		return end, err
	}
	if begin.IsZero() {
		return end, domain.Invalid(field, "nothing_recorded")
	}
	if end.Before(begin) {
		return end, domain.Invalid(field, "before_record", "begin", domain.DateOf(begin.In(s.zone)).String())
	}
	return end, nil
}

// lastInstant is the last microsecond of a day, which is how finely the database tells time.
func (s *Service) lastInstant(day domain.Date) time.Time {
	d := day.Time()
	return time.Date(d.Year(), d.Month(), d.Day()+1, 0, 0, 0, 0, s.zone).Add(-time.Microsecond)
}
