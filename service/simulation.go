package service

import (
	"cmp"
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"sort"
	"time"

	"zhongda/domain"
	"zhongda/repository"
)

// SimulationClock is the time that a simulation pretends it is. The store and the service of the simulation share it.
type SimulationClock struct{ now time.Time }

// Now is the pretended time.
func (c *SimulationClock) Now() time.Time { return c.now }

// SimulationOptions are what a simulation is made of: Service and Store tell the time by Clock, Owner is a store opened
// AsOwner, which keeps the tables as they were. Only names the codes of the projects, empty for all.
type SimulationOptions struct {
	Service *Service
	Store   *repository.Store
	Owner   *repository.Store
	Clock   *SimulationClock
	Now     time.Time
	Months  int
	Seed    int64
	Only    []string
}

// Why a simulation is refused.
var (
	errSimulated = errors.New("this installation holds a simulation already: remove it first (zhongda simulate --remove)")
	errRealWork  = errors.New("people have worked in this installation: a simulation would mix made-up figures with theirs; " +
		"use an empty one, with nothing but the catalogue and accounts")
	errNoSimulation = errors.New("this installation holds no simulation")
	errNoProjects   = errors.New("there are no such projects: load the catalogue first (zhongda catalogue load)")
)

// Simulate fills an installation that holds nothing but the catalogue with months of made-up reports, by the use cases
// that people use, under accounts of the bureaus that nobody can sign in with. The same seed makes up the same on the same
// day. It is for commands. What was there before is kept, so that RemoveSimulation brings it back exactly.
func Simulate(ctx context.Context, o SimulationOptions) (domain.Simulation, error) {
	last := domain.PeriodOf(domain.DateOf(o.Now.In(o.Service.zone))).Add(-1)
	m := domain.Simulation{Seed: o.Seed, Months: o.Months, From: last.Add(1 - o.Months), To: last, StartedAt: o.Now}
	if o.Months < 1 || o.Months > domain.SimulationMonths {
		return m, fmt.Errorf("a simulation has 1 to %d months", domain.SimulationMonths)
	}
	if err := mayBeSimulated(ctx, o.Owner); err != nil {
		return m, err
	}
	sim := &simulation{SimulationOptions: o, about: m, projects: map[int64]*simulatedProject{}}
	projects, err := sim.choose(ctx)
	if err != nil {
		return m, err
	}
	sim.about.Projects = len(projects)
	if err := sim.begin(ctx); err != nil {
		return m, err
	}
	if err := sim.hire(ctx, projects); err != nil {
		return m, err
	}
	for _, p := range projects {
		sim.plan(p)
	}
	sim.planCommission()
	return sim.about, sim.play(ctx)
}

func mayBeSimulated(ctx context.Context, owner *repository.Store) error {
	simulated, err := owner.Simulated(ctx)
	if err != nil {
		return err
	}
	if simulated {
		return errSimulated
	}
	worked, err := owner.RealWork(ctx)
	if err == nil && worked {
		err = errRealWork
	}
	return err
}

// RemoveSimulation brings every table back to how it was before the simulation; what people did since then goes too. The
// record keeps both acts and all that was simulated in between.
func RemoveSimulation(ctx context.Context, owner *repository.Store, now time.Time) (domain.Simulation, error) {
	m, schema, firstSeq, err := owner.Simulation(ctx)
	if err != nil {
		return domain.Simulation{}, err
	}
	if m == nil {
		return domain.Simulation{}, errNoSimulation
	}
	version, err := owner.SchemaVersion(ctx)
	if err != nil {
		return *m, err
	}
	if version != schema {
		return *m, fmt.Errorf("the simulation was made under schema %d, this database has %d: "+
			"what was kept does not fit any more, start with an empty database", schema, version)
	}
	m.RemovedAt = now
	record, err := simulationRecord("remove", now, map[string]any{"simulation": m.ID, "after": firstSeq})
	if err != nil {
		return *m, err
	}
	return *m, owner.RestoreSimulation(ctx, now, record)
}

func simulationRecord(action string, at time.Time, about map[string]any) (domain.AuditRecord, error) {
	after, err := json.Marshal(about)
	return domain.AuditRecord{
		At: at, Actor: domain.SimulationActor, Action: "simulation." + action, ObjectKind: "simulation", Result: domain.AuditDone,
		After: after,
	}, err
}

// simulation is one run: what is to happen when.
type simulation struct {
	SimulationOptions
	about     domain.Simulation
	staff     map[int64]bureauStaff // by organisation
	reviewers []domain.User
	helpers   map[string]domain.Organisation // by function: the city's bureaus that others wait for
	projects  map[int64]*simulatedProject
	cycles    map[domain.Stage]domain.ReportCycle
	events    []simulatedEvent // what is still to happen, in its order
}

type bureauStaff struct{ editor, lead domain.User }

// simulatedEvent is one act of somebody.
type simulatedEvent struct {
	at time.Time
	do func(ctx context.Context) error
}

// at plans an act so many days after a date, at an hour of the office. Of two at one instant the one planned first comes first.
func (m *simulation) at(day domain.Date, days int, clock time.Duration, do func(ctx context.Context) error) {
	const opens = 9 * time.Hour
	midnight := time.Date(day.Time().Year(), day.Time().Month(), day.Time().Day()+days, 0, 0, 0, 0, m.Service.zone)
	e := simulatedEvent{at: midnight.Add(opens + clock).UTC(), do: do}
	place := sort.Search(len(m.events), func(i int) bool { return m.events[i].at.After(e.at) })
	m.events = slices.Insert(m.events, place, e)
}

// choose lists the projects to simulate, in the order of the catalogue.
func (m *simulation) choose(ctx context.Context) (chosen []domain.Project, err error) {
	page := domain.PageRequest{Limit: 200}
	for {
		found, err := m.Store.Projects(ctx, domain.ScopeAll(), domain.ProjectFilter{}, domain.ProjectSort{Key: domain.SortCode}, page)
		if err != nil {
			return nil, err
		}
		for _, p := range found.Items {
			if p.Standing == domain.StandingActive && (len(m.Only) == 0 || slices.Contains(m.Only, p.Code)) {
				chosen = append(chosen, p)
			}
		}
		if page.Cursor = found.NextCursor; page.Cursor == "" {
			break
		}
	}
	slices.SortFunc(chosen, func(a, b domain.Project) int { return cmp.Compare(a.Code, b.Code) })
	if len(chosen) == 0 {
		err = errNoProjects
	}
	return chosen, err
}

// begin keeps what is there, notes the simulation and goes back in time.
func (m *simulation) begin(ctx context.Context) error {
	version, err := m.Owner.SchemaVersion(ctx)
	if err != nil {
		return err
	}
	if err := m.Owner.SaveSimulation(ctx, m.about, version); err != nil {
		return err
	}
	record, err := simulationRecord("start", m.about.StartedAt, map[string]any{
		"seed": m.about.Seed, "from": m.about.From.String(), "to": m.about.To.String(), "projects": m.about.Projects,
	})
	if err != nil {
		return err
	}
	if err := m.Owner.Tx(ctx, func(tx *repository.Store) error { return tx.AddAudit(ctx, record) }); err != nil {
		return err
	}
	m.Clock.now = m.about.From.First().Time()
	if err := m.Owner.AgeRecords(ctx, m.Clock.now); err != nil {
		return err
	}
	m.cycles, err = m.Store.ReportCycles(ctx)
	return err
}

// hire opens the accounts that act. They are disabled, and nobody knows their password.
func (m *simulation) hire(ctx context.Context, projects []domain.Project) error {
	hash, err := m.Service.passwords.Hash(ctx, rand.Text())
	if err != nil {
		return err
	}
	organisations, err := m.Store.Organisations(ctx)
	if err != nil {
		return err
	}
	owners := map[int64]bool{}
	for _, p := range projects {
		owners[p.Owner.ID] = true
	}
	m.staff, m.helpers = map[int64]bureauStaff{}, map[string]domain.Organisation{}
	for _, o := range organisations {
		if o.Kind == "municipal_bureau" && slices.Contains(helpingFunctions(), o.Function) {
			m.helpers[o.Function], owners[o.ID] = o, true
		}
	}
	return m.Store.Tx(ctx, func(tx *repository.Store) error {
		h := hiring{simulation: m, tx: tx, hash: hash}
		for _, o := range organisations {
			if owners[o.ID] {
				m.staff[o.ID] = bureauStaff{
					editor: h.open(ctx, o, "editor", "模拟填报员", domain.RoleBureauEditor),
					lead:   h.open(ctx, o, "lead", "模拟负责人", domain.RoleBureauLead),
				}
			}
			if o.Kind == "municipal_bureau" && o.Function == "drc" {
				m.reviewers = []domain.User{
					h.open(ctx, o, "reviewer1", "模拟审核员甲", domain.RoleDRCReviewer),
					h.open(ctx, o, "reviewer2", "模拟审核员乙", domain.RoleDRCReviewer),
				}
			}
		}
		return h.finish(ctx)
	})
}

// hiring opens accounts until one fails, and records them last.
type hiring struct {
	*simulation
	tx      *repository.Store
	hash    string
	records []domain.AuditRecord
	err     error
}

func (h *hiring) open(ctx context.Context, o domain.Organisation, job, title string, role domain.Role) domain.User {
	u := domain.User{
		Username: domain.SimulationActor + "." + o.Code + "." + job, DisplayName: o.ShortName + title, Organisation: o,
		Roles: []domain.Role{role}, Disabled: true,
	}
	if h.err != nil {
		return u
	}
	var record domain.AuditRecord
	if record, h.err = h.Service.openAccount(ctx, h.tx, u, h.hash); h.err != nil {
		return u
	}
	record.Actor = domain.SimulationActor
	h.records = append(h.records, record)
	u.ID, u.Disabled = record.ObjectID, false // in the simulation it acts
	return u
}

func (h *hiring) finish(ctx context.Context) error {
	if h.err == nil && len(h.reviewers) == 0 {
		h.err = errors.New("no organisation is the Development and Reform Commission (municipal_bureau, drc)")
	}
	for _, record := range h.records {
		if h.err == nil {
			h.err = appendRecord(ctx, h.tx, record)
		}
	}
	return h.err
}

// play lets everything happen in its order, up to now. What follows from the days alone is brought up to date at the end
// of every month.
func (m *simulation) play(ctx context.Context) error {
	for p := m.about.From; !m.about.To.Before(p); p = p.Add(1) {
		m.at(p.Add(1).First(), 0, 0, m.refresh)
	}
	for len(m.events) > 0 && !m.events[0].at.After(m.about.StartedAt) {
		e := m.events[0]
		m.events, m.Clock.now = m.events[1:], e.at
		if err := e.do(ctx); err != nil {
			return fmt.Errorf("simulate %s: %w", e.at.Format(time.DateOnly), err)
		}
	}
	m.Clock.now = m.about.StartedAt
	return m.refresh(ctx)
}

func (m *simulation) refresh(ctx context.Context) error {
	if _, err := m.Service.RefreshLights(ctx); err != nil {
		return err
	}
	if err := m.Service.EscalateOverdue(ctx); err != nil {
		return err
	}
	return m.Owner.Analyse(ctx)
}

// acting is the context of somebody's act.
func acting(ctx context.Context, u domain.User) context.Context {
	ctx = domain.WithActor(ctx, domain.Actor{User: u})
	return domain.WithOrigin(ctx, domain.Origin{Request: domain.SimulationActor})
}
