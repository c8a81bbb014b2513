package api

import "slices"

// RequestFields names the JSON members of a route's body, RequestQuery its query parameters.
func RequestFields(route string) (names []string) {
	for _, f := range planOf(route).body {
		names = append(names, f.name)
	}
	return names
}

// RequestQuery names the query parameters of a route.
func RequestQuery(route string) (names []string) {
	for _, f := range planOf(route).params {
		if f.source == "query" {
			names = append(names, f.name)
		}
	}
	return names
}

func planOf(route string) inPlan {
	book, err := newRuleBook(knownValues())
	if err != nil {
		panic(err)
	}
	routes := ProductRoutes()
	i := slices.IndexFunc(routes, func(r Route) bool { return r.Name == route })
	plan, err := newInPlan(routes[i].Op.in, book)
	if err != nil {
		panic(err)
	}
	return plan
}
