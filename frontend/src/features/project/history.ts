import type { PlanDate, Precision } from '@/lib/dates';

/** A recorded value, ready to be put into words. */
export type Recorded =
  | { kind: 'nothing' }
  | { kind: 'text'; text: string }
  | { kind: 'words'; key: string }
  | { kind: 'money'; yuan: string }
  | { kind: 'date'; date: PlanDate };

const money = new Set(['estimate', 'budget', 'finalAccount']);
const dates = new Set(['baseline', 'currentBaseline', 'forecast', 'actual', 'standingSince']);
const lists: Record<string, string> = { stage: 'stage', standing: 'standing', kind: 'detail.kind', reasonCode: 'detail.reason' };

// As the record writes them: "2027-09-30", or "2027-09-30 (quarter)" where no day is known.
const datePattern = /^(\d{4}-\d{2}-\d{2})(?: \((year|quarter|month)\))?$/;

function recordedDate(text: string): Recorded {
  const [, date, precision] = datePattern.exec(text) ?? [];
  if (!date) return { kind: 'text', text };
  return { kind: 'date', date: { date, precision: (precision as Precision | undefined) ?? 'day' } };
}

const isNothing = (value: unknown) => value === null || value === undefined || value === '';

/** Whether the change says anything: a new thing also records the fields it was not given. */
export function tells({ before, after }: { before?: unknown; after?: unknown }): boolean {
  return !isNothing(before) || !isNothing(after);
}

/** One side of a change: what kind of value it is, by its field. */
export function recorded(field: string, value: unknown): Recorded {
  if (isNothing(value)) return { kind: 'nothing' };
  if (typeof value === 'boolean') return { kind: 'words', key: value ? 'detail.yes' : 'detail.no' };
  const text = String(value);
  if (money.has(field)) return /^\d/.test(text) ? { kind: 'money', yuan: text } : { kind: 'words', key: `detail.missing.${text}` };
  if (dates.has(field)) return recordedDate(text);
  const list = lists[field];
  return list ? { kind: 'words', key: `${list}.${text}` } : { kind: 'text', text };
}
