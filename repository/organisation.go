package repository

import (
	"context"

	"zhongda/domain"
)

type organisationRow struct {
	ID           int64
	Code         string
	Name         string
	NameEn       string
	ShortName    string
	ParentID     int64
	Kind         string
	Function     string
	DistrictCode string
	Path         array[int64]
	Projects     int
}

func (r organisationRow) organisation() domain.Organisation {
	return domain.Organisation{
		ID: r.ID, Code: r.Code, Name: r.Name, NameEn: r.NameEn, ShortName: r.ShortName, ParentID: r.ParentID,
		Kind: r.Kind, Function: r.Function, DistrictCode: r.DistrictCode, Path: r.Path, Projects: r.Projects,
	}
}

// organisationSelect counts the projects each body owns itself, not those of the bodies below it.
const organisationSelect = `
	SELECT o.id, o.code, o.name, o.name_en, o.short_name, coalesce(o.parent_id, 0) AS parent_id, o.kind, o.function,
	       coalesce(o.district_code, '') AS district_code, o.path,
	       (SELECT count(*) FROM project p WHERE p.owner_organisation_id = o.id) AS projects
	FROM organisation o`

// Organisations lists the whole tree, each body before those below it.
func (s *Store) Organisations(ctx context.Context) ([]domain.Organisation, error) {
	var rows []organisationRow
	if err := s.conn(ctx).Raw(organisationSelect + " ORDER BY o.path").Scan(&rows).Error; err != nil {
		return nil, failure("list the organisations", err)
	}
	organisations := make([]domain.Organisation, len(rows))
	for i, r := range rows {
		organisations[i] = r.organisation()
	}
	return organisations, nil
}

// Organisation reads one body; NotFound("organisation_not_found") when there is none.
func (s *Store) Organisation(ctx context.Context, id int64) (domain.Organisation, error) {
	var rows []organisationRow
	if err := s.conn(ctx).Raw(organisationSelect+" WHERE o.id = ?", id).Scan(&rows).Error; err != nil {
		return domain.Organisation{}, failure("read the organisation", err)
	}
	if len(rows) == 0 {
		return domain.Organisation{}, domain.NotFound("organisation_not_found")
	}
	return rows[0].organisation(), nil
}
