package command

import (
	"context"
	"log/slog"
	"net/http"
	"time"

	"zhongda/api"
	"zhongda/service"
)

// OpenAPI prints the description of the API, from the same structs that bind and validate. It needs no database.
func OpenAPI(_ context.Context, env Environment, _ []string) error {
	log := slog.New(slog.DiscardHandler)
	s, err := service.New(service.Options{Now: time.Now, Zone: time.UTC, Log: log})
	if err != nil {
		return err
	}
	server, err := api.NewProduct(api.ProductOptions{
		Service: s, Pages: http.NotFoundHandler(), Ready: func(context.Context) error { return nil }, Log: log,
	})
	if err != nil {
		return err
	}
	description, err := server.Description()
	if err != nil {
		return err
	}
	_, err = env.Stdout.Write(description)
	return err
}
