import type { RouteLocationRaw } from 'vue-router';
import { cityClock } from '@/lib/dates';
import type { Notice, NoticeKind } from './notice';

/** The kinds in groups, as the filter offers them. */
export const groups = {
  report: ['report_due', 'report_overdue', 'report_urged', 'update_due', 'report_submitted', 'report_returned', 'report_approved'],
  request: ['request_submitted', 'request_decided'],
  issue: [
    'issue_assigned',
    'issue_replied',
    'issue_overdue',
    'issue_closed',
    'order_issued',
    'order_overdue',
    'order_answered',
    'order_returned',
    'order_closed',
    'order_withdrawn',
  ],
  light: ['light_red'],
} as const satisfies Record<string, readonly NoticeKind[]>;

export type Group = keyof typeof groups;

export const groupNames = Object.keys(groups) as Group[];

/** What asks for an act now, and what went wrong. */
export function toneOf(kind: NoticeKind): 'bad' | 'warn' | 'ok' | 'info' {
  if (/overdue|urged|returned|red/.test(kind)) return 'bad';
  if (/_due|submitted|assigned|issued/.test(kind)) return 'warn';
  return /approved|closed/.test(kind) ? 'ok' : 'info';
}

const atDesk: readonly NoticeKind[] = ['report_due', 'report_overdue', 'report_urged', 'update_due'];

/** The things that have a page, which is named like them. */
const pages: readonly string[] = ['report', 'request', 'issue', 'order'];

/** The page a notice leads to: the thing it speaks of where that has a page, the desk for what is owed, else the project. */
export function targetOf({ kind, objectKind, objectId, project }: Notice): RouteLocationRaw | null {
  if (pages.includes(objectKind)) return { name: objectKind, params: { id: objectId } };
  if (atDesk.includes(kind)) return { name: 'work' };
  return project ? { name: 'project', params: { id: project.id } } : null;
}

export interface Day<Item> {
  day: string;
  items: Item[];
}

/** What is in order of time, in its days. */
export function byDay<Item extends { at: string }>(items: readonly Item[]): Day<Item>[] {
  const days: Day<Item>[] = [];
  for (const item of items) {
    const { day } = cityClock(item.at);
    const last = days.at(-1);
    if (last?.day === day) last.items.push(item);
    else days.push({ day, items: [item] });
  }
  return days;
}
