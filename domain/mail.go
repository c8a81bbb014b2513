package domain

import (
	"errors"
	"regexp"
	"strings"
	"time"
	"unicode"
)

// MailHabit is how somebody wants notices by e-mail: each as it happens, once a day, or not at all.
type MailHabit string

// The habits. Reminders of a day come with the daily letter to everybody who gets e-mail.
const (
	MailImmediate MailHabit = "immediate"
	MailDigest    MailHabit = "digest"
	MailNone      MailHabit = "none"
)

// MailHabits lists them.
func MailHabits() []MailHabit { return []MailHabit{MailImmediate, MailDigest, MailNone} }

// MailAddress is where a person's notices go, and how. An empty Email gets none.
type MailAddress struct {
	UserID int64
	Email  string
	Habit  MailHabit
}

// mailPattern takes the plain form of an address only: no name before it, no quotes, no comment, nothing that a header
// could be broken with.
var mailPattern = regexp.MustCompile(`^[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+$`)

// mailBytes is the longest address of RFC 5321.
const mailBytes = 254

// CheckMailAddress refuses what is no plain address; an empty one takes the address away.
func CheckMailAddress(email string) error {
	if email != "" && (len(email) > mailBytes || !mailPattern.MatchString(email)) {
		return Invalid("email", "email_form")
	}
	return nil
}

// Letter is one e-mail, in plain text. RecipientID and Occasion together are written once.
type Letter struct {
	ID          int64
	RecipientID int64
	Occasion    string
	Address     string
	Subject     string
	Body        string
	QueuedAt    time.Time
	Attempts    int
}

// ErrMailRefused says that a mail server will not take a letter, now or later.
var ErrMailRefused = errors.New("the mail server refuses the letter for good")

// MailTries is how often a letter is tried before it is given up.
const MailTries = 8

// NextMailTry is when to try again after so many attempts in vain: after a minute, then four times as long each time, and
// at most six hours. ok is false when it is time to give up.
func NextMailTry(attempts int, now time.Time) (at time.Time, ok bool) {
	const longest = 6 * time.Hour
	wait := time.Minute
	for range attempts - 1 {
		wait = min(wait*4, longest)
	}
	return now.Add(wait), attempts < MailTries
}

// OneLine makes words fit for a subject: control characters, line breaks among them, become spaces.
func OneLine(words string) string {
	return strings.Join(strings.FieldsFunc(words, func(r rune) bool { return unicode.IsControl(r) || r == '\u2028' || r == '\u2029' }), " ")
}
