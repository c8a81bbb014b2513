package service

import (
	"context"

	"zhongda/domain"
	"zhongda/repository"
)

// exportsAtOnce bounds how many files are written at a time; further readers wait for their turn. Each holds a connection
// of the database while it lasts.
const exportsAtOnce = 4

// ExportProjects hands out every project of the filter that the actor may read, in parts, without internal notes. That it
// was done is on record before begin is called, with the filter and the number of projects: a reader who leaves halfway
// has had them too. An error of begin or each ends it.
func (s *Service) ExportProjects(ctx context.Context, e domain.Export, begin func(domain.ExportAbout) error, each func([]domain.Project) error) error {
	actor := domain.ActorFrom(ctx)
	if _, err := s.access.require(actor, domain.PermissionProjectExport); err != nil {
		return err
	}
	scope, err := s.access.require(actor, domain.PermissionProjectRead)
	if err != nil {
		return err
	}
	leave, err := s.exports.enter(ctx)
	if err != nil {
		return err
	}
	defer leave()
	about := domain.ExportAbout{Past: !e.Filter.AsOf.IsZero(), MadeAt: s.now().In(s.zone), MadeBy: actor.User.DisplayName}
	if about.Simulated, err = s.store.Simulated(ctx); err != nil {
		return err
	}
	asked := s.completeFilter(actor, e.Filter)
	about.AsOf = asked.Today
	return s.known(ctx, e.Filter.AsOf, func(store *repository.Store) error {
		return store.ExportProjects(ctx, scope, asked, e.Sort, func(summary domain.ExportSummary) error {
			about.ExportSummary = summary
			if err := s.recordExport(ctx, e, summary.Projects); err != nil {
				return err
			}
			return begin(about)
		}, each)
	})
}

// recordExport notes what leaves the house.
func (s *Service) recordExport(ctx context.Context, e domain.Export, projects int) error {
	a := act{permission: domain.PermissionProjectExport, action: "project.export", objectKind: "export"}
	return s.perform(ctx, a, func(w *write) error {
		return w.note(facts{}, facts{
			"filter": filterFacts(e.Filter), "sort": string(e.Sort.Key), "descending": e.Sort.Descending,
			"format": e.Format, "columns": e.Columns, "projects": projects,
		})
	})
}

// filterFacts are the fields of a filter that narrow, by their names in requests.
func filterFacts(f domain.ProjectFilter) facts {
	narrowing := facts{}
	add := func(name string, chosen any, narrows bool) {
		if narrows {
			narrowing[name] = chosen
		}
	}
	add("column", f.Columns, len(f.Columns) > 0)
	add("category", f.Categories, len(f.Categories) > 0)
	add("district", f.Districts, len(f.Districts) > 0)
	add("owner", f.Owners, len(f.Owners) > 0)
	add("ownerTree", f.OwnerTrees, len(f.OwnerTrees) > 0)
	add("stage", f.Stages, len(f.Stages) > 0)
	add("standing", f.Standings, len(f.Standings) > 0)
	add("target", f.Targets, len(f.Targets) > 0)
	add("commitment", f.Commitments, len(f.Commitments) > 0)
	add("promise", f.Promises, len(f.Promises) > 0)
	add("report", f.Reports, len(f.Reports) > 0)
	add("supervision", f.Supervision, len(f.Supervision) > 0)
	add("ruleLight", f.RuleLights, len(f.RuleLights) > 0)
	add("ownerLight", f.OwnerLights, len(f.OwnerLights) > 0)
	add("disagree", f.Disagreements, len(f.Disagreements) > 0)
	add("provisional", f.Provisional, f.Provisional != nil)
	add("lateBy", f.LateByDays, f.LateByDays != nil)
	add("slip", f.Slips, len(f.Slips) > 0)
	add("slipAgainst", f.SlipAgainst, len(f.Slips) > 0)
	add("mine", true, f.OnlyMine)
	add("q", f.Text, f.Text != "")
	add("asOf", f.AsOf.String(), !f.AsOf.IsZero())
	return narrowing
}
