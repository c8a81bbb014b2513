package service

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"strings"

	"zhongda/domain"
	"zhongda/repository"
)

// tokenBytes makes a session token 256 bits long.
const tokenBytes = 32

// SignIn checks a password and opens a session. The answer is the same for a wrong password, an unknown name, a disabled
// account and a trial's account outside a trial, and each costs a password check. After domain.SignInAttempts failures
// within domain.SignInWindow the name must wait.
func (s *Service) SignIn(ctx context.Context, username, password, userAgent string) (token string, actor domain.Actor, err error) {
	username = strings.ToLower(strings.TrimSpace(username))
	if err := s.mayTryPassword(ctx, username); err != nil {
		return "", actor, err
	}
	userID, hash, disabled, err := s.store.Credential(ctx, username)
	if err != nil && domain.KindOf(err) != domain.KindNotFound {
		return "", actor, err
	}
	matches, err := s.passwords.Verify(ctx, hash, password)
	if err != nil {
		return "", actor, err
	}
	if !matches || disabled || userID == 0 {
		return "", actor, s.failSignIn(ctx, username)
	}
	token, actor, err = s.openSession(ctx, userID, username, userAgent)
	if domain.KindOf(err) == domain.KindUnauthenticated {
		return "", actor, s.failSignIn(ctx, username)
	}
	return token, actor, err
}

func (s *Service) failSignIn(ctx context.Context, username string) error {
	failure := &domain.Error{Kind: domain.KindUnauthenticated, Code: "sign_in_failed"}
	return s.failPassword(ctx, act{action: "session.create", objectKind: "session"}, username, failure)
}

func cutName(username string) string {
	const longest = 60
	runes := []rune(username)
	return string(runes[:min(len(runes), longest)])
}

func (s *Service) openSession(ctx context.Context, userID int64, username, userAgent string) (token string, actor domain.Actor, err error) {
	raw := make([]byte, tokenBytes)
	if _, err := rand.Read(raw); err != nil {
		return "", actor, err
	}
	token = base64.RawURLEncoding.EncodeToString(raw)
	err = s.store.Tx(ctx, func(tx *repository.Store) error {
		sessionID, err := tx.CreateSession(ctx, userID, hashToken(token), s.now(), domain.OriginFrom(ctx).Address, userAgent)
		if err != nil {
			return err
		}
		if err := tx.ClearSignInFailures(ctx, username); err != nil {
			return err
		}
		if actor, err = s.sessionActor(ctx, tx, token); err != nil {
			return err
		}
		record := s.record(domain.WithActor(ctx, actor), act{action: "session.create", objectKind: "session", objectID: sessionID}, domain.AuditDone)
		return appendRecord(ctx, tx, record)
	})
	return token, actor, err
}

func hashToken(token string) []byte {
	sum := sha256.Sum256([]byte(token))
	return sum[:]
}

// Identify gives the actor behind a session token, read afresh from the database: a role taken away, a disabled account
// or an ended session count from the next request on, in every server process.
func (s *Service) Identify(ctx context.Context, token string) (domain.Actor, error) {
	actor, err := s.sessionActor(ctx, s.store, token)
	if err != nil {
		return domain.Actor{}, err
	}
	return actor, s.store.TouchSession(ctx, actor.Session, s.now())
}

// sessionActor keeps the ready-made accounts of a trial shut anywhere else.
func (s *Service) sessionActor(ctx context.Context, store *repository.Store, token string) (domain.Actor, error) {
	actor, err := store.SessionActor(ctx, hashToken(token), s.now())
	if err == nil && actor.User.Demo && !s.demo {
		return domain.Actor{}, &domain.Error{Kind: domain.KindUnauthenticated, Code: "sign_in_failed"}
	}
	return actor, err
}

// SignOut ends the session of the request.
func (s *Service) SignOut(ctx context.Context) error {
	actor := domain.ActorFrom(ctx)
	return s.store.Tx(ctx, func(tx *repository.Store) error {
		if err := tx.EndSession(ctx, actor.Session, s.now()); err != nil {
			return err
		}
		return appendRecord(ctx, tx, s.record(ctx, act{action: "session.end", objectKind: "session", objectID: actor.Session}, domain.AuditDone))
	})
}

// Permissions lists what the actor holds over any row, and the widest scope of what may be changed.
func (s *Service) Permissions(actor domain.Actor) (held []domain.Permission, scope domain.Scope) {
	for _, permission := range domain.Permissions() {
		if reach := s.access.Scope(actor, permission); !reach.Empty() {
			held = append(held, permission)
		}
	}
	return held, s.access.Scope(actor, domain.PermissionProjectEdit)
}
