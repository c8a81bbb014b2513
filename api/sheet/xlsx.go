package sheet

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"encoding/xml"
	"fmt"
	"io"
	"strconv"
	"time"
)

// XLSXMedia is the media type of the file.
const XLSXMedia = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

// XLSXOptions name the two sheets of the file, that of the notes and that of the table.
type XLSXOptions struct {
	Notes string
	Table string
}

// The formats of cells, as numbers of the style sheet below.
const (
	styleNote = iota
	styleNoteLabel
	styleHeading
	styleText
	styleInteger
	styleDecimal
	styleDate
)

const styleSheet = `<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">
<numFmts count="2"><numFmt numFmtId="164" formatCode="#,##0.00####"/><numFmt numFmtId="165" formatCode="yyyy\-mm\-dd"/></numFmts>
<fonts count="2"><font><sz val="11"/></font><font><b/><sz val="11"/></font></fonts>
<fills count="3"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill><fill><patternFill patternType="solid"><fgColor rgb="FFE8EEF7"/></patternFill></fill></fills>
<borders count="2"><border/><border><bottom style="thin"><color rgb="FF8A97AB"/></bottom></border></borders>
<cellStyleXfs count="1"><xf/></cellStyleXfs>
<cellXfs count="7">
<xf applyAlignment="1"><alignment vertical="top" wrapText="1"/></xf>
<xf fontId="1" applyFont="1" applyAlignment="1"><alignment vertical="top"/></xf>
<xf fontId="1" fillId="2" borderId="1" applyFont="1" applyFill="1" applyBorder="1" applyAlignment="1"><alignment vertical="center" wrapText="1"/></xf>
<xf applyAlignment="1"><alignment vertical="top" wrapText="1"/></xf>
<xf numFmtId="1" applyNumberFormat="1" applyAlignment="1"><alignment vertical="top"/></xf>
<xf numFmtId="164" applyNumberFormat="1" applyAlignment="1"><alignment vertical="top"/></xf>
<xf numFmtId="165" applyNumberFormat="1" applyAlignment="1"><alignment vertical="top"/></xf>
</cellXfs>
</styleSheet>`

const sheetHead = `<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">`

// frozenHeading keeps the line of headings and the first column in sight.
const frozenHeading = `<sheetViews><sheetView workbookViewId="0"><pane xSplit="1" ySplit="1" topLeftCell="B2" activePane="bottomRight" state="frozen"/></sheetView></sheetViews>`

type xlsxWriter struct {
	zip   *zip.Writer
	about XLSXOptions
	part  io.Writer    // the sheet being written
	line  bytes.Buffer // the row being written
	row   int
}

// NewXLSX writes a workbook of two sheets. Packing is the fastest there is: it is read once.
func NewXLSX(w io.Writer, about XLSXOptions) (Writer, error) {
	packed := zip.NewWriter(w)
	packed.RegisterCompressor(zip.Deflate, func(out io.Writer) (io.WriteCloser, error) {
		return flate.NewWriter(out, flate.BestSpeed)
	})
	x := &xlsxWriter{zip: packed, about: about}
	for _, part := range x.frame() {
		if err := x.begin(part[0]); err != nil {
			return nil, err
		}
		if err := x.write(part[1]); err != nil {
			return nil, err
		}
	}
	if err := x.begin("xl/worksheets/sheet1.xml"); err != nil {
		return nil, err
	}
	return x, x.write(sheetHead + `<cols><col min="1" max="1" width="18" customWidth="1"/><col min="2" max="2" width="96" customWidth="1"/></cols><sheetData>`)
}

// frame is every part of the file but its sheets.
func (x *xlsxWriter) frame() [][2]string {
	const (
		relation = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
		document = "application/vnd.openxmlformats-officedocument.spreadsheetml."
	)
	sheet := func(id int, name string) string {
		return fmt.Sprintf(`<sheet name="%s" sheetId="%d" r:id="rId%d"/>`, escaped(name), id, id)
	}
	return [][2]string{
		{"[Content_Types].xml", `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">` +
			`<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>` +
			`<Default Extension="xml" ContentType="` + document + `worksheet+xml"/>` +
			`<Override PartName="/xl/workbook.xml" ContentType="` + document + `sheet.main+xml"/>` +
			`<Override PartName="/xl/styles.xml" ContentType="` + document + `styles+xml"/></Types>`},
		{"_rels/.rels", `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">` +
			`<Relationship Id="rId1" Type="` + relation + `/officeDocument" Target="xl/workbook.xml"/></Relationships>`},
		{"xl/workbook.xml", `<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="` + relation + `"><sheets>` +
			sheet(1, x.about.Notes) + sheet(2, x.about.Table) + `</sheets></workbook>`},
		{"xl/_rels/workbook.xml.rels", `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">` +
			`<Relationship Id="rId1" Type="` + relation + `/worksheet" Target="worksheets/sheet1.xml"/>` +
			`<Relationship Id="rId2" Type="` + relation + `/worksheet" Target="worksheets/sheet2.xml"/>` +
			`<Relationship Id="rId3" Type="` + relation + `/styles" Target="styles.xml"/></Relationships>`},
		{"xl/styles.xml", styleSheet},
	}
}

func (x *xlsxWriter) begin(name string) error {
	part, err := x.zip.Create(name)
	if err != nil {
		return fmt.Errorf("begin %s: %w", name, err)
	}
	x.part, x.row = part, 0
	return x.write(xml.Header)
}

func (x *xlsxWriter) write(text string) error {
	if _, err := io.WriteString(x.part, text); err != nil {
		return fmt.Errorf("write the workbook: %w", err)
	}
	return nil
}

// Note is a line of the first sheet.
func (x *xlsxWriter) Note(label, text string) error {
	return x.put([]Cell{Text(label), Text(text)}, styleNoteLabel, styleNote)
}

// Columns ends the notes and begins the table.
func (x *xlsxWriter) Columns(columns []Column) error {
	if err := x.write("</sheetData></worksheet>"); err != nil {
		return err
	}
	if err := x.begin("xl/worksheets/sheet2.xml"); err != nil {
		return err
	}
	head, titles := sheetHead+frozenHeading+"<cols>", make([]Cell, len(columns))
	for i, c := range columns {
		head += fmt.Sprintf(`<col min="%d" max="%d" width="%d" customWidth="1"/>`, i+1, i+1, c.Width)
		titles[i] = Text(c.Title)
	}
	if err := x.write(head + "</cols><sheetData>"); err != nil {
		return err
	}
	return x.put(titles, styleHeading, styleHeading)
}

// Row is one row of the table.
func (x *xlsxWriter) Row(cells []Cell) error { return x.put(cells, styleText, styleText) }

// put writes a row; first and rest are the formats of its words.
func (x *xlsxWriter) put(cells []Cell, first, rest int) error {
	x.row++
	x.line.Reset()
	fmt.Fprintf(&x.line, `<row r="%d">`, x.row)
	for i, cell := range cells {
		style := rest
		if i == 0 {
			style = first
		}
		x.cell(reference(i, x.row), cell, style)
	}
	x.line.WriteString("</row>")
	if _, err := x.part.Write(x.line.Bytes()); err != nil {
		return fmt.Errorf("write a row: %w", err)
	}
	return nil
}

func (x *xlsxWriter) cell(at string, c Cell, textStyle int) {
	value := func(style int, number string) {
		x.line.WriteString(`<c r="` + at + `" s="` + strconv.Itoa(style) + `"><v>` + number + `</v></c>`)
	}
	switch {
	case c.text == "":
	case c.kind == kindInteger:
		value(styleInteger, c.text)
	case c.kind == kindDecimal:
		value(styleDecimal, c.text)
	case c.kind == kindDate:
		value(styleDate, strconv.Itoa(serialDay(c.day)))
	default:
		x.line.WriteString(`<c r="` + at + `" s="` + strconv.Itoa(textStyle) + `" t="inlineStr"><is><t xml:space="preserve">`)
		_ = xml.EscapeText(&x.line, []byte(c.text)) // a buffer takes everything
		x.line.WriteString(`</t></is></c>`)
	}
}

// serialDay counts the days as spreadsheet programs do: they hold 1900 for a leap year, so their first day is off by one.
func serialDay(t time.Time) int {
	const day = 24 * time.Hour
	y, m, d := t.Date()
	return int(time.Date(y, m, d, 0, 0, 0, 0, time.UTC).Sub(time.Date(1899, time.December, 30, 0, 0, 0, 0, time.UTC)) / day)
}

// reference is the address of a cell: A1, and AA1 after Z1.
func reference(column, row int) string {
	letters := ""
	for n := column + 1; n > 0; n = (n - 1) / 26 {
		letters = string(rune('A'+(n-1)%26)) + letters
	}
	return letters + strconv.Itoa(row)
}

func escaped(text string) string {
	var b bytes.Buffer
	_ = xml.EscapeText(&b, []byte(text)) // a buffer takes everything
	return b.String()
}

// Close ends the table and the file.
func (x *xlsxWriter) Close() error {
	if err := x.write("</sheetData></worksheet>"); err != nil {
		return err
	}
	if err := x.zip.Close(); err != nil {
		return fmt.Errorf("end the workbook: %w", err)
	}
	return nil
}
