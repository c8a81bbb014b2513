package domain

import (
	"errors"
	"fmt"
)

// Kind says what sort of failure an [Error] is. The api floor maps every kind to one HTTP status in one table.
type Kind int

// The kinds of failure. The zero Kind is KindInternal, so that an error nobody classified never reads as harmless.
const (
	KindInternal Kind = iota
	KindMalformed
	KindInvalid
	KindUnauthenticated
	KindForbidden
	KindNotFound
	KindConflict
	KindPreconditionRequired
	KindTooMany
	KindUnavailable
)

// Refused reports whether err says that somebody tried what they may not do, which the audit record keeps: a missing
// permission, or duties that one person must not join.
func Refused(err error) bool {
	var e *Error
	return errors.As(err, &e) && (e.Kind == KindForbidden || e.Code == CodeRolesIncompatible)
}

// CodeRolesIncompatible is the conflict of the separate administrators (三员分立).
const CodeRolesIncompatible = "roles_incompatible"

// FieldError names one field of a request that breaks a rule. Field is the JSON path the caller sent
// (`milestones[0].forecast`); Code is the key of a sentence in both languages; Params fill its blanks.
type FieldError struct {
	Field  string
	Code   string
	Params map[string]any
}

// Error is the one failure type that crosses floors. Code is stable and is the key of the sentence a clerk reads;
// Cause stays in the log and never reaches an answer.
type Error struct {
	Kind           Kind
	Code           string
	Params         map[string]any
	Fields         []FieldError
	CurrentVersion int64
	Cause          error
}

// Error renders the failure for logs, never for users.
func (e *Error) Error() string {
	if e.Cause != nil {
		return fmt.Sprintf("%s: %v", e.Code, e.Cause)
	}
	if len(e.Fields) > 0 {
		return fmt.Sprintf("%s: %s %s", e.Code, e.Fields[0].Field, e.Fields[0].Code)
	}
	return e.Code
}

// Unwrap gives the cause to errors.Is and errors.As.
func (e *Error) Unwrap() error { return e.Cause }

// KindOf classifies any error; one that is no *Error is KindInternal.
func KindOf(err error) Kind {
	var e *Error
	if errors.As(err, &e) {
		return e.Kind
	}
	return KindInternal
}

// NotFound says that nothing the caller may see has this identity; absent and invisible read the same.
func NotFound(code string) *Error { return &Error{Kind: KindNotFound, Code: code} }

// Forbidden says that the caller is known and may not do this; code names the rule that refused.
func Forbidden(code string) *Error { return &Error{Kind: KindForbidden, Code: code} }

// Invalid refuses one field of an otherwise readable request.
func Invalid(field, code string, params ...any) *Error {
	return &Error{Kind: KindInvalid, Code: "invalid", Fields: []FieldError{{Field: field, Code: code, Params: Params(params...)}}}
}

// InvalidFields refuses several fields at once; nil when there is none to refuse.
func InvalidFields(fields []FieldError) error {
	if len(fields) == 0 {
		return nil
	}
	return &Error{Kind: KindInvalid, Code: "invalid", Fields: fields}
}

// NothingToChange refuses an edit that names no field: it would leave a new version and an empty record behind.
func NothingToChange() *Error { return &Error{Kind: KindInvalid, Code: "nothing_to_change"} }

// Conflict says that the request is well formed but the thing is not in a state that allows it.
func Conflict(code string, params ...any) *Error {
	return &Error{Kind: KindConflict, Code: code, Params: Params(params...)}
}

// StaleVersion says that somebody else wrote first; current is the version to read again.
func StaleVersion(current int64) *Error {
	return &Error{Kind: KindConflict, Code: "stale_version", CurrentVersion: current, Params: Params("current", current)}
}

// Params builds the blanks of a sentence from key, value pairs. A dangling key is dropped.
func Params(pairs ...any) map[string]any {
	if len(pairs) < 2 {
		return nil
	}
	m := make(map[string]any, len(pairs)/2)
	for i := 0; i+1 < len(pairs); i += 2 {
		m[fmt.Sprint(pairs[i])] = pairs[i+1]
	}
	return m
}
