package command

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"time"

	"zhongda/domain"
	"zhongda/repository"
	"zhongda/service"
)

// Audit verifies the record, or prints the anchor that finds what the record alone cannot tell. The verification fails
// when anything is wrong, and names the first broken record.
func Audit(ctx context.Context, env Environment, args []string) error {
	switch {
	case len(args) > 0 && args[0] == "verify":
		return auditVerify(ctx, env, args[1:])
	case len(args) > 0 && args[0] == "anchor":
		return auditAnchor(ctx, env, args[1:])
	}
	_, _ = fmt.Fprintln(env.Stderr, "usage: zhongda audit verify [--anchor FILE]\n       zhongda audit anchor [--out FILE]")
	return errUsage
}

func auditVerify(ctx context.Context, env Environment, args []string) error {
	set := flags(env, "audit verify")
	file := set.String("anchor", "", "an anchor that was kept elsewhere: finds newest records deleted and a chain written anew")
	if err := parse(set, args); err != nil {
		return err
	}
	var o service.VerifyOptions
	if *file != "" {
		text, err := os.ReadFile(*file)
		if err != nil {
			return fmt.Errorf("read the anchor: %w", err)
		}
		anchor, err := domain.ReadAuditAnchor(text)
		if err != nil {
			return fmt.Errorf("%s: %w", *file, err)
		}
		o.Anchor = &anchor
	}
	s, err := readSettings(env)
	if err != nil {
		return err
	}
	return withStore(ctx, s, repository.Options{MaxConns: 2}, func(store *repository.Store) error {
		started := time.Now()
		outcome, err := service.VerifyAudit(ctx, store, o)
		if err != nil {
			return err
		}
		return printVerification(env.Stdout, outcome, o.Anchor, time.Since(started))
	})
}

func printVerification(out io.Writer, v domain.AuditVerification, anchor *domain.AuditAnchor, took time.Duration) error {
	if v.Broken != nil {
		return errors.New(brokenLine(*v.Broken))
	}
	text := fmt.Sprintf("all %d records are whole, and the %d approved reports and %d requests are as approved (%.1f s)\n", v.Checked, v.Reports, v.Requests, took.Seconds())
	if v.Voided > 0 {
		text += fmt.Sprintf("%d approvals belong to a simulation that was removed\n", v.Voided)
	}
	if anchor != nil {
		text += fmt.Sprintf("the record goes on from the anchor of %s, record %d\n", anchor.At.Format(time.RFC3339), anchor.Seq)
	} else {
		text += "without an anchor kept elsewhere (zhongda audit anchor) nobody can tell that the newest records were taken away\n"
	}
	_, err := io.WriteString(out, text)
	return err
}

// brokenLine names the first broken record and what is wrong with it.
func brokenLine(b domain.AuditBreak) string {
	where := fmt.Sprintf("record %d", b.Seq)
	if b.ID != 0 {
		where += fmt.Sprintf(" (id %d, %s)", b.ID, b.At.UTC().Format(time.RFC3339Nano))
	}
	switch b.Kind {
	case domain.AuditChanged:
		return where + " is the first broken one: changed, its content does not give the hash that was recorded"
	case domain.AuditInserted:
		return where + " is the first broken one: inserted, the record goes on without it"
	case domain.AuditReordered:
		return where + " is the first broken one: reordered, it was written at another place"
	case domain.AuditDeleted:
		return fmt.Sprintf("record %d is the first broken one: deleted", b.Seq)
	case domain.AuditMissing:
		return fmt.Sprintf("record %d is the first broken one: deleted, with all newer ones that once were", b.Seq)
	case domain.AuditRewritten:
		return fmt.Sprintf("record %d or one before it was changed and the chain written anew: it is not the one of the anchor", b.Seq)
	case domain.AuditReportChanged:
		return fmt.Sprintf("report %d is not what was approved: its content does not give the hash of %s", b.ReportID, where)
	case domain.AuditReportGone:
		return fmt.Sprintf("report %d is gone or no longer approved, though %s approved it", b.ReportID, where)
	case domain.AuditRequestChanged:
		return fmt.Sprintf("request %d is not what was approved: its content does not give the hash of %s", b.RequestID, where)
	case domain.AuditRequestGone:
		return fmt.Sprintf("request %d is gone or no longer approved, though %s approved it", b.RequestID, where)
	default:
		return fmt.Sprintf("report %d reads approved, but no record tells of its approval", b.ReportID)
	}
}

func auditAnchor(ctx context.Context, env Environment, args []string) error {
	set := flags(env, "audit anchor")
	file := set.String("out", "", "file to write instead of the standard output; keep it away from this database")
	if err := parse(set, args); err != nil {
		return err
	}
	s, err := readSettings(env)
	if err != nil {
		return err
	}
	return withStore(ctx, s, repository.Options{MaxConns: 1}, func(store *repository.Store) error {
		anchor, err := store.AuditAnchor(ctx, time.Now().UTC().Truncate(time.Second))
		if err != nil {
			return err
		}
		text, err := json.Marshal(anchor)
		if err != nil {
			return fmt.Errorf("write the anchor: %w", err)
		}
		text = append(text, '\n')
		if *file != "" {
			return os.WriteFile(*file, text, 0o600)
		}
		_, err = env.Stdout.Write(text)
		return err
	})
}
