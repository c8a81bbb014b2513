import { describe, expect, it } from 'vitest';
import { axisOf, dayAt, dayOf, levels, nextZoom, stretchOf, ticks, widthOf, xOf, yearOf, zooms } from './scale';

describe('stretchOf', () => {
  it.each([
    ['2027-06-30', '2027-06-30', '2027-06-30', 'day'],
    ['2028-02', '2028-02-01', '2028-02-29', 'month'],
    ['2027-Q3', '2027-07-01', '2027-09-30', 'quarter'],
    ['2027-Q4', '2027-10-01', '2027-12-31', 'quarter'],
    ['2027', '2027-01-01', '2027-12-31', 'year'],
  ])('%s is all of its period, and no falser', (when, start, end, precision) => {
    const day = (iso: string) => Date.parse(iso) / 86_400_000;
    expect(stretchOf(when)).toEqual({ start: day(start), end: day(end), stated: { date: end, precision } });
  });
});

describe('axis', () => {
  const days = [dayOf(2025, 3, 4), dayOf(2030, 12, 31)];

  it('holds whole years around every day', () => {
    const axis = axisOf(days, 'year', 0);
    expect([yearOf(axis.first), yearOf(axis.end)]).toEqual([2025, 2031]);
    expect(xOf(axis, axis.first)).toBe(0);
    expect(dayAt(axis, xOf(axis, days[0] ?? 0))).toBeCloseTo(days[0] ?? 0);
  });

  it('fills the room there is at every zoom', () => {
    for (const zoom of zooms) expect(widthOf(axisOf(days, zoom, 3000)), zoom).toBeGreaterThanOrEqual(3000);
  });

  it('zooms one step at a time, and no further than there is', () => {
    expect(nextZoom('year', -1)).toBe('quarter');
    expect(nextZoom('month', -1)).toBe('month');
    expect(nextZoom('decade', 1)).toBe('decade');
  });
});

describe('ticks', () => {
  const axis = axisOf([dayOf(2026), dayOf(2027, 6)], 'month', 0);

  it('mark where each period begins', () => {
    const quarters = ticks(axis, 'quarter', 0, widthOf(axis));
    expect(quarters.map(({ year, part }) => `${year} ${part}`)).toEqual(['2026 1', '2026 2', '2026 3', '2026 4', '2027 1', '2027 2', '2027 3', '2027 4']);
    expect(quarters[4]?.x).toBe(xOf(axis, dayOf(2027)));
    expect(ticks(axis, 'month', 0, widthOf(axis))).toHaveLength(24);
  });

  it('are made in view only, with the one that began before', () => {
    const from = xOf(axis, dayOf(2027, 2, 15));
    expect(ticks(axis, 'month', from, from + 100).map(({ part }) => part)).toEqual([2, 3]);
    expect(ticks(axis, 'year', from, from + 100).map(({ year }) => year)).toEqual([2027]);
  });

  it('begin a decade that began before the axis at its edge', () => {
    expect(ticks(axis, 'decade', -50, widthOf(axis))).toEqual([{ x: 0, year: 2020, part: 1 }]);
  });

  it('stay few however long the axis is', () => {
    const ages = axisOf([dayOf(1900), dayOf(2200)], 'month', 0);
    for (const level of levels.month) expect(ticks(ages, level, 100_000, 101_500).length).toBeLessThan(20);
  });
});
