import { describe, expect, it } from 'vitest';
import { bodyOf, codesOf, inputOf, nameOf } from './draft';

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

it('an input is called by its label, and one of a list by its line', () => {
  const request = { items: [{ code: 'permit', name: '施工许可' }], candidates: [{ id: 7, name: '竣工验收' }] } as unknown as Parameters<typeof nameOf>[1];
  const name = (input: string) => nameOf(input, request, { t: (key) => key, named: ({ name: said }) => said, apart: ' · ' });
  expect(['reason', 'exitKind', 'item-permit.documentName', 'item-permit.verdict', 'item-permit.reason', 'baseline-7.baseline', 'unheard'].map(name)).toEqual([
    'request.reason', 'request.exitKind', '施工许可 · request.documentName', '施工许可', '施工许可', '竣工验收', '',
  ]);
});
