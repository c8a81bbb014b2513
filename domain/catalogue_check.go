package domain

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// FindingKind sorts what is wrong with a catalogue.
type FindingKind string

// The kinds of finding, gravest first.
const (
	FindingMalformed  FindingKind = "malformed"   // a cell is not what its column holds
	FindingUnresolved FindingKind = "unresolved"  // a code that names nothing
	FindingDuplicate  FindingKind = "duplicate"   // one identity, two rows
	FindingIncomplete FindingKind = "incomplete"  // a project without category, owner or mention
	FindingSpacing    FindingKind = "spacing"     // a space that text extraction left in a name
	FindingNotInPlan  FindingKind = "not_in_plan" // a name that the plan's text does not print
)

// FindingKinds lists them.
func FindingKinds() []FindingKind {
	return []FindingKind{
		FindingMalformed, FindingUnresolved, FindingDuplicate, FindingIncomplete, FindingSpacing, FindingNotInPlan,
	}
}

// CatalogueFinding is one thing wrong with a catalogue, addressed as an editor addresses it. Line 0 is the whole file.
type CatalogueFinding struct {
	Kind FindingKind
	File string
	Line int
	Text string
}

// String is "projects.csv:12: …".
func (f CatalogueFinding) String() string { return fmt.Sprintf("%s:%d: %s", f.File, f.Line, f.Text) }

// CatalogueFindings is the error of a catalogue that must not be loaded.
type CatalogueFindings []CatalogueFinding

// Error lists every finding on a line of its own.
func (f CatalogueFindings) Error() string {
	lines := make([]string, len(f))
	for i, finding := range f {
		lines[i] = finding.String()
	}
	return strings.Join(lines, "\n")
}

// CatalogueReport is what the check of a catalogue found. Columns carry their counts of mentions and projects. Compared
// tells whether the names were looked up in the plan's text.
type CatalogueReport struct {
	Plan     Plan
	Columns  []Column
	Projects int
	Mentions int
	Compared bool
	Findings CatalogueFindings
}

// Of are the findings of one kind.
func (r CatalogueReport) Of(kind FindingKind) CatalogueFindings {
	var found CatalogueFindings
	for _, f := range r.Findings {
		if f.Kind == kind {
			found = append(found, f)
		}
	}
	return found
}

// Check holds the files against each other and, unless planText is empty, the names against the plan's text, with
// white space left out on both sides because extraction scatters it.
func (c Catalogue) Check(planText string) CatalogueReport {
	k := &catalogueCheck{catalogue: c, codes: make(map[string]map[string]bool)}
	k.identities()
	k.references()
	k.trees()
	k.projects()
	k.spacing()
	if planText != "" {
		k.text(planText)
	}
	return CatalogueReport{
		Plan: c.Plan, Columns: c.countedColumns(), Projects: len(c.Projects), Mentions: len(c.Mentions),
		Compared: planText != "", Findings: k.findings,
	}
}

func (c Catalogue) countedColumns() []Column {
	columns := slices.Clone(c.Columns)
	for i := range columns {
		projects := make(map[string]bool)
		for _, m := range c.Mentions {
			if m.Column == columns[i].Number {
				columns[i].Mentions++
				projects[m.ProjectCode] = true
			}
		}
		columns[i].Projects = len(projects)
	}
	return columns
}

type catalogueCheck struct {
	catalogue Catalogue
	codes     map[string]map[string]bool // file → the codes it defines
	findings  CatalogueFindings
}

func (k *catalogueCheck) find(kind FindingKind, file string, row int, format string, args ...any) {
	line := 0
	if lines := k.catalogue.lines[file]; row < len(lines) {
		line = lines[row]
	}
	k.findings = append(k.findings, CatalogueFinding{Kind: kind, File: file, Line: line, Text: fmt.Sprintf(format, args...)})
}

// identities remembers the codes of every file and finds those given twice.
func (k *catalogueCheck) identities() {
	c := k.catalogue
	identify(k, columnsFile, c.Columns, func(x Column) string { return strconv.Itoa(x.Number) })
	identify(k, indicatorsFile, c.Indicators, func(x Indicator) string { return strconv.Itoa(x.Number) })
	identify(k, commitmentsFile, c.Commitments, func(x Commitment) string { return x.Verb })
	identify(k, districtsFile, c.Districts, func(x District) string { return x.Code })
	identify(k, schematicFile, c.Shapes, func(x DistrictShape) string { return x.District })
	identify(k, organisationsFile, c.Organisations, func(x CatalogueOrganisation) string { return x.Code })
	identify(k, categoriesFile, c.Categories, func(x Category) string { return x.Code })
	identify(k, projectsFile, c.Projects, func(x CatalogueProject) string { return x.Code })
	identify(k, mentionsFile, c.Mentions, func(x CatalogueMention) string { return fmt.Sprintf("column %d ordinal %d", x.Column, x.Ordinal) })
	unique(k, projectsFile, c.Projects, func(x CatalogueProject) string { return x.Name })
	unique(k, mentionsFile, c.Mentions, func(x CatalogueMention) string {
		return fmt.Sprintf("%s in column %d under %q", x.ProjectCode, x.Column, x.Group)
	})
	unique(k, organisationsFile, c.Organisations, func(x CatalogueOrganisation) string {
		if !x.districtBureau() {
			return ""
		}
		return "function " + x.Function + " in district " + x.DistrictCode
	})
}

func identify[T any](k *catalogueCheck, file string, rows []T, identity func(T) string) {
	k.codes[file] = unique(k, file, rows, identity)
}

// unique finds identities that two rows share; rows without one, "", may repeat.
func unique[T any](k *catalogueCheck, file string, rows []T, identity func(T) string) map[string]bool {
	seen := make(map[string]bool, len(rows))
	for i, row := range rows {
		id := identity(row)
		if id != "" && seen[id] {
			k.find(FindingDuplicate, file, i, "%s is there twice", id)
		}
		seen[id] = true
	}
	return seen
}

func (k *catalogueCheck) references() {
	for i, d := range k.catalogue.Districts {
		k.refer(districtsFile, i, "parent_code", d.ParentCode, districtsFile)
	}
	for i, s := range k.catalogue.Shapes {
		k.refer(schematicFile, i, "district", s.District, districtsFile)
	}
	for i, o := range k.catalogue.Organisations {
		k.refer(organisationsFile, i, "parent_code", o.ParentCode, organisationsFile)
		k.refer(organisationsFile, i, "district_code", o.DistrictCode, districtsFile)
	}
	for i, x := range k.catalogue.Categories {
		k.refer(categoriesFile, i, "parent_code", x.ParentCode, categoriesFile)
		k.refer(categoriesFile, i, "municipal_owner", x.MunicipalOwner, organisationsFile)
	}
	for i, p := range k.catalogue.Projects {
		k.refer(projectsFile, i, "category", p.Category, categoriesFile)
		k.refer(projectsFile, i, "owner", p.Owner, organisationsFile)
		for j, district := range p.Districts {
			k.refer(projectsFile, i, "districts", district, districtsFile)
			if district == "" || slices.Contains(p.Districts[:j], district) {
				k.find(FindingDuplicate, projectsFile, i, "districts %q is there twice or empty", district)
			}
		}
	}
	for i, m := range k.catalogue.Mentions {
		k.refer(mentionsFile, i, "project", m.ProjectCode, projectsFile)
		k.refer(mentionsFile, i, "column", strconv.Itoa(m.Column), columnsFile)
		k.refer(mentionsFile, i, "commitment", m.Commitment, commitmentsFile)
	}
}

func (k *catalogueCheck) refer(file string, row int, cell, code, target string) {
	if code != "" && !k.codes[target][code] {
		k.find(FindingUnresolved, file, row, "%s %q is not in %s", cell, code, target)
	}
}

// trees finds parents that lead in a circle, and categories below the second level.
func (k *catalogueCheck) trees() {
	c := k.catalogue
	circles(k, districtsFile, c.Districts, func(x District) (string, string) { return x.Code, x.ParentCode })
	circles(k, organisationsFile, c.Organisations, func(x CatalogueOrganisation) (string, string) { return x.Code, x.ParentCode })
	top := make(map[string]bool)
	for _, x := range c.Categories {
		top[x.Code] = x.ParentCode == ""
	}
	for i, x := range c.Categories {
		if x.ParentCode != "" && k.codes[categoriesFile][x.ParentCode] && !top[x.ParentCode] {
			k.find(FindingUnresolved, categoriesFile, i, "%s lies below the second level", x.Code)
		}
	}
}

func circles[T any](k *catalogueCheck, file string, rows []T, codes func(T) (code, parent string)) {
	parents := make(map[string]string, len(rows))
	for _, row := range rows {
		code, parent := codes(row)
		parents[code] = parent
	}
	for i, row := range rows {
		code, up := codes(row)
		for range rows {
			up = parents[up]
		}
		if up != "" {
			k.find(FindingUnresolved, file, i, "the parents of %s lead in a circle", code)
		}
	}
}

func (k *catalogueCheck) projects() {
	mentions, _ := k.catalogue.mentionsByProject()
	for i, p := range k.catalogue.Derive() {
		if p.Category == "" {
			k.find(FindingIncomplete, projectsFile, i, "%s has no category", p.Code)
		}
		if p.OwnerCode == "" {
			k.find(FindingIncomplete, projectsFile, i, "%s has no owner by any rule", p.Code)
		}
		if len(mentions[p.Code]) == 0 {
			k.find(FindingIncomplete, projectsFile, i, "%s is mentioned nowhere", p.Code)
		}
		if utf8.RuneCountInString(p.Name) > projectNameMax {
			k.find(FindingMalformed, projectsFile, i, "the name of %s is longer than %d characters", p.Code, projectNameMax)
		}
	}
}

func (k *catalogueCheck) spacing() {
	for i, x := range k.catalogue.Columns {
		k.space(columnsFile, i, x.Title)
	}
	for i, x := range k.catalogue.Organisations {
		k.space(organisationsFile, i, x.Name)
	}
	for i, x := range k.catalogue.Projects {
		k.space(projectsFile, i, x.Name)
	}
	for i, x := range k.catalogue.Mentions {
		k.space(mentionsFile, i, x.Group)
		k.space(mentionsFile, i, x.Name)
	}
}

func (k *catalogueCheck) space(file string, row int, name string) {
	if straySpace(name) {
		k.find(FindingSpacing, file, row, "stray space in %q", name)
	}
}

// straySpace finds white space at either end or next to a character that is not ASCII: only words of Latin letters
// are set apart by spaces.
func straySpace(name string) bool {
	runes := []rune(name)
	for i, r := range runes {
		if unicode.IsSpace(r) && (i == 0 || i == len(runes)-1 || runes[i-1] > unicode.MaxASCII || runes[i+1] > unicode.MaxASCII) {
			return true
		}
	}
	return false
}

func (k *catalogueCheck) text(planText string) {
	text := withoutSpace(planText)
	for i, m := range k.catalogue.Mentions {
		if !strings.Contains(text, withoutSpace(m.Name)) {
			k.find(FindingNotInPlan, mentionsFile, i, "%q is not in the plan's text", m.Name)
		}
	}
}

func withoutSpace(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) {
			return -1
		}
		return r
	}, s)
}
