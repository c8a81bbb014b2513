package command

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"sync"
	"time"

	"zhongda/api"
	"zhongda/frontend"
	"zhongda/migrations"
	"zhongda/repository"
	"zhongda/service"
)

const metricsHeaderTimeout = 5 * time.Second

// Serve migrates, serves until ctx ends, then stops gracefully, the embedded database last. With --demo it also loads
// the catalogue and the ready-made accounts, and listens on the loopback address only.
func Serve(ctx context.Context, env Environment, args []string) (err error) {
	started := time.Now()
	set := flags(env, "serve")
	demo := set.Bool("demo", false, "start a trial: load the catalogue and ready-made accounts; loopback only")
	if err := parse(set, args); err != nil {
		return err
	}
	s, err := readSettings(env)
	if err != nil {
		return err
	}
	if *demo && !loopback(s.addr) {
		return fmt.Errorf("a trial has ready-made accounts and listens on the loopback address only, not on %s; "+
			"leave out --demo to serve others", s.addr)
	}
	listener, err := (&net.ListenConfig{}).Listen(ctx, "tcp", s.addr)
	if err != nil {
		return fmt.Errorf("ZHONGDA_ADDR: %w", err)
	}
	defer func() { _ = listener.Close() }()
	d, err := openDatabase(ctx, s)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, d.close(ctx)) }()
	p, err := newProduct(ctx, env, s, d, *demo)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, p.store.Close()) }()
	if err := p.welcome(ctx, env, started); err != nil {
		return err
	}
	return p.serve(ctx, listener, d)
}

// product is everything that serves, assembled.
type product struct {
	settings settings
	demo     bool
	store    *repository.Store
	service  *service.Service
	server   *api.Server
	metrics  *api.Metrics
}

func newProduct(ctx context.Context, env Environment, s settings, d database, demo bool) (*product, error) {
	if err := migrations.Up(ctx, d.ownerDSN); err != nil {
		return nil, err
	}
	if demo {
		if _, err := LoadCatalogue(ctx, d.ownerDSN, migrations.Catalogue()); err != nil {
			return nil, err
		}
	}
	store, err := repository.Open(ctx, d.ownerDSN, repository.Options{})
	if err != nil {
		return nil, err
	}
	p := &product{settings: s, demo: demo, store: store, metrics: api.NewMetrics()}
	if err := p.assemble(env); err != nil {
		return nil, errors.Join(err, store.Close())
	}
	return p, nil
}

func (p *product) assemble(env Environment) (err error) {
	p.service, err = newService(p.settings, p.store, p.demo)
	if err != nil {
		return err
	}
	p.metrics.WatchDatabase(p.store.Stats)
	p.metrics.WatchStreams(p.service.Streams)
	p.server, err = api.NewProduct(api.ProductOptions{
		Service: p.service, Pages: frontend.Handler(), Ready: p.ready, Log: p.settings.log, Metrics: p.metrics,
		Version: env.Version, Demo: p.demo, TLS: p.settings.tls, TrustedProxies: p.settings.trustedProxies,
	})
	return err
}

func newService(s settings, store *repository.Store, demo bool) (*service.Service, error) {
	return service.New(service.Options{Store: store, Now: time.Now, Zone: s.zone, Log: s.log, Demo: demo, Post: s.post})
}

// ready wants a database that answers and has this program's schema.
func (p *product) ready(ctx context.Context) error {
	version, err := p.store.SchemaVersion(ctx)
	if err != nil {
		return err
	}
	if wanted := migrations.Latest(); version != wanted {
		return fmt.Errorf("schema version is %d, this program wants %d", version, wanted)
	}
	return nil
}

// serve runs until ctx ends or a part fails; losing the embedded database ends everything.
func (p *product) serve(ctx context.Context, listener net.Listener, d database) error {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	go func() {
		if err, lost := <-d.ended(); lost {
			cancel(err)
		}
	}()
	stopMetrics, err := serveMetrics(ctx, p.settings.metricsAddr, p.metrics, p.settings.log)
	if err != nil {
		return err
	}
	defer stopMetrics()
	var jobs sync.WaitGroup
	defer jobs.Wait()
	defer cancel(nil) // a listener that fails ends the jobs too
	jobs.Go(func() { p.runJobs(ctx) })
	jobs.Go(func() { p.service.ListenForChanges(ctx) })
	if err := p.server.Serve(ctx, listener); err != nil {
		return err
	}
	if cause := context.Cause(ctx); !errors.Is(cause, context.Canceled) {
		return cause
	}
	return nil
}

// serveMetrics keeps figures for the operator off the address that users reach.
func serveMetrics(ctx context.Context, addr string, m *api.Metrics, log *slog.Logger) (stop func(), err error) {
	if addr == "" {
		return func() {}, nil
	}
	listener, err := (&net.ListenConfig{}).Listen(ctx, "tcp", addr)
	if err != nil {
		return nil, fmt.Errorf("ZHONGDA_METRICS_ADDR: %w", err)
	}
	mux := http.NewServeMux()
	mux.Handle("GET /metrics", m.Handler())
	server := &http.Server{Handler: mux, ReadHeaderTimeout: metricsHeaderTimeout}
	go func() {
		if err := server.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
			log.Error("metrics listener ended", "error", err)
		}
	}()
	return func() { _ = server.Close() }, nil
}
