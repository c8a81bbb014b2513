package repository

import (
	"context"
	"slices"

	"zhongda/domain"
)

type columnCell struct {
	Number   int
	Title    string
	TitleEn  string
	Chapter  string
	Section  string
	Target   domain.Target
	Stage    domain.Stage
	Derived  bool // the stage was derived from the commitment and nobody confirmed it
	Standing domain.Standing
	Projects int
	Mentions int
}

// columns reads every column's promises against the stages reached. A project named twice in a column counts once, by
// the stronger promise. Whether a promise is kept is the domain's to say.
func (p pipelinePart) columns(ctx context.Context) error {
	const statement = `, promise AS (
			SELECT column_number, project_id, count(*) AS mentions, min(array_position(CAST(@targets AS text[]), target)) AS strongest
			FROM plan_mention GROUP BY column_number, project_id)
		SELECT c.number, c.title, c.title_en, c.chapter, c.section, (CAST(@targets AS text[]))[promise.strongest] AS target,
			m.stage, m.standing, coalesce(m.stage_provisional, false) AS derived, count(m.id) AS projects, sum(promise.mentions) AS mentions
		FROM plan_column c
		LEFT JOIN (promise JOIN matching m ON m.id = promise.project_id) ON promise.column_number = c.number
		GROUP BY c.number, promise.strongest, m.stage, m.standing, m.stage_provisional ORDER BY c.number`
	var cells []columnCell
	if err := p.withoutPromises().scan(ctx, statement, arguments{"targets": array[string](texts(domain.Targets()))}, &cells); err != nil {
		return err
	}
	for _, cell := range cells {
		last := len(p.into.ByColumn) - 1
		if last < 0 || p.into.ByColumn[last].Column.Number != cell.Number {
			p.into.ByColumn = append(p.into.ByColumn, cell.emptyLine())
			last++
		}
		if cell.Projects > 0 && (len(p.promises) == 0 || slices.Contains(p.promises, cell.state())) {
			cell.addTo(&p.into.ByColumn[last])
		}
	}
	return nil
}

// withoutPromises leaves it to each column to judge by its own promise, as the list does that chooses the column.
func (p pipelinePart) withoutPromises() pipelinePart {
	p.filter = p.filter.except(fieldPromise)
	return p
}

func (c columnCell) state() domain.PromiseState {
	return c.Target.Promise(c.Stage, c.Derived, c.Standing)
}

func (c columnCell) emptyLine() domain.ColumnSummary {
	return domain.ColumnSummary{
		Column:  domain.Column{Number: c.Number, Title: c.Title, TitleEn: c.TitleEn, Chapter: c.Chapter, Section: c.Section},
		Targets: map[domain.Target]int{}, Stages: map[domain.Stage]int{}, Promises: domain.PromiseCount{},
	}
}

func (c columnCell) addTo(line *domain.ColumnSummary) {
	line.Projects += c.Projects
	line.Mentions += c.Mentions
	line.Targets[c.Target] += c.Projects
	line.Stages[c.Stage] += c.Projects
	state := c.state()
	line.Promises[state] += c.Projects
	switch state {
	case domain.PromiseNone:
		return
	case domain.PromiseKept:
		line.Kept += c.Projects
	case domain.PromiseUnconfirmed:
		line.Unconfirmed += c.Projects
	case domain.PromiseOnTheWay, domain.PromiseLapsed:
	}
	line.Promised += c.Projects
}
