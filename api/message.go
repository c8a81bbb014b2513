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

// word renders one blank. Roles read by their names, not by their codes.
func (c catalogue) word(lang Language, value any) string {
	roles, ok := value.([]domain.Role)
	if !ok {
		return fmt.Sprint(value)
	}
	names := make([]string, len(roles))
	for i, role := range roles {
		names[i] = c[lang]["role_"+string(role)]
	}
	return strings.Join(names, c[lang]["list_separator"])
}

// title is the short name of a status.
func (c catalogue) title(lang Language, status int) string {
	if text, ok := c[lang]["status_"+strconv.Itoa(status)]; ok {
		return text
	}
	return http.StatusText(status)
}
