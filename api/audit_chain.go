package api

import (
	"context"
	"time"

	"zhongda/domain"
)

// AuditAnchor (存证) is where the record ends now, to be kept outside of this system: count and seq of the newest record,
// its hash in hexadecimal, and when this was asked.
type AuditAnchor struct {
	Count int64     `json:"count"`
	Seq   int64     `json:"seq"`
	Hash  string    `json:"hash"`
	At    time.Time `json:"at"`
}

// AuditVerification is what computing every hash again has shown. complete is false where the time was over before the
// end: checked of count records are whole then, and the command `zhongda audit verify` does the rest.
type AuditVerification struct {
	Count    int64       `json:"count"`
	Checked  int64       `json:"checked"`
	Reports  int64       `json:"reports"`
	Requests int64       `json:"requests"`
	Complete bool        `json:"complete"`
	Broken   *AuditBreak `json:"broken"`
}

// AuditBreak names the first broken record, and what is wrong with it in a sentence. id and at are null where the record
// itself is gone, reportId and requestId where none is concerned.
type AuditBreak struct {
	Kind      domain.AuditBreakKind `json:"kind"`
	Seq       *int64                `json:"seq"`
	ID        *int64                `json:"id"`
	At        *time.Time            `json:"at"`
	ReportID  *int64                `json:"reportId"`
	RequestID *int64                `json:"requestId"`
	Sentence  string                `json:"sentence"`
}

func (h handlers) auditAnchor(ctx context.Context, _ None) (AuditAnchor, error) {
	anchor, err := h.service.AuditAnchor(ctx)
	return AuditAnchor{Count: anchor.Count, Seq: anchor.Seq, Hash: anchor.Hash.String(), At: anchor.At}, err
}

func (h handlers) verifyAudit(ctx context.Context, _ None) (AuditVerification, error) {
	v, err := h.service.AuditVerification(ctx)
	answer := AuditVerification{Count: v.Count, Checked: v.Checked, Reports: v.Reports, Requests: v.Requests, Complete: v.Complete}
	if b := v.Broken; b != nil {
		answer.Broken = &AuditBreak{
			Kind: b.Kind, Seq: emptyAsNull(b.Seq), ID: emptyAsNull(b.ID), At: emptyAsNull(b.At), ReportID: emptyAsNull(b.ReportID),
			RequestID: emptyAsNull(b.RequestID),
			Sentence:  h.sentence(ctx, "audit_"+string(b.Kind), domain.Params("seq", b.Seq, "report", b.ReportID, "request", b.RequestID)),
		}
	}
	return answer, err
}
