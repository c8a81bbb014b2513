package frontend_test

import (
	"net/http"
	"net/http/httptest"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/require"

	"zhongda/frontend"
)

// bundle is a small built application: two entries, a hashed script with its
// compressed copies, and a file whose name a plain embed would drop.
func bundle() fstest.MapFS {
	file := func(content string) *fstest.MapFile { return &fstest.MapFile{Data: []byte(content)} }
	return fstest.MapFS{
		".gitkeep":                file(""),
		"index.html":              file("<!doctype html>app"),
		"public.html":             file("<!doctype html>public"),
		"pages/projects.html":     file("<!doctype html>list"),
		"pages/projects/id.html":  file("<!doctype html>project"),
		"favicon.svg":             file("<svg/>"),
		"assets/app-3fa9.js":      file("plain script"),
		"assets/app-3fa9.js.br":   file("brotli script"),
		"assets/app-3fa9.js.gz":   file("gzip script"),
		"assets/_shared-77aa.css": file("body{}"),
	}
}

func get(t *testing.T, handler http.Handler, target string, headers ...string) *httptest.ResponseRecorder {
	t.Helper()
	request := httptest.NewRequest(http.MethodGet, target, nil)
	for i := 0; i+1 < len(headers); i += 2 {
		request.Header.Set(headers[i], headers[i+1])
	}
	recorder := httptest.NewRecorder()
	handler.ServeHTTP(recorder, request)
	return recorder
}

const browser = "text/html,application/xhtml+xml,*/*;q=0.8"

func TestWhichFileAnswers(t *testing.T) {
	site := frontend.New(bundle())
	for name, scenario := range map[string]struct {
		path, accept string
		status       int
		body         string
	}{
		"root":                                  {"/", browser, 200, "<!doctype html>app"},
		"a route of the application":            {"/elsewhere/42", browser, 200, "<!doctype html>app"},
		"a page with an entry of its own":       {"/projects", browser, 200, "<!doctype html>list"},
		"such a page of one thing":              {"/projects/42", browser, 200, "<!doctype html>project"},
		"a name is no id":                       {"/projects/42a", browser, 200, "<!doctype html>app"},
		"a route of the public pages":           {"/public/districts", browser, 200, "<!doctype html>public"},
		"the public root":                       {"/public", browser, 200, "<!doctype html>public"},
		"a route that only starts alike":        {"/publications", browser, 200, "<!doctype html>app"},
		"a program asking for a route":          {"/projects/42", "application/json", 404, ""},
		"an unknown API path":                   {"/api/nothing", browser, 404, ""},
		"a script of an older build":            {"/assets/app-0000.js", browser, 404, ""},
		"an unhashed path below assets":         {"/assets/nothing", browser, 404, ""},
		"a missing file":                        {"/robots.txt", browser, 404, ""},
		"a file":                                {"/favicon.svg", "*/*", 200, "<svg/>"},
		"a name beginning with an underscore":   {"/assets/_shared-77aa.css", "*/*", 200, "body{}"},
		"a compressed copy is not a file":       {"/assets/app-3fa9.js.br", "*/*", 404, ""},
		"the placeholder is not a file":         {"/.gitkeep", "*/*", 404, ""},
		"climbing out of the bundle stays home": {"/../../etc/passwd", "*/*", 404, ""},
	} {
		t.Run(name, func(t *testing.T) {
			answer := get(t, site, scenario.path, "Accept", scenario.accept)
			require.Equal(t, scenario.status, answer.Code)
			if scenario.status == http.StatusOK {
				require.Equal(t, scenario.body, answer.Body.String())
				require.Equal(t, "nosniff", answer.Header().Get("X-Content-Type-Options"))
			} else {
				require.NotContains(t, answer.Body.String(), "<!doctype html>")
			}
		})
	}
}

func TestEncodingIsNegotiated(t *testing.T) {
	site := frontend.New(bundle())
	for accept, expected := range map[string]struct{ coding, body string }{
		"gzip, deflate, br":   {"br", "brotli script"},
		"gzip":                {"gzip", "gzip script"},
		"br;q=0, gzip;q=0.5":  {"gzip", "gzip script"},
		"GZIP ; q=1":          {"gzip", "gzip script"},
		"gzip;q=0":            {"", "plain script"},
		"gzip;q=nonsense":     {"", "plain script"},
		"brotli-of-the-house": {"", "plain script"},
		"":                    {"", "plain script"},
	} {
		t.Run(accept, func(t *testing.T) {
			answer := get(t, site, "/assets/app-3fa9.js", "Accept-Encoding", accept)
			require.Equal(t, http.StatusOK, answer.Code)
			require.Equal(t, expected.coding, answer.Header().Get("Content-Encoding"))
			require.Equal(t, expected.body, answer.Body.String())
			require.Equal(t, "Accept-Encoding", answer.Header().Get("Vary"))
			require.Equal(t, "text/javascript; charset=utf-8", answer.Header().Get("Content-Type"))
		})
	}
}

func TestCaching(t *testing.T) {
	site := frontend.New(bundle())

	hashed := get(t, site, "/assets/app-3fa9.js", "Accept-Encoding", "br")
	require.Equal(t, "public, max-age=31536000, immutable", hashed.Header().Get("Cache-Control"))

	page := get(t, site, "/projects", "Accept", browser)
	require.Equal(t, "no-cache", page.Header().Get("Cache-Control"))

	plain := get(t, site, "/assets/app-3fa9.js")
	require.NotEqual(t, hashed.Header().Get("Etag"), plain.Header().Get("Etag"), "each encoding has its own tag")

	again := get(t, site, "/projects", "Accept", browser, "If-None-Match", page.Header().Get("Etag"))
	require.Equal(t, http.StatusNotModified, again.Code)
	require.Empty(t, again.Body.String())

	stale := get(t, site, "/projects", "Accept", browser, "If-None-Match", `"other"`)
	require.Equal(t, http.StatusOK, stale.Code)
}

func TestARangeOfACompressedFileIsNotServed(t *testing.T) {
	answer := get(t, frontend.New(bundle()), "/assets/app-3fa9.js", "Accept-Encoding", "br", "Range", "bytes=0-3")
	require.Equal(t, http.StatusOK, answer.Code)
	require.Equal(t, "brotli script", answer.Body.String())
}

func TestOnlyReadingIsAllowed(t *testing.T) {
	recorder := httptest.NewRecorder()
	frontend.New(bundle()).ServeHTTP(recorder, httptest.NewRequest(http.MethodPost, "/", nil))
	require.Equal(t, http.StatusMethodNotAllowed, recorder.Code)
	require.Equal(t, "GET, HEAD", recorder.Header().Get("Allow"))
}

func TestWithoutABundleTheRemedyIsNamed(t *testing.T) {
	answer := get(t, frontend.New(fstest.MapFS{".gitkeep": {}}), "/", "Accept", browser)
	require.Equal(t, http.StatusServiceUnavailable, answer.Code)
	require.Contains(t, answer.Body.String(), "make build")
	require.Equal(t, "no-store", answer.Header().Get("Cache-Control"))
}

func TestWithoutAPublicEntryTheApplicationAnswers(t *testing.T) {
	files := bundle()
	delete(files, "public.html")
	answer := get(t, frontend.New(files), "/public", "Accept", browser)
	require.Equal(t, "<!doctype html>app", answer.Body.String())
}

func TestTheEmbeddedBundleAlwaysAnswers(t *testing.T) {
	answer := get(t, frontend.Handler(), "/", "Accept", browser)
	require.Contains(t, []int{http.StatusOK, http.StatusServiceUnavailable}, answer.Code)
}
