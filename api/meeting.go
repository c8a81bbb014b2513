package api

import (
	"context"
	"fmt"
	"time"

	"zhongda/domain"
	"zhongda/service"
)

type meetingID struct {
	ID int64 `path:"id"`
}

type meetingAt struct {
	meetingID
	Version Version `header:"If-Match"`
}

// Meeting is a coordination meeting 调度会 as lists show it. filterHash binds the agenda to the choice it came from, hash
// the minutes of a finished one.
type Meeting struct {
	ID         int64               `json:"id"`
	Title      string              `json:"title"`
	HeldOn     Date                `json:"heldOn"`
	State      domain.MeetingState `json:"state"`
	FilterHash string              `json:"filterHash"`
	Hash       *string             `json:"hash"`
	CalledBy   string              `json:"calledBy"`
	CalledAt   time.Time           `json:"calledAt"`
	StartedAt  *time.Time          `json:"startedAt"`
	FinishedBy *string             `json:"finishedBy"`
	FinishedAt *time.Time          `json:"finishedAt"`
	Items      int                 `json:"items"`
	Orders     int                 `json:"orders"`
	Version    int64               `json:"version"`
}

// MeetingDetail is a meeting with its agenda, in order, and everything written down.
type MeetingDetail struct {
	Meeting
	Agenda    []ProjectRow           `json:"agenda"`
	Decisions []MeetingDecision      `json:"decisions"`
	Allowed   []domain.MeetingAction `json:"allowed"`
}

// MeetingDecision is what a meeting decided about one project. orderId and orderNumber are those of the supervision order it
// became; responsible is null while nobody is named.
type MeetingDecision struct {
	ID          int64                `json:"id"`
	ProjectID   int64                `json:"projectId"`
	Kind        domain.DecisionKind  `json:"kind"`
	Text        string               `json:"text"`
	Responsible *OrgRef              `json:"responsible"`
	Due         *Date                `json:"due"`
	State       domain.DecisionState `json:"state"`
	OrderID     *int64               `json:"orderId"`
	OrderNumber *string              `json:"orderNumber"`
	By          string               `json:"by"`
	At          time.Time            `json:"at"`
	Version     int64                `json:"version"`
}

func meeting(m domain.Meeting) Meeting {
	return Meeting{
		ID: m.ID, Title: m.Title, HeldOn: Date{m.HeldOn}, State: m.State, FilterHash: m.FilterHash, Hash: emptyAsNull(m.Hash),
		CalledBy: m.CalledBy, CalledAt: m.CalledAt, StartedAt: emptyAsNull(m.StartedAt), FinishedBy: emptyAsNull(m.FinishedBy),
		FinishedAt: emptyAsNull(m.FinishedAt), Items: m.Items, Orders: m.Orders, Version: m.Version,
	}
}

func meetingDecision(d domain.Decision) MeetingDecision {
	answer := MeetingDecision{
		ID: d.ID, ProjectID: d.ProjectID, Kind: d.Kind, Text: d.Text, Due: DateOf(d.Due), State: d.State,
		OrderID: emptyAsNull(d.OrderID), By: d.By, At: d.At, Version: d.Version,
	}
	if d.Responsible.ID != 0 {
		responsible := orgRef(d.Responsible)
		answer.Responsible = &responsible
	}
	if d.OrderID != 0 {
		number := d.OrderNumber.String()
		answer.OrderNumber = &number
	}
	return answer
}

func (h handlers) meetingDetail(ctx context.Context, v service.MeetingView) MeetingDetail {
	return MeetingDetail{
		Meeting: meeting(v.Meeting), Agenda: mapSlice(v.Agenda, func(p domain.Project) ProjectRow { return h.projectRow(ctx, p) }),
		Decisions: mapSlice(v.Decisions, meetingDecision), Allowed: append([]domain.MeetingAction{}, v.Allowed...),
	}
}

func (h handlers) listMeetings(ctx context.Context, _ None) (List[Meeting], error) {
	return listOf(meeting)(h.service.Meetings(ctx))
}

func (h handlers) getMeeting(ctx context.Context, in meetingID) (Versioned[MeetingDetail], error) {
	return h.meetingAnswer(ctx)(h.service.Meeting(ctx, in.ID))
}

// callMeetingIn takes the filter and the order of the project list in its query: what the list shows becomes the agenda.
type callMeetingIn struct {
	projectFilter
	Sort   string `query:"sort" validate:"max=20"`
	Title  string `json:"title" validate:"notblank,max=120"`
	HeldOn Date   `json:"heldOn"`
}

func (h handlers) callMeeting(ctx context.Context, in callMeetingIn) (Created[MeetingDetail], error) {
	sort, err := domain.ParseProjectSort(in.Sort)
	if err != nil {
		return Created[MeetingDetail]{}, err
	}
	view, err := h.service.CallMeeting(ctx, domain.MeetingDraft{Title: in.Title, HeldOn: in.HeldOn.Date, Filter: in.filter(), Sort: sort})
	if err != nil {
		return Created[MeetingDetail]{}, err
	}
	at := fmt.Sprintf("/api/v1/meetings/%d", view.ID)
	return Created[MeetingDetail]{Value: h.meetingDetail(ctx, view), Version: view.Version, At: at}, nil
}

func (h handlers) startMeeting(ctx context.Context, in meetingAt) (Versioned[MeetingDetail], error) {
	return h.meetingAnswer(ctx)(h.service.StartMeeting(ctx, in.ID, int64(in.Version)))
}

func (h handlers) finishMeeting(ctx context.Context, in meetingAt) (Versioned[MeetingDetail], error) {
	return h.meetingAnswer(ctx)(h.service.FinishMeeting(ctx, in.ID, int64(in.Version)))
}

func (h handlers) meetingAnswer(ctx context.Context) func(service.MeetingView, error) (Versioned[MeetingDetail], error) {
	return func(view service.MeetingView, err error) (Versioned[MeetingDetail], error) {
		if err != nil {
			return Versioned[MeetingDetail]{}, err
		}
		return Versioned[MeetingDetail]{Value: h.meetingDetail(ctx, view), Version: view.Version}, nil
	}
}
