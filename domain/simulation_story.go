package domain

// Story is what happens to a simulated project beside its monthly reports, if anything: nothing to most.
type Story int

// The stories: an ordinary course; the next stage entered; a pause that ends, and one that lasts; a withdrawal.
const (
	StoryOrdinary Story = iota
	StoryGate
	StoryResumed
	StoryPaused
	StoryExit
)

// story draws what happens. Only who holds its dates stands before a gate: works that begin or are done on their day pass
// it then, ideas and reserves at any time.
func (c Course) story(stage Stage) Story {
	draw := c.luck.IntN(1000)
	slow := c.pace < onTime || c.stalls >= 0 || c.quits >= 0
	switch {
	case stage.Reached(StageCompleted):
		return StoryOrdinary
	case draw < 14:
		return StoryResumed
	case draw < 22:
		return StoryPaused
	case draw < 27 && !stage.Reached(StageImplementation):
		return StoryExit
	case !slow && (stage.Reached(StagePreliminary) || draw >= 800):
		return StoryGate
	}
	return StoryOrdinary
}

// Gate is the day on which a project of a stage is ready for the next one, if that is its story: when the works begin,
// when they have been accepted, or a day of the simulated months.
func (c Course) Gate(stage Stage, from Period, months int) (day Date, ok bool) {
	if c.Story != StoryGate {
		return Date{}, false
	}
	switch stage { //nolint:exhaustive // no gate is simulated behind the others
	case StageConceived, StageReserve:
		return DateOf(from.First().Time().AddDate(0, 0, 30+c.luck.IntN(30*months))), true
	case StagePreliminary:
		return DateOf(c.Start.Time().AddDate(0, 0, -6)), true
	case StageImplementation:
		return DateOf(c.Completion.Time().AddDate(0, 0, 12)), true
	}
	return Date{}, false
}

// YearPlan is what the owner means to spend in a year, in 元: what an even pace from the day of the baseline would. It is
// zero where nothing is to be spent.
func (c Course) YearPlan(year int) int64 {
	c.pace, c.stalls, c.begins = 1, -1, c.Start
	december := func(year int) int64 { return c.Spent(Period{Year: year, Month: 12}, 0) }
	return december(year) - december(year-1)
}

// Funding draws where the money of a plan comes from; what the sources leave is not secured.
func (c Course) Funding(planned int64) map[FundSource]int64 {
	mixes := [][]FundSource{
		{FundMunicipalFinance, FundSpecialBond}, {FundDistrictFinance, FundSpecialBond, FundMunicipalFinance},
		{FundEnterprise, FundLoan}, {FundCentralBudget, FundMunicipalFinance, FundLoan},
	}
	mix := mixes[c.luck.IntN(len(mixes))]
	shares := []int64{60, 25, 10}
	if c.luck.IntN(5) == 0 {
		shares[0] = 35 // somebody still has to be found
	}
	funding := map[FundSource]int64{}
	for i, source := range mix {
		funding[source] = roundWan(planned * shares[i] / 100)
	}
	return funding
}

// Chance draws something that happens to so many of a hundred.
func (c Course) Chance(percent int) bool { return c.luck.IntN(100) < percent }

// TypeOfIssue is what an issue is about where a project is slow for this reason.
func (r ReasonCode) TypeOfIssue() IssueType {
	types := map[ReasonCode]IssueType{
		ReasonLand: IssueLand, ReasonDemolition: IssueDemolition, ReasonFunding: IssueFunding, ReasonApproval: IssueApproval,
		ReasonUtilities: IssueUtilities,
	}
	if t, ok := types[r]; ok {
		return t
	}
	return IssueOther
}
