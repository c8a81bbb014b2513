package domain_test

import (
	"reflect"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"zhongda/domain"
)

// TestProjectChangeLosesNothing sets every field of a change to something and then to its empty value, by reflection, so
// that a field added later cannot be forgotten in Apply.
func TestProjectChangeLosesNothing(t *testing.T) {
	elsewhere := map[string]string{"OwnerOrganisationID": "assigned separately, because it needs the new owner's place in the tree"}
	filled := map[reflect.Type]any{
		reflect.TypeFor[string](): "填写", reflect.TypeFor[domain.Amount](): domain.NewAmount(money(t, "0")),
	}
	changes := reflect.TypeFor[domain.ProjectChange]()
	for i := range changes.NumField() {
		name, typ := changes.Field(i).Name, changes.Field(i).Type.Elem()
		if elsewhere[name] != "" {
			continue
		}
		require.Contains(t, filled, typ, "%s needs a value here", name)
		untouched := domain.Project{Summary: "概况", InternalNote: "内部", Estimate: domain.NotFilled(), Version: 3}
		for _, value := range []reflect.Value{reflect.ValueOf(filled[typ]), reflect.Zero(typ)} {
			var change domain.ProjectChange
			field := reflect.New(typ)
			field.Elem().Set(value)
			reflect.ValueOf(&change).Elem().Field(i).Set(field)
			require.True(t, change.Facts(), name)

			want := untouched
			reflect.ValueOf(&want).Elem().FieldByName(name).Set(value)
			untouched = change.Apply(untouched)
			require.Equal(t, want, untouched, "%s set to %v", name, value)
		}
	}
	require.False(t, domain.ProjectChange{}.Facts())
	require.False(t, domain.ProjectChange{OwnerOrganisationID: ptr[int64](1)}.Facts())
	p := domain.Project{Summary: "概况", Budget: domain.NotFilled()}
	require.Equal(t, p, domain.ProjectChange{}.Apply(p), "absent fields stay")
}

func TestProjectChangeChecksWhatItBrings(t *testing.T) {
	for _, c := range []struct {
		change domain.ProjectChange
		refuse string
	}{
		{domain.ProjectChange{}, "nothing_to_change"},
		{domain.ProjectChange{ConstructionUnit: ptr(strings.Repeat("建", 200)), Summary: ptr(strings.Repeat("概", 4000)), InternalNote: ptr(strings.Repeat("内", 4000))}, ""},
		{domain.ProjectChange{ConstructionUnit: ptr(strings.Repeat("建", 201))}, "constructionUnit too_long"},
		{domain.ProjectChange{Summary: ptr(strings.Repeat("概", 4001)), InternalNote: ptr(strings.Repeat("内", 4001))}, "summary too_long, internalNote too_long"},
		{domain.ProjectChange{NationalCode: ptr("2026-440300-48-01-123456")}, ""},
		{domain.ProjectChange{NationalCode: ptr("")}, ""},
		{domain.ProjectChange{NationalCode: ptr("1926-440300-48-01-123456")}, "nationalCode national_code_form"},
		{domain.ProjectChange{NationalCode: ptr("2026-440300-48-01-123456\n")}, "nationalCode national_code_form"},
		{domain.ProjectChange{NationalCode: ptr(" 2026-440300-48-01-123456")}, "nationalCode national_code_form"},
		{domain.ProjectChange{NationalCode: ptr("２０２６-440300-48-01-123456")}, "nationalCode national_code_form"},
	} {
		require.Equal(t, c.refuse, refusal(t, c.change.Check()))
	}
}

func TestConfirmation(t *testing.T) {
	both := domain.Project{OwnerProvisional: true, StageProvisional: true}
	owner := domain.Project{OwnerProvisional: true}
	for _, c := range []struct {
		confirm domain.Confirmation
		of      domain.Project
		refuse  string
	}{
		{domain.Confirmation{Owner: true}, both, ""},
		{domain.Confirmation{Stage: true}, both, ""},
		{domain.Confirmation{Owner: true, Stage: true}, both, ""},
		{domain.Confirmation{}, both, "owner nothing_to_confirm"},
		{domain.Confirmation{Stage: true}, owner, "already_confirmed"},
		{domain.Confirmation{Owner: true, Stage: true}, owner, "already_confirmed"},
		{domain.Confirmation{Owner: true}, domain.Project{}, "already_confirmed"},
	} {
		require.Equal(t, c.refuse, refusal(t, c.confirm.Check(c.of)), "%+v", c)
	}
}

func TestParseProjectSort(t *testing.T) {
	for _, key := range domain.ProjectSortKeys() {
		for text, want := range map[string]domain.ProjectSort{
			string(key): {Key: key}, "-" + string(key): {Key: key, Descending: true},
		} {
			sort, err := domain.ParseProjectSort(text)
			require.NoError(t, err)
			require.Equal(t, want, sort)
		}
	}
	sort, err := domain.ParseProjectSort("")
	require.NoError(t, err)
	require.Equal(t, domain.ProjectSort{Key: domain.SortCode}, sort)
	for _, text := range []string{"-", "--name", "+name", "NAME", "name ", "internalNote", "name;drop table project", "name,code"} {
		_, err := domain.ParseProjectSort(text)
		require.Equal(t, domain.KindMalformed, domain.KindOf(err), text)
	}
}
