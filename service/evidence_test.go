package service_test

import (
	"context"
	"io"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"zhongda/domain"
	"zhongda/repository"
)

// The bureau that must act is not the project's owner: it brings the proof, both sides and the Commission read it, and a
// third bureau learns nothing of it. The same holds of an issue and of an order.
func TestWhoMustActBringsTheProof(t *testing.T) {
	t.Parallel()
	c := newCouncil(t)
	issue, order := c.issue(t, domain.IssueOpen, c.editor), c.order(t, domain.OrderAcknowledged)
	for noun, of := range map[string]struct {
		project, id int64
		add         func(context.Context, int64, string, io.Reader) (domain.Attachment, error)
		list        func(context.Context, int64) ([]domain.Attachment, error)
		claim       func(ctx context.Context, files ...int64) ([]int64, error)
	}{
		"issue": {issue.Project.ID, issue.ID, c.AddIssueEvidence, c.IssueFiles, func(ctx context.Context, files ...int64) ([]int64, error) {
			move := domain.IssueMove{Action: domain.IssueResolve, Text: "已交付", Evidence: domain.Evidence{Attachments: files}}
			view, err := c.MoveIssue(ctx, issue.ID, issue.Version, move)
			return view.Evidence.Attachments, err
		}},
		"order": {order.Project.ID, order.ID, c.AddOrderEvidence, c.OrderFiles, func(ctx context.Context, files ...int64) ([]int64, error) {
			move := domain.OrderMove{Action: domain.OrderAnswer, Text: "已整改", Evidence: domain.Evidence{Attachments: files}}
			view, err := c.MoveOrder(ctx, order.ID, order.Version, move)
			return view.Evidence.Attachments, err
		}},
	} {
		owners, err := c.AddAttachment(as(c.editor), of.project, "内部.pdf", strings.NewReader("%PDF-own"))
		require.NoError(t, err)
		before := fingerprint(t, c.Database, "attachment", "issue", "issue_entry", "supervision_order", "order_entry")
		for who, want := range map[string]struct {
			user domain.User
			code string
		}{
			"third bureau": {c.stranger, noun + "_not_found"}, "owner's editor": {c.editor, "not_" + noun + "_side"}, "manager": {c.manager, "role_missing"},
		} {
			_, err := of.add(as(want.user), of.id, "批复.pdf", strings.NewReader("%PDF-x"))
			require.Equal(t, want.code, codeOf(t, err), "%s %s", noun, who)
		}
		_, err = of.claim(as(c.actor), owners.ID)
		require.Equal(t, "attachmentIds unknown_attachment", fieldsOf(t, err), "a file that its namer cannot read")
		_, err = of.claim(as(c.actor), 999_999)
		require.Equal(t, "attachmentIds unknown_attachment", fieldsOf(t, err))
		require.Equal(t, before, fingerprint(t, c.Database, "attachment", "issue", "issue_entry", "supervision_order", "order_entry"))

		file, err := of.add(as(c.actor), of.id, "批复.pdf", strings.NewReader("%PDF-own"))
		require.NoError(t, err, "that the owner has the same bytes is none of its business")
		_, err = of.add(as(c.actor), of.id, "again.pdf", strings.NewReader("%PDF-own"))
		require.Equal(t, "attachment_exists", codeOf(t, err))
		for who, want := range map[string]struct {
			user  domain.User
			files int
		}{"actor": {c.actor, 1}, "owner": {c.editor, 2}, "Commission": {c.reviewer, 2}} {
			files, err := of.list(as(want.user), of.id)
			require.NoError(t, err)
			require.Len(t, files, want.files, "%s %s", noun, who)
			_, _, err = c.Attachment(as(want.user), file.ID)
			require.NoError(t, err, who)
		}
		_, _, err = c.Attachment(as(c.actor), owners.ID)
		require.Equal(t, "attachment_not_found", codeOf(t, err), "the owner's other files stay its own")
		_, err = of.list(as(c.stranger), of.id)
		require.Equal(t, noun+"_not_found", codeOf(t, err))
		_, _, err = c.Attachment(as(c.stranger), file.ID)
		require.Equal(t, "attachment_not_found", codeOf(t, err))

		kept, err := of.claim(as(c.actor), file.ID)
		require.NoError(t, err)
		require.Equal(t, []int64{file.ID}, kept, "a file alone is evidence")
		_, err = of.add(as(c.actor), of.id, "late.pdf", strings.NewReader("%PDF-late"))
		require.Equal(t, domain.KindConflict, domain.KindOf(err), "what was claimed takes no more proof")
	}
}

// The database refuses a file for another's issue or order, or one that is of another project.
func TestTheDatabaseRefusesForeignEvidence(t *testing.T) {
	t.Parallel()
	c := newCouncil(t)
	issue, order, other := c.issue(t, domain.IssueOpen, c.editor), c.order(t, domain.OrderIssued), c.site(t)
	add := func(bureau string, matter domain.Matter) error {
		file, err := domain.NewAttachment(matter, "a.pdf", []byte("%PDF-"+bureau))
		require.NoError(t, err)
		file.CreatedBy, file.CreatedAt = bureau, c.now
		return c.Store.Write(t.Context(), domain.ScopeSubtree(c.Organisation(t, bureau).ID), func(tx *repository.Store) error {
			_, err := tx.AddAttachment(t.Context(), file, []byte("%PDF-"+bureau))
			return err
		})
	}
	ofIssue, ofOrder := domain.Matter{ProjectID: issue.Project.ID, IssueID: issue.ID}, domain.Matter{ProjectID: order.Project.ID, OrderID: order.ID}
	for _, bureau := range []string{"water", "baoan"} {
		require.Equal(t, "row_security", codeOf(t, add(bureau, ofIssue)), bureau)
		require.Equal(t, "row_security", codeOf(t, add(bureau, ofOrder)), bureau)
	}
	require.Equal(t, "row_security", codeOf(t, add("transport", domain.Matter{ProjectID: other.ID, IssueID: issue.ID})))
	require.Equal(t, "row_security", codeOf(t, add("transport", domain.Matter{ProjectID: other.ID, OrderID: order.ID})))
	require.Equal(t, "row_security", codeOf(t, add("transport", domain.Matter{ProjectID: issue.Project.ID})))
	require.NoError(t, add("transport", ofIssue))
	require.NoError(t, add("transport", ofOrder))
}
