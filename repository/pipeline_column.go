package repository

import (
	"context"

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
			m.stage, coalesce(m.stage_provisional, false) AS derived, count(m.id) AS projects, sum(promise.mentions) AS mentions
		FROM plan_column c
		LEFT JOIN (promise JOIN matching m ON m.id = promise.project_id) ON promise.column_number = c.number
		GROUP BY c.number, promise.strongest, m.stage, m.stage_provisional ORDER BY c.number`
	var cells []columnCell
	if err := p.scan(ctx, statement, arguments{"targets": array[string](texts(domain.Targets()))}, &cells); err != nil {
		return err
	}
	for _, cell := range cells {
		last := len(p.into.ByColumn) - 1
		if last < 0 || p.into.ByColumn[last].Column.Number != cell.Number {
			p.into.ByColumn = append(p.into.ByColumn, cell.emptyLine())
			last++
		}
		if cell.Projects > 0 {
			cell.addTo(&p.into.ByColumn[last])
		}
	}
	return nil
}

func (c columnCell) emptyLine() domain.ColumnSummary {
	return domain.ColumnSummary{
		Column:  domain.Column{Number: c.Number, Title: c.Title, TitleEn: c.TitleEn, Chapter: c.Chapter, Section: c.Section},
		Targets: map[domain.Target]int{}, Stages: map[domain.Stage]int{},
	}
}

func (c columnCell) addTo(line *domain.ColumnSummary) {
	line.Projects += c.Projects
	line.Mentions += c.Mentions
	line.Targets[c.Target] += c.Projects
	line.Stages[c.Stage] += c.Projects
	if _, promised := c.Target.Goal(); !promised {
		return
	}
	line.Promised += c.Projects
	switch {
	case c.Derived:
		line.Unconfirmed += c.Projects
	case c.Target.KeptBy(c.Stage):
		line.Kept += c.Projects
	}
}
