package api

import (
	"encoding/json"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strconv"
	"strings"
)

// describer derives schemas from types. Named structs and closed lists become components; requests and answers are kept
// apart, because what a caller may leave out an answer always holds.
type describer struct {
	book       *ruleBook
	components map[string]schema
	owners     map[string]string // component name → the type it was derived from
}

func newDescriber(book *ruleBook) *describer {
	return &describer{book: book, components: map[string]schema{}, owners: map[string]string{}}
}

// request describes a body or parameter type; the rules of its field are written into the schema.
func (d *describer) request(f field) (schema, error) {
	t := f.typ
	if inner, ok := optionalInner(t); ok {
		t = inner
	}
	nullable := t.Kind() == reflect.Pointer
	s, err := d.value(valueType(t), d.requestStruct)
	if err != nil {
		return nil, err
	}
	if s, err = withRules(s, f.rules, valueType(t)); err != nil {
		return nil, err
	}
	if nullable {
		return orNull(s), nil
	}
	return s, nil
}

// parameter describes one path, query or header value: it may be absent, but it cannot be null.
func (d *describer) parameter(f paramField) (schema, error) {
	f.typ = valueType(f.typ)
	s, err := d.request(f.field)
	if err != nil {
		return nil, err
	}
	s = maps.Clone(s)
	if f.source == "path" && s["type"] == "integer" {
		s["minimum"] = 1
	}
	if f.fallback != "" {
		s["default"] = defaultValue(f)
	}
	return s, nil
}

// defaultValue writes the default of a number as a number.
func defaultValue(f paramField) any {
	if n, err := strconv.ParseInt(f.fallback, 10, 64); err == nil && slices.Contains(numberKinds(), valueType(f.typ).Kind()) {
		return n
	}
	return f.fallback
}

// value describes t; object describes structs, in one direction or the other.
func (d *describer) value(t reflect.Type, object func(reflect.Type) (schema, error)) (schema, error) {
	if known, ok := d.book.values[t]; ok {
		if _, closed := known["enum"]; closed && t.Name() != "" {
			return d.component(t, componentName(t), func() (schema, error) { return known, nil })
		}
		return known, nil
	}
	switch k := t.Kind(); {
	case k == reflect.String:
		return schema{"type": "string"}, nil
	case k == reflect.Bool:
		return schema{"type": "boolean"}, nil
	case k == reflect.Float32 || k == reflect.Float64:
		return schema{"type": "number"}, nil
	case slices.Contains(numberKinds(), k):
		return integerSchema(t), nil
	case k == reflect.Slice && t.Elem().Kind() == reflect.Uint8:
		return schema{"type": "string", "contentEncoding": "base64"}, nil
	case k == reflect.Slice:
		items, err := d.element(t.Elem(), object)
		return schema{"type": "array", "items": items}, err
	case k == reflect.Map && t.Key().Kind() == reflect.String:
		values, err := d.element(t.Elem(), object)
		return schema{"type": "object", "additionalProperties": values}, err
	case k == reflect.Interface && t.NumMethod() == 0:
		return schema{}, nil
	case k == reflect.Struct:
		return object(t)
	}
	return nil, fmt.Errorf("%s cannot be described", t)
}

func (d *describer) element(t reflect.Type, object func(reflect.Type) (schema, error)) (schema, error) {
	s, err := d.value(valueType(t), object)
	if err == nil && t.Kind() == reflect.Pointer {
		return orNull(s), nil
	}
	return s, err
}

func integerSchema(t reflect.Type) schema {
	switch t.Kind() {
	case reflect.Int64, reflect.Int, reflect.Uint64, reflect.Uint:
		return schema{"type": "integer", "format": "int64"}
	}
	return schema{"type": "integer", "format": "int32"}
}

// component names a type once. Two types that would share a name are an error.
func (d *describer) component(t reflect.Type, name string, describe func() (schema, error)) (schema, error) {
	owner := t.String()
	if have, taken := d.owners[name]; taken && have != owner {
		return nil, fmt.Errorf("component %s would be both %s and %s: rename one", name, have, owner)
	}
	ref := schema{"$ref": "#/components/schemas/" + name}
	if _, done := d.owners[name]; done {
		return ref, nil
	}
	d.owners[name] = owner
	s, err := describe()
	d.components[name] = s
	return ref, err
}

// requestName makes "updateProjectIn" into "UpdateProjectInput" and "Amount" into "AmountInput": a type that is both
// sent and answered is two components, because its members are required differently.
func requestName(t reflect.Type) string {
	return strings.TrimSuffix(componentName(t), "In") + "Input"
}

// componentName makes "Page[zhongda/api.Project]" into "ProjectPage" and "projectRow" into "ProjectRow".
func componentName(t reflect.Type) string {
	outer, inner, generic := strings.Cut(t.Name(), "[")
	name := strings.ToUpper(outer[:min(1, len(outer))]) + outer[min(1, len(outer)):]
	if generic {
		inner = strings.TrimSuffix(inner, "]")
		inner = inner[strings.LastIndexAny(inner, "./")+1:]
		name = strings.ToUpper(inner[:1]) + inner[1:] + name
	}
	return name
}

func (d *describer) requestStruct(t reflect.Type) (schema, error) {
	return d.component(t, requestName(t), func() (schema, error) { return d.requestObject(d.book.structs[t]) })
}

// requestObject describes the members of a request; nothing else may be sent.
func (d *describer) requestObject(fields []bodyField) (schema, error) {
	properties, required := schema{}, []string{}
	for _, f := range fields {
		s, err := d.request(f.field)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", f.name, err)
		}
		properties[f.name] = s
		if !f.optional {
			required = append(required, f.name)
		}
	}
	return object(properties, required, schema{"additionalProperties": false}), nil
}

// answer describes an Out type: a member is always there unless tagged omitempty, and null only where it is a pointer.
func (d *describer) answer(t reflect.Type) (schema, error) {
	return d.element(t, d.answerStruct)
}

func (d *describer) answerStruct(t reflect.Type) (schema, error) {
	if t.Implements(reflect.TypeFor[json.Marshaler]()) {
		return nil, fmt.Errorf("%s writes itself and is not described in knownValues", t)
	}
	if t.Name() == "" {
		return nil, fmt.Errorf("%s needs a name", t)
	}
	return d.component(t, componentName(t), func() (schema, error) {
		properties, required := schema{}, []string{}
		if err := d.answerFields(t, properties, &required); err != nil {
			return nil, fmt.Errorf("%s: %w", t, err)
		}
		if len(properties) == 0 {
			return nil, fmt.Errorf("%s has no field with a json tag", t)
		}
		return object(properties, required, nil), nil
	})
}

func (d *describer) answerFields(t reflect.Type, properties schema, required *[]string) error {
	for f := range exportedFields(t) {
		if f.Anonymous && f.Tag.Get("json") == "" && f.Type.Kind() == reflect.Struct {
			if err := d.answerFields(f.Type, properties, required); err != nil {
				return err
			}
			continue
		}
		name, omit, err := jsonName(f)
		if err != nil {
			return fmt.Errorf("%s: %w", f.Name, err)
		}
		t := f.Type
		if omit {
			t = valueType(t)
		} else {
			*required = append(*required, name)
		}
		if properties[name], err = d.answer(t); err != nil {
			return fmt.Errorf("%s: %w", f.Name, err)
		}
	}
	return nil
}

func object(properties schema, required []string, more schema) schema {
	s := schema{"type": "object", "properties": properties}
	if len(required) > 0 {
		slices.Sort(required)
		s["required"] = required
	}
	maps.Copy(s, more)
	return s
}

// orNull allows null beside s.
func orNull(s schema) schema {
	if name, plain := s["type"].(string); plain && s["enum"] == nil {
		s = maps.Clone(s)
		s["type"] = []any{name, "null"}
		return s
	}
	return schema{"anyOf": []any{s, schema{"type": "null"}}}
}
