package service

import (
	"context"

	"zhongda/domain"
)

// IssueView is an issue as one reader may see it: its thread, and what the reader may do with it now.
type IssueView struct {
	domain.Issue
	Entries []domain.IssueEntry
	Allowed []domain.IssueAction
}

// Issues lists the issues of the filter that the actor may read: those of the actor's own projects, those that the
// actor's organisation must act on, or all.
func (s *Service) Issues(ctx context.Context, f domain.IssueFilter, page domain.PageRequest) (domain.Page[domain.Issue], error) {
	actor := domain.ActorFrom(ctx)
	scope, err := s.access.require(actor, domain.PermissionIssueRead)
	if err != nil {
		return domain.Page[domain.Issue]{}, err
	}
	return s.store.Issues(ctx, scope, s.completeIssueFilter(actor, f), page)
}

// IssueRollups counts the same issues by type, responsible organisation, level and owner.
func (s *Service) IssueRollups(ctx context.Context, f domain.IssueFilter) (domain.IssueRollups, error) {
	actor := domain.ActorFrom(ctx)
	scope, err := s.access.require(actor, domain.PermissionIssueRead)
	if err != nil {
		return domain.IssueRollups{}, err
	}
	return s.store.IssueRollups(ctx, scope, s.completeIssueFilter(actor, f), s.now())
}

func (s *Service) completeIssueFilter(actor domain.Actor, f domain.IssueFilter) domain.IssueFilter {
	f.Today = s.Today()
	if f.OnlyMine {
		f.Mine = domain.ScopeSubtree(actor.User.Organisation.ID)
	}
	return f
}

// Issue reads one issue with its thread. One that concerns neither side of the actor reads like an absent one.
func (s *Service) Issue(ctx context.Context, id int64) (IssueView, error) {
	read, err := s.access.require(domain.ActorFrom(ctx), domain.PermissionIssueRead)
	if err != nil {
		return IssueView{}, err
	}
	issue, err := s.store.Issue(ctx, read, id)
	if err != nil {
		return IssueView{}, err
	}
	entries, err := s.store.IssueEntries(ctx, id)
	return IssueView{Issue: issue, Entries: entries, Allowed: s.allowedIssueActions(ctx, issue)}, err
}

func (s *Service) allowedIssueActions(ctx context.Context, issue domain.Issue) (allowed []domain.IssueAction) {
	actor := domain.ActorFrom(ctx)
	for _, action := range domain.IssueActions() {
		_, legal := issue.State.Next(action)
		fourEyes := action == domain.IssueClose && issue.ResolvedBy == actor.User.Username
		if legal && !fourEyes && s.onIssueSide(actor, action, issue) {
			allowed = append(allowed, action)
		}
	}
	return allowed
}

// issuePermission is what each action takes.
func issuePermission(action domain.IssueAction) domain.Permission {
	switch action {
	case domain.IssueReply, domain.IssueResolve:
		return domain.PermissionIssueReply
	case domain.IssueClose, domain.IssueReopen:
		return domain.PermissionIssueClose
	case domain.IssueRemark:
		return domain.PermissionIssueRemark
	default:
		return domain.PermissionIssueWrite
	}
}

// onIssueSide reports whether the actor stands on the side that the action belongs to: the organisation that must act,
// those who raised the issue, the Commission, or either.
func (s *Service) onIssueSide(actor domain.Actor, action domain.IssueAction, issue domain.Issue) bool {
	scope := s.access.Scope(actor, issuePermission(action))
	switch action {
	case domain.IssueReply, domain.IssueResolve:
		return scope.Covers(issue.Responsible.Path)
	case domain.IssueRemark:
		return scope.Covers(issue.Project.Owner.Path) || scope.Covers(issue.Responsible.Path)
	case domain.IssueWithdraw: // even the Commission leaves a bureau's own to the bureau
		own := domain.ScopeSubtree(actor.User.Organisation.ID).Covers(issue.Project.Owner.Path)
		return !scope.Empty() && (issue.Commission && scope.All() || !issue.Commission && own)
	default:
		return scope.All() || !issue.Commission && scope.Covers(issue.Project.Owner.Path)
	}
}

// RaiseIssue opens an issue of a project; the owner's bureau for its own, the Commission for any.
func (s *Service) RaiseIssue(ctx context.Context, projectID int64, draft domain.IssueDraft) (IssueView, error) {
	a := act{permission: domain.PermissionIssueWrite, action: "issue.raise", objectKind: "issue", projectID: projectID}
	var view IssueView
	err := s.perform(ctx, a, func(w *write) error {
		project, err := s.ownProject(ctx, w.Store, w.scope, projectID)
		if err != nil {
			return err
		}
		issue, err := s.draftIssue(ctx, w, project.Project, draft)
		if err != nil {
			return err
		}
		if issue.ID, err = w.CreateIssue(ctx, issue); err != nil {
			return err
		}
		w.record.ObjectID = issue.ID
		view, err = s.writeIssue(ctx, w, issue, domain.Issue{}, domain.IssueMove{Action: domain.IssueRaise, Text: issue.Text})
		return err
	})
	return view, err
}

func (s *Service) draftIssue(ctx context.Context, w *write, p domain.Project, draft domain.IssueDraft) (domain.Issue, error) {
	if err := draft.Check(s.Today()); err != nil {
		return domain.Issue{}, err
	}
	responsible, err := w.Organisation(ctx, draft.ResponsibleID)
	if domain.KindOf(err) == domain.KindNotFound {
		err = domain.Invalid("responsibleOrganisationId", "unknown_organisation")
	}
	if err == nil && draft.ReportID != 0 {
		err = w.reportOf(ctx, p.ID, draft.ReportID)
	}
	return domain.Issue{
		Project: p, Type: draft.Type, Title: draft.Title, Text: draft.Text, Responsible: responsible, Level: draft.Level,
		Due: draft.Due, State: domain.IssueOpen, ReportID: draft.ReportID, Raiser: domain.ActorFrom(ctx).User.Organisation,
		Commission: w.scope.All(), RaisedBy: w.record.Actor, RaisedAt: w.record.At, Version: 1, UpdatedAt: w.record.At,
	}, err
}

// reportOf refuses a report that is not the project's.
func (w *write) reportOf(ctx context.Context, projectID, reportID int64) error {
	report, err := w.Report(ctx, domain.ScopeAll(), reportID)
	if domain.KindOf(err) == domain.KindNotFound || err == nil && report.ProjectID != projectID {
		return domain.Invalid("reportId", "report_not_found")
	}
	return err
}

// MoveIssue does one act on an issue at the version the caller read.
func (s *Service) MoveIssue(ctx context.Context, id, version int64, move domain.IssueMove) (IssueView, error) {
	a := act{
		permission: issuePermission(move.Action), action: "issue." + string(move.Action), objectKind: "issue", objectID: id, reason: move.Text,
	}
	var view IssueView
	err := s.perform(ctx, a, func(w *write) error {
		before, err := s.issueToMove(ctx, w, id, move.Action)
		if err != nil {
			return err
		}
		if before.Version != version {
			return domain.StaleVersion(before.Version)
		}
		after, err := before.Do(move, w.record.Actor, w.record.At, s.Today())
		if err != nil {
			return err
		}
		if err := s.checkEvidence(ctx, w, before.Project, issueMatter(before), move.Evidence.Attachments); err != nil {
			return err
		}
		if after.Version, err = w.UpdateIssue(ctx, after, before.State); err != nil {
			return err
		}
		view, err = s.writeIssue(ctx, w, after, before, move)
		return err
	})
	return view, err
}

// issueToMove loads an issue for an act. One that the actor may not read is told to be absent; the audit record knows
// better.
func (s *Service) issueToMove(ctx context.Context, w *write, id int64, action domain.IssueAction) (domain.Issue, error) {
	actor := domain.ActorFrom(ctx)
	if _, err := s.access.require(actor, domain.PermissionIssueRead); err != nil {
		return domain.Issue{}, err
	}
	issue, err := w.Issue(ctx, domain.ScopeAll(), id)
	if err != nil {
		return issue, err
	}
	w.record.ProjectID = issue.Project.ID
	if s.onIssueSide(actor, action, issue) {
		return issue, nil
	}
	return issue, s.foreignIssue(ctx, issue)
}

// foreignIssue refuses an act on an issue that belongs to another side, and hides one that the actor may not read.
func (s *Service) foreignIssue(ctx context.Context, issue domain.Issue) error {
	foreign := &domain.Error{
		Kind: domain.KindForbidden, Code: "not_issue_side",
		Params: domain.Params("owner", issue.Project.Owner, "responsible", issue.Responsible),
	}
	read := s.access.Scope(domain.ActorFrom(ctx), domain.PermissionIssueRead)
	if !read.Covers(issue.Project.Owner.Path) && !read.Covers(issue.Responsible.Path) {
		hidden := domain.NotFound("issue_not_found")
		hidden.Cause = foreign
		return hidden
	}
	return foreign
}

// writeIssue adds the act to the thread and to the audit record, and shows what came of it.
func (s *Service) writeIssue(ctx context.Context, w *write, after, before domain.Issue, move domain.IssueMove) (view IssueView, err error) {
	entry := domain.IssueEntry{
		Action: move.Action, Text: move.Text, Evidence: move.Evidence, By: w.record.Actor,
		Organisation: w.record.ActorOrganisation, At: w.record.At,
	}
	if err := w.AddIssueEntry(ctx, after.ID, entry); err != nil {
		return view, err
	}
	if err := s.tellOfIssue(ctx, w, after, move.Action); err != nil {
		return view, err
	}
	if err := w.note(issueFacts(before), issueFacts(after)); err != nil {
		return view, err
	}
	view.Issue, view.Allowed = after, s.allowedIssueActions(ctx, after)
	view.Entries, err = w.IssueEntries(ctx, after.ID)
	return view, err
}

func issueFacts(i domain.Issue) facts {
	return facts{
		"title": i.Title, "issueType": string(i.Type), "responsible": i.Responsible.Name, "level": string(i.Level),
		"due": i.Due.String(), "state": string(i.State), "evidence": i.Evidence.Document,
		"attachments": len(i.Evidence.Attachments),
	}
}
