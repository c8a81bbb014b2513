package command

import (
	"context"
	"fmt"

	"zhongda/frontend"
	"zhongda/migrations"
	"zhongda/repository"
)

// Doctor says, line by line, whether this installation can serve, and fails at the end when it cannot.
func Doctor(ctx context.Context, env Environment, _ []string) error {
	s, err := readSettings(env)
	if err != nil {
		return err
	}
	sick := 0
	report := func(what string, err error) {
		state := "ok"
		if err != nil {
			state, sick = err.Error(), sick+1
		}
		_, _ = fmt.Fprintf(env.Stdout, "%-12s %s\n", what, state)
	}
	report("bundle", bundleMatches(env.Version))
	err = withStore(ctx, s, repository.Options{}, func(store *repository.Store) error {
		report("database", store.Ping(ctx))
		report("durability", store.CheckDurability(ctx))
		version, err := store.SchemaVersion(ctx)
		if err == nil && version != migrations.Latest() {
			err = fmt.Errorf("version %d, this program wants %d: run zhongda migrate up", version, migrations.Latest())
		}
		report("schema", err)
		organisations, err := store.Organisations(ctx)
		if err == nil && len(organisations) == 0 {
			err = fmt.Errorf("no organisation: run zhongda catalogue load")
		}
		report("catalogue", err)
		runs, err := store.LastJobRuns(ctx)
		for _, run := range runs {
			_, _ = fmt.Fprintf(env.Stdout, "%-14s %s\n", "job "+run.Name, jobState(run, s.zone))
		}
		report("jobs", err)
		return nil
	})
	if err != nil {
		report("database", err)
	}
	if sick > 0 {
		return fmt.Errorf("%d of the checks failed", sick)
	}
	return nil
}

func bundleMatches(version string) error {
	if built := frontend.Version(); built != version {
		return fmt.Errorf("the pages were built as version %q, the program is %q: run make build", built, version)
	}
	return nil
}
