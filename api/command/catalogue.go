package command

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"time"

	"zhongda/domain"
	"zhongda/migrations"
	"zhongda/repository"
	"zhongda/service"
)

// Catalogue loads the plan's catalogue into the database, or checks its files. Loading again changes nothing and never
// overwrites what was entered. The check fails when it finds anything.
func Catalogue(ctx context.Context, env Environment, args []string) error {
	switch {
	case len(args) > 0 && args[0] == "load":
		return catalogueLoad(ctx, env, args[1:])
	case len(args) > 0 && args[0] == "check":
		return catalogueCheck(env, args[1:])
	}
	_, _ = fmt.Fprintln(env.Stderr, "usage: zhongda catalogue load [--dir DIR]\n"+
		"       zhongda catalogue check [--dir DIR] [--plan-text FILE]")
	return errUsage
}

const catalogueDirUsage = "directory of the CSV files of another catalogue"

func catalogueLoad(ctx context.Context, env Environment, args []string) (err error) {
	set := flags(env, "catalogue load")
	dir := set.String("dir", "", catalogueDirUsage)
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
	report, err := LoadCatalogue(ctx, d.ownerDSN, catalogueFiles(*dir))
	if err != nil {
		return err
	}
	return printLoad(env, report)
}

// LoadCatalogue loads a catalogue as the owner of a database whose schema is this program's.
func LoadCatalogue(ctx context.Context, ownerDSN string, files fs.FS) (report domain.LoadReport, err error) {
	current, wanted, err := migrations.Version(ctx, ownerDSN)
	if err != nil {
		return report, err
	}
	if current != wanted {
		return report, fmt.Errorf("the database's schema is version %d, this program needs %d: run zhongda migrate up", current, wanted)
	}
	store, err := repository.Open(ctx, ownerDSN, repository.Options{MaxConns: 1, AsOwner: true})
	if err != nil {
		return report, err
	}
	defer func() { err = errors.Join(err, store.Close()) }()
	return service.LoadCatalogue(ctx, store, files, time.Now())
}

func catalogueCheck(env Environment, args []string) error {
	set := flags(env, "catalogue check")
	dir := set.String("dir", "", catalogueDirUsage)
	planText := set.String("plan-text", "", "the plan as text: every name must be printed in it")
	if err := parse(set, args); err != nil {
		return err
	}
	text, err := readPlanText(*planText)
	if err != nil {
		return err
	}
	report, err := service.CheckCatalogue(catalogueFiles(*dir), text)
	if err != nil {
		return err
	}
	if err := printCheck(env, report); err != nil {
		return err
	}
	if len(report.Findings) > 0 {
		return fmt.Errorf("the catalogue is not clean: %d findings", len(report.Findings))
	}
	return nil
}

func readPlanText(file string) (string, error) {
	if file == "" {
		return "", nil
	}
	text, err := os.ReadFile(file) //nolint:gosec // the operator names the plan's text
	if err != nil {
		return "", fmt.Errorf("read the plan's text: %w", err)
	}
	if len(text) == 0 {
		return "", fmt.Errorf("read the plan's text: %s is empty", file)
	}
	return string(text), nil
}

func catalogueFiles(dir string) fs.FS {
	if dir == "" {
		return migrations.Catalogue()
	}
	return os.DirFS(dir)
}
