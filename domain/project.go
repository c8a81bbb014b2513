package domain

import (
	"regexp"
	"time"
	"unicode/utf8"
)

// Project is one named undertaking of the plan, as a living record. Name, category, districts and mentions belong to
// the catalogue; everything else to the owner organisation and the Commission.
type Project struct {
	ID               int64
	Code             string
	Name             string
	Category         Category
	TopCategory      Category
	Districts        []District
	Owner            Organisation
	OwnerProvisional bool
	OwnerRule        OwnerRule
	Stage            Stage
	StageProvisional bool
	Standing         Standing
	StandingReason   string
	StandingDocument string
	StandingSince    Date
	SuccessorCode    string
	Target           Target
	Columns          []int
	Commitments      []string
	ConstructionUnit string
	NationalCode     string
	Summary          string
	InternalNote     string
	Estimate         Amount
	Budget           Amount
	FinalAccount     Amount
	SlipDays         *int
	NextMilestone    *Milestone
	Progress         *Percent // these three as the last approved report says
	ReportedPeriod   Period
	OwnerLight       Light
	RuleLight        RuleLight // empty until the rule was applied once
	Version          int64
	CreatedAt        time.Time
	UpdatedAt        time.Time
}

// Investment is the project's total by its most mature figure.
func (p Project) Investment() Amount { return MatureAmount(p.Estimate, p.Budget, p.FinalAccount) }

// ProjectDetail is a project with everything its page needs.
type ProjectDetail struct {
	Project
	Relatives
	Mentions   []Mention
	Milestones []Milestone
}

// ProjectChange is a partial edit: a nil field stays as it is.
type ProjectChange struct {
	ConstructionUnit    *string
	NationalCode        *string
	Summary             *string
	InternalNote        *string
	Estimate            *Amount
	Budget              *Amount
	FinalAccount        *Amount
	OwnerOrganisationID *int64
}

// Facts reports whether the change touches anything but the owner.
func (c ProjectChange) Facts() bool {
	c.OwnerOrganisationID = nil
	return c != ProjectChange{}
}

// nationalCode is the form of the national project code 项目代码 that the online approval platform issues:
// year-district-industry-two digits-six digits.
var nationalCode = regexp.MustCompile(`^20\d{2}-\d{6}-\d{2}-\d{2}-\d{6}$`)

// Check refuses values that no record may hold. Lengths are counted in characters, not bytes.
func (c ProjectChange) Check() error {
	if c == (ProjectChange{}) {
		return NothingToChange()
	}
	var fields []FieldError
	text := func(field string, value *string, limit int) {
		if value != nil && utf8.RuneCountInString(*value) > limit {
			fields = append(fields, FieldError{Field: field, Code: "too_long", Params: Params("max", limit)})
		}
	}
	text("constructionUnit", c.ConstructionUnit, 200)
	text("summary", c.Summary, 4000)
	text("internalNote", c.InternalNote, 4000)
	if c.NationalCode != nil && *c.NationalCode != "" && !nationalCode.MatchString(*c.NationalCode) {
		fields = append(fields, FieldError{Field: "nationalCode", Code: "national_code_form"})
	}
	return InvalidFields(fields)
}

// Apply gives the project as it is after the change; the owner is assigned separately.
func (c ProjectChange) Apply(p Project) Project {
	assign(&p.ConstructionUnit, c.ConstructionUnit)
	assign(&p.NationalCode, c.NationalCode)
	assign(&p.Summary, c.Summary)
	assign(&p.InternalNote, c.InternalNote)
	assign(&p.Estimate, c.Estimate)
	assign(&p.Budget, c.Budget)
	assign(&p.FinalAccount, c.FinalAccount)
	return p
}

func assign[T any](target, value *T) {
	if value != nil {
		*target = *value
	}
}

// Confirmation is a bureau's word that what was derived is right.
type Confirmation struct {
	Owner bool
	Stage bool
}

// Check refuses a confirmation that confirms nothing, or something no longer provisional.
func (c Confirmation) Check(p Project) error {
	if !c.Owner && !c.Stage {
		return Invalid("owner", "nothing_to_confirm")
	}
	if (c.Owner && !p.OwnerProvisional) || (c.Stage && !p.StageProvisional) {
		return Conflict("already_confirmed")
	}
	return nil
}
