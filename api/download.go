package api

import (
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
)

// Download is an Out that streams a file. Headers go out with the first byte, so an error of Write before it is still
// answered as a problem; one after it breaks the connection, and the caller cannot take half a file for a whole one.
type Download struct {
	ContentType string
	Filename    string
	Write       func(w io.Writer) error
}

func (d Download) serve(w http.ResponseWriter) error {
	lazy := &lazyWriter{w: w, begin: func() {
		h := w.Header()
		h.Set("Content-Type", d.ContentType)
		h.Set("Content-Disposition", contentDisposition(d.Filename))
		h.Set("Content-Security-Policy", "sandbox; "+contentSecurityPolicy)
	}}
	if err := d.Write(lazy); err != nil {
		if lazy.begun {
			panic(http.ErrAbortHandler)
		}
		return fmt.Errorf("write %s: %w", d.Filename, err)
	}
	lazy.start()
	return nil
}

type lazyWriter struct {
	w     io.Writer
	begin func()
	begun bool
}

func (l *lazyWriter) start() {
	if !l.begun {
		l.begun = true
		l.begin()
	}
}

// Write sends the headers first.
func (l *lazyWriter) Write(p []byte) (int, error) {
	l.start()
	return l.w.Write(p)
}

// contentDisposition names an attachment by RFC 6266: an ASCII name for old readers, the real one in UTF-8 beside it.
func contentDisposition(name string) string {
	ascii := strings.Map(func(r rune) rune {
		switch {
		case r == '"' || r == '\\' || r == '/' || r == '%' || r == ';' || r < ' ' || r == 0x7f:
			return '_'
		case r > '~':
			return '_'
		}
		return r
	}, name)
	encoded := strings.ReplaceAll(url.QueryEscape(strings.ToValidUTF8(name, "_")), "+", "%20")
	return fmt.Sprintf(`attachment; filename="%s"; filename*=UTF-8''%s`, ascii, encoded)
}
