package repository

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"zhongda/domain"
)

// projectOrder is one allowed order of the list: an expression over projectTables, what the text of a cursor is cast back
// to, and a check that refuses a cursor's text that is none of that type.
type projectOrder struct {
	key      string
	castType string
	nullable bool
	args     arguments // of the key
	check    func(text string) bool
}

// projectOrders is the allow-list; nothing a caller sends is ever part of an ORDER BY. Names sort by pinyin.
func projectOrders() map[domain.ProjectSortKey]projectOrder {
	return map[domain.ProjectSortKey]projectOrder{
		domain.SortCode: {key: `p.code`, castType: "text", check: isText},
		domain.SortName: {key: `p.name COLLATE "zh-Hans-x-icu"`, castType: "text", check: isText},
		domain.SortStage: {key: `array_position(CAST(@stage_order AS text[]), p.stage)`, castType: "integer", check: isInteger,
			args: arguments{"stage_order": array[string](texts(domain.Stages()))}},
		domain.SortOwner:      {key: `o.name COLLATE "zh-Hans-x-icu"`, castType: "text", check: isText},
		domain.SortCategory:   {key: `c.code`, castType: "text", check: isText},
		domain.SortUpdated:    {key: `p.updated_at`, castType: "timestamptz", check: isInstant},
		domain.SortInvestment: {key: `p.investment`, castType: "numeric", nullable: true, check: isMoney},
		domain.SortSlip:       {key: `p.slip_days`, castType: "integer", nullable: true, check: isInteger},
		domain.SortLight: {key: `array_position(CAST(@light_order AS text[]), p.rule_light)`, castType: "integer", nullable: true, check: isInteger,
			args: arguments{"light_order": array[string](texts(domain.RuleLights()))}},
	}
}

func orderOf(sort domain.ProjectSort) (projectOrder, error) {
	order, ok := projectOrders()[sort.Key]
	if !ok {
		return order, &domain.Error{Kind: domain.KindMalformed, Code: "malformed",
			Fields: []domain.FieldError{{Field: "sort", Code: "unknown_sort"}}}
	}
	return order, nil
}

// sortName is how requests spell the order; cursors carry it.
func sortName(sort domain.ProjectSort) string {
	if sort.Descending {
		return "-" + string(sort.Key)
	}
	return string(sort.Key)
}

// orderBy puts rows without a value last in both directions, and breaks ties by the id.
func (o projectOrder) orderBy(descending bool) string {
	direction, nulls := "ASC", ""
	if descending {
		direction = "DESC"
	}
	if o.nullable {
		nulls = " NULLS LAST"
	}
	return fmt.Sprintf("%s %s%s, p.id %s", o.key, direction, nulls, direction)
}

// between keeps the rows behind the page's cursor and no further than its until.
func (o projectOrder) between(page domain.PageRequest, sort domain.ProjectSort) (conditions, error) {
	var kept conditions
	for _, bound := range []struct {
		field, cursor string
		keep          func(*cursor, bool) condition
	}{{"cursor", page.Cursor, o.after}, {"until", page.Until, o.upTo}} {
		at, err := decodeCursor(bound.cursor, sortName(sort))
		if err != nil || at != nil && !o.holds(at.Value) {
			return nil, badCursorIn(bound.field)
		}
		if at == nil {
			continue
		}
		kept = append(kept, bound.keep(at, sort.Descending))
	}
	return kept, nil
}

// holds tells whether a cursor of this order may have the value.
func (o projectOrder) holds(value *string) bool {
	if value == nil {
		return o.nullable
	}
	return o.check(*value)
}

// after keeps the rows behind the cursor.
func (o projectOrder) after(c *cursor, descending bool) condition {
	operator := ">"
	if descending {
		operator = "<"
	}
	args := arguments{"after_id": c.ID}
	if c.Value == nil {
		return condition{sql: fmt.Sprintf("%s IS NULL AND p.id %s @after_id", o.key, operator), args: args}
	}
	args["after_value"] = *c.Value
	sql := fmt.Sprintf("(%s, p.id) %s (CAST(CAST(@after_value AS text) AS %s), @after_id)", o.key, operator, o.castType)
	if o.nullable {
		sql += fmt.Sprintf(" OR %s IS NULL", o.key)
	}
	return condition{sql: sql, args: args}
}

// upTo keeps the cursor's row and those before it: what `after` leaves out.
func (o projectOrder) upTo(c *cursor, descending bool) condition {
	operator := "<="
	if descending {
		operator = ">="
	}
	args := arguments{"until_id": c.ID}
	if c.Value == nil {
		return condition{sql: fmt.Sprintf("%s IS NOT NULL OR p.id %s @until_id", o.key, operator), args: args}
	}
	args["until_value"] = *c.Value
	return condition{sql: fmt.Sprintf("(%s, p.id) %s (CAST(CAST(@until_value AS text) AS %s), @until_id)", o.key, operator, o.castType), args: args}
}

func isText(text string) bool { return !strings.ContainsRune(text, 0) }

func isInteger(text string) bool {
	_, err := strconv.ParseInt(text, 10, 32)
	return err == nil
}

func isMoney(text string) bool {
	_, err := domain.ParseMoney(text)
	return err == nil
}

// isInstant knows the text form of timestamptz in a session whose time zone is UTC.
func isInstant(text string) bool {
	_, err := time.Parse("2006-01-02 15:04:05.999999-07", text)
	return err == nil
}
