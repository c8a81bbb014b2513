package repository

import (
	"context"
	"time"

	"zhongda/domain"
)

const meetingColumns = `m.id, m.title, m.held_on, m.filter, m.filter_hash, m.state, m.hash, m.called_by, m.called_at, m.started_at,
	m.finished_by, m.finished_at, m.version, (SELECT count(*) FROM meeting_item i WHERE i.meeting_id = m.id) AS items,
	(SELECT count(*) FROM meeting_decision d WHERE d.meeting_id = m.id AND d.order_id IS NOT NULL) AS orders`

type meetingRow struct {
	ID         int64
	Title      string
	HeldOn     *time.Time
	Filter     string
	FilterHash string
	State      string
	Hash       string
	CalledBy   string
	CalledAt   time.Time
	StartedAt  *time.Time
	FinishedBy string
	FinishedAt *time.Time
	Version    int64
	Items      int
	Orders     int
}

func (r meetingRow) meeting() domain.Meeting {
	return domain.Meeting{
		ID: r.ID, Title: r.Title, HeldOn: dateOf(r.HeldOn), Filter: r.Filter, FilterHash: r.FilterHash,
		State: domain.MeetingState(r.State), Hash: r.Hash, CalledBy: r.CalledBy, CalledAt: r.CalledAt, StartedAt: deref(r.StartedAt),
		FinishedBy: r.FinishedBy, FinishedAt: deref(r.FinishedAt), Version: r.Version, Items: r.Items, Orders: r.Orders,
	}
}

// Meetings lists all meetings, the latest first; there are some dozens a year.
func (s *Store) Meetings(ctx context.Context) ([]domain.Meeting, error) {
	var rows []meetingRow
	err := s.conn(ctx).Raw("SELECT " + meetingColumns + " FROM meeting m ORDER BY m.held_on DESC, m.id DESC LIMIT 500").Scan(&rows).Error
	if err != nil {
		return nil, failure("list the meetings", err)
	}
	meetings := make([]domain.Meeting, len(rows))
	for i, r := range rows {
		meetings[i] = r.meeting()
	}
	return meetings, nil
}

// Meeting reads one meeting; NotFound("meeting_not_found") when there is none.
func (s *Store) Meeting(ctx context.Context, id int64) (domain.Meeting, error) {
	return s.meeting(ctx, id, "")
}

// LockMeeting reads one meeting and keeps others from changing its state until the transaction ends.
func (s *Store) LockMeeting(ctx context.Context, id int64) (domain.Meeting, error) {
	return s.meeting(ctx, id, " FOR UPDATE")
}

func (s *Store) meeting(ctx context.Context, id int64, lock string) (domain.Meeting, error) {
	var rows []meetingRow
	if err := s.conn(ctx).Raw("SELECT "+meetingColumns+" FROM meeting m WHERE m.id = ?"+lock, id).Scan(&rows).Error; err != nil {
		return domain.Meeting{}, failure("read a meeting", err)
	}
	if len(rows) == 0 {
		return domain.Meeting{}, domain.NotFound("meeting_not_found")
	}
	return rows[0].meeting(), nil
}

// CreateMeeting adds a planned meeting with its agenda, in the order of projects, and returns its id.
func (s *Store) CreateMeeting(ctx context.Context, m domain.Meeting, projects []int64) (id int64, err error) {
	const query = `INSERT INTO meeting (title, held_on, filter, filter_hash, state, called_by, called_at)
		VALUES (@title, @held_on, @filter, @filter_hash, @state, @called_by, @called_at) RETURNING id`
	const items = `INSERT INTO meeting_item (meeting_id, ordinal, project_id)
		SELECT ?, ordinal, project_id FROM unnest(CAST(? AS bigint[])) WITH ORDINALITY AS agenda (project_id, ordinal)`
	if err := s.query(ctx, query, meetingArguments(m)).Scan(&id).Error; err != nil {
		return 0, failure("call a meeting", err)
	}
	return id, failure("write the agenda", s.conn(ctx).Exec(items, id, array[int64](projects)).Error)
}

// UpdateMeeting writes what an act made of a meeting, if it still has m.Version and the state it was read in, and returns
// the new version. Else it is StaleVersion with the current one, or Forbidden outside the announced write scope.
func (s *Store) UpdateMeeting(ctx context.Context, m domain.Meeting, from domain.MeetingState) (newVersion int64, err error) {
	const query = `UPDATE meeting SET state = @state, hash = @hash, started_at = @started_at, finished_by = @finished_by,
			finished_at = @finished_at, version = version + 1
		WHERE id = @id AND version = @version AND state = @from
		RETURNING version`
	updated := s.query(ctx, query, meetingArguments(m).and(arguments{"from": string(from)})).Scan(&newVersion)
	if updated.Error != nil {
		return 0, failure("update a meeting", updated.Error)
	}
	if updated.RowsAffected == 1 {
		return newVersion, nil
	}
	current, err := s.Meeting(ctx, m.ID)
	if err != nil {
		return 0, err
	}
	return 0, notWritten(m.Version, current.Version)
}

func meetingArguments(m domain.Meeting) arguments {
	return arguments{
		"id": m.ID, "title": m.Title, "held_on": dateOrNull(m.HeldOn), "filter": m.Filter, "filter_hash": m.FilterHash,
		"state": string(m.State), "hash": m.Hash, "called_by": m.CalledBy, "called_at": m.CalledAt, "started_at": orNull(m.StartedAt),
		"finished_by": m.FinishedBy, "finished_at": orNull(m.FinishedAt), "version": m.Version,
	}
}

// Agenda lists the projects of a meeting in their order, without their texts.
func (s *Store) Agenda(ctx context.Context, meetingID int64) ([]domain.Project, error) {
	query := "SELECT " + projectColumns + "\nFROM " + projectTables + `
		JOIN meeting_item i ON i.project_id = p.id AND i.meeting_id = @meeting ORDER BY i.ordinal`
	var rows []projectListRow
	if err := s.query(ctx, query, arguments{"meeting": meetingID}).Scan(&rows).Error; err != nil {
		return nil, failure("read the agenda", err)
	}
	projects, err := s.completeProjects(ctx, rows)
	return projects, failure("read the agenda", err)
}
