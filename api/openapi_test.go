package api

import (
	"context"
	"testing"

	"github.com/stretchr/testify/require"
	"github.com/swaggest/openapi-go/openapi31"

	"zhongda/domain"
)

func describeHarbour(t *testing.T) (*Server, openapi31.Spec) {
	t.Helper()
	s, err := New((&harbour{}).options())
	require.NoError(t, err)
	yaml, err := s.Description()
	require.NoError(t, err)
	again, err := s.Description()
	require.NoError(t, err)
	require.Equal(t, string(yaml), string(again), "the description must not depend on chance")
	var spec openapi31.Spec
	require.NoError(t, spec.UnmarshalYAML(yaml))
	return s, spec
}

func TestEveryRouteIsDescribed(t *testing.T) {
	s, spec := describeHarbour(t)
	undescribed := map[string]bool{"/livez": true, "/readyz": true, "/api/v1/openapi.json": true}
	described := map[string]bool{}
	for path, item := range spec.Paths.MapOfPathItemValues {
		for _, method := range []string{"GET", "POST", "PUT", "PATCH", "DELETE"} {
			op, err := item.Operation(method)
			require.NoError(t, err)
			if op == nil {
				continue
			}
			described[method+" "+ginPath(path)] = true
			require.NotEmpty(t, op.MapOfAnything["x-permission"])
			require.NotNil(t, op.Responses.Default)
			if op.RequestBody != nil {
				require.True(t, *op.RequestBody.RequestBody.Required)
			}
			require.Equal(t, op.MapOfAnything["x-permission"] == string(domain.PermissionPublic), op.Security == nil)
		}
	}
	for _, r := range s.engine.Routes() {
		if !undescribed[r.Path] {
			require.Contains(t, described, r.Method+" "+r.Path)
			delete(described, r.Method+" "+r.Path)
		}
	}
	require.Empty(t, described, "described and not served")
}

func TestSchemasSayWhatTheBinderChecks(t *testing.T) {
	_, spec := describeHarbour(t)
	boat := spec.Components.Schemas["BoatInput"]
	require.Equal(t, false, boat["additionalProperties"])
	require.Equal(t, []any{"berths", "name", "stage"}, boat["required"])
	members := boat["properties"].(schema)
	require.Equal(t, schema{"type": "string", "minLength": 1.0, "maxLength": 5.0}, members["name"])
	require.Equal(t, schema{"$ref": "#/components/schemas/Stage"}, members["stage"])
	require.Equal(t, schema{"type": "integer", "format": "int64", "minimum": 0.0, "maximum": 9.0}, members["berths"])
	require.Equal(t, schema{"type": []any{"string", "null"}, "format": "date"}, members["launched"])
	require.Equal(t, schema{"type": "array", "items": schema{"$ref": "#/components/schemas/SailInput"}, "maxItems": 2.0}, members["sails"])
	require.Len(t, spec.Components.Schemas["Stage"]["enum"], len(domain.Stages()))
	require.Equal(t, []any{"jib", "main"}, spec.Components.Schemas["SailInput"]["properties"].(schema)["kind"].(schema)["enum"])

	change := spec.Components.Schemas["ChangeBoatInput"]
	require.NotContains(t, change, "required")
	require.Equal(t, schema{"type": []any{"string", "null"}, "maxLength": 5.0}, change["properties"].(schema)["note"])
	require.Equal(t, schema{"type": "string", "minLength": 1.0}, change["properties"].(schema)["name"])

	view := spec.Components.Schemas["BoatView"]
	require.Equal(t, []any{"id", "name", "sails", "since", "stage"}, view["required"])
	require.Equal(t, schema{"type": "array", "items": schema{"$ref": "#/components/schemas/SailView"}}, view["properties"].(schema)["sails"])
	require.Contains(t, spec.Components.Schemas, "BoatViewBoatPage")
}

func TestParametersAreDescribed(t *testing.T) {
	_, spec := describeHarbour(t)
	item := spec.Paths.MapOfPathItemValues["/api/boats"]
	limit := item.Get.Parameters[0].Parameter
	require.Equal(t, schema{"type": "integer", "format": "int64", "minimum": 1.0, "maximum": 100.0, "default": 50.0}, limit.Schema)
	require.False(t, *limit.Required)
	require.Equal(t, schema{"type": "string", "format": "date"}, item.Get.Parameters[2].Parameter.Schema)
	item = spec.Paths.MapOfPathItemValues["/api/boats/{id}"]
	require.True(t, *item.Patch.Parameters[0].Parameter.Required)
	require.Equal(t, 1.0, item.Patch.Parameters[0].Parameter.Schema["minimum"])
	require.Equal(t, "If-Match", item.Patch.Parameters[1].Parameter.Name)
	require.True(t, *item.Patch.Parameters[1].Parameter.Required)
	item = spec.Paths.MapOfPathItemValues["/api/photo"]
	require.Contains(t, item.Put.RequestBody.RequestBody.Content, "image/png")
}

// take makes a route whose only flaw can be its In type.
func take[In any](path string) Route {
	op := Op(func(context.Context, In) (NoContent, error) { return NoContent{}, nil })
	return Route{"POST", path, domain.PermissionPublic, "take", op, "boats", Text{"船", "Boats"}}
}

func give[Out any]() Route {
	op := Op(func(context.Context, None) (out Out, err error) { return out, nil })
	return Route{"GET", "/api/give", domain.PermissionPublic, "give", op, "boats", Text{"船", "Boats"}}
}

type (
	mood          string
	untaggedIn    struct{ Name string }
	unknownRuleIn struct {
		Name string `json:"name" validate:"alphaunicode"`
	}
	crossFieldIn struct {
		Name string `json:"name" validate:"eqfield=Other"`
	}
	requiredZeroIn struct {
		Count int `json:"count" validate:"required"`
	}
	badLimitIn struct {
		Name string `json:"name" validate:"max=many"`
	}
	openTypeIn struct {
		Why mood `json:"why"`
	}
	openQueryIn struct {
		Why mood `query:"why"`
	}
	domainDateIn struct {
		On domain.Date `json:"on"`
	}
	anythingIn struct {
		Any any `json:"any"`
	}
	wrongPathIn struct {
		Boat int64 `path:"boat"`
	}
	twiceIn struct {
		boatID
		Other int64 `path:"id"`
	}
	untaggedView struct{ Name string }
	domainView   struct {
		On domain.Date `json:"on"`
	}
)

func TestFlawedRoutesStopTheStart(t *testing.T) {
	noPermission, noSummary := take[None]("/api/x"), take[None]("/api/x")
	noPermission.Permission, noSummary.Summary.En = "", ""
	for flaw, r := range map[string]Route{
		"no permission":                      noPermission,
		"summary in both languages":          noSummary,
		"below /api/":                        take[None]("/boats"),
		"no operation":                       {"GET", "/api/x", domain.PermissionPublic, "x", Operation{}, "boats", Text{"船", "Boats"}},
		"no path, query, header, cookie or":  take[untaggedIn]("/api/x"),
		`validate:"alphaunicode" on string`:  take[unknownRuleIn]("/api/x"),
		`validate:"eqfield=Other" on string`: take[crossFieldIn]("/api/x"),
		"a legal 0 must pass":                take[requiredZeroIn]("/api/x"),
		"invalid syntax":                     take[badLimitIn]("/api/x"),
		"domain.Date has no json field":      take[domainDateIn]("/api/x"),
		"interface {} cannot be part":        take[anythingIn]("/api/x"),
		"has no {boat}":                      take[wrongPathIn]("/api/{id}"),
		"path id is there twice":             take[twiceIn]("/api/{id}"),
		"no field for {id}":                  take[None]("/api/{id}"),
		"Name: a json tag":                   give[untaggedView](),
		"domain.Date has no field":           give[domainView](),
		"needs a name":                       give[struct{ A int }](),
		"a download needs Produces":          give[Download](),
	} {
		o := (&harbour{}).options()
		o.Routes = []Route{r}
		_, err := New(o)
		require.ErrorContains(t, err, flaw)
	}
	for _, r := range []Route{take[openTypeIn]("/api/x"), take[openQueryIn]("/api/x")} {
		o := (&harbour{}).options()
		o.Routes = []Route{r}
		_, err := New(o)
		require.ErrorContains(t, err, "not declared in knownValues")
	}
	o := (&harbour{}).options()
	o.Routes = []Route{take[None]("/api/x"), take[None]("/api/y")}
	_, err := New(o)
	require.ErrorContains(t, err, "take is used twice")
}
