package service

import (
	"context"
	"slices"

	"zhongda/domain"
)

// LightView is the three lights of a project as one reader may see them: without Full the words are gone, which are for
// the owner's own people and the Commission. Rule is the version that gave the verdict. MayReview says that the reader may
// set the Commission's light.
type LightView struct {
	domain.ProjectLights
	Rule      domain.LightRule
	History   []domain.LightChange
	Full      bool
	MayReview bool
}

// ProjectLights reads the three lights of a project with what they rest on and what they went through.
func (s *Service) ProjectLights(ctx context.Context, id int64) (LightView, error) {
	actor := domain.ActorFrom(ctx)
	read, err := s.access.require(actor, domain.PermissionProjectRead)
	if err != nil {
		return LightView{}, err
	}
	var view LightView
	if view.ProjectLights, err = s.store.ProjectLights(ctx, read, id); err != nil {
		return view, err
	}
	if view.History, err = s.store.LightChanges(ctx, id); err != nil {
		return view, err
	}
	rules, err := s.store.LightRules(ctx)
	if err != nil {
		return view, err
	}
	if at := slices.IndexFunc(rules, func(r domain.LightRule) bool { return r.Version == view.Verdict.Rule }); at >= 0 {
		view.Rule = rules[at]
	}
	view.Full = s.decide(actor, domain.PermissionProjectReadInternal, view.Project).Allowed
	view.MayReview = s.decide(actor, domain.PermissionLightReview, view.Project).Allowed
	if !view.Full {
		view.Owner.Words, view.Reviewer.Words = "", ""
		for i := range view.History {
			view.History[i].Words = ""
		}
	}
	return view, nil
}

// LightReview is the Commission's light on a project, bound to the three lights that the reviewer saw.
type LightReview struct {
	ProjectID int64
	Light     domain.Light
	Words     string
	Saw       domain.SeenLights
}

// SetReviewerLight says what holds where rule and owner disagree, in words; the Commission's. It is refused where any of
// the three lights is no longer what the reviewer saw.
func (s *Service) SetReviewerLight(ctx context.Context, r LightReview) (LightView, error) {
	a := act{
		permission: domain.PermissionLightReview, action: "light.review", objectKind: "project", objectID: r.ProjectID,
		projectID: r.ProjectID, reason: r.Words,
	}
	err := s.perform(ctx, a, func(w *write) error {
		if _, err := s.ownProject(ctx, w.Store, w.scope, r.ProjectID); err != nil {
			return err
		}
		said := domain.SaidLight{Light: r.Light, Words: r.Words, By: w.record.Actor, At: w.record.At}
		if err := said.CheckReview(); err != nil {
			return err
		}
		if err := w.SetReviewerLight(ctx, r.ProjectID, r.Saw, said); err != nil {
			return err
		}
		w.basis = facts{"ruleLight": string(r.Saw.Rule), "ownerLight": string(r.Saw.Owner)}
		if err := w.note(facts{"reviewerLight": string(r.Saw.Reviewer)}, facts{"reviewerLight": string(r.Light)}); err != nil {
			return err
		}
		return w.AddLightChange(ctx, domain.LightChange{
			ProjectID: r.ProjectID, At: said.At, Kind: domain.LightByReviewer, From: string(r.Saw.Reviewer), To: string(r.Light),
			By: said.By, Words: said.Words,
		})
	})
	if err != nil {
		return LightView{}, err
	}
	return s.ProjectLights(ctx, r.ProjectID)
}

// Disagreements lists the projects whose lights contradict each other: all of them to the Commission, a bureau's own to
// the bureau. Without a choice of kinds they are the open ones.
func (s *Service) Disagreements(ctx context.Context, f domain.ProjectFilter, page domain.PageRequest) (domain.Page[domain.ProjectLights], error) {
	actor := domain.ActorFrom(ctx)
	scope, err := s.access.require(actor, domain.PermissionReportRead)
	if err != nil {
		return domain.Page[domain.ProjectLights]{}, err
	}
	if len(f.Disagreements) == 0 {
		f.Disagreements = []domain.Disagreement{domain.DisagreementOpen}
	}
	return s.store.Disagreements(ctx, scope, s.completeFilter(actor, f), page)
}
