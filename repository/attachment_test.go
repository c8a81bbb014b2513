package repository_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"zhongda/domain"
	"zhongda/repository"
	"zhongda/repository/repositorytest"
)

func addAttachment(t *testing.T, city *repositorytest.City, scope domain.Scope, a domain.Attachment, content string) (added domain.Attachment, err error) {
	t.Helper()
	err = city.Store.Write(t.Context(), scope, func(tx *repository.Store) error {
		added, err = tx.AddAttachment(t.Context(), a, []byte(content))
		return err
	})
	return added, err
}

func pdf(t *testing.T, projectID int64, content string) domain.Attachment {
	t.Helper()
	a, err := domain.NewAttachment(domain.Matter{ProjectID: projectID}, "批复.pdf", []byte(content))
	require.NoError(t, err)
	a.CreatedBy, a.CreatedAt = "water.editor", time.Date(2026, 7, 1, 1, 0, 0, 0, time.UTC)
	return a
}

func TestAttachmentsAreKeptAsTheyCame(t *testing.T) {
	t.Parallel()
	city := repositorytest.NewCity(t)
	p := city.NewProject(t)
	own := domain.ScopeSubtree(city.Organisation(t, "water").ID)
	const content = "%PDF-1.4 \x00\xff"
	added, err := addAttachment(t, city, own, pdf(t, p.ID, content), content)
	require.NoError(t, err)
	read, err := city.Store.Attachment(t.Context(), own, added.ID)
	require.NoError(t, err)
	read.CreatedAt = read.CreatedAt.UTC()
	require.Equal(t, added, read)
	part, err := city.Store.AttachmentPart(t.Context(), added.ID, 5, 100)
	require.NoError(t, err)
	require.Equal(t, content[5:], string(part))

	foreign := domain.ScopeSubtree(city.Organisation(t, "transport").ID)
	_, err = city.Store.Attachment(t.Context(), foreign, added.ID)
	require.Equal(t, "attachment_not_found", codeOf(t, err))
	_, err = addAttachment(t, city, foreign, pdf(t, p.ID, "%PDF-2"), "%PDF-2")
	require.Equal(t, "row_security", codeOf(t, err))
	for _, statement := range []string{
		"UPDATE attachment SET name = 'x'", "UPDATE attachment SET bytes = ''", "DELETE FROM attachment", "TRUNCATE attachment",
	} {
		require.ErrorContains(t, attempt(t, city.DSN, "SET ROLE zhongda_app; "+statement), "permission denied", statement)
	}
}

func TestEvidenceNamesFilesOfItsOwnProject(t *testing.T) {
	t.Parallel()
	city := repositorytest.NewCity(t)
	p, other := city.NewProject(t), city.NewProject(t)
	first, err := addAttachment(t, city, domain.ScopeAll(), pdf(t, p.ID, "%PDF-1"), "%PDF-1")
	require.NoError(t, err)
	second, err := addAttachment(t, city, domain.ScopeAll(), pdf(t, other.ID, "%PDF-1"), "%PDF-1")
	require.NoError(t, err)
	found, err := city.Store.AttachmentsAmong(t.Context(), p.ID, []int64{first.ID, second.ID, 999})
	require.NoError(t, err)
	require.Len(t, found, 1)
	require.NoError(t, domain.CheckAttachments([]int64{first.ID}, found))
	require.Equal(t, "attachments[1] attachment_not_found", codeOf(t, domain.CheckAttachments([]int64{first.ID, second.ID}, found)))
	none, err := city.Store.AttachmentsAmong(t.Context(), p.ID, nil)
	require.NoError(t, err)
	require.Empty(t, none)
}

func TestBrokenConstraintsOfAttachmentsReadAsSentences(t *testing.T) {
	t.Parallel()
	city := repositorytest.NewCity(t)
	p := city.NewProject(t)
	const content = "%PDF-1.4"
	_, err := addAttachment(t, city, domain.ScopeAll(), pdf(t, p.ID, content), content)
	require.NoError(t, err)
	for want, change := range map[string]func(*domain.Attachment){
		"attachment_exists":     func(*domain.Attachment) {},
		"name too_long":         func(a *domain.Attachment) { a.Name = "" },
		"name attachment_kind":  func(a *domain.Attachment) { a.Kind = "exe" },
		"file attachment_empty": func(a *domain.Attachment) { a.Size = 0 },
	} {
		a := pdf(t, p.ID, content)
		change(&a)
		_, err := addAttachment(t, city, domain.ScopeAll(), a, content)
		require.Equal(t, want, codeOf(t, err))
	}
	a := pdf(t, p.ID, "%PDF-2")
	_, err = addAttachment(t, city, domain.ScopeAll(), a, "%PDF-3")
	require.Error(t, err, "the hash is that of the bytes")
	orphan := pdf(t, 999, content)
	err = city.Owner.Tx(t.Context(), func(tx *repository.Store) error {
		_, err := tx.AddAttachment(t.Context(), orphan, []byte(content))
		return err
	})
	require.Equal(t, "project_not_found", codeOf(t, err))
}
