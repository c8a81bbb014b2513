package api

import (
	"fmt"
	"io"
	"mime"
	"net/http"
	"reflect"
	"slices"
	"strings"
)

// Upload is an In field that takes the raw body instead of JSON. Its tag lists the media types that are accepted:
//
//	File Upload `accept:"application/pdf,image/png"`
//
// The declared type proves nothing; whoever stores the bytes looks at them. Body ends with an error that the kit
// answers with 413 when it is longer than the operation's limit.
type Upload struct {
	ContentType string
	Body        io.Reader
}

var uploadType = reflect.TypeFor[Upload]()

type uploadField struct {
	index  []int
	accept []string
}

func (p *inPlan) addUpload(f reflect.StructField, index []int) error {
	accept := strings.Split(f.Tag.Get("accept"), ",")
	if accept[0] == "" || p.upload != nil {
		return fmt.Errorf("one Upload with an accept tag is needed")
	}
	p.upload = &uploadField{index: index, accept: accept}
	return nil
}

func (u *uploadField) bind(r *http.Request, in reflect.Value) error {
	mediaType, _, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if err != nil || !slices.Contains(u.accept, mediaType) {
		return &protocolError{status: http.StatusUnsupportedMediaType, code: "media_type", params: map[string]any{"want": strings.Join(u.accept, ", ")}}
	}
	in.FieldByIndex(u.index).Set(reflect.ValueOf(Upload{ContentType: mediaType, Body: r.Body}))
	return nil
}
