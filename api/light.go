package api

import (
	"context"
	"time"

	"zhongda/domain"
	"zhongda/service"
)

// LightRule is one published version of the rule. text says it in whole sentences; the thresholds are percentage points,
// whole months and periods.
type LightRule struct {
	Version      int       `json:"version"`
	ValidFrom    Date      `json:"validFrom"`
	BehindYellow Percent   `json:"behindYellow"`
	BehindRed    Percent   `json:"behindRed"`
	StartYellow  int       `json:"startYellow"`
	StartRed     int       `json:"startRed"`
	MissedYellow int       `json:"missedYellow"`
	MissedRed    int       `json:"missedRed"`
	Note         string    `json:"note"`
	PublishedBy  string    `json:"publishedBy"`
	PublishedAt  time.Time `json:"publishedAt"`
	Text         []string  `json:"text"`
}

// LightRules are the rule in force today and every version there ever was, the newest first.
type LightRules struct {
	InForce  LightRule   `json:"inForce"`
	Versions []LightRule `json:"versions"`
}

func (h handlers) getLightRule(ctx context.Context, _ None) (LightRules, error) {
	return h.lightRules(ctx)(h.service.LightRules(ctx))
}

type publishLightRuleIn struct {
	ValidFrom    Date    `json:"validFrom"`
	BehindYellow Percent `json:"behindYellow"`
	BehindRed    Percent `json:"behindRed"`
	StartYellow  int     `json:"startYellow" validate:"min=0,max=60"`
	StartRed     int     `json:"startRed" validate:"min=1,max=60"`
	MissedYellow int     `json:"missedYellow" validate:"min=1,max=12"`
	MissedRed    int     `json:"missedRed" validate:"min=1,max=12"`
	Note         string  `json:"note" validate:"notblank,max=1000"`
}

func (h handlers) publishLightRule(ctx context.Context, in publishLightRuleIn) (LightRules, error) {
	return h.lightRules(ctx)(h.service.PublishLightRule(ctx, domain.LightRule{
		ValidFrom: in.ValidFrom.Date, Note: in.Note, LightThresholds: domain.LightThresholds{
			BehindYellow: in.BehindYellow.Percent, BehindRed: in.BehindRed.Percent, StartYellow: in.StartYellow, StartRed: in.StartRed,
			MissedYellow: in.MissedYellow, MissedRed: in.MissedRed,
		},
	}))
}

func (h handlers) lightRules(ctx context.Context) func(service.LightRules, error) (LightRules, error) {
	return func(rules service.LightRules, err error) (LightRules, error) {
		if err != nil {
			return LightRules{}, err
		}
		each := func(r domain.LightRule) LightRule { return h.lightRule(ctx, r) }
		return LightRules{InForce: each(rules.InForce), Versions: mapSlice(rules.Versions, each)}, nil
	}
}

func (h handlers) lightRule(ctx context.Context, r domain.LightRule) LightRule {
	return LightRule{
		Version: r.Version, ValidFrom: Date{r.ValidFrom}, BehindYellow: Percent{r.BehindYellow}, BehindRed: Percent{r.BehindRed},
		StartYellow: r.StartYellow, StartRed: r.StartRed, MissedYellow: r.MissedYellow, MissedRed: r.MissedRed,
		Note: r.Note, PublishedBy: r.PublishedBy, PublishedAt: r.PublishedAt, Text: h.ruleText(ctx, r),
	}
}

// ruleText is the rule as a clerk reads it, one sentence a clause.
func (h handlers) ruleText(ctx context.Context, r domain.LightRule) []string {
	start := "rule_start"
	if r.StartYellow > 0 {
		start = "rule_start_months"
	}
	params := domain.Params("behindYellow", r.BehindYellow, "behindRed", r.BehindRed, "startYellow", r.StartYellow,
		"startRed", r.StartRed, "missedYellow", r.MissedYellow, "missedRed", r.MissedRed)
	text := make([]string, 0, 6)
	for _, code := range []string{"rule_schedule", start, "rule_reports", "rule_grey", "rule_words", "rule_worst"} {
		text = append(text, h.sentence(ctx, code, params))
	}
	return text
}

func (h handlers) getProjectLights(ctx context.Context, in projectID) (ProjectLights, error) {
	return h.projectLights(ctx)(h.service.ProjectLights(ctx, in.ID))
}

// setReviewerLightIn carries the three lights as they stood on the reviewer's screen: null where there was none.
type setReviewerLightIn struct {
	projectID
	Light         domain.Light      `json:"light"`
	Text          string            `json:"text" validate:"notblank,max=1000"`
	RuleLight     *domain.RuleLight `json:"ruleLight"`
	OwnerLight    *domain.Light     `json:"ownerLight"`
	ReviewerLight *domain.Light     `json:"reviewerLight"`
}

func (h handlers) setReviewerLight(ctx context.Context, in setReviewerLightIn) (ProjectLights, error) {
	return h.projectLights(ctx)(h.service.SetReviewerLight(ctx, service.LightReview{
		ProjectID: in.ID, Light: in.Light, Words: in.Text, Saw: domain.SeenLights{
			Rule: nullAsEmpty(in.RuleLight), Owner: nullAsEmpty(in.OwnerLight), Reviewer: nullAsEmpty(in.ReviewerLight),
		},
	}))
}

// nullAsEmpty undoes emptyAsNull.
func nullAsEmpty[T any](p *T) (v T) {
	if p != nil {
		v = *p
	}
	return v
}

type listDisagreementsIn struct {
	projectFilter
	pageParams
}

func (h handlers) listDisagreements(ctx context.Context, in listDisagreementsIn) (Page[DisagreeingProject], error) {
	page, err := h.service.Disagreements(ctx, in.filter(), in.request())
	if err != nil {
		return Page[DisagreeingProject]{}, err
	}
	return pageOf(page, in.WithTotal, func(l domain.ProjectLights) DisagreeingProject { return h.disagreeing(ctx, l) }), nil
}
