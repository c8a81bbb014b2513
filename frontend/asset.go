package frontend

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io/fs"
	"mime"
	"net/http"
	"path"
	"strconv"
	"strings"
	"time"
)

// coding is an encoding written at build time, with the suffix its files carry.
type coding struct{ name, suffix string }

// codings lists them, best first.
func codings() []coding { return []coding{{"br", ".br"}, {"gzip", ".gz"}} }

// asset is one file of the bundle with its precompressed copies.
type asset struct {
	contentType string
	cache       string
	plain       variant
	encoded     []variant // in the order of codings
}

type variant struct {
	coding string
	etag   string
	body   []byte
}

// load reads every file of the bundle; a compressed copy without its original
// is left out.
func load(files fs.FS) (map[string]asset, error) {
	assets := map[string]asset{}
	err := fs.WalkDir(files, ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || isCopy(name) || path.Base(name) == ".gitkeep" {
			return err
		}
		assets[name], err = read(files, name)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("read bundle: %w", err)
	}
	return assets, nil
}

func isCopy(name string) bool {
	for _, coding := range codings() {
		if strings.HasSuffix(name, coding.suffix) {
			return true
		}
	}
	return false
}

func read(files fs.FS, name string) (asset, error) {
	body, err := fs.ReadFile(files, name)
	if err != nil {
		return asset{}, err
	}
	found := asset{
		contentType: contentType(name),
		cache:       "no-cache",
		plain:       newVariant("", body),
	}
	if strings.HasPrefix(name, hashedRoot) {
		found.cache = "public, max-age=31536000, immutable"
	}
	for _, coding := range codings() {
		if packed, err := fs.ReadFile(files, name+coding.suffix); err == nil {
			found.encoded = append(found.encoded, newVariant(coding.name, packed))
		}
	}
	return found, nil
}

// newVariant gives each encoding its own tag, as RFC 9110 §8.8.3 requires.
func newVariant(coding string, body []byte) variant {
	sum := sha256.Sum256(body)
	return variant{coding: coding, etag: `"` + hex.EncodeToString(sum[:12]) + `"`, body: body}
}

// contentType does not trust the host's MIME table for what browsers execute:
// with nosniff a wrong type there means a blank page.
func contentType(name string) string {
	switch path.Ext(name) {
	case ".js", ".mjs":
		return "text/javascript; charset=utf-8"
	case ".css":
		return "text/css; charset=utf-8"
	case ".html":
		return "text/html; charset=utf-8"
	case ".svg":
		return "image/svg+xml"
	}
	if known := mime.TypeByExtension(path.Ext(name)); known != "" {
		return known
	}
	return "application/octet-stream"
}

func (a asset) serve(w http.ResponseWriter, r *http.Request) {
	chosen := a.choose(r.Header.Get("Accept-Encoding"))
	header := w.Header()
	header.Set("Content-Type", a.contentType)
	header.Set("Cache-Control", a.cache)
	header.Set("X-Content-Type-Options", "nosniff")
	header.Set("Etag", chosen.etag)
	if len(a.encoded) > 0 {
		header.Add("Vary", "Accept-Encoding")
	}
	if chosen.coding != "" {
		header.Set("Content-Encoding", chosen.coding)
		header.Set("Content-Length", strconv.Itoa(len(chosen.body)))
	}
	r.Header.Del("Range") // a part of a compressed script is of no use to anyone
	http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(chosen.body))
}

func (a asset) choose(acceptEncoding string) variant {
	for _, candidate := range a.encoded {
		if accepts(acceptEncoding, candidate.coding) {
			return candidate
		}
	}
	return a.plain
}

// accepts reads an Accept-Encoding list; "br;q=0" means not that one.
func accepts(header, coding string) bool {
	for _, item := range strings.Split(header, ",") {
		name, params, _ := strings.Cut(strings.TrimSpace(item), ";")
		if !strings.EqualFold(strings.TrimSpace(name), coding) {
			continue
		}
		quality, given := strings.CutPrefix(strings.ReplaceAll(params, " ", ""), "q=")
		if !given {
			return true
		}
		weight, err := strconv.ParseFloat(quality, 64)
		return err == nil && weight > 0
	}
	return false
}
