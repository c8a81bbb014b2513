import type { Schema } from '@/api/client';

type Change = Pick<Schema<'LightChange'>, 'at' | 'kind' | 'to'>;
export type Kind = Schema<'LightKind'>;

/** One month of the strip; `light` is what held when it ended, or what holds now in the running one. */
export interface Month {
  /** "2026-11" */
  month: string;
  light: string | null;
}

/** The months up to and with `last` ("2026-11"), the earliest first. */
export function monthsUntil(last: string, count: number): string[] {
  const [year = 0, month = 1] = last.split('-').map(Number);
  return Array.from({ length: count }, (_, index) => {
    const at = year * 12 + month - count + index;
    return `${Math.floor(at / 12)}-${String((at % 12) + 1).padStart(2, '0')}`;
  });
}

/**
 * What one of the three lights was at the end of each month. `monthOf` gives the
 * month of an instant in the business time zone; the changes come latest first.
 */
export function lightByMonth(changes: readonly Change[], kind: Kind, months: readonly string[], monthOf: (instant: string) => string): Month[] {
  const own = changes.filter((change) => change.kind === kind);
  return months.map((month) => ({ month, light: own.find(({ at }) => monthOf(at) <= month)?.to ?? null }));
}
