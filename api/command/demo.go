package command

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"zhongda/domain"
)

// welcome prints the address and, for a trial, makes the accounts and says how to sign in.
func (p *product) welcome(ctx context.Context, env Environment, started time.Time) error {
	var text strings.Builder
	fmt.Fprintf(&text, "\n  重大 Zhongda %s\n\n  http://%s\n", env.Version, p.settings.addr)
	if p.demo {
		password, err := p.demoPassword()
		if err != nil {
			return err
		}
		if err := p.service.LoadDemoAccounts(ctx, password); err != nil {
			return err
		}
		text.WriteString(signInHelp(password, p.districtBureau(ctx)))
	}
	fmt.Fprintf(&text, "\n  ready after %.1f s; stop with Ctrl+C\n\n", time.Since(started).Seconds())
	_, err := fmt.Fprint(env.Stdout, text.String())
	return err
}

func signInHelp(password, bureau string) string {
	return fmt.Sprintf(`
  演示模式 trial mode — every account has the password  %s

    %-24s 区级填报员   a district bureau's editor
    %-24s 负责人       its lead
    %-24s 发改委审核   the Commission (also drc.reviewer2)
    %-24s 领导         the manager
    %-24s 系统管理员   accounts (also secadmin, auditor)

  Every owner organisation has <code>.editor and <code>.lead.
`, password, bureau+".editor", bureau+".lead", "drc.reviewer1", "manager", "sysadmin")
}

// districtBureau picks the district bureau with the most projects for the example, whatever the city.
func (p *product) districtBureau(ctx context.Context) string {
	organisations, err := p.store.Organisations(ctx)
	if err != nil {
		return "<code>"
	}
	var best domain.Organisation
	for _, o := range organisations {
		if o.Kind == "district_bureau" && o.Function == "water" && o.Projects > best.Projects {
			best = o
		}
	}
	return best.Code
}

// demoPassword is the one that was set, or one generated at the first start and kept, readable by its owner alone.
func (p *product) demoPassword() (string, error) {
	if p.settings.demoPassword != "" {
		return p.settings.demoPassword, nil
	}
	file := filepath.Join(p.settings.dataDir, "demo-password")
	kept, err := os.ReadFile(file) //nolint:gosec // the operator names the data directory
	if err == nil {
		return strings.TrimSpace(string(kept)), nil
	}
	if !errors.Is(err, fs.ErrNotExist) {
		return "", fmt.Errorf("demo password: %w", err)
	}
	password := "Zd-" + rand.Text()[:12]
	if err := os.MkdirAll(p.settings.dataDir, 0o755); err != nil { //nolint:gosec // holds the database's directory too
		return "", fmt.Errorf("demo password: %w", err)
	}
	if err := os.WriteFile(file, []byte(password+"\n"), 0o600); err != nil {
		return "", fmt.Errorf("demo password: %w", err)
	}
	return password, nil
}
