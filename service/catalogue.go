package service

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"strings"
	"time"
	"unicode"

	"github.com/mozillazg/go-pinyin"

	"zhongda/domain"
	"zhongda/repository"
)

// CheckCatalogue reads a catalogue and says what is wrong with it. With planText, names the plan does not print are
// findings too. Files that cannot be read are findings as well, so that one run shows everything.
func CheckCatalogue(files fs.FS, planText string) (domain.CatalogueReport, error) {
	c, err := domain.ParseCatalogue(files)
	var findings domain.CatalogueFindings
	if errors.As(err, &findings) {
		return domain.CatalogueReport{Findings: findings}, nil
	}
	if err != nil {
		return domain.CatalogueReport{}, fmt.Errorf("read the catalogue: %w", err)
	}
	return c.Check(planText), nil
}

// LoadCatalogue brings the records to what the catalogue says and leaves what bureaus and the Commission entered. It
// needs a store opened AsOwner; it is for commands, not for requests. A catalogue with any finding is refused with
// domain.CatalogueFindings before anything is written; a loading that changed something leaves an audit record.
func LoadCatalogue(ctx context.Context, store *repository.Store, files fs.FS, now time.Time) (domain.LoadReport, error) {
	var report domain.LoadReport
	c, err := domain.ParseCatalogue(files)
	if err != nil {
		return report, fmt.Errorf("read the catalogue: %w", err)
	}
	if findings := c.Check("").Findings; len(findings) > 0 {
		return report, fmt.Errorf("check the catalogue: %w", findings)
	}
	projects := c.Derive()
	for i := range projects {
		projects[i].Initials = initials(projects[i].Name)
	}
	for i, o := range c.Organisations {
		c.Organisations[i].Initials = initials(o.Name) + " " + initials(o.ShortName)
	}
	err = store.Tx(ctx, func(tx *repository.Store) error {
		if report, err = tx.SaveCatalogue(ctx, c, projects); err != nil || !report.Changed() {
			return err
		}
		return recordLoad(ctx, tx, c.Plan, report, now)
	})
	return report, err
}

func recordLoad(ctx context.Context, tx *repository.Store, plan domain.Plan, report domain.LoadReport, now time.Time) error {
	after, err := json.Marshal(report.Tables)
	if err != nil {
		return fmt.Errorf("write the loading as JSON: %w", err)
	}
	return tx.AddAudit(ctx, domain.AuditRecord{
		At: now, Actor: "console", Action: "catalogue.load", ObjectKind: "catalogue", Result: domain.AuditDone,
		Reason: plan.Code, After: after,
	})
}

// initials are the lower-case first letters of a name in pinyin; ASCII letters and digits stand for themselves. A
// character with several readings counts with its most frequent one, but for the words of wordReadings.
func initials(name string) string {
	style := pinyin.NewArgs()
	style.Style = pinyin.FirstLetter
	var b strings.Builder
	for _, r := range wordReadings().Replace(name) {
		switch {
		case r <= unicode.MaxASCII && (unicode.IsLetter(r) || unicode.IsDigit(r)):
			b.WriteRune(unicode.ToLower(r))
		case unicode.Is(unicode.Han, r):
			for _, reading := range pinyin.SinglePinyin(r, style) {
				b.WriteString(reading)
			}
		}
	}
	return b.String()
}

// wordReadings are words, usual in the names of works, in which a character is not read as it mostly is.
func wordReadings() *strings.Replacer {
	return strings.NewReplacer("调峰", "tf", "调蓄", "tx", "调节", "tj", "调整", "tz", "重建", "cj", "重复", "cf", "重庆", "cq",
		"音乐", "yy", "银行", "yh", "西藏", "xz", "藏东", "zd", "长途", "ct", "长江", "cj", "长三角", "csj", "厦门", "xm")
}
