package service_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"zhongda/domain"
)

// aView is a private view of the projects behind schedule.
func aView(name string) domain.SavedView {
	return domain.SavedView{
		Name: name, Page: domain.ViewTable, Query: "lateBy=91&sort=-slip",
		Columns: []domain.ViewColumn{{Key: "name", Pinned: true}, {Key: "slip", Width: 90}},
	}
}

func refusedFields(t testing.TB, err error) []domain.FieldError {
	t.Helper()
	var refused *domain.Error
	require.ErrorAs(t, err, &refused)
	return refused.Fields
}

func viewNames(views []domain.SavedView) (found []string) {
	for _, v := range views {
		found = append(found, v.Name)
	}
	return found
}

func TestAPrivateViewIsItsOwnersAlone(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	editor, lead := o.member(t, "water", domain.RoleBureauEditor), o.member(t, "water", domain.RoleBureauLead)
	kept, err := o.SaveView(as(editor), aView(" 滞后 "))
	require.NoError(t, err)
	require.Equal(t, "滞后", kept.Name, "without the blanks around it")
	require.Equal(t, aView("").Columns, kept.Columns)
	require.Equal(t, "water.bureau-editor view.create saved_view "+text(kept.ID)+" done ", o.lastRecord(t))
	for user, want := range map[*domain.User][]string{&editor: {"滞后"}, &lead: nil} {
		views, err := o.SavedViews(as(*user))
		require.NoError(t, err)
		require.Equal(t, want, viewNames(views), user.Username)
	}
	views, err := o.Store.SavedViews(t.Context(), lead.ID)
	require.NoError(t, err)
	require.Empty(t, views, "row security hides it, whatever the query")
}

func TestOthersReadASharedViewAndCannotChangeIt(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	editor, lead := o.member(t, "water", domain.RoleBureauEditor), o.member(t, "transport", domain.RoleBureauLead)
	private, err := o.SaveView(as(lead), aView("只给自己"))
	require.NoError(t, err)
	shared := aView("各单位滞后")
	shared.Shared = true
	shared, err = o.SaveView(as(lead), shared)
	require.NoError(t, err)
	require.Contains(t, o.Text(t, "SELECT after::text FROM audit_record ORDER BY id DESC LIMIT 1"), "各单位滞后")
	require.NotContains(t, o.Text(t, "SELECT coalesce(string_agg(after::text, ''), '') FROM audit_record WHERE object_id = "+text(private.ID)), "只给自己")

	seen, err := o.SavedViews(as(editor))
	require.NoError(t, err)
	require.Equal(t, []string{"各单位滞后"}, viewNames(seen))
	before := fingerprint(t, o.Database, "saved_view")
	_, err = o.ChangeView(as(editor), shared.ID, shared.Version, domain.ViewChange{Name: ptr("我改的")})
	require.Equal(t, "not_own_view", codeOf(t, err))
	_, err = o.ChangeView(as(editor), private.ID, private.Version, domain.ViewChange{Name: ptr("我改的")})
	require.Equal(t, "view_not_found", codeOf(t, err))
	require.Equal(t, before, fingerprint(t, o.Database, "saved_view"))
	require.Equal(t, "1", o.countRecords(t, "result = 'refused' AND object_kind = 'saved_view' AND actor = 'water.bureau-editor'"))

	taken, err := o.ChangeView(as(lead), shared.ID, shared.Version, domain.ViewChange{Shared: ptr(false)})
	require.NoError(t, err)
	seen, err = o.SavedViews(as(editor))
	require.NoError(t, err)
	require.Empty(t, seen)
	_, err = o.ChangeView(as(lead), shared.ID, shared.Version, domain.ViewChange{Name: ptr("晚了")})
	require.Equal(t, "stale_version", codeOf(t, err))
	_, err = o.ChangeView(as(lead), taken.ID, taken.Version, domain.ViewChange{Removed: ptr(true)})
	require.NoError(t, err)
	require.Equal(t, "2", o.Text(t, "SELECT count(*) FROM saved_view"), "a removed view is marked, not deleted")
	seen, err = o.SavedViews(as(lead))
	require.NoError(t, err)
	require.Equal(t, []string{"只给自己"}, viewNames(seen))
	_, err = o.ChangeView(as(lead), taken.ID, taken.Version+1, domain.ViewChange{Removed: ptr(false)})
	require.Equal(t, "view_not_found", codeOf(t, err))
}

func TestSharingAndTheLimitsOfViews(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	editor := o.member(t, "water", domain.RoleBureauEditor)
	shared := aView("共享")
	shared.Shared = true
	_, err := o.SaveView(as(editor), shared)
	require.Equal(t, "role_missing", codeOf(t, err))
	kept, err := o.SaveView(as(editor), aView("滞后 A"))
	require.NoError(t, err)
	_, err = o.ChangeView(as(editor), kept.ID, kept.Version, domain.ViewChange{Shared: ptr(true)})
	require.Equal(t, "role_missing", codeOf(t, err))
	_, err = o.ChangeView(as(editor), kept.ID, kept.Version, domain.ViewChange{})
	require.Equal(t, "nothing_to_change", codeOf(t, err))
	_, err = o.SaveView(as(editor), aView("滞后 a"))
	require.Equal(t, []domain.FieldError{{Field: "name", Code: "view_name_taken"}}, refusedFields(t, err))
	_, err = o.SaveView(as(editor), aView("  "))
	require.ErrorContains(t, err, "name required")
	twice := aView("两次")
	twice.Columns = append(twice.Columns, domain.ViewColumn{Key: "slip"})
	_, err = o.SaveView(as(editor), twice)
	require.ErrorContains(t, err, "columns[2].key column_twice")
	for i := 1; i < domain.SavedViewsMax; i++ {
		_, err = o.SaveView(as(editor), aView(fmt.Sprintf("视图%d", i)))
		require.NoError(t, err)
	}
	_, err = o.SaveView(as(editor), aView("多一个"))
	require.Equal(t, "too_many_views", codeOf(t, err))
	for _, role := range []domain.Role{domain.RoleSysAdmin, domain.RoleAuditor} {
		_, err = o.SavedViews(as(o.member(t, "water", role)))
		require.Equal(t, "role_missing", codeOf(t, err), role)
	}
}
