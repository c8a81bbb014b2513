package api_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"zhongda/api"
	"zhongda/api/apitest"
	"zhongda/domain"
)

// figures are the origins of a project's figures as a reader gets them, by kind.
func figures(t *testing.T, c *apitest.Client, projectID int64) map[domain.FigureKind]api.Figure {
	t.Helper()
	r := c.Get(t, projectPath(projectID)+"/figures")
	require.Equal(t, http.StatusOK, r.Status, "%s", r.Body)
	byKind := map[domain.FigureKind]api.Figure{}
	for _, f := range apitest.Decode[api.List[api.Figure]](t, r).Items {
		byKind[f.Kind] = f
	}
	return byKind
}

func TestAFigureTellsWhereItComesFrom(t *testing.T) {
	t.Parallel()
	p := newProduct(t)
	editor, lead, reviewer := p.signedIn(t, p.bureauA+".editor"), p.signedIn(t, p.bureauA+".lead"), p.signedIn(t, "drc.reviewer1")
	require.Empty(t, figures(t, editor, p.own), "nothing was said yet")

	report := p.startedReport(t, editor)
	step := p.milestone(t, p.own)
	filled := strings.TrimSuffix(completeReport, "}") + fmt.Sprintf(`,"explanation":"按批复列支的工程费用","milestones":[{"milestoneId":%d,
		"forecast":{"date":"2030-09-30","precision":"month"},"actual":null,"reasonCode":"land","reasonText":"用地批复较计划提前取得"}]}`, step)
	require.Equal(t, http.StatusOK, p.onReport(t, editor, report.ID, http.MethodPatch, "", filled).Status)
	submitted := p.onReport(t, lead, report.ID, http.MethodPost, "/submission", nil)
	require.Equal(t, http.StatusOK, submitted.Status, "%s", submitted.Body)
	require.Empty(t, figures(t, lead, p.own), "what nobody approved is no figure yet")
	hash := apitest.Decode[api.Report](t, submitted).Hash
	approved := p.onReport(t, reviewer, report.ID, http.MethodPost, "/decision", fmt.Sprintf(`{"action":"approve","hash":%q}`, hash))
	require.Equal(t, http.StatusOK, approved.Status, "%s", approved.Body)
	r := p.patch(t, editor, p.own, `{"estimate":{"value":"12345.67"}}`)
	require.Equal(t, http.StatusOK, r.Status, "%s", r.Body)

	got := figures(t, lead, p.own)
	for kind, value := range map[domain.FigureKind]string{
		domain.FigureProgress: "10.0", domain.FigureMonth: "10.00", domain.FigureYear: "10.00", domain.FigureTotal: "10.00",
		domain.FigureOwnerLight: "green", domain.FigureForecast: "2030-09-30 month",
	} {
		f := got[kind]
		require.Equal(t, value, *f.Value, kind)
		require.Equal(t, domain.OriginReport, f.Origin, kind)
		require.Equal(t, report.ID, *f.ReportID, kind)
		require.Equal(t, "2026-06", f.Period.String(), kind)
		require.Equal(t, []string{p.bureauA + ".lead", "drc.reviewer1", hash}, []string{*f.By, *f.DecidedBy, *f.ContentHash}, kind)
		require.Equal(t, p.number(t, "SELECT seq FROM audit_record WHERE action = 'report.approve' AND object_id = $1", report.ID), f.Record.Seq)
		require.Equal(t, p.Text(t, "SELECT encode(hash, 'hex') FROM audit_record WHERE seq = $1", f.Record.Seq), f.Record.Hash)
	}
	estimate := got[domain.FigureEstimate]
	require.Equal(t, []any{"12345.67", domain.OriginEntry, p.bureauA + ".editor"}, []any{*estimate.Value, estimate.Origin, *estimate.By})
	require.NotNil(t, estimate.Record)

	// Another bureau sees the figures and their place in the record, and no names.
	for kind, f := range figures(t, p.signedIn(t, p.bureauB+".editor"), p.own) {
		require.Equal(t, got[kind].Value, f.Value, kind)
		require.Equal(t, got[kind].ContentHash, f.ContentHash, kind)
		require.Equal(t, got[kind].Record.Seq, f.Record.Seq, kind)
		require.Nil(t, f.By, kind)
		require.Nil(t, f.DecidedBy, kind)
		require.Nil(t, f.ReportID, kind)
		require.Nil(t, f.Record.Actor, kind)
	}

	// A forecast changed on the page is the page's, whatever the report said.
	version := p.version(t, "milestone", step)
	r = editor.Do(t, apitest.Request{
		Method: http.MethodPatch, Path: fmt.Sprintf("%s/milestones/%d", projectPath(p.own), step), Headers: at(version),
		Body: `{"forecast":{"date":"2030-10-31","precision":"month"},"reasonCode":"land"}`,
	})
	require.Equal(t, http.StatusOK, r.Status, "%s", r.Body)
	forecast := figures(t, lead, p.own)[domain.FigureForecast]
	require.Equal(t, []any{domain.OriginEntry, p.bureauA + ".editor"}, []any{forecast.Origin, *forecast.By})
}
