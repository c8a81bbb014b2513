package domain

import (
	"cmp"
	"slices"
)

// Standpoint is where one project of the filter stood at a month-end. Entered is the day it came to its stage; zero where
// nobody recorded it: a stage that was derived, or confirmed as derived, has no known beginning.
type Standpoint struct {
	ID       int64
	Code     string
	Name     string
	Owner    Organisation
	Stage    Stage
	Standing Standing
	Entered  Date
}

// Rolling is the rolling mechanism (滚动机制, the plan's chapter 15) month by month: what each stage holds at the month's
// end, and how the month-ends differ. Exited projects have left. A project that moves twice within a month counts once,
// from where it stood at the month's beginning to where it stands at its end.
type Rolling struct {
	// Begin is the day of the earliest record: where the first month began before it, Before is what stood there then.
	Begin  Date
	Months []RollingMonth
	// Total follows the projects from the beginning of the first month to the end of the last.
	Total []StageFlow
	Stuck []StuckProject
	// Limits are the days after which a stage counts as too long; a stage without one has none.
	Limits map[Stage]int
}

// RollingMonth is one month, all stages in order. End is its last day, or today in the month that is running and not Over.
type RollingMonth struct {
	Month  Period
	End    Date
	Over   bool
	Stages []StageFlow
}

// StageFlow is one stage over one span: Stock at its end is Before + Entries - Exits. Converted of Before stand at a later
// stage at the end. Dwell is the median of the days that the projects of the stock have stood there, over DwellKnown of
// Stock; the others' beginning was never recorded.
type StageFlow struct {
	Stage      Stage
	Before     int
	Entries    int
	Exits      int
	Stock      int
	Converted  int
	DwellKnown int
	Dwell      float64
}

// StuckProject is an active project that has stood at its stage for longer than the stage's limit.
type StuckProject struct {
	Standpoint
	Days  int
	Limit int
}

// Roll compares the month-ends one after another. Months come with their ends; each of ends is where the projects stood at
// the end of a month, and before where they stood when the first began. Exited projects are no part of any.
func Roll(months []RollingMonth, before []Standpoint, ends [][]Standpoint, limits map[Stage]int) Rolling {
	r := Rolling{Months: months, Limits: limits}
	start := before
	for i := range months {
		months[i].Stages = flows(before, ends[i], months[i].End)
		before = ends[i]
	}
	last := months[len(months)-1].End
	r.Total = flows(start, before, last)
	r.Stuck = stuck(before, limits, last)
	return r
}

func flows(before, after []Standpoint, end Date) []StageFlow {
	was, is := stagesOf(before), stagesOf(after)
	lines := make([]StageFlow, 0, len(Stages()))
	for _, stage := range Stages() {
		line := StageFlow{Stage: stage}
		for id, s := range was {
			if s != stage {
				continue
			}
			line.Before++
			now, stays := is[id]
			if !stays || now != stage {
				line.Exits++
			}
			if stays && now.rank() > stage.rank() {
				line.Converted++
			}
		}
		for id, s := range is {
			if s == stage {
				line.Stock++
				if was[id] != stage {
					line.Entries++
				}
			}
		}
		line.Dwell, line.DwellKnown = medianDwell(after, stage, end)
		lines = append(lines, line)
	}
	return lines
}

func stagesOf(projects []Standpoint) map[int64]Stage {
	stages := make(map[int64]Stage, len(projects))
	for _, p := range projects {
		stages[p.ID] = p.Stage
	}
	return stages
}

// medianDwell is the middle of the known days, or halfway between the two middle ones.
func medianDwell(projects []Standpoint, stage Stage, end Date) (median float64, known int) {
	var all []int
	for _, p := range projects {
		if p.Stage == stage && !p.Entered.IsZero() {
			all = append(all, end.DaysSince(p.Entered))
		}
	}
	if len(all) == 0 {
		return 0, 0
	}
	slices.Sort(all)
	middle := len(all) / 2
	return float64(all[middle]+all[(len(all)-1)/2]) / 2, len(all)
}

// stuck lists the longest waiting first.
func stuck(projects []Standpoint, limits map[Stage]int, end Date) []StuckProject {
	var list []StuckProject
	for _, p := range projects {
		limit, limited := limits[p.Stage]
		days := end.DaysSince(p.Entered)
		if limited && p.Standing == StandingActive && !p.Entered.IsZero() && days > limit {
			list = append(list, StuckProject{Standpoint: p, Days: days, Limit: limit})
		}
	}
	slices.SortFunc(list, func(a, b StuckProject) int { return cmp.Or(cmp.Compare(b.Days, a.Days), cmp.Compare(a.ID, b.ID)) })
	return list
}
