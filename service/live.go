package service

import (
	"context"
	"math/rand/v2"
	"sync"
	"time"

	"zhongda/domain"
)

// After the connection that hears the changes is lost, the next try comes after listenRetryMin, then each time later.
const (
	listenRetryMin = time.Second
	listenRetryMax = 30 * time.Second
)

// A page reads its data a moment before its stream opens: a stream is told again what changed that shortly before.
const (
	recentSpan  = 10 * time.Second
	recentLimit = 500
)

// live passes committed changes on to the open streams of this process. What it keeps is bounded, and telling never waits
// for a reader.
type live struct {
	beat    time.Duration
	mu      sync.Mutex
	streams []*Stream // the oldest first
	recent  []recentChange
	closed  bool
}

type recentChange struct {
	domain.Change
	at time.Time
}

// ListenForChanges feeds the streams of this process until ctx ends, and then ends them. It comes back by itself when the
// connection to the database is lost; readers are told that they may have missed something.
func (s *Service) ListenForChanges(ctx context.Context) {
	defer s.live.close()
	for wait := listenRetryMin; ctx.Err() == nil; wait = min(2*wait, listenRetryMax) {
		ready := func() { wait = listenRetryMin; s.live.resync() }
		if err := s.store.Listen(ctx, ready, s.live.tell); err != nil {
			s.log.WarnContext(ctx, "changes are not heard", "error", err, "retry_in", wait.String())
			pause(ctx, wait+rand.N(wait)) //nolint:gosec // spreads the processes, keeps no secret
		}
	}
}

func pause(ctx context.Context, d time.Duration) {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-ctx.Done():
	case <-timer.C:
	}
}

// Streams is how many streams this process holds open.
func (s *Service) Streams() int {
	s.live.mu.Lock()
	defer s.live.mu.Unlock()
	return len(s.live.streams)
}

// tell offers a change to every stream.
func (l *live) tell(c domain.Change) {
	l.mu.Lock()
	defer l.mu.Unlock()
	now := time.Now()
	l.recent = append(l.recent, recentChange{Change: c, at: now})
	for len(l.recent) > recentLimit || now.Sub(l.recent[0].at) > recentSpan {
		l.recent = l.recent[1:]
	}
	for _, s := range l.streams {
		s.offer(c)
	}
}

// resync tells every stream that it may have missed something.
func (l *live) resync() {
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, s := range l.streams {
		s.startOver()
	}
}

// open adds a stream, making room among those of the same account, and tells it the recent past.
func (l *live) open(s *Stream) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.closed {
		s.end(domain.StreamStopping)
		return
	}
	l.makeRoom(s.actor.User.ID)
	l.streams = append(l.streams, s)
	since := time.Now().Add(-recentSpan)
	for _, c := range l.recent {
		if c.at.After(since) && c.Noun != domain.LiveSession {
			s.offer(c.Change)
		}
	}
}

// makeRoom ends the account's oldest stream where it holds as many as it may: a browser that vanished without a word must
// not keep its owner out.
func (l *live) makeRoom(userID int64) {
	var oldest *Stream
	held := 0
	for _, s := range l.streams {
		if s.actor.User.ID == userID && !s.ended() {
			if held++; oldest == nil {
				oldest = s
			}
		}
	}
	if held >= domain.StreamsPerUser {
		oldest.end(domain.StreamSuperseded)
	}
}

// leave forgets a stream.
func (l *live) leave(s *Stream) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for i, open := range l.streams {
		if open == s {
			l.streams = append(l.streams[:i:i], l.streams[i+1:]...)
			return
		}
	}
}

// close ends every stream, and each that comes later.
func (l *live) close() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.closed = true
	for _, s := range l.streams {
		s.end(domain.StreamStopping)
	}
}
