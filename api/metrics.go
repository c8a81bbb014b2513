package api

import (
	"database/sql"
	"net/http"
	"strconv"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"
)

// Metrics counts what operators watch, in a registry of its own. Its handler belongs on a listener that the public
// cannot reach.
type Metrics struct {
	registry *prometheus.Registry
	requests *prometheus.CounterVec
	latency  *prometheus.HistogramVec
	jobs     *prometheus.CounterVec
}

// NewMetrics registers the request, process and runtime metrics.
func NewMetrics() *Metrics {
	m := &Metrics{
		registry: prometheus.NewRegistry(),
		requests: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "zhongda_http_requests_total", Help: "Requests by route pattern, method and status.",
		}, []string{"route", "method", "status"}),
		latency: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name: "zhongda_http_request_seconds", Help: "Time to answer, by route pattern and method.",
			Buckets: []float64{.005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10},
		}, []string{"route", "method"}),
		jobs: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "zhongda_job_runs_total", Help: "Runs of background jobs in this process, by job and result.",
		}, []string{"job", "result"}),
	}
	m.registry.MustRegister(m.requests, m.latency, m.jobs, collectors.NewGoCollector(),
		collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	return m
}

// WatchDatabase exposes the state of a connection pool, read at each scrape.
func (m *Metrics) WatchDatabase(stats func() sql.DBStats) {
	gauge := func(name, help string, value func(sql.DBStats) float64) {
		m.registry.MustRegister(prometheus.NewGaugeFunc(prometheus.GaugeOpts{Name: name, Help: help},
			func() float64 { return value(stats()) }))
	}
	gauge("zhongda_db_connections_open", "Open connections.", func(s sql.DBStats) float64 { return float64(s.OpenConnections) })
	gauge("zhongda_db_connections_in_use", "Connections in use.", func(s sql.DBStats) float64 { return float64(s.InUse) })
	gauge("zhongda_db_waits", "Times a connection had to be waited for.", func(s sql.DBStats) float64 { return float64(s.WaitCount) })
	gauge("zhongda_db_wait_seconds", "Time spent waiting for a connection.", func(s sql.DBStats) float64 { return s.WaitDuration.Seconds() })
}

// Handler answers scrapes.
func (m *Metrics) Handler() http.Handler {
	return promhttp.HandlerFor(m.registry, promhttp.HandlerOpts{})
}

// WatchStreams exposes how many pages hear of changes, read at each scrape.
func (m *Metrics) WatchStreams(open func() int) {
	m.registry.MustRegister(prometheus.NewGaugeFunc(prometheus.GaugeOpts{
		Name: "zhongda_live_streams", Help: "Open streams of changes in this process.",
	}, func() float64 { return float64(open()) }))
}

func (m *Metrics) count(route, method string, status int) {
	m.requests.WithLabelValues(route, method, strconv.Itoa(status)).Inc()
}

func (m *Metrics) observe(route, method string, took time.Duration) {
	m.latency.WithLabelValues(route, method).Observe(took.Seconds())
}

// CountJob counts one run of a background job.
func (m *Metrics) CountJob(name string, done bool) {
	result := "done"
	if !done {
		result = "failed"
	}
	m.jobs.WithLabelValues(name, result).Inc()
}
