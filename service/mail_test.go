package service_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"zhongda/domain"
	"zhongda/repository/repositorytest"
	"zhongda/service"
)

// mailbox is where letters of a test end; refuse, where it is set, says what happens to each.
type mailbox struct {
	mu      sync.Mutex
	letters []domain.Letter
	refuse  func(domain.Letter) error
}

func (m *mailbox) Send(_ context.Context, letter domain.Letter) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.refuse != nil {
		if err := m.refuse(letter); err != nil {
			return err
		}
	}
	m.letters = append(m.letters, letter)
	return nil
}

func (m *mailbox) addresses() (addresses []string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	for _, l := range m.letters {
		addresses = append(addresses, l.Address)
	}
	slices.Sort(addresses)
	return addresses
}

func withMail(box *mailbox) func(*service.Options) {
	return func(o *service.Options) { o.Post = &service.Post{Mailer: box, URL: "https://zd.example.org"} }
}

func (o *office) wantsMail(t testing.TB, u domain.User, habit domain.MailHabit) {
	t.Helper()
	_, err := o.SetMail(as(u), u.Username+"@example.org", habit)
	require.NoError(t, err)
}

// Letters are written with the act and sent after it, to those who want each as it happens; the daily one tells the rest.
func TestLettersFollowTheHabit(t *testing.T) {
	t.Parallel()
	box := &mailbox{}
	n := newNewsroomWith(t, withMail(box))
	n.wantsMail(t, n.lead, domain.MailImmediate)
	n.wantsMail(t, n.editor, domain.MailDigest)
	n.wantsMail(t, n.double, domain.MailNone)
	n.wantsMail(t, n.reviewer, domain.MailImmediate)
	r := n.report(t, domain.ReportReturned)
	n.Exec(t, "UPDATE project SET name = $2 WHERE id = $1", r.ProjectID, "甲\r\nBcc: all@example.org")
	require.Equal(t, "drc.drc-reviewer@example.org 项目, water.bureau-lead@example.org 项目",
		n.Text(t, "SELECT string_agg(address || ' ' || substring(subject FROM '项目'), ', ' ORDER BY address) FROM mail"))
	require.Empty(t, box.letters, "nothing goes out within the act")
	n.now = time.Date(2026, 7, 2, 0, 30, 0, 0, time.UTC)
	n.RunDueJobs(t.Context())
	require.Equal(t, []string{"drc.drc-reviewer@example.org", "water.bureau-editor@example.org", "water.bureau-lead@example.org"}, box.addresses())
	for _, l := range box.letters {
		require.NotContains(t, l.Subject, "\n")
		require.Contains(t, l.Body, "https://zd.example.org/reports/"+text(r.ID))
		require.Contains(t, l.Body, "https://zd.example.org/me")
		if l.Address == "water.bureau-editor@example.org" {
			require.Equal(t, "【重大项目】2026-07-02 待阅消息 1 条", l.Subject)
			require.Contains(t, l.Body, "甲 Bcc: all@example.org 2026-06 月报被退回")
		}
	}
	n.now = n.now.Add(24 * time.Hour)
	n.RunDueJobs(t.Context())
	require.Len(t, box.letters, 3, "what one letter told the next does not tell again")
	_, err := n.ReadNotices(as(n.editor), nil, 1<<40)
	require.NoError(t, err)
	require.Equal(t, "0", n.Text(t, "SELECT count(*) FROM mail WHERE sent_at IS NULL"))
}

// An act that is undone leaves no letter; where no server is set, none is written at all.
func TestNoLetterWithoutAnActOrAServer(t *testing.T) {
	t.Parallel()
	n := newNewsroom(t)
	n.Exec(t, "UPDATE app_user SET email = 'a@example.org', mail_habit = 'immediate'")
	r := n.report(t, domain.ReportSubmitted)
	n.now = n.now.Add(24 * time.Hour)
	for _, run := range n.RunDueJobs(t.Context()) {
		require.Empty(t, run.Error)
	}
	setting, err := n.MailSetting(as(n.lead))
	require.NoError(t, err)
	require.False(t, setting.Available)
	with := n.processes(t, 1, withMail(&mailbox{}))[0]
	bad := decision(r, domain.ReportReturn)
	bad.Hash = "another"
	_, err = with.DecideReport(as(n.reviewer), bad)
	require.Equal(t, "report_hash_differs", codeOf(t, err))
	require.Equal(t, "0", n.Text(t, "SELECT count(*) FROM mail"))
	_, err = with.DecideReport(as(n.reviewer), decision(r, domain.ReportReturn))
	require.NoError(t, err)
	require.Equal(t, "3", n.Text(t, "SELECT count(*) FROM mail"))
}

// A server that is away is tried again, later each time, and in the end given up; what it refuses for good is not tried
// again, and holds nobody else up.
func TestLettersAreTriedAgain(t *testing.T) {
	t.Parallel()
	box := &mailbox{}
	n := newNewsroomWith(t, withMail(box))
	for _, u := range []domain.User{n.editor, n.lead, n.double} {
		n.wantsMail(t, u, domain.MailImmediate)
	}
	n.report(t, domain.ReportReturned)
	n.Exec(t, "UPDATE app_user SET disabled = true WHERE id = $1", n.double.ID)
	begin, tries := n.now, []string{}
	box.refuse = func(l domain.Letter) error {
		if l.Address == "water.bureau-editor@example.org" {
			return fmt.Errorf("550 no such user: %w", domain.ErrMailRefused)
		}
		tries = append(tries, n.now.Sub(begin).String())
		return fmt.Errorf("451 try later")
	}
	for minute := range 60 * 24 {
		n.now = begin.Add(time.Duration(minute) * time.Minute)
		n.RunDueJobs(t.Context())
	}
	require.Equal(t, "0s 1m0s 5m0s 21m0s 1h25m0s 5h41m0s 11h41m0s 17h41m0s", strings.Join(tries, " "))
	require.Equal(t, "water.bureau-editor 1 t 550 no such user: the mail server refuses the letter for good, water.bureau-lead 8 t 451 try later",
		n.Text(t, `SELECT string_agg(concat_ws(' ', u.username, m.attempts, m.abandoned_at IS NOT NULL, m.error), ', ' ORDER BY m.id)
			FROM mail m JOIN app_user u ON u.id = m.recipient_id WHERE NOT u.disabled AND u.username <> 'water.double'`))
	require.Empty(t, box.letters)
}

// Of many processes one sends each letter.
func TestManyProcessesShareTheOutbox(t *testing.T) {
	t.Parallel()
	box := &mailbox{}
	n := newNewsroomWith(t, withMail(box))
	n.wantsMail(t, n.lead, domain.MailImmediate)
	for range 12 {
		n.report(t, domain.ReportReturned)
	}
	processes := n.processes(t, 3, withMail(box))
	var senders atomic.Int32 // each under a name of its own, so that all empty the outbox at the same time
	runs := everywhere(processes, func(s *service.Service) []domain.JobRun {
		return s.RunJobs(context.Background(), service.MailJob(s, fmt.Sprint("outbox ", senders.Add(1))))
	})
	require.Len(t, runs, 60)
	require.Len(t, box.addresses(), 12)
	require.Equal(t, "12 12", n.Text(t, "SELECT concat_ws(' ', count(*), sum(attempts)) FROM mail WHERE sent_at IS NOT NULL"))
}

func TestOnesOwnMailAddress(t *testing.T) {
	t.Parallel()
	o := newOffice(t, withMail(&mailbox{}))
	lead, other := o.member(t, "water", domain.RoleBureauLead), o.member(t, "water", domain.RoleBureauEditor)
	setting, err := o.MailSetting(as(lead))
	require.NoError(t, err)
	require.Equal(t, service.MailSetting{MailAddress: domain.MailAddress{UserID: lead.ID, Habit: domain.MailDigest}, Available: true}, setting)
	for _, bad := range []string{"a", "a@b", "a b@c.de", "a@c.de\nBcc: x@y.de", "<a@c.de>", "甲@c.de", "a@c.de,b@c.de", strings.Repeat("a", 250) + "@c.de"} {
		_, err := o.SetMail(as(lead), bad, domain.MailImmediate)
		require.Equal(t, domain.KindInvalid, domain.KindOf(err), "%q", bad)
	}
	setting, err = o.SetMail(as(lead), "li.wei+zd@mail.example.org", domain.MailImmediate)
	require.NoError(t, err)
	require.Equal(t, "li.wei+zd@mail.example.org", setting.Email)
	require.Contains(t, o.lastRecord(t), "water.bureau-lead user.mail user "+text(lead.ID)+" done")
	setting, err = o.MailSetting(as(other))
	require.NoError(t, err)
	require.Empty(t, setting.Email)
	_, err = o.SetMail(as(lead), "", domain.MailNone)
	require.NoError(t, err)
	require.Equal(t, "none", o.Text(t, "SELECT mail_habit || email FROM app_user WHERE id = $1", lead.ID))
	_, err = o.MailSetting(t.Context())
	require.Equal(t, domain.KindUnauthenticated, domain.KindOf(err))
}

// Every kind has its sentence, and no name can put in a blank of its own.
func TestEveryKindHasASentence(t *testing.T) {
	t.Parallel()
	for _, kind := range domain.NoticeKinds() {
		require.NotEmpty(t, service.NoticeSentences()[kind], kind)
	}
	require.Len(t, service.NoticeSentences(), len(domain.NoticeKinds()))
	box := &mailbox{}
	n := newNewsroomWith(t, withMail(box))
	n.wantsMail(t, n.lead, domain.MailImmediate)
	p := n.site(t, repositorytest.Named("{period} 项目"))
	r := n.file(t, p.ID, "2026-06", filled(t))
	n.RunDueJobs(t.Context())
	require.Equal(t, domain.ReportApproved, r.State)
	require.Equal(t, "【重大项目】{period} 项目 2026-06 月报已审定", box.letters[0].Subject)
}
