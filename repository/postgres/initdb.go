package postgres

import (
	"context"
	"errors"
	"fmt"
	"os"
)

// makeCluster builds the cluster beside its place and moves it there, so that no half cluster is ever taken
// for a whole one. The caller holds the lock, which makes remains of an interrupted attempt nobody's.
func makeCluster(ctx context.Context, bin binaries, who *account, dir string, output *tail) error {
	building := dir + ".new"
	if err := os.RemoveAll(building); err != nil {
		return fmt.Errorf("remove an unfinished cluster: %w", err)
	}
	if err := os.Mkdir(building, 0o700); err != nil {
		return fmt.Errorf("make the cluster: %w", err)
	}
	if err := who.own(building); err != nil {
		return err
	}
	if err := initdb(ctx, bin, who, building, output, "--data-checksums"); err != nil {
		return errors.Join(err, os.RemoveAll(building))
	}
	if err := os.Rename(building, dir); err != nil {
		return fmt.Errorf("move the new cluster into place: %w", err)
	}
	return nil
}

func initdb(ctx context.Context, bin binaries, who *account, dir string, output *tail, extra ...string) error {
	arguments := append([]string{"-D", dir, "-U", Superuser, "-E", "UTF8", "--locale=C.UTF-8",
		"--auth-local=trust", "--auth-host=reject"}, extra...)
	cmd := bin.command(ctx, who, "initdb", arguments...)
	cmd.Stdout, cmd.Stderr = output, output
	done := make(chan error, 1)
	err := launch(cmd, func(err error) { done <- err })
	if err == nil {
		err = <-done
	}
	if err != nil {
		return fmt.Errorf("initdb %s (%w): %s", dir, err, output)
	}
	return nil
}
