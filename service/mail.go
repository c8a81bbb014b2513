package service

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"zhongda/domain"
	"zhongda/repository"
)

// Mailer hands a letter to the post. Its error wraps domain.ErrMailRefused where trying again is in vain.
type Mailer interface {
	Send(ctx context.Context, letter domain.Letter) error
}

// Post is how letters are written: URL is the address of the pages, without a slash at its end. Where no mail server is
// set there is none, and no letter is written.
type Post struct {
	Mailer Mailer
	URL    string // of the pages, without a slash at its end
}

// MailSetting is where the reader wants notices, and whether this installation sends any.
type MailSetting struct {
	domain.MailAddress
	Available bool
}

// MailSetting reads the reader's own.
func (s *Service) MailSetting(ctx context.Context) (MailSetting, error) {
	user, err := reader(ctx)
	if err != nil {
		return MailSetting{}, err
	}
	address, err := s.store.MailAddress(ctx, user.ID)
	return MailSetting{MailAddress: address, Available: s.post != nil}, err
}

// SetMail writes the reader's own address and habit; an empty address ends all letters.
func (s *Service) SetMail(ctx context.Context, email string, habit domain.MailHabit) (MailSetting, error) {
	user, err := reader(ctx)
	if err != nil {
		return MailSetting{}, err
	}
	if err := domain.CheckMailAddress(email); err != nil {
		return MailSetting{}, err
	}
	wanted := domain.MailAddress{UserID: user.ID, Email: email, Habit: habit}
	err = s.store.Tx(ctx, func(tx *repository.Store) error {
		before, err := tx.MailAddress(ctx, user.ID)
		if err != nil {
			return err
		}
		if err := tx.SetMailAddress(ctx, wanted); err != nil {
			return err
		}
		record := s.record(ctx, act{action: "user.mail", objectKind: "user", objectID: user.ID}, domain.AuditDone)
		if record.Before, record.After, err = changed(mailFacts(before), mailFacts(wanted)); err != nil {
			return err
		}
		return appendRecord(ctx, tx, record)
	})
	return MailSetting{MailAddress: wanted, Available: s.post != nil}, err
}

func mailFacts(a domain.MailAddress) facts {
	return facts{"email": a.Email, "mailHabit": string(a.Habit)}
}

// queue writes the letters of notices for those who want each as it happens, in the same transaction.
func (p *Post) queue(ctx context.Context, tx *repository.Store, ids []int64, at time.Time) error {
	if p == nil || len(ids) == 0 {
		return nil
	}
	notices, err := tx.MailNotices(ctx, ids)
	if err != nil {
		return err
	}
	for _, n := range notices {
		if _, err := tx.AddLetter(ctx, p.letter(n, at)); err != nil {
			return err
		}
	}
	return nil
}

// letter is one notice as an e-mail.
func (p *Post) letter(n domain.MailNotice, at time.Time) domain.Letter {
	sentence := noticeSentence(n.Delivery)
	return domain.Letter{
		RecipientID: n.RecipientID, Occasion: fmt.Sprintf("notice %d", n.ID), Address: n.Email, QueuedAt: at,
		Subject: domain.OneLine("【重大项目】" + sentence),
		Body:    sentence + "。\n\n" + p.URL + noticePath(n.Delivery) + "\n\n" + p.farewell(),
	}
}

func (p *Post) farewell() string {
	return "--\n本邮件由重大项目管理系统自动发送，请勿回复。接收方式可在“账号”页修改：" + p.URL + "/me\n"
}

// digestLines is how many notices one letter spells out.
const digestLines = 50

func (p *Post) digest(day string, notices []domain.MailNotice, at time.Time) domain.Letter {
	var body strings.Builder
	fmt.Fprintf(&body, "您有 %d 条未读消息：\n\n", len(notices))
	for _, n := range notices[:min(len(notices), digestLines)] {
		fmt.Fprintf(&body, "· %s\n  %s%s\n", noticeSentence(n.Delivery), p.URL, noticePath(n.Delivery))
	}
	if more := len(notices) - digestLines; more > 0 {
		fmt.Fprintf(&body, "\n另有 %d 条，请在系统中查看。\n", more)
	}
	fmt.Fprintf(&body, "\n全部消息：%s/inbox\n\n%s", p.URL, p.farewell())
	return domain.Letter{
		RecipientID: notices[0].RecipientID, Occasion: "digest " + day, Address: notices[0].Email, QueuedAt: at,
		Subject: fmt.Sprintf("【重大项目】%s 待阅消息 %d 条", day, len(notices)), Body: body.String(),
	}
}

// digestReach is how far back the first daily letter of a person looks.
const digestReach = 7 * 24 * time.Hour

// writeDigests is the job of the daily letter: one for everybody who has something unread to hear of.
func (s *Service) writeDigests(ctx context.Context, day string) (string, error) {
	if s.post == nil {
		return "no mail server is set", nil
	}
	written := 0
	err := s.store.Tx(ctx, func(tx *repository.Store) error {
		now := s.now()
		notices, err := tx.DigestNotices(ctx, now.Add(-digestReach), domain.Reminders())
		if err != nil {
			return err
		}
		for len(notices) > 0 {
			own := 1
			for own < len(notices) && notices[own].RecipientID == notices[0].RecipientID {
				own++
			}
			fresh, err := tx.AddLetter(ctx, s.post.digest(day, notices[:own], now))
			if err != nil {
				return err
			}
			if fresh {
				written++
			}
			notices = notices[own:]
		}
		return nil
	})
	return fmt.Sprintf("%d letters", written), err
}

// The outbox is looked at every mailEvery. A letter that was taken and not heard of for mailLease is taken again: a
// process may have ended between sending and noting it, so the mail server can get a letter twice, under one Message-ID.
const (
	mailEvery   = 30 * time.Second
	mailLease   = 10 * time.Minute
	mailTimeout = time.Minute
	mailBatch   = 200 // letters of one turn
	// So many failures in a row are the server's, and the turn ends.
	mailFailures = 3
)

// sendMail is the job that empties the outbox.
func (s *Service) sendMail(ctx context.Context, _ string) (string, error) {
	if s.post == nil {
		return "no mail server is set", nil
	}
	sent, failed, row := 0, 0, 0
	for sent+failed < mailBatch && row < mailFailures && ctx.Err() == nil {
		letter, err := s.store.TakeLetter(ctx, s.now(), mailLease)
		if err != nil {
			return "", err
		}
		if letter == nil {
			break
		}
		if err := s.sendLetter(ctx, *letter); err != nil {
			s.log.WarnContext(ctx, "letter not sent", "letter", letter.ID, "attempt", letter.Attempts, "error", err)
			failed, row = failed+1, row+1
			continue
		}
		sent, row = sent+1, 0
	}
	return fmt.Sprintf("%d sent, %d failed", sent, failed), nil
}

func (s *Service) sendLetter(ctx context.Context, letter domain.Letter) error {
	sending, cancel := context.WithTimeout(ctx, mailTimeout)
	defer cancel()
	err := s.post.Mailer.Send(sending, letter)
	now := s.now()
	if err == nil {
		return s.store.SetLetterSent(ctx, letter.ID, now)
	}
	next, again := domain.NextMailTry(letter.Attempts, now)
	if again && !errors.Is(err, domain.ErrMailRefused) {
		return errors.Join(err, s.store.SetLetterFailed(ctx, letter.ID, err.Error(), next, time.Time{}))
	}
	return errors.Join(err, s.store.SetLetterFailed(ctx, letter.ID, err.Error(), time.Time{}, now))
}
