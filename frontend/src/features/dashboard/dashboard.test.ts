import { describe, expect, it } from 'vitest';
import { mostPressing, fulfilment, fullestCell, heatLevel, splitColumns, stageParts, type CategoryLine, type ColumnLine, type OwnerLine } from './dashboard';

const column = (number: number, mentions: number, kept = 0, promised = mentions): ColumnLine => ({
  column: number,
  title: '',
  titleEn: '',
  projects: mentions,
  mentions,
  targets: {},
  stages: {},
  kept,
  promised,
  unconfirmed: promised - kept,
});

describe('heatLevel', () => {
  it('shades every cell that holds something, and no other', () => {
    expect(heatLevel(0, 41)).toBe(0);
    expect(heatLevel(1, 41)).toBe(1);
    expect(heatLevel(41, 41)).toBe(5);
    expect(heatLevel(0, 0)).toBe(0);
  });

  it('measures against the fullest cell', () => {
    const lines = [{ stages: { reserve: 1, implementation: 41 } }, { stages: { reserve: 7 } }] as unknown as CategoryLine[];
    expect(fullestCell(lines)).toBe(41);
    expect(fullestCell([])).toBe(0);
  });
});

it('keeps columns without a project in sight', () => {
  const { named, empty } = splitColumns([column(1, 0), column(2, 10), column(10, 0)]);
  expect(named.map((line) => line.column)).toEqual([2]);
  expect(empty.map((line) => line.column)).toEqual([1, 10]);
});

it('adds up promises over the columns', () => {
  expect(fulfilment([column(2, 10, 2, 10), column(3, 6, 1, 5), column(1, 0)])).toEqual({ kept: 3, promised: 15, unconfirmed: 12 });
});

it('orders the parts of a bar by stage, whatever the answer says first', () => {
  expect(stageParts({ implementation: 8, conceived: 2, completed: 0 })).toEqual([
    { stage: 'conceived', count: 2 },
    { stage: 'implementation', count: 8 },
  ]);
});

it('puts those with the most to act on first, without touching the answer', () => {
  const lines = [
    { projects: 30, red: 0, late: 9 },
    { projects: 3, red: 2, late: 0 },
    { projects: 31, red: 0, late: 0 },
    { projects: 2, red: 2, late: 1 },
  ] as OwnerLine[];
  expect(mostPressing(lines).map(({ projects }) => projects)).toEqual([2, 3, 30, 31]);
  expect(lines[0]?.projects).toBe(30);
});
