package api

import (
	"encoding"
	"errors"
	"fmt"
	"io"
	"maps"
	"mime"
	"net/http"
	"net/url"
	"reflect"
	"slices"
	"strings"
	"unicode/utf8"

	"zhongda/domain"
)

// pathParam looks up a path parameter; the router owns them.
type pathParam func(name string) string

// bind fills a fresh In value from the request. A path that names nothing is 404, an unreadable query or body 400, a
// readable body that breaks a rule 422.
func (p *inPlan) bind(r *http.Request, path pathParam) (reflect.Value, error) {
	in := reflect.New(p.typ).Elem()
	if err := p.bindPath(in, path); err != nil {
		return in, err
	}
	if err := p.bindQuery(in, r.URL.RawQuery); err != nil {
		return in, err
	}
	if err := p.bindHeaders(in, r); err != nil {
		return in, err
	}
	if p.upload != nil {
		return in, p.upload.bind(r, in)
	}
	return in, p.bindJSON(in, r)
}

// bindPath reads path parameters. Whole numbers are ids and so start at 1; what is no id names nothing.
func (p *inPlan) bindPath(in reflect.Value, path pathParam) error {
	for _, f := range p.params {
		if f.source != "path" {
			continue
		}
		into := in.FieldByIndex(f.index)
		text := path(f.name)
		code, _ := p.book.setParam(into, text)
		padded := into.CanInt() && (into.Int() < 1 || strings.Trim(text, "0123456789") != "" || text[0] == '0')
		if code != "" || padded || len(p.book.apply(f.rules, into, f.name)) > 0 {
			return domain.NotFound("not_found")
		}
	}
	return nil
}

func (p *inPlan) bindQuery(in reflect.Value, raw string) error {
	query, err := url.ParseQuery(raw)
	if err != nil {
		return malformed("", "query_syntax")
	}
	var found []domain.FieldError
	for _, f := range p.params {
		if f.source == "query" {
			found = append(found, p.bindRepeated(in, f, query[f.name])...)
			delete(query, f.name)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(query)) {
		found = append(found, domain.FieldError{Field: name, Code: "query_unknown"})
	}
	return refuseParams("query_invalid", found)
}

func (p *inPlan) bindRepeated(in reflect.Value, f paramField, texts []string) []domain.FieldError {
	into := in.FieldByIndex(f.index)
	switch {
	case len(texts) == 0 && f.fallback != "":
		texts = []string{f.fallback}
	case len(texts) == 0 && f.required:
		return []domain.FieldError{{Field: f.name, Code: "required"}}
	case len(texts) == 0:
		return nil
	case len(texts) > 1 && into.Kind() != reflect.Slice:
		return []domain.FieldError{{Field: f.name, Code: "query_repeated"}}
	}
	if into.Kind() != reflect.Slice {
		return p.setAndCheck(into, f, texts[0])
	}
	into.Set(reflect.MakeSlice(f.typ, len(texts), len(texts)))
	for i, text := range texts {
		if code, params := p.book.setParam(into.Index(i), text); code != "" {
			return []domain.FieldError{{Field: f.name, Code: code, Params: params}}
		}
	}
	return p.book.apply(f.rules, into, f.name)
}

func (p *inPlan) setAndCheck(into reflect.Value, f paramField, text string) []domain.FieldError {
	if code, params := p.book.setParam(into, text); code != "" {
		return []domain.FieldError{{Field: f.name, Code: code, Params: params}}
	}
	return p.book.apply(f.rules, into, f.name)
}

func (p *inPlan) bindHeaders(in reflect.Value, r *http.Request) error {
	var found []domain.FieldError
	for _, f := range p.params {
		text, sent := "", false
		switch f.source {
		case "header":
			text, sent = r.Header.Get(f.name), len(r.Header.Values(f.name)) > 0
		case "cookie":
			if c, err := r.Cookie(f.name); err == nil {
				text, sent = c.Value, true
			}
		default:
			continue
		}
		switch {
		case sent:
			found = append(found, p.setAndCheck(in.FieldByIndex(f.index), f, text)...)
		case f.typ == versionType:
			return &domain.Error{Kind: domain.KindPreconditionRequired, Code: "version_required"}
		case f.required:
			found = append(found, domain.FieldError{Field: f.name, Code: "required"})
		}
	}
	return refuseParams("header_invalid", found)
}

func refuseParams(code string, found []domain.FieldError) error {
	if len(found) == 0 {
		return nil
	}
	return &domain.Error{Kind: domain.KindMalformed, Code: code, Fields: found, Params: map[string]any{"field": found[0].Field}}
}

// setParam reads one text into a field; code names what is wrong with it.
func (b *ruleBook) setParam(into reflect.Value, text string) (code string, params map[string]any) {
	if !utf8.ValidString(text) {
		return "text_encoding", nil
	}
	if strings.ContainsRune(text, 0) {
		return "text_nul", nil
	}
	if into.Kind() == reflect.Pointer {
		into.Set(reflect.New(into.Type().Elem()))
		into = into.Elem()
	}
	switch {
	case readsItself(into.Type()):
		u, ok := into.Addr().Interface().(encoding.TextUnmarshaler)
		if !ok {
			return "format", nil
		}
		if err := u.UnmarshalText([]byte(text)); err != nil {
			e := fieldErrorOf("", err)
			return e.Code, e.Params
		}
	case into.Kind() != reflect.String:
		return setNumber(into, text), nil
	case !b.values.allows(into.Type(), text):
		return "oneof", nil
	default:
		into.SetString(text)
	}
	return "", nil
}

// bindJSON reads the body. An operation without a body accepts none, or an empty object.
func (p *inPlan) bindJSON(in reflect.Value, r *http.Request) error {
	if len(p.body) == 0 && (r.Body == nil || r.Body == http.NoBody || r.ContentLength == 0) {
		return nil
	}
	if err := wantJSON(r.Header); err != nil {
		return err
	}
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return bodyError(err)
	}
	node, err := parseObject(body)
	if err != nil {
		return err
	}
	return p.book.bindBody(p.body, node, in)
}

func wantJSON(h http.Header) error {
	mediaType, params, err := mime.ParseMediaType(h.Get("Content-Type"))
	charset := strings.ToLower(params["charset"])
	if err != nil || mediaType != "application/json" || charset != "" && charset != "utf-8" || h.Get("Content-Encoding") != "" {
		return &protocolError{status: http.StatusUnsupportedMediaType, code: "media_type", params: map[string]any{"want": "application/json"}}
	}
	return nil
}

// bodyError tells a body over the limit from a connection that broke.
func bodyError(err error) error {
	var tooLarge *http.MaxBytesError
	if errors.As(err, &tooLarge) {
		return &protocolError{status: http.StatusRequestEntityTooLarge, code: "body_too_large", params: map[string]any{"limit": tooLarge.Limit}}
	}
	e := malformed("", "body_unreadable")
	e.Cause = fmt.Errorf("read body: %w", err)
	return e
}
