package service

import (
	"context"
	"encoding/json"
	"errors"
	"slices"
	"time"

	"zhongda/domain"
	"zhongda/repository"
)

// verifyWithin is how long a verification that somebody waits for may read; the command has no limit.
const verifyWithin = 20 * time.Second

// AuditAnchor is where the record ends now, to be kept outside of the database; the auditor's alone.
func (s *Service) AuditAnchor(ctx context.Context) (domain.AuditAnchor, error) {
	if _, err := s.access.require(domain.ActorFrom(ctx), domain.PermissionAuditRead); err != nil {
		return domain.AuditAnchor{}, err
	}
	return s.store.AuditAnchor(ctx, s.now().UTC().Truncate(time.Second))
}

// AuditVerification verifies the record as far as 20 seconds reach; the auditor's alone.
func (s *Service) AuditVerification(ctx context.Context) (domain.AuditVerification, error) {
	if _, err := s.access.require(domain.ActorFrom(ctx), domain.PermissionAuditRead); err != nil {
		return domain.AuditVerification{}, err
	}
	return VerifyAudit(ctx, s.store, VerifyOptions{Within: verifyWithin})
}

// VerifyOptions are what a verification holds the record against, nil for nothing, and how long it may take, zero for as
// long as it takes.
type VerifyOptions struct {
	Anchor *domain.AuditAnchor
	Within time.Duration
}

// VerifyAudit computes every hash of the record again, compares every approved report and request with the hash that its approval
// recorded, and the chain with its anchor. It stops at the first thing that is wrong, which is no error but its outcome.
// It is for commands; requests go through [Service.AuditVerification].
func VerifyAudit(ctx context.Context, store *repository.Store, o VerifyOptions) (domain.AuditVerification, error) {
	end, err := store.AuditAnchor(ctx, time.Time{})
	if err != nil {
		return domain.AuditVerification{}, err
	}
	v := verifier{store: store, anchor: o.Anchor, outcome: domain.AuditVerification{Count: end.Seq}}
	if o.Within > 0 {
		v.until = time.Now().Add(o.Within)
	}
	if v.removals, err = removals(ctx, store); err != nil {
		return v.outcome, err
	}
	err = v.verify(ctx)
	v.outcome.Checked = v.check.Seq()
	v.outcome.Count = max(v.outcome.Count, v.outcome.Checked)
	if errors.Is(err, errVerified) {
		err = nil
	}
	return v.outcome, err
}

// errVerified ends the walk along the chain before its end.
var errVerified = errors.New("verified")

// verifier is one walk along the chain. AtAnchor is the hash that the chain has at the anchor's place.
type verifier struct {
	store    *repository.Store
	anchor   *domain.AuditAnchor
	atAnchor domain.AuditHash
	until    time.Time
	check    domain.AuditCheck
	approved []approval
	removals []removal
	outcome  domain.AuditVerification
}

// removal is a simulation that was taken away: what was approved after the place from and before until is gone with it.
type removal struct{ from, until int64 }

// approval is what the record says of one approved report, or request.
type approval struct {
	record  domain.ChainedRecord
	request bool
	id      int64
	hash    string
}

func (v *verifier) verify(ctx context.Context) error {
	err := v.store.EachAuditRecord(ctx, func(r domain.ChainedRecord) error { return v.next(ctx, r) })
	if err != nil {
		return err
	}
	if err := v.compareApproved(ctx); err != nil {
		return err
	}
	if v.anchor != nil {
		if broken := v.check.AgainstAnchor(*v.anchor, v.atAnchor); broken != nil {
			return v.found(broken)
		}
	}
	id, err := v.store.UnrecordedReport(ctx)
	if err != nil {
		return err
	}
	if id != 0 {
		return v.found(&domain.AuditBreak{Kind: domain.AuditReportUnrecorded, ReportID: id})
	}
	if id, err = v.store.UnrecordedRequest(ctx); err != nil {
		return err
	}
	if id != 0 {
		return v.found(&domain.AuditBreak{Kind: domain.AuditRequestUnrecorded, RequestID: id})
	}
	v.outcome.Complete = true
	return nil
}

// found ends the walk with what is wrong.
func (v *verifier) found(broken *domain.AuditBreak) error {
	v.outcome.Broken, v.outcome.Complete = broken, true
	return errVerified
}

// approvalsAtOnce is how many approvals are compared with what they approved in one statement of each kind.
const approvalsAtOnce = 500

func (v *verifier) next(ctx context.Context, r domain.ChainedRecord) error {
	if !v.check.Next(r) {
		return v.diagnose(ctx, r)
	}
	if v.anchor != nil && v.anchor.Seq == r.Seq {
		v.atAnchor = r.Hash
	}
	approved, ok := approvalIn(r)
	switch {
	case ok && slices.ContainsFunc(v.removals, func(gone removal) bool { return gone.from < r.Seq && r.Seq < gone.until }):
		v.outcome.Voided++
	case ok:
		v.approved = append(v.approved, approved)
	}
	if len(v.approved) >= approvalsAtOnce {
		if err := v.compareApproved(ctx); err != nil {
			return err
		}
	}
	if r.Seq%approvalsAtOnce == 0 && !v.until.IsZero() && time.Now().After(v.until) {
		return errVerified
	}
	return ctx.Err()
}

func (v *verifier) diagnose(ctx context.Context, r domain.ChainedRecord) error {
	if err := v.compareApproved(ctx); err != nil {
		return err // what is broken before this record is the first
	}
	followers, err := v.store.AuditFollowers(ctx, v.check.Hash())
	if err != nil {
		return err
	}
	var follower *domain.ChainedRecord
	for i := range followers {
		if v.check.Follows(followers[i]) {
			follower = &followers[i]
		}
	}
	return v.found(v.check.Diagnose(r, follower, v.outcome.Count))
}

// approvalIn is what a record says of an approved report or request; ok is false for every other record.
func approvalIn(r domain.ChainedRecord) (a approval, ok bool) {
	if (r.Action != "report.approve" && r.Action != "request.approve") || r.Result != string(domain.AuditDone) || r.ObjectID == nil || r.After == nil {
		return a, false
	}
	var after struct {
		ContentHash string `json:"contentHash"`
	}
	err := json.Unmarshal([]byte(*r.After), &after)
	return approval{record: r, request: r.Action == "request.approve", id: *r.ObjectID, hash: after.ContentHash}, err == nil
}

// compareApproved holds the approvals read so far against the reports and requests as they are kept now.
func (v *verifier) compareApproved(ctx context.Context) error {
	ids := map[bool][]int64{}
	for _, a := range v.approved {
		ids[a.request] = append(ids[a.request], a.id)
	}
	reports, err := v.store.ApprovedHashes(ctx, ids[false])
	if err != nil {
		return err
	}
	requests, err := v.store.ApprovedRequestHashes(ctx, ids[true])
	if err != nil {
		return err
	}
	for _, a := range v.approved {
		if broken := a.compare(map[bool]map[int64]string{false: reports, true: requests}[a.request]); broken != nil {
			return v.found(broken)
		}
		if a.request {
			v.outcome.Requests++
		} else {
			v.outcome.Reports++
		}
	}
	v.approved = v.approved[:0]
	return nil
}

// compare says what is wrong with what was approved, by the hashes that are kept; nil where nothing is.
func (a approval) compare(hashes map[int64]string) *domain.AuditBreak {
	broken := domain.AuditBreak{Seq: a.record.Seq, ID: a.record.ID, At: a.record.At}
	hash, kept := hashes[a.id]
	switch {
	case hash == a.hash && kept:
		return nil
	case a.request:
		broken.RequestID, broken.Kind = a.id, domain.AuditRequestChanged
	default:
		broken.ReportID, broken.Kind = a.id, domain.AuditReportChanged
	}
	if !kept {
		broken.Kind = map[bool]domain.AuditBreakKind{false: domain.AuditReportGone, true: domain.AuditRequestGone}[a.request]
	}
	return &broken
}

// removals are the simulations that the record says were taken away.
func removals(ctx context.Context, store *repository.Store) (gone []removal, err error) {
	records, err := store.SimulationRemovals(ctx)
	for _, r := range records {
		var about struct {
			After int64 `json:"after"`
		}
		if r.After == nil || json.Unmarshal([]byte(*r.After), &about) != nil {
			continue // then nothing was taken away by it
		}
		gone = append(gone, removal{from: about.After, until: r.Seq})
	}
	return gone, err
}
