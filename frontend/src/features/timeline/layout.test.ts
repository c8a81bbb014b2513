import { describe, expect, it } from 'vitest';
import { layoutRow, markWidth, pack, type Milestone, type SlipLine } from './layout';
import { axisOf, dayOf, stretchOf, xOf } from './scale';

const axis = axisOf([dayOf(2026), dayOf(2030, 12, 31)], 'quarter', 0);
const today = dayOf(2026, 11, 24);
const x = (iso: string) => Math.round(xOf(axis, stretchOf(iso).end + 0.5));
const layout = (...milestones: Partial<Milestone>[]) => layoutRow(milestones.map((each) => ({ name: '开工', ...each })), axis, today);
const middle = ({ left, width }: { left: number; width: number }) => Math.round(left + width / 2);

describe('marks', () => {
  it('stand where the milestone was reached, or else is expected, or else was promised', () => {
    const { marks } = layout(
      { baseline: '2026-03-31', forecast: '2026-05-01', actual: '2026-04-10' },
      { baseline: '2026-09-30', forecast: '2026-12-31' },
      { baseline: '2027-03-31', currentBaseline: '2027-08-31' },
      { baseline: '2027-03-31', overdue: true },
    );
    expect(marks.map(middle)).toEqual([x('2026-04-10'), x('2026-12-31'), x('2027-08-31'), x('2027-03-31')]);
    expect(marks.map(({ state }) => state)).toEqual(['done', 'planned', 'planned', 'overdue']);
    expect(marks.every(({ width }) => width === markWidth)).toBe(true);
  });

  it('are as wide as the period that was stated, not a day in it', () => {
    const [mark] = layout({ forecast: '2027' }).marks;
    expect(mark?.left).toBe(xOf(axis, dayOf(2027)));
    expect((mark?.left ?? 0) + (mark?.width ?? 0)).toBeCloseTo(xOf(axis, dayOf(2028)));
  });

  it('leave out what has no date', () => {
    expect(layout({}).marks).toEqual([]);
  });
});

describe('the promise of the plan', () => {
  it('has a mark of its own on the day it falls due, and a thread that leads there', () => {
    const { marks, thread, bar } = layout({ baseline: '2030', promise: true });
    expect(marks[0]?.state).toBe('promise');
    expect(middle(marks[0] ?? { left: 0, width: 0 })).toBe(x('2030-12-31'));
    expect(thread?.left).toBe(xOf(axis, today));
    expect(bar).toBeNull();
  });

  it('is led to from the last milestone', () => {
    const { thread, bar } = layout({ actual: '2026-03-31' }, { forecast: '2028-06-30' }, { baseline: '2030', promise: true });
    expect(Math.round(thread?.left ?? 0)).toBe(x('2028-06-30'));
    expect([bar?.left ?? 0, (bar?.left ?? 0) + (bar?.width ?? 0), bar?.reached ?? 1].map(Math.round)).toEqual([x('2026-03-31'), x('2028-06-30'), 0]);
  });
});

describe('slips', () => {
  it('lead from the original baseline, also after another was approved', () => {
    const { slips, baselines } = layout({ baseline: '2026-09-30', currentBaseline: '2026-12-31', forecast: '2027-01-31', slip: 123 });
    expect(slips.map(({ from, to, days }) => [from, to, days].map(Math.round))).toEqual([[x('2026-09-30'), x('2027-01-31'), 123]]);
    expect(baselines.map(({ current }) => current)).toEqual([false, true]);
  });

  it('are not drawn where there is no verdict, or nothing slipped', () => {
    expect(layout({ baseline: '2026-09-30' }, { forecast: '2026-09-30' }, { baseline: '2026-09-30', actual: '2026-09-30', slip: 0 }).slips).toEqual([]);
  });

  const line = (from: number, to: number): SlipLine => ({ from, to, days: to - from, lane: 0, label: null });

  it('share a lane where they follow each other, labels included', () => {
    expect(pack([line(200, 260), line(0, 100)]).map(({ from, lane, label }) => [from, lane, label])).toEqual([[0, 0, 104], [200, 0, 264]]);
  });

  it('go into the next lane where they meet, and lose the label where no lane is free', () => {
    expect(pack([line(0, 100), line(120, 180), line(130, 190), line(400, 300)]).map(({ lane, label }) => [lane, label])).toEqual([
      [0, 104],
      [1, 184],
      [1, null],
      [0, 404],
    ]);
  });
});
