package repository

import (
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"zhongda/domain"
)

// reportColumns reads a report under the name alias; its fields come back with that prefix.
func reportColumns(alias string) string {
	columns := []string{"id", "project_id", "period", "revision", "correction_reason", "state", "content", "due", "version",
		"drafted_by", "submitted_by", "submitted_at", "decided_by", "decided_at", "comment", "updated_at", "updated_by"}
	for i, column := range columns {
		columns[i] = alias + "." + column + " AS " + alias + "_" + column
	}
	return strings.Join(columns, ", ")
}

type reportRow struct {
	ID               int64
	ProjectID        int64
	Period           *time.Time
	Revision         int
	CorrectionReason string
	State            string
	Content          []byte
	Due              *time.Time
	Version          int64
	DraftedBy        string
	SubmittedBy      string
	SubmittedAt      *time.Time
	DecidedBy        string
	DecidedAt        *time.Time
	Comment          string
	UpdatedAt        time.Time
	UpdatedBy        string
}

// reportOnlyRow is a row that holds one report.
type reportOnlyRow struct {
	Report reportRow `gorm:"embedded;embeddedPrefix:report_"`
}

func (r reportRow) report() (domain.Report, error) {
	report := domain.Report{
		ID: r.ID, ProjectID: r.ProjectID, Period: periodOf(r.Period), Revision: r.Revision, CorrectionReason: r.CorrectionReason,
		State: domain.ReportState(r.State), Due: dateOf(r.Due), Version: r.Version, DraftedBy: r.DraftedBy,
		SubmittedBy: r.SubmittedBy, SubmittedAt: deref(r.SubmittedAt), DecidedBy: r.DecidedBy, DecidedAt: deref(r.DecidedAt),
		Comment: r.Comment, UpdatedAt: r.UpdatedAt, UpdatedBy: r.UpdatedBy,
	}
	var record domain.ReportRecord
	if err := json.Unmarshal(r.Content, &record); err != nil {
		return report, fmt.Errorf("content of report %d: %w", r.ID, err)
	}
	var err error
	if report.Content, err = record.Content(); err != nil {
		return report, fmt.Errorf("content of report %d: %w", r.ID, err)
	}
	return report, nil
}

// optional is nil where an outer join found no report.
func (r reportRow) optional() (*domain.Report, error) {
	if r.ID == 0 {
		return nil, nil
	}
	report, err := r.report()
	return &report, err
}

func reportArguments(r domain.Report) (arguments, error) {
	content, err := json.Marshal(r.Content.Record())
	if err != nil {
		return nil, fmt.Errorf("content of report %d: %w", r.ID, err)
	}
	return arguments{
		"id": r.ID, "project_id": r.ProjectID, "period": dateOrNull(r.Period.First()), "revision": r.Revision,
		"correction_reason": r.CorrectionReason, "state": string(r.State), "content": string(content), "content_hash": r.Hash(),
		"due": dateOrNull(r.Due), "version": r.Version, "drafted_by": r.DraftedBy, "submitted_by": r.SubmittedBy,
		"submitted_at": orNull(r.SubmittedAt), "decided_by": r.DecidedBy, "decided_at": orNull(r.DecidedAt),
		"comment": r.Comment, "updated_at": r.UpdatedAt, "updated_by": r.UpdatedBy,
	}, nil
}
