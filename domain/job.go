package domain

import "time"

// JobRun is one occasion of a background job, or the latest turn of one that runs every so often. EndedAt is zero while
// it runs or waits to be tried again; Error is of the last try, "" where it went well.
type JobRun struct {
	Name      string
	Occasion  string
	Attempts  int
	StartedAt time.Time
	EndedAt   time.Time
	Result    string
	Error     string
}

// JobClaim asks for an occasion of a job. Whoever gets it has it until Lease ends; then it may be taken up again, at most
// Tries times in all. Again, where it is not zero, is how long after its start an ended run may be taken anew.
type JobClaim struct {
	Name     string
	Occasion string
	Now      time.Time
	Lease    time.Duration
	Tries    int
	Again    time.Duration
}
