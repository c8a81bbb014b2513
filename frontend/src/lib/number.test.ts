import { describe, expect, it } from 'vitest';
import { numberText, percentText } from './number';

describe('numbers', () => {
  it('have their thousands apart, and no places that say nothing', () => {
    expect([0, 7, 999, 1000, 10_355, 1_234_567].map(numberText)).toEqual(['0', '7', '999', '1,000', '10,355', '1,234,567']);
    expect([-1200, 0.5, 2.0004, 1234.56789].map(numberText)).toEqual(['-1,200', '0.5', '2', '1,234.568']);
  });

  it('are what the browser itself would write', () => {
    const [zh, en] = ['zh-CN', 'en'].map((tag) => new Intl.NumberFormat(tag));
    for (const value of [0, 12, 355, 4_096, 100_000, -31, 0.25, 31_000.125]) {
      expect(numberText(value)).toBe(zh?.format(value));
      expect(numberText(value)).toBe(en?.format(value));
    }
  });
});

describe('shares', () => {
  it('are in percent, to one place', () => {
    expect([0, 1, 0.432, 0.5, 2 / 3, 0.0004, 12.5].map(percentText)).toEqual(['0%', '100%', '43.2%', '50%', '66.7%', '0%', '1,250%']);
  });
});
