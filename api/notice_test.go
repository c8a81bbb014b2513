package api_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"zhongda/api"
	"zhongda/api/apitest"
	"zhongda/domain"
)

// A notice of one's own comes to the inbox, is counted, read and counted no more; whoever else reads theirs sees none.
func TestAnInboxOverHTTP(t *testing.T) {
	t.Parallel()
	p := newProduct(t)
	lead, other := p.signedIn(t, p.bureauA+".lead"), p.signedIn(t, p.bureauB+".lead")
	user := p.number(t, "SELECT id FROM app_user WHERE username = $1", p.bureauA+".lead")
	for i := range 3 {
		p.Exec(t, `INSERT INTO notice (recipient_id, kind, project_id, object_kind, object_id, occasion, params, actor, at)
			VALUES ($1, $2, $3, 'report', 7, 'x', '{"period": "2026-06"}', 'drc.reviewer1', '2026-07-01')`, user, string(domain.NoticeKinds()[3+i]), p.own)
	}
	count := func(c *apitest.Client) int {
		return apitest.Decode[api.UnreadNotices](t, c.Get(t, "/api/v1/notices/count")).Unread
	}
	require.Equal(t, 3, count(lead))
	require.Equal(t, 0, count(other))
	page := apitest.Decode[api.Page[api.Notice]](t, lead.Get(t, "/api/v1/notices?limit=2&withTotal=true"))
	require.Len(t, page.Items, 2)
	require.Equal(t, 3, *page.Total)
	first := page.Items[0]
	require.Equal(t, []any{"report_approved", p.own, "report", int64(7), "2026-06", "审核员甲"},
		[]any{string(first.Kind), first.Project.ID, first.ObjectKind, first.ObjectID, first.Text["period"], first.By})
	rest := apitest.Decode[api.Page[api.Notice]](t, lead.Get(t, "/api/v1/notices?cursor="+*page.NextCursor))
	require.Len(t, rest.Items, 1)
	require.Empty(t, apitest.Decode[api.Page[api.Notice]](t, other.Get(t, "/api/v1/notices")).Items)

	read := func(c *apitest.Client, body string) apitest.Response { return c.Post(t, "/api/v1/notices/read", body) }
	require.Equal(t, http.StatusOK, read(other, fmt.Sprintf(`{"ids":[%d],"upTo":%d}`, first.ID, first.ID)).Status)
	require.Equal(t, 3, count(lead))
	require.JSONEq(t, `{"unread":2}`, string(read(lead, fmt.Sprintf(`{"ids":[%d]}`, first.ID)).Body))
	unread := apitest.Decode[api.Page[api.Notice]](t, lead.Get(t, "/api/v1/notices?unread=true&kind=report_submitted&kind=report_approved"))
	require.Len(t, unread.Items, 1)
	require.JSONEq(t, `{"unread":0}`, string(read(lead, fmt.Sprintf(`{"upTo":%d}`, first.ID)).Body))
	require.NotNil(t, apitest.Decode[api.Page[api.Notice]](t, lead.Get(t, "/api/v1/notices")).Items[2].ReadAt)
	for _, bad := range []string{`{}`, `{"ids":["x"]}`, `{"upTo":-1}`, `{"upto":1}`} {
		require.GreaterOrEqual(t, read(lead, bad).Status, http.StatusBadRequest, bad)
	}
	require.Equal(t, http.StatusBadRequest, lead.Get(t, "/api/v1/notices?kind=nonsense").Status)
	require.Equal(t, http.StatusBadRequest, lead.Get(t, "/api/v1/notices?cursor=x").Status)
}

func TestEveryFieldOfTheMailSettingArrives(t *testing.T) {
	t.Parallel()
	p := newProduct(t)
	lead := p.signedIn(t, p.bureauA+".lead")
	require.ElementsMatch(t, []string{"email", "habit"}, api.RequestFields("setMail"))
	for _, setting := range []string{
		`{"email":"li.wei@example.org","habit":"immediate"}`, `{"email":"li+zd@mail.example.org","habit":"digest"}`, `{"email":"","habit":"none"}`,
	} {
		r := lead.Do(t, apitest.Request{Method: http.MethodPut, Path: "/api/v1/me/mail", Body: setting})
		require.Equal(t, http.StatusOK, r.Status, "%s", r.Body)
		var sent map[string]any
		require.NoError(t, json.Unmarshal([]byte(setting), &sent))
		sent["available"] = false
		want, err := json.Marshal(sent)
		require.NoError(t, err)
		require.JSONEq(t, string(want), string(r.Body))
		require.JSONEq(t, string(want), string(lead.Get(t, "/api/v1/me/mail").Body))
	}
	for body, code := range map[string]string{
		`{"email":"nobody","habit":"none"}`: "email_form", `{"email":"a@b.cn\r\nBcc: c@d.cn","habit":"none"}`: "email_form",
		`{"email":"a@b.cn","habit":"hourly"}`: "oneof",
	} {
		r := lead.Do(t, apitest.Request{Method: http.MethodPut, Path: "/api/v1/me/mail", Body: body})
		fields := problem(t, r).Errors
		require.True(t, slices.ContainsFunc(fields, func(e api.ProblemField) bool { return e.Code == code }), "%s: %s", body, r.Body)
	}
}

// The Commission sees who is late and urges them; what became of each is said in the reader's language.
func TestUrgingOverHTTP(t *testing.T) {
	t.Parallel()
	p := newProduct(t)
	p.Exec(t, "UPDATE project SET created_at = '2026-01-01', stage = 'implementation' WHERE id = $1", p.own)
	reviewer := p.signedIn(t, "drc.reviewer1")
	code := p.Text(t, "SELECT o.code FROM project p JOIN organisation o ON o.id = p.owner_organisation_id WHERE p.id = $1", p.own)
	overdue := apitest.Decode[api.List[api.OverdueReport]](t, reviewer.Get(t, "/api/v1/reports/overdue?owner="+code))
	require.Len(t, overdue.Items, 1)
	require.Equal(t, p.own, overdue.Items[0].Project.ID)
	require.Positive(t, overdue.Items[0].Missed)
	require.Nil(t, overdue.Items[0].UrgedAt)
	urge := func() api.UrgeResult {
		r := reviewer.Post(t, "/api/v1/reports/reminders", fmt.Sprintf(`{"projectIds":[%d]}`, p.own))
		return apitest.Decode[api.List[api.UrgeResult]](t, r).Items[0]
	}
	require.True(t, urge().Done)
	again := urge()
	require.False(t, again.Done)
	require.Equal(t, "urged_today 该项目今天已经催报过。", *again.Code+" "+*again.Message)
	overdue = apitest.Decode[api.List[api.OverdueReport]](t, reviewer.Get(t, "/api/v1/reports/overdue?owner="+code))
	require.NotNil(t, overdue.Items[0].UrgedAt)
	require.ElementsMatch(t, []string{"projectIds"}, api.RequestFields("urgeReports"))
	require.Equal(t, http.StatusUnprocessableEntity, reviewer.Post(t, "/api/v1/reports/reminders", `{"projectIds":[]}`).Status)
}
