package api

import (
	"log/slog"
	"time"

	"github.com/gin-gonic/gin"

	"zhongda/domain"
)

// logRequests writes one line per request: the route's pattern, never the address as sent, because addresses and
// queries carry names and secrets.
func logRequests(log *slog.Logger, metrics *Metrics) gin.HandlerFunc {
	return func(c *gin.Context) {
		start := time.Now()
		defer func() { // also when the answer is broken off on purpose
			logRequest(log, metrics, c, time.Since(start))
		}()
		c.Next()
	}
}

func logRequest(log *slog.Logger, metrics *Metrics, c *gin.Context, took time.Duration) {
	ctx := c.Request.Context()
	metrics.count(routeLabel(c.FullPath()), knownMethod(c.Request.Method), c.Writer.Status())
	if c.Writer.Header().Get("Content-Type") != eventStreamMedia { // how long somebody listened is no time to answer
		metrics.observe(routeLabel(c.FullPath()), knownMethod(c.Request.Method), took)
	}
	log.InfoContext(ctx, "request",
		"request_id", FactsOf(ctx).ID,
		"method", knownMethod(c.Request.Method),
		"route", routeLabel(c.FullPath()),
		"status", c.Writer.Status(),
		"bytes", max(c.Writer.Size(), 0),
		"duration_ms", took.Milliseconds(),
		"client", FactsOf(ctx).ClientAddress,
		"user_id", domain.ActorFrom(ctx).User.ID,
	)
}

// routeLabel bounds the values a caller can cause in logs and metrics.
func routeLabel(fullPath string) string {
	if fullPath == "" {
		return "unmatched"
	}
	return fullPath
}

func knownMethod(method string) string {
	switch method {
	case "GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS":
		return method
	}
	return "OTHER"
}
