package service

import (
	"context"

	"zhongda/domain"
	"zhongda/repository"
)

// ChangeOwnPassword needs the current password, wrong tries of which count like those of signing in, and signs out every
// other browser of the account.
func (s *Service) ChangeOwnPassword(ctx context.Context, current, wanted string) error {
	actor := domain.ActorFrom(ctx)
	a := act{action: "user.password", objectKind: "user", objectID: actor.User.ID}
	if err := s.mayTryPassword(ctx, actor.User.Username); err != nil {
		return err
	}
	_, hash, _, err := s.store.Credential(ctx, actor.User.Username)
	if err != nil {
		return err
	}
	matches, err := s.passwords.Verify(ctx, hash, current)
	if err != nil {
		return err
	}
	if !matches {
		return s.failPassword(ctx, a, actor.User.Username, domain.Invalid("current", "wrong_password"))
	}
	if current == wanted {
		return domain.Invalid("new", "same_password")
	}
	if err := domain.CheckPassword("new", actor.User.Username, wanted); err != nil {
		return err
	}
	return s.store.Tx(ctx, func(tx *repository.Store) error {
		if err := s.setPassword(ctx, tx, actor.User.ID, wanted, false); err != nil {
			return err
		}
		if err := tx.EndUserSessions(ctx, actor.User.ID, s.now(), actor.Session); err != nil {
			return err
		}
		return appendRecord(ctx, tx, s.record(ctx, a, domain.AuditDone))
	})
}

func (s *Service) setPassword(ctx context.Context, tx *repository.Store, userID int64, password string, mustChange bool) error {
	hash, err := s.passwords.Hash(ctx, password)
	if err != nil {
		return err
	}
	return tx.SetPassword(ctx, userID, hash, mustChange)
}

// mayTryPassword makes a name wait that was tried wrongly too often, wherever its password is asked for.
func (s *Service) mayTryPassword(ctx context.Context, username string) error {
	failures, err := s.store.SignInFailures(ctx, cutName(username), s.now().Add(-domain.SignInWindow))
	if err != nil {
		return err
	}
	if failures >= domain.SignInAttempts {
		return &domain.Error{
			Kind: domain.KindTooMany, Code: "sign_in_wait", Params: domain.Params("minutes", int(domain.SignInWindow.Minutes())),
		}
	}
	return nil
}

// failPassword counts and records a wrong password under the name that was typed, cut to a name's length, and gives the
// failure back.
func (s *Service) failPassword(ctx context.Context, a act, username string, failure *domain.Error) error {
	record := s.record(ctx, a, domain.AuditFailed)
	record.Actor, record.Reason = cutName(username), reasonOf(failure)
	err := s.store.Tx(ctx, func(tx *repository.Store) error {
		if err := tx.AddSignInFailure(ctx, cutName(username), s.now()); err != nil {
			return err
		}
		return appendRecord(ctx, tx, record)
	})
	if err != nil {
		return err
	}
	return failure
}

// reasonOf is the code of what was refused: of its field where it has one.
func reasonOf(failure *domain.Error) string {
	if len(failure.Fields) > 0 {
		return failure.Fields[0].Code
	}
	return failure.Code
}
