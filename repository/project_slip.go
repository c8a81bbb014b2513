package repository

import (
	"context"
	"fmt"

	"zhongda/domain"
)

// The days late of a project p, as [domain.SlipBin] tells: NULL without a verdict. slip_days holds the worst forecast
// against the original baselines; a baseline that went by in silence counts from its day.
const (
	daysLateOriginal = `CASE WHEN p.standing <> 'exited' THEN greatest(p.slip_days, (SELECT CAST(@today AS date) - min(m.baseline)
		FROM milestone m WHERE m.project_id = p.id AND m.actual IS NULL AND m.baseline < CAST(@today AS date))) END`
	daysLateCurrent = `CASE WHEN p.standing <> 'exited' THEN (SELECT greatest(max(m.forecast - m.current_baseline),
			CAST(@today AS date) - min(m.current_baseline) FILTER (WHERE m.current_baseline < CAST(@today AS date)))
		FROM milestone m WHERE m.project_id = p.id AND m.actual IS NULL) END`
)

// slipBinOf names the bin of an expression of days.
func slipBinOf(days string) string {
	bounds, bins := domain.SlipBounds(), domain.SlipBins()
	sql := fmt.Sprintf("CASE WHEN %[1]s IS NULL THEN '%[2]s' WHEN %[1]s <= 0 THEN '%[3]s'", days, bins[0], bins[1])
	for i, most := range bounds {
		sql += fmt.Sprintf(" WHEN %s <= %d THEN '%s'", days, most, bins[i+2])
	}
	return sql + fmt.Sprintf(" ELSE '%s' END", bins[len(bins)-1])
}

// inSlipBin finds the projects of the chosen bins.
func inSlipBin(against domain.SlipBaseline) string {
	days := daysLateOriginal
	if against == domain.SlipCurrent {
		days = daysLateCurrent
	}
	return "(SELECT " + slipBinOf("late.days") + " FROM (SELECT " + days + " AS days) late) = ANY (@slip)"
}

// lateness adds to `matching` the days late against both baselines, with one look at the milestones.
const lateness = `, lateness AS (
	SELECT m.*, CASE WHEN m.standing <> 'exited' THEN greatest(m.slip_days, nullif(greatest(CAST(@as_of AS date) - open.original, 0), 0)) END AS late_original,
		CASE WHEN m.standing <> 'exited' THEN greatest(open.slip, nullif(greatest(CAST(@as_of AS date) - open.revised, 0), 0)) END AS late_current
	FROM matching m LEFT JOIN (SELECT project_id, min(baseline) AS original, min(current_baseline) AS revised,
			max(forecast - current_baseline) AS slip
		FROM milestone WHERE actual IS NULL GROUP BY project_id) open ON open.project_id = m.id)
`

type slipCell struct {
	Original domain.SlipBin
	Current  domain.SlipBin
	Projects int
}

// slip counts by the worse of the two ways to be late, against both baselines.
func (p pipelinePart) slip(ctx context.Context) error {
	statement := lateness + "SELECT " + slipBinOf("late_original") + " AS original, " + slipBinOf("late_current") +
		" AS current, count(*) AS projects FROM lateness GROUP BY 1, 2"
	var cells []slipCell
	if err := p.scan(ctx, statement, arguments{"as_of": dateOrNull(p.today)}, &cells); err != nil {
		return err
	}
	summary := domain.SlipSummary{Original: domain.SlipCount{}, Current: domain.SlipCount{}}
	for _, cell := range cells {
		summary.Original[cell.Original] += cell.Projects
		summary.Current[cell.Current] += cell.Projects
	}
	p.into.Slip, p.into.Late = summary, summary.Original.Late()
	return nil
}
