package repository

import (
	"context"
	"time"

	"zhongda/domain"
)

const attachmentColumns = "a.id, a.project_id, a.issue_id, a.order_id, a.name, a.kind, a.size, a.sha256, a.created_by, a.created_at"

type attachmentRow struct {
	ID        int64
	ProjectID int64
	IssueID   *int64
	OrderID   *int64
	Name      string
	Kind      string
	Size      int
	SHA256    string `gorm:"column:sha256"`
	CreatedBy string
	CreatedAt time.Time
}

func (r attachmentRow) attachment() domain.Attachment {
	return domain.Attachment{
		ID: r.ID, Matter: domain.Matter{ProjectID: r.ProjectID, IssueID: deref(r.IssueID), OrderID: deref(r.OrderID)}, Name: r.Name, Kind: domain.AttachmentKind(r.Kind), Size: r.Size, SHA256: r.SHA256,
		CreatedBy: r.CreatedBy, CreatedAt: r.CreatedAt,
	}
}

// AddAttachment keeps a file with its content and returns it with its id. The same bytes twice for one matter are a
// Conflict; outside the announced write scope it is Forbidden.
func (s *Store) AddAttachment(ctx context.Context, a domain.Attachment, content []byte) (domain.Attachment, error) {
	const query = `INSERT INTO attachment (project_id, issue_id, order_id, name, kind, size, sha256, bytes, created_by, created_at)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id`
	err := s.conn(ctx).Raw(query, a.ProjectID, orNull(a.IssueID), orNull(a.OrderID), a.Name, string(a.Kind), a.Size, a.SHA256, content, a.CreatedBy, a.CreatedAt).Scan(&a.ID).Error
	return a, failure("keep an attachment", err)
}

// Attachment reads what is known of one file. One that lies outside the read scope on every side, the owner's and that of
// who must act on the issue or order it was brought for, is NotFound like an absent one.
func (s *Store) Attachment(ctx context.Context, read domain.Scope, id int64) (domain.Attachment, error) {
	var filter conditions
	filter.withinEither(read, "read_root", "p.owner_organisation_id", "i.responsible_organisation_id", "s.addressee_organisation_id")
	filter.add("id", "a.id = @id", arguments{"id": id})
	found, err := s.attachments(ctx, filter)
	if err != nil {
		return domain.Attachment{}, err
	}
	if len(found) == 0 {
		return domain.Attachment{}, domain.NotFound("attachment_not_found")
	}
	return found[0], nil
}

// ProjectAttachments lists the files of a project, the latest first.
func (s *Store) ProjectAttachments(ctx context.Context, projectID int64) ([]domain.Attachment, error) {
	var filter conditions
	filter.add("project", "a.project_id = @project", arguments{"project": projectID})
	return s.attachments(ctx, filter)
}

// AttachmentsAmong lists those of the ids that are files of the project.
func (s *Store) AttachmentsAmong(ctx context.Context, projectID int64, ids []int64) ([]domain.Attachment, error) {
	var filter conditions
	filter.add("project", "a.project_id = @project", arguments{"project": projectID})
	filter.add("ids", "a.id = ANY (@ids)", arguments{"ids": array[int64](ids)})
	return s.attachments(ctx, filter)
}

func (s *Store) attachments(ctx context.Context, filter conditions) ([]domain.Attachment, error) {
	query := "SELECT " + attachmentColumns + ` FROM attachment a JOIN project p ON p.id = a.project_id
		LEFT JOIN issue i ON i.id = a.issue_id LEFT JOIN supervision_order s ON s.id = a.order_id WHERE ` + filter.where() +
		" ORDER BY a.created_at DESC, a.id DESC"
	var rows []attachmentRow
	if err := s.query(ctx, query, filter.arguments()).Scan(&rows).Error; err != nil {
		return nil, failure("list attachments", err)
	}
	attachments := make([]domain.Attachment, len(rows))
	for i, row := range rows {
		attachments[i] = row.attachment()
	}
	return attachments, nil
}

// AttachmentPart reads length bytes of a file from offset; fewer at its end.
func (s *Store) AttachmentPart(ctx context.Context, id int64, offset, length int) ([]byte, error) {
	var part []byte
	query := "SELECT substring(bytes FROM ? FOR ?) FROM attachment WHERE id = ?"
	err := s.conn(ctx).Raw(query, offset+1, length, id).Row().Scan(&part)
	return part, failure("read an attachment", err)
}
