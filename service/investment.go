package service

import (
	"context"

	"zhongda/domain"
	"zhongda/repository"
)

// InvestmentView is a project's money by year as one reader may see it: whoever does not see the project in full sees
// confirmed plans only. Allowed are what the reader may do with the last revision of each year now; Creatable says that
// the reader may write the plan of a year that has none.
type InvestmentView struct {
	Project   domain.Project
	Years     []domain.InvestmentYear
	Allowed   map[int][]domain.InvestmentPlanAction
	Creatable bool
}

// ProjectInvestment reads the annual plans of a project and what its approved reports say of each year.
func (s *Service) ProjectInvestment(ctx context.Context, projectID int64) (InvestmentView, error) {
	view, err := s.Project(ctx, projectID)
	if err != nil {
		return InvestmentView{}, err
	}
	return s.investmentView(ctx, s.store, view)
}

func (s *Service) investmentView(ctx context.Context, store *repository.Store, p ProjectView) (view InvestmentView, err error) {
	plans, err := store.InvestmentPlans(ctx, p.ID)
	if err != nil {
		return view, err
	}
	reports, err := store.ProjectReports(ctx, p.ID)
	if err != nil {
		return view, err
	}
	view = InvestmentView{
		Project: p.Project, Years: domain.InvestmentYears(visiblePlans(plans, p.Full), reports), Allowed: map[int][]domain.InvestmentPlanAction{},
		Creatable: s.decide(domain.ActorFrom(ctx), domain.PermissionInvestmentWrite, p.Project).Allowed,
	}
	for _, plan := range plans { // of each year the last revision stays
		view.Allowed[plan.Year] = s.allowedPlanActions(ctx, plan, p.Project)
	}
	return view, nil
}

// visiblePlans keeps what the bureau or the Commission is still working on to those who see the project in full.
func visiblePlans(plans []domain.InvestmentPlan, full bool) []domain.InvestmentPlan {
	var visible []domain.InvestmentPlan
	for _, p := range plans {
		if full || p.State() == domain.InvestmentPlanConfirmed {
			visible = append(visible, p)
		}
	}
	return visible
}

func (s *Service) allowedPlanActions(ctx context.Context, plan domain.InvestmentPlan, p domain.Project) []domain.InvestmentPlanAction {
	actor := domain.ActorFrom(ctx)
	var allowed []domain.InvestmentPlanAction
	for _, action := range domain.InvestmentPlanActions() {
		_, legal := plan.State().Next(action)
		ownWork := action == domain.InvestmentPlanConfirm && !plan.MayBeConfirmedBy(actor.User.Username)
		if legal && !ownWork && s.decide(actor, plan.State().Permission(action), p).Allowed {
			allowed = append(allowed, action)
		}
	}
	return allowed
}

// CreateInvestmentPlan writes the first plan of a year of one's own project; it counts from its confirmation on.
func (s *Service) CreateInvestmentPlan(ctx context.Context, projectID int64, year int, content domain.InvestmentPlanContent) (domain.InvestmentPlan, error) {
	a := investmentAct(domain.PermissionInvestmentWrite, "investment.create", projectID)
	var plan domain.InvestmentPlan
	err := s.perform(ctx, a, func(w *write) error {
		if _, err := s.ownProject(ctx, w.Store, w.scope, projectID); err != nil {
			return err
		}
		first := domain.InvestmentPlan{ProjectID: projectID, Year: year, Revision: 1, DraftedBy: w.record.Actor}
		first, err := first.Save(content, w.record.Actor, w.record.At)
		if err != nil {
			return err
		}
		plan, err = w.addPlan(ctx, domain.InvestmentPlan{}, first)
		return err
	})
	return plan, err
}

func investmentAct(permission domain.Permission, action string, projectID int64) act {
	return act{permission: permission, action: action, objectKind: "investment_plan", projectID: projectID}
}

// addPlan writes a new revision with its audit record.
func (w *write) addPlan(ctx context.Context, before, plan domain.InvestmentPlan) (domain.InvestmentPlan, error) {
	added, err := w.CreateInvestmentPlan(ctx, plan)
	if err != nil {
		return added, err
	}
	w.record.ObjectID, w.record.Reason = added.ID, added.Reason
	return added, w.note(investmentFacts(before), investmentFacts(added))
}

// SaveInvestmentPlan changes the unconfirmed revision of a year at the version the caller read: the bureau its first plan,
// the Commission its revision.
func (s *Service) SaveInvestmentPlan(ctx context.Context, projectID int64, year int, version int64, content domain.InvestmentPlanContent) (domain.InvestmentPlan, error) {
	a := investmentAct(domain.PermissionInvestmentEdit, "investment.save", projectID)
	return s.editPlan(ctx, a, domain.InvestmentPlanSave, year, version, func(w *write, p domain.InvestmentPlan) (domain.InvestmentPlan, error) {
		return p.Save(content, w.record.Actor, w.record.At)
	})
}

// ConfirmInvestmentPlan is the Commission's word that the revision is the plan of the year.
func (s *Service) ConfirmInvestmentPlan(ctx context.Context, projectID int64, year int, version int64) (domain.InvestmentPlan, error) {
	a := investmentAct(domain.PermissionInvestmentConfirm, "investment.confirm", projectID)
	return s.editPlan(ctx, a, domain.InvestmentPlanConfirm, year, version, func(w *write, p domain.InvestmentPlan) (domain.InvestmentPlan, error) {
		return p.Confirm(w.record.Actor, w.record.At)
	})
}

// editPlan is the shape of every change of a year's last revision: refuse foreign rows, let the state decide who may,
// apply, write at the version that was read, note what changed.
func (s *Service) editPlan(ctx context.Context, a act, action domain.InvestmentPlanAction, year int, version int64,
	apply func(*write, domain.InvestmentPlan) (domain.InvestmentPlan, error),
) (domain.InvestmentPlan, error) {
	var after domain.InvestmentPlan
	err := s.perform(ctx, a, func(w *write) error {
		before, err := s.ownPlan(ctx, w, a.projectID, year, version, action)
		if err != nil {
			return err
		}
		if after, err = apply(w, before); err != nil {
			return err
		}
		if after.Version, err = w.UpdateInvestmentPlan(ctx, after); err != nil {
			return err
		}
		w.record.ObjectID = after.ID
		w.basis = facts{"planYear": after.Year}
		return w.note(investmentFacts(before), investmentFacts(after))
	})
	return after, err
}

// ownPlan loads the last revision of a year, at the version the caller read, for an action that its state and the actor's
// permission allow together.
func (s *Service) ownPlan(ctx context.Context, w *write, projectID int64, year int, version int64, action domain.InvestmentPlanAction) (domain.InvestmentPlan, error) {
	p, err := s.ownProject(ctx, w.Store, w.scope, projectID)
	if err != nil {
		return domain.InvestmentPlan{}, err
	}
	if err := w.LockProject(ctx, projectID); err != nil {
		return domain.InvestmentPlan{}, err
	}
	plan, err := w.InvestmentPlan(ctx, projectID, year)
	if err != nil {
		return plan, err
	}
	if plan.Version != version {
		return plan, domain.StaleVersion(plan.Version)
	}
	if _, legal := plan.State().Next(action); !legal {
		return plan, nil // the act itself says what the state does not allow
	}
	scope, err := s.access.require(domain.ActorFrom(ctx), plan.State().Permission(action))
	if err == nil && !scope.Covers(p.Owner.Path) {
		err = domain.Forbidden("forbidden")
	}
	return plan, err
}

// ReviseInvestmentPlan opens the next revision of a confirmed plan, as the Commission decides it. The confirmed one holds
// until somebody else confirms this one.
func (s *Service) ReviseInvestmentPlan(ctx context.Context, projectID int64, year int, version int64, reason string, content domain.InvestmentPlanContent) (domain.InvestmentPlan, error) {
	a := investmentAct(domain.PermissionInvestmentConfirm, "investment.revise", projectID)
	var revision domain.InvestmentPlan
	err := s.perform(ctx, a, func(w *write) error {
		before, err := s.ownPlan(ctx, w, projectID, year, version, domain.InvestmentPlanRevise)
		if err != nil {
			return err
		}
		next, err := before.Revise(reason, content, w.record.Actor, w.record.At)
		if err != nil {
			return err
		}
		revision, err = w.addPlan(ctx, before, next)
		return err
	})
	return revision, err
}

func investmentFacts(p domain.InvestmentPlan) facts {
	if p.Revision == 0 {
		return facts{}
	}
	f := facts{
		"planYear": p.Year, "revision": p.Revision, "planned": amountFact(p.Planned), "planState": string(p.State()),
	}
	for _, source := range domain.FundSources() {
		f[string(source)] = ""
		if money, ok := p.Funding[source]; ok {
			f[string(source)] = money.String()
		}
	}
	return f
}

// InvestmentSummary adds up the money of the filter's projects in a year. The plans that wait to be confirmed are listed
// to those who may confirm them or have written them.
func (s *Service) InvestmentSummary(ctx context.Context, f domain.ProjectFilter, year int) (domain.InvestmentSummary, error) {
	actor := domain.ActorFrom(ctx)
	scope, err := s.access.require(actor, domain.PermissionPipelineRead)
	if err != nil {
		return domain.InvestmentSummary{}, err
	}
	if year == 0 {
		year = domain.PeriodOf(s.Today()).Year
	}
	filter := domain.InvestmentFilter{Projects: s.completeFilter(actor, f), Year: year, Period: domain.InvestmentPeriod(year, s.Today())}
	return s.store.InvestmentSummary(ctx, scope, s.access.Scope(actor, domain.PermissionInvestmentEdit), filter)
}
