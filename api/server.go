package api

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"time"

	"github.com/gin-gonic/gin"

	"zhongda/domain"
)

// Limits of one connection. They are wider than the deadline of an operation, which answers first.
const (
	readHeaderTimeout = 5 * time.Second
	readTimeout       = 10 * time.Second
	writeTimeout      = 20 * time.Second
	idleTimeout       = 60 * time.Second
	maxHeaderBytes    = 32 << 10
	shutdownTimeout   = 15 * time.Second
)

// Options is what the server is assembled from. Routes, Guard, Identify, Pages, Ready and Log are needed.
type Options struct {
	Routes []Route
	// Identify puts the actor of the request's session into ctx; a request without a session stays the public's. An
	// error (the database is away) ends the request.
	Identify func(ctx context.Context, r *http.Request) (context.Context, error)
	// Guard decides whether the actor in ctx may use a route. It runs before anything of the request is read.
	Guard func(ctx context.Context, p domain.Permission) error
	// Pages serves every address outside /api: the single-page application.
	Pages http.Handler
	// Ready says why the server should get no traffic, or nil.
	Ready   func(ctx context.Context) error
	Log     *slog.Logger
	Metrics *Metrics // a fresh one when nil

	SessionCookie  string   // its name, for the description
	Version        string   // of the product, for the description
	TLS            bool     // browsers reach the server over https
	TrustedProxies []string // networks whose X-Forwarded-For counts; none by default
	TrustedOrigins []string // further origins ("https://pm.example.cn") that may write
}

// Server is the assembled HTTP floor.
type Server struct {
	engine    *gin.Engine
	endpoints []endpoint
	book      *ruleBook
	problems  *problems
	renderer  *renderer
	health    *health
	options   Options
}

// New checks every route and assembles the server. Its error names each route that breaks a rule.
func New(o Options) (*Server, error) {
	if o.Identify == nil || o.Pages == nil || o.Ready == nil || o.Log == nil {
		return nil, errors.New("api: identify, pages, ready and log are needed")
	}
	if o.Metrics == nil {
		o.Metrics = NewMetrics()
	}
	book, err := newRuleBook(knownValues())
	if err != nil {
		return nil, err
	}
	endpoints, err := newEndpoints(o.Routes, book)
	if err != nil {
		return nil, fmt.Errorf("api: %w", err)
	}
	s := &Server{
		endpoints: endpoints, book: book, options: o, renderer: newRenderer(),
		problems: &problems{sentences: newCatalogue(), log: o.Log},
	}
	s.health = &health{ready: o.Ready, problems: s.problems}
	if err := s.assemble(); err != nil {
		return nil, err
	}
	return s, s.serveDescription()
}

func (s *Server) assemble() error {
	gin.SetMode(gin.ReleaseMode)
	s.engine = gin.New()
	s.engine.RedirectTrailingSlash = false
	s.engine.RedirectFixedPath = false
	s.engine.RemoveExtraSlash = false
	s.engine.HandleMethodNotAllowed = true
	if err := s.engine.SetTrustedProxies(s.options.TrustedProxies); err != nil {
		return fmt.Errorf("api: trusted proxies: %w", err)
	}
	origins := http.NewCrossOriginProtection()
	for _, origin := range s.options.TrustedOrigins {
		if err := origins.AddTrustedOrigin(origin); err != nil {
			return fmt.Errorf("api: trusted origin: %w", err)
		}
	}
	s.engine.Use(identifyRequest, logRequests(s.options.Log, s.options.Metrics), secureHeaders(s.options.TLS),
		recoverPanics(s.problems), canonicalPaths(s.problems), sameOrigin(s.problems, origins))
	s.health.register(s.engine)
	for _, e := range s.endpoints {
		s.engine.Handle(e.Method, ginPath(e.Path), s.handle(e))
	}
	s.engine.NoRoute(s.unmatched)
	s.engine.NoMethod(s.wrongMethod)
	return nil
}

// Handler is the whole server, for a listener or a test.
func (s *Server) Handler() http.Handler { return s.engine }

// Serve answers on l until ctx ends, then stops gracefully: readiness goes first, so that no new traffic is sent, and
// requests in flight get fifteen seconds.
func (s *Server) Serve(ctx context.Context, l net.Listener) error {
	server := &http.Server{
		Handler:           s.engine,
		ReadHeaderTimeout: readHeaderTimeout,
		ReadTimeout:       readTimeout,
		WriteTimeout:      writeTimeout,
		IdleTimeout:       idleTimeout,
		MaxHeaderBytes:    maxHeaderBytes,
		ErrorLog:          slog.NewLogLogger(s.options.Log.Handler(), slog.LevelWarn),
	}
	served := make(chan error, 1)
	go func() { served <- server.Serve(l) }()
	select {
	case err := <-served:
		return fmt.Errorf("serve: %w", err)
	case <-ctx.Done():
	}
	s.health.stopping.Store(true)
	grace, cancel := context.WithTimeout(context.WithoutCancel(ctx), shutdownTimeout)
	defer cancel()
	if err := server.Shutdown(grace); err != nil {
		return errors.Join(fmt.Errorf("shut down: %w", err), server.Close())
	}
	return nil
}

func (s *Server) unmatched(c *gin.Context) {
	switch {
	case underAPI(c.Request.URL.Path):
		s.problems.write(c.Request.Context(), c.Writer, &protocolError{status: http.StatusNotFound, code: "not_found"})
	case c.Request.Method != http.MethodGet && c.Request.Method != http.MethodHead:
		c.Header("Allow", "GET, HEAD")
		s.wrongMethod(c)
	default:
		c.Status(http.StatusOK) // gin presets 404 here; the pages decide for themselves
		s.options.Pages.ServeHTTP(c.Writer, c.Request)
	}
}

func (s *Server) wrongMethod(c *gin.Context) {
	s.problems.write(c.Request.Context(), c.Writer, &protocolError{status: http.StatusMethodNotAllowed, code: "method_not_allowed"})
}
