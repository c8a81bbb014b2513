import { describe, expect, it } from 'vitest';
import { idle, type Work } from './work';

const desk = { answer: 0, overdue: 0, close: 0 };
const bureau = { red: 0, counts: { returned: 0, late: 0, draft: 0, due: 0, waiting: 0 }, duties: [], requests: [] };
const nothing: Work = { asOf: '2026-11-23', bureau: null, review: null, issues: desk, orders: desk, oversight: null, accounts: {}, record: null };

describe('a desk', () => {
  it('is idle where nothing waits, also for a bureau that owes nothing', () => {
    expect(idle(nothing)).toBe(true);
    expect(idle({ ...nothing, bureau })).toBe(true);
  });

  it.each([
    ['an issue to answer', { issues: { ...desk, answer: 1 } }],
    ['an order to close', { orders: { ...desk, close: 1 } }],
    ['a project in red', { bureau: { ...bureau, red: 1 } }],
    ['accounts to look after', { accounts: { disabled: 0 } }],
  ] as const)('is not with %s', (_name, part) => expect(idle({ ...nothing, ...part })).toBe(false));
});
