package service

import (
	"context"
	"slices"

	"zhongda/domain"
)

// Decision answers "why may I (not)?" for one permission on one project. Rule is the code of the sentence that says
// why; Params fill its blanks.
type Decision struct {
	Permission domain.Permission
	Allowed    bool
	Rule       string
	Params     map[string]any
}

// Explanation is who may see and change one project, and by which rule. Editors are named only to those who see the
// project in full.
type Explanation struct {
	Decisions []Decision
	OwnerPath []domain.Organisation
	Editors   []domain.User
}

// projectPermissions are the ones that make sense on a single project.
func projectPermissions() []domain.Permission {
	return []domain.Permission{
		domain.PermissionProjectRead, domain.PermissionProjectReadInternal, domain.PermissionProjectUpdate,
		domain.PermissionMilestoneCreate, domain.PermissionMilestoneUpdate, domain.PermissionProjectConfirm,
		domain.PermissionProjectAssign, domain.PermissionProjectMove, domain.PermissionProjectStanding,
		domain.PermissionReportRead, domain.PermissionReportWrite, domain.PermissionReportSubmit, domain.PermissionReportDecide,
		domain.PermissionAttachmentRead, domain.PermissionAttachmentWrite,
		domain.PermissionInvestmentWrite, domain.PermissionInvestmentConfirm,
	}
}

// ExplainProject tells the actor what they may do with a project and why, by the same policy that decides it.
func (s *Service) ExplainProject(ctx context.Context, id int64) (Explanation, error) {
	view, err := s.Project(ctx, id)
	if err != nil {
		return Explanation{}, err
	}
	actor := domain.ActorFrom(ctx)
	explanation := Explanation{}
	for _, permission := range projectPermissions() {
		explanation.Decisions = append(explanation.Decisions, s.decide(actor, permission, view.Project))
	}
	for _, organisationID := range view.Owner.Path {
		organisation, err := s.store.Organisation(ctx, organisationID)
		if err != nil {
			return Explanation{}, err
		}
		explanation.OwnerPath = append(explanation.OwnerPath, organisation)
	}
	if view.Full {
		explanation.Editors, err = s.store.ProjectEditors(ctx, view.Owner)
	}
	return explanation, err
}

func (s *Service) decide(actor domain.Actor, permission domain.Permission, p domain.Project) Decision {
	scope := s.access.Scope(actor, permission)
	decision := Decision{
		Permission: permission,
		Allowed:    scope.Covers(p.Owner.Path),
		Params: domain.Params("owner", p.Owner, "organisation", actor.User.Organisation,
			"roles", s.access.Holders(permission)),
	}
	afterExit := []domain.Permission{
		domain.PermissionProjectRead, domain.PermissionProjectReadInternal, domain.PermissionReportRead, domain.PermissionReportDecide,
		domain.PermissionAttachmentRead,
	}
	switch {
	case scope.Empty():
		decision.Rule = "why_role_missing"
	case p.Standing == domain.StandingExited && !slices.Contains(afterExit, permission):
		decision.Rule, decision.Allowed = "why_exited", false
	case scope.All():
		decision.Rule = "why_all"
	case decision.Allowed:
		decision.Rule = "why_subtree_covers"
	default:
		decision.Rule = "why_subtree_outside"
	}
	return decision
}
