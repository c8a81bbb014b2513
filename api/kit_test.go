package api

import (
	"bytes"
	"context"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"zhongda/api/apitest"
	"zhongda/domain"
)

// The kit is tested with a noun of its own, a boat: no product noun can change under these tests.

type boatIn struct {
	Name     string          `json:"name" validate:"notblank,max=5"`
	Stage    domain.Stage    `json:"stage"`
	Berths   int64           `json:"berths" validate:"min=0,max=9"`
	Launched *Date           `json:"launched"`
	Price    *Money          `json:"price"`
	Ratio    float64         `json:"ratio,omitempty"`
	Sails    []sailIn        `json:"sails,omitempty" validate:"max=2"`
	Notes    map[string]bool `json:"notes,omitempty"`
	Link     string          `json:"link,omitempty" validate:"weblink"`
}

type sailIn struct {
	Area int    `json:"area" validate:"gt=0"`
	Kind string `json:"kind" validate:"oneof=jib main"`
}

type boatID struct {
	ID int64 `path:"id"`
}

type boatNote struct {
	Note Optional[*string] `json:"note" validate:"max=5"`
}

type changeBoatIn struct {
	boatID
	Version Version          `header:"If-Match"`
	Berths  Optional[int64]  `json:"berths" validate:"min=0,max=9"`
	Name    Optional[string] `json:"name" validate:"notblank"`
	boatNote
}

type listBoatsIn struct {
	Limit  int            `query:"limit" default:"50" validate:"min=1,max=100"`
	Stages []domain.Stage `query:"stage" validate:"max=3"`
	Since  *Date          `query:"since"`
	Afloat *bool          `query:"afloat"`
	Text   string         `query:"q" validate:"max=10"`
}

type boatView struct {
	ID     int64        `json:"id"`
	Name   string       `json:"name"`
	Stage  domain.Stage `json:"stage"`
	Since  *Date        `json:"since"`
	Sails  []sailView   `json:"sails"`
	Secret string       `json:"secret,omitempty"`
}

type sailView struct {
	Holes []string `json:"holes"`
}

type boatPage[T any] struct {
	Items []T `json:"items"`
	Limit int `json:"limit"`
}

// harbour records what reached the handlers.
type harbour struct {
	mu     sync.Mutex
	got    any
	answer error
	log    lockedBuffer
}

// lockedBuffer takes log lines from the server while a test reads.
type lockedBuffer struct {
	mu     sync.Mutex
	buffer bytes.Buffer
}

func (b *lockedBuffer) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.buffer.Write(p)
}

func (b *lockedBuffer) String() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.buffer.String()
}

func (h *harbour) keep(in any) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.got = in
}

func (h *harbour) list(_ context.Context, in listBoatsIn) (boatPage[boatView], error) {
	h.keep(in)
	return boatPage[boatView]{Limit: in.Limit}, h.answer
}

func (h *harbour) get(_ context.Context, in boatID) (Versioned[boatView], error) {
	h.keep(in.ID)
	return Versioned[boatView]{Value: boatView{ID: in.ID, Name: strings.Repeat("船", 1000), Sails: make([]sailView, 1)}, Version: 7}, h.answer
}

func (h *harbour) create(_ context.Context, in boatIn) (Created[boatView], error) {
	h.keep(in)
	return Created[boatView]{Value: boatView{ID: 3}, Version: 1, At: "/api/boats/3"}, h.answer
}

func (h *harbour) change(_ context.Context, in changeBoatIn) (NoContent, error) {
	h.keep(in)
	return NoContent{}, h.answer
}

func (h *harbour) sink(_ context.Context, _ boatID) (NoContent, error) {
	panic("secret rot in /srv/boats")
}

func (h *harbour) wait(ctx context.Context, _ None) (NoContent, error) {
	<-ctx.Done()
	return NoContent{}, ctx.Err()
}

func (h *harbour) manifest(_ context.Context, in struct {
	Break string `query:"break"`
},
) (Download, error) {
	return Download{ContentType: "text/csv", Filename: `船 名";x=.csv`, Write: func(w io.Writer) error {
		if in.Break == "early" {
			return errors.New("no paper")
		}
		if _, err := io.WriteString(w, "id,name\n"); err != nil {
			return err
		}
		if in.Break == "late" {
			return errors.New("no ink")
		}
		return nil
	}}, nil
}

func (h *harbour) load(_ context.Context, in struct {
	File Upload `accept:"image/png"`
},
) (NoContent, error) {
	b, err := io.ReadAll(in.File.Body)
	h.keep(len(b))
	return NoContent{}, err
}

func (h *harbour) board(_ context.Context, in struct {
	Ticket string `cookie:"ticket"`
	Berth  string `header:"X-Berth" validate:"required,max=3"`
},
) (WithCookies[sailView], error) {
	h.keep(in.Ticket + in.Berth)
	return WithCookies[sailView]{Set: []*http.Cookie{{Name: "ticket", Value: in.Ticket + "2", Path: "/", Secure: true, HttpOnly: true}}}, nil
}

func (h *harbour) routes() []Route {
	text := Text{"船", "Boats"}
	return []Route{
		{"GET", "/api/boats", domain.PermissionProjectRead, "listBoats", Op(h.list), "boats", text},
		{"POST", "/api/boats", domain.PermissionProjectUpdate, "createBoat", Op(h.create), "boats", text},
		{"GET", "/api/boats/{id}", domain.PermissionPublic, "getBoat", Op(h.get), "boats", text},
		{"PATCH", "/api/boats/{id}", domain.PermissionProjectUpdate, "changeBoat", Op(h.change), "boats", text},
		{"POST", "/api/boats/{id}/sink", domain.PermissionProjectUpdate, "sinkBoat", Op(h.sink), "boats", text},
		{"GET", "/api/wait", domain.PermissionPublic, "wait", Op(h.wait).Within(20 * time.Millisecond), "boats", text},
		{"GET", "/api/manifest", domain.PermissionPublic, "manifest", Op(h.manifest).Produces("text/csv"), "boats", text},
		{"POST", "/api/board", domain.PermissionPublic, "board", Op(h.board).Within(30 * time.Second), "boats", text},
		{"PUT", "/api/photo", domain.PermissionPublic, "loadPhoto", Op(h.load).MaxBody(8), "boats", text},
	}
}

func (h *harbour) options() Options {
	return Options{
		Routes: h.routes(),
		Identify: func(ctx context.Context, _ *http.Request) (context.Context, error) {
			return ctx, nil
		},
		Guard: func(context.Context, domain.Permission) error { return nil },
		Pages: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			_, _ = io.WriteString(w, "page "+r.URL.Path)
		}),
		Ready:         func(context.Context) error { return nil },
		Log:           slog.New(slog.NewJSONHandler(&h.log, nil)),
		SessionCookie: "__Host-sid",
		Version:       "test",
		TLS:           true,
	}
}

// serve starts the harbour's server, changed by with.
func (h *harbour) serve(t *testing.T, with ...func(*Options)) *apitest.Client {
	t.Helper()
	o := h.options()
	for _, change := range with {
		change(&o)
	}
	s, err := New(o)
	require.NoError(t, err)
	return apitest.Start(t, s.Handler()).Client(t)
}
