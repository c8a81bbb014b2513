import type { Schema } from '@/api/client';
import { stretchOf, xOf, type Axis, type Stretch } from './scale';

export type Milestone = Schema<'TimelineMilestone'>;

export type MarkState = 'done' | 'planned' | 'overdue' | 'promise';

/** One milestone where it is, or is expected; as wide as the period it was stated for. */
export interface Mark {
  milestone: Milestone;
  state: MarkState;
  left: number;
  width: number;
}

/** A baseline: where the milestone was promised, originally or after an approved change. */
export interface Baseline {
  left: number;
  width: number;
  current: boolean;
}

/** From the original baseline to the date reached or expected. `label` is null where there is no room for it. */
export interface SlipLine {
  from: number;
  to: number;
  days: number;
  lane: number;
  label: number | null;
}

export interface RowLayout {
  bar: { left: number; width: number; reached: number } | null;
  /** Leads from the last milestone, or from today, to what the plan promised. */
  thread: { left: number; width: number } | null;
  marks: Mark[];
  baselines: Baseline[];
  slips: SlipLine[];
}

/** A mark is never narrower than this, so that it can be hit. */
export const markWidth = 14;
/** The room a label like "+120 天" takes. */
const labelWidth = 54;
const lanes = 2;

/** The date a milestone is drawn at: reached, or else expected, or else promised. */
export function placed({ actual, forecast, currentBaseline, baseline }: Milestone): Stretch | null {
  const when = actual ?? forecast ?? currentBaseline ?? baseline;
  return when ? stretchOf(when) : null;
}

function stateOf({ actual, overdue, promise }: Milestone): MarkState {
  if (actual) return 'done';
  if (promise) return 'promise';
  return overdue ? 'overdue' : 'planned';
}

/** Where a stretch of days lies, at least `least` wide about its middle. */
function across(axis: Axis, { start, end }: Stretch, least: number) {
  const left = xOf(axis, start);
  const width = xOf(axis, end + 1) - left;
  return width >= least ? { left, width } : { left: left + width / 2 - least / 2, width: least };
}

/** A promise falls due at the end of its period; everything else stands for all of it. */
function markOf(axis: Axis, milestone: Milestone, stretch: Stretch): Mark {
  const state = stateOf(milestone);
  const due = state === 'promise' ? { ...stretch, start: stretch.end } : stretch;
  return { milestone, state, ...across(axis, due, markWidth) };
}

function slipOf(axis: Axis, { baseline, actual, forecast, slip }: Milestone): SlipLine | null {
  const reached = actual ?? forecast;
  if (!baseline || !reached || !slip) return null;
  const middle = (when: string) => xOf(axis, stretchOf(when).end + 0.5);
  return { from: middle(baseline), to: middle(reached), days: slip, lane: 0, label: null };
}

/** Puts lines side by side into few lanes, labels included; where a lane has no room left, a line goes without its label. */
export function pack(lines: readonly SlipLine[]): SlipLine[] {
  const taken = Array.from({ length: lanes }, () => -Infinity);
  return [...lines]
    .sort((one, other) => Math.min(one.from, one.to) - Math.min(other.from, other.to))
    .map((line) => {
      const start = Math.min(line.from, line.to);
      const end = Math.max(line.from, line.to) + 4;
      const free = taken.findIndex((until) => until <= start);
      const lane = free < 0 ? lanes - 1 : free;
      taken[lane] = Math.max(taken[lane] ?? 0, free < 0 ? end : end + labelWidth);
      return { ...line, lane, label: free < 0 ? null : end };
    });
}

/** Everything one project has on the axis; today is where its thread begins while nothing else is dated. */
export function layoutRow(milestones: readonly Milestone[], axis: Axis, today: number): RowLayout {
  const marks = milestones.flatMap((milestone) => {
    const stretch = placed(milestone);
    return stretch ? [markOf(axis, milestone, stretch)] : [];
  });
  const middle = ({ left, width }: Mark) => left + width / 2;
  const works = marks.filter(({ state, milestone }) => state !== 'promise' && !milestone.promise);
  const places = works.map(middle);
  const left = Math.min(...places);
  const right = Math.max(...places);
  const reached = Math.max(left, ...works.filter(({ state }) => state === 'done').map(middle));
  const promise = marks.find(({ state }) => state === 'promise');
  const leads = works.length > 0 ? right : xOf(axis, today);
  return {
    bar: works.length > 1 ? { left, width: right - left, reached: reached - left } : null,
    thread: promise && middle(promise) > leads ? { left: leads, width: middle(promise) - leads } : null,
    marks,
    // The plan's promise is its own baseline, and its flag says so.
    baselines: milestones.flatMap(({ baseline, currentBaseline, promise: own }) => [
      ...(baseline && !own ? [{ ...across(axis, stretchOf(baseline), 2), current: false }] : []),
      ...(currentBaseline ? [{ ...across(axis, stretchOf(currentBaseline), 2), current: true }] : []),
    ]),
    slips: pack(milestones.flatMap((milestone) => slipOf(axis, milestone) ?? [])),
  };
}
