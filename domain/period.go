package domain

import (
	"fmt"
	"time"
)

// Period is the calendar month a report speaks of, in the business time zone.
type Period struct {
	Year  int
	Month time.Month
}

// PeriodOf is the month a day lies in.
func PeriodOf(d Date) Period { return Period{Year: d.year, Month: d.month} }

// ParsePeriod reads "2026-11".
func ParsePeriod(s string) (Period, error) {
	d, err := ParseDate(s + "-01")
	if err != nil {
		return Period{}, fmt.Errorf("period %q: want YYYY-MM", s)
	}
	return PeriodOf(d), nil
}

// String is the ISO form, "2026-11".
func (p Period) String() string { return fmt.Sprintf("%04d-%02d", p.Year, int(p.Month)) }

// IsZero reports whether there is no period.
func (p Period) IsZero() bool { return p == Period{} }

// First is the first day of the month, Last the last.
func (p Period) First() Date { return NewDate(p.Year, p.Month, 1) }

// Last is the last day of the month.
func (p Period) Last() Date { return NewDate(p.Year, p.Month+1, 0) }

// Add moves by months.
func (p Period) Add(months int) Period {
	return PeriodOf(NewDate(p.Year, p.Month+time.Month(months), 1))
}

// Before reports whether p lies before other.
func (p Period) Before(other Period) bool { return p.First().Before(other.First()) }

// ReportCycle is how often projects of a stage report: every Months months (counted from January), due on DueDay of the
// month after. Months of zero asks for no report.
type ReportCycle struct {
	Stage  Stage
	Months int
	DueDay int
}

// Asks reports whether the cycle wants a report for p.
func (c ReportCycle) Asks(p Period) bool { return c.Months > 0 && int(p.Month)%c.Months == 0 }

// Due is the last day on which the report of p is in time.
func (c ReportCycle) Due(p Period) Date {
	next := p.Add(1)
	return NewDate(next.Year, next.Month, c.DueDay)
}

// Current is the period whose report is being collected on a day: the last one of the cycle that has ended. ok is false
// where the stage asks for none.
func (c ReportCycle) Current(today Date) (period Period, ok bool) {
	if c.Months <= 0 {
		return Period{}, false
	}
	p := PeriodOf(today).Add(-1)
	for !c.Asks(p) {
		p = p.Add(-1)
	}
	return p, true
}

// For is the cycle of a project with this standing: a paused one says once a quarter how things are, an exited one
// reports no more.
func (c ReportCycle) For(standing Standing) ReportCycle {
	switch {
	case standing == StandingExited:
		c.Months = 0
	case standing == StandingPaused && c.Months > 0:
		c.Months = 3
	}
	return c
}

// Owed is the period whose report a project owes on a day: the last one of the cycle that has ended, or the running month
// where the project has been in the records since then only. Nothing is owed for a time before since.
func (c ReportCycle) Owed(since Period, today Date) (period Period, ok bool) {
	running := PeriodOf(today)
	if ended, ok := c.Current(today); ok && !ended.Before(since) {
		return ended, true
	}
	return running, c.Asks(running) && !running.Before(since)
}

// Missed counts the periods after last (and not before since) whose reports are due before today.
func (c ReportCycle) Missed(last, since Period, today Date) (missed int) {
	p, ok := c.Current(today)
	if !ok {
		return 0
	}
	for last.Before(p) && !p.Before(since) {
		if c.Due(p).Before(today) {
			missed++
		}
		p = p.Add(-c.Months)
	}
	return missed
}
