package domain

import "fmt"

// RequestRecord is the canonical form of a request's content: what is kept, and what the hash covers. Its members never
// change their names or order; a new one is added at the end and left out while empty.
type RequestRecord struct {
	Reason        string             `json:"reason"`
	From          Stage              `json:"from,omitempty"`
	To            Stage              `json:"to,omitempty"`
	Items         []GateAnswerRecord `json:"items,omitempty"`
	Baselines     []RebaselineRecord `json:"baselines,omitempty"`
	Document      string             `json:"document,omitempty"`
	ExpectedUntil string             `json:"expectedUntil,omitempty"`
	ExitKind      ExitKind           `json:"exitKind,omitempty"`
	Successors    []string           `json:"successors,omitempty"`
}

// GateAnswerRecord is the canonical form of an answered line of a checklist.
type GateAnswerRecord struct {
	Code           string      `json:"code"`
	Name           string      `json:"name"`
	NameEn         string      `json:"nameEn"`
	Required       bool        `json:"required"`
	Evidence       bool        `json:"evidence"`
	Verdict        GateVerdict `json:"verdict"`
	Reason         string      `json:"reason"`
	DocumentName   string      `json:"documentName"`
	DocumentNumber string      `json:"documentNumber"`
	DocumentDate   string      `json:"documentDate"`
	Attachments    []int64     `json:"attachments"`
}

// RebaselineRecord is the canonical form of a new baseline.
type RebaselineRecord struct {
	MilestoneID     int64      `json:"milestoneId"`
	Name            string     `json:"name"`
	Before          string     `json:"before"`
	BeforePrecision Precision  `json:"beforePrecision"`
	After           string     `json:"after"`
	AfterPrecision  Precision  `json:"afterPrecision"`
	ReasonCode      ReasonCode `json:"reasonCode"`
	ReasonText      string     `json:"reasonText"`
}

// Record is the canonical form of the content.
func (c RequestContent) Record() RequestRecord {
	r := RequestRecord{
		Reason: c.Reason, From: c.From, To: c.To, Document: c.Document, ExpectedUntil: c.ExpectedUntil.String(),
		ExitKind: c.ExitKind, Successors: c.Successors,
	}
	for _, a := range c.Items {
		r.Items = append(r.Items, GateAnswerRecord{
			Code: a.Code, Name: a.Name, NameEn: a.NameEn, Required: a.Required, Evidence: a.Evidence, Verdict: a.Verdict,
			Reason: a.Reason, DocumentName: a.Document.Name, DocumentNumber: a.Document.Number,
			DocumentDate: a.Document.Date.String(), Attachments: a.Document.Attachments,
		})
	}
	for _, b := range c.Baselines {
		record := RebaselineRecord{MilestoneID: b.MilestoneID, Name: b.Name, ReasonCode: b.ReasonCode, ReasonText: b.ReasonText}
		record.Before, record.BeforePrecision = recordPlanDate(b.Before)
		record.After, record.AfterPrecision = recordPlanDate(b.After)
		r.Baselines = append(r.Baselines, record)
	}
	return r
}

func recordPlanDate(d *PlanDate) (date string, precision Precision) {
	if d == nil {
		return "", ""
	}
	return d.Date.String(), d.Precision
}

// Content reads the canonical form back; it fails only for a record that Record did not make.
func (r RequestRecord) Content() (c RequestContent, err error) {
	c = RequestContent{
		Reason: r.Reason, From: r.From, To: r.To, Document: r.Document, ExitKind: r.ExitKind, Successors: r.Successors,
	}
	if c.ExpectedUntil, err = readDate(r.ExpectedUntil); err != nil {
		return c, err
	}
	for _, a := range r.Items {
		answer := GateAnswer{
			Code: a.Code, Name: a.Name, NameEn: a.NameEn, Required: a.Required, Evidence: a.Evidence, Verdict: a.Verdict, Reason: a.Reason,
			Document: Document{Name: a.DocumentName, Number: a.DocumentNumber, Attachments: a.Attachments},
		}
		if answer.Document.Date, err = readDate(a.DocumentDate); err != nil {
			return c, err
		}
		c.Items = append(c.Items, answer)
	}
	for _, b := range r.Baselines {
		line := Rebaseline{MilestoneID: b.MilestoneID, Name: b.Name, ReasonCode: b.ReasonCode, ReasonText: b.ReasonText}
		if line.Before, err = readPlanDate(b.Before, b.BeforePrecision); err != nil {
			return c, fmt.Errorf("milestone %d: %w", b.MilestoneID, err)
		}
		if line.After, err = readPlanDate(b.After, b.AfterPrecision); err != nil {
			return c, fmt.Errorf("milestone %d: %w", b.MilestoneID, err)
		}
		c.Baselines = append(c.Baselines, line)
	}
	return c, nil
}

func readDate(text string) (Date, error) {
	if text == "" {
		return Date{}, nil
	}
	return ParseDate(text)
}

func readPlanDate(text string, precision Precision) (*PlanDate, error) {
	date, err := readDate(text)
	if err != nil || date.IsZero() {
		return nil, err
	}
	stated, err := NewPlanDate(date, precision)
	return &stated, err
}

// Differences lists the fields of the content that differ from before, as the audit record shows them.
func (c RequestContent) Differences(before RequestContent) []Difference {
	was := map[string]string{}
	for _, d := range before.texts() {
		was[d.Field] = d.After
	}
	var differences []Difference
	for _, d := range c.texts() {
		if d.Before = was[d.Field]; d.Before != d.After {
			differences = append(differences, d)
		}
		delete(was, d.Field)
	}
	for field, text := range was {
		if text != "" {
			differences = append(differences, Difference{Field: field, Before: text})
		}
	}
	return differences
}

func (c RequestContent) texts() []Difference {
	list := []Difference{
		{Field: "reason", After: c.Reason}, {Field: "document", After: c.Document},
		{Field: "expectedUntil", After: c.ExpectedUntil.String()}, {Field: "exitKind", After: string(c.ExitKind)},
		{Field: "successors", After: fmt.Sprint(c.Successors)},
	}
	if len(c.Successors) == 0 {
		list = list[:len(list)-1]
	}
	for _, a := range c.Items {
		for _, member := range []Difference{
			{Field: "verdict", After: string(a.Verdict)}, {Field: "reason", After: a.Reason},
			{Field: "documentName", After: a.Document.Name}, {Field: "documentNumber", After: a.Document.Number},
			{Field: "documentDate", After: a.Document.Date.String()},
		} {
			member.Field = "items[" + a.Code + "]." + member.Field
			list = append(list, member)
		}
		if len(a.Document.Attachments) > 0 {
			list = append(list, Difference{Field: "items[" + a.Code + "].attachmentIds", After: fmt.Sprint(a.Document.Attachments)})
		}
	}
	for _, b := range c.Baselines {
		date, _ := recordPlanDate(b.After)
		field := fmt.Sprintf("baselines[%d].", b.MilestoneID)
		list = append(list, Difference{Field: field + "baseline", After: date},
			Difference{Field: field + "reasonCode", After: string(b.ReasonCode)}, Difference{Field: field + "reasonText", After: b.ReasonText})
	}
	return list
}
