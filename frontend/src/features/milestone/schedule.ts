import type { PlanDate } from '@/lib/dates';
import type { Milestone } from './milestone';

/** When a milestone is, or is now expected; null where nothing is known. */
export const expected = ({ actual, forecast, currentBaseline, baseline }: Milestone): string | null =>
  actual ?? forecast?.date ?? currentBaseline?.date ?? baseline?.date ?? null;

/** The same with the precision it is known to. */
export function expectedDate(milestone: Milestone): PlanDate | null {
  if (milestone.actual) return { date: milestone.actual, precision: 'day' };
  return milestone.forecast ?? milestone.currentBaseline ?? milestone.baseline;
}

const worst = ({ slip }: Milestone) => Math.max(slip.original ?? 0, slip.current ?? 0, 0);

/** The earliest that is not reached yet. */
export function nextOf(milestones: readonly Milestone[]): Milestone | null {
  const open = milestones.filter((milestone) => milestone.actual === null && expected(milestone) !== null);
  return open.sort((one, other) => (expected(one) ?? '').localeCompare(expected(other) ?? ''))[0] ?? null;
}

/**
 * The milestones that tell most about the schedule, by date: the next one, the promise of the plan, what is overdue and
 * what slips most, what comes soonest, and of the rest the latest reached.
 */
export function telling(milestones: readonly Milestone[], most: number): Milestone[] {
  const next = nextOf(milestones);
  const weight = (milestone: Milestone) =>
    milestone === next ? 5 : milestone.kind === 'plan_commitment' ? 4 : milestone.overdue ? 3 : milestone.actual === null ? 2 : 1;
  const at = (milestone: Milestone) => expected(milestone) ?? '';
  const chosen = [...milestones]
    .filter((milestone) => expected(milestone) !== null)
    .sort((one, other) => {
      if (weight(one) !== weight(other)) return weight(other) - weight(one);
      if (weight(one) > 1) return worst(other) - worst(one) || at(one).localeCompare(at(other));
      return at(other).localeCompare(at(one));
    })
    .slice(0, most);
  return chosen.sort((one, other) => at(one).localeCompare(at(other)) || one.id - other.id);
}

export interface Axis {
  from: number;
  to: number;
  years: { year: number; at: number }[];
}

const day = (iso: string) => Date.parse(`${iso}T00:00:00Z`);

/** A time axis over whole years that holds every date of the milestones, and today. */
export function axisOf(milestones: readonly Milestone[], today: string): Axis {
  const dates = milestones.flatMap(({ baseline, currentBaseline, forecast, actual }) => [baseline?.date, currentBaseline?.date, forecast?.date, actual]);
  const years = [...dates, today].flatMap((date) => (date ? [Number(date.slice(0, 4))] : []));
  const first = Math.min(...years);
  const last = Math.max(...years) + 1;
  const axis = { from: Date.UTC(first, 0), to: Date.UTC(last, 0), years: [] };
  const step = Math.ceil((last - first) / 8);
  const marks = Array.from({ length: Math.ceil((last - first) / step) }, (_, index) => first + index * step);
  return { ...axis, years: marks.map((year) => ({ year, at: placeOf(`${year}-01-01`, axis) })) };
}

/** Where a day lies on the axis, from 0 to 100. */
export function placeOf(date: string, { from, to }: Pick<Axis, 'from' | 'to'>): number {
  return Math.min(Math.max(((day(date) - from) / (to - from)) * 100, 0), 100);
}
