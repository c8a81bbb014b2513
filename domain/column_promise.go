package domain

// ColumnPromises is what a column of the plan promised, mention by mention in the order of the plan, with what has become of
// each.
type ColumnPromises struct {
	Column   Column
	Mentions []MentionToday
}

// MentionToday is one mention with its project as it stands. State judges the project by this mention alone.
type MentionToday struct {
	Mention
	Code             string
	ProjectName      string
	Stage            Stage
	StageProvisional bool
	Standing         Standing
}

// State is how far the project has come towards what this mention promises.
func (m MentionToday) State() PromiseState {
	return m.Target.Promise(m.Stage, m.StageProvisional, m.Standing)
}
