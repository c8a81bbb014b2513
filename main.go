// Command zhongda follows the major projects of a city's five-year plan from promise to completion.
package main

import (
	"context"
	"os"
	"os/signal"
	"syscall"

	"zhongda/api/command"
)

// version is set by the linker; see the Makefile.
var version = "dev"

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	env := command.Environment{Stdin: os.Stdin, Stdout: os.Stdout, Stderr: os.Stderr, Getenv: os.Getenv, Version: version}
	code := command.Run(ctx, env, os.Args[1:])
	stop()
	os.Exit(code)
}
