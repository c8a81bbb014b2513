package command

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"zhongda/domain"
	"zhongda/migrations"
	"zhongda/repository"
	"zhongda/service"
)

const defaultSimulatedMonths = 6

// simulateFlags are what `zhongda simulate` was asked for.
type simulateFlags struct {
	months   int
	seed     int64
	projects string
	remove   bool
}

// Simulate fills an installation that nobody has worked in with months of made-up reports, marked as such on every page,
// or takes them away again without a trace outside the record.
func Simulate(ctx context.Context, env Environment, args []string) (err error) {
	var f simulateFlags
	set := flags(env, "simulate")
	set.IntVar(&f.months, "months", defaultSimulatedMonths, "how many months, up to the last one that has ended")
	set.Int64Var(&f.seed, "seed", 1, "another seed makes up other figures")
	set.StringVar(&f.projects, "projects", "", "codes of the projects, separated by commas; all when left out")
	set.BoolVar(&f.remove, "remove", false, "take the simulation away and bring back what was there before it")
	if err := parse(set, args); err != nil {
		return err
	}
	s, err := readSettings(env)
	if err != nil {
		return err
	}
	d, err := openDatabase(ctx, s)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, d.close(ctx)) }()
	owner, err := repository.Open(ctx, d.ownerDSN, repository.Options{MaxConns: 1, AsOwner: true})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, owner.Close()) }()
	if f.remove {
		return removeSimulation(ctx, env, owner)
	}
	if err := prepareSimulation(ctx, d.ownerDSN, owner); err != nil {
		return err
	}
	return f.simulate(ctx, env, s, d, owner)
}

// prepareSimulation gives a new database its schema and, where there is none, the catalogue of this program.
func prepareSimulation(ctx context.Context, ownerDSN string, owner *repository.Store) error {
	if err := migrations.Up(ctx, ownerDSN); err != nil {
		return err
	}
	organisations, err := owner.Organisations(ctx)
	if err != nil || len(organisations) > 0 {
		return err
	}
	_, err = LoadCatalogue(ctx, ownerDSN, migrations.Catalogue())
	return err
}

func (f simulateFlags) simulate(ctx context.Context, env Environment, s settings, d database, owner *repository.Store) (err error) {
	started := time.Now()
	clock := &service.SimulationClock{}
	store, err := repository.Open(ctx, d.ownerDSN, repository.Options{MaxConns: 2, Now: clock.Now, Unsynced: true})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, store.Close()) }()
	acting, err := service.New(service.Options{Store: store, Now: clock.Now, Zone: s.zone, Log: s.log})
	if err != nil {
		return err
	}
	var only []string
	if f.projects != "" {
		only = strings.Split(f.projects, ",")
	}
	m, err := service.Simulate(ctx, service.SimulationOptions{
		Service: acting, Store: store, Owner: owner, Clock: clock, Now: started.UTC(), Months: f.months, Seed: f.seed, Only: only,
	})
	if err != nil {
		if !m.StartedAt.IsZero() && m.Projects > 0 {
			err = fmt.Errorf("%w (zhongda simulate --remove takes away what was made)", err)
		}
		return readable(err)
	}
	_, err = fmt.Fprintf(env.Stdout, "simulated %d projects from %s to %s (seed %d) in %.0f s; every page says so; zhongda simulate --remove takes it away\n",
		m.Projects, m.From, m.To, m.Seed, time.Since(started).Seconds())
	return err
}

func removeSimulation(ctx context.Context, env Environment, owner *repository.Store) error {
	var m domain.Simulation
	m, err := service.RemoveSimulation(ctx, owner, time.Now().UTC())
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(env.Stdout, "the simulation of %s (%s to %s) is removed; everything is as it was before, and the record tells of both\n",
		m.StartedAt.Format(time.DateTime), m.From, m.To)
	return err
}
