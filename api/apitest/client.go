// Package apitest drives an assembled server the way a browser does: over TLS, with cookies, JSON in and out.
package apitest

import (
	"bufio"
	"bytes"
	"encoding/json"
	"io"
	"maps"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// Server is one running server; it ends with the test.
type Server struct {
	http *httptest.Server
}

// Start runs handler over TLS, because session cookies are Secure.
func Start(t testing.TB, handler http.Handler) *Server {
	t.Helper()
	s := &Server{http: httptest.NewTLSServer(handler)}
	t.Cleanup(s.http.Close)
	return s
}

// URL is the server's origin, without a slash at the end.
func (s *Server) URL() string { return s.http.URL }

// Client is one browser: its cookies stay with it.
type Client struct {
	server *Server
	http   *http.Client
	// Headers go with every request of this client.
	Headers map[string]string
}

// Client opens a fresh browser without cookies. It does not follow redirects.
func (s *Server) Client(t testing.TB) *Client {
	t.Helper()
	jar, err := cookiejar.New(nil)
	require.NoError(t, err)
	return &Client{server: s, Headers: map[string]string{}, http: &http.Client{
		Transport:     s.http.Client().Transport,
		Jar:           jar,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}}
}

// Request is one call. A Body that is a string or []byte goes out as it is, anything else as JSON; both as
// application/json unless Headers say otherwise. A header set to "" is not sent.
type Request struct {
	Method  string
	Path    string // as it is written on the wire, query included
	Headers map[string]string
	Body    any
}

// Response is an answer, read to its end.
type Response struct {
	Status int
	Header http.Header
	Body   []byte
}

// Do sends one request; a failure to get any answer ends the test.
func (c *Client) Do(t testing.TB, r Request) Response {
	t.Helper()
	req, err := http.NewRequest(r.Method, c.server.URL()+r.Path, bytes.NewReader(encodeBody(t, r.Body)))
	require.NoError(t, err)
	if r.Body != nil {
		req.Header.Set("Content-Type", "application/json")
	}
	headers := maps.Clone(c.Headers)
	if headers == nil {
		headers = map[string]string{}
	}
	maps.Copy(headers, r.Headers)
	for name, value := range headers {
		setHeader(req, name, value)
	}
	answer, err := c.http.Do(req)
	require.NoError(t, err)
	defer func() { require.NoError(t, answer.Body.Close()) }()
	if answer.Header.Get("Content-Type") == "text/event-stream" {
		return Response{Status: answer.StatusCode, Header: answer.Header, Body: firstEvent(t, answer.Body)}
	}
	body, err := io.ReadAll(answer.Body)
	require.NoError(t, err)
	return Response{Status: answer.StatusCode, Header: answer.Header, Body: body}
}

// firstEvent is what an answer without an end begins with.
func firstEvent(t testing.TB, stream io.Reader) (event []byte) {
	t.Helper()
	lines := bufio.NewReader(stream)
	for !bytes.HasSuffix(event, []byte("\n\n")) {
		line, err := lines.ReadBytes('\n')
		require.NoError(t, err)
		event = append(event, line...)
	}
	return event
}

func setHeader(req *http.Request, name, value string) {
	switch {
	case value == "":
		req.Header.Del(name)
	case strings.EqualFold(name, "Host"):
		req.Host = value
	default:
		req.Header.Set(name, value)
	}
}

func encodeBody(t testing.TB, body any) []byte {
	t.Helper()
	switch b := body.(type) {
	case nil:
		return nil
	case string:
		return []byte(b)
	case []byte:
		return b
	}
	encoded, err := json.Marshal(body)
	require.NoError(t, err)
	return encoded
}

// Get reads path.
func (c *Client) Get(t testing.TB, path string) Response {
	t.Helper()
	return c.Do(t, Request{Method: http.MethodGet, Path: path})
}

// Post sends body to path.
func (c *Client) Post(t testing.TB, path string, body any) Response {
	t.Helper()
	return c.Do(t, Request{Method: http.MethodPost, Path: path, Body: body})
}

// Decode reads the answer's JSON into a T; a member that T does not know ends the test.
func Decode[T any](t testing.TB, r Response) T {
	t.Helper()
	var v T
	d := json.NewDecoder(bytes.NewReader(r.Body))
	d.DisallowUnknownFields()
	require.NoError(t, d.Decode(&v), "status %d, body %s", r.Status, r.Body)
	return v
}
