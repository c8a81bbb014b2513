package repository

import (
	"context"

	"zhongda/domain"
)

// Issue reads one issue. One that lies outside the read scope on both sides, the owner's and the responsible
// organisation's, is NotFound like an absent one.
func (s *Store) Issue(ctx context.Context, read domain.Scope, id int64) (domain.Issue, error) {
	var filter conditions
	filter.withinEither(read, "read_root", issueOwner, issueResponsible)
	filter.add("id", "i.id = @id", arguments{"id": id})
	var rows []issueRow
	query := "SELECT " + issueColumns() + "\nFROM " + issueTables() + "\nWHERE " + filter.where()
	if err := s.query(ctx, query, filter.arguments()).Scan(&rows).Error; err != nil {
		return domain.Issue{}, failure("read an issue", err)
	}
	if len(rows) == 0 {
		return domain.Issue{}, domain.NotFound("issue_not_found")
	}
	issue, err := rows[0].issue()
	return issue, failure("read an issue", err)
}

// CreateIssue adds an open issue and returns its id. Outside the announced write scope it is Forbidden.
func (s *Store) CreateIssue(ctx context.Context, i domain.Issue) (id int64, err error) {
	const query = `INSERT INTO issue (project_id, type, title, text, responsible_organisation_id, level, due, state, report_id,
			raiser_organisation_id, by_commission, raised_by, raised_at, updated_at)
		VALUES (@project_id, @type, @title, @text, @responsible, @level, @due, @state, @report_id,
			@raiser, @by_commission, @raised_by, @raised_at, @updated_at)
		RETURNING id`
	err = s.query(ctx, query, issueArguments(i)).Scan(&id).Error
	return id, failure("create an issue", err)
}

// UpdateIssue writes what an act made of an issue, if it still has i.Version and the state it was read in, and returns
// the new version. Else it is StaleVersion with the current one, NotFound, or Forbidden outside the announced write scope.
func (s *Store) UpdateIssue(ctx context.Context, i domain.Issue, from domain.IssueState) (newVersion int64, err error) {
	const query = `UPDATE issue SET level = @level, due = @due, state = @state, resolved_by = @resolved_by,
			evidence = @evidence, attachment_ids = @attachments, ended_by = @ended_by, ended_at = @ended_at,
			escalations = @escalations, updated_at = @updated_at, version = version + 1
		WHERE id = @id AND version = @version AND state = @from
		RETURNING version`
	updated := s.query(ctx, query, issueArguments(i).and(arguments{"from": string(from)})).Scan(&newVersion)
	if updated.Error != nil {
		return 0, failure("update an issue", updated.Error)
	}
	if updated.RowsAffected == 1 {
		return newVersion, nil
	}
	current, err := s.Issue(ctx, domain.ScopeAll(), i.ID)
	if err != nil {
		return 0, err
	}
	return 0, notWritten(i.Version, current.Version)
}

// AddIssueEntry adds one line to the thread of an issue.
func (s *Store) AddIssueEntry(ctx context.Context, issueID int64, e domain.IssueEntry) error {
	const query = `INSERT INTO issue_entry (issue_id, action, text, evidence, attachment_ids, written_by, organisation, at)
		VALUES (@thing, @action, @text, @evidence, @attachments, @written_by, @organisation, @at)`
	args := entryArguments(issueID, string(e.Action), e.Text, e.Evidence).and(arguments{
		"written_by": e.By, "organisation": e.Organisation, "at": e.At,
	})
	return failure("add to a thread", s.conn(ctx).Exec(query, map[string]any(args)).Error)
}

// IssueEntries is the thread of an issue, the oldest first.
func (s *Store) IssueEntries(ctx context.Context, issueID int64) ([]domain.IssueEntry, error) {
	var rows []entryRow
	const query = `SELECT id, action, text, evidence, attachment_ids, written_by, organisation, at
		FROM issue_entry WHERE issue_id = ? ORDER BY id`
	if err := s.conn(ctx).Raw(query, issueID).Scan(&rows).Error; err != nil {
		return nil, failure("read a thread", err)
	}
	entries := make([]domain.IssueEntry, len(rows))
	for i, r := range rows {
		entries[i] = domain.IssueEntry{
			ID: r.ID, Action: domain.IssueAction(r.Action), Text: r.Text, Evidence: r.Evidence.evidence(),
			By: r.WrittenBy, Organisation: r.Organisation, At: r.At,
		}
	}
	return entries, nil
}

// EscalationDays is after how many days past its due date a thing of the kind, "issue" or "order", rises by one step.
func (s *Store) EscalationDays(ctx context.Context, kind string) (days int, err error) {
	err = s.conn(ctx).Raw("SELECT overdue_days FROM escalation_rule WHERE object_kind = ?", kind).Scan(&days).Error
	if err == nil && days == 0 {
		return 0, domain.NotFound("escalation_rule_not_found")
	}
	return days, failure("read the rule of escalation", err)
}
