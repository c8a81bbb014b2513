package domain

// AuditCheck walks along the chain, record by record in the order of their places. The zero value stands before the first.
type AuditCheck struct {
	last   ChainedRecord // the whole record before the next
	before AuditHash     // the hash of the one before that
}

// Seq is the place of the last whole record.
func (c *AuditCheck) Seq() int64 { return c.last.Seq }

// Hash is that of the last whole record.
func (c *AuditCheck) Hash() AuditHash { return c.last.Hash }

// Next takes the next record and reports whether it is whole and follows the one before it.
func (c *AuditCheck) Next(r ChainedRecord) bool {
	if r.Seq != c.last.Seq+1 || r.PreviousHash != c.last.Hash || r.Digest(r.Seq) != r.Hash {
		return false
	}
	c.before, c.last = c.last.Hash, r
	return true
}

// Diagnose says what happened where Next refused r. Follower is the record that was written after the last whole one,
// nil where none is kept; end is the place of the newest record.
//
// A record that still has the hash of another place was moved, by hand or because others were taken out or put in. One
// that is whole but follows something else shows that the record before it was changed and given a new hash.
func (c *AuditCheck) Diagnose(r ChainedRecord, follower *ChainedRecord, end int64) *AuditBreak {
	place := c.last.Seq + 1
	switch {
	case r.Seq > place:
		return &AuditBreak{Kind: AuditDeleted, Seq: place}
	case r.Seq < place:
		return breakAt(AuditInserted, r)
	case place > 1 && r.PreviousHash == c.before && r.Digest(place-1) == r.Hash:
		return breakAt(AuditInserted, c.last)
	case place > 1 && r.Digest(place) == r.Hash:
		return breakAt(AuditChanged, c.last)
	}
	origin := r.origin(end)
	switch {
	case origin > place && follower == nil:
		return &AuditBreak{Kind: AuditDeleted, Seq: place}
	case origin != 0 && origin != place:
		return breakAt(AuditReordered, r)
	case follower != nil:
		return breakAt(AuditInserted, r)
	default:
		return breakAt(AuditChanged, r)
	}
}

// origin is the place that the record's hash was made for, zero where there is none up to a little past the end.
func (r ChainedRecord) origin(end int64) int64 {
	const removed = 10_000 // so many may have been taken out before it and the others moved up
	for seq := int64(1); seq <= end+removed; seq++ {
		if r.Digest(seq) == r.Hash {
			return seq
		}
	}
	return 0
}

// Follows reports whether the record was written right after the last whole one, wherever it stands now.
func (c *AuditCheck) Follows(r ChainedRecord) bool {
	return r.PreviousHash == c.last.Hash && r.Digest(c.last.Seq+1) == r.Hash
}

// AgainstAnchor compares a chain found whole with an anchor; at is the hash that the chain has at the anchor's place.
func (c *AuditCheck) AgainstAnchor(a AuditAnchor, at AuditHash) *AuditBreak {
	switch {
	case c.last.Seq < a.Seq:
		return &AuditBreak{Kind: AuditMissing, Seq: c.last.Seq + 1}
	case at != a.Hash:
		return &AuditBreak{Kind: AuditRewritten, Seq: a.Seq}
	}
	return nil
}
