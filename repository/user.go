package repository

import (
	"context"
	"time"

	"gorm.io/gorm"

	"zhongda/domain"
)

type userRow struct {
	ID                 int64
	Username           string
	DisplayName        string
	Disabled           bool
	MustChangePassword bool
	Demo               bool
	LastSignInAt       *time.Time
	Version            int64
	Roles              array[string]
	Organisation       organisationRow `gorm:"embedded;embeddedPrefix:organisation_"`
}

// userColumns reads an account of app_user u with its roles and its organisation o.
const userColumns = `
	u.id, u.username, u.display_name, u.disabled, u.must_change_password, u.demo, u.last_sign_in_at, u.version,
	ARRAY(SELECT g.role FROM role_grant g WHERE g.user_id = u.id ORDER BY g.role) AS roles,
	o.id AS organisation_id, o.code AS organisation_code, o.name AS organisation_name, o.name_en AS organisation_name_en,
	o.short_name AS organisation_short_name, coalesce(o.parent_id, 0) AS organisation_parent_id,
	o.kind AS organisation_kind, o.function AS organisation_function,
	coalesce(o.district_code, '') AS organisation_district_code, o.path AS organisation_path`

const userTables = " FROM app_user u JOIN organisation o ON o.id = u.organisation_id"

func (r userRow) user() domain.User {
	u := domain.User{
		ID: r.ID, Username: r.Username, DisplayName: r.DisplayName, Organisation: r.Organisation.organisation(),
		Disabled: r.Disabled, MustChangePassword: r.MustChangePassword, Demo: r.Demo, Version: r.Version,
	}
	for _, role := range r.Roles {
		u.Roles = append(u.Roles, domain.Role(role))
	}
	if r.LastSignInAt != nil {
		u.LastSignInAt = *r.LastSignInAt
	}
	return u
}

const usersSort = "username"

// Users lists accounts by name.
func (s *Store) Users(ctx context.Context, f domain.UserFilter, page domain.PageRequest) (domain.Page[domain.User], error) {
	var none domain.Page[domain.User]
	after, err := decodeCursor(page.Cursor, usersSort)
	if err != nil {
		return none, err
	}
	filter := userConditions(f)
	list := keyset[userRow]{
		columns: userColumns, tables: userTables, filter: filter, order: "u.username",
		cursor: func(r userRow) cursor { return cursor{Sort: usersSort, Value: &r.Username, ID: r.ID} },
	}
	if after != nil {
		if after.Value == nil {
			return none, badCursor()
		}
		list.after.add("cursor", "u.username > @after", arguments{"after": *after.Value})
	}
	return readPage(ctx, s, list, page, userRow.user)
}

func userConditions(f domain.UserFilter) conditions {
	var c conditions
	if f.Text != "" {
		c.add("text", "u.username ILIKE @pattern OR u.display_name ILIKE @pattern", arguments{"pattern": likePattern(f.Text)})
	}
	if f.Role != "" {
		c.add("role", "EXISTS (SELECT FROM role_grant g WHERE g.user_id = u.id AND g.role = @role)", arguments{"role": string(f.Role)})
	}
	if f.OrganisationID != 0 {
		c.add("organisation", "u.organisation_id = @organisation", arguments{"organisation": f.OrganisationID})
	}
	if f.State != "" {
		c.add("state", userStates()[f.State], nil)
	}
	return c
}

// userStates say in SQL what an administrator may have to act on. A closed account needs nothing but its roles taken away.
func userStates() map[domain.UserState]string {
	const hasRole = "EXISTS (SELECT FROM role_grant g WHERE g.user_id = u.id)"
	return map[domain.UserState]string{
		domain.UserNeverSignedIn: "NOT u.disabled AND u.last_sign_in_at IS NULL",
		domain.UserPasswordDue:   "NOT u.disabled AND u.must_change_password",
		domain.UserWithoutRole:   "NOT u.disabled AND NOT " + hasRole,
		domain.UserDisabled:      "u.disabled",
		domain.UserRolesLeft:     "u.disabled AND " + hasRole,
	}
}

// UserCount counts the accounts of the filter.
func (s *Store) UserCount(ctx context.Context, f domain.UserFilter) (int, error) {
	return s.countRows(ctx, userTables, userConditions(f))
}

// User reads one account; NotFound("user_not_found") when there is none.
func (s *Store) User(ctx context.Context, id int64) (domain.User, error) {
	var rows []userRow
	if err := s.conn(ctx).Raw("SELECT "+userColumns+userTables+" WHERE u.id = ?", id).Scan(&rows).Error; err != nil {
		return domain.User{}, failure("read the account", err)
	}
	if len(rows) == 0 {
		return domain.User{}, userNotFound()
	}
	return rows[0].user(), nil
}

func userNotFound() *domain.Error { return domain.NotFound("user_not_found") }

// CreateUser opens an account without roles.
func (s *Store) CreateUser(ctx context.Context, u domain.User, passwordHash string) (domain.User, error) {
	var id int64
	err := s.conn(ctx).Raw(`
		INSERT INTO app_user (username, display_name, organisation_id, password_hash, must_change_password, disabled, demo)
		VALUES (?, ?, ?, ?, ?, ?, ?) RETURNING id`,
		u.Username, u.DisplayName, u.Organisation.ID, passwordHash, u.MustChangePassword, u.Disabled, u.Demo).Scan(&id).Error
	if err != nil {
		return domain.User{}, failure("create the account", err)
	}
	return s.User(ctx, id)
}

// UpdateUser writes the display name, the organisation and whether the account is disabled, if nobody else wrote since
// u.Version was read.
func (s *Store) UpdateUser(ctx context.Context, u domain.User) (newVersion int64, err error) {
	result := s.conn(ctx).Exec(`
		UPDATE app_user SET display_name = ?, organisation_id = ?, disabled = ?, version = version + 1, updated_at = app_now()
		WHERE id = ? AND version = ?`, u.DisplayName, u.Organisation.ID, u.Disabled, u.ID, u.Version)
	return s.userVersion(ctx, result, u.ID, u.Version)
}

// SetRoles replaces the roles of an account, if nobody else changed it since version was read.
func (s *Store) SetRoles(ctx context.Context, userID, version int64, roles []domain.Role) (newVersion int64, err error) {
	err = s.Tx(ctx, func(tx *Store) error {
		result := tx.conn(ctx).Exec(
			"UPDATE app_user SET version = version + 1, updated_at = app_now() WHERE id = ? AND version = ?", userID, version)
		if newVersion, err = tx.userVersion(ctx, result, userID, version); err != nil {
			return err
		}
		if err := tx.conn(ctx).Exec("DELETE FROM role_grant WHERE user_id = ?", userID).Error; err != nil {
			return err
		}
		return tx.conn(ctx).Exec(
			"INSERT INTO role_grant (user_id, role) SELECT ?, unnest(?::text[])", userID, roleNames(roles)).Error
	})
	return newVersion, failure("set the roles", err)
}

func roleNames(roles []domain.Role) array[string] {
	names := make(array[string], len(roles))
	for i, role := range roles {
		names[i] = string(role)
	}
	return names
}

// userVersion is the version after a conditional update, or why it hit no row.
func (s *Store) userVersion(ctx context.Context, result *gorm.DB, id, version int64) (int64, error) {
	if result.Error != nil {
		return 0, failure("update the account", result.Error)
	}
	if result.RowsAffected == 1 {
		return version + 1, nil
	}
	var current int64
	if err := s.conn(ctx).Raw("SELECT version FROM app_user WHERE id = ?", id).Scan(&current).Error; err != nil {
		return 0, failure("read the account's version", err)
	}
	if current == 0 {
		return 0, userNotFound()
	}
	return 0, domain.StaleVersion(current)
}

// SetPassword replaces the password's hash.
func (s *Store) SetPassword(ctx context.Context, userID int64, hash string, mustChange bool) error {
	result := s.conn(ctx).Exec(`
		UPDATE app_user SET password_hash = ?, must_change_password = ?, version = version + 1, updated_at = app_now()
		WHERE id = ?`, hash, mustChange, userID)
	if result.Error == nil && result.RowsAffected == 0 {
		return userNotFound()
	}
	return failure("set the password", result.Error)
}
