package api

import (
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"
)

// paramSources are the tags of an In field that arrive outside the body.
func paramSources() []string { return []string{"path", "query", "header", "cookie"} }

// paramField is one path, query, header or cookie field of an In struct.
type paramField struct {
	source   string
	name     string
	fallback string // the default tag: what an absent query parameter reads as
	required bool
	field
}

// field is a Go struct field that the binder fills and the description documents.
type field struct {
	index []int
	typ   reflect.Type
	rules fieldRules
}

// bodyField is one JSON member. It must be present unless optional.
type bodyField struct {
	name     string
	optional bool
	field
}

// inPlan says how an In struct is filled. It is derived once, when the server is assembled.
type inPlan struct {
	typ    reflect.Type
	params []paramField
	body   []bodyField
	upload *uploadField
	book   *ruleBook
}

func newInPlan(t reflect.Type, book *ruleBook) (inPlan, error) {
	plan := inPlan{typ: t, book: book}
	if t.Kind() != reflect.Struct {
		return plan, fmt.Errorf("%s is no struct", t)
	}
	if err := plan.addFields(t, nil); err != nil {
		return plan, fmt.Errorf("%s: %w", t, err)
	}
	if plan.upload != nil && len(plan.body) > 0 {
		return plan, fmt.Errorf("%s: an upload and json fields cannot share a body", t)
	}
	if len(plan.body) > 0 && t.Name() == "" {
		return plan, fmt.Errorf("%s: a request with a body needs a named type", t)
	}
	return plan, nil
}

func (p *inPlan) addFields(t reflect.Type, prefix []int) error {
	for f := range exportedFields(t) {
		index := append(slices.Clone(prefix), f.Index...)
		var err error
		switch source, name := sourceOf(f); {
		case f.Type == uploadType:
			err = p.addUpload(f, index)
		case source == "" && f.Anonymous && f.Type.Kind() == reflect.Struct:
			err = p.addFields(f.Type, index)
		case source == "":
			err = errors.New("no path, query, header, cookie or json tag")
		case source == "json":
			err = p.addBody(f, index)
		default:
			err = p.addParam(f, index, source, name)
		}
		if err != nil {
			return fmt.Errorf("field %s: %w", f.Name, err)
		}
	}
	return nil
}

func (p *inPlan) addParam(f reflect.StructField, index []int, source, name string) error {
	rules, err := p.book.compile(f)
	if err != nil {
		return err
	}
	if !bindableParam(f.Type) {
		return fmt.Errorf("%s cannot be a %s parameter", f.Type, source)
	}
	if err := p.book.checkType(f.Type); err != nil {
		return err
	}
	if slices.ContainsFunc(p.params, func(o paramField) bool { return o.source == source && o.name == name }) {
		return fmt.Errorf("%s %s is there twice", source, name)
	}
	p.params = append(p.params, paramField{
		source: source, name: name, fallback: f.Tag.Get("default"), required: rules.required,
		field: field{index: index, typ: f.Type, rules: rules},
	})
	return nil
}

func (p *inPlan) addBody(f reflect.StructField, index []int) error {
	b, err := p.book.bodyField(f)
	if err != nil {
		return err
	}
	if slices.ContainsFunc(p.body, func(o bodyField) bool { return o.name == b.name }) {
		return fmt.Errorf("json %s is there twice", b.name)
	}
	b.index = index
	p.body = append(p.body, b)
	return nil
}

// checkPath refuses a route whose path and In struct name different parameters.
func (p *inPlan) checkPath(path string) error {
	want := pathNames(path)
	for _, f := range p.params {
		if i := slices.Index(want, f.name); f.source == "path" && i < 0 {
			return fmt.Errorf("path %s has no {%s}", path, f.name)
		} else if f.source == "path" {
			want = slices.Delete(want, i, i+1)
		}
	}
	if len(want) > 0 {
		return fmt.Errorf("%s has no field for {%s}", p.typ, want[0])
	}
	return nil
}

func sourceOf(f reflect.StructField) (source, name string) {
	for _, s := range paramSources() {
		if name, ok := f.Tag.Lookup(s); ok {
			return s, name
		}
	}
	if _, ok := f.Tag.Lookup("json"); ok {
		return "json", ""
	}
	return "", ""
}

// jsonName reads a json tag: the member's name and whether it may be left out.
func jsonName(f reflect.StructField) (name string, omit bool, err error) {
	name, options, _ := strings.Cut(f.Tag.Get("json"), ",")
	if name == "" || name == "-" {
		return "", false, errors.New("a json tag with a name is needed")
	}
	for option := range strings.SplitSeq(options, ",") {
		switch option {
		case "":
		case "omitempty", "omitzero":
			omit = true
		default:
			return "", false, fmt.Errorf("json option %q is not supported", option)
		}
	}
	return name, omit, nil
}

// exportedFields yields the fields a caller can reach, embedded unexported structs included.
func exportedFields(t reflect.Type) func(yield func(reflect.StructField) bool) {
	return func(yield func(reflect.StructField) bool) {
		for i := range t.NumField() {
			f := t.Field(i)
			if (f.IsExported() || f.Anonymous && f.Type.Kind() == reflect.Struct) && !yield(f) {
				return
			}
		}
	}
}
