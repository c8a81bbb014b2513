package api

import "zhongda/domain"

// MonthEnd is the last day of a month; a request may also name the month alone, "2026-08".
type MonthEnd struct{ domain.Date }

// MarshalText writes the ISO form of the day.
func (m MonthEnd) MarshalText() ([]byte, error) { return []byte(m.String()), nil }

// UnmarshalText reads a month or its last day; code "bad_month_end" when it is neither.
func (m *MonthEnd) UnmarshalText(text []byte) (err error) {
	if m.Date, err = domain.ParseMonthEnd(string(text)); err != nil {
		return domain.Invalid("", "bad_month_end")
	}
	return nil
}

// day is the zero date where nothing was asked for.
func (m *MonthEnd) day() domain.Date {
	if m == nil {
		return domain.Date{}
	}
	return m.Date
}
