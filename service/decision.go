package service

import (
	"context"

	"zhongda/domain"
)

// RecordDecision writes down the first words of a decision about a project of the agenda.
func (s *Service) RecordDecision(ctx context.Context, meetingID, projectID int64, change domain.DecisionChange) (domain.Decision, error) {
	return s.inSession(ctx, meetingID, domain.MeetingRecord, func(w *write) (before, after domain.Decision, err error) {
		after, err = w.changeDecision(ctx, domain.Decision{
			MeetingID: meetingID, ProjectID: projectID, Kind: domain.DecisionOrder, State: domain.DecisionDraft,
			By: w.record.Actor, At: w.record.At, Version: 1,
		}, change)
		if err != nil {
			return before, after, err
		}
		after.ID, err = w.CreateDecision(ctx, after)
		return before, after, err
	})
}

// AmendDecision changes a decision that is still being typed, at the version the caller read.
func (s *Service) AmendDecision(ctx context.Context, meetingID, id, version int64, change domain.DecisionChange) (domain.Decision, error) {
	return s.settleDecision(ctx, meetingID, id, version, domain.MeetingAmend, func(w *write, d domain.Decision) (domain.Decision, error) {
		return w.changeDecision(ctx, d, change)
	})
}

// ConfirmDecision makes a decision count: an order is issued with it, in the same transaction, to the organisation named
// or else to the project's owner.
func (s *Service) ConfirmDecision(ctx context.Context, meetingID, id, version int64) (domain.Decision, error) {
	return s.settleDecision(ctx, meetingID, id, version, domain.MeetingConfirm, func(w *write, d domain.Decision) (domain.Decision, error) {
		d, err := d.Confirm(s.Today())
		if err != nil || d.Kind == domain.DecisionNote {
			return d, err
		}
		project, err := w.Project(ctx, domain.ScopeAll(), d.ProjectID)
		if err != nil {
			return d, err
		}
		if project.Standing == domain.StandingExited {
			return d, domain.Conflict("project_exited")
		}
		draft := domain.OrderDraft{AddresseeID: d.Responsible.ID, Demand: d.Text, Due: d.Due}
		order, err := s.issueOrder(ctx, w, project.Project, draft, meetingID)
		d.OrderID, d.OrderNumber, d.Responsible = order.ID, order.Number, order.Addressee
		return d, err
	})
}

// StrikeDecision takes a decision that is still being typed out of the minutes; the record keeps it.
func (s *Service) StrikeDecision(ctx context.Context, meetingID, id, version int64) (domain.Decision, error) {
	return s.settleDecision(ctx, meetingID, id, version, domain.MeetingStrike, func(_ *write, d domain.Decision) (domain.Decision, error) {
		d.State = domain.DecisionStruck
		return d, nil
	})
}

// settleDecision is the shape of every change of a decision: still a draft, at the version that was read.
func (s *Service) settleDecision(ctx context.Context, meetingID, id, version int64, action domain.MeetingAction, apply func(*write, domain.Decision) (domain.Decision, error)) (domain.Decision, error) {
	return s.inSession(ctx, meetingID, action, func(w *write) (before, after domain.Decision, err error) {
		if before, err = w.Decision(ctx, meetingID, id); err != nil {
			return before, after, err
		}
		if err := before.Open(); err != nil {
			return before, after, err
		}
		if before.Version != version {
			return before, after, domain.StaleVersion(before.Version)
		}
		if after, err = apply(w, before); err != nil {
			return before, after, err
		}
		after.Version, err = w.UpdateDecision(ctx, after)
		return before, after, err
	})
}

// inSession does something in a meeting whose state allows it. The meeting stays as it is until that is done.
func (s *Service) inSession(ctx context.Context, meetingID int64, action domain.MeetingAction, do func(*write) (before, after domain.Decision, err error)) (domain.Decision, error) {
	var decision domain.Decision
	err := s.perform(ctx, meetingAct(action, meetingID), func(w *write) error {
		meeting, err := w.LockMeeting(ctx, meetingID)
		if err != nil {
			return err
		}
		if err := meeting.State.May(action); err != nil {
			return err
		}
		before, after, err := do(w)
		if err != nil {
			return err
		}
		decision, w.record.ProjectID = after, after.ProjectID
		return w.note(decisionFacts(before), decisionFacts(after))
	})
	return decision, err
}

func (w *write) changeDecision(ctx context.Context, d domain.Decision, change domain.DecisionChange) (domain.Decision, error) {
	if change == (domain.DecisionChange{}) {
		return d, domain.NothingToChange()
	}
	if change.Kind != nil {
		d.Kind = *change.Kind
	}
	if change.Text != nil {
		d.Text = *change.Text
	}
	if change.Due != nil {
		d.Due = *change.Due
	}
	if change.ResponsibleID == nil {
		return d, nil
	}
	d.Responsible = domain.Organisation{}
	if *change.ResponsibleID == 0 {
		return d, nil
	}
	var err error
	if d.Responsible, err = w.Organisation(ctx, *change.ResponsibleID); domain.KindOf(err) == domain.KindNotFound {
		err = domain.Invalid("responsibleOrganisationId", "unknown_organisation")
	}
	return d, err
}

func decisionFacts(d domain.Decision) facts {
	order := ""
	if d.OrderID != 0 {
		order = d.OrderNumber.String()
	}
	return facts{
		"decision": d.Text, "kind": string(d.Kind), "responsible": d.Responsible.Name, "due": d.Due.String(),
		"state": string(d.State), "number": order,
	}
}
