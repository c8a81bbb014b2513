package service

import (
	"context"
	"fmt"
	"io"

	"zhongda/domain"
)

// uploadsAtOnce bounds how many files the program holds in memory at a time; further ones wait for their turn.
const uploadsAtOnce = 4

// AddAttachment keeps a file beside a project of one's own. Its content decides what it is, whatever was declared.
func (s *Service) AddAttachment(ctx context.Context, projectID int64, name string, body io.Reader) (domain.Attachment, error) {
	return s.keepFile(ctx, evidenceAct(projectID), name, body, func(w *write) (domain.Matter, error) {
		_, err := s.ownProject(ctx, w.Store, w.scope, projectID)
		return domain.Matter{ProjectID: projectID}, err
	})
}

// keepFile reads a file and keeps it for the matter, which matter must have allowed the actor.
func (s *Service) keepFile(ctx context.Context, a act, name string, body io.Reader, matter func(w *write) (domain.Matter, error)) (domain.Attachment, error) {
	if _, err := s.access.require(domain.ActorFrom(ctx), a.permission); err != nil {
		return domain.Attachment{}, err
	}
	leave, err := s.uploads.enter(ctx)
	if err != nil {
		return domain.Attachment{}, err
	}
	defer leave()
	content, err := io.ReadAll(io.LimitReader(body, domain.AttachmentBytesMax+1)) // before the transaction: the sender may be slow
	if err != nil {
		return domain.Attachment{}, fmt.Errorf("read an upload: %w", err)
	}
	var added domain.Attachment
	err = s.perform(ctx, a, func(w *write) error {
		of, err := matter(w)
		if err != nil {
			return err
		}
		file, err := domain.NewAttachment(of, name, content)
		if err != nil {
			return err
		}
		file.CreatedBy, file.CreatedAt = w.record.Actor, w.record.At
		if added, err = w.AddAttachment(ctx, file, content); err != nil {
			return err
		}
		w.record.ObjectID = added.ID
		return w.note(facts{}, attachmentFacts(added))
	})
	return added, err
}

func attachmentFacts(a domain.Attachment) facts {
	return facts{"name": a.Name, "size": a.Size, "sha256": a.SHA256}
}

// ProjectAttachments lists the files of a project, the latest first.
func (s *Service) ProjectAttachments(ctx context.Context, projectID int64) ([]domain.Attachment, error) {
	scope, err := s.access.require(domain.ActorFrom(ctx), domain.PermissionAttachmentRead)
	if err != nil {
		return nil, err
	}
	if err := s.ownProjectToRead(ctx, scope, projectID); err != nil {
		return nil, err
	}
	return s.store.ProjectAttachments(ctx, projectID)
}

// Attachment reads what is known of a file and gives the function that writes its content out. Another bureau's reads
// like an absent one.
func (s *Service) Attachment(ctx context.Context, id int64) (domain.Attachment, func(io.Writer) error, error) {
	scope, err := s.access.require(domain.ActorFrom(ctx), domain.PermissionAttachmentRead)
	if err != nil {
		return domain.Attachment{}, nil, err
	}
	file, err := s.store.Attachment(ctx, scope, id)
	return file, func(w io.Writer) error { return s.writeAttachment(ctx, w, file) }, err
}

// writeAttachment reads a file part by part, so that many readers of large files cost little memory.
func (s *Service) writeAttachment(ctx context.Context, w io.Writer, file domain.Attachment) error {
	const part = 1 << 20
	for offset := 0; offset < file.Size; offset += part {
		content, err := s.store.AttachmentPart(ctx, file.ID, offset, part)
		if err != nil {
			return err
		}
		if _, err := w.Write(content); err != nil {
			return fmt.Errorf("send an attachment: %w", err)
		}
	}
	return nil
}

// attachmentsOf are the files that evidence names: all of the ids, or a refusal when one is no file of this project.
func (w *write) attachmentsOf(ctx context.Context, projectID int64, ids []int64) ([]domain.Attachment, error) {
	found, err := w.AttachmentsAmong(ctx, projectID, ids)
	if err != nil {
		return nil, err
	}
	return found, domain.CheckAttachments(ids, found)
}
