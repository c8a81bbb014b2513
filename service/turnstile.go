package service

import (
	"context"
	"fmt"
)

// turnstile lets so many in at a time.
type turnstile chan struct{}

// enter waits for a place; the caller leaves it. A caller who gives up waiting gets the context's error.
func (t turnstile) enter(ctx context.Context) (leave func(), err error) {
	select {
	case t <- struct{}{}:
		return func() { <-t }, nil
	case <-ctx.Done():
		return nil, fmt.Errorf("wait for a place: %w", ctx.Err())
	}
}
