import { lastDay, type PlanDate } from '@/lib/dates';

/** How close one looks; each names the period that has a mark of its own. */
export const zooms = ['month', 'quarter', 'year', 'decade'] as const;
export type Zoom = (typeof zooms)[number];

/** Pixels of one day. At `year` a screen holds a five-year plan. */
const dayWidth: Record<Zoom, number> = { month: 3, quarter: 0.9, year: 0.4, decade: 0.1 };

export function isZoom(value: string): value is Zoom {
  return (zooms as readonly string[]).includes(value);
}

/** One step closer (-1) or farther (+1), or the same at either end. */
export function nextZoom(zoom: Zoom, step: -1 | 1): Zoom {
  return zooms[Math.min(Math.max(zooms.indexOf(zoom) + step, 0), zooms.length - 1)] ?? zoom;
}

/** A day as a whole number, so that days can be added and compared. */
export type Day = number;

export const dayOf = (year: number, month = 1, day = 1): Day => Date.UTC(year, month - 1, day) / 86_400_000;
export const yearOf = (day: Day) => new Date(day * 86_400_000).getUTCFullYear();

/** A stretch of days, both included; `stated` is the date as precisely as it was said. */
export interface Stretch {
  start: Day;
  end: Day;
  stated: PlanDate;
}

const shape = /^(\d{4})(?:-Q(\d)|-(\d\d)(?:-(\d\d))?)?$/;

/** Reads "2027-06-30", "2027-06", "2027-Q3" or "2027", as the interface writes dates. */
export function stretchOf(when: string): Stretch {
  const [year = 0, quarter = 0, month = 0, day = 0] = (shape.exec(when) ?? []).slice(1).map((part = '0') => Number(part));
  const from = quarter ? quarter * 3 - 2 : month || 1;
  const to = quarter ? quarter * 3 : month || 12;
  const last = day || lastDay(year, to);
  const precision = day ? 'day' : month ? 'month' : quarter ? 'quarter' : 'year';
  const iso = [year, to, last].map((part) => String(part).padStart(2, '0')).join('-');
  return { start: dayOf(year, from, day || 1), end: dayOf(year, to, last), stated: { date: iso, precision } };
}

/** Where days lie across the page: the first one shown, and how wide each is. */
export interface Axis {
  first: Day;
  /** The day behind the last. */
  end: Day;
  dayWidth: number;
}

/** Whole years around everything that must be seen, and at least as wide as the room there is. */
export function axisOf(days: readonly Day[], zoom: Zoom, room: number): Axis {
  const years = days.map(yearOf);
  const first = dayOf(Math.min(...years));
  const end = dayOf(Math.max(...years) + 1);
  const filling = yearOf(first + room / dayWidth[zoom]) + 1;
  return { first, end: Math.max(end, dayOf(filling)), dayWidth: dayWidth[zoom] };
}

/** The left edge of a day. */
export const xOf = (axis: Axis, day: Day) => (day - axis.first) * axis.dayWidth;
export const dayAt = (axis: Axis, x: number): Day => axis.first + x / axis.dayWidth;
export const widthOf = (axis: Axis) => xOf(axis, axis.end);

export type Level = 'decade' | 'year' | 'quarter' | 'month';

/** One period on a scale: its number is the decade's first year, the year, the quarter or the month. */
export interface Tick {
  x: number;
  year: number;
  part: number;
}

/** The two scales above the rows, the coarser first. */
export const levels: Record<Zoom, [Level, Level]> = {
  month: ['year', 'month'],
  quarter: ['year', 'quarter'],
  year: ['year', 'quarter'],
  decade: ['decade', 'year'],
};

const months: Record<Level, number> = { decade: 120, year: 12, quarter: 3, month: 1 };

/** The periods of one level that begin or go on between two places of the axis. */
export function ticks(axis: Axis, level: Level, from: number, to: number): Tick[] {
  const step = months[level];
  const opening = new Date(Math.floor(Math.max(axis.first, dayAt(axis, from))) * 86_400_000);
  let month = Math.floor((opening.getUTCFullYear() * 12 + opening.getUTCMonth()) / step) * step;
  const found: Tick[] = [];
  for (; ; month += step) {
    const year = Math.floor(month / 12);
    const x = xOf(axis, dayOf(year, (month % 12) + 1));
    if (x >= Math.min(to, widthOf(axis))) return found;
    found.push({ x: Math.max(x, 0), year, part: level === 'quarter' ? (month % 12) / 3 + 1 : (month % 12) + 1 });
  }
}
