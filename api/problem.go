package api

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"strconv"
	"strings"

	"zhongda/domain"
)

// statusOf is the one table from kind of failure to HTTP status.
func statusOf(k domain.Kind) int {
	switch k {
	case domain.KindMalformed:
		return http.StatusBadRequest
	case domain.KindInvalid:
		return http.StatusUnprocessableEntity
	case domain.KindUnauthenticated:
		return http.StatusUnauthorized
	case domain.KindForbidden:
		return http.StatusForbidden
	case domain.KindNotFound:
		return http.StatusNotFound
	case domain.KindConflict:
		return http.StatusConflict
	case domain.KindPreconditionRequired:
		return http.StatusPreconditionRequired
	case domain.KindTooMany:
		return http.StatusTooManyRequests
	case domain.KindUnavailable:
		return http.StatusServiceUnavailable
	case domain.KindInternal:
	}
	return http.StatusInternalServerError
}

// statusClientGone is what the log shows for a caller that left; nobody receives it.
const statusClientGone = 499

// protocolError is a failure of HTTP itself, which no floor below knows: method, media type, size, origin.
type protocolError struct {
	status int
	code   string
	params map[string]any
}

func (e *protocolError) Error() string { return e.code }

// Problem is the body of every answer of 400 and above (RFC 9457, application/problem+json).
type Problem struct {
	Type           string         `json:"type"`
	Title          string         `json:"title"`
	Status         int            `json:"status"`
	Detail         string         `json:"detail"`
	Instance       string         `json:"instance"` // the request id, to find the log line
	Code           string         `json:"code"`
	Errors         []ProblemField `json:"errors,omitempty"`
	CurrentVersion int64          `json:"currentVersion,omitempty"`
}

// ProblemField is one refused field, by the JSON path or parameter name that the caller sent.
type ProblemField struct {
	Field   string `json:"field"`
	Code    string `json:"code"`
	Message string `json:"message"`
}

// problems writes failures: the reason to the log, a sentence to the caller.
type problems struct {
	sentences catalogue
	log       *slog.Logger
}

const (
	maxEchoedField   = 200
	maxProblemFields = 50
)

// write answers with the problem that err is. It must be called before the first byte of the answer.
func (p *problems) write(ctx context.Context, w http.ResponseWriter, err error) {
	facts := FactsOf(ctx)
	problem, params := p.describe(err, facts.Language)
	problem.Instance = facts.ID
	if problem.Status >= http.StatusInternalServerError {
		p.log.ErrorContext(ctx, "request failed", "request_id", facts.ID, "code", problem.Code, "error", err.Error())
	}
	header := w.Header()
	if wait := retryAfter(problem.Status, params); wait != "" {
		header.Set("Retry-After", wait)
	}
	header.Set("Content-Type", "application/problem+json")
	header.Set("Content-Language", string(facts.Language))
	body, err := json.Marshal(problem)
	if err != nil {
		body = []byte(`{"type":"about:blank","status":500}`)
	}
	w.WriteHeader(problem.Status)
	_, _ = w.Write(body) // a caller that left cannot be told
}

func (p *problems) describe(err error, lang Language) (Problem, map[string]any) {
	e, status := classify(err)
	problem := Problem{
		Type:           "urn:zhongda:problem:" + e.Code,
		Title:          p.sentences.title(lang, status),
		Status:         status,
		Detail:         p.sentences.sentence(lang, e.Code, status, e.Params),
		Code:           e.Code,
		CurrentVersion: e.CurrentVersion,
	}
	for _, f := range e.Fields[:min(len(e.Fields), maxProblemFields)] {
		problem.Errors = append(problem.Errors, ProblemField{
			Field: clip(f.Field), Code: f.Code, Message: p.sentences.sentence(lang, f.Code, status, f.Params),
		})
	}
	return problem, e.Params
}

// classify turns any error into code and status. What nobody classified is internal and keeps its reason to itself.
func classify(err error) (*domain.Error, int) {
	var protocol *protocolError
	var known *domain.Error
	switch {
	case errors.As(err, &protocol):
		return &domain.Error{Code: protocol.code, Params: protocol.params}, protocol.status
	case errors.As(err, new(*http.MaxBytesError)):
		return classify(bodyError(err))
	case errors.As(err, &known) && known.Kind != domain.KindInternal:
		return known, statusOf(known.Kind)
	case errors.Is(err, context.DeadlineExceeded):
		return &domain.Error{Code: "deadline_exceeded"}, http.StatusServiceUnavailable
	case errors.Is(err, context.Canceled):
		return &domain.Error{Code: "client_gone"}, statusClientGone
	}
	return &domain.Error{Code: "internal"}, http.StatusInternalServerError
}

// retryAfter gives a caller that must wait a number of seconds: the error's own, or a cautious one.
func retryAfter(status int, params map[string]any) string {
	if seconds, ok := params["retryAfter"]; ok {
		return fmt.Sprint(seconds)
	}
	switch status {
	case http.StatusTooManyRequests:
		return strconv.Itoa(60)
	case http.StatusServiceUnavailable:
		return strconv.Itoa(5)
	}
	return ""
}

// clip bounds what a caller can make an answer repeat.
func clip(s string) string {
	if r := []rune(s); len(r) > maxEchoedField {
		return string(r[:maxEchoedField]) + "…"
	}
	return strings.ToValidUTF8(s, "�")
}
