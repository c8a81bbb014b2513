package api

import (
	"context"

	"zhongda/domain"
)

type columnPromisesIn struct {
	Column int       `path:"column"`
	AsOf   *MonthEnd `query:"asOf"`
}

// ColumnMentions is what a column of the plan promised, mention by mention in the plan's order, with what has become of each.
type ColumnMentions struct {
	Column   int            `json:"column"`
	Title    string         `json:"title"`
	TitleEn  string         `json:"titleEn"`
	Chapter  string         `json:"chapter"`
	Section  string         `json:"section"`
	Mentions []MentionToday `json:"mentions"`
}

// MentionToday is one mention: its group, the name as printed, the verb with what it promises, and where the project stands.
// state judges the project by this mention alone.
type MentionToday struct {
	ProjectID        int64               `json:"projectId"`
	Code             string              `json:"code"`
	ProjectName      string              `json:"projectName"`
	Group            string              `json:"group"`
	Name             string              `json:"name"`
	Commitment       string              `json:"commitment"`
	Target           domain.Target       `json:"target"`
	Stage            domain.Stage        `json:"stage"`
	StageProvisional bool                `json:"stageProvisional"`
	Standing         domain.Standing     `json:"standing"`
	State            domain.PromiseState `json:"state"`
}

func (h handlers) columnPromises(ctx context.Context, in columnPromisesIn) (ColumnMentions, error) {
	p, err := h.service.ColumnPromises(ctx, in.Column, in.AsOf.day())
	return ColumnMentions{
		Column: p.Column.Number, Title: p.Column.Title, TitleEn: p.Column.TitleEn, Chapter: p.Column.Chapter, Section: p.Column.Section,
		Mentions: mapSlice(p.Mentions, func(m domain.MentionToday) MentionToday {
			return MentionToday{
				ProjectID: m.ProjectID, Code: m.Code, ProjectName: m.ProjectName, Group: m.Group, Name: m.Name, Commitment: m.Commitment,
				Target: m.Target, Stage: m.Stage, StageProvisional: m.StageProvisional, Standing: m.Standing, State: m.State(),
			}
		}),
	}, err
}
