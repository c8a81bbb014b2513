package domain_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"zhongda/domain"
)

// TestRollingKeepsItsBooks draws any month-ends: every stage's stock is what it held before, with those that came and
// without those that went; nothing converts that was not there; and the total spans all months.
func TestRollingKeepsItsBooks(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		ends := rapid.SliceOfN(rapid.Custom(drawEnd), 2, 5).Draw(t, "ends")
		months := make([]domain.RollingMonth, len(ends)-1)
		for i := range months {
			months[i].Month = domain.Period{Year: 2026, Month: time.January}.Add(i)
			months[i].End = months[i].Month.Last()
		}
		r := domain.Roll(months, ends[0], ends[1:], nil)
		for i, month := range append(r.Months, domain.RollingMonth{Stages: r.Total}) {
			first, last := i, i+1
			if i == len(months) {
				first, last = 0, len(months)
			}
			entries, exits := 0, 0
			for _, line := range month.Stages {
				require.Equal(t, standing(ends[first], line.Stage), line.Before)
				require.Equal(t, standing(ends[last], line.Stage), line.Stock)
				require.Equal(t, line.Stock, line.Before+line.Entries-line.Exits)
				require.LessOrEqual(t, line.Converted, line.Exits)
				require.LessOrEqual(t, line.DwellKnown, line.Stock)
				entries, exits = entries+line.Entries, exits+line.Exits
			}
			require.Equal(t, len(ends[last]), len(ends[first])+entries-exits)
		}
	})
}

func drawEnd(t *rapid.T) []domain.Standpoint {
	var end []domain.Standpoint
	for id := int64(1); id <= 8; id++ {
		if stage := rapid.SampledFrom(append(domain.Stages(), "")).Draw(t, "stage"); stage != "" {
			end = append(end, domain.Standpoint{ID: id, Stage: stage, Entered: domain.NewDate(2026, 1, rapid.IntRange(1, 31).Draw(t, "day"))})
		}
	}
	return end
}

func standing(end []domain.Standpoint, stage domain.Stage) (n int) {
	for _, p := range end {
		if p.Stage == stage {
			n++
		}
	}
	return n
}

func TestDwellIsTheMiddleOfWhatIsKnown(t *testing.T) {
	t.Parallel()
	on := func(id int64, day int, standing domain.Standing) domain.Standpoint {
		p := domain.Standpoint{ID: id, Stage: domain.StageReserve, Standing: standing}
		if day > 0 {
			p.Entered = domain.NewDate(2026, 8, day)
		}
		return p
	}
	const active, paused = domain.StandingActive, domain.StandingPaused
	end := []domain.Standpoint{on(1, 1, active), on(2, 0, active), on(3, 20, active), on(4, 11, paused), on(5, 31, active)}
	roll := func(limit int) domain.Rolling {
		month := domain.RollingMonth{Month: domain.Period{Year: 2026, Month: time.August}, End: domain.NewDate(2026, 8, 31)}
		return domain.Roll([]domain.RollingMonth{month}, nil, [][]domain.Standpoint{end}, map[domain.Stage]int{domain.StageReserve: limit})
	}
	line := roll(10).Total[1]
	require.Equal(t, 15.5, line.Dwell, "30, 20, 11 and 0 days; halfway between 20 and 11")
	require.Equal(t, []int{4, 5}, []int{line.DwellKnown, line.Stock}, "the second's beginning is unknown")
	var stuck []int64
	for _, p := range roll(10).Stuck {
		stuck = append(stuck, p.ID)
	}
	require.Equal(t, []int64{1, 3}, stuck, "the longest first; paused and unknown ones are not stuck")
	require.Len(t, roll(11).Stuck, 1, "a limit of 11 days is kept on the eleventh")
	require.Zero(t, roll(10).Total[0].DwellKnown)
}
