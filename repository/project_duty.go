package repository

import "zhongda/domain"

// reportGroup says in SQL of project p what [domain.NewReportDuty] says of one project; null where it has exited. Ended is
// the last period of its cycle, settled the last whose report was due before today, since the month it came into the
// records, told the last period it has handed in for.
const reportGroup = `(SELECT CASE
		WHEN open.state = 'returned' THEN 'returned'
		WHEN has.told < cycle.settled AND has.since <= cycle.settled THEN 'late'
		WHEN open.state = 'draft' THEN 'draft'
		WHEN open.state = 'submitted' THEN 'waiting'
		WHEN CASE WHEN has.since <= cycle.ended THEN has.told < cycle.ended
			ELSE has.since <= day.month AND extract(month FROM day.month)::int % cycle.months = 0 AND has.told < day.month END THEN 'due'
		ELSE 'done' END
	FROM (SELECT CAST(@today AS date) AS today, date_trunc('month', CAST(@today AS date))::date AS month) day
	JOIN report_cycle rule ON rule.stage = p.stage
	LEFT JOIN report open ON open.project_id = p.id AND open.state <> 'approved'
	CROSS JOIN LATERAL (SELECT CASE WHEN rule.months > 0 AND p.standing = 'paused' THEN 3 ELSE nullif(rule.months, 0) END AS months) every
	CROSS JOIN LATERAL (SELECT (day.month - make_interval(months => 1 + (extract(month FROM day.month - interval '1 month')::int % every.months)))::date AS ended) last
	CROSS JOIN LATERAL (SELECT every.months, last.ended, CASE WHEN last.ended + interval '1 month' + make_interval(days => rule.due_day - 1) < day.today
		THEN last.ended ELSE (last.ended - make_interval(months => every.months))::date END AS settled) cycle
	CROSS JOIN LATERAL (SELECT
		greatest(coalesce(p.reported_period, '-infinity'), CASE WHEN open.state = 'submitted' THEN open.period END) AS told,
		date_trunc('month', p.created_at AT TIME ZONE 'UTC' + make_interval(secs => @clock_offset))::date AS since) has
	WHERE p.standing <> 'exited')`

// hasOrder finds an order that is not ended yet, or was not at the instant the statement asks about.
const hasOrder = `EXISTS (SELECT FROM supervision_order s, LATERAL (
	SELECT coalesce(CAST(nullif(current_setting('app.as_of', true), '') AS timestamptz), 'infinity') AS instant) then_
	WHERE s.project_id = p.id AND s.issued_at <= then_.instant AND (s.ended_at IS NULL OR s.ended_at > then_.instant))`

// addReportGroup keeps the projects whose reports ask for what is chosen, among those whose reports the reader may read.
func addReportGroup(c *conditions, f domain.ProjectFilter) {
	if len(f.Reports) == 0 {
		return
	}
	c.within(f.ReportsRead, "reports_root")
	c.add(fieldReport, reportGroup+" = ANY (@report)", arguments{
		fieldReport: array[string](texts(f.Reports)), "today": dateOrNull(f.Today), "clock_offset": f.ClockOffset.Seconds(),
	})
}

// addSupervision keeps the projects with or without an order under way, among those whose orders the reader may read.
func addSupervision(c *conditions, f domain.ProjectFilter) {
	if len(f.Supervision) == 0 {
		return
	}
	c.within(f.OrdersRead, "orders_root")
	c.add(fieldSupervision, "CASE WHEN "+hasOrder+" THEN 'ordered' ELSE 'unordered' END = ANY (@supervision)",
		arguments{fieldSupervision: array[string](texts(f.Supervision))})
}
