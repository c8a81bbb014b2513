package repository

import (
	"context"
	"time"

	"zhongda/domain"
)

// MailAddress is where one account wants its notices.
func (s *Store) MailAddress(ctx context.Context, userID int64) (domain.MailAddress, error) {
	var row struct{ Email, MailHabit string }
	err := s.conn(ctx).Raw("SELECT email, mail_habit FROM app_user WHERE id = ?", userID).Scan(&row).Error
	return domain.MailAddress{UserID: userID, Email: row.Email, Habit: domain.MailHabit(row.MailHabit)}, failure("read the mail address", err)
}

// SetMailAddress writes it. The account's version stays: nobody else edits these fields.
func (s *Store) SetMailAddress(ctx context.Context, a domain.MailAddress) error {
	err := s.conn(ctx).Exec("UPDATE app_user SET email = ?, mail_habit = ? WHERE id = ?", a.Email, string(a.Habit), a.UserID).Error
	return failure("write the mail address", err)
}

// AddLetter puts a letter into the outbox; one that is there already stays as it is. Written tells whether it is new.
func (s *Store) AddLetter(ctx context.Context, l domain.Letter) (written bool, err error) {
	result := s.conn(ctx).Exec(`INSERT INTO mail (recipient_id, occasion, address, subject, body, queued_at, next_at)
		VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT ON CONSTRAINT mail_once DO NOTHING`,
		l.RecipientID, l.Occasion, l.Address, l.Subject, l.Body, l.QueuedAt, l.QueuedAt)
	return result.RowsAffected == 1, failure("write a letter", result.Error)
}

type letterRow struct {
	ID          int64
	RecipientID int64
	Occasion    string
	Address     string
	Subject     string
	Body        string
	QueuedAt    time.Time
	Attempts    int
}

// TakeLetter gives the caller alone the letter that waits longest, until lease ends; nil when none is due. Those of
// accounts disabled since are left lying.
func (s *Store) TakeLetter(ctx context.Context, now time.Time, lease time.Duration) (*domain.Letter, error) {
	var rows []letterRow
	err := s.conn(ctx).Raw(`UPDATE mail SET next_at = ?, attempts = attempts + 1
		WHERE id = (SELECT m.id FROM mail m JOIN app_user u ON u.id = m.recipient_id
			WHERE m.sent_at IS NULL AND m.abandoned_at IS NULL AND m.next_at <= ? AND NOT u.disabled
			ORDER BY m.next_at, m.id LIMIT 1 FOR UPDATE OF m SKIP LOCKED)
		RETURNING id, recipient_id, occasion, address, subject, body, queued_at, attempts`, now.Add(lease), now).Scan(&rows).Error
	if err != nil || len(rows) == 0 {
		return nil, failure("take a letter", err)
	}
	letter := domain.Letter(rows[0])
	return &letter, nil
}

// SetLetterSent ends a letter well; it is never taken again.
func (s *Store) SetLetterSent(ctx context.Context, id int64, at time.Time) error {
	err := s.conn(ctx).Exec("UPDATE mail SET sent_at = ?, error = '' WHERE id = ? AND sent_at IS NULL", at, id).Error
	return failure("mark a letter sent", err)
}

// SetLetterFailed notes why a letter could not be sent: to be tried again at next, or given up at abandoned, one of which
// is zero.
func (s *Store) SetLetterFailed(ctx context.Context, id int64, why string, next, abandoned time.Time) error {
	err := s.conn(ctx).Exec(`UPDATE mail SET error = left(?, 500), next_at = coalesce(?, next_at), abandoned_at = ?
		WHERE id = ? AND sent_at IS NULL`, why, orNull(next), orNull(abandoned), id).Error
	return failure("note a letter's failure", err)
}

type mailRow struct {
	Notice noticeRow `gorm:"embedded"`
	Email  string
}

// MailNotices gives those among the notices whose recipients want a letter of each as it happens.
func (s *Store) MailNotices(ctx context.Context, ids []int64) ([]domain.MailNotice, error) {
	var filter conditions
	filter.add("ids", "n.id = ANY (@ids) AND u.mail_habit = 'immediate'", arguments{"ids": array[int64](ids)})
	notices, err := s.mailNotices(ctx, filter)
	return notices, failure("gather the letters", err)
}

// DigestNotices gives everybody who wants e-mail at all what the daily letter tells: the unread notices since their last
// one, or since a time where there was none, by recipient and age. Who is told of each thing as it happens finds only
// reminders (kinds) in it.
func (s *Store) DigestNotices(ctx context.Context, since time.Time, reminders []domain.NoticeKind) ([]domain.MailNotice, error) {
	const last = "SELECT max(m.queued_at) FROM mail m WHERE m.recipient_id = u.id AND m.occasion LIKE 'digest %'"
	var filter conditions
	filter.add("unread", "n.read_at IS NULL", nil)
	filter.add("habit", "u.mail_habit = 'digest' OR u.mail_habit = 'immediate' AND n.kind = ANY (@reminders)",
		arguments{"reminders": array[string](texts(reminders))})
	filter.add("since", "n.at > coalesce(("+last+"), @since)", arguments{"since": since})
	notices, err := s.mailNotices(ctx, filter)
	return notices, failure("gather the daily letters", err)
}

func (s *Store) mailNotices(ctx context.Context, filter conditions) ([]domain.MailNotice, error) {
	query := "SELECT " + noticeColumns + ", u.email AS email" + noticeTables + ` JOIN app_user u ON u.id = n.recipient_id
		WHERE u.email <> '' AND NOT u.disabled AND ` + filter.where() + " ORDER BY n.recipient_id, n.id"
	var rows []mailRow
	if err := s.query(ctx, query, filter.arguments()).Scan(&rows).Error; err != nil {
		return nil, err
	}
	notices := make([]domain.MailNotice, len(rows))
	for i, r := range rows {
		var err error
		if notices[i].Delivery, err = r.Notice.delivery(); err != nil {
			return nil, err
		}
		notices[i].Email = r.Email
	}
	return notices, nil
}
