package domain_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"zhongda/domain"
)

func TestParseDate(t *testing.T) {
	for _, iso := range []string{"1900-01-01", "2024-02-29", "2030-12-31", "2200-12-31"} {
		require.Equal(t, iso, date(t, iso).String())
	}
	for _, text := range []string{
		"", "2030", "2030-12", "2030-2-1", "2030-02-30", "2023-02-29", "2030-13-01", "2030-00-10", "1899-12-31", "2201-01-01",
		"2030-12-31T00:00:00Z", " 2030-12-31", "2030/12/31", "30-12-31", "２０３０-12-31", "2030-12-31\x00",
	} {
		_, err := domain.ParseDate(text)
		require.Error(t, err, "%q", text)
	}
}

func TestAPlanDateIsTheLastDayOfItsPeriod(t *testing.T) {
	for _, c := range []struct {
		precision    domain.Precision
		stated, last string
	}{
		{domain.PrecisionDay, "2027-06-15", "2027-06-15"},
		{domain.PrecisionMonth, "2027-01-01", "2027-01-31"},
		{domain.PrecisionMonth, "2028-02-01", "2028-02-29"},
		{domain.PrecisionMonth, "2027-02-28", "2027-02-28"},
		{domain.PrecisionMonth, "2100-02-01", "2100-02-28"},
		{domain.PrecisionMonth, "2027-12-01", "2027-12-31"},
		{domain.PrecisionQuarter, "2027-01-01", "2027-03-31"},
		{domain.PrecisionQuarter, "2027-03-31", "2027-03-31"},
		{domain.PrecisionQuarter, "2027-04-01", "2027-06-30"},
		{domain.PrecisionQuarter, "2027-08-15", "2027-09-30"},
		{domain.PrecisionQuarter, "2027-10-01", "2027-12-31"},
		{domain.PrecisionYear, "2027-01-01", "2027-12-31"},
		{domain.PrecisionYear, "2027-12-31", "2027-12-31"},
	} {
		d, err := domain.NewPlanDate(date(t, c.stated), c.precision)
		require.NoError(t, err)
		require.Equal(t, c.last, d.Date.String(), "%s of %s", c.precision, c.stated)
		require.Equal(t, c.precision, d.Precision)
	}
	_, err := domain.NewPlanDate(date(t, "2027-06-15"), "week")
	require.Error(t, err)
}

func TestDaysAreCountedOnTheCalendar(t *testing.T) {
	require.Equal(t, 366, date(t, "2029-01-01").DaysSince(date(t, "2028-01-01")))
	require.Equal(t, -31, date(t, "2027-01-01").DaysSince(date(t, "2027-02-01")))
	require.True(t, date(t, "2027-01-01").Before(date(t, "2027-01-02")))
	require.True(t, date(t, "2027-01-02").After(date(t, "2027-01-01")))
	require.False(t, date(t, "2027-01-01").After(date(t, "2027-01-01")))
	require.Empty(t, domain.Date{}.String())

	rapid.Check(t, func(t *rapid.T) {
		from := domain.NewDate(2000, time.January, rapid.IntRange(1, 70000).Draw(t, "from"))
		days := rapid.IntRange(-70000, 70000).Draw(t, "days")
		to := domain.DateOf(from.Time().AddDate(0, 0, days))
		if to.DaysSince(from) != days || from.Before(to) != (days > 0) {
			t.Fatalf("%s to %s is not %d days", from, to, days)
		}
	})
}

// A clock in UTC and one in Shenzhen show different days for eight hours of each.
func TestTheDayIsThatOfTheBusinessTimeZone(t *testing.T) {
	beijing := time.FixedZone("UTC+8", 8*60*60)
	instant := time.Date(2026, time.June, 30, 16, 0, 0, 0, time.UTC)
	require.Equal(t, "2026-06-30", domain.DateOf(instant).String())
	require.Equal(t, "2026-07-01", domain.DateOf(instant.In(beijing)).String())
}
