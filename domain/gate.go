package domain

import (
	"strings"
	"unicode/utf8"
)

// GateItem is one line of the checklist that a project must pass to leave a stage. The lines are data: what an approval
// chain asks for differs from place to place. A required line must be met, or shown not to apply; Evidence says that
// meeting it takes a document.
type GateItem struct {
	From          Stage
	Code          string
	Name          string
	NameEn        string
	Required      bool
	Evidence      bool
	Explanation   string
	ExplanationEn string
}

// GateVerdict is the owner's answer to a line; empty while there is none.
type GateVerdict string

// The answers: met, does not apply to this project (with the reason), not met.
const (
	GateYes           GateVerdict = "yes"
	GateNotApplicable GateVerdict = "not_applicable"
	GateNo            GateVerdict = "no"
)

// GateVerdicts lists them.
func GateVerdicts() []GateVerdict { return []GateVerdict{GateYes, GateNotApplicable, GateNo} }

// GateAnswer is one line of a gate request: the line as it stood when the request was opened, so that what was decided
// stays readable when the checklist changes, and the answer with its document.
type GateAnswer struct {
	Code     string
	Name     string
	NameEn   string
	Required bool
	Evidence bool
	Verdict  GateVerdict
	Reason   string
	Document Document
}

// Document names a paper and the files that hold it.
type Document struct {
	Name        string
	Number      string
	Date        Date
	Attachments []int64
}

// named reports whether the paper can be found: by a name, with its number or a file.
func (d Document) named() bool {
	return strings.TrimSpace(d.Name) != "" && (strings.TrimSpace(d.Number) != "" || len(d.Attachments) > 0)
}

// NewGateAnswers opens a checklist.
func NewGateAnswers(items []GateItem) []GateAnswer {
	answers := make([]GateAnswer, len(items))
	for i, item := range items {
		answers[i] = GateAnswer{Code: item.Code, Name: item.Name, NameEn: item.NameEn, Required: item.Required, Evidence: item.Evidence}
	}
	return answers
}

// The lengths of what a request may say, in characters.
const (
	requestTextRunes     = 4000
	requestReasonRunes   = 1000
	requestDocumentRunes = 200
	requestAttachments   = 20
)

// checkLengths refuses what no record may hold; it holds for drafts too.
func (a GateAnswer) checkLengths() []FieldError {
	fields := tooLong("reason", a.Reason, requestReasonRunes)
	fields = append(fields, tooLong("documentName", a.Document.Name, requestDocumentRunes)...)
	fields = append(fields, tooLong("documentNumber", a.Document.Number, requestDocumentRunes)...)
	if len(a.Document.Attachments) > requestAttachments {
		fields = append(fields, FieldError{Field: "attachmentIds", Code: "max_items", Params: Params("limit", requestAttachments)})
	}
	return fields
}

func tooLong(field, text string, limit int) []FieldError {
	if utf8.RuneCountInString(text) <= limit {
		return nil
	}
	return []FieldError{{Field: field, Code: "too_long", Params: Params("max", limit)}}
}

// checkSubmission says what a line still lacks before the request can be submitted.
func (a GateAnswer) checkSubmission(today Date) []FieldError {
	var fields []FieldError
	refuse := func(broken bool, field, code string) {
		if broken {
			fields = append(fields, FieldError{Field: field, Code: code, Params: Params("item", a.Name)})
		}
	}
	refuse(a.Required && a.Verdict == "", "verdict", "gate_item_unanswered")
	refuse(a.Required && a.Verdict == GateNo, "verdict", "gate_item_unmet")
	refuse(a.Verdict == GateNotApplicable && strings.TrimSpace(a.Reason) == "", "reason", "gate_item_needs_reason")
	refuse(a.Evidence && a.Verdict == GateYes && !a.Document.named(), "documentName", "gate_item_needs_evidence")
	refuse(a.Document.Date.After(today), "documentDate", "document_in_future")
	return fields
}
