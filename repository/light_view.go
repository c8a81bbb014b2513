package repository

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"zhongda/domain"
)

// lightColumns are the three lights of `project p`, with the words of the owner's last approved report; see lightWords.
const lightColumns = `p.rule_light_at, p.verdict, p.reviewer_light, p.reviewer_text, p.reviewer_light_by, p.reviewer_light_at,
	p.reviewer_saw = p.rule_light || '/' || p.owner_light AS settled,
	said.content->>'lightText' AS owner_text, said.submitted_by AS owner_by, said.decided_at AS owner_at`

// lightWords joins the report that gave the owner's light.
const lightWords = `LEFT JOIN LATERAL (SELECT r.content, r.submitted_by, r.decided_at FROM report r
	WHERE r.project_id = p.id AND r.state = 'approved' AND r.period = p.reported_period
	ORDER BY r.revision DESC LIMIT 1) said ON true`

type lightRow struct {
	Project         projectRow `gorm:"embedded"`
	Rank            int
	RuleLightAt     *time.Time
	Verdict         []byte
	ReviewerLight   string
	ReviewerText    string
	ReviewerLightBy string
	ReviewerLightAt *time.Time
	Settled         bool
	OwnerText       *string
	OwnerBy         *string
	OwnerAt         *time.Time
}

func (r lightRow) lights() (l domain.ProjectLights, err error) {
	if l.Project, err = r.Project.project(); err != nil {
		return l, err
	}
	if r.Verdict != nil {
		if err := json.Unmarshal(r.Verdict, &l.Verdict); err != nil {
			return l, fmt.Errorf("verdict on project %d: %w", l.Project.ID, err)
		}
		l.JudgedAt = deref(r.RuleLightAt)
	}
	l.Owner = domain.SaidLight{
		Light: l.Project.OwnerLight, Words: deref(r.OwnerText), By: deref(r.OwnerBy), At: deref(r.OwnerAt),
	}
	l.Reviewer = domain.SaidLight{
		Light: domain.Light(r.ReviewerLight), Words: r.ReviewerText, By: r.ReviewerLightBy, At: deref(r.ReviewerLightAt),
	}
	l.Settled = l.Reviewer.Light != "" && r.Settled
	return l, nil
}

// ProjectLights reads the three lights of a project; one outside the read scope is NotFound like an absent one.
func (s *Store) ProjectLights(ctx context.Context, read domain.Scope, id int64) (domain.ProjectLights, error) {
	var filter conditions
	filter.within(read, "read_root")
	filter.add("id", "p.id = @id", arguments{"id": id})
	var rows []lightRow
	query := "SELECT " + projectColumns + ", " + lightColumns + "\nFROM " + projectTables + "\n" + lightWords + "\nWHERE " + filter.where()
	if err := s.query(ctx, query, filter.arguments()).Scan(&rows).Error; err != nil {
		return domain.ProjectLights{}, failure("read a project's lights", err)
	}
	if len(rows) == 0 {
		return domain.ProjectLights{}, domain.NotFound("project_not_found")
	}
	lights, err := rows[0].lights()
	return lights, failure("read a project's lights", err)
}

// disagreementRank puts the rule's red before its yellow before the rest.
const disagreementRank = `CASE p.rule_light WHEN 'red' THEN 0 WHEN 'yellow' THEN 1 ELSE 2 END`

// Disagreements gives one page of the projects of the filter with their three lights, the reddest first.
func (s *Store) Disagreements(ctx context.Context, read domain.Scope, f domain.ProjectFilter, page domain.PageRequest) (domain.Page[domain.ProjectLights], error) {
	var none domain.Page[domain.ProjectLights]
	const sort = "light"
	list := keyset[lightRow]{
		columns: projectColumns + ", " + lightColumns + ", " + disagreementRank + " AS rank",
		tables:  "\nFROM " + projectTables + "\n" + lightWords,
		filter:  projectConditions(read, f),
		order:   disagreementRank + ", p.id",
		cursor: func(row lightRow) cursor {
			rank := fmt.Sprint(row.Rank)
			return cursor{Sort: sort, Value: &rank, ID: row.Project.ID}
		},
	}
	after, err := decodeCursor(page.Cursor, sort)
	if err != nil {
		return none, err
	}
	if after != nil {
		if !isInteger(deref(after.Value)) {
			return none, badCursor()
		}
		list.after.add("cursor", "("+disagreementRank+", p.id) > (CAST(CAST(@after_rank AS text) AS integer), @after_id)",
			arguments{"after_rank": deref(after.Value), "after_id": after.ID})
	}
	var broken error
	found, err := readPage(ctx, s, list, page, func(row lightRow) domain.ProjectLights {
		lights, err := row.lights()
		if err != nil {
			broken = err
		}
		return lights
	})
	if err == nil {
		err = broken
	}
	return found, failure("list the disagreements", err)
}

// LightChanges lists what a project's lights went through, the latest first, as far as domain.LightHistoryLimit.
func (s *Store) LightChanges(ctx context.Context, projectID int64) ([]domain.LightChange, error) {
	const query = `SELECT project_id, changed_at AS at, kind, from_light AS "from", to_light AS "to", changed_by AS "by", words,
			coalesce(rule_version, 0) AS rule, clauses
		FROM light_change WHERE project_id = ? ORDER BY changed_at DESC, id DESC LIMIT ?`
	var rows []struct {
		ProjectID int64
		At        time.Time
		Kind      domain.LightKind
		From      string
		To        string
		By        string
		Words     string
		Rule      int
		Clauses   []byte
	}
	if err := s.conn(ctx).Raw(query, projectID, domain.LightHistoryLimit).Scan(&rows).Error; err != nil {
		return nil, failure("list a project's changes of light", err)
	}
	changes := make([]domain.LightChange, len(rows))
	for i, r := range rows {
		changes[i] = domain.LightChange{
			ProjectID: r.ProjectID, At: r.At, Kind: r.Kind, From: r.From, To: r.To, By: r.By, Words: r.Words, Rule: r.Rule,
		}
		if r.Clauses == nil {
			continue
		}
		if err := json.Unmarshal(r.Clauses, &changes[i].Clauses); err != nil {
			return nil, failure("read a change of light", err)
		}
	}
	return changes, nil
}

// SetReviewerLight writes the Commission's light while rule, owner and reviewer still say what saw says; else it is a
// Conflict, or Forbidden outside the announced write scope.
func (s *Store) SetReviewerLight(ctx context.Context, projectID int64, saw domain.SeenLights, said domain.SaidLight) error {
	const query = `UPDATE project SET reviewer_light = @light, reviewer_text = @words, reviewer_light_by = @by,
			reviewer_light_at = @at, reviewer_saw = @rule || '/' || @owner
		WHERE id = @id AND rule_light = @rule AND owner_light = @owner AND reviewer_light = @reviewer`
	args := arguments{
		"id": projectID, "light": string(said.Light), "words": said.Words, "by": said.By, "at": said.At,
		"rule": string(saw.Rule), "owner": string(saw.Owner), "reviewer": string(saw.Reviewer),
	}
	updated := s.conn(ctx).Exec(query, map[string]any(args))
	if updated.Error != nil {
		return failure("set the reviewer's light", updated.Error)
	}
	if updated.RowsAffected == 1 {
		return nil
	}
	now, err := s.ProjectLights(ctx, domain.ScopeAll(), projectID)
	if err != nil {
		return err
	}
	if now.Seen() != saw {
		return domain.Conflict("lights_changed")
	}
	return domain.Forbidden("row_security")
}
