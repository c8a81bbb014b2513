package domain_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"zhongda/domain"
)

// refusal spells an error for tables: "" for none, the code of what no field is to blame for, "field code" for each refused field.
func refusal(t testing.TB, err error) string {
	t.Helper()
	if err == nil {
		return ""
	}
	var refused *domain.Error
	require.True(t, errors.As(err, &refused), "%v is no refusal", err)
	if len(refused.Fields) == 0 {
		want := domain.KindConflict
		if refused.Code == "nothing_to_change" {
			want = domain.KindInvalid
		}
		require.Equal(t, want, refused.Kind)
		return refused.Code
	}
	require.Equal(t, domain.KindInvalid, refused.Kind)
	fields := make([]string, len(refused.Fields))
	for i, f := range refused.Fields {
		fields[i] = f.Field + " " + f.Code
	}
	return strings.Join(fields, ", ")
}

func date(t testing.TB, iso string) domain.Date {
	t.Helper()
	if iso == "" {
		return domain.Date{}
	}
	d, err := domain.ParseDate(iso)
	require.NoError(t, err)
	return d
}

// day is a plan date stated to the day; nil for "".
func day(t testing.TB, iso string) *domain.PlanDate {
	t.Helper()
	if iso == "" {
		return nil
	}
	return &domain.PlanDate{Date: date(t, iso), Precision: domain.PrecisionDay}
}

func money(t require.TestingT, yuan string) domain.Money {
	m, err := domain.ParseMoney(yuan)
	require.NoError(t, err)
	return m
}

func ptr[T any](v T) *T { return &v }
