package api_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"zhongda/api"
	"zhongda/api/apitest"
)

// TestEveryPlaceOfTheCityCountsItsList asks for the list of each district of the shipped catalogue, and of the tray.
func TestEveryPlaceOfTheCityCountsItsList(t *testing.T) {
	t.Parallel()
	p := newProduct(t)
	c := p.signedIn(t, "manager")
	for _, filter := range []string{"", "&category=water", "&stage=implementation&district=440305"} {
		places := apitest.Decode[api.Places](t, c.Get(t, "/api/v1/projects/places?"+filter))
		for _, place := range places.Places {
			list := apitest.Decode[api.ProjectPage](t, c.Get(t, "/api/v1/projects?withTotal=true&limit=1&district="+place.Code+strings.Split(filter, "&district")[0]))
			require.Equal(t, *list.Total, place.Projects, "%s of %q", place.Code, filter)
		}
	}
}

// TestTheSchematicDrawsEveryDistrict holds the drawing against the districts: one shape each, but for the city itself.
func TestTheSchematicDrawsEveryDistrict(t *testing.T) {
	t.Parallel()
	p := newProduct(t)
	c := p.signedIn(t, "manager")
	drawn := map[string]api.DistrictShape{}
	for _, shape := range apitest.Decode[api.List[api.DistrictShape]](t, c.Get(t, "/api/v1/districts/schematic")).Items {
		require.GreaterOrEqual(t, strings.Count(shape.Outline, ","), 3, shape.District)
		drawn[shape.District] = shape
	}
	for _, place := range apitest.Decode[api.Places](t, c.Get(t, "/api/v1/projects/places")).Places {
		_, has := drawn[place.Code]
		require.Equal(t, place.Kind != "city" && place.Kind != "", has, place.Name)
	}
	require.Equal(t, http.StatusUnauthorized, p.server.Client(t).Get(t, "/api/v1/districts/schematic").Status)
}
