package api

import (
	"context"

	"zhongda/domain"
)

// rollingIn asks for the months from and to, both included; without them, the last six.
type rollingIn struct {
	projectFilter
	From *Period `query:"from"`
	To   *Period `query:"to"`
}

// Rolling is the rolling mechanism month by month. Exited projects have left. total follows the projects from the beginning
// of the first month to the end of the last; stuck lists active projects past their stage's limit, the longest first.
// recordBegin is where the records begin: a first month that began before it starts from what stood there then.
type Rolling struct {
	RecordBegin Date           `json:"recordBegin"`
	Months      []RollingMonth `json:"months"`
	Total       []StageFlow    `json:"total"`
	Stuck       []StuckProject `json:"stuck"`
}

// RollingMonth is one month; end is its last day, or today in the one that is running.
type RollingMonth struct {
	Month  Period      `json:"month"`
	End    Date        `json:"end"`
	Over   bool        `json:"over"`
	Stages []StageFlow `json:"stages"`
}

// StageFlow is one stage: stock at the end is before plus entries minus exits. converted of before stand at a later stage
// at the end. medianDays is how long those of the stock have stood there whose beginning was recorded, dwellKnown of stock;
// null where none was. limitDays is the stage's limit, null for none.
type StageFlow struct {
	Stage      domain.Stage `json:"stage"`
	Before     int          `json:"before"`
	Entries    int          `json:"entries"`
	Exits      int          `json:"exits"`
	Stock      int          `json:"stock"`
	Converted  int          `json:"converted"`
	DwellKnown int          `json:"dwellKnown"`
	MedianDays *float64     `json:"medianDays"`
	LimitDays  *int         `json:"limitDays"`
}

// StuckProject stands at its stage for days, longer than limitDays.
type StuckProject struct {
	ID        int64        `json:"id"`
	Code      string       `json:"code"`
	Name      string       `json:"name"`
	Owner     OrgRef       `json:"owner"`
	Stage     domain.Stage `json:"stage"`
	Since     Date         `json:"since"`
	Days      int          `json:"days"`
	LimitDays int          `json:"limitDays"`
}

func (h handlers) rollingPipeline(ctx context.Context, in rollingIn) (Rolling, error) {
	r, err := h.service.Rolling(ctx, in.filter(), in.From.month(), in.To.month())
	flows := func(lines []domain.StageFlow) []StageFlow {
		return mapSlice(lines, func(f domain.StageFlow) StageFlow { return stageFlow(f, r.Limits) })
	}
	answer := Rolling{
		RecordBegin: Date{r.Begin}, Total: flows(r.Total), Stuck: mapSlice(r.Stuck, stuckProject),
		Months: mapSlice(r.Months, func(m domain.RollingMonth) RollingMonth {
			return RollingMonth{Month: Period{m.Month}, End: Date{m.End}, Over: m.Over, Stages: flows(m.Stages)}
		}),
	}
	return answer, err
}

func stageFlow(f domain.StageFlow, limits map[domain.Stage]int) StageFlow {
	flow := StageFlow{
		Stage: f.Stage, Before: f.Before, Entries: f.Entries, Exits: f.Exits, Stock: f.Stock,
		Converted: f.Converted, DwellKnown: f.DwellKnown,
	}
	if f.DwellKnown > 0 {
		flow.MedianDays = &f.Dwell
	}
	if limit, limited := limits[f.Stage]; limited {
		flow.LimitDays = &limit
	}
	return flow
}

func stuckProject(p domain.StuckProject) StuckProject {
	return StuckProject{
		ID: p.ID, Code: p.Code, Name: p.Name, Owner: orgRef(p.Owner), Stage: p.Stage, Since: Date{p.Entered},
		Days: p.Days, LimitDays: p.Limit,
	}
}
