package api

import (
	"reflect"
	"testing"

	"github.com/stretchr/testify/require"

	"zhongda/domain"
)

type crewNames struct {
	First string `json:"first" validate:"required"`
}

type crewIn struct {
	crewNames
	Mail   string            `json:"mail,omitempty" validate:"email"`
	Key    string            `json:"key,omitempty" validate:"uuid"`
	Code   string            `json:"code,omitempty" validate:"len=2"`
	Weight float64           `json:"weight,omitempty" validate:"gt=0,lt=500"`
	Age    *uint8            `json:"age" validate:"gte=16,lte=70"`
	Ports  []string          `json:"ports,omitempty" validate:"min=1,unique,max=3,dive,notblank,max=4"`
	Stages []domain.Stage    `json:"stages,omitempty"`
	Mate   *crewIn           `json:"mate"`
	Prices map[string]*Money `json:"prices,omitempty"`
}

func newTestBook(t *testing.T) *ruleBook {
	t.Helper()
	book, err := newRuleBook(knownValues())
	require.NoError(t, err)
	return book
}

// bindCrew binds members beside the one that must be there, and returns what was refused as "field code".
func bindCrew(t *testing.T, members string) (crewIn, []string) {
	t.Helper()
	plan, err := newInPlan(reflect.TypeFor[crewIn](), newTestBook(t))
	require.NoError(t, err)
	node, err := parseObject([]byte(`{"first":"Ann"` + members + `}`))
	require.NoError(t, err)
	in := reflect.New(plan.typ).Elem()
	var refused []string
	if err := plan.book.bindBody(plan.body, node, in); err != nil {
		var invalid *domain.Error
		require.ErrorAs(t, err, &invalid)
		for _, f := range invalid.Fields {
			refused = append(refused, f.Field+" "+f.Code)
		}
	}
	return in.Interface().(crewIn), refused
}

func TestRulesAcceptAndRefuse(t *testing.T) {
	for members, want := range map[string][]string{
		``:                                     nil,
		`,"mail":"a@sz.gov.cn"`:                nil,
		`,"mail":"a@"`:                         {"mail email"},
		`,"mail":""`:                           {"mail email"},
		`,"key":"7"`:                           {"key uuid"},
		`,"code":"四川"`:                         nil,
		`,"code":"abc"`:                        {"code len_chars"},
		`,"weight":0`:                          {"weight gt"},
		`,"weight":500`:                        {"weight lt"},
		`,"age":null`:                          nil,
		`,"age":15`:                            {"age gte"},
		`,"age":71`:                            {"age lte"},
		`,"age":256`:                           {"age number_range"},
		`,"ports":[]`:                          {"ports min_items"},
		`,"ports":["a","a"]`:                   {"ports unique"},
		`,"ports":["a"," ","abcde"]`:           {"ports[1] notblank", "ports[2] max_chars"},
		`,"ports":["a",null]`:                  {"ports[1] null"},
		`,"stages":["reserve","sunk"]`:         {"stages[1] oneof"},
		`,"mate":{"first":""}`:                 {"mate.first required"},
		`,"mate":{"first":"Bo","mate":{}}`:     {"mate.mate.first required"},
		`,"prices":{"a":"1.005","b":null}`:     {"prices.a money"},
		`,"code":"abc","weight":0,"mail":true`: {"code len_chars", "weight gt", "mail type_text"},
	} {
		_, refused := bindCrew(t, members)
		require.Equal(t, want, refused, members)
	}
}

func TestAbsentAndUnknownMembers(t *testing.T) {
	in, refused := bindCrew(t, `,"mate":{"first":"Bo"},"age":16`)
	require.Empty(t, refused)
	require.Equal(t, "Bo", in.Mate.First)
	require.EqualValues(t, 16, *in.Age)
	_, refused = bindCrew(t, `,"mate":{"first":"Bo","rank":1,"Rank":2},"x":3`)
	require.Equal(t, []string{"mate.rank json_unknown_key", "mate.Rank json_unknown_key", "x json_unknown_key"}, refused)
}

func TestRulesReachTheSchema(t *testing.T) {
	book := newTestBook(t)
	plan, err := newInPlan(reflect.TypeFor[crewIn](), book)
	require.NoError(t, err)
	d := newDescriber(book)
	crew, err := d.requestObject(plan.body)
	require.NoError(t, err)
	require.Equal(t, []string{"first"}, crew["required"])
	require.Equal(t, schema{
		"first":  schema{"type": "string", "minLength": 1},
		"mail":   schema{"type": "string", "format": "email"},
		"key":    schema{"type": "string", "format": "uuid"},
		"code":   schema{"type": "string", "minLength": 2.0, "maxLength": 2.0},
		"weight": schema{"type": "number", "exclusiveMinimum": 0.0, "exclusiveMaximum": 500.0},
		"age":    schema{"type": []any{"integer", "null"}, "format": "int32", "minimum": 16.0, "maximum": 70.0},
		"ports": schema{
			"type": "array", "minItems": 1.0, "maxItems": 3.0, "uniqueItems": true,
			"items": schema{"type": "string", "minLength": 1, "maxLength": 4.0},
		},
		"stages": schema{"type": "array", "items": schema{"$ref": "#/components/schemas/Stage"}},
		"mate":   schema{"anyOf": []any{schema{"$ref": "#/components/schemas/CrewInput"}, schema{"type": "null"}}},
		"prices": schema{"type": "object", "additionalProperties": orNull(knownValues()[reflect.TypeFor[Money]()])},
	}, crew["properties"])
}

func TestLinksLeadToTheWebOnly(t *testing.T) {
	book := newTestBook(t)
	for link, want := range map[string]bool{
		"https://sz.gov.cn/a?b=c": true, "http://10.0.0.1:8080": true,
		"": false, "javascript:alert(1)": false, "//evil.example": false, "https:": false, "https://": false,
		"ftp://a.example": false, "https://user:pw@a.example": false, "data:text/html,x": false, " https://a.example": false,
	} {
		broken := book.applyAll([]rule{{tag: "weblink"}}, reflect.ValueOf(link), "link")
		require.Equal(t, want, len(broken) == 0, link)
	}
}
