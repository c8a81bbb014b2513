package domain

import (
	"context"
	"time"
)

// Actor is who acts, in one request. The zero Actor is the public: it has no roles and so may do nothing.
type Actor struct {
	User    User
	Session int64
}

// SignedIn reports whether there is an account behind the actor.
func (a Actor) SignedIn() bool { return a.User.ID != 0 }

// Origin is where a request came from and what it asked for ("PATCH /api/v1/projects/5"), for the audit record.
type Origin struct {
	Address   string
	RequestID string
	Request   string
	Kind      string // of the thing the path names: "project", "user" …; empty where it names none
	ID        int64  // its identity
}

type contextKey int

const (
	actorKey contextKey = iota
	originKey
)

// WithActor puts the actor of the request into ctx.
func WithActor(ctx context.Context, a Actor) context.Context {
	return context.WithValue(ctx, actorKey, a)
}

// ActorFrom is the actor of the request; the public when nobody signed in.
func ActorFrom(ctx context.Context) Actor {
	a, _ := ctx.Value(actorKey).(Actor)
	return a
}

// WithOrigin puts the origin of the request into ctx.
func WithOrigin(ctx context.Context, o Origin) context.Context {
	return context.WithValue(ctx, originKey, o)
}

// OriginFrom is the origin of the request; empty for commands.
func OriginFrom(ctx context.Context) Origin {
	o, _ := ctx.Value(originKey).(Origin)
	return o
}

// Session is one signed-in browser. Only the hash of its token is stored. It ends when idle too long, at its absolute
// limit, at sign-out, and when the account is disabled or moved or its roles or its password change.
type Session struct {
	ID         int64
	UserID     int64
	CreatedAt  time.Time
	LastSeenAt time.Time
	Address    string
	UserAgent  string
}

// A session ends after this long without a request, and at the latest after this long altogether
// (GB/T 22239-2019, ASVS 7.3).
const (
	SessionIdle     = 30 * time.Minute
	SessionAbsolute = 12 * time.Hour
	// SessionsPerUser is how many browsers an account may be signed in from; the oldest is signed out.
	SessionsPerUser = 10
)

// Failed sign-ins within SignInWindow before an account must wait.
const (
	SignInAttempts = 5
	SignInWindow   = 15 * time.Minute
)
