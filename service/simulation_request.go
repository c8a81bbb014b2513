package service

import (
	"context"
	"fmt"

	"zhongda/domain"
)

// planStory plans what the project asks of the Commission beside its reports.
func (p *simulatedProject) planStory() {
	begins := p.about.From.First()
	later := takeOverDays + 5 + p.course.Days(max(15, 20*(p.Months-2)))
	switch p.course.Story {
	case domain.StoryGate:
		if day, ok := p.course.Gate(p.Stage, p.about.From, p.Months); ok {
			p.gate = day
			p.when(day, 0, p.askForGate)
		}
	case domain.StoryResumed, domain.StoryPaused:
		p.when(begins, later, p.askForPause)
	case domain.StoryExit:
		p.when(begins, later, p.askForExit)
	case domain.StoryOrdinary:
	}
	if turn := 1 + p.course.Days(p.Months); p.course.Slow(turn) && p.course.Chance(60) {
		p.when(p.about.From.Add(turn).First(), 26, p.askForBaseline)
	}
}

// ask files a request as a bureau does: the editor drafts, the lead submits.
func (p *simulatedProject) ask(ctx context.Context, kind domain.RequestKind, fill func(RequestView) domain.RequestChange) (RequestView, error) {
	editor := acting(ctx, p.staff.editor)
	view, err := p.Service.StartRequest(editor, p.ID, kind)
	if err != nil {
		return view, err
	}
	if view, err = p.Service.SaveRequest(editor, view.ID, view.Version, fill(view)); err != nil {
		return view, err
	}
	return p.Service.SubmitRequest(acting(ctx, p.staff.lead), view.ID, view.Version)
}

// rule is the Commission's word on a request some days later, and what follows from an approval.
func (p *simulatedProject) rule(days int, asked RequestView, action domain.RequestAction, comment string, then func()) {
	p.soon(days, func(ctx context.Context) error {
		_, err := p.Service.DecideRequest(acting(ctx, p.reviewer), RequestDecision{
			ID: asked.ID, Version: asked.Version, Hash: asked.Hash(), Action: action, Comment: comment,
		})
		if err == nil && then != nil {
			then()
		}
		return err
	})
}

func (p *simulatedProject) askForGate(ctx context.Context) error {
	asked, err := p.ask(ctx, domain.RequestGate, func(view RequestView) domain.RequestChange {
		reason := simulatedMark + "本阶段工作已完成，申请进入下一阶段"
		return domain.RequestChange{Reason: &reason, Items: p.evidence(view.Content.Items)}
	})
	if err == nil {
		p.rule(2+p.course.Days(3), asked, domain.RequestApprove, "", nil)
	}
	return err
}

// evidence answers every line of a checklist with a paper.
func (p *simulatedProject) evidence(items []domain.GateAnswer) []domain.GateAnswer {
	today := p.Service.Today()
	for i := range items {
		items[i].Verdict = domain.GateYes
		items[i].Document = domain.Document{
			Name: simulatedMark + items[i].Name, Number: fmt.Sprintf("模拟〔%d〕%d号", today.Time().Year(), 100+p.course.Days(900)), Date: today,
		}
	}
	return items
}

// simulatedPauseDays is how long a pause lasts that ends.
const simulatedPauseDays = 60

func (p *simulatedProject) askForPause(ctx context.Context) error {
	asked, err := p.ask(ctx, domain.RequestPause, func(RequestView) domain.RequestChange {
		reason, document := simulatedMark+"线位与在编规划冲突，待规划稳定后恢复", simulatedMark+"市政府专题会议纪要"
		until := domain.DateOf(p.Service.Today().Time().AddDate(0, 0, simulatedPauseDays))
		return domain.RequestChange{Reason: &reason, Document: &document, ExpectedUntil: &until}
	})
	if err != nil {
		return err
	}
	p.rule(3, asked, domain.RequestApprove, "", func() {
		p.paused = true
		if p.course.Story == domain.StoryResumed {
			p.soon(simulatedPauseDays, p.askToResume)
		}
	})
	return nil
}

func (p *simulatedProject) askToResume(ctx context.Context) error {
	asked, err := p.ask(ctx, domain.RequestResume, func(RequestView) domain.RequestChange {
		reason, document := simulatedMark+"规划已稳定，恢复推进", simulatedMark+"规划条件复函"
		return domain.RequestChange{Reason: &reason, Document: &document}
	})
	if err == nil {
		p.rule(3, asked, domain.RequestApprove, "", func() { p.paused = false })
	}
	return err
}

func (p *simulatedProject) askForExit(ctx context.Context) error {
	asked, err := p.ask(ctx, domain.RequestExit, func(RequestView) domain.RequestChange {
		reason, document, kind := simulatedMark+"建设必要性已由其他项目覆盖，不再实施", simulatedMark+"市政府常务会议纪要", domain.ExitWithdrawn
		return domain.RequestChange{Reason: &reason, Document: &document, ExitKind: &kind}
	})
	if err == nil {
		p.rule(5, asked, domain.RequestApprove, "", func() { p.gone = true })
	}
	return err
}

// askForBaseline wants the acceptance to be measured against what is expected of it now. Two in three are approved, most
// others returned; what is asked in the last days is still waiting.
func (p *simulatedProject) askForBaseline(ctx context.Context) error {
	m, known := p.milestones[domain.MilestoneAcceptance]
	if !known || m.Forecast == nil || *m.Forecast == *m.Baseline {
		return nil
	}
	asked, err := p.ask(ctx, domain.RequestRebaseline, func(RequestView) domain.RequestChange {
		reason := simulatedMark + "前置条件延后，原竣工时间已不可达，申请调整基准"
		lines := []domain.Rebaseline{{
			MilestoneID: m.ID, After: m.Forecast, ReasonCode: p.course.Reason, ReasonText: simulatedMark + "受前期条件影响，竣工验收时间相应顺延",
		}}
		return domain.RequestChange{Reason: &reason, Baselines: &lines}
	})
	if err != nil {
		return err
	}
	if days := 3 + p.course.Days(5); p.course.Chance(68) {
		p.rule(days, asked, domain.RequestApprove, "", nil)
	} else {
		p.rule(days, asked, domain.RequestReturn, "请补充赶工措施，说明顺延时间的测算依据。", nil)
	}
	return nil
}
