package domain

import (
	"fmt"
	"time"
)

// Date is a civil date: a day on the wall calendar of the business time zone, without clock or offset.
// The zero Date means "no date" and prints as the empty string.
type Date struct {
	year  int
	month time.Month
	day   int
}

const dateLayout = "2006-01-02"

// NewDate builds the date of year, month and day; days past the month's end roll over as in package time.
func NewDate(year int, month time.Month, day int) Date {
	return DateOf(time.Date(year, month, day, 0, 0, 0, 0, time.UTC))
}

// DateOf is the wall-calendar day of t in t's own location.
func DateOf(t time.Time) Date {
	y, m, d := t.Date()
	return Date{year: y, month: m, day: d}
}

// ParseDate reads "2027-06-30". Years outside 1900–2200 are refused: they are slips of the pen, not plans.
func ParseDate(s string) (Date, error) {
	t, err := time.Parse(dateLayout, s)
	if err != nil {
		return Date{}, fmt.Errorf("date %q: want YYYY-MM-DD", s)
	}
	if t.Year() < 1900 || t.Year() > 2200 {
		return Date{}, fmt.Errorf("date %q: year out of range 1900-2200", s)
	}
	return DateOf(t), nil
}

// IsZero reports whether there is no date.
func (d Date) IsZero() bool { return d == Date{} }

// Time is midnight UTC of the day, for arithmetic and for the database's date type.
func (d Date) Time() time.Time { return time.Date(d.year, d.month, d.day, 0, 0, 0, 0, time.UTC) }

// String is the ISO form, or "" for no date.
func (d Date) String() string {
	if d.IsZero() {
		return ""
	}
	return d.Time().Format(dateLayout)
}

// Before reports whether d lies before other.
func (d Date) Before(other Date) bool { return d.Time().Before(other.Time()) }

// After reports whether d lies after other.
func (d Date) After(other Date) bool { return d.Time().After(other.Time()) }

// DaysSince counts the days from other to d: positive when d is later.
func (d Date) DaysSince(other Date) int {
	return int(d.Time().Sub(other.Time()).Hours() / 24)
}

// AddMonths is the same day of the month n months later, or the last day of a shorter month.
func (d Date) AddMonths(n int) Date {
	last := NewDate(d.year, d.month+time.Month(n)+1, 0)
	return NewDate(last.year, last.month, min(d.day, last.day))
}

// Precision says how much of a PlanDate was really stated: 2027年 is not 2027-12-31.
type Precision string

// The precisions a plan date can have.
const (
	PrecisionDay     Precision = "day"
	PrecisionMonth   Precision = "month"
	PrecisionQuarter Precision = "quarter"
	PrecisionYear    Precision = "year"
)

// Precisions lists them from exact to coarse.
func Precisions() []Precision {
	return []Precision{PrecisionDay, PrecisionMonth, PrecisionQuarter, PrecisionYear}
}

// PlanDate is a date together with how precisely it was stated. Date is always the last day of the stated period,
// because a promise for 2027 is late only after 2027-12-31.
type PlanDate struct {
	Date      Date
	Precision Precision
}

// NewPlanDate moves date to the last day of the period that precision names.
func NewPlanDate(date Date, precision Precision) (PlanDate, error) {
	switch precision {
	case PrecisionDay:
	case PrecisionMonth:
		date = NewDate(date.year, date.month+1, 0)
	case PrecisionQuarter:
		date = NewDate(date.year, (date.month+2)/3*3+1, 0)
	case PrecisionYear:
		date = NewDate(date.year, time.December, 31)
	default:
		return PlanDate{}, fmt.Errorf("precision %q unknown", precision)
	}
	return PlanDate{Date: date, Precision: precision}, nil
}
