package repository

import (
	"context"
	"fmt"
	"strings"
)

// CheckDurability fails when the server may lose what it acknowledged.
func (s *Store) CheckDurability(ctx context.Context) error {
	var off []string
	err := s.conn(ctx).Raw(`SELECT name FROM pg_settings
		WHERE name IN ('fsync', 'full_page_writes', 'synchronous_commit') AND setting = 'off' ORDER BY name`).Scan(&off).Error
	if err != nil {
		return failure("read the durability settings", err)
	}
	if len(off) > 0 {
		return fmt.Errorf("switched off: %s", strings.Join(off, ", "))
	}
	return nil
}
