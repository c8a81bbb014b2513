package smtp_test

import (
	"bufio"
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"encoding/base64"
	"io"
	"math/big"
	"mime"
	"net"
	"net/mail"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"zhongda/domain"
	"zhongda/service/smtp"
)

// server speaks SMTP on a port of this machine with one client. Reply, where a command is named in it, takes the place of
// the friendly answer.
type server struct {
	listener net.Listener
	tls      *tls.Config
	direct   bool
	replies  map[string]string
	said     chan []string // what the client said, one conversation each
}

func newServer(t *testing.T, direct bool, replies map[string]string) (*server, *x509.CertPool) {
	t.Helper()
	certificate, pool := selfSigned(t)
	s := &server{tls: &tls.Config{Certificates: []tls.Certificate{certificate}}, direct: direct, replies: replies, said: make(chan []string, 1)}
	var err error
	s.listener, err = net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		for {
			conn, err := s.listener.Accept()
			if err != nil {
				return
			}
			s.said <- s.converse(conn)
		}
	}()
	t.Cleanup(func() {
		_ = s.listener.Close()
		<-ended
	})
	return s, pool
}

func selfSigned(t *testing.T) (tls.Certificate, *x509.CertPool) {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	require.NoError(t, err)
	template := x509.Certificate{
		SerialNumber: big.NewInt(1), NotAfter: time.Now().Add(time.Hour), IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)},
		IsCA: true, BasicConstraintsValid: true,
	}
	der, err := x509.CreateCertificate(rand.Reader, &template, &template, &key.PublicKey, key)
	require.NoError(t, err)
	parsed, err := x509.ParseCertificate(der)
	require.NoError(t, err)
	pool := x509.NewCertPool()
	pool.AddCert(parsed)
	return tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key}, pool
}

func (s *server) converse(conn net.Conn) (said []string) {
	if s.direct {
		conn = tls.Server(conn, s.tls)
	}
	defer func() { _ = conn.Close() }()
	in := bufio.NewReader(conn)
	answer := func(line string) { _, _ = io.WriteString(conn, line+"\r\n") }
	answer("220 test ready")
	for {
		line, err := in.ReadString('\n')
		if err != nil {
			return said
		}
		line = strings.TrimRight(line, "\r\n")
		said = append(said, line)
		verb := strings.ToUpper(strings.Fields(line + " x")[0])
		if reply, ok := s.replies[verb]; ok {
			answer(reply)
			continue
		}
		switch verb {
		case "EHLO":
			answer("250-test\r\n250-STARTTLS\r\n250 AUTH PLAIN")
		case "STARTTLS":
			answer("220 go")
			conn = tls.Server(conn, s.tls)
			in = bufio.NewReader(conn)
		case "AUTH":
			answer("235 welcome")
		case "DATA":
			answer("354 go on")
			for line != "." {
				if line, err = in.ReadString('\n'); err != nil {
					return said
				}
				line = strings.TrimRight(line, "\r\n")
				said = append(said, line)
			}
			answer("250 taken")
		case "QUIT":
			answer("221 bye")
			return said
		default:
			answer("250 ok")
		}
	}
}

func (s *server) options(pool *x509.CertPool, mode smtp.TLS) smtp.Options {
	host, port, _ := net.SplitHostPort(s.listener.Addr().String())
	return smtp.Options{
		Host: host, Port: port, From: mail.Address{Name: "重大项目", Address: "zhongda@example.org"}, TLS: mode, Roots: pool,
		User: "zhongda", Password: "geheim-123",
	}
}

func letter() domain.Letter {
	return domain.Letter{
		ID: 7, Address: "li.wei@example.org", Subject: "【重大项目】甲\r\nBcc: all@example.org\r\n\r\n越界",
		Body: "第一行\n.\n第三行 " + strings.Repeat("很长", 200), QueuedAt: time.Date(2026, 7, 1, 1, 0, 0, 0, time.UTC),
	}
}

// A letter arrives word for word over each of the ways, and nothing in it becomes a header or a command.
func TestALetterArrives(t *testing.T) {
	t.Parallel()
	for _, mode := range []smtp.TLS{smtp.StartTLS, smtp.DirectTLS, smtp.NoTLS} {
		s, pool := newServer(t, mode == smtp.DirectTLS, nil)
		o := s.options(pool, mode)
		if mode == smtp.NoTLS {
			o.User, o.Password = "", ""
		}
		m, err := smtp.New(o)
		require.NoError(t, err)
		require.NoError(t, m.Send(t.Context(), letter()), mode)
		said := <-s.said
		data := 0
		for i, line := range said {
			require.LessOrEqual(t, len(line), 998, "RFC 5322")
			if line == "DATA" {
				data = i
			}
		}
		commands := strings.Join(said[:data], "\n")
		require.Equal(t, mode != smtp.NoTLS, strings.Contains(commands, "AUTH PLAIN "+base64.StdEncoding.EncodeToString([]byte("\x00zhongda\x00geheim-123"))))
		require.Equal(t, mode == smtp.StartTLS, strings.Contains(commands, "STARTTLS"))
		require.Contains(t, commands, "MAIL FROM:<zhongda@example.org>")
		require.Contains(t, commands, "RCPT TO:<li.wei@example.org>")
		require.Equal(t, 1, strings.Count(commands, "RCPT"))

		got, err := mail.ReadMessage(strings.NewReader(strings.Join(said[data+1:len(said)-2], "\r\n")))
		require.NoError(t, err)
		require.Len(t, got.Header, 9)
		require.Empty(t, got.Header.Get("Bcc"))
		subject, err := new(mime.WordDecoder).DecodeHeader(got.Header.Get("Subject"))
		require.NoError(t, err)
		require.Equal(t, "【重大项目】甲 Bcc: all@example.org 越界", subject)
		require.Equal(t, "<letter.7.1782867600@example.org>", got.Header.Get("Message-Id"))
		require.Equal(t, "auto-generated", got.Header.Get("Auto-Submitted"))
		from, err := got.Header.AddressList("From")
		require.NoError(t, err)
		require.Equal(t, "重大项目", from[0].Name)
		body, err := io.ReadAll(base64.NewDecoder(base64.StdEncoding, got.Body))
		require.NoError(t, err)
		require.Equal(t, strings.ReplaceAll(letter().Body, "\n", "\r\n"), string(body))
	}
}

// What a server refuses for good is told apart from what may be mended, and no error carries the password.
func TestARefusalIsFinalOrNot(t *testing.T) {
	t.Parallel()
	for reply, final := range map[string]bool{
		"RCPT 550 no such user": true, "RCPT 451 greylisted": false, "DATA 554 no spam here": true, "DATA 452 full": false,
		"MAIL 530 sign in first": false, "AUTH 535 wrong password": false, "EHLO 554 not you": false,
	} {
		verb, answer, _ := strings.Cut(reply, " ")
		s, pool := newServer(t, true, map[string]string{verb: answer, "HELO": answer})
		m, err := smtp.New(s.options(pool, smtp.DirectTLS))
		require.NoError(t, err)
		err = m.Send(t.Context(), letter())
		require.Error(t, err, reply)
		require.Equal(t, final, isFinal(err), "%s: %v", reply, err)
		require.NotContains(t, err.Error(), "geheim")
	}
}

func isFinal(err error) bool { return strings.Contains(err.Error(), domain.ErrMailRefused.Error()) }

// A server that cannot prove its name gets neither password nor letter, nor does one that offers no TLS.
func TestNoPasswordWithoutAProvenServer(t *testing.T) {
	t.Parallel()
	s, _ := newServer(t, true, nil)
	m, err := smtp.New(s.options(nil, smtp.DirectTLS))
	require.NoError(t, err)
	require.ErrorContains(t, m.Send(t.Context(), letter()), "certificate")
	require.Empty(t, <-s.said)

	plain, pool := newServer(t, false, map[string]string{"STARTTLS": "502 no"})
	m, err = smtp.New(plain.options(pool, smtp.StartTLS))
	require.NoError(t, err)
	require.Error(t, m.Send(t.Context(), letter()))
	require.NotContains(t, strings.Join(<-plain.said, "\n"), "AUTH")

	for _, spoil := range []func(*smtp.Options){
		func(o *smtp.Options) { o.TLS = smtp.NoTLS }, func(o *smtp.Options) { o.TLS = "ssl" },
		func(o *smtp.Options) { o.From.Address = "" }, func(o *smtp.Options) { o.From.Address = "a@b.de\r\nX: y" },
	} {
		o := plain.options(pool, smtp.StartTLS)
		spoil(&o)
		_, err := smtp.New(o)
		require.Error(t, err)
	}
}

// A server that says nothing does not hold a process longer than the letter may take.
func TestASilentServerIsLeft(t *testing.T) {
	t.Parallel()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	t.Cleanup(func() { _ = listener.Close() })
	host, port, _ := net.SplitHostPort(listener.Addr().String())
	m, err := smtp.New(smtp.Options{Host: host, Port: port, From: mail.Address{Address: "a@example.org"}, TLS: smtp.NoTLS})
	require.NoError(t, err)
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	var gaveUp net.Error // the connection's own deadline may pass an instant before the context's
	require.ErrorAs(t, m.Send(ctx, letter()), &gaveUp)
	require.True(t, gaveUp.Timeout())
}
