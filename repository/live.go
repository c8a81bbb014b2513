package repository

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"zhongda/domain"
)

const (
	listenForChanges = "LISTEN zhongda_change"
	// A connection that a firewall dropped says nothing; it is asked when nothing came for this long.
	listenPatience = 30 * time.Second
	listenPing     = 5 * time.Second
)

// announcement is a change as the trigger functions of migrations/0018_live.sql write it.
type announcement struct {
	Noun    domain.LiveNoun `json:"noun"`
	ID      int64           `json:"id"`
	Project int64           `json:"project"`
	Paths   [][]int64       `json:"paths"`
}

// Listen hands every committed change to heard, in the order of the commits, on a connection of its own beside the pool.
// Ready is called once changes are heard; those from before are lost. Listen returns when ctx ends, with nil, or when the
// connection does, with the failure.
func (s *Store) Listen(ctx context.Context, ready func(), heard func(domain.Change)) error {
	conn, err := pgx.ConnectConfig(ctx, s.config.Copy())
	if err != nil {
		return ending(ctx, err)
	}
	defer func() { _ = conn.Close(context.WithoutCancel(ctx)) }()
	if err := prepareSession(ctx, conn, Options{}); err != nil {
		return ending(ctx, err)
	}
	if _, err := conn.Exec(ctx, listenForChanges); err != nil {
		return ending(ctx, err)
	}
	ready()
	for {
		notification, err := awaitNotification(ctx, conn)
		if err != nil {
			return ending(ctx, err)
		}
		var a announcement
		if notification != nil && json.Unmarshal([]byte(notification.Payload), &a) == nil {
			heard(domain.Change(a))
		}
	}
}

// awaitNotification gives up waiting now and then to see that the connection still lives; it then gives nil.
func awaitNotification(ctx context.Context, conn *pgx.Conn) (*pgconn.Notification, error) {
	patient, cancel := context.WithTimeout(ctx, listenPatience)
	defer cancel()
	notification, err := conn.WaitForNotification(patient)
	if err == nil || ctx.Err() != nil || !errors.Is(err, context.DeadlineExceeded) {
		return notification, err
	}
	asking, cancelPing := context.WithTimeout(ctx, listenPing)
	defer cancelPing()
	return nil, conn.Ping(asking)
}

// ending is no failure when it was asked for.
func ending(ctx context.Context, err error) error {
	if ctx.Err() == nil {
		return fmt.Errorf("listen for changes: %w", err)
	}
	return nil
}
