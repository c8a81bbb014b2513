package domain

// LiveNoun is a kind of thing whose changes are told to open pages.
type LiveNoun string

// The nouns that are told. LiveSession is for the server alone: it ends the streams of a session that ended.
const (
	LiveProject    LiveNoun = "project"
	LiveReport     LiveNoun = "report"
	LiveRequest    LiveNoun = "request"
	LiveIssue      LiveNoun = "issue"
	LiveOrder      LiveNoun = "order"
	LiveAttachment LiveNoun = "attachment"
	LiveMeeting    LiveNoun = "meeting"
	LiveRule       LiveNoun = "rule"
	LiveNotice     LiveNoun = "notice"
	LiveUser       LiveNoun = "user"
	LiveSession    LiveNoun = "session"
)

// LiveNouns lists those that readers hear of, in the order in which they are told.
func LiveNouns() []LiveNoun {
	return []LiveNoun{
		LiveProject, LiveReport, LiveRequest, LiveIssue, LiveOrder, LiveAttachment, LiveMeeting, LiveRule, LiveNotice, LiveUser,
	}
}

// Change is one committed change of a thing, as the database announces it: never its contents. Project is zero for what
// belongs to none. Paths are the organisations that it concerns, each from the root of the tree down. The ID of a notice is
// its recipient's.
type Change struct {
	Noun    LiveNoun
	ID      int64
	Project int64
	Paths   [][]int64
}

// ConcernsWithin reports whether any organisation that the change concerns lies within the scope.
func (c Change) ConcernsWithin(scope Scope) bool {
	if scope.All() {
		return true
	}
	for _, path := range c.Paths {
		if scope.Covers(path) {
			return true
		}
	}
	return false
}

// News is what one reader hears of one noun: the things that changed and the projects that they belong to, each once.
// Many says that they were too many to name; the lists are then empty.
type News struct {
	Noun     LiveNoun
	IDs      []int64
	Projects []int64
	Many     bool
}

// StreamEnd is why a stream of news ended for good; empty while it goes on.
type StreamEnd string

// The ends of a stream: the session ended; the account opened StreamsPerUser newer ones; the server is stopping.
const (
	StreamSessionEnded StreamEnd = "session_ended"
	StreamSuperseded   StreamEnd = "superseded"
	StreamStopping     StreamEnd = "stopping"
)

// StreamEnds lists them.
func StreamEnds() []StreamEnd {
	return []StreamEnd{StreamSessionEnded, StreamSuperseded, StreamStopping}
}

// StreamsPerUser is how many streams an account may hold open in one server process; the oldest makes room.
const StreamsPerUser = 12

// Bulletin is what a stream tells at once. Resync says that news may have been missed, so that everything shown is to be
// read again. The zero Bulletin says no more than that the stream lives.
type Bulletin struct {
	News   []News
	Resync bool
	End    StreamEnd
}
