package api

import (
	"errors"
	"fmt"
	"net/url"
	"reflect"
	"slices"
	"strings"

	"github.com/go-playground/validator/v10"

	"zhongda/domain"
)

// ruleBook validates values with go-playground/validator and knows what each tag means in a schema. A tag it cannot
// describe is refused when the server is assembled, so the description never says less than the check.
type ruleBook struct {
	validate *validator.Validate
	values   valueTypes
	structs  map[reflect.Type][]bodyField // filled while routes are checked, only read afterwards
}

func newRuleBook(values valueTypes) (*ruleBook, error) {
	v := validator.New()
	for tag, check := range map[string]validator.Func{"notblank": notBlank, "weblink": webLink} {
		if err := v.RegisterValidation(tag, check); err != nil {
			return nil, fmt.Errorf("register %s: %w", tag, err)
		}
	}
	return &ruleBook{validate: v, values: values, structs: map[reflect.Type][]bodyField{}}, nil
}

// notBlank wants at least one character that is not white space.
func notBlank(f validator.FieldLevel) bool { return strings.TrimSpace(f.Field().String()) != "" }

// webLink wants an absolute http or https address with a host; validator's own url accepts javascript:.
func webLink(f validator.FieldLevel) bool {
	u, err := url.Parse(f.Field().String())
	return err == nil && (u.Scheme == "https" || u.Scheme == "http") && u.Hostname() != "" && u.User == nil
}

// fieldRules is a validate tag, taken apart: rules of the value itself and, after dive, of each of its elements.
type fieldRules struct {
	required bool
	own      []rule
	each     []rule
}

// rule is one tag, such as max=200, with the value's kind at hand.
type rule struct{ tag, param string }

func (r rule) String() string {
	if r.param == "" {
		return r.tag
	}
	return r.tag + "=" + r.param
}

// compile reads the validate tag of a field.
func (b *ruleBook) compile(f reflect.StructField) (fieldRules, error) {
	var rules fieldRules
	into, t := &rules.own, valueType(f.Type)
	for part := range strings.SplitSeq(f.Tag.Get("validate"), ",") {
		tag, param, _ := strings.Cut(part, "=")
		switch tag {
		case "":
			continue
		case "dive":
			if t.Kind() != reflect.Slice {
				return rules, errors.New("dive needs a slice")
			}
			into, t = &rules.each, valueType(t.Elem())
			continue
		case "required":
			rules.required = rules.required || into == &rules.own
			if t.Kind() == reflect.String {
				break
			}
			if source, _ := sourceOf(f); source == "json" {
				return rules, errors.New("required: a json field's presence follows from its type, and a legal 0 must pass (min=1 for a list that must not be empty)")
			}
			continue
		}
		if err := b.check(rule{tag, param}, t); err != nil {
			return rules, err
		}
		*into = append(*into, rule{tag, param})
	}
	return rules, nil
}

// check refuses a rule that has no meaning in a schema, or one that would surprise.
func (b *ruleBook) check(r rule, t reflect.Type) (err error) {
	if err := describeRule(schema{}, r, t); err != nil {
		return err
	}
	defer func() { // the validator panics on a bad parameter
		if p := recover(); p != nil {
			err = fmt.Errorf("validate %s on %s: %v", r, t, p)
		}
	}()
	var failed validator.ValidationErrors
	if err := b.validate.Var(reflect.Zero(t).Interface(), r.String()); err != nil && !errors.As(err, &failed) {
		return err
	}
	return nil
}

// apply reports every rule that v breaks. A nil pointer is absent and so breaks none.
func (b *ruleBook) apply(rules fieldRules, v reflect.Value, path string) []domain.FieldError {
	if v.Kind() == reflect.Pointer {
		if v.IsNil() {
			return nil
		}
		v = v.Elem()
	}
	if _, ok := optionalInner(v.Type()); ok {
		if !v.FieldByName("Set").Bool() {
			return nil
		}
		return b.apply(rules, v.FieldByName("Value"), path)
	}
	found := b.applyAll(rules.own, v, path)
	if len(rules.each) > 0 {
		for i := range v.Len() {
			found = append(found, b.applyAll(rules.each, v.Index(i), indexPath(path, i))...)
		}
	}
	return found
}

// applyAll stops at the first broken rule: one sentence per field is what a clerk can use.
func (b *ruleBook) applyAll(rules []rule, v reflect.Value, path string) []domain.FieldError {
	for _, r := range rules {
		if b.validate.Var(v.Interface(), r.String()) != nil {
			return []domain.FieldError{{Field: path, Code: ruleCode(r, v.Kind()), Params: ruleParams(r)}}
		}
	}
	return nil
}

// ruleCode tells a text that is too long from a number that is too large.
func ruleCode(r rule, k reflect.Kind) string {
	switch {
	case !slices.Contains([]string{"min", "max", "len"}, r.tag):
		return r.tag
	case k == reflect.String:
		return r.tag + "_chars"
	case k == reflect.Slice:
		return r.tag + "_items"
	}
	return r.tag
}

func ruleParams(r rule) map[string]any {
	if r.param == "" {
		return nil
	}
	return map[string]any{"limit": r.param}
}

func (b *ruleBook) bodyField(f reflect.StructField) (bodyField, error) {
	name, omit, err := jsonName(f)
	if err != nil {
		return bodyField{}, err
	}
	rules, err := b.compile(f)
	if err != nil {
		return bodyField{}, err
	}
	if err := b.checkType(f.Type); err != nil {
		return bodyField{}, err
	}
	_, isOptional := optionalInner(f.Type)
	optional := omit || isOptional || f.Type.Kind() == reflect.Pointer
	if optional && !omit && rules.required && f.Type.Kind() == reflect.Pointer {
		return bodyField{}, errors.New("a required pointer says two things: drop the pointer")
	}
	return bodyField{name: name, optional: optional, field: field{typ: f.Type, rules: rules}}, nil
}

// valueType looks through pointers and Optional.
func valueType(t reflect.Type) reflect.Type {
	if inner, ok := optionalInner(t); ok {
		return valueType(inner)
	}
	if t.Kind() == reflect.Pointer {
		return valueType(t.Elem())
	}
	return t
}
