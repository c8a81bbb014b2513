package service

import (
	"context"

	"zhongda/domain"
)

// reader is whoever is signed in, whatever their roles: the inbox and the mail address are one's own.
func reader(ctx context.Context) (domain.User, error) {
	actor := domain.ActorFrom(ctx)
	switch {
	case !actor.SignedIn() || actor.User.Disabled:
		return domain.User{}, &domain.Error{Kind: domain.KindUnauthenticated, Code: "sign_in_required"}
	case actor.User.MustChangePassword:
		return domain.User{}, domain.Forbidden("password_change_required")
	}
	return actor.User, nil
}

// Inbox lists the reader's own notices, the newest first.
func (s *Service) Inbox(ctx context.Context, f domain.NoticeFilter, page domain.PageRequest) (domain.Page[domain.Delivery], error) {
	user, err := reader(ctx)
	if err != nil {
		return domain.Page[domain.Delivery]{}, err
	}
	return s.store.Inbox(ctx, user.ID, f, page)
}

// unreadMost is where counting stops: the bell shows 99+.
const unreadMost = 100

// UnreadNotices counts the reader's own unread notices, up to a hundred.
func (s *Service) UnreadNotices(ctx context.Context) (int, error) {
	user, err := reader(ctx)
	if err != nil {
		return 0, err
	}
	return s.store.UnreadNotices(ctx, user.ID, unreadMost)
}

// ReadNotices marks the reader's own notices as read, those named and all up to an id, and counts what is left unread.
// Another's are left alone, without a word about whether they exist.
func (s *Service) ReadNotices(ctx context.Context, ids []int64, upTo int64) (unread int, err error) {
	user, err := reader(ctx)
	if err != nil {
		return 0, err
	}
	if len(ids) == 0 && upTo == 0 {
		return 0, domain.NothingToChange()
	}
	if _, err := s.store.ReadNotices(ctx, user.ID, ids, upTo, s.now()); err != nil {
		return 0, err
	}
	return s.store.UnreadNotices(ctx, user.ID, unreadMost)
}
