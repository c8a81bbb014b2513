package api

import (
	"context"
	"time"

	"zhongda/domain"
	"zhongda/service"
)

// User is an account as the administrators see it.
type User struct {
	UserRef
	Organisation       OrgRef        `json:"organisation"`
	Roles              []domain.Role `json:"roles"`
	Disabled           bool          `json:"disabled"`
	MustChangePassword bool          `json:"mustChangePassword"`
	LastSignInAt       *time.Time    `json:"lastSignInAt"`
	Version            int64         `json:"version"`
}

func userOf(u domain.User) User {
	return User{
		UserRef: userRef(u), Organisation: orgRef(u.Organisation), Roles: append([]domain.Role{}, u.Roles...),
		Disabled: u.Disabled, MustChangePassword: u.MustChangePassword, LastSignInAt: emptyAsNull(u.LastSignInAt),
		Version: u.Version,
	}
}

type listUsersIn struct {
	pageParams
	Text           string            `query:"q" validate:"max=60"`
	Role           *domain.Role      `query:"role"`
	OrganisationID *int64            `query:"organisation" validate:"min=1"`
	State          *domain.UserState `query:"state"`
}

func (h handlers) listUsers(ctx context.Context, in listUsersIn) (Page[User], error) {
	filter := domain.UserFilter{Text: in.Text}
	if in.Role != nil {
		filter.Role = *in.Role
	}
	if in.OrganisationID != nil {
		filter.OrganisationID = *in.OrganisationID
	}
	if in.State != nil {
		filter.State = *in.State
	}
	page, err := h.service.Users(ctx, filter, in.request())
	return pageOf(page, in.WithTotal, userOf), err
}

type createUserIn struct {
	Username       string `json:"username" validate:"notblank,max=60"`
	DisplayName    string `json:"displayName" validate:"notblank,max=60"`
	OrganisationID int64  `json:"organisationId" validate:"min=1"`
	Password       string `json:"password" validate:"required,max=128"`
}

func (h handlers) createUser(ctx context.Context, in createUserIn) (Created[User], error) {
	u, err := h.service.CreateUser(ctx, domain.User{
		Username: in.Username, DisplayName: in.DisplayName, Organisation: domain.Organisation{ID: in.OrganisationID},
	}, in.Password)
	return Created[User]{Value: userOf(u), Version: u.Version}, err
}

type userID struct {
	ID int64 `path:"id"`
}

type updateUserIn struct {
	userID
	Version        Version          `header:"If-Match"`
	DisplayName    Optional[string] `json:"displayName" validate:"notblank,max=60"`
	OrganisationID Optional[int64]  `json:"organisationId" validate:"min=1"`
	Disabled       Optional[bool]   `json:"disabled"`
}

func (h handlers) updateUser(ctx context.Context, in updateUserIn) (Versioned[User], error) {
	change := domain.UserChange{
		DisplayName: in.DisplayName.Pointer(), OrganisationID: in.OrganisationID.Pointer(), Disabled: in.Disabled.Pointer(),
	}
	u, err := h.service.UpdateUser(ctx, in.ID, int64(in.Version), change)
	return Versioned[User]{Value: userOf(u), Version: u.Version}, err
}

type resetPasswordIn struct {
	userID
	Password string `json:"password" validate:"required,max=128"`
}

func (h handlers) resetPassword(ctx context.Context, in resetPasswordIn) (NoContent, error) {
	return NoContent{}, h.service.ResetPassword(ctx, in.ID, in.Password)
}

type setRolesIn struct {
	userID
	Version Version       `header:"If-Match"`
	Roles   []domain.Role `json:"roles" validate:"max=10"`
}

func (h handlers) setUserRoles(ctx context.Context, in setRolesIn) (Versioned[User], error) {
	u, err := h.service.SetUserRoles(ctx, in.ID, int64(in.Version), in.Roles)
	return Versioned[User]{Value: userOf(u), Version: u.Version}, err
}

// RolePermissions is one role of the access policy with all that it opens.
type RolePermissions struct {
	Role        domain.Role `json:"role"`
	Permissions []Grant     `json:"permissions"`
}

// Grant is a permission and over which rows it reaches: subtree (one's own organisation and below) or all.
type Grant struct {
	Permission domain.Permission `json:"permission"`
	Scope      string            `json:"scope"`
}

func (h handlers) listRoles(ctx context.Context, _ None) (List[RolePermissions], error) {
	return listOf(func(r service.RolePermissions) RolePermissions {
		return RolePermissions{Role: r.Role, Permissions: mapSlice(r.Grants, func(g service.RoleGrant) Grant { return Grant(g) })}
	})(h.service.Roles(ctx))
}
