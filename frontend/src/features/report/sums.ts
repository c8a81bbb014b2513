import { sum } from '@/lib/decimal';
import type { AmountDraft } from './draft';
import type { Report } from './report';

/** A sum that the form offers: the last approved figure and this month's, in 元. */
export interface OfferedSum {
  last: string;
  month: string;
  sum: string;
}

const present = ({ value, missing }: { value: string | null; missing: string | null }) => (missing ? null : value);

function add(last: string | null, month: AmountDraft): OfferedSum | null {
  const added = present(month);
  return last === null || added === null ? null : { last, month: added, sum: sum(last, added) };
}

/**
 * What year to date and since the start come to by the last approved report. The
 * year's sum begins anew each January; a first report has nothing to count from.
 */
export function offeredSums({ period, previous }: Pick<Report, 'period' | 'previous'>, month: AmountDraft): { year: OfferedSum | null; total: OfferedSum | null } {
  if (!previous) return { year: null, total: null };
  const sameYear = previous.period.slice(0, 4) === period.slice(0, 4);
  return {
    year: add(sameYear ? present(previous.content.year) : '0', month),
    total: add(present(previous.content.total), month),
  };
}
