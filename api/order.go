package api

import (
	"context"
	"fmt"
	"time"

	"zhongda/domain"
	"zhongda/service"
)

type orderID struct {
	ID int64 `path:"id"`
}

// orderAt selects a supervision order at the version that the caller read.
type orderAt struct {
	orderID
	Version Version `header:"If-Match"`
}

// listOrdersIn selects orders. addressee are codes of exactly those organisations; mine keeps what is addressed to the
// reader's organisation.
type listOrdersIn struct {
	pageParams
	Project    int64               `query:"project" validate:"min=0"`
	Meeting    int64               `query:"meeting" validate:"min=0"`
	States     []domain.OrderState `query:"state" validate:"max=10"`
	Addressees []string            `query:"addressee" validate:"max=50,dive,max=60"`
	Overdue    bool                `query:"overdue"`
	Mine       bool                `query:"mine"`
	Text       string              `query:"q" validate:"max=100"`
}

func (h handlers) listOrders(ctx context.Context, in listOrdersIn) (Page[OrderRow], error) {
	page, err := h.service.Orders(ctx, domain.OrderFilter{
		ProjectID: in.Project, MeetingID: in.Meeting, States: in.States, Addressees: in.Addressees, Overdue: in.Overdue,
		OnlyMine: in.Mine, Text: in.Text,
	}, in.request())
	return pageOf(page, in.WithTotal, h.orderRow), err
}

func (h handlers) getOrder(ctx context.Context, in orderID) (Versioned[Order], error) {
	return h.orderAnswer(ctx)(h.service.Order(ctx, in.ID))
}

// issueOrderIn needs no more than a demand and a day; without an addressee it goes to the project's owner.
type issueOrderIn struct {
	projectID
	AddresseeID *int64 `json:"addresseeOrganisationId" validate:"min=1"`
	Demand      string `json:"demand" validate:"notblank,max=4000"`
	Due         Date   `json:"due"`
	IssueID     *int64 `json:"issueId" validate:"min=1"`
}

func (h handlers) issueOrder(ctx context.Context, in issueOrderIn) (Created[Order], error) {
	draft := domain.OrderDraft{Demand: in.Demand, Due: in.Due.Date}
	if in.AddresseeID != nil {
		draft.AddresseeID = *in.AddresseeID
	}
	if in.IssueID != nil {
		draft.IssueID = *in.IssueID
	}
	view, err := h.service.IssueOrder(ctx, in.ID, draft)
	if err != nil {
		return Created[Order]{}, err
	}
	return Created[Order]{Value: h.order(ctx, view), Version: view.Version, At: fmt.Sprintf("/api/v1/orders/%d", view.ID)}, nil
}

func (h handlers) acknowledgeOrder(ctx context.Context, in orderAt) (Versioned[Order], error) {
	return h.moveOrder(ctx, in, domain.OrderMove{Action: domain.OrderAcknowledge})
}

type answerOrderIn struct {
	orderAt
	claimIn
}

func (h handlers) answerOrder(ctx context.Context, in answerOrderIn) (Versioned[Order], error) {
	return h.moveOrder(ctx, in.orderAt, domain.OrderMove{Action: domain.OrderAnswer, Text: in.Text, Evidence: in.evidence()})
}

type closeOrderIn struct {
	orderAt
	Text string `json:"text" validate:"max=4000"`
}

func (h handlers) closeOrder(ctx context.Context, in closeOrderIn) (Versioned[Order], error) {
	return h.moveOrder(ctx, in.orderAt, domain.OrderMove{Action: domain.OrderClose, Text: in.Text})
}

// sayOnOrderIn is an act that takes words alone.
type sayOnOrderIn struct {
	orderAt
	Text string `json:"text" validate:"notblank,max=4000"`
}

func (h handlers) sendBackOrder(ctx context.Context, in sayOnOrderIn) (Versioned[Order], error) {
	return h.moveOrder(ctx, in.orderAt, domain.OrderMove{Action: domain.OrderSendBack, Text: in.Text})
}

func (h handlers) withdrawOrder(ctx context.Context, in sayOnOrderIn) (Versioned[Order], error) {
	return h.moveOrder(ctx, in.orderAt, domain.OrderMove{Action: domain.OrderWithdraw, Text: in.Text})
}

func (h handlers) moveOrder(ctx context.Context, at orderAt, move domain.OrderMove) (Versioned[Order], error) {
	return h.orderAnswer(ctx)(h.service.MoveOrder(ctx, at.ID, int64(at.Version), move))
}

func (h handlers) orderAnswer(ctx context.Context) func(service.OrderView, error) (Versioned[Order], error) {
	return func(view service.OrderView, err error) (Versioned[Order], error) {
		if err != nil {
			return Versioned[Order]{}, err
		}
		return Versioned[Order]{Value: h.order(ctx, view), Version: view.Version}, nil
	}
}

// OrderRow is a supervision order 督办单 as lists show it. number is as printed; issueId and meetingId say where it came
// from, null for the project itself; escalations counts the periods it is overdue.
type OrderRow struct {
	ID          int64             `json:"id"`
	Number      string            `json:"number"`
	Project     ReportProject     `json:"project"`
	Addressee   OrgRef            `json:"addressee"`
	Demand      string            `json:"demand"`
	Due         Date              `json:"due"`
	Overdue     bool              `json:"overdue"`
	State       domain.OrderState `json:"state"`
	IssueID     *int64            `json:"issueId"`
	MeetingID   *int64            `json:"meetingId"`
	IssuedBy    string            `json:"issuedBy"`
	IssuedAt    time.Time         `json:"issuedAt"`
	EndedBy     *string           `json:"endedBy"`
	EndedAt     *time.Time        `json:"endedAt"`
	Escalations int               `json:"escalations"`
	Version     int64             `json:"version"`
	UpdatedAt   time.Time         `json:"updatedAt"`
}

// Order is a supervision order with its course. cause is what the project showed when it was issued.
type Order struct {
	OrderRow
	Cause         OrderCause           `json:"cause"`
	Evidence      string               `json:"evidence"`
	AttachmentIDs []int64              `json:"attachmentIds"`
	Entries       []OrderEntry         `json:"entries"`
	Allowed       []domain.OrderAction `json:"allowed"`
}

// OrderCause is a snapshot: the three lights, the clauses by which the rule warned, the owner's words, progress in %, the
// period it was reported for, the slip in days; null where the project had none. Orders of before the rule's light was kept
// say null of it and of the Commission's.
type OrderCause struct {
	RuleLight     *domain.RuleLight `json:"ruleLight"`
	Clauses       []Clause          `json:"clauses"`
	OwnerLight    *domain.Light     `json:"ownerLight"`
	ReviewerLight *domain.Light     `json:"reviewerLight"`
	Progress      *string           `json:"progress"`
	Period        *string           `json:"period"`
	SlipDays      *int              `json:"slipDays"`
	Stage         domain.Stage      `json:"stage"`
	Words         string            `json:"words"`
}

// OrderEntry is one line of an order's course; by is a user name, empty for the system itself.
type OrderEntry struct {
	ID            int64              `json:"id"`
	Action        domain.OrderAction `json:"action"`
	Text          string             `json:"text"`
	Evidence      string             `json:"evidence"`
	AttachmentIDs []int64            `json:"attachmentIds"`
	By            string             `json:"by"`
	Organisation  string             `json:"organisation"`
	At            time.Time          `json:"at"`
}

func (h handlers) orderRow(o domain.Order) OrderRow {
	return OrderRow{
		ID: o.ID, Number: o.Number.String(), Project: reportProject(o.Project), Addressee: orgRef(o.Addressee), Demand: o.Demand,
		Due: Date{o.Due}, Overdue: o.Overdue(h.service.Today()), State: o.State, IssueID: emptyAsNull(o.IssueID),
		MeetingID: emptyAsNull(o.MeetingID), IssuedBy: o.IssuedBy, IssuedAt: o.IssuedAt, EndedBy: emptyAsNull(o.EndedBy),
		EndedAt: emptyAsNull(o.EndedAt), Escalations: o.Escalations, Version: o.Version, UpdatedAt: o.UpdatedAt,
	}
}

func (h handlers) order(ctx context.Context, v service.OrderView) Order {
	return Order{
		OrderRow: h.orderRow(v.Order), Evidence: v.Evidence.Document, AttachmentIDs: append([]int64{}, v.Evidence.Attachments...), Cause: h.orderCause(ctx, v.Cause),
		Entries: mapSlice(v.Entries, func(e domain.OrderEntry) OrderEntry {
			return OrderEntry{
				ID: e.ID, Action: e.Action, Text: e.Text, Evidence: e.Evidence.Document,
				AttachmentIDs: append([]int64{}, e.Evidence.Attachments...), By: e.By, Organisation: e.Organisation, At: e.At,
			}
		}),
		Allowed: append([]domain.OrderAction{}, v.Allowed...),
	}
}

func (h handlers) orderCause(ctx context.Context, c domain.OrderCause) OrderCause {
	return OrderCause{
		RuleLight: emptyAsNull(c.RuleLight), Clauses: h.clauses(ctx, c.Clauses), OwnerLight: emptyAsNull(c.OwnerLight),
		ReviewerLight: emptyAsNull(c.ReviewerLight), Progress: emptyAsNull(c.Progress), Period: emptyAsNull(c.Period),
		SlipDays: c.SlipDays, Stage: c.Stage, Words: c.Words,
	}
}
