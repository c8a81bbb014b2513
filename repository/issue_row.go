package repository

import (
	"strings"
	"time"

	"zhongda/domain"
)

// The two organisations whose people may read an issue, as SQL names them.
const (
	issueOwner       = "p.owner_organisation_id"
	issueResponsible = "i.responsible_organisation_id"
)

// issueTables reads an issue with its project, the organisation that must act and the one that raised it.
func issueTables() string {
	return strings.Replace(projectTables, "project p", "issue i JOIN project p ON p.id = i.project_id", 1) + `
JOIN organisation r ON r.id = i.responsible_organisation_id
JOIN organisation raiser ON raiser.id = i.raiser_organisation_id`
}

func issueColumns() string {
	return projectColumns + ", " + organisationColumns("r", "responsible") + ", " + organisationColumns("raiser", "raiser") + ", " +
		aliasColumns("i", "issue", "id", "type", "title", "text", "level", "due", "state", "report_id", "by_commission", "raised_by",
			"raised_at", "resolved_by", "evidence", "attachment_ids", "ended_by", "ended_at", "escalations", "version", "updated_at")
}

// aliasColumns reads columns of a table under a prefix.
func aliasColumns(alias, prefix string, columns ...string) string {
	read := make([]string, len(columns))
	for i, column := range columns {
		read[i] = alias + "." + column + " AS " + prefix + "_" + column
	}
	return strings.Join(read, ", ")
}

// organisationColumns reads a body under the name alias; its fields come back with the prefix.
func organisationColumns(alias, prefix string) string {
	return aliasColumns(alias, prefix, "id", "code", "name", "name_en", "short_name", "parent_id", "kind", "function", "district_code", "path")
}

// withinEither keeps the rows of which one of the organisations lies in scope: all of them, those of a subtree, or none.
func (c *conditions) withinEither(scope domain.Scope, name string, organisations ...string) {
	switch {
	case scope.All():
	case scope.Empty():
		c.add(name, "false", nil)
	default:
		sides := make([]string, len(organisations))
		for i, column := range organisations {
			sides[i] = column + " IN (SELECT id FROM organisation WHERE path @> ARRAY[CAST(@" + name + " AS bigint)])"
		}
		c.add(name, strings.Join(sides, " OR "), arguments{name: scope.Root()})
	}
}

type issueRow struct {
	Project     projectRow      `gorm:"embedded"`
	Responsible organisationRow `gorm:"embedded;embeddedPrefix:responsible_"`
	Raiser      organisationRow `gorm:"embedded;embeddedPrefix:raiser_"`
	Issue       issueOnlyRow    `gorm:"embedded;embeddedPrefix:issue_"`
}

type issueOnlyRow struct {
	ID           int64
	Type         string
	Title        string
	Text         string
	Level        string
	Due          *time.Time
	State        string
	ReportID     *int64
	ByCommission bool
	RaisedBy     string
	RaisedAt     time.Time
	ResolvedBy   string
	Evidence     evidenceRow `gorm:"embedded"`
	EndedBy      string
	EndedAt      *time.Time
	Escalations  int
	Version      int64
	UpdatedAt    time.Time
}

// evidenceRow is what a claim rests on.
type evidenceRow struct {
	Evidence      string
	AttachmentIDs array[int64] `gorm:"column:attachment_ids"`
}

func (r evidenceRow) evidence() domain.Evidence {
	return domain.Evidence{Document: r.Evidence, Attachments: r.AttachmentIDs}
}

// entryRow is one line of a thread or of an order's course.
type entryRow struct {
	ID           int64
	Action       string
	Text         string
	Evidence     evidenceRow `gorm:"embedded"`
	WrittenBy    string
	Organisation string
	At           time.Time
}

func entryArguments(thing int64, action, text string, evidence domain.Evidence) arguments {
	return arguments{
		"thing": thing, "action": action, "text": text, "evidence": evidence.Document,
		"attachments": array[int64](evidence.Attachments),
	}
}

func (r issueRow) issue() (domain.Issue, error) {
	project, err := r.Project.project()
	i := r.Issue
	return domain.Issue{
		ID: i.ID, Project: project, Type: domain.IssueType(i.Type), Title: i.Title, Text: i.Text,
		Responsible: r.Responsible.organisation(), Level: domain.IssueLevel(i.Level), Due: dateOf(i.Due),
		State: domain.IssueState(i.State), ReportID: deref(i.ReportID), Raiser: r.Raiser.organisation(),
		Commission: i.ByCommission, RaisedBy: i.RaisedBy, RaisedAt: i.RaisedAt, ResolvedBy: i.ResolvedBy,
		Evidence: i.Evidence.evidence(), EndedBy: i.EndedBy, EndedAt: deref(i.EndedAt), Escalations: i.Escalations,
		Version: i.Version, UpdatedAt: i.UpdatedAt,
	}, err
}

func issueArguments(i domain.Issue) arguments {
	return arguments{
		"id": i.ID, "project_id": i.Project.ID, "type": string(i.Type), "title": i.Title, "text": i.Text,
		"responsible": i.Responsible.ID, "level": string(i.Level), "due": dateOrNull(i.Due), "state": string(i.State),
		"report_id": orNull(i.ReportID), "raiser": i.Raiser.ID, "by_commission": i.Commission, "raised_by": i.RaisedBy,
		"raised_at": i.RaisedAt, "resolved_by": i.ResolvedBy, "evidence": i.Evidence.Document,
		"attachments": array[int64](i.Evidence.Attachments), "ended_by": i.EndedBy, "ended_at": orNull(i.EndedAt),
		"escalations": i.Escalations, "version": i.Version, "updated_at": i.UpdatedAt,
	}
}
