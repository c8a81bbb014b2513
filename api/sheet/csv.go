package sheet

import (
	"encoding/csv"
	"fmt"
	"io"
	"strings"
)

// CSVMedia is the media type of the file.
const CSVMedia = "text/csv; charset=utf-8"

// byteOrderMark tells spreadsheet programs that the file is UTF-8; without it they take Chinese for another encoding.
const byteOrderMark = "\uFEFF"

type csvWriter struct {
	out   io.Writer
	rows  *csv.Writer
	begun bool
}

// NewCSV writes comma-separated values with the lines of RFC 4180.
func NewCSV(w io.Writer) Writer {
	rows := csv.NewWriter(w)
	rows.UseCRLF = true
	return &csvWriter{out: w, rows: rows}
}

func (c *csvWriter) line(fields ...string) error {
	if !c.begun {
		c.begun = true
		if _, err := io.WriteString(c.out, byteOrderMark); err != nil {
			return fmt.Errorf("begin the table: %w", err)
		}
	}
	if err := c.rows.Write(fields); err != nil {
		return fmt.Errorf("write a line: %w", err)
	}
	return nil
}

// Note is a line of its own above the table.
func (c *csvWriter) Note(label, text string) error { return c.line(harmless(label), harmless(text)) }

// Columns is the line of headings, after an empty one.
func (c *csvWriter) Columns(columns []Column) error {
	titles := make([]string, len(columns))
	for i, column := range columns {
		titles[i] = harmless(column.Title)
	}
	if err := c.line(""); err != nil {
		return err
	}
	return c.line(titles...)
}

// Row is one line.
func (c *csvWriter) Row(cells []Cell) error {
	fields := make([]string, len(cells))
	for i, cell := range cells {
		fields[i] = cell.text
		if cell.kind == kindText {
			fields[i] = harmless(cell.text)
		}
	}
	return c.line(fields...)
}

// Close hands the last lines on.
func (c *csvWriter) Close() error {
	c.rows.Flush()
	if err := c.rows.Error(); err != nil {
		return fmt.Errorf("end the table: %w", err)
	}
	return nil
}

// formulaStarts are what spreadsheet programs take for the beginning of a formula, in both widths.
const formulaStarts = "=+-@\t\r\n＝＋－＠"

// harmless keeps words from being run as a formula: an apostrophe before them makes them text.
func harmless(words string) string {
	if words != "" && strings.ContainsAny(firstRune(words), formulaStarts) {
		return "'" + words
	}
	return words
}

func firstRune(words string) string {
	for _, r := range words {
		return string(r)
	}
	return ""
}
