import { describe, expect, it } from 'vitest';
import { levels, measured, shadeOf, type Place } from './place';

const place: Place = {
  code: '440305', name: '南山区', nameEn: 'Nanshan District', kind: 'district', parent: '440300',
  projects: 58, red: 3, late: 7, investment: { total: '129965000000.00', filled: 50, of: 58 },
};

describe('shades', () => {
  it('tell none from little, and give the most to the most', () => {
    expect([0, 1, 20, 99, 100].map((value) => shadeOf(value, 100))).toEqual([0, 1, 1, levels, levels]);
  });

  it('stay empty where nothing is anywhere', () => {
    expect(shadeOf(0, 0)).toBe(0);
  });

  it('compare what was chosen', () => {
    expect((['projects', 'red', 'late', 'investment'] as const).map((measure) => measured(place, measure))).toEqual([58, 3, 7, 129965000000]);
  });
});
