package api

import (
	"crypto/rand"
	"fmt"
	"strings"

	"github.com/gin-gonic/gin"

	"zhongda/domain"
)

const (
	maxUserAgent   = 200
	maxRequestLine = 200
)

// identifyRequest gives every request its number, language and origin. A number sent by the caller is ignored: it could
// be made to look like another request in the log.
func identifyRequest(c *gin.Context) {
	facts := RequestFacts{
		ID:            newRequestID(),
		ClientAddress: c.ClientIP(),
		UserAgent:     clipBytes(c.Request.UserAgent(), maxUserAgent),
		Language:      languageOf(c.GetHeader("Accept-Language")),
	}
	ctx := withFacts(c.Request.Context(), facts)
	ctx = domain.WithOrigin(ctx, domain.Origin{
		Address: facts.ClientAddress, RequestID: facts.ID,
		Request: clipBytes(c.Request.Method+" "+c.Request.URL.EscapedPath(), maxRequestLine),
	})
	c.Request = c.Request.WithContext(ctx)
	c.Header("X-Request-Id", facts.ID)
	c.Header("Vary", "Accept-Language")
	c.Next()
}

func newRequestID() string {
	var id [16]byte
	_, _ = rand.Read(id[:]) // never fails: it ends the program instead
	return fmt.Sprintf("%x", id)
}

// clipBytes bounds a text that came from outside and makes it one that a database takes.
func clipBytes(s string, limit int) string { return strings.ToValidUTF8(s[:min(len(s), limit)], "") }
