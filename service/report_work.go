package service

import (
	"cmp"
	"slices"

	"zhongda/domain"
)

// pressing leaves out who owes nothing and puts the rest in order: by group, the most periods missed first, then by due
// day and code.
func pressing(duties []domain.ReportDuty) []domain.ReportDuty {
	owing := slices.DeleteFunc(duties, func(d domain.ReportDuty) bool { return d.Group == domain.DutyDone })
	slices.SortStableFunc(owing, func(a, b domain.ReportDuty) int {
		return cmp.Or(
			cmp.Compare(slices.Index(domain.DutyGroups(), a.Group), slices.Index(domain.DutyGroups(), b.Group)),
			cmp.Compare(b.Missed, a.Missed),
			a.Due.Time().Compare(b.Due.Time()),
			cmp.Compare(a.Project.Code, b.Project.Code),
		)
	})
	return append([]domain.ReportDuty{}, owing...)
}
