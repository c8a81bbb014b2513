package domain

// Relation is what a project has in common with its neighbours.
type Relation string

// The relations. Place is that of projects of the same first-level category in a district the project lies in or
// crosses; column that of the plan's columns that name it; owner that of its owner organisation.
const (
	RelationPlace  Relation = "place"
	RelationColumn Relation = "column"
	RelationOwner  Relation = "owner"
)

// Relations lists them, in the order a page shows them.
func Relations() []Relation { return []Relation{RelationPlace, RelationColumn, RelationOwner} }

// NeighboursShown is how many projects of each relation stand on a project's page; the list shows the others.
const NeighboursShown = 6

// Neighbours are the projects of one relation. Filter selects all of them in the list, the project itself included, and
// Total counts what it selects; Projects are some of the others.
type Neighbours struct {
	Relation Relation
	Filter   ProjectFilter
	Total    int
	Projects []Project
}

// Shared is the filter that selects everything in a relation with the project; false where it has nothing to share, as a
// project without a district.
func (p Project) Shared(relation Relation) (ProjectFilter, bool) {
	switch relation {
	case RelationPlace:
		f := ProjectFilter{Categories: []string{p.TopCategory.Code}}
		for _, district := range p.Districts {
			f.Districts = append(f.Districts, district.Code)
		}
		return f, len(f.Districts) > 0
	case RelationColumn:
		return ProjectFilter{Columns: p.Columns}, len(p.Columns) > 0
	case RelationOwner:
		return ProjectFilter{Owners: []string{p.Owner.Code}}, true
	}
	return ProjectFilter{}, false
}
