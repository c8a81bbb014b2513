package service

import (
	"context"

	"zhongda/domain"
)

// LightRules are the published versions of the rule, the newest first, and the one in force today.
type LightRules struct {
	InForce  domain.LightRule
	Versions []domain.LightRule
}

// LightRules reads the rule that gives the lights; it is public to everybody who signed in for work.
func (s *Service) LightRules(ctx context.Context) (LightRules, error) {
	if _, err := s.access.require(domain.ActorFrom(ctx), domain.PermissionReferenceRead); err != nil {
		return LightRules{}, err
	}
	versions, err := s.store.LightRules(ctx)
	if err != nil {
		return LightRules{}, err
	}
	inForce, err := domain.LightRuleOn(versions, s.Today())
	return LightRules{InForce: inForce, Versions: versions}, err
}

// PublishLightRule adds the next version of the rule; the Commission's. Where it is valid from today, every project is
// judged by it at once.
func (s *Service) PublishLightRule(ctx context.Context, rule domain.LightRule) (LightRules, error) {
	a := act{permission: domain.PermissionLightRule, action: "light.publish", objectKind: "light_rule", reason: rule.Note}
	err := s.perform(ctx, a, func(w *write) error {
		if err := rule.CheckNew(s.Today()); err != nil {
			return err
		}
		before, err := w.LightRules(ctx)
		if err != nil {
			return err
		}
		rule.Version, rule.PublishedBy, rule.PublishedAt = before[0].Version+1, w.record.Actor, w.record.At
		if err := w.AddLightRule(ctx, rule); err != nil {
			return err
		}
		w.record.ObjectID = int64(rule.Version)
		return w.note(lightRuleFacts(before[0]), lightRuleFacts(rule))
	})
	if err != nil {
		return LightRules{}, err
	}
	if _, err := s.RefreshLights(ctx); err != nil {
		s.log.ErrorContext(ctx, "lights not refreshed; the next run of the job will", "error", err)
	}
	return s.LightRules(ctx)
}

func lightRuleFacts(r domain.LightRule) facts {
	return facts{
		"version": r.Version, "validFrom": r.ValidFrom.String(), "behindYellow": r.BehindYellow.String(), "behindRed": r.BehindRed.String(),
		"startYellow": r.StartYellow, "startRed": r.StartRed, "missedYellow": r.MissedYellow, "missedRed": r.MissedRed,
	}
}
