package api

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"maps"
	"os"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestBothLanguagesSayTheSame(t *testing.T) {
	c := newCatalogue()
	blanks := regexp.MustCompile(`\{\w+\}`)
	require.Equal(t, slices.Sorted(maps.Keys(c[Chinese])), slices.Sorted(maps.Keys(c[English])))
	for code, zh := range c[Chinese] {
		en := c[English][code]
		require.NotEmpty(t, zh, code)
		require.NotEmpty(t, en, code)
		require.NotRegexp(t, `\p{Han}`, en, code)
		require.Equal(t, slices.Sorted(slices.Values(blanks.FindAllString(zh, -1))), slices.Sorted(slices.Values(blanks.FindAllString(en, -1))), code)
	}
}

// codeArgument says which argument of a call is the code: Conflict(code), Invalid(field, code), and the checking
// closures refuse(broken, field, code) and flag(broken, level, field, code).
func codeArgument(call *ast.CallExpr) int {
	switch lastName(call.Fun) {
	case "NotFound", "Forbidden", "Conflict", "refuseParams":
		return 0
	case "Invalid", "malformed":
		return 1
	case "flag":
		return 3
	case "refuse":
		return min(len(call.Args)-1, 2)
	}
	return -1
}

// TestEveryErrorCodeHasASentence reads the source of every floor for the codes that can reach an answer.
func TestEveryErrorCodeHasASentence(t *testing.T) {
	sentences := newCatalogue()[Chinese]
	found := 0
	for _, floor := range []string{"api", "domain", "repository", "service"} {
		for code, where := range codesOf(t, os.DirFS(".."), floor) {
			if sentences[code] == "" {
				t.Errorf("%s: %q has no sentence", where, code)
			}
			found++
		}
	}
	require.Greater(t, found, 30, "the search lost sight of the codes")
}

// codesOf maps each error code in the Go files of a folder to a place that uses it.
func codesOf(t *testing.T, tree fs.FS, folder string) map[string]string {
	t.Helper()
	codes := map[string]string{}
	files, err := fs.Glob(tree, path.Join(folder, "*.go"))
	require.NoError(t, err)
	for _, name := range files {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		source, err := fs.ReadFile(tree, name)
		require.NoError(t, err)
		set := token.NewFileSet()
		file, err := parser.ParseFile(set, name, source, 0)
		require.NoError(t, err)
		ast.Inspect(file, func(n ast.Node) bool {
			if code, ok := codeIn(n); ok {
				codes[code] = set.Position(n.Pos()).String()
			}
			return true
		})
	}
	return codes
}

// codeIn finds the code in a constructor's call and in a literal Error{Code: "code"} or FieldError{Code: "code"}.
func codeIn(n ast.Node) (string, bool) {
	switch n := n.(type) {
	case *ast.CallExpr:
		if at := codeArgument(n); at >= 0 && at < len(n.Args) {
			return stringLiteral(n.Args[at])
		}
	case *ast.CompositeLit:
		if n.Type != nil && !strings.HasSuffix(lastName(n.Type), "Error") {
			return "", false
		}
		return codeMember(n)
	}
	return "", false
}

// codeMember gives the Code of an error literal. One whose type is left out belongs to a list of errors when it names a
// Field too.
func codeMember(n *ast.CompositeLit) (code string, found bool) {
	belongs := n.Type != nil
	for _, e := range n.Elts {
		pair, ok := e.(*ast.KeyValueExpr)
		if !ok {
			return "", false
		}
		switch lastName(pair.Key) {
		case "Field":
			belongs = true
		case "Code", "code":
			code, found = stringLiteral(pair.Value)
		}
	}
	return code, found && belongs
}

func lastName(e ast.Expr) string {
	switch e := e.(type) {
	case *ast.Ident:
		return e.Name
	case *ast.SelectorExpr:
		return e.Sel.Name
	}
	return ""
}

func stringLiteral(e ast.Expr) (string, bool) {
	literal, ok := e.(*ast.BasicLit)
	if !ok || literal.Kind != token.STRING {
		return "", false
	}
	text, err := strconv.Unquote(literal.Value)
	return text, err == nil
}

// TestEveryRuleHasASentence covers the codes that are made from validate tags and types.
func TestEveryRuleHasASentence(t *testing.T) {
	sentences := newCatalogue()[Chinese]
	for _, tag := range []string{"required", "notblank", "weblink", "email", "uuid", "unique", "oneof", "gt", "gte", "lt", "lte", "min", "max"} {
		require.Contains(t, sentences, tag)
	}
	for _, tag := range []string{"min", "max", "len"} {
		require.Contains(t, sentences, tag+"_chars")
		require.Contains(t, sentences, tag+"_items")
	}
	for _, k := range numberKinds() {
		require.Contains(t, sentences, typeCode(k))
	}
}

func TestSentencesFillTheirBlanks(t *testing.T) {
	c := newCatalogue()
	require.Equal(t, "不得超过 5 个字。", c.sentence(Chinese, "max_chars", 422, map[string]any{"limit": "5"}))
	require.Equal(t, "Not found", c.sentence(English, "no_such_code", 404, nil))
}

// TestEveryClauseOfTheLightsHasASentence reads the codes that the rule gives from its source.
func TestEveryClauseOfTheLightsHasASentence(t *testing.T) {
	sentences := newCatalogue()[Chinese]
	found := 0
	for _, name := range []string{"../domain/light.go", "../domain/light_clause.go", "light.go"} {
		source, err := os.ReadFile(name)
		require.NoError(t, err)
		for _, code := range regexp.MustCompile(`"((?:light|rule)_[a-z_]+)"`).FindAllSubmatch(source, -1) {
			require.Contains(t, sentences, string(code[1]), name)
			found++
		}
	}
	require.Greater(t, found, 20)
}
