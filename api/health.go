package api

import (
	"context"
	"net/http"
	"sync/atomic"
	"time"

	"github.com/gin-gonic/gin"
)

const readyTimeout = 2 * time.Second

// health answers the orchestrator: /livez while the process runs, /readyz while it should get traffic.
type health struct {
	ready    func(ctx context.Context) error
	stopping atomic.Bool
	problems *problems
}

func (h *health) register(engine *gin.Engine) {
	engine.GET("/livez", func(c *gin.Context) { c.String(http.StatusOK, "ok\n") })
	engine.GET("/readyz", h.readyz)
}

// readyz says no more than ready or not: the reason is for the log.
func (h *health) readyz(c *gin.Context) {
	ctx, cancel := context.WithTimeout(c.Request.Context(), readyTimeout)
	defer cancel()
	if h.stopping.Load() {
		c.String(http.StatusServiceUnavailable, "stopping\n")
		return
	}
	if err := h.ready(ctx); err != nil {
		h.problems.log.WarnContext(ctx, "not ready", "error", err.Error())
		c.String(http.StatusServiceUnavailable, "not ready\n")
		return
	}
	c.String(http.StatusOK, "ready\n")
}
