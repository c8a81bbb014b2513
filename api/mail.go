package api

import (
	"context"

	"zhongda/domain"
	"zhongda/service"
)

// MailSetting is where the reader wants notices by e-mail, and how: each as it happens, once a day, or none. email is empty
// for nobody's; available says whether this installation sends any.
type MailSetting struct {
	Email     string           `json:"email"`
	Habit     domain.MailHabit `json:"habit"`
	Available bool             `json:"available"`
}

func mailSetting(s service.MailSetting, err error) (MailSetting, error) {
	return MailSetting{Email: s.Email, Habit: s.Habit, Available: s.Available}, err
}

func (h handlers) getMail(ctx context.Context, _ None) (MailSetting, error) {
	return mailSetting(h.service.MailSetting(ctx))
}

type setMailIn struct {
	Email string           `json:"email" validate:"max=254"`
	Habit domain.MailHabit `json:"habit"`
}

func (h handlers) setMail(ctx context.Context, in setMailIn) (MailSetting, error) {
	return mailSetting(h.service.SetMail(ctx, in.Email, in.Habit))
}
