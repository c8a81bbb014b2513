package domain

import (
	"fmt"
	"hash/fnv"
	"math/rand/v2"
	"strings"
	"time"
)

// Simulation is one filling of an empty installation with made-up reports, for trying the product. From and To are its
// first and last month; RemovedAt is zero while its data are there.
type Simulation struct {
	ID        int64
	Seed      int64
	Months    int
	From      Period
	To        Period
	Projects  int
	StartedAt time.Time
	RemovedAt time.Time
}

// SimulationMonths is how many months a simulation has at most.
const SimulationMonths = 24

// SimulationActor is what the names of simulated accounts begin with, and who the record says ran a simulation. Nobody
// else may be called so.
const SimulationActor = "simulation"

// SimulatedName reports whether an account of this name is a simulated one.
func SimulatedName(username string) bool {
	return username == SimulationActor || strings.HasPrefix(username, SimulationActor+".")
}

// Habit is how a simulated bureau reports one period.
type Habit int

// The habits: in time, some days late, returned once and mended, corrected after the approval, not at all; and, at the
// end, not decided yet, or returned and not mended yet.
const (
	HabitInTime Habit = iota
	HabitLate
	HabitReturned
	HabitCorrected
	HabitSilent
	HabitWaiting
	HabitUnmended
)

// Course is the made-up life of one project: what it costs, when it starts and is done by its baselines, and how fast it
// really goes. It follows from the seed and the project's code alone.
type Course struct {
	Estimate   int64 // in 元, whole 万元
	Unit       string
	Start      Date
	Completion Date
	Reason     ReasonCode // why a slow one is slow
	Story      Story
	begins     Date // when the works really begin
	pace       float64
	stalls     int // from this month of the simulation on nothing moves; below zero never
	quits      int // from this month on nobody reports; below zero never
	luck       *rand.Rand
}

// NewCourse makes up the life of a project at a stage, for a simulation that begins with a period.
func NewCourse(seed int64, code string, stage Stage, from Period) Course {
	name := fnv.New64a()
	_, _ = name.Write([]byte(code))                           // a hash takes everything
	luck := rand.New(rand.NewPCG(uint64(seed), name.Sum64())) //nolint:gosec // made up, not secret; the seed must give the same again
	c := Course{luck: luck, stalls: -1, quits: -1, pace: 0.94 + 0.12*luck.Float64()}
	c.Estimate = roundWan(int64(5e7 * float64(uint(1)<<luck.IntN(8)) * (1 + luck.Float64())))
	c.Unit = fmt.Sprintf("模拟建设单位%02d", 1+luck.IntN(40))
	c.Reason = ReasonCodes()[luck.IntN(len(ReasonCodes())-1)]
	switch fate := luck.IntN(100); {
	case fate < 16:
		c.pace = 0.5 + 0.35*luck.Float64()
	case fate < 23:
		c.stalls = luck.IntN(4)
	case fate < 27:
		c.quits = luck.IntN(4)
	case fate < 31:
		c.pace = 1.1 + 0.2*luck.Float64()
	}
	begun := 3 + luck.IntN(24)
	switch stage { //nolint:exhaustive // the others have begun
	case StagePreliminary:
		begun = -1 - luck.IntN(16)
	case StageReserve:
		begun = -12 - luck.IntN(12)
	case StageConceived:
		begun = -20 - luck.IntN(16)
	}
	c.Start = from.First().AddMonths(-begun)
	c.Completion = c.Start.AddMonths(max(20, begun+1) + luck.IntN(30))
	c.begins = c.Start
	if begun < 0 && c.pace < onTime {
		c.begins = c.Start.AddMonths(2 + luck.IntN(4))
	}
	if c.Story = c.story(stage); c.Story == StoryGate {
		c.pace = max(c.pace, 1.02) // whoever is done on the day must have been fast enough
	}
	return c
}

// onTime is the pace from which on a course holds its dates.
const onTime = 0.86

// roundWan drops what is below 万元.
func roundWan(yuan int64) int64 { return yuan / 10_000 * 10_000 }

// Progress is the physical progress at the end of a period, in tenths of a percent; turn counts the months of the
// simulation from zero.
func (c Course) Progress(p Period, turn int) int {
	if c.stalls >= 0 && turn > c.stalls {
		p = p.Add(c.stalls - turn)
	}
	gone := p.Add(1).First().DaysSince(c.begins)
	share := c.pace * float64(gone) / float64(c.Completion.DaysSince(c.Start))
	share = min(max(share, 0), 1)
	return int(1000 * share * share * (3 - 2*share))
}

// Begins is when the works really begin: on the day of their baseline, or some months later.
func (c Course) Begins() Date { return c.begins }

// Spent is what has been spent by the end of a period, in 元.
func (c Course) Spent(p Period, turn int) int64 {
	return roundWan(c.Estimate / 1000 * int64(c.Progress(p, turn)) / 100 * 97)
}

// Slow reports whether the course falls behind by so much that somebody must say why.
func (c Course) Slow(turn int) bool { return c.pace < onTime || (c.stalls >= 0 && turn > c.stalls) }

// Habit draws how one period is reported.
func (c Course) Habit(turn int) Habit {
	if c.quits >= 0 && turn >= c.quits {
		return HabitSilent
	}
	switch draw := c.luck.IntN(100); {
	case draw < 3:
		return HabitSilent
	case draw < 13:
		return HabitLate
	case draw < 21:
		return HabitReturned
	case draw < 23:
		return HabitCorrected
	}
	return HabitInTime
}

// Days draws a number of days below n.
func (c Course) Days(n int) int { return c.luck.IntN(n) }

// Minutes draws a time of an office day, counted from its beginning.
func (c Course) Minutes() time.Duration { return time.Duration(c.luck.IntN(8*60*60)) * time.Second }

// Expected is when the works will be done at the pace so far, given to the quarter.
func (c Course) Expected(turn int) PlanDate {
	months := 4
	if c.stalls >= 0 {
		months += 2 * (turn - c.stalls)
	}
	date := c.Completion.AddMonths(months)
	quarter := NewDate(date.Time().Year(), (date.Time().Month()-1)/3*3+1, 1).AddMonths(3)
	return PlanDate{Date: DateOf(quarter.Time().AddDate(0, 0, -1)), Precision: PrecisionQuarter}
}

// OwnLight is the light that the bureau gives itself: it sees its own delays a little late.
func (c Course) OwnLight(turn int) Light {
	switch {
	case !c.Slow(turn):
		return LightGreen
	case c.luck.IntN(3) == 0:
		return LightGreen
	case c.stalls >= 0 && turn > c.stalls+1:
		return LightRed
	}
	return LightYellow
}

// Steps are the milestones of the usual template that fit the course: the steps of approval before the start, the start,
// and the acceptance.
func (c Course) Steps() []Milestone {
	step := func(kind MilestoneKind, name string, date Date) Milestone {
		return Milestone{Kind: kind, Name: name, Baseline: &PlanDate{Date: date, Precision: PrecisionDay}}
	}
	half := c.Completion.DaysSince(c.Start) / 2
	return []Milestone{
		step(MilestoneFeasibility, "可行性研究报告批复", c.Start.AddMonths(-9)),
		step(MilestoneBudget, "初步设计概算批复", c.Start.AddMonths(-4)),
		step(MilestoneStart, "开工", c.Start),
		step(MilestoneStructure, "主体工程完成", DateOf(c.Start.Time().AddDate(0, 0, half))),
		step(MilestoneAcceptance, "竣工验收", c.Completion),
	}
}
