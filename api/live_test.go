package api_test

import (
	"bufio"
	"context"
	"encoding/json"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"runtime/pprof"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"zhongda/api"
	"zhongda/domain"
)

// What must come is waited for this long; a test that passes does not take it.
const soon = 20 * time.Second

// event is one server-sent event.
type event struct {
	name string
	data api.Bulletin
}

// streamServer serves the product with timeouts shorter than any stream.
func (p *product) streamServer(t *testing.T) *httptest.Server {
	t.Helper()
	assembled, err := api.NewProduct(api.ProductOptions{
		Service: p.service, Pages: http.NotFoundHandler(), Ready: func(context.Context) error { return nil },
		Log: slog.New(slog.DiscardHandler), Demo: true,
	})
	require.NoError(t, err)
	server := httptest.NewUnstartedServer(assembled.Handler())
	server.Config.ReadTimeout, server.Config.WriteTimeout = 300*time.Millisecond, 300*time.Millisecond
	server.Start()
	t.Cleanup(server.Close)
	return server
}

// listen opens a stream with the session of a token and hands out its events, until the stream or ctx ends.
func listen(ctx context.Context, t *testing.T, server *httptest.Server, token string) <-chan event {
	t.Helper()
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, server.URL+"/api/v1/events", http.NoBody)
	require.NoError(t, err)
	request.AddCookie(&http.Cookie{Name: "sid", Value: token})
	request.Header.Set("Accept-Encoding", "gzip, br")
	answer, err := server.Client().Do(request) //nolint:bodyclose // the reader of its lines closes it
	require.NoError(t, err)
	require.Equal(t, http.StatusOK, answer.StatusCode)
	require.Equal(t, "text/event-stream", answer.Header.Get("Content-Type"))
	require.Equal(t, "no-store", answer.Header.Get("Cache-Control"))
	require.Equal(t, "no", answer.Header.Get("X-Accel-Buffering"), "a proxy must not collect events")
	require.Empty(t, answer.Header.Get("Content-Encoding"))
	events := make(chan event)
	go func() {
		defer close(events)
		defer func() { _ = answer.Body.Close() }()
		var e event
		for lines := bufio.NewScanner(answer.Body); lines.Scan(); {
			field, value, _ := strings.Cut(lines.Text(), ": ")
			switch field {
			case "event":
				e.name = value
			case "data":
				_ = json.Unmarshal([]byte(value), &e.data)
			case "":
				if e.name != "" {
					events <- e
				}
				e = event{}
			}
		}
	}()
	return events
}

func receive(t *testing.T, events <-chan event) event {
	t.Helper()
	select {
	case e := <-events:
		return e
	case <-time.After(soon):
		require.Fail(t, "nothing was told")
		return event{}
	}
}

func (p *product) token(t *testing.T, username string) string {
	t.Helper()
	token, _, err := p.service.SignIn(t.Context(), username, demoPassword, "browser")
	require.NoError(t, err)
	return token
}

func TestAStreamOutlivesEveryTimeoutAndEndsWithItsSession(t *testing.T) {
	p := newProduct(t)
	ctx, stop := context.WithCancel(t.Context())
	stopped := make(chan struct{})
	go func() { defer close(stopped); p.service.ListenForChanges(ctx) }()
	server := p.streamServer(t)
	token := p.token(t, "manager")
	events := listen(t.Context(), t, server, token)
	require.Equal(t, "begin", receive(t, events).name)
	browser := p.signedIn(t, p.bureauA+".editor")
	for began := time.Now(); time.Since(began) < time.Second; {
		r := p.patch(t, browser, p.own, map[string]string{"summary": "概况" + time.Now().String()})
		require.Equal(t, http.StatusOK, r.Status, "%s", r.Body)
		e := receive(t, events)
		if e.name == "resync" { // the first connection to the database was made after the stream
			continue
		}
		require.Equal(t, event{"news", api.Bulletin{News: []api.News{{
			Noun: domain.LiveProject, IDs: []int64{p.own}, Projects: []int64{p.own},
		}}}}, e)
	}

	leaver, leave := context.WithCancel(t.Context())
	left := listen(leaver, t, server, token)
	require.Equal(t, "begin", receive(t, left).name)
	require.Equal(t, 2, p.service.Streams())
	leave()
	require.Eventually(t, func() bool { return p.service.Streams() == 1 }, soon, time.Millisecond, "who left is forgotten")

	actor, err := p.service.Identify(t.Context(), token)
	require.NoError(t, err)
	require.NoError(t, p.service.SignOut(domain.WithActor(t.Context(), actor)))
	for e := receive(t, events); e.name != "end"; e = receive(t, events) {
		require.Contains(t, []string{"news", "resync"}, e.name)
	}
	_, open := <-events
	require.False(t, open, "the connection stays")

	stop()
	<-stopped
	require.Zero(t, p.service.Streams())
	require.Eventually(t, func() bool { return !running("api.EventStream") && !running("ListenForChanges") }, soon, time.Millisecond, "goroutines stay")
}

// running reports whether any goroutine is inside a function of this name.
func running(function string) bool {
	var all strings.Builder
	_ = pprof.Lookup("goroutine").WriteTo(&all, 1)
	return strings.Contains(all.String(), function)
}

// A server that stops is not held up by those who listen.
func TestStoppingSaysSo(t *testing.T) {
	p := newProduct(t)
	ctx, stop := context.WithCancel(t.Context())
	stopped := make(chan struct{})
	go func() { defer close(stopped); p.service.ListenForChanges(ctx) }()
	events := listen(t.Context(), t, p.streamServer(t), p.token(t, "manager"))
	require.Equal(t, "begin", receive(t, events).name)
	stop()
	<-stopped
	for e := receive(t, events); ; e = receive(t, events) {
		if e.name == "end" {
			require.Equal(t, domain.StreamStopping, *e.data.End)
			return
		}
	}
}
