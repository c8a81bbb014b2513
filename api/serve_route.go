package api

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/gin-gonic/gin"

	"zhongda/domain"
)

// handle turns an endpoint into a router handler: who, may they, what, do it, answer.
func (s *Server) handle(e endpoint) gin.HandlerFunc {
	return func(c *gin.Context) {
		ctx, cancel := e.Op.bound(c.Request.Context())
		defer cancel()
		c.Request = c.Request.WithContext(ctx)
		out, err := s.run(e, c)
		if err == nil {
			err = s.renderer.write(c.Writer, c.Request, out)
		}
		if err != nil {
			s.problems.write(c.Request.Context(), c.Writer, err)
		}
	}
}

func (s *Server) run(e endpoint, c *gin.Context) (any, error) {
	if err := extendDeadlines(c.Writer, e.Op); err != nil {
		return nil, err
	}
	ctx, err := s.options.Identify(c.Request.Context(), c.Request)
	if err != nil {
		return nil, fmt.Errorf("identify: %w", err)
	}
	c.Request = c.Request.WithContext(ctx)
	if err := s.guard(aimedAt(ctx, e, c), e.Permission); err != nil {
		return nil, err
	}
	c.Request.Body = http.MaxBytesReader(c.Writer, c.Request.Body, e.Op.maxBody)
	in, err := e.plan.bind(c.Request, c.Param)
	if err != nil {
		return nil, err
	}
	return e.Op.call(ctx, in)
}

// aimedAt tells the guard what the request is about, so that a refusal is recorded beside its object.
func aimedAt(ctx context.Context, e endpoint, c *gin.Context) context.Context {
	id, err := strconv.ParseInt(c.Param("id"), 10, 64)
	if err != nil {
		return ctx
	}
	origin := domain.OriginFrom(ctx)
	origin.Kind, origin.ID = nounBeforeID(e.Path), id
	return domain.WithOrigin(ctx, origin)
}

// nounBeforeID is "project" for "/api/v1/projects/{id}/milestones".
func nounBeforeID(path string) string {
	before, _, _ := strings.Cut(path, "/{id}")
	return strings.TrimSuffix(before[strings.LastIndex(before, "/")+1:], "s")
}

// guard fails closed: a server without a guard serves nobody.
func (s *Server) guard(ctx context.Context, p domain.Permission) error {
	if s.options.Guard == nil {
		return domain.Forbidden("forbidden")
	}
	return s.options.Guard(ctx, p)
}

// bound ends ctx with the operation's deadline, or with the connection where there is none.
func (o Operation) bound(ctx context.Context) (context.Context, context.CancelFunc) {
	if o.endless {
		return context.WithCancel(ctx)
	}
	return context.WithTimeout(ctx, o.deadline)
}

// extendDeadlines gives a long operation the connection for as long as it may take, and an endless one for good: a stream
// bounds each of its writes itself. A writer without a connection (a recorder) has no deadlines to extend.
func extendDeadlines(w http.ResponseWriter, o Operation) error {
	if o.deadline <= readTimeout && !o.endless {
		return nil
	}
	control, until := http.NewResponseController(w), time.Now().Add(o.deadline)
	read, write := until, until.Add(writeTimeout)
	if o.endless {
		read, write = time.Time{}, time.Time{}
	}
	err := errors.Join(control.SetReadDeadline(read), control.SetWriteDeadline(write))
	if err != nil && !errors.Is(err, http.ErrNotSupported) {
		return fmt.Errorf("extend deadlines: %w", err)
	}
	return nil
}
