package api

import (
	"cmp"
	"context"
	"encoding/json"
	"slices"
	"time"

	"zhongda/domain"
	"zhongda/service"
)

// HistoryEntry is one thing that was done to a project or one of its milestones, with what it changed.
type HistoryEntry struct {
	ID                int64     `json:"id"`
	At                time.Time `json:"at"`
	Actor             string    `json:"actor"`
	ActorOrganisation string    `json:"actorOrganisation"`
	Action            string    `json:"action"`
	ObjectKind        string    `json:"objectKind"`
	ObjectID          int64     `json:"objectId"`
	Reason            string    `json:"reason"`
	Changes           []Change  `json:"changes"`
}

// Change is one field before and after.
type Change struct {
	Field  string          `json:"field"`
	Before json.RawMessage `json:"before"`
	After  json.RawMessage `json:"after"`
}

type historyIn struct {
	projectID
	pageParams
}

func (h handlers) projectHistory(ctx context.Context, in historyIn) (Page[HistoryEntry], error) {
	page, err := h.service.ProjectHistory(ctx, in.ID, in.request())
	return pageOf(page, in.WithTotal, historyEntry), err
}

func historyEntry(r domain.AuditRecord) HistoryEntry {
	return HistoryEntry{
		ID: r.ID, At: r.At, Actor: r.Actor, ActorOrganisation: r.ActorOrganisation, Action: r.Action,
		ObjectKind: r.ObjectKind, ObjectID: r.ObjectID, Reason: r.Reason, Changes: changesOf(r),
	}
}

// changesOf pairs the two sides of an audit record field by field, in the order of their names. A record without sides,
// or with sides that are no objects, changed no field.
func changesOf(r domain.AuditRecord) []Change {
	var before, after map[string]json.RawMessage
	if json.Unmarshal(r.After, &after) != nil || json.Unmarshal(r.Before, &before) != nil {
		return []Change{}
	}
	changes := make([]Change, 0, len(after))
	for field, value := range after {
		was, ok := before[field]
		if !ok {
			was = json.RawMessage("null")
		}
		changes = append(changes, Change{Field: field, Before: was, After: value})
	}
	slices.SortFunc(changes, func(a, b Change) int { return cmp.Compare(a.Field, b.Field) })
	return changes
}

// Explanation answers "why may I (not)?" for one project.
type Explanation struct {
	Decisions []Decision `json:"decisions"`
	OwnerPath []OrgRef   `json:"ownerPath"`
	Editors   []Editor   `json:"editors"`
}

// Decision is the answer for one permission, with the sentence of the rule that decided.
type Decision struct {
	Permission domain.Permission `json:"permission"`
	Allowed    bool              `json:"allowed"`
	Rule       string            `json:"rule"`
	Sentence   string            `json:"sentence"`
}

// Editor is somebody who may change the project; named only to those who see it in full.
type Editor struct {
	Username     string      `json:"username"`
	DisplayName  string      `json:"displayName"`
	Organisation OrgRef      `json:"organisation"`
	Role         domain.Role `json:"role"`
}

func (h handlers) explainProject(ctx context.Context, in projectID) (Explanation, error) {
	e, err := h.service.ExplainProject(ctx, in.ID)
	if err != nil {
		return Explanation{}, err
	}
	answer := Explanation{OwnerPath: mapSlice(e.OwnerPath, orgRef), Editors: []Editor{}}
	answer.Decisions = mapSlice(e.Decisions, func(d service.Decision) Decision {
		return Decision{Permission: d.Permission, Allowed: d.Allowed, Rule: d.Rule, Sentence: h.sentence(ctx, d.Rule, d.Params)}
	})
	for _, u := range e.Editors {
		for _, role := range u.Roles {
			answer.Editors = append(answer.Editors, Editor{
				Username: u.Username, DisplayName: u.DisplayName, Organisation: orgRef(u.Organisation), Role: role,
			})
		}
	}
	return answer, nil
}
