package service

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"zhongda/domain"
)

// Waiting is something submitted; of a report, with what the cross-checks noticed.
type Waiting struct {
	domain.Waiting
	Findings []domain.Finding
}

// ReviewQueue lists what was submitted and the actor may read, the longest waiting first. The policy grants the reading of
// reports and of requests over the same rows, which a test of it keeps so.
func (s *Service) ReviewQueue(ctx context.Context, f domain.QueueFilter, page domain.PageRequest) (domain.Page[Waiting], error) {
	actor := domain.ActorFrom(ctx)
	scope, err := s.access.require(actor, domain.PermissionReportRead)
	if err != nil {
		return domain.Page[Waiting]{}, err
	}
	if _, err := s.access.require(actor, domain.PermissionRequestRead); err != nil {
		return domain.Page[Waiting]{}, err
	}
	f.Projects = s.completeFilter(actor, f.Projects)
	found, err := s.store.ReviewQueue(ctx, scope, f, page)
	if err != nil {
		return domain.Page[Waiting]{}, err
	}
	plans, err := s.store.YearPlans(ctx, projectsOf(found.Items)...)
	if err != nil {
		return domain.Page[Waiting]{}, err
	}
	queue := domain.Page[Waiting]{NextCursor: found.NextCursor, Total: found.Total, TotalCapped: found.TotalCapped}
	for waiting := range slices.Values(found.Items) {
		queue.Items = append(queue.Items, Waiting{Waiting: waiting, Findings: s.waitingFindings(waiting, plans)})
	}
	return queue, nil
}

func projectsOf(waiting []domain.Waiting) []int64 {
	ids := make([]int64, len(waiting))
	for i, w := range waiting {
		ids[i] = w.Project.ID
	}
	return ids
}

// waitingFindings holds a report against its project and the confirmed plans of the year.
func (s *Service) waitingFindings(w domain.Waiting, plans map[int64]map[int]domain.Amount) []domain.Finding {
	if w.Report == nil {
		return nil
	}
	return w.Report.Content.Check(domain.ReportFacts{
		Period: w.Report.Period, Previous: w.Previous, Stage: w.Project.Stage, Investment: w.Project.Investment(),
		YearPlan: yearPlan(plans, *w.Report), Today: s.Today(),
	})
}

// ReviewObject says which of the two things that wait a decision is on.
type ReviewObject string

// The objects of a decision.
const (
	ReviewReport  ReviewObject = "report"
	ReviewRequest ReviewObject = "request"
)

// ReviewObjects lists them.
func ReviewObjects() []ReviewObject { return []ReviewObject{ReviewReport, ReviewRequest} }

// ReviewDecision is one of many decisions; Return sends back, with the comment it needs.
type ReviewDecision struct {
	Object  ReviewObject
	ID      int64
	Version int64
	Hash    string
	Return  bool
	Comment string
}

// DecisionResult is what became of one decision among many: the new version and state, and the number an approved request
// got, or why it was refused.
type DecisionResult struct {
	Object  ReviewObject
	ID      int64
	Version int64
	State   string
	Number  string
	Refusal *domain.Error
}

// Decide decides on many reports and requests, each bound to its own version and in a transaction of its own: one that
// changed meanwhile is refused and stays in the queue, the others are done. It stops with an error only where nothing
// more can be decided.
func (s *Service) Decide(ctx context.Context, decisions []ReviewDecision) ([]DecisionResult, error) {
	results := make([]DecisionResult, 0, len(decisions))
	for _, d := range decisions {
		result, err := s.decideOne(ctx, d)
		if err != nil && !errors.As(err, &result.Refusal) {
			s.log.ErrorContext(ctx, "decision failed", "object", d.Object, "id", d.ID, "error", err)
			result.Refusal = &domain.Error{Code: "internal"}
		}
		if ctx.Err() != nil {
			return results, fmt.Errorf("decide: %w", ctx.Err())
		}
		results = append(results, result)
	}
	return results, nil
}

func (s *Service) decideOne(ctx context.Context, d ReviewDecision) (DecisionResult, error) {
	result := DecisionResult{Object: d.Object, ID: d.ID}
	if d.Object == ReviewRequest {
		action := domain.RequestApprove
		if d.Return {
			action = domain.RequestReturn
		}
		view, err := s.DecideRequest(ctx, RequestDecision{ID: d.ID, Version: d.Version, Hash: d.Hash, Action: action, Comment: d.Comment})
		result.Version, result.State, result.Number = view.Version, string(view.State), view.Number
		return result, err
	}
	action := domain.ReportApprove
	if d.Return {
		action = domain.ReportReturn
	}
	view, err := s.DecideReport(ctx, ReportDecision{ID: d.ID, Version: d.Version, Hash: d.Hash, Action: action, Comment: d.Comment})
	result.Version, result.State = view.Version, string(view.State)
	return result, err
}
