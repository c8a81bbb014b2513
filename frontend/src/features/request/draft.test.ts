import { describe, expect, it } from 'vitest';
import { bodyOf, codesOf, inputOf } from './draft';

describe('what a change sends', () => {
  it('only what changed, with nothing as null', () => {
    expect(bodyOf({ reason: '理由', exitKind: '', expectedUntil: null })).toEqual({ reason: '理由', exitKind: null, expectedUntil: null });
    expect(bodyOf({})).toEqual({});
  });

  it('lines by their code, successors as a list, days without precision', () => {
    const line = { verdict: 'yes' as const, reason: '', documentName: '批复', documentNumber: '1', documentDate: { date: '2026-06-30', precision: 'day' as const }, attachmentIds: [] };
    expect(bodyOf({ 'item-land': line, successors: 'SZ-1， SZ-2' })).toEqual({
      items: [{ code: 'land', verdict: 'yes', reason: '', documentName: '批复', documentNumber: '1', documentDate: '2026-06-30', attachmentIds: [] }],
      successors: ['SZ-1', 'SZ-2'],
    });
  });

  it('takes codes apart however they are typed', () => {
    expect(codesOf(' SZ-1，SZ-2、SZ-3;\nSZ-4 ')).toEqual(['SZ-1', 'SZ-2', 'SZ-3', 'SZ-4']);
    expect(codesOf('  ')).toEqual([]);
  });
});

it('a refused field finds its input', () => {
  const request = { items: [{ code: 'land' }, { code: 'permit' }], baselines: [{ milestoneId: 7 }] } as Parameters<typeof inputOf>[1];
  expect(inputOf('items[1].documentName', request)).toBe('item-permit.documentName');
  expect(inputOf('baselines[0].reasonText', request)).toBe('baseline-7.reasonText');
  expect(inputOf('successors[1]', request)).toBe('successors');
  expect(inputOf('reason', request)).toBe('reason');
});
