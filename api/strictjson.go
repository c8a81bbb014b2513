package api

import (
	"bytes"
	"encoding/json"
	"strconv"
	"unicode/utf16"
	"unicode/utf8"

	"zhongda/domain"
)

const (
	maxJSONDepth  = 32
	maxJSONValues = 50_000 // bounds the memory of "[0,0,0,…" within the body limit
)

type jsonKind int

const (
	jsonNull jsonKind = iota
	jsonBool
	jsonNumber
	jsonString
	jsonArray
	jsonObject
)

// jsonNode is one parsed value. Members of an object keep the order in which they were sent; no name occurs twice.
type jsonNode struct {
	kind    jsonKind
	raw     []byte
	text    string
	items   []jsonNode
	members []jsonMember
}

type jsonMember struct {
	name string
	node jsonNode
}

// jsonParser reads one JSON value more strictly than encoding/json: duplicate names, bad UTF-8, lone surrogates, NUL,
// deep nesting and trailing bytes are refused, and every refusal names the path at which it happened.
type jsonParser struct {
	in     []byte
	at     int
	depth  int
	values int
}

// parseObject reads a body that must be exactly one JSON object.
func parseObject(body []byte) (jsonNode, error) {
	p := &jsonParser{in: body}
	node, err := p.value("")
	if err != nil {
		return jsonNode{}, err
	}
	if p.skipSpace(); p.at != len(p.in) {
		return jsonNode{}, malformed("", "json_trailing")
	}
	if node.kind != jsonObject {
		return jsonNode{}, malformed("", "json_not_object")
	}
	return node, nil
}

func (p *jsonParser) value(path string) (jsonNode, error) {
	if p.values++; p.values > maxJSONValues {
		return jsonNode{}, malformed(path, "json_too_large")
	}
	p.skipSpace()
	start := p.at
	node, err := p.bare(path)
	node.raw = p.in[start:p.at]
	return node, err
}

func (p *jsonParser) bare(path string) (jsonNode, error) {
	switch c := p.peek(); {
	case c == '{':
		return p.nested(path, p.object)
	case c == '[':
		return p.nested(path, p.array)
	case c == '"':
		text, err := p.str(path)
		return jsonNode{kind: jsonString, text: text}, err
	case c == '-' || c >= '0' && c <= '9' || c == 'N' || c == 'I':
		return p.number(path)
	case p.literal("true"), p.literal("false"):
		return jsonNode{kind: jsonBool}, nil
	case p.literal("null"):
		return jsonNode{kind: jsonNull}, nil
	}
	return jsonNode{}, p.syntax(path)
}

func (p *jsonParser) nested(path string, parse func(string) (jsonNode, error)) (jsonNode, error) {
	if p.depth++; p.depth > maxJSONDepth {
		return jsonNode{}, malformed("", "json_too_deep", "max", maxJSONDepth)
	}
	defer func() { p.depth-- }()
	p.at++
	return parse(path)
}

func (p *jsonParser) object(path string) (jsonNode, error) {
	node := jsonNode{kind: jsonObject}
	seen := map[string]bool{}
	for first := true; ; first = false {
		p.skipSpace()
		if p.peek() == '}' && first {
			p.at++
			return node, nil
		}
		member, err := p.member(path, seen)
		if err != nil {
			return node, err
		}
		node.members = append(node.members, member)
		if done, err := p.separator('}', path); done || err != nil {
			return node, err
		}
	}
}

func (p *jsonParser) member(path string, seen map[string]bool) (jsonMember, error) {
	if p.peek() != '"' {
		return jsonMember{}, p.syntax(path)
	}
	name, err := p.str(path)
	if err != nil {
		return jsonMember{}, err
	}
	here := joinPath(path, name)
	if seen[name] {
		return jsonMember{}, malformed(here, "json_duplicate_key")
	}
	seen[name] = true
	if p.skipSpace(); p.peek() != ':' {
		return jsonMember{}, p.syntax(here)
	}
	p.at++
	node, err := p.value(here)
	return jsonMember{name: name, node: node}, err
}

func (p *jsonParser) array(path string) (jsonNode, error) {
	node := jsonNode{kind: jsonArray}
	if p.skipSpace(); p.peek() == ']' {
		p.at++
		return node, nil
	}
	for {
		item, err := p.value(indexPath(path, len(node.items)))
		if err != nil {
			return node, err
		}
		node.items = append(node.items, item)
		if done, err := p.separator(']', path); done || err != nil {
			return node, err
		}
	}
}

func (p *jsonParser) separator(end byte, path string) (done bool, err error) {
	p.skipSpace()
	switch p.peek() {
	case end:
		p.at++
		return true, nil
	case ',':
		p.at++
		return false, nil
	}
	return false, p.syntax(path)
}

// number accepts the JSON grammar. NaN and Infinity are read as what they are meant to be, an unusable figure in a named
// field, rather than as a syntax error somewhere in the body.
func (p *jsonParser) number(path string) (jsonNode, error) {
	start := p.at
	for p.at < len(p.in) && bytes.IndexByte([]byte(" \t\r\n,]}"), p.in[p.at]) < 0 {
		p.at++
	}
	token := p.in[start:p.at]
	switch string(token) {
	case "NaN", "Infinity", "-Infinity":
		return jsonNode{}, domain.Invalid(path, "number")
	}
	if !json.Valid(token) {
		return jsonNode{}, p.syntax(path)
	}
	return jsonNode{kind: jsonNumber}, nil
}

func (p *jsonParser) str(path string) (string, error) {
	start := p.at
	for p.at++; p.at < len(p.in) && p.in[p.at] != '"'; p.at++ {
		if p.in[p.at] == '\\' {
			p.at++
		}
	}
	if p.at >= len(p.in) {
		return "", p.syntax(path)
	}
	p.at++
	quoted := p.in[start:p.at]
	if !utf8.Valid(quoted) || hasLoneSurrogate(quoted) {
		return "", domain.Invalid(path, "text_encoding")
	}
	var text string
	if err := json.Unmarshal(quoted, &text); err != nil {
		return "", p.syntax(path)
	}
	if bytes.IndexByte([]byte(text), 0) >= 0 {
		return "", domain.Invalid(path, "text_nul")
	}
	return text, nil
}

// hasLoneSurrogate looks for half a \uD83D\uDE00 pair, which encoding/json silently replaces.
func hasLoneSurrogate(quoted []byte) bool {
	for i := 0; i+1 < len(quoted); i++ {
		if quoted[i] != '\\' {
			continue
		}
		r, ok := escapedRune(quoted[i:])
		if i++; !ok || !utf16.IsSurrogate(r) {
			continue
		}
		low, ok := escapedRune(quoted[i+5:])
		if !ok || utf16.DecodeRune(r, low) == utf8.RuneError {
			return true
		}
		i += 10
	}
	return false
}

func escapedRune(b []byte) (rune, bool) {
	if len(b) < 6 || b[0] != '\\' || b[1] != 'u' {
		return 0, false
	}
	n, err := strconv.ParseUint(string(b[2:6]), 16, 16)
	return rune(n), err == nil
}

func (p *jsonParser) peek() byte {
	if p.at < len(p.in) {
		return p.in[p.at]
	}
	return 0
}

func (p *jsonParser) literal(word string) bool {
	if !bytes.HasPrefix(p.in[p.at:], []byte(word)) {
		return false
	}
	p.at += len(word)
	return true
}

func (p *jsonParser) skipSpace() {
	for p.at < len(p.in) && bytes.IndexByte([]byte(" \t\r\n"), p.in[p.at]) >= 0 {
		p.at++
	}
}

func (p *jsonParser) syntax(path string) error {
	return malformed(path, "json_syntax", "offset", p.at)
}

func joinPath(path, name string) string {
	if path == "" {
		return name
	}
	return path + "." + name
}

func indexPath(path string, i int) string { return path + "[" + strconv.Itoa(i) + "]" }

// malformed refuses a request that cannot be read as what the route documents.
func malformed(field, code string, params ...any) *domain.Error {
	e := &domain.Error{Kind: domain.KindMalformed, Code: code, Params: domain.Params(params...)}
	if field != "" {
		e.Fields = []domain.FieldError{{Field: field, Code: code, Params: e.Params}}
	}
	return e
}
