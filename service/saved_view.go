package service

import (
	"context"

	"zhongda/domain"
)

// SavedViews lists the actor's own saved views and those that others share.
func (s *Service) SavedViews(ctx context.Context) ([]domain.SavedView, error) {
	actor := domain.ActorFrom(ctx)
	if _, err := s.access.require(actor, domain.PermissionProjectRead); err != nil {
		return nil, err
	}
	return s.store.SavedViews(ctx, actor.User.ID)
}

// SaveView keeps a view for the actor. Sharing it needs view:share.
func (s *Service) SaveView(ctx context.Context, v domain.SavedView) (saved domain.SavedView, err error) {
	err = s.perform(ctx, viewAct("view.create", 0), func(w *write) error {
		v.OwnerID, v.UpdatedAt = w.record.ActorID, w.record.At
		v = domain.ViewChange{}.Apply(v)
		if err := s.checkView(ctx, v); err != nil {
			return err
		}
		id, err := w.AddSavedView(ctx, v)
		if err != nil {
			return err
		}
		w.record.ObjectID = id
		if saved, err = w.SavedView(ctx, v.OwnerID, id); err != nil {
			return err
		}
		return w.noteView(domain.SavedView{}, saved)
	})
	return saved, err
}

// ChangeView renames, replaces, shares, takes back or removes a saved view of the actor's own, at the version read. Another's
// shared view is Forbidden; another's private one reads like none.
func (s *Service) ChangeView(ctx context.Context, id, version int64, change domain.ViewChange) (changed domain.SavedView, err error) {
	err = s.perform(ctx, viewAct("view.update", id), func(w *write) error {
		before, err := w.SavedView(ctx, w.record.ActorID, id)
		switch {
		case err != nil:
			return err
		case before.OwnerID != w.record.ActorID:
			return &domain.Error{Kind: domain.KindForbidden, Code: "not_own_view", Params: domain.Params("owner", before.OwnerName)}
		case before.Version != version:
			return domain.StaleVersion(before.Version)
		case change.Empty():
			return domain.NothingToChange()
		}
		after := change.Apply(before)
		after.UpdatedAt = w.record.At
		if err := s.checkView(ctx, after); err != nil {
			return err
		}
		if err := w.UpdateSavedView(ctx, after); err != nil {
			return err
		}
		changed = after
		changed.Version++
		return w.noteView(before, after)
	})
	return changed, err
}

// viewAct touches no project, so that its transaction may change none.
func viewAct(action string, id int64) act {
	return act{permission: domain.PermissionProjectRead, action: action, objectKind: "saved_view", objectID: id, noProject: true}
}

func (s *Service) checkView(ctx context.Context, v domain.SavedView) error {
	if v.Shared && !v.Removed {
		if _, err := s.access.require(domain.ActorFrom(ctx), domain.PermissionViewShare); err != nil {
			return err
		}
	}
	return v.Check()
}

// noteView records what a shared view says; that somebody changed a private one is on record, not what it says.
func (w *write) noteView(before, after domain.SavedView) error {
	if !before.Shared && !after.Shared {
		return nil
	}
	return w.note(viewFacts(before), viewFacts(after))
}

func viewFacts(v domain.SavedView) facts {
	columns := make([]string, len(v.Columns))
	for i, column := range v.Columns {
		columns[i] = string(column.Key)
	}
	return facts{
		"viewName": v.Name, "viewPage": string(v.Page), "viewQuery": v.Query, "viewColumns": columns,
		"viewShared": v.Shared, "viewRemoved": v.Removed,
	}
}
