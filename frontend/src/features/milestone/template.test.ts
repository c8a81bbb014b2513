import { expect, it } from 'vitest';
import type { Milestone } from './milestone';
import { isThere, stepDate, templateFor, type Template } from './template';

it('dates a step as precisely as its anchor, as the server does', () => {
  expect(stepDate({ offset: 900 }, { date: '2027-06-30', precision: 'day' })).toEqual({ date: '2029-12-16', precision: 'day' });
  expect(stepDate({ offset: -30 }, { date: '2027-06-30', precision: 'quarter' })).toEqual({ date: '2027-06-30', precision: 'quarter' });
  expect(stepDate({ offset: 600 }, { date: '2027-06-30', precision: 'quarter' })).toEqual({ date: '2029-03-31', precision: 'quarter' });
  expect(stepDate({ offset: 240 }, { date: '2027-06-30', precision: 'month' })).toEqual({ date: '2028-02-29', precision: 'month' });
  expect(stepDate({ offset: 365 }, { date: '2027-12-31', precision: 'year' })).toEqual({ date: '2028-12-31', precision: 'year' });
});

it('tells the phases apart', () => {
  const start = { kind: 'start', phase: '一期' } as Milestone;
  expect(isThere({ kind: 'start' }, ' 一期 ', [start])).toBe(true);
  expect(isThere({ kind: 'start' }, '', [start])).toBe(false);
});

it('chooses by category', () => {
  const templates = [{ code: 'corridor', categories: ['transport'] }, { code: 'water', categories: ['water'] }] as Template[];
  expect(templateFor(templates, 'water')?.code).toBe('water');
  expect(templateFor(templates, 'unknown')?.code).toBe('corridor');
  expect(templateFor([], 'water')).toBeNull();
});
