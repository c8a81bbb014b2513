package api

import (
	"time"

	"zhongda/domain"
	"zhongda/service"
)

// IssueRow is an issue 需协调事项 as lists show it. escalations counts how often its level rose by itself; raisedBy and
// endedBy are user names; byCommission says that the Commission raised it.
type IssueRow struct {
	ID           int64             `json:"id"`
	Project      ReportProject     `json:"project"`
	Type         domain.IssueType  `json:"type"`
	Title        string            `json:"title"`
	Responsible  OrgRef            `json:"responsible"`
	Level        domain.IssueLevel `json:"level"`
	Due          Date              `json:"due"`
	Overdue      bool              `json:"overdue"`
	State        domain.IssueState `json:"state"`
	Raiser       OrgRef            `json:"raiser"`
	ByCommission bool              `json:"byCommission"`
	RaisedBy     string            `json:"raisedBy"`
	RaisedAt     time.Time         `json:"raisedAt"`
	EndedBy      *string           `json:"endedBy"`
	EndedAt      *time.Time        `json:"endedAt"`
	Escalations  int               `json:"escalations"`
	Version      int64             `json:"version"`
	UpdatedAt    time.Time         `json:"updatedAt"`
}

// Issue is an issue with its thread. reportId is the monthly report whose words it came from.
type Issue struct {
	IssueRow
	Text          string               `json:"text"`
	ReportID      *int64               `json:"reportId"`
	Evidence      string               `json:"evidence"`
	AttachmentIDs []int64              `json:"attachmentIds"`
	Entries       []IssueEntry         `json:"entries"`
	Allowed       []domain.IssueAction `json:"allowed"`
}

// IssueEntry is one line of the thread; by is a user name, empty for the system itself.
type IssueEntry struct {
	ID            int64              `json:"id"`
	Action        domain.IssueAction `json:"action"`
	Text          string             `json:"text"`
	Evidence      string             `json:"evidence"`
	AttachmentIDs []int64            `json:"attachmentIds"`
	By            string             `json:"by"`
	Organisation  string             `json:"organisation"`
	At            time.Time          `json:"at"`
}

func (h handlers) issueRow(i domain.Issue) IssueRow {
	return IssueRow{
		ID: i.ID, Project: reportProject(i.Project), Type: i.Type, Title: i.Title, Responsible: orgRef(i.Responsible), Level: i.Level,
		Due: Date{i.Due}, Overdue: i.Overdue(h.service.Today()), State: i.State, Raiser: orgRef(i.Raiser), ByCommission: i.Commission,
		RaisedBy: i.RaisedBy, RaisedAt: i.RaisedAt, EndedBy: emptyAsNull(i.EndedBy), EndedAt: emptyAsNull(i.EndedAt),
		Escalations: i.Escalations, Version: i.Version, UpdatedAt: i.UpdatedAt,
	}
}

func (h handlers) issue(v service.IssueView) Issue {
	return Issue{
		IssueRow: h.issueRow(v.Issue), Text: v.Text, ReportID: emptyAsNull(v.ReportID), Evidence: v.Evidence.Document, AttachmentIDs: append([]int64{}, v.Evidence.Attachments...),
		Entries: mapSlice(v.Entries, func(e domain.IssueEntry) IssueEntry {
			return IssueEntry{
				ID: e.ID, Action: e.Action, Text: e.Text, Evidence: e.Evidence.Document,
				AttachmentIDs: append([]int64{}, e.Evidence.Attachments...), By: e.By, Organisation: e.Organisation, At: e.At,
			}
		}),
		Allowed: append([]domain.IssueAction{}, v.Allowed...),
	}
}

// Rollup counts the issues that share one key: a word of the codelist, or the code of the organisation that name names.
// open are not ended, overdue the part of them whose day went by unanswered. medianAgeDays is that of the open ones, null
// where none is.
type Rollup struct {
	Key       string   `json:"key"`
	Name      string   `json:"name"`
	NameEn    string   `json:"nameEn"`
	Open      int      `json:"open"`
	Overdue   int      `json:"overdue"`
	Closed    int      `json:"closed"`
	Withdrawn int      `json:"withdrawn"`
	MedianAge *float64 `json:"medianAgeDays"`
}

// IssueRollups count the same issues four ways: by type, by the organisation that must act, by level, by the project's
// owner.
type IssueRollups struct {
	Type        []Rollup `json:"type"`
	Responsible []Rollup `json:"responsible"`
	Level       []Rollup `json:"level"`
	Owner       []Rollup `json:"owner"`
}

func issueRollups(r domain.IssueRollups) IssueRollups {
	rollups := func(of []domain.Rollup) []Rollup {
		return mapSlice(of, func(d domain.Rollup) Rollup { return Rollup(d) })
	}
	return IssueRollups{Type: rollups(r.Type), Responsible: rollups(r.Responsible), Level: rollups(r.Level), Owner: rollups(r.Owner)}
}
