package service

import (
	"context"
	"strconv"
	"time"

	"zhongda/domain"
)

// notify tells the audience within the transaction of the act: undone with it, and never twice of one occasion. Whoever
// acts is not told of it.
func (w *write) notify(ctx context.Context, n domain.Notice) error {
	_, err := w.tell(ctx, n)
	return err
}

// tell is notify for those who want to know how many were told.
func (w *write) tell(ctx context.Context, n domain.Notice) (told int, err error) {
	if n.Occasion == "" {
		n.Occasion = w.record.At.UTC().Format(time.RFC3339Nano)
	}
	ids, err := w.AddNotice(ctx, n, w.record.Actor, w.record.At)
	if err != nil {
		return 0, err
	}
	if !n.Kind.Reminder() {
		err = w.post.queue(ctx, w.Store, ids, w.record.At)
	}
	return len(ids), err
}

// deciders are all who may decide reports. The policy gives that permission over every row or not at all.
func (s *Service) deciders() domain.Audience {
	return domain.ToEveryone(s.access.Holders(domain.PermissionReportDecide)...)
}

// tellOfReport tells the Commission of a submission, and of a decision the bureau's leads and those with a hand in the
// report. Other acts concern nobody else.
func (s *Service) tellOfReport(ctx context.Context, w *write, e reportEdit) error {
	n := domain.Notice{
		ProjectID: e.project.ID, ObjectKind: "report", ObjectID: e.after.ID, Occasion: strconv.FormatInt(e.after.Version, 10),
		Text: map[string]string{"period": e.after.Period.String()},
	}
	bureau := domain.ToRoles(e.project.Owner.Path, domain.RoleBureauLead).And(e.after.DraftedBy, e.after.SubmittedBy)
	switch {
	case e.before.State == e.after.State:
		return nil
	case e.after.State == domain.ReportSubmitted:
		n.Kind, n.To = domain.NoticeReportSubmitted, s.deciders()
	case e.after.State == domain.ReportReturned:
		n.Kind, n.To = domain.NoticeReportReturned, bureau
	case e.after.State == domain.ReportApproved:
		n.Kind, n.To = domain.NoticeReportApproved, bureau
	default:
		return nil
	}
	return w.notify(ctx, n)
}

// tellOfRequest tells the Commission of a submission, and of a decision the owner's leads and those with a hand in the
// request. Other acts concern nobody else.
func (s *Service) tellOfRequest(ctx context.Context, w *write, e requestEdit) error {
	n := domain.Notice{
		ProjectID: e.project.ID, ObjectKind: "request", ObjectID: e.after.ID, Occasion: strconv.FormatInt(e.after.Version, 10),
		Text: map[string]string{"kind": string(e.after.Kind), "state": string(e.after.State), "number": e.after.Number},
	}
	switch e.after.State {
	case e.before.State, domain.RequestDraft, domain.RequestCancelled:
		return nil
	case domain.RequestSubmitted:
		n.Kind, n.To = domain.NoticeRequestFiled, domain.ToEveryone(s.access.Holders(domain.PermissionRequestDecide)...)
	case domain.RequestReturned, domain.RequestApproved:
		n.Kind = domain.NoticeRequestDecided
		n.To = domain.ToRoles(e.project.Owner.Path, domain.RoleBureauLead).And(e.after.DraftedBy, e.after.SubmittedBy)
	}
	return w.notify(ctx, n)
}
