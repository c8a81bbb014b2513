package domain

import (
	"strings"
	"unicode/utf8"
)

func runes(text string) int { return utf8.RuneCountInString(text) }

// checkText wants a text of at most so many characters that is more than white space.
func checkText(field, text string, limit int) []FieldError {
	switch {
	case strings.TrimSpace(text) == "":
		return []FieldError{{Field: field, Code: "required"}}
	case runes(text) > limit:
		return []FieldError{{Field: field, Code: "too_long", Params: Params("max", limit)}}
	}
	return nil
}

// checkDue wants a day that has not gone by.
func checkDue(due, today Date) []FieldError {
	switch {
	case due.IsZero():
		return []FieldError{{Field: "due", Code: "required"}}
	case due.Before(today):
		return []FieldError{{Field: "due", Code: "due_gone_by"}}
	}
	return nil
}
