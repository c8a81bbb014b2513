package api

import (
	"net/http"
	"sync"
	"time"

	"golang.org/x/time/rate"

	"zhongda/domain"
)

// sessionCookies makes the cookie that carries a session token. Over https it is bound to the host by its __Host-
// prefix; a trial on the loopback address has no https, and its cookie cannot insist on it.
type sessionCookies struct {
	name   string
	secure bool
}

func newSessionCookies(tls bool) sessionCookies {
	if tls {
		return sessionCookies{name: "__Host-sid", secure: true}
	}
	return sessionCookies{name: "sid"}
}

func (s sessionCookies) open(token string) *http.Cookie {
	return &http.Cookie{ //nolint:gosec // without https, on the loopback address only, Secure would lose the cookie
		Name: s.name, Value: token, Path: "/", HttpOnly: true, Secure: s.secure, SameSite: http.SameSiteLaxMode,
		MaxAge: int(domain.SessionAbsolute.Seconds()),
	}
}

func (s sessionCookies) close() *http.Cookie {
	cookie := s.open("") //nolint:gosec // the same cookie, emptied
	cookie.MaxAge = -1
	return cookie
}

// addressLimit bounds how often one address may try to sign in, whatever names it tries. The counter per name is kept
// in the database; this one only spares the hashing.
type addressLimit struct {
	mu      sync.Mutex
	buckets map[string]*rate.Limiter
	swept   time.Time
}

const (
	signInsPerSecond = 2
	signInBurst      = 100
	sweepEvery       = 10 * time.Minute
)

func newAddressLimit() *addressLimit {
	return &addressLimit{buckets: map[string]*rate.Limiter{}, swept: time.Now()}
}

// allow forgets all addresses now and then, so that the table cannot grow without bound.
func (l *addressLimit) allow(address string) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	if time.Since(l.swept) > sweepEvery {
		clear(l.buckets)
		l.swept = time.Now()
	}
	bucket, ok := l.buckets[address]
	if !ok {
		bucket = rate.NewLimiter(signInsPerSecond, signInBurst)
		l.buckets[address] = bucket
	}
	return bucket.Allow()
}
