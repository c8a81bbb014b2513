package repository

import (
	"context"
	"time"

	"zhongda/domain"
)

// Credential is what a sign-in is checked against; NotFound("user_not_found") for a name that is no account's.
func (s *Store) Credential(ctx context.Context, username string) (userID int64, hash string, disabled bool, err error) {
	var rows []struct {
		ID           int64
		PasswordHash string
		Disabled     bool
	}
	err = s.conn(ctx).Raw("SELECT id, password_hash, disabled FROM app_user WHERE username = ?", username).Scan(&rows).Error
	if err != nil {
		return 0, "", false, failure("read the credential", err)
	}
	if len(rows) == 0 {
		return 0, "", false, userNotFound()
	}
	return rows[0].ID, rows[0].PasswordHash, rows[0].Disabled, nil
}

// CreateSession opens a session and ends the account's oldest ones beyond domain.SessionsPerUser. The update of the
// account comes first: it makes sign-ins of one account wait for each other, so that the count is right.
func (s *Store) CreateSession(ctx context.Context, userID int64, tokenHash []byte, at time.Time, address, userAgent string) (id int64, err error) {
	err = s.Tx(ctx, func(tx *Store) error {
		result := tx.conn(ctx).Exec("UPDATE app_user SET last_sign_in_at = ? WHERE id = ?", at, userID)
		if result.Error == nil && result.RowsAffected == 0 {
			return userNotFound()
		}
		if result.Error != nil {
			return result.Error
		}
		if err := tx.endOldestSessions(ctx, userID, at); err != nil {
			return err
		}
		return tx.conn(ctx).Raw(`
			INSERT INTO session (user_id, token_hash, created_at, last_seen_at, address, user_agent)
			VALUES (?, ?, ?, ?, ?, left(?, 300)) RETURNING id`, userID, tokenHash, at, at, address, userAgent).Scan(&id).Error
	})
	return id, failure("open a session", err)
}

// endOldestSessions leaves room for one more.
func (s *Store) endOldestSessions(ctx context.Context, userID int64, at time.Time) error {
	return s.conn(ctx).Exec(`
		UPDATE session SET ended_at = ?
		WHERE id IN (SELECT id FROM session
		             WHERE user_id = ? AND ended_at IS NULL AND last_seen_at > ? AND created_at > ?
		             ORDER BY created_at DESC, id DESC OFFSET ?)`,
		at, userID, at.Add(-domain.SessionIdle), at.Add(-domain.SessionAbsolute), domain.SessionsPerUser-1).Error
}

// SessionActor is who stands behind a session token at now, with the roles held at this moment. A session that ended,
// was idle too long or is too old, and any session of a disabled account, is Unauthenticated "session_ended".
func (s *Store) SessionActor(ctx context.Context, tokenHash []byte, now time.Time) (domain.Actor, error) {
	var rows []struct {
		User      userRow `gorm:"embedded"`
		SessionID int64
	}
	err := s.conn(ctx).Raw("SELECT s.id AS session_id,"+userColumns+userTables+`
		JOIN session s ON s.user_id = u.id
		WHERE s.token_hash = ? AND s.ended_at IS NULL AND s.last_seen_at > ? AND s.created_at > ? AND NOT u.disabled`,
		tokenHash, now.Add(-domain.SessionIdle), now.Add(-domain.SessionAbsolute)).Scan(&rows).Error
	if err != nil {
		return domain.Actor{}, failure("read the session", err)
	}
	if len(rows) == 0 {
		return domain.Actor{}, &domain.Error{Kind: domain.KindUnauthenticated, Code: "session_ended"}
	}
	return domain.Actor{User: rows[0].User.user(), Session: rows[0].SessionID}, nil
}

// TouchSession notes that a session is in use, at most once a minute, so that reading does not become writing.
func (s *Store) TouchSession(ctx context.Context, id int64, at time.Time) error {
	err := s.conn(ctx).Exec("UPDATE session SET last_seen_at = ? WHERE id = ? AND last_seen_at < ?", at, id, at.Add(-time.Minute)).Error
	return failure("touch the session", err)
}

// SessionOpen reports whether a session still counts at now: not ended, not idle too long, not too old, and its account not
// disabled. Asking is no use of the session.
func (s *Store) SessionOpen(ctx context.Context, id int64, now time.Time) (open bool, err error) {
	err = s.conn(ctx).Raw(`SELECT EXISTS (SELECT FROM session s JOIN app_user u ON u.id = s.user_id
		WHERE s.id = ? AND s.ended_at IS NULL AND s.last_seen_at > ? AND s.created_at > ? AND NOT u.disabled)`,
		id, now.Add(-domain.SessionIdle), now.Add(-domain.SessionAbsolute)).Scan(&open).Error
	return open, failure("look at the session", err)
}

// EndSession signs one browser out; ending an ended session changes nothing.
func (s *Store) EndSession(ctx context.Context, id int64, at time.Time) error {
	err := s.conn(ctx).Exec("UPDATE session SET ended_at = ? WHERE id = ? AND ended_at IS NULL", at, id).Error
	return failure("end the session", err)
}

// EndUserSessions signs an account out everywhere but in the session except; zero spares none.
func (s *Store) EndUserSessions(ctx context.Context, userID int64, at time.Time, except int64) error {
	err := s.conn(ctx).Exec(
		"UPDATE session SET ended_at = ? WHERE user_id = ? AND id <> ? AND ended_at IS NULL", at, userID, except).Error
	return failure("end the sessions", err)
}

// SignInFailures counts the failed sign-ins under a name since a time, whether or not the name is an account's.
func (s *Store) SignInFailures(ctx context.Context, username string, since time.Time) (count int, err error) {
	err = s.conn(ctx).Raw("SELECT count(*) FROM sign_in_failure WHERE username = ? AND at > ?", username, since).Scan(&count).Error
	return count, failure("count the failed sign-ins", err)
}

// AddSignInFailure records a failed sign-in under the name that was typed.
func (s *Store) AddSignInFailure(ctx context.Context, username string, at time.Time) error {
	err := s.conn(ctx).Exec("INSERT INTO sign_in_failure (username, at) VALUES (?, ?)", username, at).Error
	return failure("record a failed sign-in", err)
}

// ClearSignInFailures forgets the failed sign-ins of a name once its owner got in.
func (s *Store) ClearSignInFailures(ctx context.Context, username string) error {
	err := s.conn(ctx).Exec("DELETE FROM sign_in_failure WHERE username = ?", username).Error
	return failure("clear the failed sign-ins", err)
}
