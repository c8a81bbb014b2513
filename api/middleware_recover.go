package api

import (
	"fmt"
	"net/http"
	"runtime/debug"

	"github.com/gin-gonic/gin"
)

// recoverPanics answers a panic with 500 and keeps the process. When the answer had begun, the connection is broken, so
// that a half answer is not taken for a whole one.
func recoverPanics(p *problems) gin.HandlerFunc {
	return func(c *gin.Context) {
		defer func() {
			cause := recover()
			if cause == nil {
				return
			}
			if cause == any(http.ErrAbortHandler) {
				panic(cause)
			}
			ctx := c.Request.Context()
			p.log.ErrorContext(ctx, "panic", "request_id", FactsOf(ctx).ID, "panic", fmt.Sprint(cause), "stack", string(debug.Stack()))
			if c.Writer.Written() {
				panic(http.ErrAbortHandler)
			}
			c.Abort()
			p.write(ctx, c.Writer, fmt.Errorf("panic: %v", cause))
		}()
		c.Next()
	}
}
