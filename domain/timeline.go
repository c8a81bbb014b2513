package domain

import "fmt"

// Timeline is one page of projects with their dated milestones, in the order of the list of the same filter. Span, from
// the first day any milestone of the whole filter speaks of to the last, is given where the total is asked for; both
// days are zero where no milestone has a date.
type Timeline struct {
	Page[TimelineRow]
	Span DateSpan
}

// DateSpan is a stretch of days, both ends included.
type DateSpan struct {
	First Date
	Last  Date
}

// TimelineRow is a project with what of its milestones can be drawn. Undated counts its milestones without any date.
type TimelineRow struct {
	Project    Project
	Milestones []Milestone
	Undated    int
}

// Place puts the project's milestones into the row: those with a date are drawn, the others counted.
func (r *TimelineRow) Place(milestones []Milestone) {
	for _, m := range milestones {
		if m.dated() {
			r.Milestones = append(r.Milestones, m)
		} else {
			r.Undated++
		}
	}
}

// dated reports whether anything is known of when.
func (m Milestone) dated() bool {
	return m.Baseline != nil || m.CurrentBaseline != nil || m.Forecast != nil || !m.Actual.IsZero()
}

// String is the date as precisely as it was stated: "2027-06-30", "2027-06", "2027-Q3" or "2027".
func (d PlanDate) String() string {
	day := d.Date.String()
	switch d.Precision {
	case PrecisionYear:
		return day[:len("2027")]
	case PrecisionQuarter:
		return fmt.Sprintf("%s-Q%d", day[:len("2027")], (d.Date.month+2)/3)
	case PrecisionMonth:
		return day[:len("2027-06")]
	case PrecisionDay:
	}
	return day
}
