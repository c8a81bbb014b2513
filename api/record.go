package api

import (
	"context"
)

// Record says since when the records are kept, null before the first, and which past month-ends can be asked for, the
// latest first.
type Record struct {
	Begin     *Date  `json:"begin"`
	MonthEnds []Date `json:"monthEnds"`
}

func (h handlers) getRecord(ctx context.Context, _ struct{}) (Record, error) {
	begin, ends, err := h.service.RecordBegin(ctx)
	record := Record{Begin: DateOf(begin), MonthEnds: []Date{}}
	for _, end := range ends {
		record.MonthEnds = append(record.MonthEnds, Date{end})
	}
	return record, err
}
