package service

import (
	"encoding/json"
	"fmt"
	"maps"
	"reflect"

	"zhongda/domain"
)

// facts are the fields of a thing as the audit record and the history show them, by their JSON names.
type facts map[string]any

// changed keeps only the fields that differ, as the two sides of an audit record.
func changed(before, after facts) (beforeJSON, afterJSON json.RawMessage, err error) {
	was, is := facts{}, facts{}
	for field, value := range after {
		if !reflect.DeepEqual(before[field], value) {
			was[field], is[field] = before[field], value
		}
	}
	if beforeJSON, err = json.Marshal(was); err != nil {
		return nil, nil, fmt.Errorf("audit before: %w", err)
	}
	if afterJSON, err = json.Marshal(is); err != nil {
		return nil, nil, fmt.Errorf("audit after: %w", err)
	}
	return beforeJSON, afterJSON, nil
}

// note puts what changed, and what it rested on, into the audit record of the transaction.
func (w *write) note(before, after facts) (err error) {
	maps.Copy(after, w.basis)
	w.record.Before, w.record.After, err = changed(before, after)
	return err
}

func projectFacts(p domain.Project) facts {
	return facts{
		"constructionUnit": p.ConstructionUnit, "nationalCode": p.NationalCode, "summary": p.Summary,
		"internalNote": p.InternalNote, "estimate": amountFact(p.Estimate), "budget": amountFact(p.Budget),
		"finalAccount": amountFact(p.FinalAccount), "owner": p.Owner.Name, "ownerProvisional": p.OwnerProvisional,
		"stage": string(p.Stage), "stageProvisional": p.StageProvisional, "standing": string(p.Standing),
		"standingReason": p.StandingReason, "standingDocument": p.StandingDocument,
		"standingSince": p.StandingSince.String(), "successorCode": p.SuccessorCode,
	}
}

func amountFact(a domain.Amount) string {
	if a.Present() {
		return a.Value.String()
	}
	return string(a.Missing)
}

func milestoneFacts(m domain.Milestone) facts {
	return facts{
		"kind": string(m.Kind), "name": m.Name, "phase": m.Phase, "baseline": planDateFact(m.Baseline),
		"currentBaseline": planDateFact(m.CurrentBaseline), "forecast": planDateFact(m.Forecast),
		"actual": m.Actual.String(), "reasonCode": string(m.ReasonCode), "reasonText": m.ReasonText,
	}
}

func planDateFact(d *domain.PlanDate) string {
	if d == nil {
		return ""
	}
	if d.Precision == domain.PrecisionDay {
		return d.Date.String()
	}
	return d.Date.String() + " (" + string(d.Precision) + ")"
}

func userFacts(u domain.User) facts {
	roles := make([]string, len(u.Roles))
	for i, r := range u.Roles {
		roles[i] = string(r)
	}
	return facts{
		"username": u.Username, "displayName": u.DisplayName, "organisation": u.Organisation.Name,
		"disabled": u.Disabled, "roles": roles,
	}
}
