package domain

import "time"

// DutyGroup says what a project's reports ask for now.
type DutyGroup string

// The groups, the most pressing first; a project is in one. Waiting means that the Commission has to act, done that
// nothing is owed.
const (
	DutyReturned DutyGroup = "returned"
	DutyLate     DutyGroup = "late"
	DutyDraft    DutyGroup = "draft"
	DutyDue      DutyGroup = "due"
	DutyWaiting  DutyGroup = "waiting"
	DutyDone     DutyGroup = "done"
)

// DutyGroups lists them.
func DutyGroups() []DutyGroup {
	return []DutyGroup{DutyReturned, DutyLate, DutyDraft, DutyDue, DutyWaiting, DutyDone}
}

// ReportDuty is where a project stands with its reports. Period is the one owed now, zero where its stage or standing
// asks for none; Due is its last day; Owing says that it is still to be submitted; Missed counts the periods that went by unreported; Open is the report that is not
// approved yet.
type ReportDuty struct {
	Project Project
	Open    *Report
	Period  Period
	Due     Date
	Owing   bool
	Missed  int
	Group   DutyGroup
}

// NewReportDuty applies the cycle of the project's stage to what it has reported; since is the month the project came
// into the records.
func NewReportDuty(p Project, open *Report, cycle ReportCycle, since Period, today Date) ReportDuty {
	duty := ReportDuty{Project: p, Open: open}
	cycle = cycle.For(p.Standing)
	told := p.ReportedPeriod
	if open != nil && open.State == ReportSubmitted && told.Before(open.Period) {
		told = open.Period
	}
	duty.Missed = cycle.Missed(told, since, today)
	period, owed := cycle.Owed(since, today)
	if owed {
		duty.Period, duty.Due = period, cycle.Due(period)
	}
	duty.Owing = owed && told.Before(period)
	duty.Group = duty.group(duty.Owing)
	return duty
}

// remindBefore is how many days before the last one a report is first called to mind.
const remindBefore = 3

// Reminder is what the morning of a day calls to mind: three days before the last one and on it, then the day after and
// every Monday until the report is there.
func (d ReportDuty) Reminder(today Date) (kind NoticeKind, ok bool) {
	late := d.Missed > 0 && (today.Time().Weekday() == time.Monday || today.DaysSince(d.Due) == 1)
	left := d.Due.DaysSince(today)
	switch {
	case d.Owing && (left == remindBefore || left == 0) && d.Project.Standing == StandingPaused:
		return NoticeUpdateDue, true
	case d.Owing && (left == remindBefore || left == 0):
		return NoticeReportDue, true
	case late:
		return NoticeReportOverdue, true
	}
	return "", false
}

func (d ReportDuty) group(owing bool) DutyGroup {
	switch {
	case d.Open != nil && d.Open.State == ReportReturned:
		return DutyReturned
	case d.Missed > 0:
		return DutyLate
	case d.Open != nil && d.Open.State == ReportDraft:
		return DutyDraft
	case d.Open != nil:
		return DutyWaiting
	case owing:
		return DutyDue
	}
	return DutyDone
}
