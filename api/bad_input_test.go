package api_test

import (
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
	"unicode"

	"github.com/stretchr/testify/require"

	"zhongda/api"
	"zhongda/api/apitest"
)

// TestBadChangesOfAProject sends every way of getting a change wrong. The status, the code and the field are exact, the
// sentence is there in both languages, and no row changes.
func TestBadChangesOfAProject(t *testing.T) {
	t.Parallel()
	p := newProduct(t)
	editor := p.signedIn(t, p.bureauA+".editor")
	require.Equal(t, http.StatusOK, p.patch(t, editor, p.own, `{"summary":"原样"}`).Status)
	current := at(p.version(t, "project", p.own))
	with := func(pairs ...string) map[string]string {
		headers := maps.Clone(current)
		for i := 0; i < len(pairs); i += 2 {
			headers[pairs[i]] = pairs[i+1]
		}
		return headers
	}
	const good = `{"summary":"改"}`
	before := p.fingerprint(t)
	for _, c := range []struct {
		name    string
		headers map[string]string
		body    string
		status  int
		codes   string
	}{
		{"unknown field", current, `{"summary":"改","stage":"completed"}`, 400, "json_unknown_key stage:json_unknown_key"},
		{"hidden field", current, `{"version":99}`, 400, "json_unknown_key version:json_unknown_key"},
		{"another case", current, `{"Summary":"改"}`, 400, "json_unknown_key Summary:json_unknown_key"},
		{"in capitals", current, `{"OWNERORGANISATIONID":1}`, 400, "json_unknown_key OWNERORGANISATIONID:json_unknown_key"},
		{"unknown inside", current, `{"estimate":{"value":"1","Value":"2"}}`, 400, "json_unknown_key estimate.Value:json_unknown_key"},
		{"twice", current, `{"summary":"改","summary":"再改"}`, 400, "json_duplicate_key summary:json_duplicate_key"},
		{"something after", current, good + `{}`, 400, "json_trailing"},
		{"null", current, `null`, 400, "json_not_object"},
		{"a list", current, `[` + good + `]`, 400, "json_not_object"},
		{"a text", current, `"summary"`, 400, "json_not_object"},
		{"half", current, `{"summary":`, 400, "json_syntax summary:json_syntax"},
		{"too deep", current, strings.Repeat(`{"a":`, 10_000), 400, "json_too_deep"},
		{"NUL", current, `{"summary":"a\u0000b"}`, 422, "invalid summary:text_nul"},
		{"no UTF-8", current, "{\"summary\":\"\xff\xfe\"}", 422, "invalid summary:text_encoding"},
		{"half a character", current, `{"summary":"\ud83d"}`, 422, "invalid summary:text_encoding"},
		{"null for a text", current, `{"summary":null}`, 422, "invalid summary:null"},
		{"a number for a text", current, `{"summary":1}`, 422, "invalid summary:type_text"},
		{"a long text", current, `{"summary":"` + strings.Repeat("长", 4001) + `"}`, 422, "invalid summary:max_chars"},
		{"900 kB", current, `{"constructionUnit":"` + strings.Repeat("x", 900_000) + `"}`, 422, "invalid constructionUnit:max_chars"},
		{"2 MB", current, `{"summary":"` + strings.Repeat("x", 2<<20) + `"}`, 413, "body_too_large"},
		{"no project code", current, `{"nationalCode":"2026"}`, 422, "invalid nationalCode:national_code_form"},
		{"NaN", current, `{"estimate":{"value":NaN}}`, 422, "invalid estimate.value:number"},
		{"a number for money", current, `{"estimate":{"value":1}}`, 422, "invalid estimate.value:type_text"},
		{"1e400", current, `{"estimate":{"value":"1e400"}}`, 422, "invalid estimate.value:money"},
		{"-1", current, `{"estimate":{"value":"-1"}}`, 422, "invalid estimate.value:money"},
		{"2^63 元", current, `{"estimate":{"value":"9223372036854775808"}}`, 422, "invalid estimate.value:money"},
		{"three decimals", current, `{"estimate":{"value":"1.005"}}`, 422, "invalid estimate.value:money"},
		{"money and none", current, `{"budget":{"value":"1","missing":"not_filled"}}`, 422, "invalid budget:amount_and_missing"},
		{"neither", current, `{"budget":{}}`, 422, "invalid budget:amount_or_missing"},
		{"an unknown reason", current, `{"budget":{"missing":"lost"}}`, 422, "invalid budget.missing:oneof"},
		{"withheld by nothing", current, `{"budget":{"missing":"withheld"}}`, 422, "invalid budget.basis:withheld_needs_basis"},
		{"a basis for a figure", current, `{"budget":{"value":"1","basis":"依据"}}`, 422, "invalid budget.basis:basis_only_if_withheld"},
		{"owner 0", current, `{"ownerOrganisationId":0}`, 422, "invalid ownerOrganisationId:min"},
		{"owner 2^63", current, `{"ownerOrganisationId":9223372036854775808}`, 422, "invalid ownerOrganisationId:number_range"},
		{"owner 1.5", current, `{"ownerOrganisationId":1.5}`, 422, "invalid ownerOrganisationId:integer"},
		{"two at once", current, `{"summary":1,"nationalCode":null}`, 422, "invalid summary:type_text nationalCode:null"},

		{"no version", nil, good, 428, "version_required"},
		{"any version", with("If-Match", "*"), good, 400, "header_invalid If-Match:version_format"},
		{"a weak version", with("If-Match", `W/"1"`), good, 400, "header_invalid If-Match:version_format"},
		{"no quotes", with("If-Match", "1"), good, 400, "header_invalid If-Match:version_format"},
		{"version 0", with("If-Match", `"0"`), good, 400, "header_invalid If-Match:version_format"},
		{"version 2^63", with("If-Match", `"9223372036854775808"`), good, 400, "header_invalid If-Match:version_format"},
		{"several versions", with("If-Match", `"1", "2"`), good, 400, "header_invalid If-Match:version_format"},
		{"an old version", with("If-Match", `"1"`), good, 409, "stale_version"},
		{"a version to come", with("If-Match", `"99"`), good, 409, "stale_version"},

		{"plain text", with("Content-Type", "text/plain"), good, 415, "media_type"},
		{"a form", with("Content-Type", "application/x-www-form-urlencoded"), "summary=x", 415, "media_type"},
		{"a form with files", with("Content-Type", "multipart/form-data; boundary=x"), "--x--", 415, "media_type"},
		{"no type", with("Content-Type", ""), good, 415, "media_type"},
		{"another alphabet", with("Content-Type", "application/json; charset=gbk"), good, 415, "media_type"},
		{"packed", with("Content-Encoding", "gzip"), good, 415, "media_type"},
		{"from elsewhere", with("Origin", "https://evil.example"), good, 403, "cross_origin"},
		{"from nowhere", with("Origin", "null"), good, 403, "cross_origin"},
		{"cross-site", with("Sec-Fetch-Site", "cross-site"), good, 403, "cross_origin"},
	} {
		spoken := map[string]string{}
		for _, language := range []string{"zh", "en"} {
			headers := map[string]string{"Accept-Language": language}
			maps.Copy(headers, c.headers)
			r := editor.Do(t, apitest.Request{Method: http.MethodPatch, Path: projectPath(p.own), Headers: headers, Body: c.body})
			require.Equal(t, c.status, r.Status, "%s: %s", c.name, r.Body)
			require.Equal(t, c.codes, codes(t, r), c.name)
			require.Equal(t, language, r.Header.Get("Content-Language"), c.name)
			spoken[language] = speech(problem(t, r))
		}
		require.True(t, strings.ContainsFunc(spoken["zh"], isHan), "%s: %s", c.name, spoken["zh"])
		require.False(t, strings.ContainsFunc(spoken["en"], isHan), "%s: %s", c.name, spoken["en"])
	}
	require.Equal(t, before, p.fingerprint(t))
	require.Equal(t, http.StatusOK, p.patch(t, editor, p.own, good).Status, "the good one is good")
}

// speech is every sentence of a problem.
func speech(p api.Problem) string {
	said := p.Title + p.Detail
	for _, f := range p.Errors {
		said += f.Message
	}
	return said
}

func isHan(r rune) bool { return unicode.Is(unicode.Han, r) }

// TestNoRouteTakesABadBody goes through every cell of the matrix that writes with success, and spoils its body.
func TestNoRouteTakesABadBody(t *testing.T) {
	t.Parallel()
	p := newProduct(t)
	browsers := p.everyActor(t)
	before, swept := p.fingerprint(t), 0
	for _, route := range api.ProductRoutes() {
		c, actor, found := allowed(route.Name)
		if !found || c.body == "" || route.Tag == "session" || takesFile(route) { // a file: see TestBadUploads
			continue
		}
		swept++
		request := p.request(t, route, c, actor)
		body := request.Body.(string)
		for _, bad := range []string{
			"", "null", "[]", "{", `""`, body + body, body + "x", body[:len(body)-1] + `,"zz":1}`, `{"zz":{"$ne":null}}`,
			body[:len(body)-1] + "," + body[1:], strings.Replace(body, `"`, "\"\x00", 1), strings.ToUpper(body), "\xff" + body,
			strings.Repeat("[", 100_000),
		} {
			request.Body = bad
			r := browsers[actor].Do(t, request)
			problem(t, r)
			require.Contains(t, []int{400, 413, 422}, r.Status, "%s %.100q: %s", route.Name, bad, r.Body)
		}
		request.Body, request.Headers["Content-Type"] = body, "text/plain"
		require.Equal(t, http.StatusUnsupportedMediaType, browsers[actor].Do(t, request).Status, route.Name)
		request.Headers["Content-Type"], request.Headers["Sec-Fetch-Site"] = "", "cross-site"
		require.Equal(t, http.StatusForbidden, browsers[actor].Do(t, request).Status, route.Name)
	}
	require.Greater(t, swept, 8)
	require.Equal(t, before, p.fingerprint(t))
}

// allowed is the first line of the matrix in which somebody gets through, with who that is.
func allowed(route string) (c cell, actor string, found bool) {
	for _, c := range accessMatrix() {
		for i, status := range strings.Fields(c.want) {
			if c.route == route && status[0] == '2' {
				return c, strings.Fields(actors)[i], true
			}
		}
	}
	return cell{}, "", false
}

func TestOddIDsHitNoRow(t *testing.T) {
	t.Parallel()
	p := newProduct(t)
	browsers := p.everyActor(t)
	before, own := p.fingerprint(t), strconv.FormatInt(p.own, 10)
	for _, route := range api.ProductRoutes() {
		c, actor, _ := allowed(route.Name)
		if !strings.Contains(route.Path, "{id}") {
			continue
		}
		for _, odd := range []string{
			"0", "-1", "1e3", "9223372036854775808", "99999999999999999999999", "%00", "1%20or%201=1", "1;drop%20table%20project", "+" + own,
			"0" + own, own + ".0", own + ",2", own + "%00", "%31%20", "٣", "0x1", "null", "undefined", "*", "me", "'", "%27%20OR%20%271%27=%271",
		} {
			request := p.request(t, route, c, actor)
			for _, blank := range []string{"{id}", "{milestoneId}", "{decisionId}"} {
				if !strings.Contains(route.Path, blank) {
					continue
				}
				request.Path = strings.NewReplacer(blank, odd, "{id}", own, "{milestoneId}", "1", "{decisionId}", "1").Replace(route.Path)
				r := browsers[actor].Do(t, request)
				problem(t, r)
				require.Equal(t, http.StatusNotFound, r.Status, "%s %s: %s", route.Name, request.Path, r.Body)
			}
		}
	}
	require.Equal(t, before, p.fingerprint(t))
}

// TestQueriesAreValuesNotSQL puts every payload into every query parameter of every route that reads.
func TestQueriesAreValuesNotSQL(t *testing.T) {
	t.Parallel()
	p := newProduct(t)
	browsers := p.everyActor(t)
	payloads := []string{
		"'", `"`, "1 or 1=1", "' OR '1'='1", "'; DROP TABLE project; --", "1;SELECT pg_sleep(3)", "' || pg_sleep(3) || '", "(SELECT pg_sleep(3))",
		"x' UNION SELECT password_hash FROM app_user --", "@read_root", "?", "$1", "%", "_", `\`, "%%27", "a\u0000b", strings.Repeat("z", 5000),
		"{\"$gt\":\"\"}", "name;drop", "internal_note", "\u202e",
	}
	before, swept := p.fingerprint(t), 0
	for _, route := range api.ProductRoutes() {
		c, actor, found := allowed(route.Name)
		if !found || route.Method != http.MethodGet {
			continue
		}
		path := p.request(t, route, c, actor).Path
		for _, name := range append(api.RequestQuery(route.Name), "zz") {
			for _, payload := range payloads {
				swept++
				began := time.Now()
				r := browsers[actor].Get(t, path+"?"+url.Values{name: {payload}}.Encode())
				require.Less(t, time.Since(began), 2*time.Second, "%s %s=%.50s", route.Name, name, payload)
				if r.Status != http.StatusOK {
					problem(t, r)
					require.Equal(t, http.StatusBadRequest, r.Status, "%s %s=%.50s: %s", route.Name, name, payload, r.Body)
					continue
				}
				if route.Name == "getPlaces" && name == "district" {
					continue // the map shows every district, whichever is chosen
				}
				require.True(t, selectsNothing(t, string(r.Body)) || isWildcard(payload), "%s %s=%.50s found something: %.300s", route.Name, name, payload, r.Body)
			}
		}
	}
	require.Greater(t, swept, 500)
	require.Equal(t, before, p.fingerprint(t))
}

// isWildcard reports whether a payload is an ordinary character that some name may hold.
func isWildcard(payload string) bool {
	return slices.Contains([]string{`"`, "'", "_", "%", "?", `\`}, payload)
}

// selectsNothing reports whether an answer is of a filter that no row passes.
func selectsNothing(t testing.TB, body string) bool {
	t.Helper()
	if strings.HasPrefix(body, "PK") { // a workbook
		return len(apitest.ReadXLSX(t, []byte(body)).Rows) == 0
	}
	list, pipeline := strings.HasPrefix(body, `{"items":[]`), strings.HasPrefix(body, `{"asOf":"2026-07-01","projects":0,`)
	rollup := body == `{"type":[],"responsible":[],"level":[],"owner":[]}`
	money := strings.HasPrefix(body, `{"asOf":"2026-07-01","year":2026,"period":"2026-06","total":{"projects":0,`)
	rolling := strings.HasPrefix(body, `{"recordBegin":`) && !regexp.MustCompile(`"(stock|entries|exits|before|converted)":[1-9]`).MatchString(body)
	fulfilment := strings.HasPrefix(body, `{"asOf":"2026-07-01","city":{"projects":0,`)
	search := strings.TrimSpace(body) == `{"projects":[],"organisations":[],"columns":[]}`
	return list || pipeline || search || rollup || money || rolling || fulfilment || strings.HasSuffix(strings.TrimSpace(body), `"provisional":[]}`)
}

func TestBadQueries(t *testing.T) {
	t.Parallel()
	p := newProduct(t)
	editor := p.signedIn(t, p.bureauA+".editor")
	cursor := *apitest.Decode[api.ProjectPage](t, editor.Get(t, "/api/v1/projects?limit=1&sort=name")).NextCursor
	for query, want := range map[string]string{
		"limit=0":                       "limit:min",
		"limit=-1":                      "limit:min",
		"limit=201":                     "limit:max",
		"limit=1e9":                     "limit:integer",
		"limit=99999999999999999999":    "limit:number_range",
		"limit=":                        "limit:integer",
		"limit=1&limit=2":               "limit:query_repeated",
		"sort=1;drop":                   "",
		"sort=1%3Bdrop":                 "sort:unknown_sort",
		"sort=internalNote":             "sort:unknown_sort",
		"sort=-":                        "sort:unknown_sort",
		"sort=name&sort=code":           "sort:query_repeated",
		"stage=done":                    "stage:oneof",
		"stage=reserve&stage=":          "stage:oneof",
		"provisional=maybe":             "provisional:type_bool",
		"lateBy=0":                      "lateBy:min",
		"column=0":                      "column[0]:min",
		"nope=1":                        "nope:query_unknown",
		"Stage=reserve":                 "Stage:query_unknown",
		"internalNote=x":                "internalNote:query_unknown",
		"q=%FF":                         "q:text_encoding",
		"q=%00":                         "q:text_nul",
		"q=%zz":                         "",
		"q=" + strings.Repeat("x", 101): "q:max_chars",
		"cursor=garbage":                "cursor:bad_cursor",
		"cursor=%00":                    "cursor:text_nul",
		"cursor=bnVsbA":                 "cursor:bad_cursor",
		"sort=code&cursor=" + cursor:    "cursor:bad_cursor",
		"sort=-name&cursor=" + cursor:   "cursor:bad_cursor",
		"sort=-name&until=" + cursor:    "until:bad_cursor",
		"until=garbage":                 "until:bad_cursor",
	} {
		r := editor.Get(t, "/api/v1/projects?"+query)
		require.Equal(t, http.StatusBadRequest, r.Status, "%s: %s", query, r.Body)
		require.Contains(t, codes(t, r)+" ", want+" ", query)
	}
	require.Equal(t, http.StatusOK, editor.Get(t, "/api/v1/projects?limit=200&sort=-name&q=%25").Status)
	for _, path := range []string{"//api/v1/projects", "/api/v1/projects/", "/API/v1/projects", "/api/v1/projects%2f1", "/api/v1/projects.json", "/api/v1/projects;a"} {
		require.Equal(t, http.StatusNotFound, editor.Get(t, path).Status, path)
	}
	override := apitest.Request{Method: http.MethodPost, Path: projectPath(p.own), Headers: map[string]string{"X-HTTP-Method-Override": "PATCH"}, Body: `{}`}
	require.Equal(t, http.StatusMethodNotAllowed, editor.Do(t, override).Status)
}

// A failed sign-in costs the caller, not the server: large and odd credentials are refused before any hashing.
func TestOddCredentials(t *testing.T) {
	t.Parallel()
	p := newProduct(t)
	c := p.server.Client(t)
	for _, odd := range []struct {
		body   string
		status int
	}{
		{fmt.Sprintf(`{"username":"manager","password":%q}`, strings.Repeat("x", 1<<20)), 413},
		{fmt.Sprintf(`{"username":"manager","password":%q}`, strings.Repeat("x", 129)), 422},
		{fmt.Sprintf(`{"username":%q,"password":"x"}`, strings.Repeat("x", 61)), 422},
		{`{"username":"manager"}`, 422},
		{`{"username":"manager","password":""}`, 422},
		{`{"username":"manager' OR '1'='1","password":"x"}`, 401},
		{`{"username":"manager","password":"x","roles":["sysadmin"]}`, 400},
		{`{"username":["manager"],"password":{"$ne":""}}`, 422},
	} {
		r := c.Post(t, "/api/v1/session", odd.body)
		require.Equal(t, odd.status, r.Status, "%.80s: %s", odd.body, r.Body)
		problem(t, r)
		require.Empty(t, r.Header.Get("Set-Cookie"))
	}
	require.Equal(t, int64(1), p.number(t, "SELECT count(*) FROM sign_in_failure"), "only the readable one was tried")
}
