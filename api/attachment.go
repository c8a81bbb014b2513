package api

import (
	"context"
	"fmt"
	"time"

	"zhongda/domain"
)

// Attachment is a file beside a project. size is in bytes; sha256 is that of the content, in hexadecimal.
type Attachment struct {
	ID        int64                 `json:"id"`
	ProjectID int64                 `json:"projectId"`
	Name      string                `json:"name"`
	Kind      domain.AttachmentKind `json:"kind"`
	Size      int                   `json:"size"`
	SHA256    string                `json:"sha256"`
	CreatedBy string                `json:"createdBy"`
	CreatedAt time.Time             `json:"createdAt"`
}

func attachment(a domain.Attachment) Attachment {
	return Attachment{
		ID: a.ID, ProjectID: a.ProjectID, Name: a.Name, Kind: a.Kind, Size: a.Size, SHA256: a.SHA256, CreatedBy: a.CreatedBy,
		CreatedAt: a.CreatedAt,
	}
}

// addAttachmentIn takes the file itself as its body. Browsers do not know every type that is accepted, so the general one
// is, too: what the file is, its content decides.
type addAttachmentIn struct {
	projectID
	Name string `query:"name" validate:"required,max=300"`
	File Upload `accept:"application/octet-stream,application/pdf,image/jpeg,image/png,application/ofd,application/vnd.openxmlformats-officedocument.wordprocessingml.document,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"`
}

func (h handlers) addAttachment(ctx context.Context, in addAttachmentIn) (Created[Attachment], error) {
	return keptFile(h.service.AddAttachment(ctx, in.ID, in.Name, in.File.Body))
}

func keptFile(added domain.Attachment, err error) (Created[Attachment], error) {
	if err != nil {
		return Created[Attachment]{}, err
	}
	return Created[Attachment]{Value: attachment(added), At: fmt.Sprintf("/api/v1/attachments/%d", added.ID)}, nil
}

func (h handlers) listAttachments(ctx context.Context, in projectID) (List[Attachment], error) {
	return listOf(attachment)(h.service.ProjectAttachments(ctx, in.ID))
}

type attachmentID struct {
	ID int64 `path:"id"`
}

func (h handlers) getAttachment(ctx context.Context, in attachmentID) (Download, error) {
	file, write, err := h.service.Attachment(ctx, in.ID)
	if err != nil {
		return Download{}, err
	}
	return Download{ContentType: file.Kind.MediaType(), Filename: file.Name, Write: write}, nil
}

// attachmentMedia are the types a download may have.
func attachmentMedia() []string {
	return mapSlice(domain.AttachmentKinds(), domain.AttachmentKind.MediaType)
}
