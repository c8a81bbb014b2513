package service_test

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"zhongda/domain"
	"zhongda/repository/repositorytest"
	"zhongda/service"
)

// office is a city with its use cases, at a time that the test sets.
type office struct {
	*repositorytest.City
	*service.Service
	now time.Time
}

// newOffice opens at nine in the morning of 2026-07-01 in Shenzhen. With lets a test change the options.
func newOffice(t testing.TB, with ...func(*service.Options)) *office {
	t.Helper()
	o := &office{City: repositorytest.NewCity(t), now: time.Date(2026, time.July, 1, 1, 0, 0, 0, time.UTC)}
	o.Now = func() time.Time { return o.now }
	options := service.Options{
		Store: o.Store, Now: func() time.Time { return o.now }, Zone: time.FixedZone("UTC+8", 8*60*60), Log: slog.New(slog.DiscardHandler),
	}
	for _, change := range with {
		change(&options)
	}
	var err error
	o.Service, err = service.New(options)
	require.NoError(t, err)
	return o
}

// member opens an account with one role in a bureau.
func (o *office) member(t testing.TB, bureau string, role domain.Role) domain.User {
	t.Helper()
	return o.NewUser(t, bureau+"."+strings.ReplaceAll(string(role), "_", "-"), bureau, role)
}

// as is the request of somebody who signed in.
func as(u domain.User) context.Context {
	ctx := domain.WithActor(context.Background(), domain.Actor{User: u, Session: 1})
	return domain.WithOrigin(ctx, domain.Origin{Address: "192.0.2.7", RequestID: "r-1", Request: "PATCH /there"})
}

// codeOf is the code of a refusal, "" for none.
func codeOf(t testing.TB, err error) string {
	t.Helper()
	if err == nil {
		return ""
	}
	var refused *domain.Error
	require.True(t, errors.As(err, &refused), "%v", err)
	return refused.Code
}

// fingerprint hashes every row of the tables.
func fingerprint(t testing.TB, db *repositorytest.Database, tables ...string) string {
	t.Helper()
	var prints string
	for _, table := range tables {
		prints += db.Text(t, "SELECT md5(coalesce(string_agg(r::text, E'\n' ORDER BY r::text), '')) FROM "+table+" r")
	}
	return prints
}

// lastRecord is the newest audit record, as text.
func (o *office) lastRecord(t testing.TB) string {
	t.Helper()
	return o.Text(t, `SELECT concat_ws(' ', actor, action, object_kind, object_id, result, reason) FROM audit_record ORDER BY id DESC LIMIT 1`)
}

func (o *office) countRecords(t testing.TB, where string) string {
	t.Helper()
	return o.Text(t, "SELECT count(*) FROM audit_record WHERE "+where)
}

func ids(projects []domain.Project) []int64 {
	found := make([]int64, len(projects))
	for i, p := range projects {
		found[i] = p.ID
	}
	slices.Sort(found)
	return found
}

func atoi(t testing.TB, digits string) int {
	t.Helper()
	n, err := strconv.Atoi(digits)
	require.NoError(t, err)
	return n
}

func text(value any) string { return fmt.Sprint(value) }

func ptr[T any](v T) *T { return &v }
