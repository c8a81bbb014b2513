import { describe, expect, it } from 'vitest';
import { placeAfterKey, type Place } from './roving';

// Three projects: two milestones, none, three.
const marks = [[100, 400], [], [90, 210, 380]];
const after = (key: string, at: Place, count = 3) => placeAfterKey(key, at, count, (row) => marks[row] ?? []);

describe('placeAfterKey', () => {
  it('leads from the name to the milestones and back', () => {
    expect(after('ArrowRight', { row: 0, mark: -1 })).toEqual({ row: 0, mark: 0 });
    expect(after('ArrowLeft', { row: 0, mark: 0 })).toEqual({ row: 0, mark: -1 });
    expect(after('End', { row: 2, mark: -1 })).toEqual({ row: 2, mark: 2 });
    expect(after('Home', { row: 2, mark: 2 })).toEqual({ row: 2, mark: -1 });
  });

  it('leaves sideways keys to panning at either end', () => {
    expect(after('ArrowLeft', { row: 0, mark: -1 })).toBeNull();
    expect(after('ArrowRight', { row: 0, mark: 1 })).toBeNull();
    expect(after('ArrowRight', { row: 1, mark: -1 })).toBeNull();
  });

  it('leads up and down to what is nearest in time, or to the name', () => {
    expect(after('PageDown', { row: 0, mark: 1 })).toEqual({ row: 2, mark: 2 });
    expect(after('ArrowDown', { row: 0, mark: 1 })).toEqual({ row: 1, mark: -1 });
    expect(after('ArrowDown', { row: 1, mark: -1 })).toEqual({ row: 2, mark: -1 });
    expect(after('PageUp', { row: 2, mark: 1 })).toEqual({ row: 0, mark: 0 });
  });

  it('ends with the rows', () => {
    expect(after('ArrowUp', { row: 0, mark: 0 })).toBeNull();
    expect(after('ArrowDown', { row: 2, mark: 0 })).toBeNull();
    expect(after('ArrowDown', { row: 0, mark: 0 }, 0)).toBeNull();
    expect(after('a', { row: 0, mark: 0 })).toBeNull();
  });
});
