package repository

import (
	"maps"
	"strings"

	"zhongda/domain"
)

// arguments are the named parameters of a statement (`@name`). Values reach the server only as parameters.
type arguments map[string]any

// and gives the arguments of two parts of one statement.
func (a arguments) and(other arguments) arguments {
	both := maps.Clone(a)
	maps.Copy(both, other)
	return both
}

// condition is one fragment of a WHERE clause. Of says which field of the filter it came from, so that the choices of
// that field can be counted without it.
type condition struct {
	of   string
	sql  string
	args arguments
}

type conditions []condition

func (c *conditions) add(of, sql string, args arguments) {
	*c = append(*c, condition{of: of, sql: sql, args: args})
}

// except leaves out the conditions of one field.
func (c conditions) except(of string) conditions {
	var rest conditions
	for _, each := range c {
		if each.of != of {
			rest = append(rest, each)
		}
	}
	return rest
}

// where joins the fragments so that none can widen another.
func (c conditions) where() string {
	if len(c) == 0 {
		return "true"
	}
	fragments := make([]string, len(c))
	for i, each := range c {
		fragments[i] = "(" + each.sql + ")"
	}
	return strings.Join(fragments, "\n  AND ")
}

func (c conditions) arguments() arguments {
	all := arguments{}
	for _, each := range c {
		maps.Copy(all, each.args)
	}
	return all
}

// within keeps the projects whose owner lies in scope: all of them, those of a subtree, or none. Name keeps the
// parameters of two scopes in one statement apart.
func (c *conditions) within(scope domain.Scope, name string) {
	switch {
	case scope.All():
	case scope.Empty():
		c.add(name, "false", nil)
	default:
		c.add(name, "p.owner_organisation_id IN (SELECT id FROM organisation WHERE path @> ARRAY[CAST(@"+name+" AS bigint)])",
			arguments{name: scope.Root()})
	}
}

// likePattern finds text anywhere, with the wildcards of LIKE taken literally.
func likePattern(text string) string {
	return "%" + strings.NewReplacer(`\`, `\\`, `%`, `\%`, `_`, `\_`).Replace(text) + "%"
}
