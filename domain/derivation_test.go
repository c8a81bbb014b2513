package domain_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"zhongda/domain"
)

func TestTheOwnerIsDerivedByTheFirstRuleThatFits(t *testing.T) {
	bureaus := map[[2]string]string{{"baoan", "water"}: "baoan-water"}
	find := func(district, function string) string { return bureaus[[2]string{district, function}] }
	districts := domain.Category{MunicipalOwner: "city-water", DistrictFunction: "water"}
	municipal := domain.Category{MunicipalOwner: "city-rail"}
	for _, c := range []struct {
		name  string
		of    domain.OwnerDerivation
		owner string
		rule  domain.OwnerRule
	}{
		{"stated wins", domain.OwnerDerivation{Stated: "works", Category: districts, Districts: []string{"baoan"}}, "works", domain.OwnerRuleStated},
		{"inside one district", domain.OwnerDerivation{Category: districts, Districts: []string{"baoan"}}, "baoan-water", domain.OwnerRuleDistrict},
		{"a district without that bureau", domain.OwnerDerivation{Category: districts, Districts: []string{"futian"}}, "city-water", domain.OwnerRuleMunicipal},
		{"a corridor", domain.OwnerDerivation{Category: districts, Districts: []string{"baoan", "futian"}}, "city-water", domain.OwnerRuleMunicipal},
		{"the whole city", domain.OwnerDerivation{Category: districts}, "city-water", domain.OwnerRuleMunicipal},
		{"not the districts' business", domain.OwnerDerivation{Category: municipal, Districts: []string{"baoan"}}, "city-rail", domain.OwnerRuleMunicipal},
		{"no rule", domain.OwnerDerivation{}, "", domain.OwnerRuleMunicipal},
	} {
		owner, rule := c.of.Derive(find)
		require.Equal(t, c.owner, owner, c.name)
		require.Equal(t, c.rule, rule, c.name)
	}
}

func TestTheFirstStageIsTheMostAdvancedPromised(t *testing.T) {
	at := func(stages ...domain.Stage) (commitments []domain.Commitment) {
		for _, s := range stages {
			commitments = append(commitments, domain.Commitment{FirstStage: s})
		}
		return commitments
	}
	require.Equal(t, conceived, domain.FirstStage(nil))
	require.Equal(t, reserve, domain.FirstStage(at(reserve)))
	require.Equal(t, implementation, domain.FirstStage(at(reserve, implementation, preliminary)))
	require.Equal(t, implementation, domain.FirstStage(at(implementation, "", "unheard")))
}

func TestTheStrongestTargetCounts(t *testing.T) {
	named := func(targets ...domain.Target) (mentions []domain.Mention) {
		for _, target := range targets {
			mentions = append(mentions, domain.Mention{Target: target})
		}
		return mentions
	}
	require.Equal(t, domain.TargetNone, domain.StrongestTarget(nil))
	require.Equal(t, domain.TargetNone, domain.StrongestTarget(named(domain.TargetNone)))
	strongest := domain.Targets()
	for i := range strongest {
		for j := range strongest {
			require.Equal(t, strongest[min(i, j)], domain.StrongestTarget(named(strongest[i], strongest[j])))
		}
	}
}
