package repository

import (
	"context"
	"fmt"

	"zhongda/domain"
)

// districtChoices are the districts, and the two answers to "where" that are none.
const districtChoices = `SELECT code AS key, name AS label, name_en AS label_en, coalesce(parent_code, '') AS parent,
		row_number() OVER (ORDER BY code) AS place FROM district
	UNION ALL SELECT '` + domain.DistrictCitywide + `', '', '', '', 1000000
	UNION ALL SELECT '` + domain.DistrictNone + `', '', '', '', 1000001`

// districtMembers are the projects of each: what lies in a district lies in the one above it as well.
const districtMembers = `SELECT district_code AS key, project_id FROM project_district
	UNION SELECT d.parent_code, l.project_id FROM project_district l JOIN district d ON d.code = l.district_code WHERE d.parent_code IS NOT NULL
	UNION ALL SELECT '` + domain.DistrictCitywide + `', l.project_id FROM project_district l JOIN district d ON d.code = l.district_code WHERE d.kind = '` + domain.KindCity + `'
	UNION ALL SELECT '` + domain.DistrictNone + `', p.id FROM project p WHERE NOT EXISTS (SELECT FROM project_district l WHERE l.project_id = p.id)`

// Places counts the projects of the filter by district within the read scope, whatever districts the filter chooses. All
// of it is one snapshot.
func (s *Store) Places(ctx context.Context, read domain.Scope, f domain.ProjectFilter, today domain.Date) (domain.Places, error) {
	result := domain.Places{AsOf: today}
	filter := projectConditions(read, f).except(fieldDistrict)
	err := s.transaction(ctx, snapshot(), func(tx *Store) error {
		var err error
		if result.Projects, _, err = tx.countProjects(ctx, filter); err != nil {
			return err
		}
		if result.Places, err = tx.places(ctx, filter, today); err != nil {
			return err
		}
		result.Corridors, result.Crossing, err = tx.corridors(ctx, filter)
		return err
	})
	return result, failure("count the projects by place", err)
}

type placeRow struct {
	District domain.District `gorm:"embedded;embeddedPrefix:district_"`
	Projects int
	Red      int
	Late     int
	Total    moneyTotal
	Filled   int
}

// places counts in each place; lateness of a day or more is that of the filter of the same name.
func (s *Store) places(ctx context.Context, filter conditions, today domain.Date) ([]domain.Place, error) {
	const query = `WITH matching AS MATERIALIZED (
			SELECT p.id, p.investment, p.rule_light = 'red' AS red, (%s) AS late FROM project p WHERE %s)
		SELECT choice.key AS district_code, choice.label AS district_name, choice.label_en AS district_name_en,
			coalesce(d.kind, '') AS district_kind, choice.parent AS district_parent_code, count(m.id) AS projects,
			count(m.id) FILTER (WHERE m.red) AS red, count(m.id) FILTER (WHERE m.late) AS late,
			sum(m.investment) AS total, count(m.investment) AS filled
		FROM (` + districtChoices + `) choice
		LEFT JOIN district d ON d.code = choice.key
		LEFT JOIN ((` + districtMembers + `) member JOIN matching m ON m.id = member.project_id) ON member.key = choice.key
		GROUP BY choice.key, choice.label, choice.label_en, choice.parent, choice.place, d.kind ORDER BY choice.place`
	// A filter by more days of lateness leaves none that is less late.
	args := arguments{"late_by": 1, "today": dateOrNull(today)}.and(filter.arguments())
	var rows []placeRow
	if err := s.query(ctx, fmt.Sprintf(query, lateBy, filter.where()), args).Scan(&rows).Error; err != nil {
		return nil, err
	}
	places := make([]domain.Place, len(rows))
	for i, r := range rows {
		places[i] = domain.Place{District: r.District, Projects: r.Projects, Red: r.Red, Late: r.Late,
			Investment: domain.Sum{Total: r.Total.Money, Filled: r.Filled, Of: r.Projects}}
	}
	return places, nil
}

type corridorRow struct {
	ID        int64
	Code      string
	Name      string
	Stage     string
	RuleLight string
	SlipDays  *int
	Districts array[string]
	Crossing  int
}

// corridors names those that cross most districts first.
func (s *Store) corridors(ctx context.Context, filter conditions) (named []domain.Corridor, crossing int, err error) {
	query := `SELECT p.id, p.code, p.name, p.stage, p.rule_light, p.slip_days, l.districts, count(*) OVER () AS crossing
		FROM project p JOIN (SELECT project_id, array_agg(district_code ORDER BY district_code) AS districts
			FROM project_district GROUP BY project_id HAVING count(*) > 1) l ON l.project_id = p.id
		WHERE ` + filter.where() + `
		ORDER BY cardinality(l.districts) DESC, p.code LIMIT @most`
	var rows []corridorRow
	if err := s.query(ctx, query, filter.arguments().and(arguments{"most": domain.CorridorLimit})).Scan(&rows).Error; err != nil {
		return nil, 0, err
	}
	for _, r := range rows {
		crossing = r.Crossing
		named = append(named, domain.Corridor{
			ID: r.ID, Code: r.Code, Name: r.Name, Stage: domain.Stage(r.Stage), RuleLight: domain.RuleLight(r.RuleLight),
			SlipDays: r.SlipDays, Districts: r.Districts,
		})
	}
	return named, crossing, nil
}

// Schematic lists how the districts are drawn; those without a shape are not in it.
func (s *Store) Schematic(ctx context.Context) ([]domain.DistrictShape, error) {
	var shapes []domain.DistrictShape
	err := s.conn(ctx).Raw(`SELECT district_code AS district, label, outline FROM district_shape ORDER BY district_code`).Scan(&shapes).Error
	return shapes, failure("read the schematic", err)
}
