package repository

import (
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"zhongda/domain"
)

// The two organisations whose people may read an order, and its number, as SQL names them.
const (
	orderOwner      = "p.owner_organisation_id"
	orderAddressee  = "s.addressee_organisation_id"
	orderNumberText = `('督' || s.year || '-' || lpad(CAST(s.serial AS text), 4, '0'))`
)

// orderTables reads an order with its project and its addressee.
func orderTables() string {
	return strings.Replace(projectTables, "project p", "supervision_order s JOIN project p ON p.id = s.project_id", 1) + `
JOIN organisation a ON a.id = s.addressee_organisation_id`
}

func orderColumns() string {
	return projectColumns + ", " + organisationColumns("a", "addressee") + ", " +
		aliasColumns("s", "order", "id", "year", "serial", "demand", "due", "state", "cause", "issue_id", "meeting_id", "issued_by",
			"issued_at", "answered_by", "evidence", "attachment_ids", "ended_by", "ended_at", "escalations", "version", "updated_at")
}

type orderRow struct {
	Project   projectRow      `gorm:"embedded"`
	Addressee organisationRow `gorm:"embedded;embeddedPrefix:addressee_"`
	Order     orderOnlyRow    `gorm:"embedded;embeddedPrefix:order_"`
}

type orderListRow struct {
	Row   orderRow `gorm:"embedded"`
	Ended bool
}

type orderOnlyRow struct {
	ID          int64
	Year        int
	Serial      int
	Demand      string
	Due         *time.Time
	State       string
	Cause       []byte
	IssueID     *int64
	MeetingID   *int64
	IssuedBy    string
	IssuedAt    time.Time
	AnsweredBy  string
	Evidence    evidenceRow `gorm:"embedded"`
	EndedBy     string
	EndedAt     *time.Time
	Escalations int
	Version     int64
	UpdatedAt   time.Time
}

func (r orderRow) order() (domain.Order, error) {
	o := r.Order
	order := domain.Order{
		ID: o.ID, Number: domain.OrderNumber{Year: o.Year, Serial: o.Serial}, Addressee: r.Addressee.organisation(),
		Demand: o.Demand, Due: dateOf(o.Due), State: domain.OrderState(o.State), IssueID: deref(o.IssueID),
		MeetingID: deref(o.MeetingID), IssuedBy: o.IssuedBy, IssuedAt: o.IssuedAt, AnsweredBy: o.AnsweredBy,
		Evidence: o.Evidence.evidence(), EndedBy: o.EndedBy, EndedAt: deref(o.EndedAt), Escalations: o.Escalations,
		Version: o.Version, UpdatedAt: o.UpdatedAt,
	}
	if err := json.Unmarshal(o.Cause, &order.Cause); err != nil {
		return order, fmt.Errorf("cause of order %d: %w", o.ID, err)
	}
	var err error
	order.Project, err = r.Project.project()
	return order, err
}

func orderArguments(o domain.Order) (arguments, error) {
	cause, err := json.Marshal(o.Cause)
	if err != nil {
		return nil, fmt.Errorf("cause of order %d: %w", o.ID, err)
	}
	return arguments{
		"id": o.ID, "year": o.Number.Year, "serial": o.Number.Serial, "project_id": o.Project.ID, "addressee": o.Addressee.ID,
		"demand": o.Demand, "due": dateOrNull(o.Due), "state": string(o.State), "cause": string(cause),
		"issue_id": orNull(o.IssueID), "meeting_id": orNull(o.MeetingID), "issued_by": o.IssuedBy, "issued_at": o.IssuedAt,
		"answered_by": o.AnsweredBy, "evidence": o.Evidence.Document, "attachments": array[int64](o.Evidence.Attachments),
		"ended_by": o.EndedBy, "ended_at": orNull(o.EndedAt), "escalations": o.Escalations, "version": o.Version, "updated_at": o.UpdatedAt,
	}, nil
}
