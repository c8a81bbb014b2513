package api

import (
	"context"
)

// addEvidenceIn takes a file for an issue or an order as addAttachmentIn takes one for a project.
type addEvidenceIn struct {
	ID   int64  `path:"id"`
	Name string `query:"name" validate:"required,max=300"`
	File Upload `accept:"application/octet-stream,application/pdf,image/jpeg,image/png,application/ofd,application/vnd.openxmlformats-officedocument.wordprocessingml.document,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"`
}

func (h handlers) addIssueAttachment(ctx context.Context, in addEvidenceIn) (Created[Attachment], error) {
	return keptFile(h.service.AddIssueEvidence(ctx, in.ID, in.Name, in.File.Body))
}

func (h handlers) addOrderAttachment(ctx context.Context, in addEvidenceIn) (Created[Attachment], error) {
	return keptFile(h.service.AddOrderEvidence(ctx, in.ID, in.Name, in.File.Body))
}

func (h handlers) listIssueAttachments(ctx context.Context, in issueID) (List[Attachment], error) {
	return listOf(attachment)(h.service.IssueFiles(ctx, in.ID))
}

func (h handlers) listOrderAttachments(ctx context.Context, in orderID) (List[Attachment], error) {
	return listOf(attachment)(h.service.OrderFiles(ctx, in.ID))
}
