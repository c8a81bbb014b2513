package api

import (
	"encoding"
	"encoding/json"
	"fmt"
	"reflect"
	"slices"
	"time"

	"zhongda/domain"
	"zhongda/service"
)

// schema is a JSON Schema 2020-12 object as OpenAPI 3.1 embeds it.
type schema = map[string]any

// valueTypes describes the types that read and write themselves, and the closed lists of the domain.
type valueTypes map[reflect.Type]schema

// knownValues is the table of value types. A noun with a closed list adds one line.
func knownValues() valueTypes {
	v := valueTypes{
		reflect.TypeFor[time.Time]():       {"type": "string", "format": "date-time"},
		reflect.TypeFor[Date]():            {"type": "string", "format": "date"},
		reflect.TypeFor[Money]():           {"type": "string", "pattern": `^[0-9]{1,16}(\.[0-9]{1,2})?$`, "description": "元"},
		reflect.TypeFor[Percent]():         {"type": "string", "pattern": `^[0-9]{1,3}(\.[0-9])?$`, "description": "%"},
		reflect.TypeFor[Period]():          {"type": "string", "pattern": `^[0-9]{4}-[0-9]{2}$`},
		reflect.TypeFor[MonthEnd]():        {"type": "string", "pattern": `^[0-9]{4}-[0-9]{2}(-[0-9]{2})?$`},
		reflect.TypeFor[When]():            {"type": "string", "pattern": `^[0-9]{4}(-Q[1-4]|-[0-9]{2}(-[0-9]{2})?)?$`},
		reflect.TypeFor[Version]():         {"type": "string", "pattern": `^"[0-9]+"$`},
		reflect.TypeFor[json.RawMessage](): {},
	}
	enum(v, domain.Stages())
	enum(v, domain.Relations())
	enum(v, domain.UserStates())
	enum(v, domain.Standings())
	enum(v, domain.Precisions())
	enum(v, domain.Targets())
	enum(v, domain.MilestoneKinds())
	enum(v, domain.ReasonCodes())
	enum(v, domain.Roles())
	enum(v, domain.Permissions())
	enum(v, domain.AuditResults())
	enum(v, domain.AuditBreakKinds())
	enum(v, []domain.Missing{domain.MissingNotFilled, domain.MissingNotApplicable, domain.MissingWithheld})
	enum(v, domain.OwnerRules())
	enum(v, domain.SupervisionStates())
	enum(v, domain.Lights())
	enum(v, domain.RuleLights())
	enum(v, domain.LightKinds())
	enum(v, domain.ClauseKinds())
	enum(v, domain.Disagreements())
	enum(v, domain.RequestKinds())
	enum(v, domain.RequestStates())
	enum(v, domain.RequestActions())
	enum(v, domain.GateVerdicts())
	enum(v, domain.ExitKinds())
	enum(v, domain.RulingKinds())
	enum(v, domain.Outcomes())
	enum(v, domain.QueueKinds())
	enum(v, service.ReviewObjects())
	enum(v, domain.AttachmentKinds())
	enum(v, domain.FundSources())
	enum(v, domain.InvestmentPlanStates())
	enum(v, domain.InvestmentPlanActions())
	reportValues(v)
	pageValues(v)
	supervisionValues(v)
	pastValues(v)
	exportValues(v)
	return v
}

// reportValues are the closed lists of monthly reports and of who is told of them.
func reportValues(v valueTypes) {
	enum(v, domain.ReportStates())
	enum(v, domain.ReportActions())
	enum(v, domain.FindingLevels())
	enum(v, domain.DutyGroups())
	enum(v, domain.NoticeKinds())
	enum(v, domain.MailHabits())
}

// pageValues are the closed lists of open pages: saved views, batches, and what is told of changes.
func pageValues(v valueTypes) {
	enum(v, domain.ViewPages())
	enum(v, domain.BatchActions())
	enum(v, domain.ProjectColumns())
	enum(v, domain.LiveNouns())
	enum(v, domain.StreamEnds())
}

// supervisionValues are the closed lists of issues, orders and meetings.
func supervisionValues(v valueTypes) {
	enum(v, domain.IssueTypes())
	enum(v, domain.IssueLevels())
	enum(v, domain.IssueStates())
	enum(v, domain.IssueEntries())
	enum(v, domain.OrderStates())
	enum(v, domain.OrderEntries())
	enum(v, domain.MeetingStates())
	enum(v, domain.MeetingActions())
	enum(v, domain.DecisionKinds())
	enum(v, domain.DecisionStates())
}

// pastValues are the closed lists of comparing dates and promises.
func pastValues(v valueTypes) {
	enum(v, domain.PromiseStates())
	enum(v, domain.SlipBins())
	enum(v, domain.SlipBaselines())
	enum(v, domain.ChangeKinds())
	enum(v, []domain.Trend{domain.TrendUp, domain.TrendDown})
}

// exportValues are the closed lists of exported files.
func exportValues(v valueTypes) {
	enum(v, ExportFormats())
	enum(v, ExportColumns())
	enum(v, MoneyUnits())
	enum(v, domain.FigureKinds())
	enum(v, domain.FigureOrigins())
}

// enum declares the closed list of a string type: the binder refuses other values, the description lists these.
func enum[T ~string](v valueTypes, values []T) {
	list := make([]any, len(values))
	for i, value := range values {
		list[i] = string(value)
	}
	v[reflect.TypeFor[T]()] = schema{"type": "string", "enum": list}
}

// allows reports whether text is in the closed list of t; a type without a list allows everything.
func (v valueTypes) allows(t reflect.Type, text string) bool {
	list, closed := v[t]["enum"].([]any)
	return !closed || slices.Contains(list, any(text))
}

// Date carries a civil date over HTTP as "2027-06-30".
type Date struct{ domain.Date }

// DateOf is nil for no date, so that it reads as null and not as an empty text.
func DateOf(d domain.Date) *Date {
	if d.IsZero() {
		return nil
	}
	return &Date{d}
}

// MarshalText writes the ISO form.
func (d Date) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalText reads the ISO form; code "date" when it is none.
func (d *Date) UnmarshalText(text []byte) (err error) {
	if d.Date, err = domain.ParseDate(string(text)); err != nil {
		return domain.Invalid("", "date")
	}
	return nil
}

// Money carries an exact amount in 元 over HTTP as a text, because a JSON number loses 分 in a browser.
type Money struct{ domain.Money }

// MarshalText writes two decimals.
func (m Money) MarshalText() ([]byte, error) { return []byte(m.String()), nil }

// UnmarshalText reads a plain decimal; code "money" when it is none.
func (m *Money) UnmarshalText(text []byte) (err error) {
	if m.Money, err = domain.ParseMoney(string(text)); err != nil {
		return domain.Invalid("", "money")
	}
	return nil
}

// numberKinds are the kinds that JSON writes as a number, and true and false.
func numberKinds() []reflect.Kind {
	return []reflect.Kind{
		reflect.Bool, reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64,
		reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64, reflect.Float32, reflect.Float64,
	}
}

// readsItself reports whether a value of t is filled by its own UnmarshalText or UnmarshalJSON.
func readsItself(t reflect.Type) bool {
	p := reflect.PointerTo(t)
	return p.Implements(reflect.TypeFor[encoding.TextUnmarshaler]()) || p.Implements(reflect.TypeFor[json.Unmarshaler]())
}

// bindableParam reports whether t can be read from one text, or from repeated ones.
func bindableParam(t reflect.Type) bool {
	if t.Kind() == reflect.Slice || t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	return readsItself(t) || t.Kind() == reflect.String || slices.Contains(numberKinds(), t.Kind())
}

// checkType walks a request type and refuses what the binder could not fill or the description could not say.
func (b *ruleBook) checkType(t reflect.Type) error {
	t = valueType(t)
	if _, known := b.values[t]; known || slices.Contains(numberKinds(), t.Kind()) {
		return nil
	}
	switch {
	case t.Kind() == reflect.String && t.PkgPath() == "":
		return nil
	case t.Kind() == reflect.String:
		return fmt.Errorf("the values of %s are not declared in knownValues", t)
	case readsItself(t):
		return fmt.Errorf("%s is not described in knownValues", t)
	case t.Kind() == reflect.Slice:
		return b.checkType(t.Elem())
	case t.Kind() == reflect.Map && t.Key().Kind() == reflect.String:
		return b.checkType(t.Elem())
	case t.Kind() == reflect.Struct && b.structs[t] != nil:
		return nil
	case t.Kind() == reflect.Struct:
		b.structs[t] = []bodyField{} // a type that contains itself ends here
		fields, err := b.structFields(t)
		b.structs[t] = fields
		return err
	}
	return fmt.Errorf("%s cannot be part of a request", t)
}

// structFields lists the members of a nested request struct, embedded ones in place.
func (b *ruleBook) structFields(t reflect.Type) ([]bodyField, error) {
	var fields []bodyField
	for f := range exportedFields(t) {
		if f.Anonymous && f.Tag.Get("json") == "" && f.Type.Kind() == reflect.Struct {
			inner, err := b.structFields(f.Type)
			if err != nil {
				return nil, err
			}
			for _, i := range inner {
				i.index = append(slices.Clone(f.Index), i.index...)
				fields = append(fields, i)
			}
			continue
		}
		field, err := b.bodyField(f)
		if err != nil {
			return nil, fmt.Errorf("%s.%s: %w", t, f.Name, err)
		}
		field.index = f.Index
		fields = append(fields, field)
	}
	if len(fields) == 0 {
		return nil, fmt.Errorf("%s has no json field", t)
	}
	return fields, nil
}
