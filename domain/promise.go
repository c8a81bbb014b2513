package domain

// PromiseState says how far a project has come towards what the plan promised of it.
type PromiseState string

// The states. Unconfirmed: the stage was derived from the promise itself, so it cannot show that the promise is kept.
// Lapsed: the project exited before it kept the promise. None: the plan promises no state.
const (
	PromiseKept        PromiseState = "kept"
	PromiseOnTheWay    PromiseState = "on_the_way"
	PromiseUnconfirmed PromiseState = "unconfirmed"
	PromiseLapsed      PromiseState = "lapsed"
	PromiseNone        PromiseState = "none"
)

// PromiseStates lists them in the order screens show them.
func PromiseStates() []PromiseState {
	return []PromiseState{PromiseKept, PromiseOnTheWay, PromiseUnconfirmed, PromiseLapsed, PromiseNone}
}

// Promise is how far a project that stands at s has come towards t.
func (t Target) Promise(s Stage, provisional bool, standing Standing) PromiseState {
	_, promised := t.Goal()
	switch {
	case !promised:
		return PromiseNone
	case !provisional && t.KeptBy(s):
		return PromiseKept
	case standing == StandingExited:
		return PromiseLapsed
	case provisional:
		return PromiseUnconfirmed
	default:
		return PromiseOnTheWay
	}
}

// PromiseCount counts projects by the state of their promise.
type PromiseCount map[PromiseState]int

// Projects is how many there are in all.
func (c PromiseCount) Projects() (n int) {
	for _, each := range c {
		n += each
	}
	return n
}

// Fulfilment sets the plan's promises against the stages reached. Each project counts once in City, in its top category,
// in every district it crosses and in every column that names it, there by what that column promises.
type Fulfilment struct {
	AsOf       Date
	City       PromiseCount
	ByTarget   []TargetFulfilment
	ByColumn   []ColumnFulfilment
	ByCategory []CategoryFulfilment
	ByDistrict []DistrictFulfilment
}

// TargetFulfilment is one promised state.
type TargetFulfilment struct {
	Target Target
	Counts PromiseCount
}

// ColumnFulfilment is one column of the plan.
type ColumnFulfilment struct {
	Column Column
	Counts PromiseCount
}

// CategoryFulfilment is one top category.
type CategoryFulfilment struct {
	Category Category
	Counts   PromiseCount
}

// DistrictFulfilment is one district; a corridor counts in each, so the districts add up to more than the city.
type DistrictFulfilment struct {
	District District
	Counts   PromiseCount
}
