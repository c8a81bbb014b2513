package domain

import "slices"

// Catalogue is a plan as reviewable text: the plan, its codelists, its named projects and every place that names them.
// It owns exactly these; what bureaus and the Commission enter lives in the records only.
type Catalogue struct {
	Plan          Plan
	Columns       []Column
	Indicators    []Indicator
	Commitments   []Commitment
	Districts     []District
	Shapes        []DistrictShape
	Organisations []CatalogueOrganisation
	Categories    []Category
	Projects      []CatalogueProject
	Mentions      []CatalogueMention

	lines map[string][]int
}

// CatalogueOrganisation is an organisation whose parent is still named by code. Initials, by which it is found, come from
// the service floor.
type CatalogueOrganisation struct {
	Organisation
	ParentCode string
	Initials   string
}

// projectNameMax is the longest name of a project, in characters.
const projectNameMax = 200

// CatalogueProject is a named project as its readers wrote it down. Owner is the body they named, usually none.
type CatalogueProject struct {
	Code      string
	Name      string
	Category  string
	Districts []string
	Owner     string
	Note      string
}

// CatalogueMention is a mention whose project is still named by code.
type CatalogueMention struct {
	Mention
	ProjectCode string
}

// DerivedProject is a catalogue project with what the written rules make of it. Owner and stage are provisional; the
// target is the strongest promise among the mentions; Initials, by which a name is found, come from the service floor.
type DerivedProject struct {
	CatalogueProject
	Initials  string
	OwnerCode string
	OwnerRule OwnerRule
	Stage     Stage
	Target    Target
}

// Derive applies the rules of derivation to every project, in catalogue order. An OwnerCode stays empty where no rule
// applies.
func (c Catalogue) Derive() []DerivedProject {
	categories := make(map[string]Category, len(c.Categories))
	for _, category := range c.Categories {
		categories[category.Code] = category
	}
	mentions, commitments := c.mentionsByProject()
	find := c.ownerDirectory()
	derived := make([]DerivedProject, 0, len(c.Projects))
	for _, p := range c.Projects {
		facts := OwnerDerivation{Stated: p.Owner, Category: categories[p.Category], Districts: p.Districts}
		d := DerivedProject{CatalogueProject: p, Stage: FirstStage(commitments[p.Code]), Target: StrongestTarget(mentions[p.Code])}
		d.OwnerCode, d.OwnerRule = facts.Derive(find)
		derived = append(derived, d)
	}
	return derived
}

func (c Catalogue) mentionsByProject() (map[string][]Mention, map[string][]Commitment) {
	byVerb := make(map[string]Commitment, len(c.Commitments))
	for _, commitment := range c.Commitments {
		byVerb[commitment.Verb] = commitment
	}
	mentions := make(map[string][]Mention, len(c.Projects))
	commitments := make(map[string][]Commitment, len(c.Projects))
	for _, m := range c.Mentions {
		mentions[m.ProjectCode] = append(mentions[m.ProjectCode], m.Mention)
		commitments[m.ProjectCode] = append(commitments[m.ProjectCode], byVerb[m.Commitment])
	}
	return mentions, commitments
}

// ownerDirectory knows the districts' own bureaus. Municipal ones are found through the category instead.
func (c Catalogue) ownerDirectory() OwnerDirectory {
	type post struct{ district, function string }
	bureaus := make(map[post]string)
	for _, o := range c.Organisations {
		if o.districtBureau() {
			bureaus[post{o.DistrictCode, o.Function}] = o.Code
		}
	}
	return func(district, function string) string { return bureaus[post{district, function}] }
}

func (o CatalogueOrganisation) districtBureau() bool {
	return o.Kind == OrganisationDistrictBureau && o.Function != "" && o.DistrictCode != ""
}

// Due is the day the plan's promises fall due: its horizon, which is a whole year where it closes one.
func (p Plan) Due() (PlanDate, error) {
	if yearEnd, err := NewPlanDate(p.Horizon, PrecisionYear); err != nil || yearEnd.Date == p.Horizon {
		return yearEnd, err
	}
	return NewPlanDate(p.Horizon, PrecisionDay)
}

// PlanCommitmentName names the milestone that is the plan's own promise.
func PlanCommitmentName(target Target) string {
	return "规划承诺：" + map[Target]string{
		TargetCompleted: "建成", TargetStarted: "开工建设", TargetInProgress: "推进建设", TargetPreliminary: "开展前期工作",
	}[target]
}

// LoadReport says what one loading did, table by table. Orphaned are records whose rows left the catalogue
// ("project/P-001"): they stay, because nothing is ever deleted, and somebody has to decide about them.
type LoadReport struct {
	Tables   []TableLoad
	Orphaned []string
}

// TableLoad counts the rows of one table. Removed rows occur only where a row is no record of its own: a mention, or
// a project's district.
type TableLoad struct {
	Table     string
	Inserted  int
	Updated   int
	Unchanged int
	Removed   int
}

// Changed reports whether the loading wrote anything.
func (r LoadReport) Changed() bool {
	return slices.ContainsFunc(r.Tables, func(t TableLoad) bool { return t.Inserted+t.Updated+t.Removed > 0 })
}
