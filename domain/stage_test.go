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

// backward are the moves of a decided stage that the Commission makes by itself: any step back, none forward.
func backward() map[domain.Stage][]domain.Stage {
	return map[domain.Stage][]domain.Stage{
		conceived:      {},
		reserve:        {conceived},
		preliminary:    {conceived, reserve},
		implementation: {conceived, reserve, preliminary},
		completed:      {conceived, reserve, preliminary, implementation},
		transferred:    {conceived, reserve, preliminary, implementation, completed},
	}
}

func TestEveryStageMove(t *testing.T) {
	order := []domain.Stage{conceived, reserve, preliminary, implementation, completed, transferred}
	require.Equal(t, order, domain.Stages())
	for i, from := range order {
		require.Equal(t, backward()[from], from.LegalNext(false), from)
		next, ok := from.Next()
		require.Equal(t, i < len(order)-1, ok, from)
		require.Equal(t, order[min(i+1, len(order)-1)], next, from)
		for j, to := range order {
			whole := domain.StageMove{To: to, Reason: "阶段有误", Evidence: "深发改〔2026〕1号"}
			want, derived := "", ""
			switch {
			case j > i:
				want = "stage_through_gate"
			case j == i:
				want, derived = "illegal_stage_move", "illegal_stage_move"
			}
			require.Equal(t, want, refusal(t, whole.Check(from, false)), "%s → %s", from, to)
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
	_, ok := domain.Stage("done").Next()
	require.False(t, ok)
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
	const merged, split, withdrawn = domain.ExitMerged, domain.ExitSplit, domain.ExitWithdrawn
	for _, c := range []struct {
		from, to         domain.Standing
		reason, document string
		kind             domain.ExitKind
		successors       []string
		refuse           string
	}{
		{active, paused, "资金未到位", "", "", nil, ""},
		{paused, active, "资金到位", "", "", nil, ""},
		{active, exited, "撤销", "会议纪要", withdrawn, nil, ""},
		{paused, exited, "合并", "会议纪要", merged, []string{"P-2"}, ""},
		{paused, exited, "拆分", "会议纪要", split, []string{"P-2", "P-3"}, ""},

		{active, active, "r", "d", "", nil, "illegal_standing_move"},
		{paused, paused, "r", "d", "", nil, "illegal_standing_move"},
		{exited, exited, "r", "d", withdrawn, nil, "illegal_standing_move"},
		{exited, active, "r", "d", "", nil, "illegal_standing_move"},
		{exited, paused, "r", "d", "", nil, "illegal_standing_move"},

		{active, paused, " ", "", "", nil, "reason required"},
		{active, exited, "", " ", withdrawn, nil, "reason required, document document_required"},
		{active, exited, "撤销", "d", "", nil, "exitKind required"},
		{active, exited, "合并", "d", merged, nil, "successors one_successor"},
		{active, exited, "更名", "d", domain.ExitRenamed, []string{"P-2", "P-3"}, "successors one_successor"},
		{active, exited, "拆分", "d", split, []string{"P-2"}, "successors split_needs_two"},
		{active, exited, "拆分", "d", split, []string{"P-2", "P-2"}, "successors[1] successor_twice"},
		{active, exited, "取消", "d", withdrawn, []string{"P-2"}, "successors withdrawn_has_no_successor"},
		{active, exited, "合并", "d", merged, []string{"P-1"}, "successors[0] successor_is_itself"},
		{active, paused, "暂停", "", "", []string{"P-2"}, "exitKind successor_only_on_exit"},
		{paused, active, "", "", merged, nil, "reason required, exitKind successor_only_on_exit"},
		{active, "gone", "r", "d", "", nil, "to unknown_standing"},
		{active, "", "r", "d", "", nil, "to unknown_standing"},
	} {
		move := domain.StandingMove{To: c.to, Reason: c.reason, Document: c.document, ExitKind: c.kind, Successors: c.successors}
		require.Equal(t, c.refuse, refusal(t, move.Check(c.from, "P-1")), "%+v", c)
	}
	until := domain.StandingMove{To: active, Reason: "r", Until: domain.NewDate(2026, 9, 1)}
	require.Equal(t, "expectedUntil until_only_on_pause", refusal(t, until.Check(paused, "P-1")))
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
