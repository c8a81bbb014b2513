package api

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"time"

	"zhongda/domain"
)

const (
	eventStreamMedia = "text/event-stream"
	// eventWriteTimeout ends the stream of a reader who takes nothing any more.
	eventWriteTimeout = 10 * time.Second
)

// EventStream is an Out that goes on until the caller leaves or the source ends. Run sends bulletins one by one; an error of
// send says that nobody listens any more.
type EventStream struct {
	run func(ctx context.Context, send func(event string, data any) error)
}

// Bulletin is the data of one event. An event "news" names what changed, never how; "resync" says that something may have
// been missed; "end" says why the stream is over. The first event, "begin", says nothing but that.
type Bulletin struct {
	News []News            `json:"news"`
	End  *domain.StreamEnd `json:"end"`
}

// News is what changed of one noun: the things, and the projects they belong to. Where many is true, they are not named.
type News struct {
	Noun     domain.LiveNoun `json:"noun"`
	IDs      []int64         `json:"ids"`
	Projects []int64         `json:"projects"`
	Many     bool            `json:"many"`
}

func (h handlers) followChanges(ctx context.Context, _ None) (EventStream, error) {
	stream, err := h.service.Follow(ctx)
	if err != nil {
		return EventStream{}, err
	}
	return EventStream{run: func(ctx context.Context, send func(string, any) error) {
		defer stream.Close()
		if send("begin", Bulletin{}) != nil {
			return
		}
		for {
			b, err := stream.Next(ctx)
			if err != nil || send(eventOf(b), bulletin(b)) != nil || b.End != "" {
				return
			}
		}
	}}, nil
}

// eventOf names a bulletin; one without a name is a comment that keeps the connection alive.
func eventOf(b domain.Bulletin) string {
	switch {
	case b.End != "":
		return "end"
	case b.Resync:
		return "resync"
	case len(b.News) > 0:
		return "news"
	}
	return ""
}

func bulletin(b domain.Bulletin) Bulletin {
	return Bulletin{End: emptyAsNull(b.End), News: mapSlice(b.News, func(n domain.News) News {
		return News{Noun: n.Noun, IDs: n.IDs, Projects: n.Projects, Many: n.Many}
	})}
}

// serve begins the answer and keeps it open. Each event leaves at once: proxies are asked not to collect them.
func (s EventStream) serve(ctx context.Context, w http.ResponseWriter) {
	h := w.Header()
	h.Set("Content-Type", eventStreamMedia)
	h.Set("X-Accel-Buffering", "no")
	w.WriteHeader(http.StatusOK)
	control := http.NewResponseController(w)
	s.run(ctx, func(event string, data any) error {
		text, err := eventText(event, data)
		if err != nil {
			return err
		}
		_ = control.SetWriteDeadline(time.Now().Add(eventWriteTimeout)) // a recorder has none
		if _, err := w.Write(text); err != nil {
			return err
		}
		return control.Flush()
	})
}

func eventText(event string, data any) ([]byte, error) {
	if event == "" {
		return []byte(":\n\n"), nil
	}
	body, err := encode(data)
	return fmt.Appendf(nil, "event: %s\ndata: %s\n\n", event, json.RawMessage(body)), err
}
