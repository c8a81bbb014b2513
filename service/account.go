package service

import (
	"context"

	"zhongda/domain"
	"zhongda/repository"
)

// OpenAccount opens an account with its roles on behalf of a command at the server's console, where nobody has signed
// in yet: it is how the first three administrators come to be. The password must be changed at the first sign-in.
func (s *Service) OpenAccount(ctx context.Context, u domain.User, password string) error {
	if err := domain.CheckUsername(u.Username); err != nil {
		return err
	}
	if err := domain.CheckRoles(u.Roles); err != nil {
		return err
	}
	if err := domain.CheckPassword("password", u.Username, password); err != nil {
		return err
	}
	hash, err := s.passwords.Hash(ctx, password)
	if err != nil {
		return err
	}
	u.MustChangePassword = true
	return s.store.Tx(ctx, func(tx *repository.Store) error {
		record, err := s.openAccount(ctx, tx, u, hash)
		if err != nil {
			return err
		}
		return appendRecord(ctx, tx, record)
	})
}

// openAccount gives the record of the act, which the caller appends last.
func (s *Service) openAccount(ctx context.Context, tx *repository.Store, u domain.User, hash string) (record domain.AuditRecord, err error) {
	created, err := tx.CreateUser(ctx, u, hash)
	if err != nil {
		return record, err
	}
	if _, err := tx.SetRoles(ctx, created.ID, created.Version, u.Roles); err != nil {
		return record, err
	}
	record = s.record(ctx, act{action: "user.create", objectKind: "user", objectID: created.ID}, domain.AuditDone)
	record.Actor = "console"
	record.Before, record.After, err = changed(facts{}, userFacts(u))
	return record, err
}

// LoadDemoAccounts makes the ready-made accounts of a trial exist, all with one password: an editor and a lead for every
// organisation that owns projects, and one account for each other job. Outside a trial nobody can sign in with them.
func (s *Service) LoadDemoAccounts(ctx context.Context, password string) error {
	organisations, err := s.store.Organisations(ctx)
	if err != nil {
		return err
	}
	hash, err := s.passwords.Hash(ctx, password)
	if err != nil {
		return err
	}
	return s.store.Tx(ctx, func(tx *repository.Store) error {
		current := "" // the stored hash found to be of this password; the accounts of one start share one
		var records []domain.AuditRecord
		for _, u := range demoAccounts(organisations) {
			userID, stored, _, err := tx.Credential(ctx, u.Username)
			if domain.KindOf(err) == domain.KindNotFound {
				record, err := s.openAccount(ctx, tx, u, hash)
				if err != nil {
					return err
				}
				records = append(records, record)
				continue
			}
			if err != nil {
				return err
			}
			if stored == hash || stored == current {
				continue
			}
			matches, err := s.passwords.Verify(ctx, stored, password)
			if err != nil {
				return err
			}
			if matches {
				current = stored
				continue
			}
			if err := tx.SetPassword(ctx, userID, hash, false); err != nil {
				return err
			}
		}
		for _, record := range records {
			if err := appendRecord(ctx, tx, record); err != nil {
				return err
			}
		}
		return nil
	})
}

func demoAccounts(organisations []domain.Organisation) []domain.User {
	var accounts []domain.User
	add := func(username, displayName string, organisation domain.Organisation, role domain.Role) {
		accounts = append(accounts, domain.User{
			Username: username, DisplayName: displayName, Organisation: organisation, Roles: []domain.Role{role}, Demo: true,
		})
	}
	var city, commission domain.Organisation
	for _, o := range organisations {
		if o.ParentID == 0 {
			city = o
		}
		if o.Kind == "municipal_bureau" && o.Function == "drc" {
			commission = o
		}
		if o.Projects > 0 {
			add(o.Code+".editor", o.ShortName+"填报员", o, domain.RoleBureauEditor)
			add(o.Code+".lead", o.ShortName+"负责人", o, domain.RoleBureauLead)
		}
	}
	add("drc.reviewer1", "审核员甲", commission, domain.RoleDRCReviewer)
	add("drc.reviewer2", "审核员乙", commission, domain.RoleDRCReviewer)
	add("manager", "市领导", city, domain.RoleManager)
	add("sysadmin", "系统管理员", city, domain.RoleSysAdmin)
	add("secadmin", "安全管理员", city, domain.RoleSecAdmin)
	add("auditor", "审计员", city, domain.RoleAuditor)
	return accounts
}
