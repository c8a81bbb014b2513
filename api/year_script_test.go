package api_test

// The sites of the year: two of bureau A, then two of bureau B.
const (
	dyke = iota
	plant
	road
	bridge
	sites
)

// course is what happens to one site's report of one month, where it is not the regular one: written on the third of the
// next month, submitted, approved on the eighth.
type course string

const (
	returned  course = "returned"  // the first figure is sent back, the second approved
	withdrawn course = "withdrawn" // the lead takes the first figure back and submits the second
	corrected course = "corrected" // the first figure is approved, then corrected by the second
	late      course = "late"      // submitted on the twentieth; until then it is overdue
	silent    course = "silent"    // never written; what was spent is in the next month's figure
)

// turn is one month of the script.
type turn struct {
	month   string
	plans   map[int]string // the plan of the running year, written by the bureau and confirmed by the Commission
	not     map[int]course
	asks    []ask
	revised map[int]string // the plan of the running year as the Commission revises it
}

// ask is a request as the bureau types it; {step} stands for the milestone of the dyke, {dyke} for the dyke's code.
type ask struct {
	site int
	kind string
	body string
	back bool // the Commission sends it back once
}

// theYear says month by month what does not go by the rule.
func theYear() []turn {
	return []turn{
		{month: "2026-07", plans: map[int]string{dyke: "210000000.07", plant: "240000000.50", road: "300000000", bridge: "320000000.01"}},
		{month: "2026-08", not: map[int]course{plant: returned}},
		{month: "2026-09", not: map[int]course{road: late}, asks: []ask{{site: dyke, kind: "rebaseline", back: true,
			body: `{"reason":"用地交付推迟，提请调整基准",
			"baselines":[{"milestoneId":{step},"baseline":{"date":"` + rebased + `","precision":"day"},"reasonCode":"land","reasonText":"用地交付推迟，工期相应顺延"}]}`}}},
		{month: "2026-10", not: map[int]course{dyke: withdrawn, bridge: returned}},
		{month: "2026-11", not: map[int]course{bridge: silent}},
		{month: "2026-12", not: map[int]course{plant: corrected}, asks: []ask{{site: road, kind: "pause",
			body: `{"reason":"线位与轨道工程冲突，待方案稳定","expectedUntil":"2027-06-30"}`}}},
		{month: "2027-01", not: map[int]course{bridge: withdrawn, dyke: late},
			plans: map[int]string{dyke: "200000000.01", plant: "250000000.33", road: "290000000", bridge: "340000000.99"}},
		{month: "2027-02", asks: []ask{{site: road, kind: "resume", back: true, body: `{"reason":"方案已稳定，恢复实施"}`}}},
		{month: "2027-03", not: map[int]course{bridge: corrected, plant: silent}},
		{month: "2027-04", not: map[int]course{road: returned}, revised: map[int]string{dyke: "188888888.88"}, asks: []ask{{site: plant, kind: "exit",
			body: `{"reason":"并入堤防工程统筹建设","document":"会议纪要〔2027〕8号","exitKind":"merged","successors":["{dyke}"]}`}}},
		{month: "2027-05", not: map[int]course{dyke: corrected}},
		{month: "2027-06", not: map[int]course{road: late, bridge: late}},
	}
}
