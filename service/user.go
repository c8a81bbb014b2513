package service

import (
	"context"
	"slices"

	"zhongda/domain"
)

// Users lists accounts for the system and the security administrator.
func (s *Service) Users(ctx context.Context, f domain.UserFilter, page domain.PageRequest) (domain.Page[domain.User], error) {
	if _, err := s.access.require(domain.ActorFrom(ctx), domain.PermissionUserRead); err != nil {
		return domain.Page[domain.User]{}, err
	}
	return s.store.Users(ctx, f, page)
}

// CreateUser opens an account without any role; the security administrator grants those. The password must be changed
// at the first sign-in.
func (s *Service) CreateUser(ctx context.Context, u domain.User, password string) (domain.User, error) {
	if err := s.Guard(ctx, domain.PermissionUserManage); err != nil {
		return u, err
	}
	if err := domain.CheckUsername(u.Username); err != nil {
		return u, err
	}
	if err := domain.CheckPassword("password", u.Username, password); err != nil {
		return u, err
	}
	hash, err := s.passwords.Hash(ctx, password)
	if err != nil {
		return u, err
	}
	u.MustChangePassword = true
	var created domain.User
	err = s.perform(ctx, act{permission: domain.PermissionUserManage, action: "user.create", objectKind: "user"}, func(w *write) error {
		if created, err = w.CreateUser(ctx, u, hash); err != nil {
			return err
		}
		w.record.ObjectID = created.ID
		return w.note(facts{}, userFacts(created))
	})
	return created, err
}

// UpdateUser renames, moves or disables an account. A disabled or moved account is signed out at once; nobody changes
// their own.
func (s *Service) UpdateUser(ctx context.Context, id, version int64, change domain.UserChange) (domain.User, error) {
	a := act{permission: domain.PermissionUserManage, action: "user.update", objectKind: "user", objectID: id}
	return s.editUser(ctx, a, version, func(w *write, u *domain.User) (err error) {
		if change == (domain.UserChange{}) {
			return domain.NothingToChange()
		}
		if change.DisplayName != nil {
			u.DisplayName = *change.DisplayName
		}
		if change.OrganisationID != nil {
			u.Organisation.ID = *change.OrganisationID
		}
		if change.Disabled != nil {
			u.Disabled = *change.Disabled
		}
		if change.Disabled != nil || change.OrganisationID != nil {
			if err := w.EndUserSessions(ctx, id, w.record.At, 0); err != nil {
				return err
			}
		}
		_, err = w.UpdateUser(ctx, *u)
		return err
	})
}

// SetUserRoles replaces the roles of an account and signs it out. Nobody grants their own; an administrator's role
// excludes every other.
func (s *Service) SetUserRoles(ctx context.Context, id, version int64, roles []domain.Role) (domain.User, error) {
	a := act{permission: domain.PermissionRoleGrant, action: "user.roles", objectKind: "user", objectID: id}
	return s.editUser(ctx, a, version, func(w *write, _ *domain.User) error {
		if err := domain.CheckRoles(roles); err != nil {
			return err
		}
		if _, err := w.SetRoles(ctx, id, version, roles); err != nil {
			return err
		}
		return w.EndUserSessions(ctx, id, w.record.At, 0)
	})
}

func (s *Service) editUser(ctx context.Context, a act, version int64, apply func(*write, *domain.User) error) (domain.User, error) {
	var after domain.User
	err := s.perform(ctx, a, func(w *write) error {
		if a.objectID == domain.ActorFrom(ctx).User.ID {
			return domain.Forbidden("not_on_oneself")
		}
		before, err := w.User(ctx, a.objectID)
		if err != nil {
			return err
		}
		if before.Version != version {
			return domain.StaleVersion(before.Version)
		}
		changedUser := before
		if err := apply(w, &changedUser); err != nil {
			return err
		}
		if after, err = w.User(ctx, a.objectID); err != nil {
			return err
		}
		return w.note(userFacts(before), userFacts(after))
	})
	return after, err
}

// ResetPassword gives an account a new first password and signs it out everywhere. Not that of another administrator:
// whoever knows it could do the other's job.
func (s *Service) ResetPassword(ctx context.Context, id int64, password string) error {
	a := act{permission: domain.PermissionUserManage, action: "user.password", objectKind: "user", objectID: id}
	return s.perform(ctx, a, func(w *write) error {
		if id == domain.ActorFrom(ctx).User.ID {
			return domain.Forbidden("not_on_oneself")
		}
		user, err := w.User(ctx, id)
		if err != nil {
			return err
		}
		if slices.ContainsFunc(user.Roles, domain.Role.Administrative) {
			return domain.Forbidden("not_on_administrator")
		}
		if err := domain.CheckPassword("password", user.Username, password); err != nil {
			return err
		}
		if err := s.setPassword(ctx, w.Store, id, password, true); err != nil {
			return err
		}
		return w.EndUserSessions(ctx, id, w.record.At, 0)
	})
}

// RolePermissions is one role of the policy with everything it may do.
type RolePermissions struct {
	Role   domain.Role
	Grants []RoleGrant
}

// Roles shows the policy itself, so that whoever grants a role sees what it opens.
func (s *Service) Roles(ctx context.Context) ([]RolePermissions, error) {
	if _, err := s.access.require(domain.ActorFrom(ctx), domain.PermissionUserRead); err != nil {
		return nil, err
	}
	roles := make([]RolePermissions, 0, len(domain.Roles()))
	for _, role := range domain.Roles() {
		roles = append(roles, RolePermissions{Role: role, Grants: s.access.Grants(role)})
	}
	return roles, nil
}
