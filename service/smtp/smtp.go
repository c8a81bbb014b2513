// Package smtp hands letters to a mail server.
package smtp

import (
	"bytes"
	"context"
	"crypto/tls"
	"crypto/x509"
	"encoding/base64"
	"errors"
	"fmt"
	"mime"
	"net"
	"net/mail"
	"net/smtp"
	"net/textproto"
	"strings"
	"time"

	"zhongda/domain"
)

// TLS is how the way to the server is closed to others.
type TLS string

// The ways: STARTTLS on a plain connection, TLS from the first byte, and none, for a relay on the same machine.
const (
	StartTLS  TLS = "starttls"
	DirectTLS TLS = "tls"
	NoTLS     TLS = "none"
)

// Options of a mail server. An empty User sends without signing in; Roots nil trusts the certificate
// authorities of the system.
type Options struct {
	Host     string
	Port     string
	User     string
	Password string
	From     mail.Address
	TLS      TLS
	Roots    *x509.CertPool
}

// Mailer sends through one server, with a connection for each letter. It is safe for concurrent use.
type Mailer struct{ o Options }

// New refuses options that would send a password in the clear or cannot name a sender.
func New(o Options) (*Mailer, error) {
	switch {
	case o.TLS != StartTLS && o.TLS != DirectTLS && o.TLS != NoTLS:
		return nil, fmt.Errorf("TLS mode %q: want starttls, tls or none", o.TLS)
	case o.TLS == NoTLS && o.User != "":
		return nil, errors.New("a password is not sent without TLS")
	case domain.CheckMailAddress(o.From.Address) != nil || o.From.Address == "":
		return nil, fmt.Errorf("sender %q is no mail address", o.From.Address)
	}
	return &Mailer{o: o}, nil
}

// Send hands over one letter. Its error wraps domain.ErrMailRefused where the server refused the letter or its address for
// good (a reply of 5xx to either); a server that refuses everybody may be mended, so that is not final.
func (m *Mailer) Send(ctx context.Context, letter domain.Letter) error {
	client, err := m.connect(ctx)
	if err != nil {
		return fmt.Errorf("mail server %s: %w", net.JoinHostPort(m.o.Host, m.o.Port), err)
	}
	defer func() { _ = client.Close() }()
	defer context.AfterFunc(ctx, func() { _ = client.Close() })()
	if err := m.introduce(client); err != nil {
		return fmt.Errorf("mail server %s: %w", m.o.Host, err)
	}
	if err := client.Rcpt(letter.Address); err != nil {
		return final(fmt.Errorf("recipient: %w", err))
	}
	return final(transfer(client, m.message(letter)))
}

func (m *Mailer) connect(ctx context.Context) (*smtp.Client, error) {
	conn, err := (&net.Dialer{}).DialContext(ctx, "tcp", net.JoinHostPort(m.o.Host, m.o.Port))
	if err != nil {
		return nil, err
	}
	if deadline, ok := ctx.Deadline(); ok {
		err = conn.SetDeadline(deadline)
	}
	if m.o.TLS == DirectTLS {
		conn = tls.Client(conn, m.tls())
	}
	var client *smtp.Client
	if err == nil {
		client, err = smtp.NewClient(conn, m.o.Host)
	}
	if err != nil {
		return nil, errors.Join(err, conn.Close())
	}
	return client, nil
}

func (m *Mailer) tls() *tls.Config {
	return &tls.Config{MinVersion: tls.VersionTLS12, ServerName: m.o.Host, RootCAs: m.o.Roots}
}

func (m *Mailer) introduce(client *smtp.Client) error {
	if err := client.Hello("localhost"); err != nil {
		return err
	}
	if m.o.TLS == StartTLS {
		if err := client.StartTLS(m.tls()); err != nil {
			return err
		}
	}
	if m.o.User != "" {
		if err := client.Auth(smtp.PlainAuth("", m.o.User, m.o.Password, m.o.Host)); err != nil {
			return err
		}
	}
	return client.Mail(m.o.From.Address)
}

func transfer(client *smtp.Client, message []byte) error {
	w, err := client.Data()
	if err != nil {
		return err
	}
	if _, err := w.Write(message); err != nil {
		return err
	}
	if err := w.Close(); err != nil {
		return err
	}
	_ = client.Quit() // the letter is taken; how they part does not matter
	return nil
}

const firstFinal = 500 // SMTP replies from here on are for good

func final(err error) error {
	var reply *textproto.Error
	if errors.As(err, &reply) && reply.Code >= firstFinal {
		return fmt.Errorf("%w: %w", domain.ErrMailRefused, err)
	}
	return err
}

// message writes the letter so that no word in it can become a header: the subject is encoded, the body base64.
func (m *Mailer) message(letter domain.Letter) []byte {
	_, host, _ := strings.Cut(m.o.From.Address, "@")
	var text bytes.Buffer
	for _, header := range [][2]string{
		{"From", m.o.From.String()},
		{"To", (&mail.Address{Address: letter.Address}).String()},
		{"Subject", mime.BEncoding.Encode("utf-8", domain.OneLine(letter.Subject))},
		{"Date", letter.QueuedAt.Format(time.RFC1123Z)},
		{"Message-ID", fmt.Sprintf("<letter.%d.%d@%s>", letter.ID, letter.QueuedAt.Unix(), host)},
		{"Auto-Submitted", "auto-generated"},
		{"MIME-Version", "1.0"},
		{"Content-Type", "text/plain; charset=utf-8"},
		{"Content-Transfer-Encoding", "base64"},
	} {
		fmt.Fprintf(&text, "%s: %s\r\n", header[0], header[1])
	}
	text.WriteString("\r\n")
	body := base64.StdEncoding.EncodeToString([]byte(strings.ReplaceAll(letter.Body, "\n", "\r\n")))
	const width = 76 // RFC 2045
	for len(body) > width {
		text.WriteString(body[:width] + "\r\n")
		body = body[width:]
	}
	text.WriteString(body + "\r\n")
	return text.Bytes()
}
