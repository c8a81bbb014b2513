package repository

import (
	"context"
	"strings"

	"zhongda/domain"
)

// The order of hits is that of [domain.SearchResult]; among equals what still lives comes first, then the shorter name.
const (
	searchProjects = `SELECT p.id, p.code, p.name, o.short_name AS owner, o.name_en AS owner_en, p.stage, p.standing
	FROM project p JOIN organisation o ON o.id = p.owner_organisation_id
	WHERE (p.name ILIKE @text OR p.code ILIKE @text OR p.initials LIKE lower(@text) OR p.national_code = @exact
		OR p.id IN (SELECT project_id FROM plan_mention WHERE name ILIKE @text)) AND (`
	searchProjectsOrder = `)
	ORDER BY CASE WHEN lower(@exact) IN (lower(p.code), p.national_code) THEN 0
		WHEN p.name ILIKE @start OR p.code ILIKE @start THEN 1
		WHEN p.initials LIKE lower(@start) THEN 2
		WHEN p.name ILIKE @text OR p.code ILIKE @text THEN 3 ELSE 4 END,
		p.standing = 'exited', char_length(p.name), p.id
	LIMIT @limit`

	searchOrganisations = `SELECT o.code, o.name, o.name_en, o.short_name, owned.projects
	FROM organisation o CROSS JOIN LATERAL (SELECT count(*) AS projects FROM project p
		JOIN organisation below ON below.id = p.owner_organisation_id WHERE o.id = ANY (below.path) AND (`
	searchOrganisationsFrom = `)) owned
	WHERE o.name ILIKE @text OR o.short_name ILIKE @text OR o.name_en ILIKE @text OR o.code ILIKE @text OR o.initials LIKE lower(@text)
	ORDER BY CASE WHEN lower(o.code) = lower(@exact) THEN 0
		WHEN o.name ILIKE @start OR o.short_name ILIKE @start OR o.code ILIKE @start THEN 1
		WHEN o.initials LIKE lower(@start) OR o.initials LIKE '% ' || lower(@start) THEN 2
		WHEN o.name ILIKE @text OR o.short_name ILIKE @text THEN 3 ELSE 4 END,
		owned.projects = 0, char_length(o.name), o.id
	LIMIT @limit`

	searchColumns = `SELECT c.number, c.title, c.title_en,
		(SELECT count(DISTINCT m.project_id) FROM plan_mention m JOIN project p ON p.id = m.project_id WHERE m.column_number = c.number AND (`
	searchColumnsFrom = `)) AS projects
	FROM plan_column c
	WHERE c.number::text = @exact OR c.title ILIKE @text OR c.title_en ILIKE @text
	ORDER BY c.number::text <> @exact, c.title NOT ILIKE @start, c.number
	LIMIT @limit`
)

// Search finds projects within the read scope, organisations and columns by a text; the counts beside the latter two are
// of projects within the scope.
func (s *Store) Search(ctx context.Context, read domain.Scope, text string) (domain.SearchResult, error) {
	var found domain.SearchResult
	var within conditions
	within.within(read, "read_root")
	anywhere := likePattern(text)
	args := func(limit int) arguments {
		return within.arguments().and(arguments{
			"exact": text, "text": anywhere, "start": strings.TrimPrefix(anywhere, "%"), "limit": limit,
		})
	}
	where := within.where()
	err := s.query(ctx, searchProjects+where+searchProjectsOrder, args(domain.ProjectHits)).Scan(&found.Projects).Error
	if err == nil {
		err = s.query(ctx, searchOrganisations+where+searchOrganisationsFrom, args(domain.OrganisationHits)).Scan(&found.Organisations).Error
	}
	if err == nil {
		err = s.query(ctx, searchColumns+where+searchColumnsFrom, args(domain.ColumnHits)).Scan(&found.Columns).Error
	}
	return found, failure("search", err)
}
