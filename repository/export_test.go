package repository

// Translated reports whether the violation of a constraint has a meaning of its own.
func Translated(constraint string) bool {
	_, ok := constraints()[constraint]
	return ok
}
