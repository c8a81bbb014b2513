package service_test

import (
	"bytes"
	"errors"
	"io"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"zhongda/domain"
	"zhongda/repository/repositorytest"
)

func TestWhoMayAddAndReadAttachments(t *testing.T) {
	t.Parallel()
	n := newNewsroom(t)
	site := n.site(t)
	for _, c := range []struct {
		who         domain.User
		write, read string
	}{
		{n.editor, "", ""},
		{n.lead, "", ""},
		{n.foreign, "not_own_project", "not_own_project"},
		{n.reviewer, "", ""},
		{n.manager, "role_missing", ""},
		{n.member(t, "city", domain.RoleSysAdmin), "role_missing", "role_missing"},
		{n.member(t, "city", domain.RoleAuditor), "role_missing", "role_missing"},
	} {
		before := fingerprint(t, n.Database, "attachment")
		added, err := n.AddAttachment(as(c.who), site.ID, "批复.pdf", strings.NewReader("%PDF-"+c.who.Username))
		require.Equal(t, c.write, codeOf(t, err), c.who.Username)
		require.Equal(t, c.write == "", before != fingerprint(t, n.Database, "attachment"))
		if c.write == "" {
			require.Equal(t, c.who.Username, added.CreatedBy)
			require.Equal(t, text(added.ID), n.Text(t, `SELECT object_id FROM audit_record WHERE action = 'attachment.add' AND result = 'done'
				AND project_id = $1 AND after->>'sha256' = $2`, site.ID, added.SHA256))
		}
		_, err = n.ProjectAttachments(as(c.who), site.ID)
		require.Equal(t, c.read, codeOf(t, err), c.who.Username)
	}
	files, err := n.ProjectAttachments(as(n.manager), site.ID)
	require.NoError(t, err)
	require.Len(t, files, 3)
	var content bytes.Buffer
	file, write, err := n.Attachment(as(n.lead), files[0].ID)
	require.NoError(t, err)
	require.NoError(t, write(&content))
	require.Equal(t, "%PDF-"+file.CreatedBy, content.String())
	_, _, err = n.Attachment(as(n.foreign), files[0].ID)
	require.Equal(t, "attachment_not_found", codeOf(t, err), "another bureau's reads like an absent one")
	_, _, err = n.Attachment(as(n.lead), 999)
	require.Equal(t, "attachment_not_found", codeOf(t, err))
}

// A file larger than the parts it is sent in comes back whole.
func TestALargeAttachmentComesBackWhole(t *testing.T) {
	t.Parallel()
	n := newNewsroom(t)
	sent := append([]byte("%PDF-"), bytes.Repeat([]byte("0123456789abcdef\x00"), 200_000)...)
	file, err := n.AddAttachment(as(n.editor), n.site(t).ID, "图纸.pdf", bytes.NewReader(sent))
	require.NoError(t, err)
	var got bytes.Buffer
	_, write, err := n.Attachment(as(n.editor), file.ID)
	require.NoError(t, err)
	require.NoError(t, write(&got))
	require.True(t, bytes.Equal(sent, got.Bytes()))
}

func TestTheSameBytesAreKeptOnce(t *testing.T) {
	t.Parallel()
	n := newNewsroom(t)
	site := n.site(t)
	var wait sync.WaitGroup
	codes := make([]string, 12)
	for i := range codes {
		wait.Go(func() {
			_, err := n.AddAttachment(as(n.editor), site.ID, text(i)+".pdf", strings.NewReader("%PDF-1.4 same"))
			var refused *domain.Error
			if errors.As(err, &refused) {
				codes[i] = refused.Code
			}
		})
	}
	wait.Wait()
	require.Equal(t, "1", n.Text(t, "SELECT count(*) FROM attachment"))
	require.Equal(t, 11, strings.Count(strings.Join(codes, " "), "attachment_exists"))
	_, err := n.AddAttachment(as(n.editor), n.site(t).ID, "x.pdf", strings.NewReader("%PDF-1.4 same"))
	require.NoError(t, err, "another project may hold them too")
}

func TestABrokenUploadKeepsNothing(t *testing.T) {
	t.Parallel()
	n := newNewsroom(t)
	site, exited := n.site(t), n.site(t, repositorytest.Exited())
	before := fingerprint(t, n.Database, "attachment", "project")
	lost := io.MultiReader(strings.NewReader("%PDF-1.4"), brokenReader{})
	_, err := n.AddAttachment(as(n.editor), site.ID, "a.pdf", lost)
	require.ErrorIs(t, err, io.ErrUnexpectedEOF)
	_, err = n.AddAttachment(as(n.editor), site.ID, "a.exe", strings.NewReader("%PDF-1.4"))
	require.Equal(t, "invalid", codeOf(t, err))
	_, err = n.AddAttachment(as(n.editor), exited.ID, "a.pdf", strings.NewReader("%PDF-1.4"))
	require.Equal(t, "project_exited", codeOf(t, err))
	_, err = n.AddAttachment(as(n.editor), 999, "a.pdf", strings.NewReader("%PDF-1.4"))
	require.Equal(t, "project_not_found", codeOf(t, err))
	require.Equal(t, before, fingerprint(t, n.Database, "attachment", "project"))
}

type brokenReader struct{}

func (brokenReader) Read([]byte) (int, error) { return 0, io.ErrUnexpectedEOF }

func TestEvidenceIsOfItsProject(t *testing.T) {
	t.Parallel()
	n := newNewsroom(t)
	site, other := n.site(t), n.site(t)
	own, err := n.AddAttachment(as(n.editor), site.ID, "a.pdf", strings.NewReader("%PDF-1"))
	require.NoError(t, err)
	crossed, err := n.AddAttachment(as(n.editor), other.ID, "a.pdf", strings.NewReader("%PDF-1"))
	require.NoError(t, err)
	found, err := n.AttachmentsOf(t.Context(), site.ID, []int64{own.ID})
	require.NoError(t, err)
	require.Equal(t, own.SHA256, found[0].SHA256)
	_, err = n.AttachmentsOf(t.Context(), site.ID, []int64{own.ID, crossed.ID})
	require.Equal(t, "invalid", codeOf(t, err))
}
