package sheet_test

import (
	"archive/zip"
	"bytes"
	"errors"
	"io"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"zhongda/api/apitest"
	"zhongda/api/sheet"
)

// write makes the same table in both forms and reads it back.
func write(t *testing.T, columns []sheet.Column, rows ...[]sheet.Cell) (workbook, values apitest.Exported, files [2][]byte) {
	t.Helper()
	var book, lines bytes.Buffer
	x, err := sheet.NewXLSX(&book, sheet.XLSXOptions{Notes: "说明 <&\">", Table: "项目"})
	require.NoError(t, err)
	for _, w := range []sheet.Writer{x, sheet.NewCSV(&lines)} {
		require.NoError(t, w.Note("截至", "2026-10-31"))
		require.NoError(t, w.Columns(columns))
		for _, row := range rows {
			require.NoError(t, w.Row(row))
		}
		require.NoError(t, w.Close())
	}
	files = [2][]byte{book.Bytes(), lines.Bytes()}
	return apitest.ReadXLSX(t, files[0]), apitest.ReadCSV(t, files[1]), files
}

func part(t *testing.T, file []byte, name string) string {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(file), int64(len(file)))
	require.NoError(t, err)
	f, err := z.Open(name)
	require.NoError(t, err)
	raw, err := io.ReadAll(f)
	require.NoError(t, err)
	return string(raw)
}

func TestEveryValueComesBackAsItWas(t *testing.T) {
	t.Parallel()
	many := make([]sheet.Column, 30)
	cells := make([]sheet.Cell, 30)
	for i := range many {
		many[i] = sheet.Column{Title: strings.Repeat("列", i+1), Width: 10}
		cells[i] = sheet.Text(strings.Repeat("值", i+1))
	}
	cells[3], cells[4], cells[5] = sheet.Decimal("9999999999999999.99"), sheet.Integer("-12"), sheet.Text("两行\n<b>&\"' 空格 ")
	cells[6], cells[7] = sheet.Decimal("0.10"), sheet.Cell{}
	workbook, values, _ := write(t, many, cells, cells)
	for _, read := range []apitest.Exported{workbook, values} {
		require.Equal(t, map[string]string{"截至": "2026-10-31"}, read.Notes)
		require.Len(t, read.Headings, 30)
		require.Len(t, read.Rows, 2)
		require.Equal(t, "9999999999999999.99", read.Rows[1]["列列列列"])
		require.Equal(t, "-12", read.Rows[1]["列列列列列"])
		require.Equal(t, "两行\n<b>&\"' 空格 ", read.Rows[1]["列列列列列列"])
		require.Equal(t, "0.10", read.Rows[1]["列列列列列列列"])
		require.Empty(t, read.Rows[1]["列列列列列列列列"])
		require.Equal(t, strings.Repeat("值", 30), read.Rows[0][strings.Repeat("列", 30)])
	}
}

// A spreadsheet program keeps fifteen digits of a number: what has more must stay text, or it would be rounded.
func TestNumbersThatWouldBeRoundedStayText(t *testing.T) {
	t.Parallel()
	_, _, files := write(t, []sheet.Column{{Title: "元", Width: 9}},
		[]sheet.Cell{sheet.Decimal("1234567890123.45")}, []sheet.Cell{sheet.Decimal("12345678901234.56")}, []sheet.Cell{sheet.Decimal("100000000000000.00")})
	table := part(t, files[0], "xl/worksheets/sheet2.xml")
	require.Contains(t, table, `<c r="A2" s="5"><v>1234567890123.45</v></c>`)
	require.Contains(t, table, `t="inlineStr"><is><t xml:space="preserve">12345678901234.56</t>`)
	require.Contains(t, table, `<v>100000000000000.00</v>`)
}

func TestNothingIsRunAsAFormula(t *testing.T) {
	t.Parallel()
	for _, words := range []string{"=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1", "＋1", "－1", "＠1"} {
		workbook, values, files := write(t, []sheet.Column{{Title: words, Width: 9}}, []sheet.Cell{sheet.Text(words)})
		kept := strings.ReplaceAll("'"+words, "\r", "") // lines end with it, values do without
		require.Equal(t, kept, values.Rows[0][kept])
		table := part(t, files[0], "xl/worksheets/sheet2.xml")
		require.NotContains(t, table, "<f>")
		require.Contains(t, table, `<c r="A2" s="3" t="inlineStr">`, "text, whatever it begins with")
		require.Len(t, workbook.Rows, 1)
	}
	_, values, _ := write(t, []sheet.Column{{Title: "天", Width: 9}}, []sheet.Cell{sheet.Integer("-30")})
	require.Equal(t, "-30", values.Rows[0]["天"], "a negative number is no formula")
}

func TestDaysAreDays(t *testing.T) {
	t.Parallel()
	day := time.Date(2026, time.November, 23, 23, 59, 0, 0, time.FixedZone("UTC+8", 8*60*60))
	workbook, values, _ := write(t, []sheet.Column{{Title: "日", Width: 9}}, []sheet.Cell{sheet.Day(day)})
	require.Equal(t, "46349", workbook.Rows[0]["日"]) // as Excel counts 2026-11-23
	require.Equal(t, "2026-11-23", values.Rows[0]["日"])
}

func TestTheHeadingStaysInSight(t *testing.T) {
	t.Parallel()
	_, _, files := write(t, []sheet.Column{{Title: "名", Width: 44}})
	table := part(t, files[0], "xl/worksheets/sheet2.xml")
	require.Contains(t, table, `ySplit="1"`)
	require.Contains(t, table, `state="frozen"`)
	require.Contains(t, table, `width="44"`)
}

type full struct{ room int }

func (f *full) Write(p []byte) (int, error) {
	if f.room -= len(p); f.room < 0 {
		return 0, errors.New("no room")
	}
	return len(p), nil
}

func TestAFileThatCannotBeWrittenSaysSo(t *testing.T) {
	t.Parallel()
	columns, row := []sheet.Column{{Title: "名", Width: 9}}, []sheet.Cell{sheet.Text("值")}
	finish := func(w sheet.Writer, err error) error {
		if err != nil {
			return err
		}
		return errors.Join(w.Note("a", "b"), w.Columns(columns), w.Row(row), w.Close())
	}
	for room := range 400 {
		require.Error(t, finish(sheet.NewXLSX(&full{room}, sheet.XLSXOptions{Notes: "a", Table: "b"})), "%d", room)
	}
	require.Error(t, finish(sheet.NewCSV(&full{9}), nil))
}
