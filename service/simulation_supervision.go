package service

import (
	"context"

	"zhongda/domain"
)

// helpingFunctions are those of the city's bureaus that other bureaus wait for, as the catalogue names them.
func helpingFunctions() []string { return []string{"planning", "renewal", "urban"} }

// helper is the bureau that must act on an issue of a type; the project's own owner where the city has none for it.
func (p *simulatedProject) helper(t domain.IssueType) domain.Organisation {
	function := map[domain.IssueType]string{
		domain.IssueLand: "planning", domain.IssueApproval: "planning", domain.IssueDemolition: "renewal", domain.IssueUtilities: "urban",
	}[t]
	if o, ok := p.helpers[function]; ok {
		return o
	}
	return p.Owner
}

// planIssue lets a slow project ask another bureau for help once.
func (p *simulatedProject) planIssue() {
	for turn := range p.Months {
		if p.course.Slow(turn) && p.course.Chance(25) {
			p.when(p.about.From.Add(turn).First(), takeOverDays+p.course.Days(9), p.raiseIssue)
			return
		}
	}
}

// inDays is the day so many days after this one.
func (p *simulatedProject) inDays(days int) domain.Date {
	return domain.DateOf(p.Service.Today().Time().AddDate(0, 0, days))
}

func simulatedEvidence(name string) domain.Evidence {
	return domain.Evidence{Document: simulatedMark + name}
}

func (p *simulatedProject) raiseIssue(ctx context.Context) error {
	kind := p.course.Reason.TypeOfIssue()
	level := domain.LevelDistrict
	if p.course.Chance(60) {
		level = domain.LevelCity
	}
	helper := p.helper(kind)
	issue, err := p.Service.RaiseIssue(acting(ctx, p.staff.editor), p.ID, domain.IssueDraft{
		Type: kind, Title: simulatedMark + "请协调解决影响当前节点的前置条件", Text: simulatedMark + "前置条件未落实，影响当前节点，请协调并明确完成时间。",
		ResponsibleID: helper.ID, Level: level, Due: p.inDays(20),
	})
	if err != nil {
		return err
	}
	switch draw := p.course.Days(100); {
	case draw < 20: // nobody answers: it becomes overdue
	case draw < 40:
		p.soon(12, func(ctx context.Context) error { return p.orderOf(ctx, helper, issue.ID) })
	case draw < 60:
		p.soon(4, func(ctx context.Context) error {
			_, err := p.answerIssue(ctx, helper, issue, domain.IssueReply)
			return err
		})
	default:
		p.soon(4, func(ctx context.Context) error { return p.settleIssue(ctx, helper, issue) })
	}
	return nil
}

func (p *simulatedProject) answerIssue(ctx context.Context, by domain.Organisation, issue IssueView, action domain.IssueAction) (IssueView, error) {
	move := domain.IssueMove{Action: action, Text: simulatedMark + "已受理，正会同有关单位研究"}
	if action == domain.IssueResolve {
		move.Text, move.Evidence = simulatedMark+"前置条件已落实，可继续推进", simulatedEvidence("协调会议纪要")
	}
	return p.Service.MoveIssue(acting(ctx, p.staffOf(by).lead), issue.ID, issue.Version, move)
}

// staffOf are the people of an organisation; the project's own where nobody was hired there.
func (p *simulatedProject) staffOf(o domain.Organisation) bureauStaff {
	if staff, ok := p.simulation.staff[o.ID]; ok {
		return staff
	}
	return p.staff
}

// settleIssue replies at once, resolves it ten days later, and the Commission closes it.
func (p *simulatedProject) settleIssue(ctx context.Context, by domain.Organisation, issue IssueView) error {
	replied, err := p.answerIssue(ctx, by, issue, domain.IssueReply)
	if err != nil {
		return err
	}
	p.soon(10, func(ctx context.Context) error {
		resolved, err := p.answerIssue(ctx, by, replied, domain.IssueResolve)
		if err != nil {
			return err
		}
		p.soon(3, func(ctx context.Context) error {
			_, err := p.Service.MoveIssue(acting(ctx, p.reviewer), resolved.ID, resolved.Version, domain.IssueMove{Action: domain.IssueClose})
			return err
		})
		return nil
	})
	return nil
}

// orderOf makes an order of an issue that nobody answered (issueID), or of the state of the project (zero).
func (p *simulatedProject) orderOf(ctx context.Context, addressee domain.Organisation, issueID int64) error {
	order, err := p.Service.IssueOrder(acting(ctx, p.reviewer), p.ID, domain.OrderDraft{
		AddresseeID: addressee.ID, Demand: simulatedMark + "请逐项列出滞后原因和赶工措施，明确完成时间并按期回复。", Due: p.inDays(20), IssueID: issueID,
	})
	if err == nil {
		p.follow(addressee, order.ID, order.Version)
	}
	return err
}

// follow lets the addressee sign for an order, answer it, and the Commission close it. Some stop on the way.
func (p *simulatedProject) follow(addressee domain.Organisation, id, version int64) {
	lead := p.staffOf(addressee).lead
	move := func(m domain.OrderMove, by domain.User, then func()) func(context.Context) error {
		return func(ctx context.Context) error {
			view, err := p.Service.MoveOrder(acting(ctx, by), id, version, m)
			if version = view.Version; err == nil && then != nil {
				then()
			}
			return err
		}
	}
	closing := move(domain.OrderMove{Action: domain.OrderClose}, p.reviewer, nil)
	answer := move(domain.OrderMove{
		Action: domain.OrderAnswer, Text: simulatedMark + "已制定赶工措施，分月安排见附表", Evidence: simulatedEvidence("赶工方案"),
	}, lead, func() {
		if p.course.Chance(75) {
			p.soon(3, closing)
		}
	})
	p.soon(1, move(domain.OrderMove{Action: domain.OrderAcknowledge}, lead, func() {
		if p.course.Chance(75) {
			p.soon(8+p.course.Days(6), answer)
		}
	}))
}
