package domain

import "time"

// QueueKind is what waits for the Commission: a report, or one of the request kinds.
type QueueKind string

// QueueReport is a submitted monthly report; the other kinds are those of requests.
const QueueReport QueueKind = "report"

// QueueKinds lists them.
func QueueKinds() []QueueKind {
	kinds := []QueueKind{QueueReport}
	for _, kind := range RequestKinds() {
		kinds = append(kinds, QueueKind(kind))
	}
	return kinds
}

// QueueFilter selects what waits; empty fields do not filter. The light is the worst of the three that are known: the
// rule's, the owner's (that of the report itself, or of the last approved report of a request's project) and the
// Commission's. None of the three overwrites another, and a queue says what to look at first: a bureau that reports green
// does not put off what the rule shows red, nor the rule what a bureau reports. RedFirst puts red before yellow before the
// others; within that the longest waiting come first.
type QueueFilter struct {
	Projects ProjectFilter
	Kinds    []QueueKind
	Lights   []Light
	RedFirst bool
}

// Waiting is one thing that waits, with its project: exactly one of Report and Request is there. Light is the worst that
// is known, OwnerLight what the owner says, both empty where nothing is. Previous is the last approved report before the
// waiting one, nil where it is the first.
type Waiting struct {
	Project    Project
	Light      Light
	OwnerLight Light
	Report     *Report
	Previous   *Report
	Request    *Request
}

// ReviewWork counts what waits for the Commission: reports and requests together, and how many of them are requests.
// Red are those of which any of the three lights is red.
// Oldest is when the longest waiting was submitted. Disagreements are the projects whose lights contradict each other
// openly; Plans are this year's plans of investment that nobody confirmed yet.
type ReviewWork struct {
	Waiting       int
	Requests      int
	Red           int
	Oldest        time.Time
	Disagreements int
	Plans         int
}
