package domain

import (
	"fmt"
	"strings"
	"time"
)

// ExitKind says how a project left the portfolio.
type ExitKind string

// The kinds: merged into another (合并), split into several (拆分), carried on under another name (更名), withdrawn (取消).
const (
	ExitMerged    ExitKind = "merged"
	ExitSplit     ExitKind = "split"
	ExitRenamed   ExitKind = "renamed"
	ExitWithdrawn ExitKind = "withdrawn"
)

// ExitKinds lists them.
func ExitKinds() []ExitKind { return []ExitKind{ExitMerged, ExitSplit, ExitRenamed, ExitWithdrawn} }

// Exit is how a project ends: the deciding paper and the projects that carry on, by their codes.
type Exit struct {
	Kind       ExitKind
	Document   string
	Successors []string
}

// exitSuccessorsMax is how many projects one can be split into; more is a slip of the pen.
const exitSuccessorsMax = 20

// check says what an exit of the project code lacks: a paper always; one successor after a merge or a renaming, at
// least two after a split, none when it is withdrawn; itself never.
func (e Exit) check(code string) []FieldError {
	var fields []FieldError
	refuse := func(broken bool, field, word string) {
		if broken {
			fields = append(fields, FieldError{Field: field, Code: word})
		}
	}
	n := len(e.Successors)
	refuse(e.Kind == "", "exitKind", "required")
	refuse(strings.TrimSpace(e.Document) == "", "document", "document_required")
	refuse((e.Kind == ExitMerged || e.Kind == ExitRenamed) && n != 1, "successors", "one_successor")
	refuse(e.Kind == ExitSplit && n < 2, "successors", "split_needs_two")
	refuse(e.Kind == ExitWithdrawn && n > 0, "successors", "withdrawn_has_no_successor")
	seen := map[string]bool{}
	for i, successor := range e.Successors {
		field := fmt.Sprintf("successors[%d]", i)
		refuse(successor == code, field, "successor_is_itself")
		refuse(seen[successor], field, "successor_twice")
		seen[successor] = true
	}
	return fields
}

// Relative is a project that carries on for another (successor) or that another carries on for (predecessor). Relation is
// how the earlier one left, empty where nobody said.
type Relative struct {
	ID       int64
	Code     string
	Name     string
	Relation ExitKind
}

// Relatives are a project's neighbours in time.
type Relatives struct {
	Successors   []Relative
	Predecessors []Relative
}

// ExitedProject is a line of the exit register. Kind and Number are empty where the exit was recorded before decisions
// had numbers.
type ExitedProject struct {
	Project    Project
	Kind       ExitKind
	Number     string
	RequestID  int64
	DecidedBy  string
	DecidedAt  time.Time
	Successors []Relative
}

// ExitFilter selects exited projects; empty fields do not filter.
type ExitFilter struct {
	Projects ProjectFilter
	Kinds    []ExitKind
}
