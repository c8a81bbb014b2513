package api

import (
	"encoding"
	"encoding/json"
	"errors"
	"reflect"
	"slices"
	"strconv"

	"zhongda/domain"
)

// jsonBinder fills request structs from parsed JSON and remembers every value that does not fit, by path.
type jsonBinder struct {
	book    *ruleBook
	unknown []domain.FieldError
	invalid []domain.FieldError
}

// bindBody fills in from the members of node. Unknown members are a malformed request, unusable values an invalid one.
func (b *ruleBook) bindBody(fields []bodyField, node jsonNode, in reflect.Value) error {
	binder := &jsonBinder{book: b}
	binder.object(fields, node, in, "")
	if len(binder.unknown) > 0 {
		return &domain.Error{Kind: domain.KindMalformed, Code: "json_unknown_key", Fields: binder.unknown, Params: map[string]any{"field": binder.unknown[0].Field}}
	}
	return domain.InvalidFields(binder.invalid)
}

func (b *jsonBinder) object(fields []bodyField, node jsonNode, into reflect.Value, path string) {
	for _, m := range node.members {
		i := slices.IndexFunc(fields, func(f bodyField) bool { return f.name == m.name })
		if i < 0 {
			b.unknown = append(b.unknown, domain.FieldError{Field: joinPath(path, m.name), Code: "json_unknown_key"})
			continue
		}
		b.member(fields[i], m.node, into.FieldByIndex(fields[i].index), joinPath(path, m.name))
	}
	for _, f := range fields {
		sent := slices.ContainsFunc(node.members, func(m jsonMember) bool { return m.name == f.name })
		if !sent && !f.optional {
			b.refuse(joinPath(path, f.name), "required")
		}
	}
}

func (b *jsonBinder) member(f bodyField, node jsonNode, into reflect.Value, path string) {
	before := len(b.invalid)
	b.value(node, into, path)
	if len(b.invalid) == before {
		b.invalid = append(b.invalid, b.book.apply(f.rules, into, path)...)
	}
}

func (b *jsonBinder) value(node jsonNode, into reflect.Value, path string) {
	t := into.Type()
	if inner, ok := optionalInner(t); ok {
		v := reflect.New(inner).Elem()
		b.value(node, v, path)
		into.Addr().Interface().(optional).assign(v)
		return
	}
	switch {
	case t.Kind() == reflect.Pointer && node.kind == jsonNull:
	case t.Kind() == reflect.Pointer:
		into.Set(reflect.New(t.Elem()))
		b.value(node, into.Elem(), path)
	case node.kind == jsonNull:
		b.refuse(path, "null")
	case readsItself(t):
		b.selfReading(node, into, path)
	default:
		b.plain(node, into, path)
	}
}

func (b *jsonBinder) plain(node jsonNode, into reflect.Value, path string) {
	switch k := into.Kind(); {
	case k == reflect.Struct && node.kind == jsonObject:
		b.object(b.book.structs[into.Type()], node, into, path)
	case k == reflect.Slice && node.kind == jsonArray:
		b.slice(node, into, path)
	case k == reflect.Map && node.kind == jsonObject:
		b.mapping(node, into, path)
	case k == reflect.Bool && node.kind == jsonBool:
		into.SetBool(string(node.raw) == "true")
	case slices.Contains(numberKinds(), k) && k != reflect.Bool && node.kind == jsonNumber:
		b.refuseIf(path, setNumber(into, string(node.raw)))
	case k == reflect.String && node.kind == jsonString && b.book.values.allows(into.Type(), node.text):
		into.SetString(node.text)
	case k == reflect.String && node.kind == jsonString:
		b.refuse(path, "oneof")
	default:
		b.refuse(path, typeCode(k))
	}
}

func (b *jsonBinder) slice(node jsonNode, into reflect.Value, path string) {
	into.Set(reflect.MakeSlice(into.Type(), len(node.items), len(node.items)))
	for i, item := range node.items {
		b.value(item, into.Index(i), indexPath(path, i))
	}
}

func (b *jsonBinder) mapping(node jsonNode, into reflect.Value, path string) {
	into.Set(reflect.MakeMapWithSize(into.Type(), len(node.members)))
	for _, m := range node.members {
		v := reflect.New(into.Type().Elem()).Elem()
		b.value(m.node, v, joinPath(path, m.name))
		into.SetMapIndex(reflect.ValueOf(m.name).Convert(into.Type().Key()), v)
	}
}

func (b *jsonBinder) selfReading(node jsonNode, into reflect.Value, path string) {
	if u, ok := into.Addr().Interface().(encoding.TextUnmarshaler); ok {
		if node.kind != jsonString {
			b.refuse(path, typeCode(reflect.String))
			return
		}
		b.refuseAs(path, u.UnmarshalText([]byte(node.text)))
		return
	}
	b.refuseAs(path, into.Addr().Interface().(json.Unmarshaler).UnmarshalJSON(node.raw))
}

func (b *jsonBinder) refuse(path, code string) {
	b.invalid = append(b.invalid, domain.FieldError{Field: path, Code: code})
}

func (b *jsonBinder) refuseIf(path, code string) {
	if code != "" {
		b.refuse(path, code)
	}
}

func (b *jsonBinder) refuseAs(path string, err error) {
	if err != nil {
		b.invalid = append(b.invalid, fieldErrorOf(path, err))
	}
}

// fieldErrorOf keeps the code of a value type that explains itself; another error is a wrong format.
func fieldErrorOf(path string, err error) domain.FieldError {
	var e *domain.Error
	if errors.As(err, &e) && len(e.Fields) > 0 {
		return domain.FieldError{Field: path, Code: e.Fields[0].Code, Params: e.Fields[0].Params}
	}
	return domain.FieldError{Field: path, Code: "format"}
}

// setNumber writes text into a number or bool and returns the code of what is wrong with it, or "".
func setNumber(into reflect.Value, text string) (code string) {
	var err error
	bits := func() int { return into.Type().Bits() }
	switch k := into.Kind(); {
	case k == reflect.Bool:
		if text != "true" && text != "false" {
			return typeCode(k)
		}
		into.SetBool(text == "true")
	case k == reflect.Float32 || k == reflect.Float64:
		var f float64
		f, err = strconv.ParseFloat(text, bits())
		into.SetFloat(f)
	case into.CanUint():
		var n uint64
		n, err = strconv.ParseUint(text, 10, bits())
		into.SetUint(n)
	default:
		var n int64
		n, err = strconv.ParseInt(text, 10, bits())
		into.SetInt(n)
	}
	switch {
	case errors.Is(err, strconv.ErrRange):
		return "number_range"
	case err != nil:
		return typeCode(into.Kind())
	}
	return ""
}

// typeCode names the sentence "must be a text", "must be a whole number", …
func typeCode(k reflect.Kind) string {
	switch k {
	case reflect.Bool:
		return "type_bool"
	case reflect.Float32, reflect.Float64:
		return "number"
	case reflect.String:
		return "type_text"
	case reflect.Slice:
		return "type_list"
	case reflect.Struct, reflect.Map:
		return "type_object"
	}
	return "integer"
}
