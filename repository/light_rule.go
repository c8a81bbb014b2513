package repository

import (
	"context"
	"time"

	"zhongda/domain"
)

type lightRuleRow struct {
	Version      int
	ValidFrom    *time.Time
	BehindYellow string
	BehindRed    string
	StartYellow  int
	StartRed     int
	MissedYellow int
	MissedRed    int
	Note         string
	PublishedBy  string
	PublishedAt  time.Time
}

func (r lightRuleRow) rule() (rule domain.LightRule, err error) {
	rule = domain.LightRule{
		Version: r.Version, ValidFrom: dateOf(r.ValidFrom), Note: r.Note, PublishedBy: r.PublishedBy, PublishedAt: r.PublishedAt,
		LightThresholds: domain.LightThresholds{
			StartYellow: r.StartYellow, StartRed: r.StartRed, MissedYellow: r.MissedYellow, MissedRed: r.MissedRed,
		},
	}
	if rule.BehindYellow, err = domain.ParsePercent(r.BehindYellow); err != nil {
		return rule, err
	}
	rule.BehindRed, err = domain.ParsePercent(r.BehindRed)
	return rule, err
}

// LightRules lists every published version, the newest first.
func (s *Store) LightRules(ctx context.Context) ([]domain.LightRule, error) {
	const query = `SELECT version, valid_from, behind_yellow, behind_red, start_yellow, start_red, missed_yellow, missed_red,
			note, published_by, published_at
		FROM light_rule ORDER BY version DESC`
	var rows []lightRuleRow
	if err := s.conn(ctx).Raw(query).Scan(&rows).Error; err != nil {
		return nil, failure("list the rules of the lights", err)
	}
	rules := make([]domain.LightRule, len(rows))
	for i, row := range rows {
		var err error
		if rules[i], err = row.rule(); err != nil {
			return nil, failure("read a rule of the lights", err)
		}
	}
	return rules, nil
}

// LightRule is the newest version that is valid on a day.
func (s *Store) LightRule(ctx context.Context, today domain.Date) (domain.LightRule, error) {
	rules, err := s.LightRules(ctx)
	if err != nil {
		return domain.LightRule{}, err
	}
	return domain.LightRuleOn(rules, today)
}

// AddLightRule publishes a version; a number that was given meanwhile is a Conflict.
func (s *Store) AddLightRule(ctx context.Context, r domain.LightRule) error {
	const query = `INSERT INTO light_rule (version, valid_from, behind_yellow, behind_red, start_yellow, start_red, missed_yellow,
			missed_red, note, published_by, published_at)
		VALUES (@version, @valid_from, @behind_yellow, @behind_red, @start_yellow, @start_red, @missed_yellow, @missed_red, @note,
			@published_by, @published_at)`
	args := arguments{
		"version": r.Version, "valid_from": dateOrNull(r.ValidFrom), "behind_yellow": r.BehindYellow.String(),
		"behind_red": r.BehindRed.String(), "start_yellow": r.StartYellow, "start_red": r.StartRed,
		"missed_yellow": r.MissedYellow, "missed_red": r.MissedRed, "note": r.Note,
		"published_by": r.PublishedBy, "published_at": r.PublishedAt,
	}
	return failure("publish a rule of the lights", s.conn(ctx).Exec(query, map[string]any(args)).Error)
}
