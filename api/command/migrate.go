package command

import (
	"context"
	"errors"
	"fmt"
	"time"

	"zhongda/migrations"
)

// Migrate brings the schema up to this program's, undoes the latest step, or lists the steps.
func Migrate(ctx context.Context, env Environment, args []string) (err error) {
	if len(args) != 1 {
		_, _ = fmt.Fprintln(env.Stderr, "usage: zhongda migrate up | down | status")
		return errUsage
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
	switch args[0] {
	case "up":
		return migrations.Up(ctx, d.ownerDSN)
	case "down":
		return migrations.Down(ctx, d.ownerDSN)
	case "status":
		return printStatus(ctx, env, d.ownerDSN)
	}
	return errUsage
}

func printStatus(ctx context.Context, env Environment, dsn string) error {
	states, err := migrations.Status(ctx, dsn)
	for _, state := range states {
		applied := "pending"
		if state.Applied {
			applied = state.AppliedAt.Format(time.RFC3339)
		}
		if _, err := fmt.Fprintf(env.Stdout, "%-24s %s\n", state.Name, applied); err != nil {
			return err
		}
	}
	return err
}
