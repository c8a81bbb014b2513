import type { Schema } from '@/api/client';
import type { PlanDate } from '@/lib/dates';
import type { Report, ReportContent } from './report';

/** An amount as one fills it in. An empty figure means "not filled", so only the other reasons are chosen. */
export interface AmountDraft {
  /** 元 to the 分; null while nothing valid is typed. */
  value: string | null;
  missing: '' | 'not_applicable' | 'withheld';
  basis: string;
}

export interface MilestoneDraft {
  forecast: PlanDate | null;
  actual: PlanDate | null;
  reasonCode: Schema<'ReasonCode'> | '';
  reasonText: string;
}

export type MilestoneKey = `milestone-${number}`;

/** A report as one fills it in, flat: every field, and every milestone, is merged by itself. */
export interface ReportDraft {
  progress: string;
  progressText: string;
  month: AmountDraft;
  year: AmountDraft;
  total: AmountDraft;
  funds: AmountDraft;
  problems: string;
  coordination: string;
  nextSteps: string;
  light: Schema<'Light'> | '';
  lightText: string;
  explanation: string;
  [milestone: MilestoneKey]: MilestoneDraft;
}

export const amountFields = ['month', 'year', 'total', 'funds'] as const;
export const textFields = ['progressText', 'problems', 'coordination', 'nextSteps', 'lightText', 'explanation'] as const;
export type AmountField = (typeof amountFields)[number];
export type TextField = (typeof textFields)[number];

export const milestoneKey = (id: number): MilestoneKey => `milestone-${id}`;

const idOf = (key: string) => Number(/^milestone-(\d+)$/.exec(key)?.[1] ?? 0);

function amountDraft({ value, missing, basis = '' }: Schema<'Amount'>): AmountDraft {
  return { value, missing: missing === 'not_filled' || missing === null ? '' : missing, basis };
}

export function draftOf(content: ReportContent): ReportDraft {
  const milestones = content.milestones.map(({ milestoneId, forecast, actual, reasonCode, reasonText }) => [
    milestoneKey(milestoneId),
    { forecast, actual: actual && { date: actual, precision: 'day' as const }, reasonCode: reasonCode ?? '', reasonText },
  ]);
  return {
    progress: content.progress ? content.progress.replace(/\.0$/, '') : '',
    progressText: content.progressText,
    month: amountDraft(content.month),
    year: amountDraft(content.year),
    total: amountDraft(content.total),
    funds: amountDraft(content.funds),
    problems: content.problems,
    coordination: content.coordination,
    nextSteps: content.nextSteps,
    light: content.light ?? '',
    lightText: content.lightText,
    explanation: content.explanation,
    ...(Object.fromEntries(milestones) as Record<MilestoneKey, MilestoneDraft>),
  };
}

/** What was typed as a percentage: null for nothing, undefined for what is none. */
export function percentOf(typed: string): string | null | undefined {
  const plain = typed.normalize('NFKC').replace(/[\s%]/g, '');
  if (!plain) return null;
  return /^\d{1,3}(\.\d)?$/.test(plain) && Number(plain) <= 100 ? plain : undefined;
}

function amountInput({ value, missing, basis }: AmountDraft): Schema<'AmountInput'> {
  if (missing === 'withheld') return { value: null, missing, basis: basis.trim() };
  if (missing) return { value: null, missing };
  return value === null ? { value: null, missing: 'not_filled' } : { value, missing: null };
}

/** Whether a field can be sent as it is typed so far; what cannot waits for the next letters. */
function complete(field: string, value: ReportDraft[keyof ReportDraft]): boolean {
  if (field === 'progress') return percentOf(value as string) !== undefined;
  const amount = value as AmountDraft;
  return amount.missing !== 'withheld' || amount.basis.trim() !== '';
}

function milestoneInput(id: number, { forecast, actual, reasonCode, reasonText }: MilestoneDraft): Schema<'ReportedMilestoneInput'> {
  return { milestoneId: id, forecast, actual: actual?.date ?? null, reasonCode: reasonCode || null, reasonText };
}

/** The body of a partial edit: only what was touched, and of that only what is complete. */
export function bodyOf(change: Partial<ReportDraft>): Schema<'UpdateReportInput'> {
  const body: Schema<'UpdateReportInput'> = {};
  const milestones: Schema<'ReportedMilestoneInput'>[] = [];
  for (const [field, value] of Object.entries(change) as [keyof ReportDraft, ReportDraft[keyof ReportDraft]][]) {
    if (!complete(field, value)) continue;
    if (idOf(field)) milestones.push(milestoneInput(idOf(field), value as MilestoneDraft));
    else if (field === 'progress') body.progress = percentOf(value as string) ?? null;
    else if (field === 'light') body.light = (value as ReportDraft['light']) || null;
    else if ((amountFields as readonly string[]).includes(field)) body[field as AmountField] = amountInput(value as AmountDraft);
    else body[field as TextField] = value as string;
  }
  return milestones.length > 0 ? { ...body, milestones } : body;
}

/** The field of the form that a finding or a refusal speaks of: "milestones[2].forecast" is the third milestone's. */
export function fieldOfPath(path: string, content: ReportContent): string {
  const [, index, part] = /^milestones\[(\d+)\]\.?(\w*)/.exec(path) ?? [];
  if (index === undefined) return path.split('.')[0] ?? path;
  const milestone = content.milestones[Number(index)];
  return milestone ? `${milestoneKey(milestone.milestoneId)}${part && part !== 'milestoneId' ? `.${part}` : ''}` : 'progress';
}

/** What still keeps the report from being submitted, by the last cross-check. */
export function unsettled({ findings, content }: Pick<Report, 'findings' | 'content'>): Report['findings'] {
  const explained = [...content.explanation.trim()].length >= fewestWords;
  return findings.filter(({ level }) => level === 'blocking' || (level === 'explainable' && !explained));
}

/** An explanation has at least this many characters. */
export const fewestWords = 10;
