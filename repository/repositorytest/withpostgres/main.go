// Command withpostgres runs another command beside a throw-away PostgreSQL server, whose address the command
// finds in TEST_DATABASE_URL:
//
//	go run ./repository/repositorytest/withpostgres go test ./...
//
// It ends with the other command's exit status. A TEST_DATABASE_URL that is already set is used as it is.
package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"syscall"

	"zhongda/repository/postgres"
)

// serverEnv is what package repositorytest reads. That package is not imported, so that this command still builds
// where the product does not.
const serverEnv = "TEST_DATABASE_URL"

func main() {
	code, err := run(os.Args[1:])
	if err != nil {
		fmt.Fprintln(os.Stderr, "withpostgres:", err)
		code = max(code, 1)
	}
	os.Exit(code)
}

func run(command []string) (code int, err error) {
	if len(command) == 0 {
		return 2, errors.New("usage: withpostgres COMMAND [ARGUMENT...]")
	}
	// Caught from here on: whatever ends the command, the server is cleaned up behind it.
	signals := make(chan os.Signal, 1)
	signal.Notify(signals, os.Interrupt, syscall.SIGTERM, syscall.SIGHUP)
	if os.Getenv(serverEnv) == "" {
		server, startErr := postgres.Start(context.Background(), postgres.Options{ThrowAway: true})
		if startErr != nil {
			return 1, startErr
		}
		defer func() { err = errors.Join(err, server.Stop(context.Background())) }()
		if err := os.Setenv(serverEnv, server.DSN("postgres")); err != nil {
			return 1, err
		}
	}
	return attend(command, signals)
}

// attend runs the command, passes signals on and returns its exit status.
func attend(command []string, signals <-chan os.Signal) (int, error) {
	cmd := exec.Command(command[0], command[1:]...)
	cmd.Stdin, cmd.Stdout, cmd.Stderr = os.Stdin, os.Stdout, os.Stderr
	if err := cmd.Start(); err != nil {
		return 1, err
	}
	done := make(chan error, 1)
	go func() { done <- cmd.Wait() }()
	for {
		select {
		case s := <-signals:
			_ = cmd.Process.Signal(s) // it may have ended this moment
		case err := <-done:
			return exitStatus(err)
		}
	}
}

func exitStatus(err error) (int, error) {
	var exit *exec.ExitError
	if !errors.As(err, &exit) {
		return 0, err
	}
	if status, ok := exit.Sys().(syscall.WaitStatus); ok && status.Signaled() {
		return 128 + int(status.Signal()), nil // as a shell reports it
	}
	return exit.ExitCode(), nil
}
