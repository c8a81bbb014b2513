package domain

// SlipBin says how late a project is, in the classes that screens show. The days are those of its worst milestone that is
// not yet reached: by the forecast, or because the baseline went by in silence. An exited project owes nothing any more
// and has no verdict, like one without a baseline or a forecast.
type SlipBin string

// The bins, by days late.
const (
	SlipNone     SlipBin = "none"
	SlipOnTime   SlipBin = "on_time"
	SlipTo30     SlipBin = "to_30"
	SlipTo90     SlipBin = "to_90"
	SlipTo180    SlipBin = "to_180"
	SlipOver180  SlipBin = "over_180"
	slipMonth            = 30
	slipQuarter          = 90
	slipHalfYear         = 180
)

// SlipBins lists them, the latest last.
func SlipBins() []SlipBin {
	return []SlipBin{SlipNone, SlipOnTime, SlipTo30, SlipTo90, SlipTo180, SlipOver180}
}

// SlipBounds are the most days late of the bins after on time, but for the last, which has no end.
func SlipBounds() []int { return []int{slipMonth, slipQuarter, slipHalfYear} }

// SlipBaseline says which baseline lateness is measured against; the zero value is the original.
type SlipBaseline string

// The baselines: the original, which is never overwritten, and the one that approved re-baselining left.
const (
	SlipOriginal SlipBaseline = "original"
	SlipCurrent  SlipBaseline = "current"
)

// SlipBaselines lists them.
func SlipBaselines() []SlipBaseline { return []SlipBaseline{SlipOriginal, SlipCurrent} }

// SlipCount counts projects by how late they are.
type SlipCount map[SlipBin]int

// SlipSummary counts the same projects against both baselines.
type SlipSummary struct {
	Original SlipCount
	Current  SlipCount
}

// Late counts the projects late by more than 0, 30 and 90 days.
func (c SlipCount) Late() LateCount {
	over90 := c[SlipTo180] + c[SlipOver180]
	over30 := over90 + c[SlipTo90]
	return LateCount{Any: over30 + c[SlipTo30], Over30: over30, Over90: over90}
}
