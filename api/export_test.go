package api_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"zhongda/api"
	"zhongda/api/apitest"
)

// export takes the same file in both forms and reads them back; both must hold the same.
func export(t testing.TB, c *apitest.Client, query string) apitest.Exported {
	t.Helper()
	path := "/api/v1/projects/export?" + query
	book, lines := c.Get(t, path+"&format=xlsx"), c.Get(t, path+"&format=csv")
	require.Equal(t, http.StatusOK, book.Status, "%s: %s", path, book.Body)
	require.Equal(t, http.StatusOK, lines.Status, "%s: %s", path, lines.Body)
	workbook, values := apitest.ReadXLSX(t, book.Body), apitest.ReadCSV(t, lines.Body)
	require.Equal(t, workbook.Notes, values.Notes)
	require.Equal(t, workbook.Headings, values.Headings)
	require.Len(t, values.Rows, len(workbook.Rows))
	for i, row := range workbook.Rows {
		require.Equal(t, row["编号"]+row["Code"], values.Rows[i]["编号"]+values.Rows[i]["Code"])
	}
	return workbook
}

// wholeList reads every page of the list.
func wholeList(t testing.TB, c *apitest.Client, query string) (rows []api.ProjectRow) {
	t.Helper()
	cursor := ""
	for {
		r := c.Get(t, "/api/v1/projects?limit=200&"+query+"&cursor="+url.QueryEscape(cursor))
		require.Equal(t, http.StatusOK, r.Status, "%s: %s", query, r.Body)
		page := apitest.Decode[api.ProjectPage](t, r)
		rows = append(rows, page.Items...)
		if page.NextCursor == nil {
			return rows
		}
		cursor = *page.NextCursor
	}
}

func TestAnExportIsTheListInItsOrder(t *testing.T) {
	t.Parallel()
	p := newProduct(t)
	p.Exec(t, "UPDATE project SET estimate = id * 1000 + 0.07, estimate_missing = '' WHERE id % 3 = 0")
	manager := p.signedIn(t, "manager")
	for _, query := range []string{
		"", "sort=-investment", "sort=name&stage=preliminary&stage=implementation", "q=%E6%B0%B4&sort=-updated",
		"category=transport&sort=owner", "stage=transferred", "sort=-light&provisional=true", "column=13&sort=slip",
	} {
		listed, file := wholeList(t, manager, query), export(t, manager, query)
		require.Len(t, file.Rows, len(listed), query)
		for i, row := range listed {
			line := file.Rows[i]
			require.Equal(t, row.Code, line["编号"], "%s: row %d", query, i)
			require.Equal(t, row.Name, line["项目名称"])
			require.Equal(t, row.Owner.Name, line["责任单位"])
			want := "未填报"
			if row.Investment.Value != nil {
				want = row.Investment.Value.String()
			}
			require.Equal(t, want, line["总投资（元）"], "%s: %s", query, row.Code)
		}
		require.Equal(t, fmt.Sprintf("%d 个", len(listed)), file.Notes["项目数"], query)
	}
}

func TestAnExportSaysWhatItHolds(t *testing.T) {
	t.Parallel()
	p := newProduct(t)
	p.Exec(t, "UPDATE project SET estimate = '9999999999999999.99', estimate_missing = '' WHERE id = $1", p.own)
	p.Exec(t, "UPDATE project SET estimate = '12345.67', estimate_missing = '' WHERE id = $1", p.foreign)
	manager := p.signedIn(t, "manager")
	query := "owner=" + p.bureauA + "&owner=" + p.bureauB + "&stage=preliminary&stage=implementation&stage=reserve&stage=completed&sort=-investment"
	notes := export(t, manager, query).Notes
	require.Equal(t, "2026-07-01", notes["数据截至"])
	require.Contains(t, notes["筛选条件"], "责任单位："+p.Text(t, "SELECT name FROM organisation WHERE code = $1", p.bureauA)+"、")
	require.Contains(t, notes["筛选条件"], "；阶段：前期、实施、储备、建成")
	require.Equal(t, "按总投资降序", notes["排序"])
	require.Contains(t, notes["总投资合计"], "10000000000012345.66 元", "a sum may be more than any amount is")
	require.Contains(t, notes["总投资合计"], "个项目中 2 个有数")
	require.Contains(t, notes["金额单位"], "元，精确到分")
	require.Contains(t, notes["暂定"], "责任单位暂定")
	require.Contains(t, notes["导出"], "2026-07-01 09:00")
	require.NotContains(t, notes, "模拟数据")

	wan := export(t, manager, query+"&unit=wan&columns=investment")
	require.Equal(t, []string{"项目名称", "总投资（万元）"}, wan.Headings)
	require.Equal(t, "999999999999.999999", wan.Rows[0]["总投资（万元）"])
	require.Equal(t, "1.234567", wan.Rows[1]["总投资（万元）"])
	require.Contains(t, wan.Notes["总投资合计"], "1000000000001.234566 万元")

	p.Exec(t, `INSERT INTO simulation (seed, months, from_period, to_period, projects, schema, first_seq, started_at)
		VALUES (1, 1, '2026-06-01', '2026-06-01', 1, 1, 1, now())`)
	require.Contains(t, export(t, manager, query).Notes["模拟数据"], "不得作为工作依据")
}

func TestAnExportSpeaksTheReadersLanguage(t *testing.T) {
	t.Parallel()
	p := newProduct(t)
	r := p.signedIn(t, "manager").Do(t, apitest.Request{
		Method: http.MethodGet, Path: "/api/v1/projects/export?format=csv&category=transport", Headers: map[string]string{"Accept-Language": "en"},
	})
	require.Equal(t, http.StatusOK, r.Status, "%s", r.Body)
	require.Contains(t, r.Header.Get("Content-Disposition"), `filename="projects_2026-07-01.csv"`)
	file := apitest.ReadCSV(t, r.Body)
	require.Contains(t, file.Notes["Filter"], "Category: ")
	require.Contains(t, file.Headings, "Investment (CNY)")
	require.Regexp(t, `^[\x20-\x7e’–]+$`, file.Rows[0]["Owner"]+file.Rows[0]["Stage"]+file.Rows[0]["Category"])
}

// What leaves the house is on record; the internal note never leaves, and a formula in a name stays a name.
func TestAnExportIsRecordedAndHoldsNoInternalNote(t *testing.T) {
	t.Parallel()
	p := newProduct(t)
	p.Exec(t, "UPDATE project SET internal_note = 'ZZB-7f3 只供内部', name = '=HYPERLINK(\"http://x\")' WHERE id = $1", p.own)
	lead := p.signedIn(t, p.bureauA+".lead")
	every := make([]string, len(api.ExportColumns()))
	for i, c := range api.ExportColumns() {
		every[i] = "columns=" + string(c)
	}
	for _, format := range []string{"csv", "xlsx"} {
		r := lead.Get(t, "/api/v1/projects/export?mine=true&sort=-name&format="+format+"&"+strings.Join(every, "&"))
		require.Equal(t, http.StatusOK, r.Status, "%s", r.Body)
		require.False(t, bytes.Contains(r.Body, []byte("ZZB-7f3")))
		if format == "csv" {
			require.Contains(t, string(r.Body), `"'=HYPERLINK(""http://x"")"`)
		} else {
			for _, row := range apitest.ReadXLSX(t, r.Body).Rows {
				require.NotContains(t, fmt.Sprint(row), "ZZB-7f3")
			}
		}
		var after struct {
			Filter   map[string]any `json:"filter"`
			Projects int64          `json:"projects"`
			Format   string         `json:"format"`
			Columns  []string       `json:"columns"`
		}
		recorded := p.Text(t, "SELECT after FROM audit_record WHERE action = 'project.export' AND result = 'done' ORDER BY id DESC LIMIT 1")
		require.NoError(t, json.Unmarshal([]byte(recorded), &after))
		require.Equal(t, map[string]any{"mine": true}, after.Filter)
		require.Equal(t, format, after.Format)
		require.Len(t, after.Columns, len(every))
		require.Equal(t, p.number(t, `SELECT count(*) FROM project p JOIN organisation o ON o.id = p.owner_organisation_id
			WHERE o.path @> ARRAY[(SELECT id FROM organisation WHERE code = $1)]`, p.bureauA), after.Projects)
	}
}

func TestAnExportThatCannotBeIsAProblem(t *testing.T) {
	t.Parallel()
	p := newProduct(t)
	manager := p.signedIn(t, "manager")
	for query, status := range map[string]int{
		"format=pdf": http.StatusBadRequest, "columns=internalNote": http.StatusBadRequest, "unit=yi": http.StatusBadRequest,
		"sort=internal_note": http.StatusBadRequest, "asOf=2030-01": http.StatusUnprocessableEntity, "limit=5": http.StatusBadRequest,
	} {
		r := manager.Get(t, "/api/v1/projects/export?"+query)
		require.Equal(t, status, r.Status, "%s: %s", query, r.Body)
		problem(t, r)
	}
}
