package api

import "zhongda/domain"

// Percent carries physical progress over HTTP as a text with one decimal.
type Percent struct{ domain.Percent }

// MarshalText writes one decimal.
func (p Percent) MarshalText() ([]byte, error) { return []byte(p.String()), nil }

// UnmarshalText reads 0 to 100; code "percent" when it is none.
func (p *Percent) UnmarshalText(text []byte) (err error) {
	if p.Percent, err = domain.ParsePercent(string(text)); err != nil {
		return domain.Invalid("", "percent")
	}
	return nil
}

func percentOf(p *domain.Percent) *Percent {
	if p == nil {
		return nil
	}
	return &Percent{*p}
}

// Period carries the month of a report over HTTP as "2026-11".
type Period struct{ domain.Period }

// MarshalText writes the ISO form.
func (p Period) MarshalText() ([]byte, error) { return []byte(p.String()), nil }

// UnmarshalText reads the ISO form; code "period" when it is none.
func (p *Period) UnmarshalText(text []byte) (err error) {
	if p.Period, err = domain.ParsePeriod(string(text)); err != nil {
		return domain.Invalid("", "period")
	}
	return nil
}

// month is the zero period where none was asked for.
func (p *Period) month() domain.Period {
	if p == nil {
		return domain.Period{}
	}
	return p.Period
}

func periodOf(p domain.Period) *Period {
	if p.IsZero() {
		return nil
	}
	return &Period{p}
}
