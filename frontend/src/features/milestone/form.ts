import type { Schema } from '@/api/client';
import type { PlanDate } from '@/lib/dates';
import type { Milestone } from './milestone';

/** The kinds one may add, in the order projects pass them; the plan's promises come with its catalogue. */
export const kinds = [
  'proposal',
  'feasibility',
  'land',
  'design',
  'budget',
  'permit',
  'start',
  'structure',
  'acceptance',
  'operation',
  'accounts',
  'transfer',
  'other',
] as const satisfies readonly Schema<'MilestoneKind'>[];

export const reasonCodes = [
  'land',
  'demolition',
  'funding',
  'approval',
  'design',
  'construction',
  'utilities',
  'weather',
  'policy',
  'other',
] as const satisfies readonly Schema<'ReasonCode'>[];

/** Past this many days behind the current baseline, a forecast needs this many characters of words. */
export const wordsPastDays = 30;
export const fewestWords = 10;

/** A milestone as one fills it in. */
export interface MilestoneDraft {
  kind: Schema<'MilestoneKind'> | '';
  name: string;
  /** 一期, 二期; empty for the whole project. */
  phase: string;
  baseline: PlanDate | null;
  forecast: PlanDate | null;
  /** yyyy-mm-dd, or empty. */
  actual: string;
  reasonCode: Schema<'ReasonCode'> | '';
  reasonText: string;
}

export function draftOf(milestone: Milestone | null): MilestoneDraft {
  return {
    kind: milestone?.kind ?? '',
    name: milestone?.name ?? '',
    phase: milestone?.phase ?? '',
    baseline: milestone?.baseline ?? null,
    forecast: milestone?.forecast ?? null,
    actual: milestone?.actual ?? '',
    reasonCode: milestone?.reasonCode ?? '',
    reasonText: milestone?.reasonText ?? '',
  };
}

/** Whole days from one civil date to another, both yyyy-mm-dd. */
export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000);
}

const sameDate = (one: PlanDate | null, other: PlanDate | null) => one?.date === other?.date && one?.precision === other?.precision;

export interface Demands {
  /** How late the forecast is against the current baseline; null without either. */
  late: number | null;
  reason: boolean;
  words: boolean;
}

/** What the schedule's rules ask for with this draft: a reason code, and words past the threshold. */
export function demandsOf(milestone: Milestone | null, draft: MilestoneDraft): Demands {
  const before = milestone?.forecast ?? null;
  const baseline = milestone?.currentBaseline ?? draft.baseline;
  const late = baseline && draft.forecast ? daysBetween(baseline.date, draft.forecast.date) : null;
  const changed = !sameDate(before, draft.forecast);
  const slips = !draft.actual && late !== null && late > 0;
  return {
    late,
    reason: changed && (before !== null || slips),
    words: changed && slips && late > wordsPastDays,
  };
}

/** What the draft lacks, as message keys by field; the server checks again. */
export function checkMilestone(milestone: Milestone | null, draft: MilestoneDraft, today: string): Record<string, string> {
  const demands = demandsOf(milestone, draft);
  const lacking: [boolean, string, string][] = [
    [!draft.kind, 'kind', 'detail.kindMissing'],
    [!draft.name.trim(), 'name', 'detail.nameMissing'],
    [Boolean(draft.actual) && draft.actual > today, 'actual', 'detail.actualInFuture'],
    [demands.reason && !draft.reasonCode, 'reasonCode', 'detail.reasonCodeMissing'],
    [demands.words && [...draft.reasonText.trim()].length < fewestWords, 'reasonText', 'detail.reasonTextMissing'],
  ];
  return Object.fromEntries(lacking.filter(([lacks]) => lacks).map(([, field, message]) => [field, message]));
}

function input(draft: Partial<MilestoneDraft>) {
  const { actual, reasonCode, name, phase, baseline, forecast, reasonText } = draft;
  return {
    ...(baseline !== undefined && { baseline }),
    ...(forecast !== undefined && { forecast }),
    ...(reasonText !== undefined && { reasonText: reasonText.trim() }),
    ...(name !== undefined && { name: name.trim() }),
    ...(phase !== undefined && { phase: phase.trim() }),
    ...(actual !== undefined && { actual: actual || null }),
    ...(reasonCode !== undefined && { reasonCode: reasonCode || null }),
  };
}

export function createBody(draft: MilestoneDraft): Schema<'CreateMilestoneInput'> {
  return { ...input(draft), kind: draft.kind || 'other', name: draft.name.trim() };
}

/**
 * The body of a partial edit. A moved forecast carries its reason even where the
 * reason is the one of the last move: each move is given its own.
 */
export function updateBody(milestone: Milestone, change: Partial<MilestoneDraft>, draft: MilestoneDraft): Schema<'UpdateMilestoneInput'> {
  const needsReason = demandsOf(milestone, draft).reason;
  return input({ ...change, ...(needsReason && { reasonCode: draft.reasonCode }) });
}
