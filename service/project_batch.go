package service

import (
	"context"
	"errors"
	"fmt"

	"zhongda/domain"
)

// BatchResult is what became of one project of a batch, or would: the project before and after, or why it was refused. Of a
// refused one only the id is known.
type BatchResult struct {
	ID      int64
	Before  domain.Project
	After   domain.Project
	Refusal *domain.Error
}

// BatchProjects makes one change to many projects by the use cases that change one, each at its own version, in a
// transaction and with a record of its own: what is refused stays as it was, the others are done. A preview runs the same
// rules and writes nothing, not even a record. It fails as a whole only for whoever may make the change to no project.
func (s *Service) BatchProjects(ctx context.Context, batch domain.ProjectBatch) ([]BatchResult, error) {
	scope, err := s.access.require(domain.ActorFrom(ctx), batch.Action.Permission())
	if err != nil {
		s.recordRefusal(ctx, act{permission: batch.Action.Permission(), objectKind: "project"}, err)
		return nil, err
	}
	if err := batch.Check(); err != nil {
		return nil, err
	}
	results := make([]BatchResult, 0, len(batch.Items))
	for _, item := range batch.Items {
		result, err := s.batchOne(ctx, scope, batch, item)
		if err != nil && !errors.As(err, &result.Refusal) {
			s.log.ErrorContext(ctx, "change of a batch failed", "project", item.ID, "error", err)
			result.Refusal = &domain.Error{Code: "internal"}
		}
		if ctx.Err() != nil {
			return results, fmt.Errorf("change many projects: %w", ctx.Err())
		}
		results = append(results, result)
	}
	return results, nil
}

func (s *Service) batchOne(ctx context.Context, scope domain.Scope, batch domain.ProjectBatch, item domain.BatchItem) (BatchResult, error) {
	result := BatchResult{ID: item.ID}
	edit := s.batchEdit(ctx, batch)
	keep := func(w *write, p *domain.Project) error {
		result.Before = *p
		if err := edit.apply(w, p); err != nil {
			return err
		}
		result.After = *p
		return nil
	}
	if batch.Preview {
		err := s.tryProject(ctx, scope, item, keep)
		return result, err
	}
	view, err := s.editProject(ctx, edit.act, item.ID, item.Version, keep)
	if err == nil {
		result.After = view.Project
	}
	return result, err
}

// batchEdit is the change of a batch as the use case of one project makes it. A confirmation takes what is provisional of
// each; with nothing left, the project is refused as confirmed.
func (s *Service) batchEdit(ctx context.Context, batch domain.ProjectBatch) edit {
	if batch.Action == domain.BatchAssign {
		return s.update(ctx, domain.ProjectChange{OwnerOrganisationID: &batch.OwnerOrganisationID})
	}
	return confirmation(func(p domain.Project) domain.Confirmation {
		if !p.OwnerProvisional && !p.StageProvisional {
			return domain.Confirmation{Owner: true, Stage: true}
		}
		return domain.Confirmation{Owner: p.OwnerProvisional, Stage: p.StageProvisional}
	})
}

// tryProject is editProject without the writing: the same rows, version and rule.
func (s *Service) tryProject(ctx context.Context, scope domain.Scope, item domain.BatchItem, apply func(*write, *domain.Project) error) error {
	found, err := s.ownProject(ctx, s.store, scope, item.ID)
	if err != nil {
		return err
	}
	if found.Version != item.Version {
		return domain.StaleVersion(found.Version)
	}
	return apply(&write{Store: s.store, scope: scope}, &found.Project)
}
