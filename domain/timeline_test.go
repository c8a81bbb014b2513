package domain_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"zhongda/domain"
)

func TestPlanDatePrintsNoMoreThanWasStated(t *testing.T) {
	t.Parallel()
	for precision, want := range map[domain.Precision]string{
		domain.PrecisionDay: "2027-08-05", domain.PrecisionMonth: "2027-08", domain.PrecisionQuarter: "2027-Q3", domain.PrecisionYear: "2027",
	} {
		date, err := domain.NewPlanDate(domain.NewDate(2027, time.August, 5), precision)
		require.NoError(t, err)
		require.Equal(t, want, date.String())
	}
	for month, quarter := range []string{"Q1", "Q1", "Q1", "Q2", "Q2", "Q2", "Q3", "Q3", "Q3", "Q4", "Q4", "Q4"} {
		date, err := domain.NewPlanDate(domain.NewDate(2027, time.Month(month+1), 1), domain.PrecisionQuarter)
		require.NoError(t, err)
		require.Equal(t, "2027-"+quarter, date.String())
	}
}
