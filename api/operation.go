package api

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"regexp"
	"strings"
	"time"

	"zhongda/domain"
)

const (
	defaultDeadline = 10 * time.Second
	defaultMaxBody  = 1 << 20
)

// Text is one sentence in the two languages of the product.
type Text struct{ Zh, En string }

// Route is one line of the route table. Path uses OpenAPI braces ("/api/projects/{id}"); Name is the operationId and so
// the name of the generated client's type, unique and in camel case ("updateProject").
type Route struct {
	Method     string
	Path       string
	Permission domain.Permission
	Name       string
	Op         Operation
	Tag        string
	Summary    Text
}

// Operation is a typed handler made comparable to all others; build it with [Op].
type Operation struct {
	in, out  reflect.Type
	call     func(ctx context.Context, in reflect.Value) (any, error)
	deadline time.Duration
	maxBody  int64
	produces []string
	endless  bool
}

// Op wraps a handler. In and Out must be structs that follow the rules of the package comment; a breach is an error of
// [New], so it is found before the first request.
func Op[In, Out any](handler func(ctx context.Context, in In) (Out, error)) Operation {
	return Operation{
		in:  reflect.TypeFor[In](),
		out: reflect.TypeFor[Out](),
		call: func(ctx context.Context, in reflect.Value) (any, error) {
			return handler(ctx, *in.Addr().Interface().(*In))
		},
		deadline: defaultDeadline,
		maxBody:  defaultMaxBody,
	}
}

// Within replaces the deadline of ten seconds, for imports and exports.
func (o Operation) Within(d time.Duration) Operation { o.deadline = d; return o }

// MaxBody replaces the body limit of 1 MiB.
func (o Operation) MaxBody(bytes int64) Operation { o.maxBody = bytes; return o }

// Produces names the media types of a [Download], for the description.
func (o Operation) Produces(mediaTypes ...string) Operation { o.produces = mediaTypes; return o }

// Endless lifts the deadline: the answer is an [EventStream] that lasts as long as the caller listens.
func (o Operation) Endless() Operation { o.endless = true; return o }

// endpoint is a checked route: its operation with the binding plan that was derived from the In type.
type endpoint struct {
	Route
	plan inPlan
}

func newEndpoint(r Route, rules *ruleBook) (endpoint, error) {
	if err := checkRoute(r); err != nil {
		return endpoint{}, err
	}
	plan, err := newInPlan(r.Op.in, rules)
	if err != nil {
		return endpoint{}, fmt.Errorf("route %s: %w", r.Name, err)
	}
	if err := plan.checkPath(r.Path); err != nil {
		return endpoint{}, fmt.Errorf("route %s: %w", r.Name, err)
	}
	return endpoint{Route: r, plan: plan}, nil
}

func newEndpoints(routes []Route, rules *ruleBook) ([]endpoint, error) {
	endpoints := make([]endpoint, 0, len(routes))
	names := map[string]bool{}
	var failures []error
	for _, r := range routes {
		e, err := newEndpoint(r, rules)
		if err == nil && names[r.Name] {
			err = fmt.Errorf("route name %s is used twice", r.Name)
		}
		names[r.Name] = true
		endpoints = append(endpoints, e)
		failures = append(failures, err)
	}
	return endpoints, errors.Join(failures...)
}

func checkRoute(r Route) error {
	switch {
	case r.Name == "" || r.Method == "" || !strings.HasPrefix(r.Path, "/api/"):
		return fmt.Errorf("route %s %q (%q): name, method and a path below /api/ are needed", r.Method, r.Path, r.Name)
	case r.Permission == "":
		return fmt.Errorf("route %s: no permission", r.Name)
	case r.Op.call == nil:
		return fmt.Errorf("route %s: no operation", r.Name)
	case r.Summary.Zh == "" || r.Summary.En == "" || r.Tag == "":
		return fmt.Errorf("route %s: tag and summary in both languages are needed", r.Name)
	}
	return nil
}

// ginPath turns "/api/projects/{id}" into the router's "/api/projects/:id".
func ginPath(path string) string {
	return strings.NewReplacer("{", ":", "}", "").Replace(path)
}

func pathNames(path string) []string {
	var names []string
	for _, m := range regexp.MustCompile(`\{([^}]+)\}`).FindAllStringSubmatch(path, -1) {
		names = append(names, m[1])
	}
	return names
}
