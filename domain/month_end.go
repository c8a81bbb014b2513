package domain

import "fmt"

// ParseMonthEnd reads a month, "2026-08", or its last day, "2026-08-31", as that day.
func ParseMonthEnd(s string) (Date, error) {
	if month, err := ParsePeriod(s); err == nil {
		return month.Last(), nil
	}
	if day, err := ParseDate(s); err == nil && day == PeriodOf(day).Last() {
		return day, nil
	}
	return Date{}, fmt.Errorf("month %q: want YYYY-MM or its last day", s)
}

// PeriodsUntil lists the months from p to last, both included; none when last lies before p.
func (p Period) PeriodsUntil(last Period) []Period {
	var all []Period
	for ; !last.Before(p); p = p.Add(1) {
		all = append(all, p)
	}
	return all
}
