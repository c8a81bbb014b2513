package api

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/require"

	"zhongda/api/apitest"
	"zhongda/domain"
)

func TestEveryAnswerCarriesTheHeaders(t *testing.T) {
	c := (&harbour{}).serve(t)
	for _, r := range []struct {
		method, path string
		status       int
	}{
		{"GET", "/api/boats", 200}, {"GET", "/api/none", 404}, {"DELETE", "/api/boats", 405}, {"POST", "/api/boats/1/sink", 500},
		{"GET", "/", 200}, {"GET", "/projects/7", 200}, {"POST", "/projects/7", 405}, {"TRACE", "/api/boats", 405}, {"GET", "/livez", 200},
		{"GET", "/api/manifest", 200}, {"GET", "/readyz", 200},
	} {
		a := c.Do(t, apitest.Request{Method: r.method, Path: r.path})
		require.Equal(t, r.status, a.Status, "%s %s", r.method, r.path)
		policy := a.Header.Get("Content-Security-Policy")
		for _, directive := range []string{"object-src 'none'", "base-uri 'none'", "frame-ancestors 'none'", "script-src 'self';"} {
			require.Contains(t, policy, directive, "%s %s", r.method, r.path)
		}
		require.Equal(t, "nosniff", a.Header.Get("X-Content-Type-Options"))
		require.NotEmpty(t, a.Header.Get("Referrer-Policy"))
		require.Contains(t, a.Header.Get("Strict-Transport-Security"), "max-age=63072000")
		require.Len(t, a.Header.Get("X-Request-Id"), 32)
		require.Empty(t, a.Header.Get("Access-Control-Allow-Origin"))
		if strings.HasPrefix(r.path, "/api") {
			require.Equal(t, "no-store", a.Header.Get("Cache-Control"))
		}
	}
}

func TestWrongMethodNamesTheRightOnes(t *testing.T) {
	c := (&harbour{}).serve(t)
	r := c.Do(t, apitest.Request{Method: "DELETE", Path: "/api/boats"})
	require.Equal(t, "GET, POST", r.Header.Get("Allow"))
	require.Equal(t, "method_not_allowed", apitest.Decode[Problem](t, r).Code)
}

func TestEverySpellingDecidesTheSame(t *testing.T) {
	h := &harbour{}
	c := h.serve(t)
	for _, path := range []string{
		"//api/boats", "/api//boats", "/api/boats/", "/api/boats/1/", "/api/./boats", "/api/x/../boats", "/API/boats", "/Api/boats",
		"/api%2fboats", "/api/boats%2f1", "/%61pi/boats", "/api/boats;a=1", "/api/boats.json", "/api/Boats", `/api\boats`, "/api", "/api/", "/x/..%2fapi/boats",
	} {
		r := c.Get(t, path)
		if path == "/%61pi/boats" { // RFC 3986 6.2.2.2: an escaped letter is the letter
			require.Contains(t, []int{200, 404}, r.Status)
			continue
		}
		require.Equal(t, http.StatusNotFound, r.Status, "%s: %s", path, r.Body)
		require.Equal(t, "application/problem+json", r.Header.Get("Content-Type"), path)
	}
	h.got = nil
	r := c.Do(t, apitest.Request{Method: "POST", Path: "/api/boats/1", Headers: map[string]string{"X-HTTP-Method-Override": "PATCH"}})
	require.Equal(t, http.StatusMethodNotAllowed, r.Status)
	require.Nil(t, h.got)
}

func TestWritesFromOtherSitesAreRefused(t *testing.T) {
	h := &harbour{}
	c := h.serve(t, func(o *Options) { o.TrustedOrigins = []string{"https://pm.example.cn"} })
	for _, headers := range []map[string]string{{"Sec-Fetch-Site": "cross-site"}, {"Sec-Fetch-Site": "same-site"}, {"Origin": "https://evil.example"}, {"Origin": "null"}} {
		r := c.Do(t, apitest.Request{Method: "POST", Path: "/api/boats", Body: goodBoat, Headers: headers})
		require.Equal(t, http.StatusForbidden, r.Status, headers)
		require.Equal(t, "cross_origin", apitest.Decode[Problem](t, r).Code)
		require.Nil(t, h.got)
	}
	for _, headers := range []map[string]string{{}, {"Sec-Fetch-Site": "same-origin"}, {"Origin": "https://pm.example.cn", "Sec-Fetch-Site": "cross-site"}} {
		r := c.Do(t, apitest.Request{Method: "POST", Path: "/api/boats", Body: goodBoat, Headers: headers})
		require.Equal(t, http.StatusCreated, r.Status, headers)
	}
}

func TestGuardDecidesBeforeAnythingIsRead(t *testing.T) {
	h := &harbour{}
	bad := apitest.Request{Method: "POST", Path: "/api/boats?x=1", Body: `{"owner"`, Headers: map[string]string{"Content-Type": "text/plain"}}

	r := h.serve(t, func(o *Options) { o.Guard = nil }).Do(t, bad)
	require.Equal(t, http.StatusForbidden, r.Status)

	var asked domain.Permission
	c := h.serve(t, func(o *Options) {
		o.Guard = func(_ context.Context, p domain.Permission) error {
			asked = p
			return &domain.Error{Kind: domain.KindUnauthenticated, Code: "unauthenticated"}
		}
	})
	require.Equal(t, http.StatusUnauthorized, c.Do(t, bad).Status)
	require.Equal(t, domain.PermissionProjectUpdate, asked)

	c = h.serve(t, func(o *Options) {
		o.Identify = func(context.Context, *http.Request) (context.Context, error) {
			return nil, errors.New("dial tcp 10.0.0.5")
		}
	})
	r = c.Do(t, bad)
	require.Equal(t, http.StatusInternalServerError, r.Status)
	require.NotContains(t, string(r.Body), "10.0.0.5")
	require.Nil(t, h.got)
}

func TestIdentityReachesHandlerAndLog(t *testing.T) {
	h := &harbour{}
	var origin domain.Origin
	c := h.serve(t, func(o *Options) {
		o.Identify = func(ctx context.Context, _ *http.Request) (context.Context, error) {
			return domain.WithActor(ctx, domain.Actor{User: domain.User{ID: 42}}), nil
		}
		o.Guard = func(ctx context.Context, _ domain.Permission) error {
			origin = domain.OriginFrom(ctx)
			require.EqualValues(t, 42, domain.ActorFrom(ctx).User.ID)
			return nil
		}
	})
	r := c.Do(t, apitest.Request{Method: "GET", Path: "/api/boats?q=secret7", Headers: map[string]string{
		"X-Forwarded-For": "6.6.6.6", "X-Real-IP": "6.6.6.6", "X-Request-Id": "forged",
	}})
	require.Equal(t, domain.Origin{Address: "127.0.0.1", RequestID: r.Header.Get("X-Request-Id"), Request: "GET /api/boats"}, origin)
	require.Contains(t, h.log.String(), `"route":"/api/boats"`)
	require.Contains(t, h.log.String(), `"user_id":42`)
	for _, never := range []string{"secret7", "6.6.6.6", "forged"} {
		require.NotContains(t, h.log.String(), never)
	}
}

func TestOriginIsFitForTheDatabase(t *testing.T) {
	var facts RequestFacts
	var origin domain.Origin
	c := (&harbour{}).serve(t, func(o *Options) {
		o.Guard = func(ctx context.Context, _ domain.Permission) error {
			facts, origin = FactsOf(ctx), domain.OriginFrom(ctx)
			return nil
		}
	})
	c.Do(t, apitest.Request{Method: "GET", Path: "/api/boats/%00%FF" + strings.Repeat("a", 300), Headers: map[string]string{
		"User-Agent": "\xff" + strings.Repeat("船", 100),
	}})
	require.Equal(t, 66, utf8.RuneCountInString(facts.UserAgent))
	require.True(t, utf8.ValidString(facts.UserAgent))
	require.Len(t, origin.Request, maxRequestLine)
	require.True(t, strings.HasPrefix(origin.Request, "GET /api/boats/%00%FFaaa"), origin.Request)
}

func TestTrustedProxyNamesTheClient(t *testing.T) {
	h := &harbour{}
	c := h.serve(t, func(o *Options) { o.TrustedProxies = []string{"127.0.0.0/8"} })
	c.Do(t, apitest.Request{Method: "GET", Path: "/api/boats", Headers: map[string]string{"X-Forwarded-For": "6.6.6.6, 10.1.2.3"}})
	require.Contains(t, h.log.String(), `"client":"10.1.2.3"`)
}

func TestUnmatchedPathsLeaveOneLineAndNoName(t *testing.T) {
	h := &harbour{}
	c := h.serve(t)
	c.Get(t, "/api/x%0a%22level%22:%22FAKE")
	require.Equal(t, 1, strings.Count(h.log.String(), "\n"))
	require.Contains(t, h.log.String(), `"route":"unmatched"`)
	require.NotContains(t, h.log.String(), "FAKE")
}

func TestReadinessFollowsTheCheck(t *testing.T) {
	h := &harbour{}
	c := h.serve(t, func(o *Options) {
		o.Ready = func(context.Context) error { return errors.New("no database at 10.0.0.5") }
	})
	r := c.Get(t, "/readyz")
	require.Equal(t, http.StatusServiceUnavailable, r.Status)
	require.NotContains(t, string(r.Body), "10.0.0.5")
	require.Contains(t, h.log.String(), "10.0.0.5")
	require.Equal(t, http.StatusOK, c.Get(t, "/livez").Status)
}

func TestServeStopsGracefully(t *testing.T) {
	h := &harbour{}
	entered, leave := make(chan struct{}), make(chan struct{})
	o := h.options()
	o.Pages = http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		close(entered)
		<-leave
		_, _ = fmt.Fprint(w, "done")
	})
	s, err := New(o)
	require.NoError(t, err)
	l, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	ctx, stop := context.WithCancel(t.Context())
	served, answered := make(chan error, 1), make(chan int, 1)
	go func() { served <- s.Serve(ctx, l) }()
	go func() {
		r, err := http.Get("http://" + l.Addr().String() + "/")
		if err != nil {
			answered <- 0
			return
		}
		answered <- r.StatusCode
		_ = r.Body.Close()
	}()
	<-entered
	stop()
	require.Eventually(t, s.health.stopping.Load, shutdownTimeout, 1e6)
	w := httptest.NewRecorder()
	s.Handler().ServeHTTP(w, httptest.NewRequest("GET", "/readyz", nil))
	require.Equal(t, http.StatusServiceUnavailable, w.Code)
	close(leave)
	require.NoError(t, <-served)
	require.Equal(t, http.StatusOK, <-answered)
}

func TestMetricsBoundTheirLabels(t *testing.T) {
	h := &harbour{}
	m := NewMetrics()
	c := h.serve(t, func(o *Options) { o.Metrics = m })
	c.Get(t, "/api/boats/7")
	c.Get(t, "/api/scan/1")
	c.Do(t, apitest.Request{Method: "BREW", Path: "/api/scan/2"})
	w := httptest.NewRecorder()
	m.Handler().ServeHTTP(w, httptest.NewRequest("GET", "/metrics", nil))
	require.Contains(t, w.Body.String(), `zhongda_http_requests_total{method="GET",route="/api/boats/:id",status="200"} 1`)
	require.Contains(t, w.Body.String(), `zhongda_http_requests_total{method="GET",route="unmatched",status="404"} 1`)
	require.Contains(t, w.Body.String(), `method="OTHER",route="unmatched"`)
	require.NotContains(t, w.Body.String(), "scan")
	require.Equal(t, http.StatusOK, c.Get(t, "/metrics").Status, "the page handler, not the metrics")
	require.NotContains(t, string(c.Get(t, "/metrics").Body), "zhongda_http")
}

func TestMetricsReadThePoolAtEachScrape(t *testing.T) {
	m, inUse := NewMetrics(), 3
	m.WatchDatabase(func() sql.DBStats { return sql.DBStats{InUse: inUse} })
	scrape := func() string {
		w := httptest.NewRecorder()
		m.Handler().ServeHTTP(w, httptest.NewRequest("GET", "/metrics", nil))
		return w.Body.String()
	}
	require.Contains(t, scrape(), "zhongda_db_connections_in_use 3")
	inUse = 4
	require.Contains(t, scrape(), "zhongda_db_connections_in_use 4")
}
