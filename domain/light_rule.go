package domain

import (
	"fmt"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/shopspring/decimal"
)

// LightRule is one published version of the rule. A version is never changed: a new one follows it, and on any day the
// newest version that is valid by then applies.
type LightRule struct {
	Version     int
	ValidFrom   Date
	PublishedBy string
	PublishedAt time.Time
	Note        string
	LightThresholds
}

// LightThresholds are the settings of the rule. Progress is yellow from BehindYellow points behind the schedule and red
// past BehindRed; a start is yellow from StartYellow whole months after its day (0: the next day) and red from StartRed;
// reports are yellow from MissedYellow periods missed and red from MissedRed.
type LightThresholds struct {
	BehindYellow Percent
	BehindRed    Percent
	StartYellow  int
	StartRed     int
	MissedYellow int
	MissedRed    int
}

// LightRuleOn picks, of all versions with the newest first, the one in force on a day.
func LightRuleOn(versions []LightRule, day Date) (LightRule, error) {
	for _, rule := range versions {
		if !rule.ValidFrom.After(day) {
			return rule, nil
		}
	}
	return LightRule{}, Conflict("no_light_rule")
}

// The widest thresholds that still say something.
const (
	startMonthsMax   = 60
	missedPeriodsMax = 12
	lightNoteRunes   = 1000
)

// CheckNew refuses a version that says nothing, contradicts itself or would judge the past anew.
func (r LightRule) CheckNew(today Date) error {
	var fields []FieldError
	refuse := func(broken bool, field, code string, params ...any) {
		if broken {
			fields = append(fields, FieldError{Field: field, Code: code, Params: Params(params...)})
		}
	}
	refuse(r.ValidFrom.Before(today), "validFrom", "rule_in_past")
	refuse(PointsOf(r.BehindYellow) <= 0, "behindYellow", "gt", "limit", 0)
	refuse(r.BehindRed.Less(r.BehindYellow), "behindRed", "red_before_yellow")
	refuse(r.StartYellow < 0, "startYellow", "min", "limit", 0)
	refuse(r.StartRed <= r.StartYellow, "startRed", "red_before_yellow")
	refuse(r.StartRed > startMonthsMax, "startRed", "max", "limit", startMonthsMax)
	refuse(r.MissedYellow < 1, "missedYellow", "min", "limit", 1)
	refuse(r.MissedRed < r.MissedYellow, "missedRed", "red_before_yellow")
	refuse(r.MissedRed > missedPeriodsMax, "missedRed", "max", "limit", missedPeriodsMax)
	refuse(strings.TrimSpace(r.Note) == "", "note", "required")
	refuse(utf8.RuneCountInString(r.Note) > lightNoteRunes, "note", "too_long", "max", lightNoteRunes)
	return InvalidFields(fields)
}

// Points are tenths of a percentage point: 125 is 12.5. Whole tenths make every boundary exact.
type Points int

const (
	pointsPerPercent = 10
	pointsInAll      = 1000
)

// PointsOf is a percentage in tenths; a Percent has no more than one decimal.
func PointsOf(p Percent) Points {
	return Points(p.value.Mul(decimal.NewFromInt(pointsPerPercent)).IntPart())
}

func pointsOrZero(p *Percent) Points {
	if p == nil {
		return 0
	}
	return PointsOf(*p)
}

// String has one decimal: "12.5".
func (p Points) String() string {
	sign := ""
	if p < 0 {
		sign, p = "-", -p
	}
	return fmt.Sprintf("%s%d.%d", sign, p/pointsPerPercent, p%pointsPerPercent)
}

// elapsed is the share of the days from one day to a later one that had gone by on a third, rounded half up to a tenth
// of a percent and never outside 0 to 100.
func elapsed(from, to, on Date) Points {
	days, all := on.DaysSince(from), to.DaysSince(from)
	days = min(max(days, 0), all)
	return Points((2*pointsInAll*days + all) / (2 * all))
}
