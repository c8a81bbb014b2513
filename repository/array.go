package repository

import (
	"database/sql/driver"

	"github.com/jackc/pgx/v5/pgtype"
)

// array passes a slice to PostgreSQL as one parameter, as in `= ANY(?)`, and reads an array column back. gorm would
// spread a plain slice into a list of parameters.
type array[T any] []T

// Value hands the slice to the driver, which knows the array types. A nil slice is the empty array, never NULL.
func (a array[T]) Value() (driver.Value, error) {
	if a == nil {
		return []T{}, nil
	}
	return []T(a), nil
}

// Scan reads the text form of an array column.
func (a *array[T]) Scan(source any) error {
	return pgtype.NewMap().SQLScanner((*[]T)(a)).Scan(source)
}

// GormDataType spares gorm a guess at the column's type.
func (array[T]) GormDataType() string { return "array" }
