package repository

import (
	"context"
	"time"

	"zhongda/domain"
)

type decisionRow struct {
	ID          int64
	MeetingID   int64
	ProjectID   int64
	Kind        string
	Text        string
	Responsible organisationRow `gorm:"embedded;embeddedPrefix:responsible_"`
	Due         *time.Time
	State       string
	OrderID     *int64
	Year        int
	Serial      int
	WrittenBy   string
	At          time.Time
	Version     int64
}

func decisionColumns() string {
	return `d.id, d.meeting_id, d.project_id, d.kind, d.text, d.due, d.state, d.order_id, coalesce(s.year, 0) AS year,
		coalesce(s.serial, 0) AS serial, d.written_by, d.at, d.version, coalesce(r.id, 0) AS responsible_id,
		coalesce(r.code, '') AS responsible_code, coalesce(r.name, '') AS responsible_name,
		coalesce(r.name_en, '') AS responsible_name_en, coalesce(r.short_name, '') AS responsible_short_name,
		coalesce(r.path, '{}') AS responsible_path`
}

const decisionTables = `meeting_decision d
	LEFT JOIN organisation r ON r.id = d.responsible_organisation_id LEFT JOIN supervision_order s ON s.id = d.order_id`

func (r decisionRow) decision() domain.Decision {
	return domain.Decision{
		ID: r.ID, MeetingID: r.MeetingID, ProjectID: r.ProjectID, Kind: domain.DecisionKind(r.Kind), Text: r.Text,
		Responsible: r.Responsible.organisation(), Due: dateOf(r.Due), State: domain.DecisionState(r.State),
		OrderID: deref(r.OrderID), OrderNumber: domain.OrderNumber{Year: r.Year, Serial: r.Serial},
		By: r.WrittenBy, At: r.At, Version: r.Version,
	}
}

// Decisions lists everything a meeting wrote down, in the order it was.
func (s *Store) Decisions(ctx context.Context, meetingID int64) ([]domain.Decision, error) {
	return s.decisions(ctx, "d.meeting_id = ?", meetingID)
}

func (s *Store) decisions(ctx context.Context, where string, args ...any) ([]domain.Decision, error) {
	var rows []decisionRow
	query := "SELECT " + decisionColumns() + " FROM " + decisionTables + " WHERE " + where + " ORDER BY d.id"
	if err := s.conn(ctx).Raw(query, args...).Scan(&rows).Error; err != nil {
		return nil, failure("read the decisions", err)
	}
	decisions := make([]domain.Decision, len(rows))
	for i, r := range rows {
		decisions[i] = r.decision()
	}
	return decisions, nil
}

// Decision reads one decision of a meeting; NotFound("decision_not_found") when the meeting has none such.
func (s *Store) Decision(ctx context.Context, meetingID, id int64) (domain.Decision, error) {
	decisions, err := s.decisions(ctx, "d.meeting_id = ? AND d.id = ?", meetingID, id)
	if err == nil && len(decisions) == 0 {
		err = domain.NotFound("decision_not_found")
	}
	if err != nil {
		return domain.Decision{}, err
	}
	return decisions[0], nil
}

// CreateDecision writes a draft down and returns its id. A project that is not on the agenda is refused.
func (s *Store) CreateDecision(ctx context.Context, d domain.Decision) (id int64, err error) {
	const query = `INSERT INTO meeting_decision (meeting_id, project_id, kind, text, responsible_organisation_id, due, state, written_by, at)
		VALUES (@meeting_id, @project_id, @kind, @text, @responsible, @due, @state, @written_by, @at) RETURNING id`
	err = s.query(ctx, query, decisionArguments(d)).Scan(&id).Error
	return id, failure("write a decision", err)
}

// UpdateDecision writes a decision that is still a draft, if it still has d.Version, and returns the new version. Else it
// is StaleVersion with the current one.
func (s *Store) UpdateDecision(ctx context.Context, d domain.Decision) (newVersion int64, err error) {
	const query = `UPDATE meeting_decision SET kind = @kind, text = @text, responsible_organisation_id = @responsible, due = @due,
			state = @state, order_id = @order_id, version = version + 1
		WHERE id = @id AND version = @version AND state = 'draft' RETURNING version`
	updated := s.query(ctx, query, decisionArguments(d)).Scan(&newVersion)
	if updated.Error != nil {
		return 0, failure("update a decision", updated.Error)
	}
	if updated.RowsAffected == 1 {
		return newVersion, nil
	}
	current, err := s.Decision(ctx, d.MeetingID, d.ID)
	if err != nil {
		return 0, err
	}
	return 0, notWritten(d.Version, current.Version)
}

func decisionArguments(d domain.Decision) arguments {
	return arguments{
		"id": d.ID, "meeting_id": d.MeetingID, "project_id": d.ProjectID, "kind": string(d.Kind), "text": d.Text,
		"responsible": orNull(d.Responsible.ID), "due": dateOrNull(d.Due), "state": string(d.State), "order_id": orNull(d.OrderID),
		"written_by": d.By, "at": d.At, "version": d.Version,
	}
}
