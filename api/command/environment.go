package command

import (
	"io"
)

// Environment is the world a command runs in; main passes the process's own, tests pass theirs.
type Environment struct {
	Stdin   io.Reader
	Stdout  io.Writer
	Stderr  io.Writer
	Getenv  func(string) string
	Version string
}
