package api

import (
	"compress/gzip"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"zhongda/api/apitest"
	"zhongda/domain"
)

func TestAnswersCarryVersionAndPlace(t *testing.T) {
	c := (&harbour{}).serve(t)
	r := c.Get(t, "/api/boats/3")
	require.Equal(t, `"7"`, r.Header.Get("ETag"))
	require.Equal(t, "application/json", r.Header.Get("Content-Type"))
	r = c.Post(t, "/api/boats", goodBoat)
	require.Equal(t, http.StatusCreated, r.Status)
	require.Equal(t, `"1"`, r.Header.Get("ETag"))
	require.Equal(t, "/api/boats/3", r.Header.Get("Location"))
}

func TestCookiesAndHeadersGoBothWays(t *testing.T) {
	h := &harbour{}
	c := h.serve(t)
	board := func(berth string) apitest.Response {
		return c.Do(t, apitest.Request{Method: "POST", Path: "/api/board", Headers: map[string]string{"X-Berth": berth}})
	}
	require.Equal(t, "ticket=2; Path=/; HttpOnly; Secure", board("7a").Header.Get("Set-Cookie"))
	require.Equal(t, http.StatusOK, board("7b").Status)
	require.Equal(t, "27b", h.got)
	h.got = nil
	for berth, code := range map[string]string{"": "required", "7bcd": "max_chars", "\xff": "text_encoding"} {
		p := apitest.Decode[Problem](t, board(berth))
		require.Equal(t, http.StatusBadRequest, p.Status)
		require.Equal(t, []ProblemField{{Field: "X-Berth", Code: code, Message: newCatalogue().sentence(Chinese, code, 400, map[string]any{"limit": 3})}}, p.Errors)
		require.Nil(t, h.got)
	}
}

func TestValuesWriteThemselves(t *testing.T) {
	require.Nil(t, DateOf(domain.Date{}))
	amount, err := domain.ParseMoney("1234567890123456.7")
	require.NoError(t, err)
	body, err := encode(map[string]any{"date": DateOf(domain.NewDate(2027, 6, 30)), "money": Money{amount}, "version": Version(7)})
	require.NoError(t, err)
	require.Equal(t, `{"date":"2027-06-30","money":"1234567890123456.70","version":"\"7\""}`, string(body))
}

func TestListsAreNeverNull(t *testing.T) {
	c := (&harbour{}).serve(t)
	require.JSONEq(t, `{"items":[],"limit":50}`, string(c.Get(t, "/api/boats").Body))
	require.Contains(t, string(c.Get(t, "/api/boats/3").Body), `"sails":[{"holes":[]}]`)
}

func TestEmptyListsLeaveTheOriginalAlone(t *testing.T) {
	shared := &boatView{Sails: []sailView{{}}}
	body, err := encode(map[string]any{})
	require.NoError(t, err)
	require.JSONEq(t, `{}`, string(body))
	body, err = encode(shared)
	require.NoError(t, err)
	require.Contains(t, string(body), `"holes":[]`)
	require.Nil(t, shared.Sails[0].Holes)
}

func TestLargeAnswersAreCompressed(t *testing.T) {
	s, err := New((&harbour{}).options())
	require.NoError(t, err)
	get := func(path, coding string) *httptest.ResponseRecorder {
		w, r := httptest.NewRecorder(), httptest.NewRequest("GET", path, nil)
		r.Header.Set("Accept-Encoding", coding)
		s.Handler().ServeHTTP(w, r)
		return w
	}
	plain := get("/api/boats/3", "br, gzip;q=0")
	require.Empty(t, plain.Header().Get("Content-Encoding"))
	packed := get("/api/boats/3", "br, gzip")
	require.Equal(t, "gzip", packed.Header().Get("Content-Encoding"))
	require.Contains(t, packed.Header().Values("Vary"), "Accept-Encoding")
	require.Less(t, packed.Body.Len(), plain.Body.Len())
	z, err := gzip.NewReader(packed.Body)
	require.NoError(t, err)
	whole, err := io.ReadAll(z)
	require.NoError(t, err)
	require.Equal(t, plain.Body.String(), string(whole))
	require.Empty(t, get("/api/boats", "gzip").Header().Get("Content-Encoding"), "a small answer stays plain")
}

func TestDownloadsAreInertAttachments(t *testing.T) {
	c := (&harbour{}).serve(t)
	r := c.Get(t, "/api/manifest")
	require.Equal(t, "id,name\n", string(r.Body))
	require.Equal(t, `attachment; filename="_ ___x=.csv"; filename*=UTF-8''%E8%88%B9%20%E5%90%8D%22%3Bx%3D.csv`, r.Header.Get("Content-Disposition"))
	require.True(t, strings.HasPrefix(r.Header.Get("Content-Security-Policy"), "sandbox;"))

	r = c.Get(t, "/api/manifest?break=early")
	require.Equal(t, http.StatusInternalServerError, r.Status)
	require.Empty(t, r.Header.Get("Content-Disposition"))
	require.Equal(t, "internal", apitest.Decode[Problem](t, r).Code)
}

func TestBrokenDownloadBreaksTheConnection(t *testing.T) {
	h := &harbour{}
	s, err := New(h.options())
	require.NoError(t, err)
	server := httptest.NewServer(s.Handler())
	t.Cleanup(server.Close)
	r, err := http.Get(server.URL + "/api/manifest?break=late")
	if err == nil {
		_, err = io.ReadAll(r.Body)
		require.NoError(t, r.Body.Close())
	}
	require.Error(t, err)
	server.Close()
	require.Contains(t, h.log.String(), `"route":"/api/manifest"`)
	require.NotContains(t, h.log.String(), "panic", "broken off on purpose")
}

func TestNamesOfAttachmentsCannotAddHeaders(t *testing.T) {
	got := contentDisposition("a\r\nSet-Cookie: x=1\xff.pdf")
	require.NotContains(t, got, "\n")
	require.NotContains(t, got, "\r")
	require.Equal(t, `attachment; filename="a__Set-Cookie: x=1_.pdf"; filename*=UTF-8''a%0D%0ASet-Cookie%3A%20x%3D1_.pdf`, got)
}
