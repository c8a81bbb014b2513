package domain

// Organisation is a body of the city's tree: the city, its bureaus, the district governments and theirs.
// Path holds the ids from the root down to the organisation itself; a district government covers its bureaus.
type Organisation struct {
	ID           int64
	Code         string
	Name         string
	NameEn       string
	ShortName    string
	ParentID     int64
	Kind         string
	Function     string
	DistrictCode string
	Path         []int64
	Projects     int
}

// District is an administrative district, or an area with bodies of its own that is none (Note says which).
type District struct {
	Code       string
	Name       string
	NameEn     string
	Kind       string
	ParentCode string
	Note       string
	Projects   int
}

// Category is a node of the two-level codelist. MunicipalOwner and DistrictFunction carry the rule by which the
// first owner of a project is derived.
type Category struct {
	Code             string
	ParentCode       string
	Name             string
	NameEn           string
	OC4IDSSector     string
	MunicipalOwner   string
	DistrictFunction string
	Projects         int
}
