package command

import (
	"fmt"
	"io"
	"strings"

	"zhongda/domain"
)

func printLoad(env Environment, report domain.LoadReport) error {
	out := &printer{to: env.Stdout}
	out.line("inserted   updated unchanged   removed  table")
	for _, t := range report.Tables {
		out.line("%8d  %8d  %8d  %8d  %s", t.Inserted, t.Updated, t.Unchanged, t.Removed, t.Table)
	}
	for _, orphan := range report.Orphaned {
		out.line("left as it is, no longer in the catalogue: %s", orphan)
	}
	return out.err
}

func printCheck(env Environment, report domain.CatalogueReport) error {
	out := &printer{to: env.Stdout}
	out.line("  column  mentions  projects")
	for _, c := range report.Columns {
		out.line("%8d  %8d  %8d  %s", c.Number, c.Mentions, c.Projects, c.Title)
	}
	out.line("     all  %8d  %8d  %s", report.Mentions, report.Projects, report.Plan.Name)
	for _, kind := range domain.FindingKinds() {
		title := strings.ReplaceAll(string(kind), "_", " ")
		if kind == domain.FindingNotInPlan && !report.Compared {
			out.line("%s: not compared, give --plan-text", title)
			continue
		}
		findings := report.Of(kind)
		out.line("%s: %d", title, len(findings))
		for _, f := range findings {
			out.line("  %s", f)
		}
	}
	return out.err
}

// printer remembers the first failure to write, so that a full disk does not look like success.
type printer struct {
	to  io.Writer
	err error
}

func (p *printer) line(format string, args ...any) {
	if p.err == nil {
		_, p.err = fmt.Fprintf(p.to, format+"\n", args...)
	}
}
