package api_test

import (
	"context"
	"log/slog"
	"net/http"
	"os"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"github.com/swaggest/openapi-go/openapi31"

	"zhongda/api"
	"zhongda/api/apitest"
	"zhongda/service"
)

// TestThePublishedDescriptionIsTheCommittedOne keeps openapi.yaml, from which the front end's types are made, and the
// document that the server publishes from telling two stories. It needs no database, as the document does not.
func TestThePublishedDescriptionIsTheCommittedOne(t *testing.T) {
	t.Parallel()
	log := slog.New(slog.DiscardHandler)
	s, err := service.New(service.Options{Now: time.Now, Zone: time.UTC, Log: log})
	require.NoError(t, err)
	assembled, err := api.NewProduct(api.ProductOptions{
		Service: s, Pages: http.NotFoundHandler(), Ready: func(context.Context) error { return nil }, Log: log,
	})
	require.NoError(t, err)
	published := apitest.Start(t, assembled.Handler()).Client(t).Get(t, "/api/v1/openapi.json")
	require.Equal(t, http.StatusOK, published.Status)

	committed, err := os.ReadFile("openapi.yaml")
	require.NoError(t, err)
	var spec openapi31.Spec
	require.NoError(t, spec.UnmarshalYAML(committed))
	document, err := spec.MarshalJSON()
	require.NoError(t, err)
	require.JSONEq(t, string(document), string(published.Body), "run make generate")
	for _, r := range api.ProductRoutes() {
		require.Contains(t, string(published.Body), `"operationId":"`+r.Name+`"`)
	}
}
