package api

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"zhongda/api/apitest"
	"zhongda/domain"
)

func TestErrorsBecomeProblems(t *testing.T) {
	for _, c := range []struct {
		err    error
		status int
		code   string
	}{
		{domain.NotFound("not_found"), 404, "not_found"},
		{fmt.Errorf("load: %w", domain.NotFound("not_found")), 404, "not_found"},
		{domain.Forbidden("forbidden"), 403, "forbidden"},
		{domain.Invalid("name", "required"), 422, "invalid"},
		{domain.StaleVersion(9), 409, "stale_version"},
		{&domain.Error{Kind: domain.KindMalformed, Code: "query_syntax"}, 400, "query_syntax"},
		{&domain.Error{Kind: domain.KindUnauthenticated, Code: "unauthenticated"}, 401, "unauthenticated"},
		{&domain.Error{Kind: domain.KindPreconditionRequired, Code: "version_required"}, 428, "version_required"},
		{&domain.Error{Kind: domain.KindTooMany, Code: "unauthenticated"}, 429, "unauthenticated"},
		{&domain.Error{Kind: domain.KindUnavailable, Code: "deadline_exceeded", Cause: errors.New("secret rot")}, 503, "deadline_exceeded"},
		{&domain.Error{Code: "anything", Cause: errors.New("secret rot")}, 500, "internal"},
		{errors.New("secret rot"), 500, "internal"},
		{fmt.Errorf("query: %w", context.DeadlineExceeded), 503, "deadline_exceeded"},
	} {
		h := &harbour{answer: c.err}
		r := h.serve(t).Get(t, "/api/boats/1")
		require.Equal(t, c.status, r.Status, c.err)
		p := apitest.Decode[Problem](t, r)
		require.Equal(t, c.code, p.Code)
		require.Equal(t, r.Header.Get("X-Request-Id"), p.Instance)
		require.NotEmpty(t, p.Detail)
		require.NotContains(t, string(r.Body), "secret")
		require.Empty(t, r.Header.Get("ETag"))
		require.Equal(t, c.status == 503 || c.status == 429, r.Header.Get("Retry-After") != "")
		if c.status >= 500 {
			require.Contains(t, h.log.String(), p.Instance)
			require.Contains(t, h.log.String(), c.err.Error())
		}
	}
}

func TestStaleVersionNamesTheCurrentOne(t *testing.T) {
	r := (&harbour{answer: domain.StaleVersion(9)}).serve(t).Get(t, "/api/boats/1")
	require.EqualValues(t, 9, apitest.Decode[Problem](t, r).CurrentVersion)
}

func TestPanicIsContained(t *testing.T) {
	h := &harbour{}
	c := h.serve(t)
	r := c.Do(t, apitest.Request{Method: "POST", Path: "/api/boats/1/sink"})
	require.Equal(t, http.StatusInternalServerError, r.Status)
	require.NotContains(t, string(r.Body), "rot")
	require.Contains(t, h.log.String(), "secret rot in /srv/boats")
	require.Contains(t, h.log.String(), "kit_test.go")
	require.Equal(t, http.StatusOK, c.Get(t, "/api/boats").Status)
}

func TestDeadlineEndsTheOperation(t *testing.T) {
	r := (&harbour{}).serve(t).Get(t, "/api/wait")
	require.Equal(t, http.StatusServiceUnavailable, r.Status)
	require.Equal(t, "deadline_exceeded", apitest.Decode[Problem](t, r).Code)
}

func TestProblemsSpeakTheReadersLanguage(t *testing.T) {
	c := (&harbour{answer: domain.NotFound("not_found")}).serve(t)
	for header, want := range map[string]string{
		"": "未找到", "zh-CN": "未找到", "en": "Not found", "en-GB,zh;q=0.9": "Not found", "en;q=0.2,zh;q=0.8": "未找到",
		"fr,en;q=0.5": "Not found", "de": "未找到", "zh;q=x,;;,": "未找到",
	} {
		r := c.Do(t, apitest.Request{Method: "GET", Path: "/api/boats/1", Headers: map[string]string{"Accept-Language": header}})
		require.Equal(t, want, apitest.Decode[Problem](t, r).Title, header)
	}
}

func TestProblemEchoesLittle(t *testing.T) {
	key := strings.Repeat("键", 5000)
	r := (&harbour{}).serve(t).Post(t, "/api/boats", `{"`+key+`":1}`)
	require.Equal(t, http.StatusBadRequest, r.Status)
	require.Less(t, len(r.Body), 2500)
}
