package service

// CompileAccess compiles a policy other than the program's own.
func CompileAccess(lines string) (*Access, error) { return compileAccess(lines) }
