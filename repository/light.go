package repository

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"zhongda/domain"
)

// JudgedProject is what the rule needs to know of one project, and what it said last. Light is empty before the first
// verdict.
type JudgedProject struct {
	ID      int64
	Owner   []int64 // the owner's path
	Light   domain.RuleLight
	Verdict *domain.Verdict
	Facts   domain.LightFacts
}

type judgedRow struct {
	ID               int64
	Stage            domain.Stage
	StageProvisional bool
	Standing         domain.Standing
	Target           domain.Target
	Progress         *string
	ReportedPeriod   *time.Time
	CreatedAt        time.Time
	OwnerPath        array[int64]
	RuleLight        domain.RuleLight
	Verdict          []byte
	OpenState        domain.ReportState
	OpenPeriod       *time.Time
}

// JudgedProjects reads the facts of the rule for these projects as of a day, in two statements whatever their number.
// Zone is where the month began in which a project came into the records.
func (s *Store) JudgedProjects(ctx context.Context, ids []int64, today domain.Date, zone *time.Location) ([]JudgedProject, error) {
	const query = `SELECT p.id, p.stage, p.stage_provisional, p.standing, p.target, p.progress, p.reported_period, p.created_at,
			o.path AS owner_path, p.rule_light, p.verdict, coalesce(open.state, '') AS open_state, open.period AS open_period
		FROM project p JOIN organisation o ON o.id = p.owner_organisation_id
		LEFT JOIN report open ON open.project_id = p.id AND open.state <> 'approved'
		WHERE p.id = ANY (?) ORDER BY p.id`
	cycles, err := s.ReportCycles(ctx)
	if err != nil {
		return nil, err
	}
	var rows []judgedRow
	if err := s.conn(ctx).Raw(query, array[int64](ids)).Scan(&rows).Error; err != nil {
		return nil, failure("read the facts of the lights", err)
	}
	milestones, err := s.datedMilestones(ctx, ids)
	if err != nil {
		return nil, err
	}
	judged := make([]JudgedProject, len(rows))
	for i, row := range rows {
		if judged[i], err = row.judged(cycles[row.Stage], today, zone); err != nil {
			return nil, failure("read the facts of the lights", err)
		}
		judged[i].Facts.Milestones = milestones[row.ID]
	}
	return judged, nil
}

func (r judgedRow) judged(cycle domain.ReportCycle, today domain.Date, zone *time.Location) (JudgedProject, error) {
	p := JudgedProject{ID: r.ID, Owner: r.OwnerPath, Light: r.RuleLight, Facts: domain.LightFacts{
		Today: today, Stage: r.Stage, StageProvisional: r.StageProvisional, Standing: r.Standing, Target: r.Target,
		Reports: cycle.For(r.Standing).Months > 0,
	}}
	if r.Verdict != nil {
		if err := json.Unmarshal(r.Verdict, &p.Verdict); err != nil {
			return p, fmt.Errorf("verdict on project %d: %w", r.ID, err)
		}
	}
	if r.Progress != nil {
		progress, err := domain.ParsePercent(*r.Progress)
		if err != nil {
			return p, err
		}
		p.Facts.Progress, p.Facts.MeasuredOn = &progress, periodOf(r.ReportedPeriod).Last()
	}
	var open *domain.Report
	if r.OpenState != "" {
		open = &domain.Report{State: r.OpenState, Period: periodOf(r.OpenPeriod)}
	}
	told := domain.Project{Standing: r.Standing, ReportedPeriod: periodOf(r.ReportedPeriod)}
	since := domain.PeriodOf(domain.DateOf(r.CreatedAt.In(zone)))
	p.Facts.Missed = domain.NewReportDuty(told, open, cycle, since, today).Missed
	return p, nil
}

// datedMilestones reads the milestones that the rule looks at, by project.
func (s *Store) datedMilestones(ctx context.Context, ids []int64) (map[int64][]domain.Milestone, error) {
	const query = `SELECT ` + milestoneColumns + ` FROM milestone m
		WHERE m.project_id = ANY (?) AND m.kind IN ('start', 'acceptance', 'plan_commitment') ORDER BY m.id`
	var rows []milestoneRow
	if err := s.conn(ctx).Raw(query, array[int64](ids)).Scan(&rows).Error; err != nil {
		return nil, failure("read the milestones of the lights", err)
	}
	milestones := map[int64][]domain.Milestone{}
	for _, row := range rows {
		milestones[row.ProjectID] = append(milestones[row.ProjectID], row.milestone())
	}
	return milestones, nil
}

// LockProjectsAfter holds up to limit projects after one, in order of their ids, until the transaction ends. What is read
// of them afterwards is as the last act on them left it.
func (s *Store) LockProjectsAfter(ctx context.Context, id int64, limit int) (ids []int64, err error) {
	err = s.conn(ctx).Raw("SELECT id FROM project WHERE id > ? ORDER BY id LIMIT ? FOR NO KEY UPDATE", id, limit).Scan(&ids).Error
	return ids, failure("lock the projects in batches", err)
}

// SetRuleLight keeps the rule's verdict on a project beside it. Like the slip, it leaves the project's version and the
// time of its last change alone: nobody changed the project.
func (s *Store) SetRuleLight(ctx context.Context, projectID int64, v domain.Verdict, at time.Time) error {
	verdict, err := json.Marshal(v)
	if err != nil {
		return fmt.Errorf("verdict on project %d: %w", projectID, err)
	}
	updated := s.conn(ctx).Exec("UPDATE project SET rule_light = ?, rule_light_version = ?, rule_light_at = ?, verdict = ? WHERE id = ?",
		string(v.Light), v.Rule, at, string(verdict), projectID)
	if updated.Error != nil {
		return failure("set a project's light", updated.Error)
	}
	if updated.RowsAffected == 0 {
		return domain.NotFound("project_not_found")
	}
	return nil
}

// AddLightChange records that a light changed. It is Forbidden outside the announced write scope.
func (s *Store) AddLightChange(ctx context.Context, c domain.LightChange) error {
	const query = `INSERT INTO light_change (project_id, changed_at, kind, from_light, to_light, changed_by, words, rule_version, clauses)
		VALUES (@project, @at, @kind, @from, @to, @by, @words, @rule_version, @clauses)`
	args := arguments{
		"project": c.ProjectID, "at": c.At, "kind": string(c.Kind), "from": c.From, "to": c.To, "by": c.By, "words": c.Words,
		"rule_version": orNull(c.Rule), "clauses": nil,
	}
	if c.Kind == domain.LightByRule {
		clauses, err := json.Marshal(c.Clauses)
		if err != nil {
			return fmt.Errorf("clauses of a light: %w", err)
		}
		args["clauses"] = string(clauses)
	}
	return failure("record a change of light", s.conn(ctx).Exec(query, map[string]any(args)).Error)
}
