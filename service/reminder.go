package service

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"time"

	"zhongda/domain"
	"zhongda/repository"
)

// remind is the job of the morning: it tells editors and leads which reports are due or overdue, as of the day it runs.
func (s *Service) remind(ctx context.Context, _ string) (string, error) {
	today := s.Today()
	duties, err := s.store.ReportDuties(ctx, domain.ScopeAll(), today, s.zone)
	if err != nil {
		return "", err
	}
	reminded := 0
	err = s.store.Write(ctx, domain.ScopeAll(), func(tx *repository.Store) error {
		w := &write{Store: tx, scope: domain.ScopeAll(), post: s.post, record: domain.AuditRecord{At: s.now()}}
		for _, duty := range duties {
			kind, due := duty.Reminder(today)
			if !due {
				continue
			}
			if err := w.notify(ctx, dutyNotice(kind, duty, today)); err != nil {
				return err
			}
			reminded++
		}
		return nil
	})
	return fmt.Sprintf("%d projects", reminded), err
}

// dutyNotice tells those who report for the project, once on a day.
func dutyNotice(kind domain.NoticeKind, duty domain.ReportDuty, today domain.Date) domain.Notice {
	return domain.Notice{
		Kind: kind, ProjectID: duty.Project.ID, ObjectKind: "project", ObjectID: duty.Project.ID, Occasion: today.String(),
		Text: map[string]string{
			"period": duty.Period.String(), "due": duty.Due.String(), "missed": strconv.Itoa(duty.Missed),
		},
		To: domain.ToRoles(duty.Project.Owner.Path, domain.RoleBureauEditor, domain.RoleBureauLead),
	}
}

// OverdueReport is a project that has let periods go by unreported. UrgedAt is when it was last urged, zero for never.
type OverdueReport struct {
	domain.ReportDuty
	UrgedAt time.Time
}

// OverdueReports lists the projects that owe a report past its day, the most periods first; owner keeps those of one
// organisation and below, by its code. Whoever decides reports may ask.
func (s *Service) OverdueReports(ctx context.Context, owner string) ([]OverdueReport, error) {
	scope, err := s.access.require(domain.ActorFrom(ctx), domain.PermissionReportDecide)
	if err != nil {
		return nil, err
	}
	late, err := s.overdue(ctx, scope)
	if err != nil {
		return nil, err
	}
	if owner != "" {
		root, err := s.organisationID(ctx, owner)
		if err != nil {
			return nil, err
		}
		late = slices.DeleteFunc(late, func(d domain.ReportDuty) bool { return !slices.Contains(d.Project.Owner.Path, root) })
	}
	ids := make([]int64, len(late))
	for i, d := range late {
		ids[i] = d.Project.ID
	}
	urged, err := s.store.LastNoticeOf(ctx, domain.NoticeReportUrged, "project", ids)
	overdue := make([]OverdueReport, len(late))
	for i, d := range late {
		overdue[i] = OverdueReport{ReportDuty: d, UrgedAt: urged[d.Project.ID]}
	}
	return overdue, err
}

// organisationID is that of a code, zero where there is none.
func (s *Service) organisationID(ctx context.Context, code string) (int64, error) {
	organisations, err := s.store.Organisations(ctx)
	for _, o := range organisations {
		if o.Code == code {
			return o.ID, nil
		}
	}
	return 0, err
}

func (s *Service) overdue(ctx context.Context, scope domain.Scope) ([]domain.ReportDuty, error) {
	duties, err := s.store.ReportDuties(ctx, scope, s.Today(), s.zone)
	late := slices.DeleteFunc(duties, func(d domain.ReportDuty) bool { return d.Missed == 0 })
	slices.SortStableFunc(late, func(a, b domain.ReportDuty) int {
		return cmp.Or(cmp.Compare(b.Missed, a.Missed), cmp.Compare(a.Project.Code, b.Project.Code))
	})
	return late, err
}

// UrgeResult is what became of urging one project: nil where its people were told.
type UrgeResult struct {
	ProjectID int64
	Refusal   *domain.Error
}

// UrgeReports (催报) tells the people of each project to hand in what is overdue, each in a transaction and with a record
// of its own. A project that owes nothing is refused, as is one urged today already; the others are done.
func (s *Service) UrgeReports(ctx context.Context, projectIDs []int64) ([]UrgeResult, error) {
	scope, err := s.access.require(domain.ActorFrom(ctx), domain.PermissionReportDecide)
	if err != nil {
		return nil, err
	}
	late, err := s.overdue(ctx, scope)
	if err != nil {
		return nil, err
	}
	results := make([]UrgeResult, 0, len(projectIDs))
	for _, id := range projectIDs {
		result := UrgeResult{ProjectID: id}
		if err := s.urge(ctx, id, late); err != nil && !errors.As(err, &result.Refusal) {
			return results, err
		}
		results = append(results, result)
	}
	return results, nil
}

func (s *Service) urge(ctx context.Context, projectID int64, late []domain.ReportDuty) error {
	a := act{permission: domain.PermissionReportDecide, action: "report.urge", objectKind: "project", objectID: projectID, projectID: projectID}
	return s.perform(ctx, a, func(w *write) error {
		if _, err := w.Project(ctx, w.scope, projectID); err != nil {
			return err
		}
		i := slices.IndexFunc(late, func(d domain.ReportDuty) bool { return d.Project.ID == projectID })
		if i < 0 {
			return domain.Conflict("nothing_overdue")
		}
		n := dutyNotice(domain.NoticeReportUrged, late[i], s.Today())
		told, err := w.tell(ctx, n)
		if err != nil {
			return err
		}
		if told == 0 {
			return s.whyNobodyWasTold(ctx, w, n)
		}
		return w.note(facts{}, facts{"missed": late[i].Missed, "told": told})
	})
}

func (s *Service) whyNobodyWasTold(ctx context.Context, w *write, n domain.Notice) error {
	urged, err := w.LastNoticeOf(ctx, n.Kind, n.ObjectKind, []int64{n.ObjectID})
	if err != nil {
		return err
	}
	if at, ok := urged[n.ObjectID]; ok && domain.DateOf(at.In(s.zone)) == s.Today() {
		return domain.Conflict("urged_today")
	}
	return domain.Conflict("nobody_to_urge")
}
