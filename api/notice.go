package api

import (
	"context"
	"time"

	"zhongda/domain"
)

// Notice is one thing the reader was told. It speaks of the object: a report, a request …, or the project itself; text fills
// the blanks of the kind's sentence. by is who acted, empty for what no person did. read is null while unread.
type Notice struct {
	ID         int64             `json:"id"`
	Kind       domain.NoticeKind `json:"kind"`
	Project    *ProjectName      `json:"project"`
	ObjectKind string            `json:"objectKind"`
	ObjectID   int64             `json:"objectId"`
	Text       map[string]string `json:"text"`
	By         string            `json:"by"`
	At         time.Time         `json:"at"`
	ReadAt     *time.Time        `json:"readAt"`
}

// ProjectName names a project.
type ProjectName struct {
	ID   int64  `json:"id"`
	Code string `json:"code"`
	Name string `json:"name"`
}

func noticeOf(d domain.Delivery) Notice {
	notice := Notice{
		ID: d.ID, Kind: d.Kind, ObjectKind: d.ObjectKind, ObjectID: d.ObjectID, Text: d.Text, By: d.Actor, At: d.At,
		ReadAt: emptyAsNull(d.ReadAt),
	}
	if d.Project.ID != 0 {
		notice.Project = &ProjectName{ID: d.Project.ID, Code: d.Project.Code, Name: d.Project.Name}
	}
	return notice
}

type listNoticesIn struct {
	pageParams
	Unread bool                `query:"unread"`
	Kinds  []domain.NoticeKind `query:"kind" validate:"max=20"`
}

func (h handlers) listNotices(ctx context.Context, in listNoticesIn) (Page[Notice], error) {
	page, err := h.service.Inbox(ctx, domain.NoticeFilter{Unread: in.Unread, Kinds: in.Kinds}, in.request())
	return pageOf(page, in.WithTotal, noticeOf), err
}

// UnreadNotices counts the reader's own unread notices; counting stops at a hundred.
type UnreadNotices struct {
	Unread int `json:"unread"`
}

func (h handlers) countNotices(ctx context.Context, _ None) (UnreadNotices, error) {
	unread, err := h.service.UnreadNotices(ctx)
	return UnreadNotices{Unread: unread}, err
}

// readNoticesIn names notices, or all up to one, or both.
type readNoticesIn struct {
	IDs  []int64 `json:"ids,omitempty" validate:"max=200"`
	UpTo int64   `json:"upTo,omitempty" validate:"min=0"`
}

func (h handlers) readNotices(ctx context.Context, in readNoticesIn) (UnreadNotices, error) {
	unread, err := h.service.ReadNotices(ctx, in.IDs, in.UpTo)
	return UnreadNotices{Unread: unread}, err
}
