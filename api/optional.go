package api

import "reflect"

// Optional is a field of a partial update: absent (Set is false) is not the same as present and empty, so "set to 0" is
// never lost. null is refused; where clearing is legal, declare Optional[*T], whose Value is then nil.
type Optional[T any] struct {
	Value T
	Set   bool
}

// Some is a present value.
func Some[T any](v T) Optional[T] { return Optional[T]{Value: v, Set: true} }

// Pointer is nil when the field was absent.
func (o Optional[T]) Pointer() *T {
	if !o.Set {
		return nil
	}
	return &o.Value
}

// optional lets the binder and the description look inside without knowing T.
type optional interface {
	inner() reflect.Type
	assign(v reflect.Value)
}

func (o *Optional[T]) inner() reflect.Type { return reflect.TypeFor[T]() }

func (o *Optional[T]) assign(v reflect.Value) {
	o.Value, o.Set = v.Interface().(T), true
}

// optionalInner gives the type inside an Optional, and whether t is one.
func optionalInner(t reflect.Type) (reflect.Type, bool) {
	if t.Kind() != reflect.Struct {
		return nil, false
	}
	o, ok := reflect.New(t).Interface().(optional)
	if !ok {
		return nil, false
	}
	return o.inner(), true
}
