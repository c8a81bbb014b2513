package domain_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"zhongda/domain"
)

func TestMonthEnds(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"2026-08": "2026-08-31", "2026-08-31": "2026-08-31", "2028-02": "2028-02-29", "2028-02-29": "2028-02-29", "2026-12": "2026-12-31",
		"2027-02-29": "", "2028-02-28": "", "2026-13": "", "2026-8": "", "2026": "", "": "", "2026-08-31T00:00": "",
	} {
		day, err := domain.ParseMonthEnd(text)
		require.Equal(t, want, day.String(), text)
		require.Equal(t, want == "", err != nil, text)
	}
	november := domain.Period{Year: 2026, Month: 11}
	require.Len(t, november.PeriodsUntil(november.Add(3)), 4)
	require.Equal(t, "2027-02", november.PeriodsUntil(november.Add(3))[3].String())
	require.Empty(t, november.PeriodsUntil(november.Add(-1)))
}
