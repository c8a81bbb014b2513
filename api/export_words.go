package api

import (
	"context"
	"strconv"
	"strings"
	"time"

	"zhongda/domain"
)

// exportWords says everything of a file in one language.
type exportWords struct {
	language  Language
	sentences catalogue
	zone      *time.Location
	names     exportNames
}

func wordsOf(ctx context.Context, sentences catalogue) exportWords {
	return exportWords{language: FactsOf(ctx).Language, sentences: sentences}
}

// say fills the blanks of a sentence; unlike in a problem, nothing is cut short.
func (w exportWords) say(code string, params ...any) string {
	text := w.sentences[w.language][code]
	for name, value := range domain.Params(params...) {
		text = strings.ReplaceAll(text, "{"+name+"}", w.sentences.word(w.language, value))
	}
	return text
}

// of is the word for a value of a codelist; none for the empty value.
func (w exportWords) of(list string, value any) string {
	key := w.sentences.word(w.language, value)
	if key == "" {
		return ""
	}
	return w.say("export_" + list + "_" + key)
}

func (w exportWords) named(name, nameEn string) string {
	if w.language == English && nameEn != "" {
		return nameEn
	}
	return name
}

func (w exportWords) list(names []string) string { return strings.Join(names, w.say("list_separator")) }

func (w exportWords) mark(provisional bool) string {
	if provisional {
		return w.say("export_provisional")
	}
	return ""
}

func (w exportWords) commitment(verb string) string { return w.named(verb, w.names.commitments[verb]) }

// exportNames are the names, in both languages, of what a filter knows by codes.
type exportNames struct {
	columns, categories, districts, owners map[string][2]string
	commitments                            map[string]string
}

// exportNames reads the codelists; each is small.
func (h handlers) exportNames(ctx context.Context) (exportNames, error) {
	n := exportNames{
		columns: map[string][2]string{}, categories: map[string][2]string{}, districts: map[string][2]string{}, owners: map[string][2]string{},
		commitments: map[string]string{},
	}
	columns, err := h.service.Columns(ctx)
	for _, c := range columns {
		n.columns[strconv.Itoa(c.Number)] = [2]string{strconv.Itoa(c.Number) + " " + c.Title, strconv.Itoa(c.Number) + " " + c.TitleEn}
	}
	if err != nil {
		return n, err
	}
	categories, err := h.service.Categories(ctx)
	for _, c := range categories {
		n.categories[c.Code] = [2]string{c.Name, c.NameEn}
	}
	if err != nil {
		return n, err
	}
	districts, err := h.service.Districts(ctx)
	for _, d := range districts {
		n.districts[d.Code] = [2]string{d.Name, d.NameEn}
	}
	if err != nil {
		return n, err
	}
	owners, err := h.service.Organisations(ctx)
	for _, o := range owners {
		n.owners[o.Code] = [2]string{o.Name, o.NameEn}
	}
	if err != nil {
		return n, err
	}
	commitments, err := h.service.Commitments(ctx)
	for _, c := range commitments {
		n.commitments[c.Verb] = c.VerbEn
	}
	return n, err
}
