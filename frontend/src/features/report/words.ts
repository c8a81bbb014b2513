import type { Schema } from '@/api/client';
import type { PlanDate } from '@/lib/dates';
import { amountFields, type AmountField } from './draft';
import type { Report, ReportContent } from './report';

/** One side of a difference, ready to be put into words. */
export type Said =
  | { kind: 'nothing' }
  | { kind: 'text'; text: string }
  | { kind: 'percent'; text: string }
  | { kind: 'amount'; amount: Schema<'Amount'> }
  | { kind: 'light'; light: Schema<'Light'> | null }
  | { kind: 'reason'; code: Schema<'ReasonCode'> }
  | { kind: 'date'; date: PlanDate };

/** A field that is not as in the last approved report. */
export interface Change {
  field: string;
  /** Message key of the field's name. */
  label: string;
  /** The milestone's name, where it is about one. */
  milestone: string;
  before: Said;
  after: Said;
}

const nothing: Said = { kind: 'nothing' };
const textual = (text: string): Said => (text ? { kind: 'text', text } : nothing);

function milestoneSaid(content: ReportContent, id: number, part: string): Said {
  const milestone = content.milestones.find(({ milestoneId }) => milestoneId === id);
  if (!milestone) return nothing;
  if (part === 'forecast') return milestone.forecast ? { kind: 'date', date: milestone.forecast } : nothing;
  if (part === 'actual') return milestone.actual ? { kind: 'date', date: { date: milestone.actual, precision: 'day' } } : nothing;
  if (part === 'reasonCode') return milestone.reasonCode ? { kind: 'reason', code: milestone.reasonCode } : nothing;
  return textual(milestone.reasonText);
}

const isAmount = (field: string): field is AmountField => (amountFields as readonly string[]).includes(field);

/** What a content says in one field, named as the server names differences: "total", "milestones[12].forecast". */
export function said(content: ReportContent, field: string): Said {
  const [, id, part] = /^milestones\[(\d+)\]\.(\w+)$/.exec(field) ?? [];
  if (id && part) return milestoneSaid(content, Number(id), part);
  if (field === 'progress') return content.progress === null ? nothing : { kind: 'percent', text: content.progress };
  if (field === 'light') return { kind: 'light', light: content.light };
  if (isAmount(field)) return { kind: 'amount', amount: content[field] };
  return textual(content[field as 'problems']);
}

function milestoneName({ content, previous }: Pick<Report, 'content' | 'previous'>, field: string): string {
  const id = Number(/^milestones\[(\d+)\]/.exec(field)?.[1]);
  const named = [...content.milestones, ...(previous?.content.milestones ?? [])];
  return named.find(({ milestoneId }) => milestoneId === id)?.name ?? '';
}

/** What differs from the last approved report, in the order of the form. */
export function changesOf(report: Pick<Report, 'content' | 'previous' | 'differences'>): Change[] {
  const { previous } = report;
  if (!previous) return [];
  return report.differences.map(({ field }) => ({
    field,
    label: `report.field.${field.replace(/^.*\./, '')}`,
    milestone: milestoneName(report, field),
    before: said(previous.content, field),
    after: said(report.content, field),
  }));
}
