package service_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"zhongda/domain"
)

// An overdue issue rises one level for every fourteen days, an order one step for every seven; running again on the same
// day, or by two at once, does nothing twice.
func TestOverdueThingsRiseOnce(t *testing.T) {
	t.Parallel()
	c := newCouncil(t)
	issue, order := c.issue(t, domain.IssueOpen, c.editor), c.order(t, domain.OrderAcknowledged)
	answered := c.order(t, domain.OrderAnswered)
	resolved := c.issue(t, domain.IssueResolved, c.editor)
	begin := c.now
	shape := func() string {
		return c.Text(t, "SELECT level || ' ' || escalations FROM issue WHERE id = $1", issue.ID) + " / " +
			c.Text(t, "SELECT escalations FROM supervision_order WHERE id = $1", order.ID)
	}
	run := func(day int) {
		c.now = begin.AddDate(0, 0, day)
		for range 2 {
			require.NoError(t, c.EscalateOverdue(t.Context()))
		}
		for _, err := range atOnce(func() error { return c.EscalateOverdue(t.Context()) }, func() error { return c.EscalateOverdue(t.Context()) }) {
			require.NoError(t, err)
		}
	}
	for _, step := range []struct {
		day  int
		want string
	}{
		{14, "district 0 / 0"}, // both are due today or later: the order on July 15
		{15, "district 0 / 0"}, // the order is one day late
		{21, "district 0 / 1"}, // seven days
		{32, "district 0 / 2"}, // the issue, due on August 1, is one day late
		{45, "city 1 / 4"},     // fourteen days
		{59, "leader 2 / 6"},
		{120, "leader 2 / 15"}, // the top; an order counts on
	} {
		run(step.day)
		require.Equal(t, step.want, shape(), "day %d", step.day)
	}
	require.Equal(t, "2 5", c.Text(t, "SELECT (SELECT count(*) FROM issue_entry WHERE action = 'escalate') || ' ' || (SELECT count(*) FROM order_entry WHERE action = 'escalate')"))
	require.Equal(t, "2", c.countRecords(t, "action = 'issue.escalate'"))
	require.Equal(t, "5", c.countRecords(t, "action = 'order.escalate'"))
	require.Equal(t, "0", c.Text(t, "SELECT count(*) FROM notice WHERE kind IN ('issue_overdue', 'order_overdue') AND object_id = ANY ($1) AND object_kind = 'order'", []int64{answered.ID}))
	require.Equal(t, "0", c.Text(t, fmt.Sprintf("SELECT count(*) FROM notice WHERE kind = 'issue_overdue' AND object_id = %d", resolved.ID)))
}
