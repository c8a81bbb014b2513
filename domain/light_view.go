package domain

import (
	"strings"
	"time"
	"unicode/utf8"
)

// Disagreement says in which way the lights of a project contradict each other.
type Disagreement string

// The disagreements: open while the owner's light is milder than the rule's and the Commission has not said what holds
// of this very pair; differs where the Commission's light is another than the owner's.
const (
	DisagreementOpen    Disagreement = "open"
	DisagreementDiffers Disagreement = "differs"
)

// Disagreements lists them.
func Disagreements() []Disagreement { return []Disagreement{DisagreementOpen, DisagreementDiffers} }

// LightHistoryLimit is how many changes of light a project's page looks back: years, for three lights that change by
// the month.
const LightHistoryLimit = 300

// SaidLight is a light that a person gave, with words; Light is empty where nobody did.
type SaidLight struct {
	Light Light
	Words string
	By    string
	At    time.Time
}

// ProjectLights are the three lights of a project. Settled says that the reviewer's word is about the rule's and the
// owner's light as they still are. JudgedAt is zero before the first verdict.
type ProjectLights struct {
	Project  Project
	Verdict  Verdict
	JudgedAt time.Time
	Owner    SaidLight
	Reviewer SaidLight
	Settled  bool
}

// SeenLights are what a reviewer had on screen; a review is bound to it.
type SeenLights struct {
	Rule     RuleLight
	Owner    Light
	Reviewer Light
}

// Seen are the three lights alone.
func (l ProjectLights) Seen() SeenLights {
	return SeenLights{Rule: l.Project.RuleLight, Owner: l.Project.OwnerLight, Reviewer: l.Reviewer.Light}
}

// Disagreements lists the ways in which the three lights contradict each other.
func (l ProjectLights) Disagreements() []Disagreement {
	var found []Disagreement
	if l.Project.RuleLight.redderThan(l.Project.OwnerLight) && !l.Settled {
		found = append(found, DisagreementOpen)
	}
	if l.Reviewer.Light != "" && l.Owner.Light != "" && l.Reviewer.Light != l.Owner.Light {
		found = append(found, DisagreementDiffers)
	}
	return found
}

// redderThan compares with what a person said; where either said nothing, neither is redder.
func (l RuleLight) redderThan(said Light) bool {
	switch l { //nolint:exhaustive // the other verdicts are milder than any light, or none
	case RuleRed:
		return said == LightGreen || said == LightYellow
	case RuleYellow:
		return said == LightGreen
	}
	return false
}

// reviewRunes are how many characters a reviewer's words have at least and at most.
const (
	reviewRunesMin = 5
	reviewRunesMax = 1000
)

// CheckReview refuses a light without words.
func (l SaidLight) CheckReview() error {
	if l.Light == "" {
		return Invalid("light", "required")
	}
	switch words := utf8.RuneCountInString(strings.TrimSpace(l.Words)); {
	case words < reviewRunesMin:
		return Invalid("text", "min_chars", "limit", reviewRunesMin)
	case words > reviewRunesMax:
		return Invalid("text", "max_chars", "limit", reviewRunesMax)
	}
	return nil
}
