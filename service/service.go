// Package service holds the use cases. Each one asks for permission first, then loads, applies the domain's rule, saves
// and writes the audit record, all in one transaction. The access policy lives here and only here.
package service

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"zhongda/domain"
	"zhongda/repository"
)

// Service offers every use case. Its methods take the actor from the context, are safe for concurrent use, and return
// *domain.Error for everything a caller can do something about.
type Service struct {
	store     *repository.Store
	access    *Access
	passwords *Passwords
	now       func() time.Time
	zone      *time.Location
	log       *slog.Logger
	demo      bool
	post      *Post
	uploads   turnstile
	exports   turnstile
	live      *live
}

// Options are what a Service is made of. Now is the clock; Zone the business time zone, whose calendar decides what
// "today" is. Demo opens the ready-made accounts of a trial.
type Options struct {
	Store *repository.Store
	Now   func() time.Time
	Zone  *time.Location
	Log   *slog.Logger
	Demo  bool
	Post  *Post // nil where no mail server is set
}

// New fails when the access policy cannot be compiled: without it nobody may do anything.
func New(o Options) (*Service, error) {
	access, err := NewAccess()
	if err != nil {
		return nil, err
	}
	return &Service{
		store: o.Store, access: access, passwords: NewPasswords(), now: o.Now, zone: o.Zone, log: o.Log, demo: o.Demo,
		post:    o.Post,
		uploads: make(turnstile, uploadsAtOnce),
		exports: make(turnstile, exportsAtOnce),
		live:    &live{beat: streamBeat},
	}, nil
}

// Today is the current civil date in the business time zone.
func (s *Service) Today() domain.Date { return domain.DateOf(s.now().In(s.zone)) }

// Guard refuses an actor who holds none of the permissions over any row. The api floor calls it before it reads a
// request's body; the use case asks again with the rows in hand.
func (s *Service) Guard(ctx context.Context, anyOf ...domain.Permission) error {
	var refusal error = &domain.Error{Kind: domain.KindInternal, Code: "route_without_permission"}
	actor := domain.ActorFrom(ctx)
	for _, permission := range anyOf {
		if permission == domain.PermissionPublic || (permission == domain.PermissionSignedIn && actor.SignedIn()) {
			return nil
		}
		if _, refusal = s.access.require(actor, permission); refusal == nil {
			return nil
		}
	}
	if domain.KindOf(refusal) == domain.KindForbidden && len(anyOf) > 0 {
		s.recordRefusal(ctx, aimed(ctx, anyOf[0]), refusal)
	}
	return refusal
}

// aimed is the act that a request set out to do, as far as its path tells.
func aimed(ctx context.Context, permission domain.Permission) act {
	origin := domain.OriginFrom(ctx)
	a := act{permission: permission, objectKind: origin.Kind, objectID: origin.ID}
	if origin.Kind == "project" {
		a.projectID = origin.ID
	}
	return a
}

// act is what somebody sets out to do, as the audit record names it.
type act struct {
	permission domain.Permission
	action     string
	objectKind string
	objectID   int64
	projectID  int64
	reason     string
	noProject  bool // changes no project, so that the database lets its transaction change none
}

// perform runs one use case that writes: permission, transaction announced to the database with the actor's scope,
// audit record in the same transaction. A refusal is recorded in a transaction of its own, because the first is undone.
func (s *Service) perform(ctx context.Context, a act, do func(w *write) error) error {
	scope, err := s.access.require(domain.ActorFrom(ctx), a.permission)
	if a.noProject {
		scope = domain.Scope{}
	}
	if err == nil {
		err = s.store.Write(ctx, scope, func(tx *repository.Store) error {
			w := &write{Store: tx, scope: scope, post: s.post, record: s.record(ctx, a, domain.AuditDone)}
			if err := do(w); err != nil {
				return err
			}
			return appendRecord(ctx, tx, w.record)
		})
	}
	if refused := refusalIn(err); refused != nil {
		s.recordRefusal(ctx, a, refused)
	}
	return err
}

// refusalIn finds what the audit record keeps of a failed act: the refusal itself, or the one behind a thing that the
// caller is only told to be absent.
func refusalIn(err error) error {
	var hidden *domain.Error
	if errors.As(err, &hidden) && hidden.Kind == domain.KindNotFound {
		err = hidden.Cause
	}
	if domain.Refused(err) {
		return err
	}
	return nil
}

// appendRecord makes the record part of the act: what cannot be recorded is not done. A database that refuses the
// record refuses this program, not the actor.
func appendRecord(ctx context.Context, tx *repository.Store, record domain.AuditRecord) error {
	err := tx.AddAudit(ctx, record)
	if domain.KindOf(err) == domain.KindForbidden {
		return &domain.Error{Kind: domain.KindInternal, Code: "internal", Cause: err}
	}
	return err
}

// write is one transaction that writes: the rows it may touch and the audit record it will leave.
type write struct {
	*repository.Store
	scope  domain.Scope
	record domain.AuditRecord
	post   *Post
	basis  facts // what the act rested on, recorded beside what it changed
}

func (s *Service) record(ctx context.Context, a act, result domain.AuditResult) domain.AuditRecord {
	actor, origin := domain.ActorFrom(ctx), domain.OriginFrom(ctx)
	if a.action == "" {
		a.action = string(a.permission)
	}
	return domain.AuditRecord{
		At: s.now(), ActorID: actor.User.ID, Actor: actor.User.Username, ActorOrganisation: actor.User.Organisation.Name,
		Address: origin.Address, RequestID: origin.RequestID, Request: origin.Request,
		Action: a.action, ObjectKind: a.objectKind, ObjectID: a.objectID, ProjectID: a.projectID,
		Result: result, Reason: a.reason,
	}
}

// recordRefusal must not hide the refusal itself: when the record cannot be written, the log says so.
func (s *Service) recordRefusal(ctx context.Context, a act, refusal error) {
	record := s.record(ctx, a, domain.AuditRefused)
	record.Reason = refusal.Error()
	err := s.store.Tx(context.WithoutCancel(ctx), func(tx *repository.Store) error { return tx.AddAudit(ctx, record) })
	if err != nil {
		s.log.ErrorContext(ctx, "refusal not recorded", "error", fmt.Errorf("audit: %w", err), "action", record.Action)
	}
}
