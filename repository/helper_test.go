package repository_test

import (
	"errors"
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"zhongda/domain"
	"zhongda/repository/repositorytest"
)

// codeOf is the code of a refusal: its own, or that of its first field.
func codeOf(t *testing.T, err error) string {
	t.Helper()
	var refusal *domain.Error
	require.True(t, errors.As(err, &refusal), "want a refusal, got %v", err)
	if len(refusal.Fields) > 0 {
		return refusal.Fields[0].Field + " " + refusal.Fields[0].Code
	}
	return refusal.Code
}

// row is everything the table holds of a project.
func row(t *testing.T, city *repositorytest.City, projectID int64) string {
	t.Helper()
	return city.Text(t, "SELECT p::text FROM project p WHERE id = $1", projectID)
}

func text(value any) string { return fmt.Sprint(value) }

func pointer[T any](value T) *T { return &value }
