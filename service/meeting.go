package service

import (
	"context"

	"zhongda/domain"
)

// MeetingView is a meeting with its agenda, everything it wrote down, and what the reader may do in it now.
type MeetingView struct {
	domain.Meeting
	Agenda    []domain.Project
	Decisions []domain.Decision
	Allowed   []domain.MeetingAction
}

// Meetings lists all meetings, the latest first.
func (s *Service) Meetings(ctx context.Context) ([]domain.Meeting, error) {
	if err := s.meetingsOpen(ctx); err != nil {
		return nil, err
	}
	return s.store.Meetings(ctx)
}

// meetingsOpen wants a scope over the whole city: an agenda is not cut to one bureau.
func (s *Service) meetingsOpen(ctx context.Context) error {
	scope, err := s.access.require(domain.ActorFrom(ctx), domain.PermissionMeetingRead)
	if err == nil && !scope.All() {
		err = domain.Forbidden("row_security")
	}
	return err
}

// Meeting reads one meeting.
func (s *Service) Meeting(ctx context.Context, id int64) (view MeetingView, err error) {
	if err := s.meetingsOpen(ctx); err != nil {
		return view, err
	}
	if view.Meeting, err = s.store.Meeting(ctx, id); err != nil {
		return view, err
	}
	if view.Agenda, err = s.store.Agenda(ctx, id); err != nil {
		return view, err
	}
	if view.Decisions, err = s.store.Decisions(ctx, id); err != nil {
		return view, err
	}
	if s.access.Scope(domain.ActorFrom(ctx), domain.PermissionMeetingHold).All() {
		for _, action := range domain.MeetingActions() {
			if view.State.May(action) == nil {
				view.Allowed = append(view.Allowed, action)
			}
		}
	}
	return view, nil
}

func meetingAct(action domain.MeetingAction, id int64) act {
	return act{permission: domain.PermissionMeetingHold, action: "meeting." + string(action), objectKind: "meeting", objectID: id}
}

// CallMeeting freezes the projects of the filter, in the order of the list, as the agenda of a meeting.
func (s *Service) CallMeeting(ctx context.Context, draft domain.MeetingDraft) (MeetingView, error) {
	a := meetingAct("call", 0)
	var id int64
	err := s.perform(ctx, a, func(w *write) error {
		if err := draft.Check(); err != nil {
			return err
		}
		projects, err := s.agenda(ctx, w, draft)
		if err != nil {
			return err
		}
		m := domain.Meeting{
			Title: draft.Title, HeldOn: draft.HeldOn, State: domain.MeetingPlanned, CalledBy: w.record.Actor, CalledAt: w.record.At,
		}
		m.Filter, m.FilterHash = domain.Agenda(draft.Filter, draft.Sort, projects)
		order := make([]int64, len(projects))
		for i, p := range projects {
			order[i] = p.ID
		}
		if id, err = w.CreateMeeting(ctx, m, order); err != nil {
			return err
		}
		w.record.ObjectID = id
		return w.note(facts{}, facts{"title": m.Title, "heldOn": m.HeldOn.String(), "projects": len(order), "filterHash": m.FilterHash})
	})
	if err != nil {
		return MeetingView{}, err
	}
	return s.Meeting(ctx, id)
}

func (s *Service) agenda(ctx context.Context, w *write, draft domain.MeetingDraft) ([]domain.Project, error) {
	filter := s.completeFilter(domain.ActorFrom(ctx), draft.Filter)
	page, err := w.Projects(ctx, w.scope, filter, draft.Sort, domain.PageRequest{Limit: domain.AgendaLimit, WithTotal: true})
	switch {
	case err != nil:
		return nil, err
	case page.Total == 0:
		return nil, domain.Conflict("agenda_empty")
	case page.Total > domain.AgendaLimit:
		return nil, domain.Conflict("agenda_too_long", "count", page.Total, "max", domain.AgendaLimit)
	}
	return page.Items, nil
}

// StartMeeting begins a planned meeting.
func (s *Service) StartMeeting(ctx context.Context, id, version int64) (MeetingView, error) {
	return s.moveMeeting(ctx, id, version, domain.MeetingStart)
}

// FinishMeeting freezes the meeting and its minutes. Every decision must have been confirmed or struck.
func (s *Service) FinishMeeting(ctx context.Context, id, version int64) (MeetingView, error) {
	return s.moveMeeting(ctx, id, version, domain.MeetingFinish)
}

func (s *Service) moveMeeting(ctx context.Context, id, version int64, action domain.MeetingAction) (MeetingView, error) {
	err := s.perform(ctx, meetingAct(action, id), func(w *write) error {
		before, err := w.LockMeeting(ctx, id)
		if err != nil {
			return err
		}
		if before.Version != version {
			return domain.StaleVersion(before.Version)
		}
		after, err := before.Do(action, w.record.Actor, w.record.At)
		if err != nil {
			return err
		}
		if action == domain.MeetingFinish {
			if after.Hash, err = s.minutes(ctx, w, after); err != nil {
				return err
			}
		}
		if _, err = w.UpdateMeeting(ctx, after, before.State); err != nil {
			return err
		}
		return w.note(facts{"state": string(before.State), "hash": ""}, facts{"state": string(after.State), "hash": after.Hash})
	})
	if err != nil {
		return MeetingView{}, err
	}
	return s.Meeting(ctx, id)
}

// minutes gives the hash of what a finished meeting says.
func (s *Service) minutes(ctx context.Context, w *write, m domain.Meeting) (string, error) {
	agenda, err := w.Agenda(ctx, m.ID)
	if err != nil {
		return "", err
	}
	decisions, err := w.Decisions(ctx, m.ID)
	if err != nil {
		return "", err
	}
	open := 0
	for _, d := range decisions {
		if d.State == domain.DecisionDraft {
			open++
		}
	}
	if open > 0 {
		return "", domain.Conflict("decisions_open", "count", open)
	}
	return m.Minutes(agenda, decisions), nil
}
