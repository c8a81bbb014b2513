package service

import (
	"context"
	"fmt"

	"zhongda/domain"
)

// simulatedProject is one project while it is simulated.
type simulatedProject struct {
	*simulation
	domain.Project
	course     domain.Course
	staff      bureauStaff
	reviewer   domain.User
	milestones map[domain.MilestoneKind]domain.Milestone
	report     ReportView
	gate       domain.Date // when it is ready for the next stage; zero never
	paused     bool
	gone       bool // exited: nothing more happens
}

// when plans an act of the project, which happens unless the project has ended by then.
func (p *simulatedProject) when(day domain.Date, days int, do func(ctx context.Context) error) {
	p.at(day, days, p.course.Minutes(), func(ctx context.Context) error {
		if p.gone {
			return nil
		}
		return do(ctx)
	})
}

// soon plans an act some days after this moment.
func (p *simulatedProject) soon(days int, do func(ctx context.Context) error) {
	p.when(p.Service.Today(), days, do)
}

// plan makes up what will happen to a project: its bureau takes it over in the first days, then reports as it does.
func (m *simulation) plan(project domain.Project) {
	p := &simulatedProject{
		simulation: m, Project: project, course: domain.NewCourse(m.Seed, project.Code, project.Stage, m.about.From),
		staff: m.staff[project.Owner.ID], milestones: map[domain.MilestoneKind]domain.Milestone{},
	}
	p.reviewer = m.reviewers[p.course.Days(len(m.reviewers))]
	m.projects[p.ID] = p
	p.when(m.about.From.First(), p.course.Days(takeOverDays), p.takeOver)
	p.planStory()
	p.planMoney()
	p.planIssue()
	for turn := range m.Months {
		period := m.about.From.Add(turn)
		if cycle := p.cycle(period); cycle.Asks(period) {
			p.planReport(turn, period, cycle.Due(period))
		}
	}
}

// cycle is the one of the stage in which a period ends.
func (p *simulatedProject) cycle(period domain.Period) domain.ReportCycle {
	stage := p.Stage
	if !p.gate.IsZero() && !p.gate.After(period.Last()) {
		stage, _ = stage.Next()
	}
	return p.cycles[stage]
}

// takeOver confirms what was derived, and enters what the bureau knows of its project.
func (p *simulatedProject) takeOver(ctx context.Context) error {
	version, err := p.confirm(ctx)
	if err != nil {
		return err
	}
	estimate, err := wholeYuan(p.course.Estimate)
	if err != nil {
		return err
	}
	editor := acting(ctx, p.staff.editor)
	change := domain.ProjectChange{ConstructionUnit: &p.course.Unit, Estimate: &estimate}
	if p.Stage.Reached(domain.StageImplementation) && p.course.Chance(80) {
		budget, err := wholeYuan(p.course.Estimate / 50 * 49)
		if err != nil {
			return err
		}
		change.Budget = &budget
	}
	if _, err := p.Service.UpdateProject(editor, p.ID, version, change); err != nil {
		return err
	}
	today := p.Service.Today()
	for _, step := range p.course.Steps() {
		step.ProjectID = p.ID
		late := step.Kind == domain.MilestoneStructure || step.Kind == domain.MilestoneAcceptance
		if step.Baseline.Date.Before(today) && (!late || !p.course.Slow(0)) {
			step.Actual = step.Baseline.Date
		} else {
			step.Forecast = step.Baseline
		}
		created, err := p.Service.CreateMilestone(editor, step)
		if err != nil {
			return err
		}
		p.milestones[step.Kind] = created
	}
	return nil
}

func (p *simulatedProject) confirm(ctx context.Context) (version int64, err error) {
	c := domain.Confirmation{Owner: p.OwnerProvisional, Stage: p.StageProvisional}
	if c == (domain.Confirmation{}) {
		return p.Version, nil
	}
	view, err := p.Service.ConfirmProject(acting(ctx, p.staff.lead), p.ID, p.Version, c)
	return view.Version, err
}

func wholeYuan(yuan int64) (domain.Amount, error) {
	money, err := domain.ParseMoney(fmt.Sprint(yuan))
	return domain.NewAmount(money), err
}

// The days within which a bureau takes its projects over, and those after the end of a period on which things are done.
const (
	takeOverDays = 20
	firstDays    = 4 // within these a report is written and submitted
	decisionDays = 3 // within these after the due day it is decided
	mendingDays  = 2 // within these a returned one is submitted again
	lateDays     = 15

	slowApprovalDays = 60 // by which an approval of a slow project is late
)

// planReport plans one period's report from the first word to the last decision.
func (p *simulatedProject) planReport(turn int, period domain.Period, due domain.Date) {
	habit := p.course.Habit(turn)
	open := turn == p.Months-1 // of the last period something is left to do for whoever tries the product
	switch draw := p.course.Days(100); {
	case habit == domain.HabitSilent:
		return
	case open && draw < 8:
		p.at(period.Add(1).First(), p.course.Days(firstDays), 0, func(ctx context.Context) error { return p.write(ctx, turn, period) })
		return
	case open && draw < 35:
		habit = domain.HabitWaiting
	case open && draw < 40:
		habit = domain.HabitUnmended
	}
	begins := period.Add(1).First()
	written := p.course.Days(firstDays)
	submitted, decided := written, due.DaysSince(begins)+1+p.course.Days(decisionDays)
	if habit == domain.HabitLate {
		submitted = due.DaysSince(begins) + 1 + p.course.Days(lateDays)
		decided = submitted + 1 + p.course.Days(decisionDays)
	}
	clock := p.course.Minutes() / 4
	p.at(begins, written, clock, func(ctx context.Context) error { return p.write(ctx, turn, period) })
	p.at(begins, submitted, 2*clock+1, p.submit)
	if habit == domain.HabitWaiting {
		return
	}
	if habit == domain.HabitReturned || habit == domain.HabitUnmended {
		p.at(begins, decided, clock, p.sendBack)
	}
	if habit == domain.HabitUnmended {
		return
	}
	if habit == domain.HabitReturned {
		decided += 1 + p.course.Days(mendingDays)
		p.at(begins, decided, clock, p.mend)
		decided++
	}
	p.at(begins, decided, 3*clock+1, p.approve)
	if habit == domain.HabitCorrected {
		p.at(begins, decided+1, clock, p.correct)
		p.at(begins, decided+1, 2*clock+1, p.submit)
		p.at(begins, decided+2, clock, p.approve)
	}
}

// write starts the report, prefilled, and fills it in.
func (p *simulatedProject) write(ctx context.Context, turn int, period domain.Period) (err error) {
	if p.report = (ReportView{}); p.gone || p.paused && period.Month%3 != 0 {
		return nil // a paused one says once a quarter how things are
	}
	editor := acting(ctx, p.staff.editor)
	if p.report, err = p.Service.StartReport(editor, p.ID, period); err != nil {
		return err
	}
	change, err := p.content(turn, period)
	if err != nil {
		return err
	}
	p.report, err = p.Service.SaveReport(editor, p.report.ID, p.report.Version, change)
	return err
}

// idle reports whether there is no report to go on with.
func (p *simulatedProject) idle() bool { return p.gone || p.report.ID == 0 }

func (p *simulatedProject) submit(ctx context.Context) (err error) {
	if p.idle() {
		return nil
	}
	p.report, err = p.Service.SubmitReport(acting(ctx, p.staff.lead), p.report.ID, p.report.Version)
	return err
}

func (p *simulatedProject) approve(ctx context.Context) error {
	return p.decide(ctx, domain.ReportApprove, "")
}

func (p *simulatedProject) sendBack(ctx context.Context) error {
	return p.decide(ctx, domain.ReportReturn, "请补充存在问题和下步计划的具体时间安排。")
}

func (p *simulatedProject) decide(ctx context.Context, action domain.ReportAction, comment string) (err error) {
	if p.idle() {
		return nil
	}
	p.report, err = p.Service.DecideReport(acting(ctx, p.reviewer), ReportDecision{
		ID: p.report.ID, Version: p.report.Version, Hash: p.report.Hash(), Action: action, Comment: comment,
	})
	return err
}

// mend answers a return and submits again.
func (p *simulatedProject) mend(ctx context.Context) (err error) {
	if p.idle() {
		return nil
	}
	steps := simulatedMark + "下月 20 日前完成当前节点，每周报送进度。"
	change := domain.ReportChange{NextSteps: &steps}
	if p.report, err = p.Service.SaveReport(acting(ctx, p.staff.editor), p.report.ID, p.report.Version, change); err != nil {
		return err
	}
	return p.submit(ctx)
}

// correct opens the next revision of what was approved, and says what was wrong.
func (p *simulatedProject) correct(ctx context.Context) (err error) {
	if p.idle() {
		return nil
	}
	p.report, err = p.Service.CorrectReport(acting(ctx, p.staff.lead), p.report.ID, "存在问题一栏漏填，现予补充更正")
	if err != nil {
		return err
	}
	problems := simulatedMark + "部分管线迁改协调进度偏慢，已报区里统筹。"
	p.report, err = p.Service.SaveReport(acting(ctx, p.staff.editor), p.report.ID, p.report.Version, domain.ReportChange{Problems: &problems})
	return err
}

// simulatedMark begins every text that was made up.
const simulatedMark = "【模拟】"

// content is what the bureau says of a period. The sums go on from the last approved report, so that the cross-checks
// find nothing but what a real delay leaves.
func (p *simulatedProject) content(turn int, period domain.Period) (change domain.ReportChange, err error) {
	tenths := p.course.Progress(period, turn)
	progress, err := domain.ParsePercent(fmt.Sprintf("%d.%d", tenths/10, tenths%10))
	if err != nil {
		return change, err
	}
	percent := &progress
	total := p.course.Spent(period, turn)
	month := total - p.course.Spent(period.Add(-1), max(turn-1, 0))
	year := total - p.course.Spent(domain.Period{Year: period.Year - 1, Month: 12}, max(turn-int(period.Month), 0))
	light := p.course.OwnLight(turn)
	words := p.words(turn, tenths)
	change = domain.ReportChange{
		Progress: &percent, ProgressText: &words.progress, NextSteps: &words.next, Problems: &words.problems,
		Explanation: &words.explanation, Light: &light, LightText: &words.light,
	}
	for _, sum := range []struct {
		into **domain.Amount
		yuan int64
	}{{&change.Month, month}, {&change.Year, year}, {&change.Total, total}, {&change.Funds, total + total/10}} {
		amount, err := wholeYuan(max(sum.yuan, 0))
		if err != nil {
			return change, err
		}
		*sum.into = &amount
	}
	change.Milestones = p.dates(turn)
	return change, nil
}

type simulatedWords struct{ progress, next, problems, light, explanation string }

func (p *simulatedProject) words(turn, tenths int) simulatedWords {
	w := simulatedWords{
		progress: "前期工作按计划推进", next: "继续推进前期审批", explanation: "按批复的前期工作经费和上期累计数核对填报",
	}
	switch {
	case tenths >= 900:
		w.progress, w.next = "设备安装和装修收尾", "组织联合调试和竣工验收准备"
	case tenths >= 400:
		w.progress, w.next = "主体结构施工", "继续主体结构施工，同步安排机电安装"
	case tenths > 0:
		w.progress, w.next = "基础施工", "完成基础施工，转入主体结构"
	}
	if p.course.Slow(turn) {
		w.problems, w.light = "节点滞后，正协调解决", "当前节点较计划滞后，已制定赶工措施"
	}
	for _, text := range []*string{&w.progress, &w.next, &w.problems, &w.light, &w.explanation} {
		if *text != "" {
			*text = simulatedMark + *text
		}
	}
	return w
}

// dates are the milestones that were reached since the last report, and those of a slow project whose dates moved. Steps
// of a project in time are reached on their day.
func (p *simulatedProject) dates(turn int) (reported []domain.ReportedMilestone) {
	today := p.Service.Today()
	for _, kind := range domain.MilestoneKinds() {
		m, known := p.milestones[kind]
		if !known || !m.Actual.IsZero() {
			continue
		}
		said := domain.ReportedMilestone{MilestoneID: m.ID, Forecast: m.Forecast}
		reached, expected := p.step(m, turn)
		switch {
		case !reached.IsZero() && reached.Before(today):
			said.Actual, m.Actual = reached, reached
		case expected != nil && *expected != *m.Forecast:
			said.Forecast, m.Forecast = expected, expected
			said.ReasonCode, said.ReasonText = p.course.Reason, simulatedMark+"受前期条件影响，预计完成时间顺延"
		default:
			continue
		}
		p.milestones[kind] = m
		reported = append(reported, said)
	}
	return reported
}

// step is the day on which a milestone is really reached, as far as it is known, and when a slow project expects it.
func (p *simulatedProject) step(m domain.Milestone, turn int) (reached domain.Date, expected *domain.PlanDate) {
	switch slow := p.course.Slow(turn); {
	case slow && m.Kind == domain.MilestoneAcceptance:
		at := p.course.Expected(turn)
		return reached, &at
	case slow && m.Kind == domain.MilestoneStart:
		begins := p.course.Begins()
		return begins, &domain.PlanDate{Date: begins, Precision: domain.PrecisionDay}
	case slow && m.Kind == domain.MilestoneStructure:
		return reached, nil
	case slow:
		return domain.DateOf(m.Baseline.Date.Time().AddDate(0, 0, slowApprovalDays)), nil
	}
	return m.Baseline.Date, nil
}
