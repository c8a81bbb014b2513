package api

import (
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strconv"
	"strings"
)

// describeRule writes one validate rule into a schema of type t. It knows every tag that may be used.
func describeRule(s schema, r rule, t reflect.Type) error {
	text, list := t.Kind() == reflect.String, t.Kind() == reflect.Slice
	number := slices.Contains(numberKinds(), t.Kind()) && t.Kind() != reflect.Bool
	set := func(key string, allowed bool) error {
		if !allowed {
			return fmt.Errorf("validate:%q means nothing for %s", r, t)
		}
		n, err := strconv.ParseFloat(r.param, 64)
		s[key] = n
		return err
	}
	switch {
	case r.tag == "required" && text, r.tag == "notblank" && text:
		s["minLength"] = 1
	case (r.tag == "min" || r.tag == "max" || r.tag == "len") && (text || list):
		noun := map[bool]string{true: "Length", false: "Items"}[text]
		if r.tag == "len" {
			return firstError(set("min"+noun, true), set("max"+noun, true))
		}
		return set(r.tag+noun, true)
	case r.tag == "min" || r.tag == "gte":
		return set("minimum", number)
	case r.tag == "max" || r.tag == "lte":
		return set("maximum", number)
	case r.tag == "gt":
		return set("exclusiveMinimum", number)
	case r.tag == "lt":
		return set("exclusiveMaximum", number)
	case r.tag == "oneof" && text:
		s["enum"] = anySlice(strings.Fields(r.param))
	case r.tag == "email" && text, r.tag == "uuid" && text:
		s["format"] = r.tag
	case r.tag == "weblink" && text:
		s["format"] = "uri"
	case r.tag == "unique" && list:
		s["uniqueItems"] = true
	default:
		return fmt.Errorf("validate:%q on %s cannot be described", r, t)
	}
	return nil
}

func anySlice(texts []string) []any {
	out := make([]any, len(texts))
	for i, t := range texts {
		out[i] = t
	}
	return out
}

func firstError(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

// withRules writes every rule of a field into the schema of its type t.
func withRules(s schema, rules fieldRules, t reflect.Type) (schema, error) {
	if len(rules.own) == 0 && len(rules.each) == 0 {
		return s, nil
	}
	if _, isRef := s["$ref"]; isRef {
		s = schema{"allOf": []any{s}}
	} else {
		s = maps.Clone(s)
	}
	for _, r := range rules.own {
		if err := describeRule(s, r, t); err != nil {
			return nil, err
		}
	}
	if len(rules.each) > 0 {
		items, err := withRules(s["items"].(schema), fieldRules{own: rules.each}, t.Elem())
		if err != nil {
			return nil, err
		}
		s["items"] = items
	}
	return s, nil
}
