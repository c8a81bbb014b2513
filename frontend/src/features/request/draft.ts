import type { Schema } from '@/api/client';
import type { PlanDate } from '@/lib/dates';
import type { GateAnswer, ProjectRequest } from './request';

/** One answered line of a checklist, as its inputs hold it. */
export interface LineDraft {
  verdict: NonNullable<GateAnswer['verdict']> | '';
  reason: string;
  documentName: string;
  documentNumber: string;
  documentDate: PlanDate | null;
  attachmentIds: number[];
}

/** One milestone whose baseline is to move. */
export interface BaselineDraft {
  milestoneId: number;
  baseline: PlanDate | null;
  reasonCode: Schema<'ReasonCode'> | '';
  reasonText: string;
}

/** A request as its inputs hold it, one key for each thing that is saved by itself. */
export interface RequestDraft {
  reason: string;
  document: string;
  expectedUntil: PlanDate | null;
  exitKind: Schema<'ExitKind'> | '';
  /** Project codes, as they are typed. */
  successors: string;
  baselines: BaselineDraft[];
  [line: `item-${string}`]: LineDraft;
}

const day = (date: string | null): PlanDate | null => (date ? { date, precision: 'day' } : null);

export function draftOf(request: ProjectRequest): RequestDraft {
  return {
    reason: request.reason,
    document: request.document,
    expectedUntil: day(request.expectedUntil),
    exitKind: request.exitKind ?? '',
    successors: request.successors.join('，'),
    baselines: request.baselines.map(({ milestoneId, baseline, reasonCode, reasonText }) => ({ milestoneId, baseline, reasonCode: reasonCode ?? '', reasonText })),
    ...Object.fromEntries(
      request.items.map(({ code, verdict, reason, documentName, documentNumber, documentDate, attachmentIds }) => [
        `item-${code}`,
        { verdict: verdict ?? '', reason, documentName, documentNumber, documentDate: day(documentDate), attachmentIds: [...attachmentIds] },
      ]),
    ),
  };
}

/** Codes between commas, spaces or line ends. */
export const codesOf = (typed: string) => typed.split(/[\s,，、;；]+/).filter(Boolean);

/** What a change sends: only what changed. */
export function bodyOf(change: Partial<RequestDraft>): Schema<'UpdateRequestInput'> {
  const { reason, document, expectedUntil, exitKind, successors, baselines, ...lines } = change;
  const items = Object.entries(lines).map(([key, line]) => {
    const { verdict, documentDate, ...rest } = line as LineDraft;
    return { code: key.slice('item-'.length), ...rest, verdict: verdict || null, documentDate: documentDate?.date ?? null };
  });
  return {
    ...(reason !== undefined && { reason }),
    ...(document !== undefined && { document }),
    ...(expectedUntil !== undefined && { expectedUntil: expectedUntil?.date ?? null }),
    ...(exitKind !== undefined && { exitKind: exitKind || null }),
    ...(successors !== undefined && { successors: codesOf(successors) }),
    ...(baselines !== undefined && { baselines: baselines.map(({ reasonCode, ...line }) => ({ ...line, reasonCode: reasonCode || null })) }),
    ...(items.length > 0 && { items }),
  };
}

/** Which input a refused field belongs to: "items[2].documentName" is that of the third line. */
export function inputOf(field: string, request: Pick<ProjectRequest, 'items' | 'baselines'>): string {
  const [, list, at, member] = /^(items|baselines)\[(\d+)\]\.(\w+)$/.exec(field) ?? [];
  if (!list || !member) return field.replace(/\[\d+\]$/, '');
  if (list === 'items') return `item-${request.items[Number(at)]?.code ?? ''}.${member}`;
  return `baseline-${request.baselines[Number(at)]?.milestoneId ?? 0}.${member}`;
}

const keyed = ['reason', 'document', 'expectedUntil', 'exitKind', 'successors', 'baselines', 'documentName', 'documentNumber', 'documentDate'];

/**
 * What an input is called, so that a summary says which one is missing: a field by its label, one of a list by its line
 * first. Empty for what has no name of its own.
 */
export function nameOf(
  input: string,
  request: Pick<ProjectRequest, 'items' | 'candidates'>,
  say: { t: (key: string) => string; named: (thing: GateAnswer) => string; apart: string },
): string {
  const [, list, key, member = ''] = /^(item|baseline)-([^.]+)\.(\w+)$/.exec(input) ?? [];
  if (!list) return keyed.includes(input) ? say.t(`request.${input}`) : '';
  if (list === 'baseline') return request.candidates.find(({ id }) => String(id) === key)?.name ?? '';
  const item = request.items.find(({ code }) => code === key);
  const part = keyed.includes(member) && member !== 'reason' ? say.t(`request.${member}`) : '';
  return [item && say.named(item), part].filter(Boolean).join(say.apart);
}
