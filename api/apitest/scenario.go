package apitest

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"
)

// Scenario is one call and everything that must hold of its answer, what must not be in it included.
type Scenario struct {
	Name string
	As   *Client
	Request

	WantStatus    int
	WantHeaders   map[string]string // exact values; "" means absent
	WantBody      []string          // each must occur
	WantNotInBody []string          // none may occur
	// After looks further, at the answer or at the database.
	After func(t *testing.T, r Response)
}

// Run plays scenarios in order, each as a subtest.
func Run(t *testing.T, scenarios []Scenario) {
	t.Helper()
	for _, s := range scenarios {
		t.Run(s.Name, s.play)
	}
}

func (s Scenario) play(t *testing.T) {
	r := s.As.Do(t, s.Request)
	story := fmt.Sprintf("%s %s\nheaders %v\nsent %s\nanswer %d %s", s.Method, s.Path, s.Headers, clip(fmt.Sprint(s.Body)), r.Status, clip(string(r.Body)))
	require.Equal(t, s.WantStatus, r.Status, story)
	for name, want := range s.WantHeaders {
		require.Equal(t, want, r.Header.Get(name), "header %s\n%s", name, story)
	}
	for _, want := range s.WantBody {
		require.Contains(t, string(r.Body), want, story)
	}
	for _, never := range s.WantNotInBody {
		require.NotContains(t, string(r.Body), never, story)
	}
	if s.After != nil {
		s.After(t, r)
	}
}

// clip keeps a failure readable.
func clip(s string) string {
	const limit = 2000
	if len(s) > limit {
		return s[:limit] + "…"
	}
	return s
}
