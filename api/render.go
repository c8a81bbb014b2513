package api

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"net/http"
	"reflect"
	"strconv"
	"strings"
	"sync"
)

// gzipFrom is the size from which compressing pays: below it the answer fits one packet anyway.
const gzipFrom = 1 << 10

// renderer writes Out values. Its pool keeps the compressors, each of which holds 800 kB.
type renderer struct {
	compressors sync.Pool
}

func newRenderer() *renderer {
	return &renderer{compressors: sync.Pool{New: func() any {
		z, _ := gzip.NewWriterLevel(nil, gzip.BestSpeed) // fails for unknown levels only
		return z
	}}}
}

// write answers with out. Nothing has been sent when it returns an error.
func (r *renderer) write(w http.ResponseWriter, req *http.Request, out any) error {
	if d, ok := out.(Download); ok {
		return d.serve(w)
	}
	if s, ok := out.(EventStream); ok {
		s.serve(req.Context(), w)
		return nil
	}
	body, err := encode(out)
	if err != nil {
		return err
	}
	compress := len(body) >= gzipFrom && acceptsGzip(req.Header.Get("Accept-Encoding"))
	if compress {
		if body, err = r.compress(body); err != nil {
			return err
		}
	}
	describeAnswer(w.Header(), out)
	status := answerStatus(out)
	if status == http.StatusNoContent {
		w.WriteHeader(status)
		return nil
	}
	w.Header().Set("Content-Type", "application/json")
	w.Header().Add("Vary", "Accept-Encoding")
	if compress {
		w.Header().Set("Content-Encoding", "gzip")
	}
	w.Header().Set("Content-Length", strconv.Itoa(len(body)))
	w.WriteHeader(status)
	_, _ = w.Write(body) // a caller that left cannot be told
	return nil
}

func (r *renderer) compress(body []byte) ([]byte, error) {
	z := r.compressors.Get().(*gzip.Writer)
	defer r.compressors.Put(z)
	var packed bytes.Buffer
	z.Reset(&packed)
	if _, err := z.Write(body); err != nil {
		return nil, fmt.Errorf("compress answer: %w", err)
	}
	if err := z.Close(); err != nil {
		return nil, fmt.Errorf("compress answer: %w", err)
	}
	return packed.Bytes(), nil
}

func encode(out any) ([]byte, error) {
	if h, ok := out.(bodyHolder); ok {
		out = h.body()
	}
	filled, _ := withEmptyLists(reflect.ValueOf(out))
	body, err := json.Marshal(filled.Interface())
	if err != nil {
		return nil, fmt.Errorf("encode answer: %w", err)
	}
	return body, nil
}

func describeAnswer(h http.Header, out any) {
	if o, ok := out.(etagSetter); ok && o.ETag() != "" {
		h.Set("ETag", o.ETag())
	}
	if o, ok := out.(locationSetter); ok && o.Location() != "" {
		h.Set("Location", o.Location())
	}
	if o, ok := out.(cookieSetter); ok {
		for _, c := range o.Cookies() {
			h.Add("Set-Cookie", c.String())
		}
	}
}

func answerStatus(out any) int {
	if s, ok := out.(statusSetter); ok {
		return s.Status()
	}
	return http.StatusOK
}

func acceptsGzip(header string) bool {
	for part := range strings.SplitSeq(header, ",") {
		coding, params, _ := strings.Cut(strings.TrimSpace(part), ";")
		if coding == "gzip" && strings.TrimSpace(params) != "q=0" {
			return true
		}
	}
	return false
}

// withEmptyLists replaces nil slices and maps by empty ones, because the description promises a list and never null.
// Values that hold none are returned as they are; others are copied on the way, so a shared value is never written to.
func withEmptyLists(v reflect.Value) (reflect.Value, bool) {
	switch v.Kind() {
	case reflect.Slice:
		return fillSlice(v)
	case reflect.Map:
		if v.IsNil() {
			return reflect.MakeMap(v.Type()), true
		}
	case reflect.Struct:
		return fillStruct(v)
	case reflect.Pointer:
		if v.IsNil() {
			return v, false
		}
		inner, changed := withEmptyLists(v.Elem())
		if !changed {
			return v, false
		}
		p := reflect.New(v.Type().Elem())
		p.Elem().Set(inner)
		return p, true
	}
	return v, false
}

func fillSlice(v reflect.Value) (reflect.Value, bool) {
	if v.Type().Elem().Kind() == reflect.Uint8 {
		return v, false
	}
	if v.IsNil() {
		return reflect.MakeSlice(v.Type(), 0, 0), true
	}
	out, changed := v, false
	for i := range v.Len() {
		item, differs := withEmptyLists(v.Index(i))
		if !differs {
			continue
		}
		if !changed {
			out, changed = reflect.AppendSlice(reflect.MakeSlice(v.Type(), 0, v.Len()), v), true
		}
		out.Index(i).Set(item)
	}
	return out, changed
}

func fillStruct(v reflect.Value) (reflect.Value, bool) {
	out, changed := v, false
	for i := range v.NumField() {
		if !v.Type().Field(i).IsExported() {
			continue
		}
		field, differs := withEmptyLists(v.Field(i))
		if !differs {
			continue
		}
		if !changed {
			out, changed = reflect.New(v.Type()).Elem(), true
			out.Set(v)
		}
		out.Field(i).Set(field)
	}
	return out, changed
}
