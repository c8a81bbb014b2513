package api

import (
	"context"
	"io"
	"net/http"
	"time"

	"zhongda/api/sheet"
	"zhongda/domain"
)

// ExportFormat is a kind of file that spreadsheet programs read.
type ExportFormat string

// The formats.
const (
	FormatXLSX ExportFormat = "xlsx"
	FormatCSV  ExportFormat = "csv"
)

// ExportFormats lists them.
func ExportFormats() []ExportFormat { return []ExportFormat{FormatXLSX, FormatCSV} }

// MoneyUnit is what the amounts of a file are in. Both are exact: 万元 keeps six decimals where an amount has them.
type MoneyUnit string

// The units.
const (
	UnitYuan MoneyUnit = "yuan"
	UnitWan  MoneyUnit = "wan"
)

// MoneyUnits lists them.
func MoneyUnits() []MoneyUnit { return []MoneyUnit{UnitYuan, UnitWan} }

// exportProjectsIn is the query of the list, without its pages; what a file cannot show is asked for here.
type exportProjectsIn struct {
	pastFilter
	Sort    string         `query:"sort" validate:"max=20"`
	Format  ExportFormat   `query:"format" default:"xlsx"`
	Columns []ExportColumn `query:"columns" validate:"max=40,unique"`
	Unit    MoneyUnit      `query:"unit" default:"yuan"`
}

// exportDeadline lets a slow line take the largest file.
const exportDeadline = 3 * time.Minute

// exportRoutes are those of the files that leave the house, and of where their figures come from.
func (h handlers) exportRoutes() []Route {
	return []Route{
		{http.MethodGet, "/api/v1/projects/export", domain.PermissionProjectExport, "exportProjects", Op(h.exportProjects).Within(exportDeadline).Produces(sheet.XLSXMedia, sheet.CSVMedia), "project", Text{"导出项目列表", "Export the list as a file"}},
		{http.MethodGet, "/api/v1/projects/{id}/figures", domain.PermissionProjectRead, "projectFigures", Op(h.projectFigures), "project", Text{"数字来源", "Where the figures of a project come from"}},
		{http.MethodGet, "/api/v1/plan/columns/{column}/promises", domain.PermissionPipelineRead, "columnPromises", Op(h.columnPromises), "pipeline", Text{"专栏承诺与现状", "What a column promised and what became of it"}},
	}
}

func (h handlers) exportProjects(ctx context.Context, in exportProjectsIn) (Download, error) {
	sort, err := domain.ParseProjectSort(in.Sort)
	if err != nil {
		return Download{}, err
	}
	asked := domain.Export{Filter: in.filter(), Sort: sort, Format: string(in.Format), Columns: mapSlice(in.columns(), func(c ExportColumn) string { return string(c) })}
	words := wordsOf(ctx, h.sentences)
	if words.names, err = h.exportNames(ctx); err != nil {
		return Download{}, err
	}
	media := sheet.XLSXMedia
	if in.Format == FormatCSV {
		media = sheet.CSVMedia
	}
	return Download{
		ContentType: media, Filename: words.say("export_file", "day", h.exportDay(in)) + "." + string(in.Format),
		Write: func(w io.Writer) error {
			book := exportBook{words: words, unit: in.Unit, asked: asked}
			begin := func(about domain.ExportAbout) (err error) {
				if book.out, err = newSheet(w, in.Format, words); err != nil {
					return err
				}
				book.words.zone = about.MadeAt.Location()
				book.columns = book.words.exportColumns(in.columns(), in.Unit)
				return book.begin(about)
			}
			if err := h.service.ExportProjects(ctx, asked, begin, book.rows); err != nil {
				return err
			}
			return book.out.Close()
		},
	}, nil
}

func (h handlers) exportDay(in exportProjectsIn) string {
	if in.AsOf != nil {
		return in.AsOf.String()
	}
	return h.service.Today().String()
}

func newSheet(w io.Writer, format ExportFormat, words exportWords) (sheet.Writer, error) {
	if format == FormatCSV {
		return sheet.NewCSV(w), nil
	}
	return sheet.NewXLSX(w, sheet.XLSXOptions{Notes: words.say("export_notes"), Table: words.say("export_table")})
}

// exportBook is one file being written.
type exportBook struct {
	words   exportWords
	unit    MoneyUnit
	asked   domain.Export
	columns []exportedColumn
	out     sheet.Writer
}

// begin writes what the file says of itself, and the headings.
func (b *exportBook) begin(about domain.ExportAbout) error {
	for _, note := range b.notes(about) {
		if err := b.out.Note(note[0], note[1]); err != nil {
			return err
		}
	}
	return b.out.Columns(mapSlice(b.columns, func(c exportedColumn) sheet.Column { return c.head }))
}

// rows writes one part of the projects.
func (b *exportBook) rows(projects []domain.Project) error {
	cells := make([]sheet.Cell, len(b.columns))
	for _, p := range projects {
		for i, column := range b.columns {
			cells[i] = column.cell(p)
		}
		if err := b.out.Row(cells); err != nil {
			return err
		}
	}
	return nil
}
