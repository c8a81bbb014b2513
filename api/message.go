package api

import (
	"fmt"
	"maps"
	"net/http"
	"strconv"
	"strings"
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
		text = strings.ReplaceAll(text, "{"+name+"}", clip(fmt.Sprint(value)))
	}
	return text
}

// title is the short name of a status.
func (c catalogue) title(lang Language, status int) string {
	if text, ok := c[lang]["status_"+strconv.Itoa(status)]; ok {
		return text
	}
	return http.StatusText(status)
}
