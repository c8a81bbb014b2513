package api

import (
	"slices"
	"time"

	"zhongda/domain"
	"zhongda/service"
)

// GateItem is one line of the checklist of the gate behind the stage from. A required one must be met, or shown not to
// apply; evidence says that meeting it takes a document.
type GateItem struct {
	From          domain.Stage `json:"from"`
	Code          string       `json:"code"`
	Name          string       `json:"name"`
	NameEn        string       `json:"nameEn"`
	Required      bool         `json:"required"`
	Evidence      bool         `json:"evidence"`
	Explanation   string       `json:"explanation"`
	ExplanationEn string       `json:"explanationEn"`
}

// RequestRow is a request as lists show it. hash binds a decision to the content; from and to are of a gate; number is
// that of the decision that approved it.
type RequestRow struct {
	ID            int64               `json:"id"`
	ProjectID     int64               `json:"projectId"`
	Kind          domain.RequestKind  `json:"kind"`
	State         domain.RequestState `json:"state"`
	From          *domain.Stage       `json:"from"`
	To            *domain.Stage       `json:"to"`
	ExitKind      *domain.ExitKind    `json:"exitKind"`
	ExpectedUntil *Date               `json:"expectedUntil"`
	Milestones    int                 `json:"milestones"`
	Reason        string              `json:"reason"`
	Version       int64               `json:"version"`
	Hash          string              `json:"hash"`
	DraftedBy     string              `json:"draftedBy"`
	SubmittedBy   *string             `json:"submittedBy"`
	SubmittedAt   *time.Time          `json:"submittedAt"`
	DecidedBy     *string             `json:"decidedBy"`
	DecidedAt     *time.Time          `json:"decidedAt"`
	Comment       string              `json:"comment"`
	Number        *string             `json:"number"`
	CreatedAt     time.Time           `json:"createdAt"`
	UpdatedBy     string              `json:"updatedBy"`
	UpdatedAt     time.Time           `json:"updatedAt"`
}

// ProjectRequest is a request as its page shows it. candidates are the milestones whose baseline it may move, or moves.
type ProjectRequest struct {
	RequestRow
	Project    ReportProject          `json:"project"`
	Document   string                 `json:"document"`
	Successors []string               `json:"successors"`
	Items      []GateAnswer           `json:"items"`
	Baselines  []Rebaseline           `json:"baselines"`
	Candidates []Milestone            `json:"candidates"`
	Rulings    []Ruling               `json:"rulings"`
	Allowed    []domain.RequestAction `json:"allowed"`
}

// GateAnswer is one line of a gate request: the line as it stood when the request was opened, and the answer.
type GateAnswer struct {
	Code           string              `json:"code"`
	Name           string              `json:"name"`
	NameEn         string              `json:"nameEn"`
	Required       bool                `json:"required"`
	Evidence       bool                `json:"evidence"`
	Explanation    string              `json:"explanation"`
	ExplanationEn  string              `json:"explanationEn"`
	Verdict        *domain.GateVerdict `json:"verdict"`
	Reason         string              `json:"reason"`
	DocumentName   string              `json:"documentName"`
	DocumentNumber string              `json:"documentNumber"`
	DocumentDate   *Date               `json:"documentDate"`
	AttachmentIDs  []int64             `json:"attachmentIds"`
}

// Rebaseline is the new current baseline of one milestone: before is the one it replaces, original the first, which stays.
// The slips are in days, against both, with the old and with the new date; null where there is no verdict.
type Rebaseline struct {
	MilestoneID int64              `json:"milestoneId"`
	Name        string             `json:"name"`
	Original    *PlanDate          `json:"original"`
	Before      *PlanDate          `json:"before"`
	Baseline    *PlanDate          `json:"baseline"`
	ReasonCode  *domain.ReasonCode `json:"reasonCode"`
	ReasonText  string             `json:"reasonText"`
	SlipBefore  Slip               `json:"slipBefore"`
	SlipAfter   Slip               `json:"slipAfter"`
}

// Ruling is one act of the Commission on a project. number is null for a return; requestId where the Commission acted
// by itself.
type Ruling struct {
	ID        int64             `json:"id"`
	Number    *string           `json:"number"`
	Kind      domain.RulingKind `json:"kind"`
	Outcome   domain.Outcome    `json:"outcome"`
	RequestID *int64            `json:"requestId"`
	Hash      string            `json:"hash"`
	Reason    string            `json:"reason"`
	Document  string            `json:"document"`
	ExitKind  *domain.ExitKind  `json:"exitKind"`
	Until     *Date             `json:"until"`
	DecidedBy string            `json:"decidedBy"`
	DecidedAt time.Time         `json:"decidedAt"`
}

// ProjectRequests are the requests and decisions of a project, the latest first, and the kinds that the reader may start.
type ProjectRequests struct {
	Requests []RequestRow         `json:"requests"`
	Rulings  []Ruling             `json:"rulings"`
	MayStart []domain.RequestKind `json:"mayStart"`
}

func gateItem(i domain.GateItem) GateItem {
	return GateItem{
		From: i.From, Code: i.Code, Name: i.Name, NameEn: i.NameEn, Required: i.Required, Evidence: i.Evidence,
		Explanation: i.Explanation, ExplanationEn: i.ExplanationEn,
	}
}

func requestRow(r domain.Request) RequestRow {
	return RequestRow{
		ID: r.ID, ProjectID: r.ProjectID, Kind: r.Kind, State: r.State, From: emptyAsNull(r.Content.From), To: emptyAsNull(r.Content.To),
		ExitKind: emptyAsNull(r.Content.ExitKind), ExpectedUntil: DateOf(r.Content.ExpectedUntil), Milestones: len(r.Content.Baselines),
		Reason: r.Content.Reason, Version: r.Version, Hash: r.Hash(), DraftedBy: r.DraftedBy, SubmittedBy: emptyAsNull(r.SubmittedBy),
		SubmittedAt: emptyAsNull(r.SubmittedAt), DecidedBy: emptyAsNull(r.DecidedBy), DecidedAt: emptyAsNull(r.DecidedAt),
		Comment: r.Comment, Number: emptyAsNull(r.Number), CreatedAt: r.CreatedAt, UpdatedBy: r.UpdatedBy, UpdatedAt: r.UpdatedAt,
	}
}

func (h handlers) projectRequest(v service.RequestView) ProjectRequest {
	request := ProjectRequest{
		RequestRow: requestRow(v.Request), Project: reportProject(v.Project.Project), Document: v.Content.Document,
		Successors: append([]string{}, v.Content.Successors...), Candidates: []Milestone{},
		Items:     mapSlice(v.Content.Items, func(a domain.GateAnswer) GateAnswer { return gateAnswer(a, v.Checklist) }),
		Baselines: mapSlice(v.Content.Baselines, func(b domain.Rebaseline) Rebaseline { return rebaseline(b, v.Project.Milestones) }),
		Rulings:   mapSlice(v.Rulings, ruling), Allowed: append([]domain.RequestAction{}, v.Allowed...),
	}
	if v.Kind == domain.RequestRebaseline {
		request.Candidates = mapSlice(v.Project.Milestones, h.milestone)
	}
	return request
}

// gateAnswer adds the explanation that the checklist gives today; a line that is no more has none.
func gateAnswer(a domain.GateAnswer, checklist []domain.GateItem) GateAnswer {
	answer := GateAnswer{
		Code: a.Code, Name: a.Name, NameEn: a.NameEn, Required: a.Required, Evidence: a.Evidence, Verdict: emptyAsNull(a.Verdict),
		Reason: a.Reason, DocumentName: a.Document.Name, DocumentNumber: a.Document.Number, DocumentDate: DateOf(a.Document.Date),
		AttachmentIDs: append([]int64{}, a.Document.Attachments...),
	}
	if at := slices.IndexFunc(checklist, func(i domain.GateItem) bool { return i.Code == a.Code }); at >= 0 {
		answer.Explanation, answer.ExplanationEn = checklist[at].Explanation, checklist[at].ExplanationEn
	}
	return answer
}

func rebaseline(b domain.Rebaseline, milestones []domain.Milestone) Rebaseline {
	line := Rebaseline{
		MilestoneID: b.MilestoneID, Name: b.Name, Before: planDateOf(b.Before), Baseline: planDateOf(b.After),
		ReasonCode: emptyAsNull(b.ReasonCode), ReasonText: b.ReasonText,
	}
	if at := slices.IndexFunc(milestones, func(m domain.Milestone) bool { return m.ID == b.MilestoneID }); at >= 0 {
		before, after := b.Impact(milestones[at])
		line.Original, line.SlipBefore, line.SlipAfter = planDateOf(milestones[at].Baseline), Slip(before), Slip(after)
	}
	return line
}

func ruling(d domain.Ruling) Ruling {
	return Ruling{
		ID: d.ID, Number: emptyAsNull(d.Number), Kind: d.Kind, Outcome: d.Outcome, RequestID: emptyAsNull(d.RequestID), Hash: d.Hash,
		Reason: d.Reason, Document: d.Document, ExitKind: emptyAsNull(d.ExitKind), Until: DateOf(d.Until),
		DecidedBy: d.DecidedBy, DecidedAt: d.DecidedAt,
	}
}
