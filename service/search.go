package service

import (
	"context"
	"strings"

	"zhongda/domain"
)

// Search finds what the actor may read by a text of domain.SearchText characters or more; a shorter one finds nothing.
func (s *Service) Search(ctx context.Context, text string) (domain.SearchResult, error) {
	scope, err := s.access.require(domain.ActorFrom(ctx), domain.PermissionProjectRead)
	if err != nil {
		return domain.SearchResult{}, err
	}
	text = strings.TrimSpace(text)
	if len([]rune(text)) < domain.SearchText {
		return domain.SearchResult{}, nil
	}
	return s.store.Search(ctx, scope, text)
}
