package command

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"strings"

	"zhongda/domain"
	"zhongda/repository"
)

// User opens an account at the server's console. The password is read from standard input, so that it stands in no
// command line and no history.
func User(ctx context.Context, env Environment, args []string) error {
	if len(args) == 0 || args[0] != "create" {
		_, _ = fmt.Fprintln(env.Stderr, "usage: zhongda user create --username NAME --display-name NAME --organisation CODE --role ROLE < password")
		return errUsage
	}
	set := flags(env, "user create")
	username := set.String("username", "", "user name")
	displayName := set.String("display-name", "", "name shown on screen")
	organisation := set.String("organisation", "", "code of the organisation")
	role := set.String("role", "", "role: sysadmin, secadmin, auditor, drc_reviewer, …")
	if err := parse(set, args[1:]); err != nil {
		return err
	}
	password, err := bufio.NewReader(env.Stdin).ReadString('\n')
	if password = strings.TrimRight(password, "\r\n"); password == "" {
		return fmt.Errorf("no password on standard input: %w", err)
	}
	s, err := readSettings(env)
	if err != nil {
		return err
	}
	return withStore(ctx, s, repository.Options{}, func(store *repository.Store) error {
		accounts, err := newService(s, store, false)
		if err != nil {
			return err
		}
		owner, err := organisationByCode(ctx, store, *organisation)
		if err != nil {
			return err
		}
		user := domain.User{Username: *username, DisplayName: *displayName, Organisation: owner, Roles: []domain.Role{domain.Role(*role)}}
		return readable(accounts.OpenAccount(ctx, user, password))
	})
}

func organisationByCode(ctx context.Context, store *repository.Store, code string) (domain.Organisation, error) {
	organisations, err := store.Organisations(ctx)
	if err != nil {
		return domain.Organisation{}, err
	}
	for _, o := range organisations {
		if o.Code == code {
			return o, nil
		}
	}
	return domain.Organisation{}, fmt.Errorf("no organisation has the code %q; load the catalogue first", code)
}

// readable names the refused field of a domain error, which a console shows without the web's sentences.
func readable(err error) error {
	var refused *domain.Error
	if errors.As(err, &refused) && len(refused.Fields) > 0 {
		return fmt.Errorf("%s: %s", refused.Fields[0].Field, refused.Fields[0].Code)
	}
	return err
}
