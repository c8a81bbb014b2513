package api

import (
	"context"
	"time"

	"zhongda/domain"
)

// Work is what the reader's own desk holds: duties are the reports their bureaus owe, most pressing first, null for those
// who file none; review is what waits for the Commission, null for those who decide nothing.
type Work struct {
	AsOf   Date        `json:"asOf"`
	Bureau *BureauWork `json:"bureau"`
	Review *ReviewWork `json:"review"`
	Issues Desk        `json:"issues"`
	Orders Desk        `json:"orders"`
}

// Desk counts what waits for the reader's side: answer for a word, overdue the part of it whose day went by, close for a
// decision on an answer given.
type Desk struct {
	Answer  int `json:"answer"`
	Overdue int `json:"overdue"`
	Close   int `json:"close"`
}

// BureauWork lists the projects that owe a report, have one open, or have one waiting; counts are by group. requests are
// the open ones: returned, drafts, waiting.
type BureauWork struct {
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
}

func (h handlers) getWork(ctx context.Context, _ None) (Work, error) {
	work, err := h.service.Work(ctx)
	if err != nil {
		return Work{}, err
	}
	answer := Work{AsOf: Date{work.AsOf}, Issues: Desk(work.Issues), Orders: Desk(work.Orders)}
	if work.Duties != nil {
		answer.Bureau = &BureauWork{
			Counts: dutyCounts(work.Duties), Duties: mapSlice(work.Duties, h.reportDuty), Requests: mapSlice(work.Requests, openRequest),
		}
	}
	if r := work.Review; r != nil {
		answer.Review = &ReviewWork{Waiting: r.Waiting, Requests: r.Requests, Red: r.Red, Oldest: emptyAsNull(r.Oldest)}
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
