package api

import (
	"context"
	"time"

	"zhongda/domain"
)

// Work is what the reader's own desk holds. A part that the reader's roles have nothing to do with is null: bureau are the
// reports that bureaus owe, most pressing first; review is what waits for the Commission; oversight is a leader's;
// accounts are an administrator's, a count by state, empty
// for others; record is the auditor's.
type Work struct {
	AsOf      Date                     `json:"asOf"`
	Bureau    *BureauWork              `json:"bureau"`
	Review    *ReviewWork              `json:"review"`
	Issues    Desk                     `json:"issues"`
	Orders    Desk                     `json:"orders"`
	Oversight *Oversight               `json:"oversight"`
	Accounts  map[domain.UserState]int `json:"accounts"`
	Record    *RecordWork              `json:"record"`
}

// Desk counts what waits for the reader's side: answer for a word, overdue the part of it whose day went by, close for a
// decision on an answer given.
type Desk struct {
	Answer  int `json:"answer"`
	Overdue int `json:"overdue"`
	Close   int `json:"close"`
}

// BureauWork lists the projects that owe a report, have one open, or have one waiting; counts are by group. requests are
// the open ones: returned, drafts, waiting; red are their projects that the rule shows red.
type BureauWork struct {
	Red      int           `json:"red"`
	Counts   DutyCounts    `json:"counts"`
	Duties   []ReportDuty  `json:"duties"`
	Requests []OpenRequest `json:"requests"`
}

// OpenRequest is a request that is not closed, with its project.
type OpenRequest struct {
	RequestRow
	Project ReportProject `json:"project"`
}

// DutyCounts counts the projects of each group; every project is in one.
type DutyCounts struct {
	Returned int `json:"returned"`
	Late     int `json:"late"`
	Draft    int `json:"draft"`
	Due      int `json:"due"`
	Waiting  int `json:"waiting"`
}

// ReportDuty is what one project owes. period is the one to report on now, null where none is owed; missed counts the
// periods that went by; open is the report not approved yet.
type ReportDuty struct {
	Project ReportProject    `json:"project"`
	Group   domain.DutyGroup `json:"group"`
	Period  *Period          `json:"period"`
	Due     *Date            `json:"due"`
	Missed  int              `json:"missed"`
	Open    *ReportRow       `json:"open"`
}

// ReviewWork counts what was submitted, reports and requests together; red ones carry the owner's red light.
type ReviewWork struct {
	Waiting  int        `json:"waiting"`
	Requests int        `json:"requests"`
	Red      int        `json:"red"`
	Oldest   *time.Time `json:"oldest"`
	// Projects whose lights contradict each other openly, and this year's plans of investment to be confirmed.
	Disagreements int `json:"disagreements"`
	Plans         int `json:"plans"`
}

// Oversight counts the projects in red, those of them that no supervision order under way answers, and those late by 90
// days and more; meetings are those not finished.
type Oversight struct {
	Red        int       `json:"red"`
	Unanswered int       `json:"unanswered"`
	Late       int       `json:"late"`
	Meetings   []Meeting `json:"meetings"`
}

// RecordWork is where the audit record ends, and how many refusals it tells of since a day, that day included.
type RecordWork struct {
	Count   int64     `json:"count"`
	Hash    string    `json:"hash"`
	Refused int       `json:"refused"`
	Since   time.Time `json:"since"`
}

func (h handlers) getWork(ctx context.Context, _ None) (Work, error) {
	work, err := h.service.Work(ctx)
	if err != nil {
		return Work{}, err
	}
	answer := Work{AsOf: Date{work.AsOf}, Issues: Desk(work.Issues), Orders: Desk(work.Orders), Accounts: work.Accounts}
	if work.Duties != nil {
		answer.Bureau = &BureauWork{
			Red:    work.Red,
			Counts: dutyCounts(work.Duties), Duties: mapSlice(work.Duties, h.reportDuty), Requests: mapSlice(work.Requests, openRequest),
		}
	}
	if r := work.Review; r != nil {
		answer.Review = &ReviewWork{Waiting: r.Waiting, Requests: r.Requests, Red: r.Red, Oldest: emptyAsNull(r.Oldest),
			Disagreements: r.Disagreements, Plans: r.Plans}
	}
	if o := work.Oversight; o != nil {
		answer.Oversight = &Oversight{Red: o.Red, Unanswered: o.Unanswered, Late: o.Late, Meetings: mapSlice(o.Meetings, meeting)}
	}
	if r := work.Record; r != nil {
		answer.Record = &RecordWork{Count: r.Anchor.Count, Hash: r.Anchor.Hash.String(), Refused: r.Refused, Since: r.Since}
	}
	return answer, nil
}

func dutyCounts(duties []domain.ReportDuty) DutyCounts {
	counts := map[domain.DutyGroup]int{}
	for _, d := range duties {
		counts[d.Group]++
	}
	return DutyCounts{
		Returned: counts[domain.DutyReturned], Late: counts[domain.DutyLate], Draft: counts[domain.DutyDraft],
		Due: counts[domain.DutyDue], Waiting: counts[domain.DutyWaiting],
	}
}

func (h handlers) reportDuty(d domain.ReportDuty) ReportDuty {
	duty := ReportDuty{
		Project: reportProject(d.Project), Group: d.Group, Period: periodOf(d.Period), Due: DateOf(d.Due), Missed: d.Missed,
	}
	if d.Open != nil {
		row := h.reportRow(*d.Open)
		duty.Open = &row
	}
	return duty
}

func openRequest(o domain.OpenRequest) OpenRequest {
	return OpenRequest{RequestRow: requestRow(o.Request), Project: reportProject(o.Project)}
}
