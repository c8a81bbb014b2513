package main_test

import (
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

const module = "zhongda/"

// folder tells what the code of a folder, and that of the packages below it without a rule of their own, may import.
type folder struct {
	arrows    []string // folders of this module
	libraries []string // others' modules; nil allows those that nobody owns
	inTests   []string // further folders of this module for its _test.go files, which may import their own too
}

// rules are the floors: main, api, service, repository, domain. An arrow that points up has no place here.
func rules() map[string]folder {
	return map[string]folder{
		".":        {arrows: []string{"api/command"}},
		"frontend": {libraries: []string{}},
		"api": {
			arrows:  []string{"api/sheet", "service", "domain", "frontend"},
			inTests: []string{"api/apitest", "repository", "repository/repositorytest"},
		},
		"api/sheet":   {libraries: []string{}, inTests: []string{"api/apitest"}},
		"api/apitest": {arrows: []string{"api", "service", "repository", "repository/repositorytest", "domain"}},
		"api/command": { // the one place that wires the floors together
			arrows:  []string{"api", "service", "service/smtp", "repository", "repository/postgres", "domain", "frontend", "migrations"},
			inTests: []string{"repository/repositorytest"},
		},
		"service":                                {arrows: []string{"repository", "domain"}, inTests: []string{"repository/repositorytest"}},
		"service/smtp":                           {arrows: []string{"domain"}, libraries: []string{}},
		"repository":                             {arrows: []string{"domain"}, inTests: []string{"repository/repositorytest"}},
		"repository/postgres":                    {libraries: []string{"github.com/jackc/pgx/v5"}},
		"repository/repositorytest":              {arrows: []string{"repository", "domain", "migrations"}},
		"repository/repositorytest/withpostgres": {arrows: []string{"repository/postgres"}, libraries: []string{}},
		"domain":                                 {libraries: []string{"github.com/shopspring/decimal"}},
		"migrations": {
			libraries: []string{"github.com/jackc/pgx/v5", "github.com/pressly/goose/v3"},
			inTests:   []string{"repository/repositorytest"},
		},
	}
}

// owners names, for the libraries that shape a floor, the folders that may know them.
func owners() map[string][]string {
	return map[string][]string{
		"gorm.io":                           {"repository"},
		"github.com/jackc/pgx":              {"repository", "repository/postgres", "repository/repositorytest", "migrations"},
		"github.com/casbin":                 {"service"},
		"github.com/gin-gonic":              {"api"},
		"github.com/go-playground":          {"api"},
		"github.com/swaggest":               {"api"},
		"github.com/pressly/goose":          {"migrations"},
		"github.com/prometheus":             {"api"},
		"github.com/stretchr/testify/suite": nil,
	}
}

// The tests of any folder may use these.
func testLibraries() []string {
	return []string{"github.com/stretchr/testify", "pgregory.net/rapid", "go.uber.org/goleak"}
}

func TestArrowsRunDown(t *testing.T) {
	files := 0
	for _, file := range goFiles(t) {
		files++
		for _, path := range imports(t, file) {
			if reason := refusal(file, path); reason != "" {
				t.Errorf("%s imports %s: %s", file, path, reason)
			}
		}
	}
	require.Greater(t, files, 20, "the walk found the code")
}

// A rule that refuses nothing would pass the test above too.
func TestArrowsThatPointUpAreRefused(t *testing.T) {
	for _, arrow := range []struct{ file, path string }{
		{"domain/project.go", "zhongda/repository"},
		{"domain/project.go", "gorm.io/gorm"},
		{"domain/project.go", "github.com/gin-gonic/gin"},
		{"domain/project_test.go", "zhongda/repository/repositorytest"},
		{"repository/project.go", "zhongda/service"},
		{"repository/project.go", "github.com/casbin/casbin/v2"},
		{"repository/project.go", "zhongda/repository/repositorytest"},
		{"service/project.go", "zhongda/api"},
		{"service/project.go", "gorm.io/gorm"},
		{"service/project.go", "net/http"},
		{"service/project.go", "zhongda/repository/repositorytest"},
		{"api/project.go", "zhongda/repository"},
		{"api/project.go", "gorm.io/gorm"},
		{"api/project.go", "github.com/casbin/casbin/v2"},
		{"api/command/serve.go", "gorm.io/gorm"},
		{"main.go", "zhongda/repository"},
		{"somewhere/new.go", "zhongda/domain"},
	} {
		require.NotEmpty(t, refusal(arrow.file, arrow.path), "%s imports %s", arrow.file, arrow.path)
	}
	for _, arrow := range []struct{ file, path string }{
		{"api/project.go", "zhongda/service"},
		{"service/project_test.go", "zhongda/repository/repositorytest"},
		{"repository/project.go", "gorm.io/gorm"},
		{"domain/money.go", "github.com/shopspring/decimal"},
		{"main.go", "os"},
	} {
		require.Empty(t, refusal(arrow.file, arrow.path), "%s imports %s", arrow.file, arrow.path)
	}
}

// refusal says why a file may not import a path; empty when it may.
func refusal(file, path string) string {
	at, rule, known := ruleFor(filepath.ToSlash(filepath.Dir(file)))
	test := strings.HasSuffix(file, "_test.go")
	switch {
	case !known:
		return "the folder has no rule yet"
	case strings.HasPrefix(path, module):
		target := strings.TrimPrefix(path, module)
		own := filepath.ToSlash(filepath.Dir(file))
		if slices.Contains(rule.arrows, target) || (test && (target == own || slices.Contains(rule.inTests, target))) {
			return ""
		}
		return "no arrow leads from " + at + " to " + target
	case path == "net/http" && at == "service" && !test:
		return "use cases do not know how they are called"
	case !strings.Contains(strings.Split(path, "/")[0], "."):
		return "" // standard library
	case test && slices.ContainsFunc(testLibraries(), func(l string) bool { return within(path, l) }):
		return ""
	}
	return libraryRefusal(at, rule, path)
}

func libraryRefusal(at string, rule folder, path string) string {
	for library, folders := range owners() {
		if within(path, library) && !slices.Contains(folders, at) {
			return "only " + strings.Join(folders, ", ") + " may know it"
		}
	}
	if rule.libraries != nil && !slices.ContainsFunc(rule.libraries, func(l string) bool { return within(path, l) }) {
		return at + " keeps to the standard library and " + strings.Join(rule.libraries, ", ")
	}
	return ""
}

func within(path, module string) bool { return path == module || strings.HasPrefix(path, module+"/") }

// ruleFor finds the rule of the folder or of the nearest one above it.
func ruleFor(dir string) (string, folder, bool) {
	all := rules()
	for at := dir; ; at = filepath.ToSlash(filepath.Dir(at)) {
		if rule, ok := all[at]; ok && (at != "." || dir == ".") {
			return at, rule, true
		}
		if at == "." {
			return dir, folder{}, false
		}
	}
}

func goFiles(t *testing.T) []string {
	t.Helper()
	var files []string
	require.NoError(t, fs.WalkDir(os.DirFS("."), ".", func(path string, entry fs.DirEntry, err error) error {
		if err == nil && entry.IsDir() && (entry.Name() == "node_modules" || path != "." && strings.HasPrefix(entry.Name(), ".")) {
			return fs.SkipDir
		}
		if strings.HasSuffix(path, ".go") {
			files = append(files, path)
		}
		return err
	}))
	return files
}

func imports(t *testing.T, file string) []string {
	t.Helper()
	parsed, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.ImportsOnly)
	require.NoError(t, err)
	var paths []string
	for _, spec := range parsed.Imports {
		path, err := strconv.Unquote(spec.Path.Value)
		require.NoError(t, err)
		paths = append(paths, path)
	}
	return paths
}
