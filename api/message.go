package api

import (
	"fmt"
	"maps"
	"net/http"
	"strconv"
	"strings"

	"zhongda/domain"
)

// catalogue holds every sentence in both languages, by code. A sentence may have blanks such as {limit}.
type catalogue map[Language]map[string]string

func newCatalogue() catalogue {
	c := catalogue{Chinese: chineseSentences(), English: englishSentences()}
	maps.Copy(c[Chinese], chineseRules())
	maps.Copy(c[English], englishRules())
	maps.Copy(c[Chinese], chineseExport())
	maps.Copy(c[English], englishExport())
	return c
}

// sentence fills the blanks of the sentence for code. A code without a sentence reads as its status does.
func (c catalogue) sentence(lang Language, code string, status int, params map[string]any) string {
	text, ok := c[lang][code]
	if !ok {
		return c.title(lang, status)
	}
	for name, value := range params {
		text = strings.ReplaceAll(text, "{"+name+"}", clip(c.word(lang, value)))
	}
	return text
}

// word renders one blank. Roles and organisations read by their names in the reader's language.
func (c catalogue) word(lang Language, value any) string {
	switch v := value.(type) {
	case []domain.Role:
		names := make([]string, len(v))
		for i, role := range v {
			names[i] = c[lang]["role_"+string(role)]
		}
		return strings.Join(names, c[lang]["list_separator"])
	case domain.Organisation:
		if lang == English {
			return v.NameEn
		}
		return v.Name
	}
	return fmt.Sprint(value)
}

// title is the short name of a status.
func (c catalogue) title(lang Language, status int) string {
	if text, ok := c[lang]["status_"+strconv.Itoa(status)]; ok {
		return text
	}
	return http.StatusText(status)
}
