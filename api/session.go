package api

import (
	"context"
	"net/http"

	"zhongda/domain"
)

// Me is who is signed in and what they may do. scope is over which projects: none, subtree or all.
type Me struct {
	User               UserRef             `json:"user"`
	Organisation       OrgRef              `json:"organisation"`
	Roles              []domain.Role       `json:"roles"`
	Permissions        []domain.Permission `json:"permissions"`
	Scope              string              `json:"scope"`
	MustChangePassword bool                `json:"mustChangePassword"`
	Demo               bool                `json:"demo"`
	Simulated          bool                `json:"simulated"`
}

// UserRef names an account.
type UserRef struct {
	ID          int64  `json:"id"`
	Username    string `json:"username"`
	DisplayName string `json:"displayName"`
}

type signInIn struct {
	Username string `json:"username" validate:"notblank,max=60"`
	Password string `json:"password" validate:"required,max=128"`
}

// SignedIn answers 201 with who signed in, and sets the session cookie.
type SignedIn struct {
	Value  Me
	cookie *http.Cookie
}

// Status is 201: a session was created.
func (SignedIn) Status() int { return http.StatusCreated }

// Cookies carries the session.
func (s SignedIn) Cookies() []*http.Cookie { return []*http.Cookie{s.cookie} }
func (s SignedIn) body() any               { return s.Value }

func (h handlers) signIn(ctx context.Context, in signInIn) (SignedIn, error) {
	facts := FactsOf(ctx)
	if !h.signIns.allow(facts.ClientAddress) {
		return SignedIn{}, &domain.Error{Kind: domain.KindTooMany, Code: "sign_in_crowded"}
	}
	token, actor, err := h.service.SignIn(ctx, in.Username, in.Password, facts.UserAgent)
	if err != nil {
		return SignedIn{}, err
	}
	me, err := h.meOf(ctx, actor)
	return SignedIn{Value: me, cookie: h.cookies.open(token)}, err
}

// SignedOut answers 204 and takes the session cookie away.
type SignedOut struct{ cookie *http.Cookie }

// Status is 204.
func (SignedOut) Status() int { return http.StatusNoContent }

// Cookies carries the expired cookie.
func (s SignedOut) Cookies() []*http.Cookie { return []*http.Cookie{s.cookie} }

func (h handlers) signOut(ctx context.Context, _ None) (SignedOut, error) {
	return SignedOut{cookie: h.cookies.close()}, h.service.SignOut(ctx)
}

func (h handlers) getMe(ctx context.Context, _ None) (Me, error) {
	return h.meOf(ctx, domain.ActorFrom(ctx))
}

func (h handlers) meOf(ctx context.Context, actor domain.Actor) (Me, error) {
	held, scope := h.service.Permissions(actor)
	simulated, err := h.service.Simulated(ctx)
	return Me{
		User: userRef(actor.User), Organisation: orgRef(actor.User.Organisation),
		Roles: append([]domain.Role{}, actor.User.Roles...), Permissions: append([]domain.Permission{}, held...),
		Scope: scope.String(), MustChangePassword: actor.User.MustChangePassword, Demo: h.demo,
		Simulated: simulated,
	}, err
}

func userRef(u domain.User) UserRef {
	return UserRef{ID: u.ID, Username: u.Username, DisplayName: u.DisplayName}
}

type changePasswordIn struct {
	Current string `json:"current" validate:"required,max=128"`
	New     string `json:"new" validate:"required,max=128"`
}

func (h handlers) changePassword(ctx context.Context, in changePasswordIn) (NoContent, error) {
	return NoContent{}, h.service.ChangeOwnPassword(ctx, in.Current, in.New)
}
