package domain_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"zhongda/domain"
)

// TestEveryPromiseHasOneState goes through every target, stage, standing and doubt, by the definition of each state.
func TestEveryPromiseHasOneState(t *testing.T) {
	t.Parallel()
	reached := map[domain.Target]domain.Stage{
		domain.TargetCompleted: domain.StageCompleted, domain.TargetStarted: domain.StageImplementation,
		domain.TargetInProgress: domain.StageImplementation, domain.TargetPreliminary: domain.StagePreliminary,
	}
	seen := map[domain.PromiseState]int{}
	for _, target := range domain.Targets() {
		for _, stage := range domain.Stages() {
			for _, provisional := range []bool{false, true} {
				for _, standing := range domain.Standings() {
					got := target.Promise(stage, provisional, standing)
					goal, promised := reached[target]
					kept := promised && !provisional && stage.Reached(goal)
					exited := standing == domain.StandingExited
					require.Equal(t, !promised, got == domain.PromiseNone)
					require.Equal(t, kept, got == domain.PromiseKept)
					require.Equal(t, promised && exited && !kept, got == domain.PromiseLapsed)
					require.Equal(t, promised && provisional && !exited, got == domain.PromiseUnconfirmed)
					require.Equal(t, promised && !provisional && !kept && !exited, got == domain.PromiseOnTheWay)
					seen[got]++
				}
			}
		}
	}
	require.Len(t, seen, len(domain.PromiseStates()))
}
