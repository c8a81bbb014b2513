package api

import (
	"net/http"
	"path"
	"strings"

	"github.com/gin-gonic/gin"
)

// contentSecurityPolicy is sent with every answer. Inline styles are allowed because component libraries position
// menus with them; scripts come from this server's files alone.
const contentSecurityPolicy = "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; " +
	"font-src 'self' data:; connect-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"

// secureHeaders goes first, so that errors carry the headers too. HSTS is sent only where TLS is known to be in front.
func secureHeaders(tls bool) gin.HandlerFunc {
	return func(c *gin.Context) {
		h := c.Writer.Header()
		h.Set("Content-Security-Policy", contentSecurityPolicy)
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Referrer-Policy", "same-origin")
		h.Set("Cross-Origin-Opener-Policy", "same-origin")
		h.Set("Cross-Origin-Resource-Policy", "same-origin")
		h.Set("Permissions-Policy", "camera=(), geolocation=(), microphone=()")
		if tls {
			h.Set("Strict-Transport-Security", "max-age=63072000; includeSubDomains")
		}
		if underAPI(c.Request.URL.Path) {
			h.Set("Cache-Control", "no-store")
		}
		c.Next()
	}
}

// underAPI reports whether a path means the API in any spelling, so that no spelling of it reaches the page files.
func underAPI(p string) bool {
	clean := strings.ToLower(path.Clean("/" + strings.ReplaceAll(p, `\`, "/")))
	return clean == "/api" || strings.HasPrefix(clean, "/api/")
}

// canonicalPaths refuses every second spelling of an API address (%2f, //, /./ …): a rule that is decided on one
// spelling is then decided on all.
func canonicalPaths(p *problems) gin.HandlerFunc {
	return func(c *gin.Context) {
		u := c.Request.URL
		if underAPI(u.Path) && (u.RawPath != "" || path.Clean(u.Path) != u.Path || !strings.HasPrefix(u.Path, "/api/")) {
			c.Abort()
			p.write(c.Request.Context(), c.Writer, &protocolError{status: http.StatusNotFound, code: "not_found"})
			return
		}
		c.Next()
	}
}

// sameOrigin refuses writes that a browser sends for another site.
func sameOrigin(p *problems, check *http.CrossOriginProtection) gin.HandlerFunc {
	return func(c *gin.Context) {
		if check.Check(c.Request) != nil {
			c.Abort()
			p.write(c.Request.Context(), c.Writer, &protocolError{status: http.StatusForbidden, code: "cross_origin"})
			return
		}
		c.Next()
	}
}
