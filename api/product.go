package api

import (
	"context"
	"errors"
	"log/slog"
	"net/http"

	"zhongda/domain"
	"zhongda/service"
)

// handlers is what every handler of the product may use.
type handlers struct {
	service   *service.Service
	sentences catalogue
	cookies   sessionCookies
	signIns   *addressLimit
	demo      bool
	version   string
}

// ProductOptions are what the product's server is made of. Demo marks a trial; TLS says that browsers come over https,
// which the session cookie then insists on.
type ProductOptions struct {
	Service        *service.Service
	Pages          http.Handler
	Ready          func(ctx context.Context) error
	Log            *slog.Logger
	Metrics        *Metrics
	Version        string
	Demo           bool
	TLS            bool
	TrustedProxies []string
	TrustedOrigins []string
}

// NewProduct assembles the server with every route of the product.
func NewProduct(o ProductOptions) (*Server, error) {
	h := handlers{
		service: o.Service, sentences: newCatalogue(), cookies: newSessionCookies(o.TLS), signIns: newAddressLimit(),
		demo: o.Demo, version: o.Version,
	}
	return New(Options{
		Routes: h.routes(), Identify: h.identify, Guard: h.guard, Pages: o.Pages, Ready: o.Ready, Log: o.Log,
		Metrics: o.Metrics, SessionCookie: h.cookies.name, Version: o.Version, TLS: o.TLS,
		TrustedProxies: o.TrustedProxies, TrustedOrigins: o.TrustedOrigins,
	})
}

// identify puts the actor of the session cookie into ctx. An ended or forged session leaves the public's: routes that
// need more say so themselves, and a stale cookie does not keep anybody from signing in again.
func (h handlers) identify(ctx context.Context, r *http.Request) (context.Context, error) {
	cookie, err := r.Cookie(h.cookies.name)
	if errors.Is(err, http.ErrNoCookie) {
		return ctx, nil
	}
	actor, err := h.service.Identify(ctx, cookie.Value)
	if domain.KindOf(err) == domain.KindUnauthenticated {
		return ctx, nil
	}
	return domain.WithActor(ctx, actor), err
}

func (h handlers) guard(ctx context.Context, p domain.Permission) error {
	return h.service.Guard(ctx, p)
}

// sentence gives the words of a rule in the reader's language.
func (h handlers) sentence(ctx context.Context, code string, params map[string]any) string {
	return h.sentences.sentence(FactsOf(ctx).Language, code, http.StatusOK, params)
}
