package domain_test

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"zhongda/domain"
)

func paths() *rapid.Generator[[]int64] {
	return rapid.SliceOfN(rapid.Int64Range(0, 5), 0, 4)
}

func TestTheZeroScopeCoversNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		path := paths().Draw(t, "path")
		for _, scope := range []domain.Scope{{}, domain.ScopeSubtree(0), domain.Scope{}.Union(domain.ScopeSubtree(0))} {
			if scope.Covers(path) || !scope.Empty() || scope.String() != "none" {
				t.Fatalf("%v covers %v", scope, path)
			}
		}
		if !domain.ScopeAll().Covers(path) {
			t.Fatalf("all does not cover %v", path)
		}
	})
}

func TestASubtreeCoversWhatHangsBelowItsRoot(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		path, root := paths().Draw(t, "path"), rapid.Int64Range(1, 5).Draw(t, "root")
		if got := domain.ScopeSubtree(root).Covers(path); got != slices.Contains(path, root) {
			t.Fatalf("subtree of %d covers %v: %v", root, path, got)
		}
	})
}

// Union never covers less than either side, and never more than both where it is of one root.
func TestUnionIsTheWiderScope(t *testing.T) {
	scopes := []domain.Scope{{}, domain.ScopeSubtree(3), domain.ScopeAll()}
	for i, narrow := range scopes {
		for j, wide := range scopes {
			require.Equal(t, scopes[max(i, j)], narrow.Union(wide))
		}
	}
	require.Equal(t, []string{"none", "subtree", "all"}, []string{scopes[0].String(), scopes[1].String(), scopes[2].String()})
	require.Equal(t, domain.ScopeSubtree(3), domain.ScopeSubtree(3).Union(domain.ScopeSubtree(4)), "never two subtrees")
}
