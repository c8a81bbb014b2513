package api

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"zhongda/api/apitest"
	"zhongda/domain"
)

const goodBoat = `{"name":"海","stage":"reserve","berths":0}`

func TestRequestArrivesWhole(t *testing.T) {
	h := &harbour{}
	c := h.serve(t)
	r := c.Post(t, "/api/boats", `{"name":"海洋","stage":"preliminary","berths":3,"launched":"2027-06-30","price":"12.50",
		"ratio":0.5,"sails":[{"area":7,"kind":"jib"}],"notes":{"a":true},"link":"https://sz.gov.cn/x"}`)
	require.Equal(t, http.StatusCreated, r.Status, string(r.Body))
	got := h.got.(boatIn)
	require.Equal(t, "2027-06-30", got.Launched.String())
	require.Equal(t, "12.50", got.Price.String())
	got.Launched, got.Price = nil, nil
	require.Equal(t, boatIn{
		Name: "海洋", Stage: domain.StagePreliminary, Berths: 3, Ratio: 0.5, Sails: []sailIn{{7, "jib"}},
		Notes: map[string]bool{"a": true}, Link: "https://sz.gov.cn/x",
	}, got)
}

func TestPartialUpdateKeepsAbsentAndEmptyApart(t *testing.T) {
	h := &harbour{}
	c := h.serve(t)
	send := func(body string) changeBoatIn {
		r := c.Do(t, apitest.Request{Method: "PATCH", Path: "/api/boats/4", Body: body, Headers: map[string]string{"If-Match": `"12"`}})
		require.Equal(t, http.StatusNoContent, r.Status, string(r.Body))
		return h.got.(changeBoatIn)
	}
	empty := ""
	require.Equal(t, changeBoatIn{boatID: boatID{4}, Version: 12}, send(`{}`))
	require.Equal(t, Some[int64](0), send(`{"berths":0}`).Berths)
	require.Equal(t, Some[*string](nil), send(`{"note":null}`).Note)
	require.Equal(t, Some(&empty), send(`{"note":""}`).Note)
	require.Nil(t, Optional[int64]{}.Pointer())
	require.Zero(t, *Some[int64](0).Pointer())
}

func TestQueryReadsDefaultsAndRepeatedValues(t *testing.T) {
	h := &harbour{}
	c := h.serve(t)
	require.Equal(t, http.StatusOK, c.Get(t, "/api/boats").Status)
	require.Equal(t, listBoatsIn{Limit: 50}, h.got)

	require.Equal(t, http.StatusOK, c.Get(t, "/api/boats?limit=7&stage=reserve&stage=completed&afloat=false&q=%E6%B5%B7").Status)
	no := false
	require.Equal(t, listBoatsIn{Limit: 7, Stages: []domain.Stage{domain.StageReserve, domain.StageCompleted}, Afloat: &no, Text: "海"}, h.got)
}

// refusal is a request that must be refused, and must not reach the handler.
type refusal struct {
	name   string
	body   string
	status int
	code   string
	field  string
}

func TestBodiesRefused(t *testing.T) {
	with := func(members string) string { return strings.TrimSuffix(goodBoat, "}") + "," + members + "}" }
	for _, c := range []refusal{
		{"empty", ``, 400, "json_syntax", ""},
		{"null", `null`, 400, "json_not_object", ""},
		{"array", `[]`, 400, "json_not_object", ""},
		{"text", `"x"`, 400, "json_not_object", ""},
		{"trailing value", goodBoat + `{}`, 400, "json_trailing", ""},
		{"trailing comma", `{"name":"a",}`, 400, "json_syntax", ""},
		{"cut off", `{"name":"a`, 400, "json_syntax", "name"},
		{"cut off escape", `{"name":"a\`, 400, "json_syntax", "name"},
		{"bare word", `{"name":nul}`, 400, "json_syntax", "name"},
		{"leading zero", `{"berths":01}`, 400, "json_syntax", "berths"},
		{"comment", `{/**/}`, 400, "json_syntax", ""},
		{"raw newline in text", "{\"name\":\"a\nb\"}", 400, "json_syntax", "name"},
		{"unknown key", with(`"owner":1`), 400, "json_unknown_key", "owner"},
		{"unknown nested key", with(`"sails":[{"area":1,"kind":"jib","x":{"role":"admin"}}]`), 400, "json_unknown_key", "sails[0].x"},
		{"case variant", `{"NAME":"a","stage":"reserve","berths":1}`, 400, "json_unknown_key", "NAME"},
		{"duplicate key", with(`"berths":2`), 400, "json_duplicate_key", "berths"},
		{"duplicate key, escaped", with(`"b\u0065rths":2`), 400, "json_duplicate_key", "berths"},
		{"depth 10000", strings.Repeat(`{"a":`, 10_000) + strings.Repeat("}", 10_000), 400, "json_too_deep", ""},
		{"many values", with(`"sails":[` + strings.Repeat("0,", 50_000) + `0]`), 400, "json_too_large", "sails[49995]"},
		{"missing", `{"name":"a","stage":"reserve"}`, 422, "required", "berths"},
		{"missing nested", with(`"sails":[{"kind":"jib"}]`), 422, "required", "sails[0].area"},
		{"null text", `{"name":null,"stage":"reserve","berths":0}`, 422, "null", "name"},
		{"null list", with(`"sails":null`), 422, "null", "sails"},
		{"number for text", `{"name":1,"stage":"reserve","berths":0}`, 422, "type_text", "name"},
		{"text for number", `{"name":"a","stage":"reserve","berths":"1"}`, 422, "integer", "berths"},
		{"object for list", with(`"sails":{}`), 422, "type_list", "sails"},
		{"list for object", with(`"sails":[[]]`), 422, "type_object", "sails[0]"},
		{"text for bool", with(`"notes":{"a":"true"}`), 422, "type_bool", "notes.a"},
		{"NaN", `{"name":"a","stage":"reserve","berths":NaN}`, 422, "number", "berths"},
		{"-Infinity", with(`"ratio":-Infinity`), 422, "number", "ratio"},
		{"1e400", with(`"ratio":1e400`), 422, "number_range", "ratio"},
		{"2^63", `{"name":"a","stage":"reserve","berths":9223372036854775808}`, 422, "number_range", "berths"},
		{"fraction", `{"name":"a","stage":"reserve","berths":1.5}`, 422, "integer", "berths"},
		{"exponent", `{"name":"a","stage":"reserve","berths":1e3}`, 422, "integer", "berths"},
		{"negative", `{"name":"a","stage":"reserve","berths":-1}`, 422, "min", "berths"},
		{"NUL", `{"name":"a\u0000","stage":"reserve","berths":0}`, 422, "text_nul", "name"},
		{"bad UTF-8", "{\"name\":\"\xff\",\"stage\":\"reserve\",\"berths\":0}", 422, "text_encoding", "name"},
		{"lone high surrogate", `{"name":"\ud83d","stage":"reserve","berths":0}`, 422, "text_encoding", "name"},
		{"lone low surrogate", `{"name":"a\ude00","stage":"reserve","berths":0}`, 422, "text_encoding", "name"},
		{"blank", `{"name":" \t","stage":"reserve","berths":0}`, 422, "notblank", "name"},
		{"six characters", `{"name":"一二三四五六","stage":"reserve","berths":0}`, 422, "max_chars", "name"},
		{"unknown stage", `{"name":"a","stage":"sunk","berths":0}`, 422, "oneof", "stage"},
		{"bad date", with(`"launched":"2027-02-30"`), 422, "date", "launched"},
		{"date as number", with(`"launched":20270230`), 422, "type_text", "launched"},
		{"money as number", with(`"price":1.1`), 422, "type_text", "price"},
		{"money with sign", with(`"price":"-1"`), 422, "money", "price"},
		{"too many", with(`"sails":[{"area":1,"kind":"jib"},{"area":1,"kind":"jib"},{"area":1,"kind":"jib"}]`), 422, "max_items", "sails"},
		{"nested rule", with(`"sails":[{"area":1,"kind":"jib"},{"area":0,"kind":"jib"}]`), 422, "gt", "sails[1].area"},
		{"script link", with(`"link":"javascript:alert(1)"`), 422, "weblink", "link"},
	} {
		t.Run(c.name, func(t *testing.T) { c.check(t, "POST", "/api/boats") })
	}
}

func (c refusal) check(t *testing.T, method, path string) {
	t.Helper()
	h := &harbour{}
	r := h.serve(t).Do(t, apitest.Request{Method: method, Path: path, Body: c.body, Headers: map[string]string{"Accept-Language": "en"}})
	require.Equal(t, c.status, r.Status, string(r.Body))
	require.Equal(t, "application/problem+json", r.Header.Get("Content-Type"))
	p := apitest.Decode[Problem](t, r)
	codes := []string{p.Code}
	fields := []string{""}
	for _, f := range p.Errors {
		codes, fields = append(codes, f.Code), append(fields, f.Field)
		require.NotEmpty(t, f.Message)
	}
	require.Contains(t, codes, c.code, string(r.Body))
	require.Contains(t, fields, c.field, string(r.Body))
	require.Nil(t, h.got, "the handler was reached")
	for _, internal := range []string{"boatIn", "reflect", "strconv", "encoding/json", ".go"} {
		require.NotContains(t, string(r.Body), internal)
	}
}

func TestQueriesRefused(t *testing.T) {
	for _, c := range []refusal{
		{name: "?owner=1", code: "query_unknown", field: "owner"},
		{name: "?Limit=1", code: "query_unknown", field: "Limit"},
		{name: "?limit=1&limit=2", code: "query_repeated", field: "limit"},
		{name: "?limit=", code: "integer", field: "limit"},
		{name: "?limit=1e9", code: "integer", field: "limit"},
		{name: "?limit=1000000000", code: "max", field: "limit"},
		{name: "?limit=-1", code: "min", field: "limit"},
		{name: "?limit=99999999999999999999", code: "number_range", field: "limit"},
		{name: "?stage=sunk", code: "oneof", field: "stage"},
		{name: "?stage=reserve&stage=reserve&stage=reserve&stage=reserve", code: "max_items", field: "stage"},
		{name: "?since=2027", code: "date", field: "since"},
		{name: "?afloat=1", code: "type_bool", field: "afloat"},
		{name: "?q=%00", code: "text_nul", field: "q"},
		{name: "?q=%ff", code: "text_encoding", field: "q"},
		{name: "?q=%zz", code: "query_syntax"},
		{name: "?q=a;limit=1", code: "query_syntax"},
	} {
		t.Run(c.name, func(t *testing.T) {
			c.status = http.StatusBadRequest
			c.check(t, "GET", "/api/boats"+c.name)
		})
	}
}

func TestOddIdsNameNothing(t *testing.T) {
	h := &harbour{}
	c := h.serve(t)
	for _, id := range []string{"0", "-1", "+1", "01", "1e3", "1.0", "9223372036854775808", "%00", "%20", "1%20", "1%20or%201=1", "%D9%A1", ":id", "%3Aid", "1;a", "1.json"} {
		r := c.Get(t, "/api/boats/"+id)
		require.Equal(t, http.StatusNotFound, r.Status, "id %s: %s", id, r.Body)
	}
	require.Nil(t, h.got)
	require.Equal(t, http.StatusOK, c.Get(t, "/api/boats/9223372036854775807").Status)
}

func TestMediaTypesAndSizes(t *testing.T) {
	h := &harbour{}
	c := h.serve(t)
	send := func(r apitest.Request) int { t.Helper(); return c.Do(t, r).Status }
	for _, media := range []string{"", "text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "application/jsonx", "application/json; charset=gbk", "*/*"} {
		headers := map[string]string{"Content-Type": media}
		require.Equal(t, http.StatusUnsupportedMediaType, send(apitest.Request{Method: "POST", Path: "/api/boats", Body: goodBoat, Headers: headers}), media)
		require.Equal(t, http.StatusUnsupportedMediaType, send(apitest.Request{Method: "POST", Path: "/api/boats/1/sink", Body: "a=b", Headers: headers}), media)
	}
	require.Equal(t, http.StatusUnsupportedMediaType, send(apitest.Request{Method: "POST", Path: "/api/boats", Body: goodBoat, Headers: map[string]string{"Content-Encoding": "gzip"}}))
	require.Equal(t, http.StatusBadRequest, send(apitest.Request{Method: "POST", Path: "/api/boats/1/sink", Body: `{"why":1}`}))
	require.Nil(t, h.got)

	pad := func(n int) string { return goodBoat + strings.Repeat(" ", n-len(goodBoat)) }
	require.Equal(t, http.StatusCreated, send(apitest.Request{Method: "POST", Path: "/api/boats", Body: pad(1 << 20), Headers: map[string]string{"Content-Type": "application/json; charset=UTF-8"}}))
	require.Equal(t, http.StatusRequestEntityTooLarge, send(apitest.Request{Method: "POST", Path: "/api/boats", Body: pad(1<<20 + 1)}))

	png := map[string]string{"Content-Type": "image/png"}
	require.Equal(t, http.StatusNoContent, send(apitest.Request{Method: "PUT", Path: "/api/photo", Body: "12345678", Headers: png}))
	require.Equal(t, 8, h.got)
	require.Equal(t, http.StatusRequestEntityTooLarge, send(apitest.Request{Method: "PUT", Path: "/api/photo", Body: "123456789", Headers: png}))
	require.Equal(t, http.StatusUnsupportedMediaType, send(apitest.Request{Method: "PUT", Path: "/api/photo", Body: "{}"}))
}

func TestVersionsAreDemandedAndStrict(t *testing.T) {
	h := &harbour{}
	c := h.serve(t)
	for version, want := range map[string]int{
		"": 428, `"1"`: 204, `"0"`: 400, `1`: 400, `W/"1"`: 400, `*`: 400, `"1","2"`: 400, `"+1"`: 400, `"`: 400, `"9223372036854775808"`: 400,
	} {
		h.got = nil
		r := c.Do(t, apitest.Request{Method: "PATCH", Path: "/api/boats/4", Body: `{}`, Headers: map[string]string{"If-Match": version}})
		require.Equal(t, want, r.Status, "If-Match %s: %s", version, r.Body)
		require.Equal(t, want == 204, h.got != nil)
	}
}

func FuzzStrictJSON(f *testing.F) {
	for _, seed := range []string{goodBoat, `{"a":"\ud83d\ude00"}`, `[1,2`, `{"a":NaN}`, "{\"\xff\":1}", `{"a":{"b":[null,true,-0.1e+5]}}`} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		node, err := parseObject(body)
		if err != nil {
			require.NotEqual(t, domain.KindInternal, domain.KindOf(err))
			return
		}
		require.True(t, json.Valid(body), "accepted what encoding/json refuses: %q", body)
		require.Equal(t, jsonObject, node.kind)
	})
}
