package domain

import "slices"

// Scope says over which organisations' rows an actor may act. The zero Scope covers nothing, so a forgotten scope
// shows no row instead of every row.
type Scope struct {
	all  bool
	root int64
}

// ScopeAll covers every organisation.
func ScopeAll() Scope { return Scope{all: true} }

// ScopeSubtree covers the organisation root and all below it in the tree. A root of zero covers nothing.
func ScopeSubtree(root int64) Scope { return Scope{root: root} }

// All reports whether every row is covered.
func (s Scope) All() bool { return s.all }

// Root is the organisation whose subtree is covered; zero when there is none.
func (s Scope) Root() int64 { return s.root }

// Empty reports whether nothing is covered.
func (s Scope) Empty() bool { return !s.all && s.root == 0 }

// Covers reports whether an organisation with this path (ids from the root down to itself) is covered.
func (s Scope) Covers(path []int64) bool {
	return s.all || (s.root != 0 && slices.Contains(path, s.root))
}

// Union is the wider of two scopes. Two different subtrees cannot be held at once, because an account belongs to one
// organisation; the first non-empty one wins.
func (s Scope) Union(other Scope) Scope {
	if s.all || other.all {
		return ScopeAll()
	}
	if s.root != 0 {
		return s
	}
	return other
}

// String names the scope as answers spell it: none, subtree or all.
func (s Scope) String() string {
	switch {
	case s.all:
		return "all"
	case s.root != 0:
		return "subtree"
	default:
		return "none"
	}
}
