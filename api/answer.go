package api

import (
	"fmt"
	"net/http"
	"reflect"
	"strconv"
	"strings"

	"zhongda/domain"
)

// What an Out type may add to its JSON. All are optional; Status must not depend on the value, because the description
// asks the zero value.
type (
	statusSetter   interface{ Status() int }
	etagSetter     interface{ ETag() string }
	locationSetter interface{ Location() string }
	cookieSetter   interface{ Cookies() []*http.Cookie }
	bodyHolder     interface{ body() any }
)

// None is the In of an operation that takes nothing.
type None struct{}

// NoContent is the Out of an operation that answers 204.
type NoContent struct{}

// Status is 204.
func (NoContent) Status() int { return http.StatusNoContent }

// Versioned answers 200 with the value and its version as ETag, for the If-Match of the next write.
type Versioned[T any] struct {
	Value   T
	Version int64
}

// ETag quotes the version.
func (v Versioned[T]) ETag() string { return etag(v.Version) }
func (v Versioned[T]) body() any    { return v.Value }

// Created answers 201 with the value, its version as ETag, and where it can be read from now on.
type Created[T any] struct {
	Value   T
	Version int64
	At      string
}

// Status is 201.
func (Created[T]) Status() int { return http.StatusCreated }

// ETag quotes the version; none when it is 0.
func (c Created[T]) ETag() string { return etag(c.Version) }

// Location is the path of the new thing.
func (c Created[T]) Location() string { return c.At }
func (c Created[T]) body() any        { return c.Value }

// WithCookies answers 200 with the value and sets cookies.
type WithCookies[T any] struct {
	Value T
	Set   []*http.Cookie
}

// Cookies are the cookies to set.
func (w WithCookies[T]) Cookies() []*http.Cookie { return w.Set }
func (w WithCookies[T]) body() any               { return w.Value }

func etag(version int64) string {
	if version == 0 {
		return ""
	}
	return strconv.Quote(strconv.FormatInt(version, 10))
}

// Version is the version that a write was based on, from the header If-Match: "12". Absent is answered with 428.
type Version int64

var versionType = reflect.TypeFor[Version]()

// UnmarshalText reads a quoted version; weak tags and * are refused, because they would match what nobody read.
func (v *Version) UnmarshalText(text []byte) error {
	digits, ok := strings.CutPrefix(string(text), `"`)
	digits, closed := strings.CutSuffix(digits, `"`)
	n, err := strconv.ParseInt(digits, 10, 64)
	if !ok || !closed || err != nil || n < 1 || digits[0] == '+' {
		return domain.Invalid("If-Match", "version_format")
	}
	*v = Version(n)
	return nil
}

// MarshalText writes the quoted form.
func (v Version) MarshalText() ([]byte, error) { return fmt.Appendf(nil, `"%d"`, int64(v)), nil }

// answerType asks the zero value of an Out type for its status and looks through the wrappers for what is rendered.
func answerType(out reflect.Type) (body reflect.Type, status int) {
	zero := reflect.Zero(out).Interface()
	if _, ok := zero.(bodyHolder); ok {
		field, _ := out.FieldByName("Value")
		return field.Type, answerStatus(zero)
	}
	return out, answerStatus(zero)
}
