package service

import (
	"strconv"
	"strings"

	"zhongda/domain"
)

// noticeSentences say in a letter what each kind tells. {project} is its name; {by} who acted; the rest are the notice's own
// words. The pages have their own, in both languages.
func noticeSentences() map[domain.NoticeKind]string {
	return map[domain.NoticeKind]string{
		domain.NoticeReportDue:       "{project} {period} 月报将于 {due} 截止，请及时填报",
		domain.NoticeReportOverdue:   "{project} 有 {missed} 期月报逾期未报，请尽快提交",
		domain.NoticeReportUrged:     "{by} 催报：{project} 有 {missed} 期月报逾期未报，请尽快提交",
		domain.NoticeReportSubmitted: "{by} 提交了 {project} {period} 月报，请审核",
		domain.NoticeReportReturned:  "{project} {period} 月报被退回，请按意见修改后重新提交",
		domain.NoticeReportApproved:  "{project} {period} 月报已审定",
		domain.NoticeUpdateDue:       "{project} 暂停中，{period} 季度情况将于 {due} 截止，请更新",
		domain.NoticeRequestFiled:    "{by} 提交了 {project} 的申请，请审核",
		domain.NoticeRequestDecided:  "{project} 的申请已有审核结果",
		domain.NoticeIssueAssigned:   "{project} 有需协调事项交由您单位办理，期限 {due}",
		domain.NoticeIssueReplied:    "{project} 的需协调事项有新答复",
		domain.NoticeIssueOverdue:    "{project} 的需协调事项已逾期，原定 {due}",
		domain.NoticeOrderIssued:     "{project} 收到督办单 {number}，请于 {due} 前办理并反馈",
		domain.NoticeOrderOverdue:    "{project} 的督办单 {number} 已逾期，原定 {due}",
		domain.NoticeOrderClosed:     "{project} 的督办单 {number} 已办结",
		domain.NoticeIssueClosed:     "{project} 的需协调事项已办结",
		domain.NoticeOrderAnswered:   "{project} 的督办单 {number} 已回复，请核",
		domain.NoticeOrderReturned:   "{project} 的督办单 {number} 回复被退回，请继续办理",
		domain.NoticeOrderWithdrawn:  "{project} 的督办单 {number} 已撤销",
		domain.NoticeLightRed:        "{project} 亮红灯",
	}
}

// noticeSentence fills the blanks in one pass, so that no name can put in a blank of its own.
func noticeSentence(d domain.Delivery) string {
	pairs := []string{"{project}", d.Project.Name, "{by}", d.Actor}
	for name, word := range d.Text {
		pairs = append(pairs, "{"+name+"}", word)
	}
	return domain.OneLine(strings.NewReplacer(pairs...).Replace(noticeSentences()[d.Kind]))
}

// noticePath is the page that a notice leads to: what it speaks of where that has a page, else its project's.
func noticePath(d domain.Delivery) string {
	switch {
	case d.ObjectKind == "report":
		return "/reports/" + strconv.FormatInt(d.ObjectID, 10)
	case d.ObjectKind == "issue":
		return "/issues/" + strconv.FormatInt(d.ObjectID, 10)
	case d.ObjectKind == "order":
		return "/orders/" + strconv.FormatInt(d.ObjectID, 10)
	case d.ObjectKind == "request":
		return "/requests/" + strconv.FormatInt(d.ObjectID, 10)
	case d.Kind == domain.NoticeReportDue || d.Kind == domain.NoticeReportOverdue || d.Kind == domain.NoticeReportUrged || d.Kind == domain.NoticeUpdateDue:
		return "/work"
	case d.Project.ID != 0:
		return "/projects/" + strconv.FormatInt(d.Project.ID, 10)
	default:
		return "/inbox"
	}
}
