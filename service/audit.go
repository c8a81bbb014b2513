package service

import (
	"context"

	"zhongda/domain"
)

// AuditRecords reads the record, newest first; the auditor's alone.
func (s *Service) AuditRecords(ctx context.Context, f domain.AuditFilter, page domain.PageRequest) (domain.Page[domain.AuditRecord], error) {
	if _, err := s.access.require(domain.ActorFrom(ctx), domain.PermissionAuditRead); err != nil {
		return domain.Page[domain.AuditRecord]{}, err
	}
	return s.store.AuditRecords(ctx, f, page)
}
