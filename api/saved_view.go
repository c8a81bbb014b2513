package api

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"reflect"
	"strings"
	"time"

	"zhongda/domain"
)

// viewQuery is what a saved view may select: the filter and the order of the list, by the list's own rules. A past month is
// no part of a view, it would go on showing that month.
type viewQuery struct {
	projectFilter
	Sort string `query:"sort" validate:"max=20"`
}

// ViewColumn is one chosen column of the table; width is in tenths of the letter height, 0 for the usual one.
type ViewColumn struct {
	Key    domain.ProjectColumn `json:"key"`
	Width  int                  `json:"width,omitempty" validate:"min=0,max=600"`
	Pinned bool                 `json:"pinned,omitempty"`
}

// SavedView is a filter with its order and columns under a name. query is spelled like the list's address; mine says that the
// reader keeps it and may change it.
type SavedView struct {
	ID        int64           `json:"id"`
	Name      string          `json:"name"`
	Page      domain.ViewPage `json:"page"`
	Query     string          `json:"query"`
	Columns   []ViewColumn    `json:"columns"`
	Shared    bool            `json:"shared"`
	Mine      bool            `json:"mine"`
	Owner     string          `json:"owner"`
	Version   int64           `json:"version"`
	UpdatedAt time.Time       `json:"updatedAt"`
}

func (h handlers) listViews(ctx context.Context, _ None) (List[SavedView], error) {
	return listOf(func(v domain.SavedView) SavedView { return savedView(ctx, v) })(h.service.SavedViews(ctx))
}

type saveViewIn struct {
	Name    string          `json:"name" validate:"max=100"`
	Page    domain.ViewPage `json:"page"`
	Query   string          `json:"query" validate:"max=4000"`
	Columns []ViewColumn    `json:"columns,omitempty" validate:"max=30"`
	Shared  bool            `json:"shared,omitempty"`
}

func (h handlers) saveView(ctx context.Context, in saveViewIn) (Created[SavedView], error) {
	query, err := canonicalView(in.Query)
	if err != nil {
		return Created[SavedView]{}, err
	}
	v, err := h.service.SaveView(ctx, domain.SavedView{
		Name: in.Name, Page: in.Page, Query: query, Columns: mapSlice(in.Columns, chosenColumn), Shared: in.Shared,
	})
	if err != nil {
		return Created[SavedView]{}, err
	}
	return Created[SavedView]{Value: savedView(ctx, v), Version: v.Version, At: fmt.Sprintf("/api/v1/views/%d", v.ID)}, nil
}

type changeViewIn struct {
	ID      int64                     `path:"id"`
	Version Version                   `header:"If-Match"`
	Name    Optional[string]          `json:"name" validate:"max=100"`
	Page    Optional[domain.ViewPage] `json:"page"`
	Query   Optional[string]          `json:"query" validate:"max=4000"`
	Columns Optional[[]ViewColumn]    `json:"columns" validate:"max=30"`
	Shared  Optional[bool]            `json:"shared"`
	Removed Optional[bool]            `json:"removed"`
}

func (h handlers) changeView(ctx context.Context, in changeViewIn) (Versioned[SavedView], error) {
	change := domain.ViewChange{Name: in.Name.Pointer(), Page: in.Page.Pointer(), Shared: in.Shared.Pointer(), Removed: in.Removed.Pointer()}
	if in.Query.Set {
		query, err := canonicalView(in.Query.Value)
		if err != nil {
			return Versioned[SavedView]{}, err
		}
		change.Query = &query
	}
	if in.Columns.Set {
		columns := mapSlice(in.Columns.Value, chosenColumn)
		change.Columns = &columns
	}
	v, err := h.service.ChangeView(ctx, in.ID, int64(in.Version), change)
	return Versioned[SavedView]{Value: savedView(ctx, v), Version: v.Version}, err
}

func chosenColumn(c ViewColumn) domain.ViewColumn {
	return domain.ViewColumn{Key: c.Key, Width: c.Width, Pinned: c.Pinned}
}

func savedView(ctx context.Context, v domain.SavedView) SavedView {
	return SavedView{
		ID: v.ID, Name: v.Name, Page: v.Page, Query: v.Query, Shared: v.Shared, Owner: v.OwnerName, Version: v.Version, UpdatedAt: v.UpdatedAt,
		Mine: v.OwnerID == domain.ActorFrom(ctx).User.ID,
		Columns: mapSlice(v.Columns, func(c domain.ViewColumn) ViewColumn {
			return ViewColumn{Key: c.Key, Width: c.Width, Pinned: c.Pinned}
		}),
	}
}

// canonicalView reads the query of a view as the list would and spells it the same whoever wrote it. What the list would
// refuse is refused by the list's codes, each field named as a part of "query".
func canonicalView(raw string) (string, error) {
	book, err := newRuleBook(knownValues())
	if err != nil {
		return "", err
	}
	plan, err := newInPlan(reflect.TypeFor[viewQuery](), book)
	if err != nil {
		return "", err
	}
	in := reflect.New(plan.typ).Elem()
	raw = strings.TrimPrefix(raw, "?")
	if err := plan.bindQuery(in, raw); err != nil {
		return "", withinQuery(err)
	}
	if _, err := domain.ParseProjectSort(in.Interface().(viewQuery).Sort); err != nil {
		return "", withinQuery(err)
	}
	values, err := url.ParseQuery(raw)
	if err != nil {
		return "", withinQuery(malformed("", "query_syntax"))
	}
	return values.Encode(), nil
}

// withinQuery turns a refusal of an address into one of the field that carries it.
func withinQuery(err error) error {
	var refused *domain.Error
	if !errors.As(err, &refused) {
		return err
	}
	if len(refused.Fields) == 0 {
		return domain.Invalid("query", refused.Code)
	}
	fields := mapSlice(refused.Fields, func(f domain.FieldError) domain.FieldError {
		f.Field = strings.TrimSuffix("query."+f.Field, ".")
		return f
	})
	return domain.InvalidFields(fields)
}
