import { expect, test } from 'vitest';
import { byYear, monthEnd } from './record';

test('a month ends on its last day', () => {
  expect(['2026-08', '2028-02', '2026-02', '2026-12'].map(monthEnd)).toEqual(['2026-08-31', '2028-02-29', '2026-02-28', '2026-12-31']);
  expect(['yesterday', '', '2026-08-31'].map(monthEnd)).toEqual(['yesterday', '', '2026-08-31']);
});

test('months stand under their years, the latest first', () => {
  expect(byYear(['2027-01-31', '2026-12-31', '2026-11-30'])).toEqual([
    { year: '2027', months: ['2027-01'] },
    { year: '2026', months: ['2026-12', '2026-11'] },
  ]);
  expect(byYear([])).toEqual([]);
});
