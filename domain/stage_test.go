package domain_test

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"zhongda/domain"
)

const (
	conceived      = domain.StageConceived
	reserve        = domain.StageReserve
	preliminary    = domain.StagePreliminary
	implementation = domain.StageImplementation
	completed      = domain.StageCompleted
	transferred    = domain.StageTransferred
)

// gates are the legal moves of a decided stage: one step forward, any step back.
func gates() map[domain.Stage][]domain.Stage {
	return map[domain.Stage][]domain.Stage{
		conceived:      {reserve},
		reserve:        {conceived, preliminary},
		preliminary:    {conceived, reserve, implementation},
		implementation: {conceived, reserve, preliminary, completed},
		completed:      {conceived, reserve, preliminary, implementation, transferred},
		transferred:    {conceived, reserve, preliminary, implementation, completed},
	}
}

func TestEveryStageMove(t *testing.T) {
	order := []domain.Stage{conceived, reserve, preliminary, implementation, completed, transferred}
	require.Equal(t, order, domain.Stages())
	for i, from := range order {
		require.Equal(t, gates()[from], from.LegalNext(false), from)
		for j, to := range order {
			whole := domain.StageMove{To: to, Reason: "可研已批复", Evidence: "深发改〔2026〕1号"}
			want := ""
			if !slices.Contains(gates()[from], to) {
				want = "illegal_stage_move"
			}
			require.Equal(t, want, refusal(t, whole.Check(from, false)), "%s → %s", from, to)

			derived := ""
			if from == to {
				derived = "illegal_stage_move"
			}
			require.Equal(t, derived, refusal(t, whole.Check(from, true)), "provisional %s → %s", from, to)

			bare := domain.StageMove{To: to, Reason: " \t", Evidence: "\n"}
			switch {
			case i == j:
			case j > i:
				require.Equal(t, "reason required, evidence evidence_required", refusal(t, bare.Check(from, true)), "%s → %s", from, to)
			default:
				require.Equal(t, "reason required", refusal(t, bare.Check(from, true)), "%s → %s", from, to)
			}
		}
	}
}

func TestAStageThatIsNoneMovesNowhere(t *testing.T) {
	for _, to := range []domain.Stage{"", "Reserve", "done"} {
		move := domain.StageMove{To: to, Reason: "r", Evidence: "e"}
		require.Equal(t, "to unknown_stage", refusal(t, move.Check(conceived, true)))
	}
	require.False(t, domain.Stage("done").Reached(conceived))
	require.False(t, completed.Reached("done"))
}

func TestEveryStandingMove(t *testing.T) {
	const active, paused, exited = domain.StandingActive, domain.StandingPaused, domain.StandingExited
	for _, c := range []struct {
		from, to          domain.Standing
		reason, document  string
		successor, refuse string
	}{
		{active, paused, "资金未到位", "", "", ""},
		{paused, active, "资金到位", "", "", ""},
		{active, exited, "撤销", "会议纪要", "", ""},
		{paused, exited, "合并", "会议纪要", "P-2", ""},

		{active, active, "r", "d", "", "illegal_standing_move"},
		{paused, paused, "r", "d", "", "illegal_standing_move"},
		{exited, exited, "r", "d", "", "illegal_standing_move"},
		{exited, active, "r", "d", "", "illegal_standing_move"},
		{exited, paused, "r", "d", "", "illegal_standing_move"},

		{active, paused, " ", "", "", "reason required"},
		{active, exited, "", " ", "", "reason required, document document_required"},
		{active, exited, "撤销", "", "", "document document_required"},
		{active, paused, "暂停", "", "P-2", "successorCode successor_only_on_exit"},
		{paused, active, "", "", "P-2", "reason required, successorCode successor_only_on_exit"},
		{active, "gone", "r", "d", "", "to unknown_standing"},
		{active, "", "r", "d", "", "to unknown_standing"},
	} {
		move := domain.StandingMove{To: c.to, Reason: c.reason, Document: c.document, SuccessorCode: c.successor}
		require.Equal(t, c.refuse, refusal(t, move.Check(c.from)), "%+v", c)
	}
}

func TestAPromiseIsKeptFromItsGoalOn(t *testing.T) {
	kept := map[domain.Target][]domain.Stage{
		domain.TargetCompleted:   {completed, transferred},
		domain.TargetStarted:     {implementation, completed, transferred},
		domain.TargetInProgress:  {implementation, completed, transferred},
		domain.TargetPreliminary: {preliminary, implementation, completed, transferred},
		domain.TargetNone:        nil,
		"unheard":                nil,
	}
	for target, stages := range kept {
		for _, stage := range domain.Stages() {
			require.Equal(t, slices.Contains(stages, stage), target.KeptBy(stage), "%s at %s", target, stage)
		}
		require.False(t, target.KeptBy("unheard"), target)
	}
}
