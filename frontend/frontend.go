// Package frontend embeds the built single-page application and serves it.
// It is the only Go code beside the TypeScript sources; `npm run build` writes
// the dist folder together with a brotli and a gzip copy of every asset.
package frontend

import (
	"embed"
	"fmt"
	"io/fs"
	"net/http"
	"path"
	"strings"
)

// The all: prefix matters: without it embed drops names that begin with "_" or
// ".", which bundlers do produce, and an unbuilt dist holds nothing but .gitkeep.
//
//go:embed all:dist
var dist embed.FS

// notBuilt is what a reader sees when the binary was compiled without `make build`.
const notBuilt = "bundle not built: run make build\n"

// Handler serves the bundle compiled into this binary. A binary without a
// bundle answers 503 with the remedy, so the API stays usable.
func Handler() http.Handler {
	files, err := fs.Sub(dist, "dist")
	if err != nil {
		panic(fmt.Sprintf("frontend: embedded dist: %v", err)) // impossible: the directive above names it
	}
	return New(files)
}

// New serves a bundle from any file system. Files are read once, here; changing
// them afterwards has no effect.
func New(files fs.FS) http.Handler {
	assets, err := load(files)
	if err != nil {
		return unavailable(fmt.Sprintf("bundle unreadable: %v\n", err))
	}
	if _, built := assets[indexPage]; !built {
		return unavailable(notBuilt)
	}
	return &site{assets: assets}
}

// Version is the version the bundle was built as (ZHONGDA_VERSION at build
// time), or "" when there is no bundle or it carries none. A server whose own
// version differs is serving a stale page.
func Version() string {
	content, err := dist.ReadFile("dist/" + versionFile)
	if err != nil {
		return ""
	}
	return strings.TrimSpace(string(content))
}

const (
	indexPage   = "index.html"
	publicPage  = "public.html" // the public pages' own, smaller entry
	publicRoot  = "public"
	pageRoot    = "pages/" // the same entry for each page: pages/projects/id.html
	versionFile = "version.txt"
	hashedRoot  = "assets/" // the bundler puts a content hash in every name below it
)

// site answers for the whole path space that no API route claims.
type site struct{ assets map[string]asset }

// ServeHTTP finds the file, or the application page for a reader's navigation.
// Anything else is 404: a missing script must not be answered with HTML.
func (s *site) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		w.Header().Set("Allow", "GET, HEAD")
		http.Error(w, "method not allowed", http.StatusMethodNotAllowed)
		return
	}
	name := strings.TrimPrefix(path.Clean("/"+r.URL.Path), "/")
	found, ok := s.assets[name]
	if !ok && isNavigation(r, name) {
		found, ok = s.page(name)
	}
	if !ok {
		http.NotFound(w, r)
		return
	}
	found.serve(w, r)
}

// page is the entry that owns a route: the public one below /public when the
// bundle has it, else the application, with the files of that page asked for at
// once when the build wrote such an entry. A number in the address is an id.
func (s *site) page(name string) (asset, bool) {
	if name == publicRoot || strings.HasPrefix(name, publicRoot+"/") {
		if entry, ok := s.assets[publicPage]; ok {
			return entry, true
		}
	}
	if entry, ok := s.assets[pageRoot+withoutNumbers(name)+".html"]; ok {
		return entry, true
	}
	entry, ok := s.assets[indexPage]
	return entry, ok
}

// withoutNumbers is the address of a page, whichever thing it shows: projects/id for projects/42.
func withoutNumbers(name string) string {
	parts := strings.Split(name, "/")
	for i, part := range parts {
		if part != "" && strings.Trim(part, "0123456789") == "" {
			parts[i] = "id"
		}
	}
	return strings.Join(parts, "/")
}

// isNavigation tells a reader opening a page from a program fetching a file.
func isNavigation(r *http.Request, name string) bool {
	for _, reserved := range []string{"api", strings.TrimSuffix(hashedRoot, "/")} {
		if name == reserved || strings.HasPrefix(name, reserved+"/") {
			return false
		}
	}
	return path.Ext(name) == "" && strings.Contains(r.Header.Get("Accept"), "text/html")
}

func unavailable(message string) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Cache-Control", "no-store")
		http.Error(w, strings.TrimSuffix(message, "\n"), http.StatusServiceUnavailable)
	})
}
