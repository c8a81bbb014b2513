import { describe, expect, it } from 'vitest';
import type { Milestone } from './milestone';
import { axisOf, expectedDate, nextOf, placeOf, telling } from './schedule';

const on = (date: string) => ({ date, precision: 'day' as const });
let id = 0;
const step = (given: Partial<Milestone>): Milestone =>
  ({ id: ++id, kind: 'other', baseline: null, currentBaseline: null, forecast: null, actual: null, overdue: false, slip: { original: null, current: null }, ...given }) as Milestone;

describe('the schedule of a project', () => {
  const done = step({ baseline: on('2024-01-01'), actual: '2024-02-01' });
  const soon = step({ currentBaseline: on('2027-03-03') });
  const later = step({ currentBaseline: on('2026-12-01'), forecast: on('2028-01-01'), slip: { original: 390, current: 390 } });
  const promise = step({ kind: 'plan_commitment', baseline: { date: '2030-12-31', precision: 'year' } });
  const dateless = step({});
  const all = [promise, dateless, later, done, soon];

  it('expects what is forecast before what was planned, with its precision', () => {
    expect(expectedDate(later)?.date).toBe('2028-01-01');
    expect(expectedDate(promise)?.precision).toBe('year');
    expect(expectedDate(done)).toEqual(on('2024-02-01'));
    expect(expectedDate(dateless)).toBeNull();
  });

  it('waits for the earliest that is not reached', () => {
    expect(nextOf(all)).toBe(soon);
    expect(nextOf([done, dateless])).toBeNull();
  });

  it('tells the next, the promise and the latest first when there is little room, and by date', () => {
    expect(telling(all, 10)).toEqual([done, soon, later, promise]);
    expect(telling(all, 2)).toEqual([soon, promise]);
    expect(telling(all, 3)).toEqual([soon, later, promise]);
  });

  it('lies on an axis of whole years', () => {
    const axis = axisOf(all, '2026-11-23');
    expect(axis.years.map(({ year }) => year)).toEqual([2024, 2025, 2026, 2027, 2028, 2029, 2030]);
    expect(placeOf('2024-01-01', axis)).toBe(0);
    expect(placeOf('2027-07-02', axis)).toBeCloseTo(50, 1);
    expect(placeOf('2040-01-01', axis)).toBe(100);
    expect(axisOf([step({ baseline: on('2001-01-01') }), promise], '2026-11-23').years.length).toBeLessThanOrEqual(8);
  });
});
