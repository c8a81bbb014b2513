package repository

import (
	"context"
	"encoding/json"
	"time"

	"zhongda/domain"
)

// audience selects the accounts @users, as far as they sit on @path where there is one, and the holders of @roles: all of
// them (@anywhere), or those of the lowest organisation on the path that has any.
const audience = `WITH holder AS (
		SELECT u.id, u.organisation_id, array_position(CAST(@path AS bigint[]), u.organisation_id) AS depth FROM app_user u
		WHERE NOT u.disabled AND EXISTS (SELECT FROM role_grant g WHERE g.user_id = u.id AND g.role = ANY (@roles))
	), told AS (
		SELECT id FROM holder WHERE @anywhere OR depth = (SELECT max(depth) FROM holder)
		UNION
		SELECT u.id FROM app_user u WHERE NOT u.disabled AND u.username = ANY (@users)
			AND (cardinality(CAST(@path AS bigint[])) = 0 OR u.organisation_id = ANY (CAST(@path AS bigint[])))
	)`

// AddNotice tells every account of the audience but one (by name), and gives the ids of what it wrote: whoever was told of
// this occasion before is left out. Rows are written in one order, so that two at once cannot lock each other out.
func (s *Store) AddNotice(ctx context.Context, n domain.Notice, except string, at time.Time) (ids []int64, err error) {
	const query = audience + `
		INSERT INTO notice (recipient_id, kind, project_id, object_kind, object_id, occasion, params, actor, at)
		SELECT u.id, @kind, nullif(CAST(@project AS bigint), 0), @object_kind, @object_id, @occasion, @params, @actor, @at
		FROM told JOIN app_user u ON u.id = told.id WHERE u.username <> @actor ORDER BY u.id
		ON CONFLICT ON CONSTRAINT notice_once DO NOTHING
		RETURNING id`
	params, err := json.Marshal(n.Text)
	if err != nil {
		return nil, failure("write a notice", err)
	}
	if n.Text == nil {
		params = []byte("{}")
	}
	err = s.query(ctx, query, arguments{
		"path": array[int64](n.To.Path()), "roles": roleNames(n.To.Roles()), "users": array[string](n.To.Users()),
		"anywhere": n.To.Anywhere(), "kind": string(n.Kind), "project": n.ProjectID, "object_kind": n.ObjectKind,
		"object_id": n.ObjectID, "occasion": n.Occasion, "params": string(params), "actor": except, "at": at,
	}).Scan(&ids).Error
	return ids, failure("write a notice", err)
}
