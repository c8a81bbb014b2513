package domain

// OwnerRule names the rule by which a provisional owner was derived. The plan itself names no responsible unit.
type OwnerRule string

// The rules, in the order they are tried. OwnerRuleNone marks an owner that somebody decided.
const (
	OwnerRuleNone      OwnerRule = ""
	OwnerRuleStated    OwnerRule = "stated"    // the catalogue's readers named the body
	OwnerRuleDistrict  OwnerRule = "district"  // inside one district, in a category districts carry out themselves
	OwnerRuleMunicipal OwnerRule = "municipal" // the municipal bureau the category belongs to
)

// OwnerRules lists them, the empty one last.
func OwnerRules() []OwnerRule {
	return []OwnerRule{OwnerRuleStated, OwnerRuleDistrict, OwnerRuleMunicipal, OwnerRuleNone}
}

// OwnerDerivation is what the rule needs to know of one project.
type OwnerDerivation struct {
	Stated    string
	Category  Category
	Districts []string
}

// OwnerDirectory finds the bureau with a function in a district; "" when the district has none.
type OwnerDirectory func(districtCode, function string) (organisationCode string)

// Derive gives the provisional owner's organisation code and the rule that found it; an empty code means that no
// rule applies, which the catalogue check reports.
func (d OwnerDerivation) Derive(find OwnerDirectory) (organisationCode string, rule OwnerRule) {
	if d.Stated != "" {
		return d.Stated, OwnerRuleStated
	}
	if len(d.Districts) == 1 && d.Category.DistrictFunction != "" {
		if code := find(d.Districts[0], d.Category.DistrictFunction); code != "" {
			return code, OwnerRuleDistrict
		}
	}
	return d.Category.MunicipalOwner, OwnerRuleMunicipal
}

// FirstStage is the provisional stage of a project by the commitments of all its mentions: the most advanced one.
func FirstStage(commitments []Commitment) Stage {
	first := StageConceived
	for _, c := range commitments {
		if c.FirstStage.Reached(first) {
			first = c.FirstStage
		}
	}
	return first
}

// StrongestTarget is the strongest promise among the mentions; TargetNone when there is none.
func StrongestTarget(mentions []Mention) Target {
	for _, target := range Targets() {
		for _, m := range mentions {
			if m.Target == target {
				return target
			}
		}
	}
	return TargetNone
}
