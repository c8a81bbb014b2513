package apitest

import (
	"archive/zip"
	"bytes"
	"encoding/csv"
	"encoding/xml"
	"io"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// Exported is a file of projects as it was read back: its notes by their labels, and the rows of its table by headings.
// Values are as the file spells them.
type Exported struct {
	Notes    map[string]string
	Headings []string
	Rows     []map[string]string
}

// ReadCSV reads a file of comma-separated values as a spreadsheet program does.
func ReadCSV(t testing.TB, file []byte) Exported {
	t.Helper()
	text, marked := strings.CutPrefix(string(file), "\uFEFF")
	require.True(t, marked, "without a byte order mark Chinese is taken for another encoding")
	notes, table, apart := strings.Cut(text, "\r\n\r\n")
	require.True(t, apart, "an empty line ends the notes")
	return exported(readLines(t, notes), readLines(t, table))
}

func readLines(t testing.TB, text string) [][]string {
	t.Helper()
	lines, err := csv.NewReader(strings.NewReader(text)).ReadAll()
	require.NoError(t, err)
	return lines
}

// ReadXLSX reads the two sheets of a workbook; the date cells as their numbers.
func ReadXLSX(t testing.TB, file []byte) Exported {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(file), int64(len(file)))
	require.NoError(t, err)
	return exported(readSheet(t, z, "xl/worksheets/sheet1.xml"), readSheet(t, z, "xl/worksheets/sheet2.xml"))
}

func exported(notes, table [][]string) Exported {
	e := Exported{Notes: map[string]string{}, Headings: table[0], Rows: []map[string]string{}}
	for _, note := range notes {
		e.Notes[note[0]] = note[1]
	}
	for _, line := range table[1:] {
		row := map[string]string{}
		for i, value := range line {
			row[e.Headings[i]] = value
		}
		e.Rows = append(e.Rows, row)
	}
	return e
}

type sheetXML struct {
	Rows []struct {
		Cells []struct {
			At     string `xml:"r,attr"`
			Value  string `xml:"v"`
			Inline string `xml:"is>t"`
		} `xml:"c"`
	} `xml:"sheetData>row"`
}

func readSheet(t testing.TB, z *zip.Reader, name string) [][]string {
	t.Helper()
	part, err := z.Open(name)
	require.NoError(t, err)
	defer func() { _ = part.Close() }()
	raw, err := io.ReadAll(part)
	require.NoError(t, err)
	var parsed sheetXML
	require.NoError(t, xml.Unmarshal(raw, &parsed))
	rows := make([][]string, len(parsed.Rows))
	for i, row := range parsed.Rows {
		for _, c := range row.Cells {
			column := 0
			for _, letter := range strings.TrimRight(c.At, "0123456789") {
				column = column*26 + int(letter-'A') + 1
			}
			for len(rows[i]) < column {
				rows[i] = append(rows[i], "")
			}
			rows[i][column-1] = c.Value + c.Inline
		}
	}
	return rows
}
