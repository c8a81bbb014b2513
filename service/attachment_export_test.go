package service

import (
	"context"

	"zhongda/domain"
	"zhongda/repository"
)

// AttachmentsOf lets a test name evidence as every act that takes evidence does.
func (s *Service) AttachmentsOf(ctx context.Context, projectID int64, ids []int64) (found []domain.Attachment, err error) {
	err = s.store.Tx(ctx, func(tx *repository.Store) error {
		found, err = (&write{Store: tx}).attachmentsOf(ctx, projectID, ids)
		return err
	})
	return found, err
}
