package repository

import "context"

// Translated reports whether the violation of a constraint has a meaning of its own.
func Translated(constraint string) bool {
	_, ok := constraints()[constraint]
	return ok
}

// InZone gives the rest of the transaction a time zone of its own.
func (s *Store) InZone(ctx context.Context, zone string) error {
	return s.conn(ctx).Exec("SELECT set_config('timezone', ?, true)", zone).Error
}
