package api

import (
	"context"
	"strconv"
	"strings"
)

// Language is the language of an answer's sentences.
type Language string

// The languages of the product; Chinese is the default.
const (
	Chinese Language = "zh"
	English Language = "en"
)

// RequestFacts is what the kit knows about a request before anybody is identified.
type RequestFacts struct {
	ID            string // also in the X-Request-Id header, the log and a problem's instance
	ClientAddress string // socket peer, or what a configured trusted proxy says
	UserAgent     string // at most 200 bytes
	Language      Language
}

type factsKey struct{}

func withFacts(ctx context.Context, f RequestFacts) context.Context {
	return context.WithValue(ctx, factsKey{}, f)
}

// FactsOf returns the facts of the request that ctx belongs to; outside a request the language is Chinese and the rest
// is empty.
func FactsOf(ctx context.Context) RequestFacts {
	if f, ok := ctx.Value(factsKey{}).(RequestFacts); ok {
		return f
	}
	return RequestFacts{Language: Chinese}
}

// languageOf picks the language with the highest weight in an Accept-Language header; the first wins a tie.
func languageOf(header string) Language {
	best, bestWeight := Chinese, 0.0
	for part := range strings.SplitSeq(header, ",") {
		tag, params, _ := strings.Cut(strings.TrimSpace(part), ";")
		weight := 1.0
		if q, ok := strings.CutPrefix(strings.TrimSpace(params), "q="); ok {
			weight, _ = strconv.ParseFloat(q, 64)
		}
		primary, _, _ := strings.Cut(strings.ToLower(tag), "-")
		if l := Language(primary); (l == Chinese || l == English) && weight > bestWeight {
			best, bestWeight = l, weight
		}
	}
	return best
}
