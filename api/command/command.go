// Package command holds the sub-commands of the program, one file each, and wires the floors together.
package command

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"strings"
)

// errUsage says that a command was called with words it does not know; the usage was printed already.
var errUsage = errors.New("usage")

type command struct {
	name    string
	summary string
	run     func(ctx context.Context, env Environment, args []string) error
}

func commands() []command {
	return []command{
		{"serve", "serve the product; --demo starts a trial with ready-made accounts", Serve},
		{"migrate", "up | down | status: the schema of the database", Migrate},
		{"catalogue", "load | check [--plan-text FILE]: the projects named by the plan", Catalogue},
		{"audit", "verify [--anchor FILE] | anchor [--out FILE]: the hash-chained record", Audit},
		{"simulate", "--months N | --remove: months of made-up reports in an installation nobody has worked in", Simulate},
		{"user", "create: open an account at the console, for the first administrators", User},
		{"doctor", "check settings, database, schema, catalogue and bundle", Doctor},
		{"openapi", "print the OpenAPI description", OpenAPI},
		{"version", "print the version", Version},
	}
}

// Run executes the command that args name and gives the exit status: 0 done, 1 failed, 2 called wrongly.
func Run(ctx context.Context, env Environment, args []string) int {
	if len(args) == 0 {
		args = []string{"help"}
	}
	for _, c := range commands() {
		if c.name != args[0] {
			continue
		}
		err := c.run(ctx, env, args[1:])
		switch {
		case err == nil || errors.Is(err, flag.ErrHelp):
			return 0
		case errors.Is(err, errUsage):
			return 2
		}
		_, _ = fmt.Fprintf(env.Stderr, "zhongda %s: %v\n", c.name, err)
		return 1
	}
	usage(env)
	if args[0] == "help" || args[0] == "--help" || args[0] == "-h" {
		return 0
	}
	return 2
}

func usage(env Environment) {
	var text strings.Builder
	text.WriteString("zhongda 重大 — major-project portfolio management\n\n")
	for _, c := range commands() {
		fmt.Fprintf(&text, "  zhongda %-10s %s\n", c.name, c.summary)
	}
	text.WriteString("\nSettings: DATABASE_URL ZHONGDA_ADDR ZHONGDA_METRICS_ADDR ZHONGDA_DATA_DIR ZHONGDA_DEMO_PASSWORD\n" +
		"ZHONGDA_TLS ZHONGDA_TRUSTED_PROXIES ZHONGDA_TIME_ZONE ZHONGDA_LOG ZHONGDA_PUBLIC_URL ZHONGDA_SMTP_*\n")
	_, _ = fmt.Fprint(env.Stderr, text.String())
}

// flags is a flag set that prints to the environment and returns errUsage instead of ending the process.
func flags(env Environment, name string) *flag.FlagSet {
	set := flag.NewFlagSet("zhongda "+name, flag.ContinueOnError)
	set.SetOutput(env.Stderr)
	return set
}

func parse(set *flag.FlagSet, args []string) error {
	err := set.Parse(args)
	if err != nil && !errors.Is(err, flag.ErrHelp) {
		return errUsage
	}
	return err
}

// Version prints the version.
func Version(_ context.Context, env Environment, _ []string) error {
	_, err := fmt.Fprintln(env.Stdout, env.Version)
	return err
}
