package service

import (
	"context"
	"slices"
	"sync"
	"time"

	"zhongda/domain"
	"zhongda/repository"
)

const (
	// What changes within newsWindow is told at once: a report approved in bulk is one piece of news.
	newsWindow = 400 * time.Millisecond
	// newsNamed is how many things of one noun are named; more are "many".
	newsNamed = 100
	// streamBeat is how often a stream says that it lives, after a look whether its session still counts.
	streamBeat = 20 * time.Second
)

// Stream is what one reader hears. Its news gather in a place of bounded size until they are fetched, so that a slow reader
// hears of many things at once, and holds nobody up.
type Stream struct {
	live   *live
	store  *repository.Store
	now    func() time.Time
	actor  domain.Actor
	scopes map[domain.LiveNoun]domain.Scope
	beat   *time.Ticker

	mu      sync.Mutex
	waiting map[domain.LiveNoun]*domain.News
	missed  bool
	wake    chan struct{} // holds one word: there is something to fetch
	over    chan struct{} // closed at the end
	why     domain.StreamEnd
}

// Follow opens a stream of what the actor in ctx may hear of: changes within the scope of the permission that reads the
// thing, and the actor's own notices. Close it when done. The roles are those of this moment; a change of them ends the
// session, and with it the stream.
func (s *Service) Follow(ctx context.Context) (*Stream, error) {
	actor := domain.ActorFrom(ctx)
	if !actor.SignedIn() {
		return nil, &domain.Error{Kind: domain.KindUnauthenticated, Code: "sign_in_required"}
	}
	stream := &Stream{
		live: s.live, store: s.store, now: s.now, actor: actor, scopes: map[domain.LiveNoun]domain.Scope{},
		beat: time.NewTicker(s.live.beat), waiting: map[domain.LiveNoun]*domain.News{},
		wake: make(chan struct{}, 1), over: make(chan struct{}),
	}
	for _, noun := range domain.LiveNouns() {
		if scope, err := s.access.require(actor, liveReader(noun)); err == nil {
			stream.scopes[noun] = scope
		}
	}
	s.live.open(stream)
	return stream, nil
}

// liveReader is the permission that reads a noun, and so lets hear of its changes. A noun without one is heard by nobody;
// notices are heard by their recipient, sessions by their own streams.
func liveReader(noun domain.LiveNoun) domain.Permission {
	switch noun {
	case domain.LiveProject:
		return domain.PermissionProjectRead
	case domain.LiveReport:
		return domain.PermissionReportRead
	case domain.LiveRequest:
		return domain.PermissionRequestRead
	case domain.LiveIssue:
		return domain.PermissionIssueRead
	case domain.LiveOrder:
		return domain.PermissionOrderRead
	case domain.LiveAttachment:
		return domain.PermissionAttachmentRead
	case domain.LiveMeeting:
		return domain.PermissionMeetingRead
	case domain.LiveRule:
		return domain.PermissionReferenceRead
	case domain.LiveUser:
		return domain.PermissionUserRead
	case domain.LiveNotice, domain.LiveSession:
	}
	return ""
}

// Close takes the stream out of the hands of the teller.
func (s *Stream) Close() {
	s.beat.Stop()
	s.live.leave(s)
}

// Next waits for the next bulletin: news, gathered for a moment; the end; or nothing, which says that the stream lives.
// Its error says that ctx ended or that the session could not be looked at.
func (s *Stream) Next(ctx context.Context) (domain.Bulletin, error) {
	select {
	case <-ctx.Done():
		return domain.Bulletin{}, ctx.Err()
	case <-s.over:
		return s.last(), nil
	case <-s.beat.C:
		return s.stillOpen(ctx)
	case <-s.wake:
		return s.gather(ctx)
	}
}

// gather waits for what comes along with the first piece of news.
func (s *Stream) gather(ctx context.Context) (domain.Bulletin, error) {
	window := time.NewTimer(newsWindow)
	defer window.Stop()
	select {
	case <-ctx.Done():
		return domain.Bulletin{}, ctx.Err()
	case <-s.over:
		return s.last(), nil
	case <-window.C:
		return s.fetch(), nil
	}
}

// stillOpen ends the stream of a session that ended without a word: idle or too old.
func (s *Stream) stillOpen(ctx context.Context) (domain.Bulletin, error) {
	open, err := s.store.SessionOpen(ctx, s.actor.Session, s.now())
	if err == nil && !open {
		s.end(domain.StreamSessionEnded)
		return s.last(), nil
	}
	return domain.Bulletin{}, err
}

// fetch empties what waits.
func (s *Stream) fetch() domain.Bulletin {
	s.mu.Lock()
	defer s.mu.Unlock()
	b := domain.Bulletin{Resync: s.missed}
	for _, noun := range domain.LiveNouns() {
		if news := s.waiting[noun]; news != nil && !s.missed {
			b.News = append(b.News, *news)
		}
	}
	clear(s.waiting)
	s.missed = false
	return b
}

func (s *Stream) last() domain.Bulletin {
	s.mu.Lock()
	defer s.mu.Unlock()
	return domain.Bulletin{End: s.why}
}

// offer takes a change that the actor may hear of; it never waits.
func (s *Stream) offer(c domain.Change) {
	if c.Noun == domain.LiveSession && c.ID == s.actor.Session {
		s.end(domain.StreamSessionEnded)
	}
	if !s.hears(c) {
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	news := s.waiting[c.Noun]
	if news == nil {
		news = &domain.News{Noun: c.Noun}
		s.waiting[c.Noun] = news
	}
	addNews(news, c)
	s.ring()
}

func (s *Stream) hears(c domain.Change) bool {
	if c.Noun == domain.LiveNotice {
		return c.ID == s.actor.User.ID && !s.actor.User.MustChangePassword
	}
	scope, known := s.scopes[c.Noun]
	return known && c.ConcernsWithin(scope)
}

// addNews names each thing once, and stops naming when there are many.
func addNews(news *domain.News, c domain.Change) {
	if news.Many {
		return
	}
	if !slices.Contains(news.IDs, c.ID) {
		news.IDs = append(news.IDs, c.ID)
	}
	if c.Project != 0 && !slices.Contains(news.Projects, c.Project) {
		news.Projects = append(news.Projects, c.Project)
	}
	if len(news.IDs) > newsNamed {
		*news = domain.News{Noun: news.Noun, Many: true}
	}
}

func (s *Stream) startOver() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.missed = true
	s.ring()
}

// ring says that there is something to fetch; once is enough.
func (s *Stream) ring() {
	select {
	case s.wake <- struct{}{}:
	default:
	}
}

// end is final; the first reason stays.
func (s *Stream) end(why domain.StreamEnd) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.why == "" {
		s.why = why
		close(s.over)
	}
}

func (s *Stream) ended() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.why != ""
}
