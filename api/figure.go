package api

import (
	"context"
	"time"

	"zhongda/domain"
)

// Figure is one value of a project with where it comes from: by submitted the report or made the entry, decidedBy approved
// or confirmed it. value is 元, percent, a light or a date (followed by its precision where that is not a day), null where
// missing says why. by, decidedBy, reportId and the record's actor are null for readers who may not read the reports.
type Figure struct {
	Kind        domain.FigureKind   `json:"kind"`
	Value       *string             `json:"value"`
	Missing     *domain.Missing     `json:"missing"`
	Milestone   *string             `json:"milestone"`
	MilestoneID *int64              `json:"milestoneId"`
	Year        *int                `json:"year"`
	Origin      domain.FigureOrigin `json:"origin"`
	ReportID    *int64              `json:"reportId"`
	Period      *Period             `json:"period"`
	Revision    *int                `json:"revision"`
	By          *string             `json:"by"`
	ByAt        *time.Time          `json:"byAt"`
	DecidedBy   *string             `json:"decidedBy"`
	DecidedAt   *time.Time          `json:"decidedAt"`
	ContentHash *string             `json:"contentHash"`
	Record      *FigureRecord       `json:"record"`
}

// FigureRecord is the place in the audit chain that holds the act; hash is what the next record repeats.
type FigureRecord struct {
	Seq   int64     `json:"seq"`
	Hash  string    `json:"hash"`
	Actor *string   `json:"actor"`
	At    time.Time `json:"at"`
}

func (h handlers) projectFigures(ctx context.Context, in projectID) (List[Figure], error) {
	return listOf(figure)(h.service.ProjectFigures(ctx, in.ID))
}

func figure(f domain.Figure) Figure {
	answer := Figure{
		Kind: f.Kind, Value: emptyAsNull(f.Value), Missing: emptyAsNull(f.Missing), Milestone: emptyAsNull(f.Milestone),
		MilestoneID: emptyAsNull(f.MilestoneID), Year: emptyAsNull(f.Year), Origin: f.Origin, ReportID: emptyAsNull(f.ReportID),
		Period: periodOf(f.Period), Revision: emptyAsNull(f.Revision), By: emptyAsNull(f.By), ByAt: emptyAsNull(f.ByAt),
		DecidedBy: emptyAsNull(f.Decided), DecidedAt: emptyAsNull(f.DecidedAt), ContentHash: emptyAsNull(f.ContentHash),
	}
	if f.Record != nil {
		answer.Record = &FigureRecord{Seq: f.Record.Seq, Hash: f.Record.Hash.String(), Actor: emptyAsNull(f.Record.Actor), At: f.Record.At}
	}
	return answer
}
