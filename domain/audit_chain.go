package domain

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"time"
)

// AuditHash is the SHA-256 of one audit record. The zero value is what the first record of a chain follows.
type AuditHash [sha256.Size]byte

// String is the hash as answers and files spell it: 64 lower-case hexadecimal digits.
func (h AuditHash) String() string { return hex.EncodeToString(h[:]) }

// MarshalText writes the hash as String does.
func (h AuditHash) MarshalText() ([]byte, error) { return []byte(h.String()), nil }

// UnmarshalText reads what String wrote; anything else is refused.
func (h *AuditHash) UnmarshalText(text []byte) error {
	if len(text) != hex.EncodedLen(len(h)) {
		return fmt.Errorf("hash %q: want 64 hexadecimal digits", text)
	}
	if _, err := hex.Decode(h[:], text); err != nil {
		return fmt.Errorf("hash %q: %w", text, err)
	}
	return nil
}

// ChainedRecord is one audit record exactly as it is kept, with its place in the chain. Nil stands for a column without
// a value; Before and After are the JSON texts as they were written.
type ChainedRecord struct {
	Seq               int64
	PreviousHash      AuditHash
	Hash              AuditHash
	ID                int64
	At                time.Time
	ActorID           *int64
	Actor             string
	ActorOrganisation string
	Address           string
	RequestID         string
	Request           string
	Action            string
	ObjectKind        string
	ObjectID          *int64
	ProjectID         *int64
	Result            string
	Reason            string
	Before            *string
	After             *string
}

// auditForm begins the hashed form of every record, so that another form can never be taken for this one.
const auditForm = "zhongda audit 1,"

// Digest computes the hash that the record must have at place seq. The hashed form is the fields in the order of the
// migration that made the chain, each as "<bytes>:<text>,", a missing one as "-,", the instant as microseconds since 1970:
// no two different records have the same form.
func (r ChainedRecord) Digest(seq int64) AuditHash {
	form := make([]byte, 0, 512)
	form = append(form, auditForm...)
	form = appendInt(form, seq)
	form = appendField(form, r.PreviousHash.String())
	form = appendInt(form, r.ID)
	form = appendInt(form, r.At.UnixMicro())
	form = appendOptional(form, r.ActorID)
	for _, text := range [...]string{
		r.Actor, r.ActorOrganisation, r.Address, r.RequestID, r.Request, r.Action, r.ObjectKind,
	} {
		form = appendField(form, text)
	}
	form = appendOptional(form, r.ObjectID)
	form = appendOptional(form, r.ProjectID)
	form = appendField(form, r.Result)
	form = appendField(form, r.Reason)
	for _, side := range [...]*string{r.Before, r.After} {
		if side == nil {
			form = append(form, "-,"...)
		} else {
			form = appendField(form, *side)
		}
	}
	return sha256.Sum256(form)
}

func appendField(form []byte, text string) []byte {
	form = strconv.AppendInt(form, int64(len(text)), 10)
	form = append(form, ':')
	form = append(form, text...)
	return append(form, ',')
}

func appendInt(form []byte, n int64) []byte { return appendField(form, strconv.FormatInt(n, 10)) }

func appendOptional(form []byte, n *int64) []byte {
	if n == nil {
		return append(form, "-,"...)
	}
	return appendInt(form, *n)
}

// AuditAnchor (存证) is where the chain ended at an instant. Kept outside of the database, it finds what the chain alone
// cannot tell: that the newest records are gone, or that the whole chain was written anew.
type AuditAnchor struct {
	Count int64     `json:"count"`
	Seq   int64     `json:"seq"`
	Hash  AuditHash `json:"hash"`
	At    time.Time `json:"at"`
}

// ReadAuditAnchor reads an anchor file; what is no anchor is refused.
func ReadAuditAnchor(text []byte) (a AuditAnchor, err error) {
	d := json.NewDecoder(bytes.NewReader(text))
	d.DisallowUnknownFields()
	if err := d.Decode(&a); err != nil {
		return AuditAnchor{}, fmt.Errorf("no anchor of the audit record: %w", err)
	}
	if a.Seq < 1 || a.At.IsZero() {
		return AuditAnchor{}, errors.New("no anchor of the audit record: seq and at are wanted")
	}
	return a, nil
}

// AuditBreakKind says what happened to a record.
type AuditBreakKind string

// The kinds of break. Missing is the end of the chain gone, rewritten a chain that is whole but not the one the anchor
// knows; report_changed and report_gone speak of the frozen report that the record approved, report_unrecorded of an
// approved report that no record speaks of; request_changed and request_gone of the frozen request that it approved, and
// request_unrecorded of an approved request that no record speaks of.
const (
	AuditChanged           AuditBreakKind = "changed"
	AuditDeleted           AuditBreakKind = "deleted"
	AuditInserted          AuditBreakKind = "inserted"
	AuditReordered         AuditBreakKind = "reordered"
	AuditMissing           AuditBreakKind = "missing"
	AuditRewritten         AuditBreakKind = "rewritten"
	AuditReportChanged     AuditBreakKind = "report_changed"
	AuditReportGone        AuditBreakKind = "report_gone"
	AuditReportUnrecorded  AuditBreakKind = "report_unrecorded"
	AuditRequestChanged    AuditBreakKind = "request_changed"
	AuditRequestGone       AuditBreakKind = "request_gone"
	AuditRequestUnrecorded AuditBreakKind = "request_unrecorded"
)

// AuditBreakKinds lists every kind.
func AuditBreakKinds() []AuditBreakKind {
	return []AuditBreakKind{
		AuditChanged, AuditDeleted, AuditInserted, AuditReordered, AuditMissing, AuditRewritten,
		AuditReportChanged, AuditReportGone, AuditReportUnrecorded, AuditRequestChanged, AuditRequestGone,
		AuditRequestUnrecorded,
	}
}

// AuditBreak names the first broken record. ID and At are zero where the record itself is gone; ReportID is set where a
// report is not what was approved, RequestID where a request is not.
type AuditBreak struct {
	Kind      AuditBreakKind
	Seq       int64
	ID        int64
	At        time.Time
	ReportID  int64
	RequestID int64
}

func breakAt(kind AuditBreakKind, r ChainedRecord) *AuditBreak {
	return &AuditBreak{Kind: kind, Seq: r.Seq, ID: r.ID, At: r.At}
}

// AuditVerification is the outcome: Checked records are whole of Count, Reports and Requests were compared with them, Voided approvals
// belong to a simulation that was removed since. Broken is nil when nothing is wrong. Complete is false where the time
// allowed was over before the end.
type AuditVerification struct {
	Count    int64
	Checked  int64
	Reports  int64
	Requests int64
	Voided   int64
	Complete bool
	Broken   *AuditBreak
}
