package domain

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"slices"
	"strconv"
	"strings"
)

// The files of a catalogue.
const (
	planFile          = "plan.csv"
	columnsFile       = "columns.csv"
	indicatorsFile    = "indicators.csv"
	commitmentsFile   = "commitments.csv"
	districtsFile     = "districts.csv"
	schematicFile     = "schematic.csv"
	organisationsFile = "organisations.csv"
	categoriesFile    = "categories.csv"
	projectsFile      = "projects.csv"
	mentionsFile      = "mentions.csv"
)

// The kinds of organisation; the district ones carry the function by which the owner rule finds them.
const (
	OrganisationCity               = "city"
	OrganisationMunicipalBureau    = "municipal_bureau"
	OrganisationDistrictGovernment = "district_government"
	OrganisationDistrictBureau     = "district_bureau"
	OrganisationEnterprise         = "enterprise"
)

func organisationKinds() []string {
	return []string{
		OrganisationCity, OrganisationMunicipalBureau, OrganisationDistrictGovernment, OrganisationDistrictBureau,
		OrganisationEnterprise,
	}
}

func districtKinds() []string {
	return []string{"city", "district", "new_area", "cooperation_zone", "functional_area"}
}

// firstStages are the stages a verb of a plan can put a project in: a plan promises, it does not report completion.
func firstStages() []Stage {
	return []Stage{StageConceived, StageReserve, StagePreliminary, StageImplementation}
}

// ParseCatalogue reads the ten CSV files. A file that cannot be read as what it should be gives CatalogueFindings, all
// of them at once; whether the files agree with each other is for Check to say.
func ParseCatalogue(files fs.FS) (Catalogue, error) {
	p := &catalogueParser{files: files, lines: make(map[string][]int)}
	c := Catalogue{
		Columns:       parseRows(p, columnsFile, "number,title,title_en,chapter,section", parseColumn),
		Indicators:    parseRows(p, indicatorsFile, "number,group,name,unit,nature,value_2025,value_2025_kind,target_2030,target_2030_kind", parseIndicator),
		Commitments:   parseRows(p, commitmentsFile, "verb,verb_en,target,first_stage,note", parseCommitment),
		Districts:     parseRows(p, districtsFile, "code,name,name_en,kind,parent_code,note", parseDistrict),
		Shapes:        parseRows(p, schematicFile, "district,label,outline", parseShape),
		Organisations: parseRows(p, organisationsFile, "code,name,name_en,short_name,parent_code,kind,function,district_code", parseOrganisation),
		Categories:    parseRows(p, categoriesFile, "code,parent_code,name,name_en,oc4ids_sector,municipal_owner,district_function", parseCategory),
		Projects:      parseRows(p, projectsFile, "code,name,category,districts,owner,note", parseProject),
		Mentions:      parseRows(p, mentionsFile, "project,column,ordinal,group,name,commitment,target", parseMention),
	}
	plans := parseRows(p, planFile, "code,name,name_en,start_date,horizon_date", parsePlan)
	if len(plans) == 1 {
		c.Plan = plans[0]
	} else if len(p.findings) == 0 {
		p.find(planFile, 1, "want exactly one plan, found %d", len(plans))
	}
	c.lines = p.lines
	if len(p.findings) > 0 {
		return Catalogue{}, p.findings
	}
	return c, nil
}

type catalogueParser struct {
	files    fs.FS
	lines    map[string][]int
	findings CatalogueFindings
}

func (p *catalogueParser) find(file string, line int, format string, args ...any) {
	p.findings = append(p.findings, CatalogueFinding{Kind: FindingMalformed, File: file, Line: line, Text: fmt.Sprintf(format, args...)})
}

func parseRows[T any](p *catalogueParser, file, header string, parse func(*catalogueRow) T) []T {
	data, err := fs.ReadFile(p.files, file)
	if file == schematicFile && errors.Is(err, fs.ErrNotExist) {
		return nil // a city that nobody has drawn yet
	}
	if err != nil {
		p.find(file, 0, "%v", err)
		return nil
	}
	reader := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(data, []byte("\ufeff")))) // spreadsheets put a mark first
	names := strings.Split(header, ",")
	if first, err := reader.Read(); err != nil || !slices.Equal(first, names) {
		p.find(file, 1, "want the header %s", header)
		return nil
	}
	var rows []T
	for {
		cells, err := reader.Read()
		if errors.Is(err, io.EOF) {
			return rows
		}
		if err != nil {
			p.findRead(file, err)
			return rows
		}
		line, _ := reader.FieldPos(0)
		p.lines[file] = append(p.lines[file], line)
		rows = append(rows, parse(&catalogueRow{parser: p, file: file, line: line, names: names, cells: cells}))
	}
}

func (p *catalogueParser) findRead(file string, err error) {
	var broken *csv.ParseError
	if errors.As(err, &broken) {
		p.find(file, broken.Line, "%v", broken.Err)
		return
	}
	p.find(file, 0, "%v", err)
}

type catalogueRow struct {
	parser *catalogueParser
	file   string
	line   int
	names  []string
	cells  []string
}

func (r *catalogueRow) refuse(format string, args ...any) {
	r.parser.find(r.file, r.line, format, args...)
}

// text is a cell that may be empty; required is one that may not.
func (r *catalogueRow) text(name string) string { return r.cells[slices.Index(r.names, name)] }

func (r *catalogueRow) required(name string) string {
	value := r.text(name)
	if strings.TrimSpace(value) == "" {
		r.refuse("%s is empty", name)
	}
	return value
}

func (r *catalogueRow) number(name string) int {
	n, err := strconv.Atoi(r.text(name))
	if err != nil || n < 1 {
		r.refuse("%s %q: want a number from 1", name, r.text(name))
	}
	return n
}

func (r *catalogueRow) date(name string) Date {
	d, err := ParseDate(r.text(name))
	if err != nil {
		r.refuse("%s: %v", name, err)
	}
	return d
}

func (r *catalogueRow) list(name string) []string {
	if r.text(name) == "" {
		return nil
	}
	return strings.Split(r.text(name), ";")
}

func oneOf[T ~string](r *catalogueRow, name string, choices []T) T {
	value := T(r.text(name))
	if !slices.Contains(choices, value) {
		r.refuse("%s %q: want one of %v", name, value, choices)
	}
	return value
}
