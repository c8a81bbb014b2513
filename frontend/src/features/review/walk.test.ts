import { describe, expect, it } from 'vitest';
import { afterLeaving, daysWaiting, neighbour, refusals } from './walk';

describe('walking the queue', () => {
  it('goes down and up and stops at the ends', () => {
    expect(neighbour(['a', 'b', 'c'], 'a', 1)).toBe('b');
    expect(neighbour(['a', 'b', 'c'], 'c', 1)).toBe('c');
    expect(neighbour(['a', 'b', 'c'], 'b', -1)).toBe('a');
    expect(neighbour(['a', 'b', 'c'], 'a', -1)).toBe('a');
  });

  it('starts at the top when what was read is no longer there', () => {
    expect(neighbour(['a', 'b'], 'x', 1)).toBe('a');
    expect(neighbour([], 'x', 1)).toBe('');
  });

  it('goes on with the next one after a decision, at the end with the one before', () => {
    expect(afterLeaving(['a', 'b', 'c'], 'b')).toBe('c');
    expect(afterLeaving(['a', 'b', 'c'], 'c')).toBe('b');
    expect(afterLeaving(['a'], 'a')).toBe('');
  });

  it('counts whole days', () => {
    const now = Date.parse('2026-11-23T12:00:00Z');
    expect(daysWaiting('2026-11-20T12:00:01Z', now)).toBe(2);
    expect(daysWaiting('2026-11-20T12:00:00Z', now)).toBe(3);
    expect(daysWaiting('2026-11-24T12:00:00Z', now)).toBe(0);
  });
});

it('a bulk decision leaves those behind that were refused, with the reason', () => {
  const results = [
    { object: 'report', id: 1, done: true, message: null },
    { object: 'request', id: 1, done: false, message: 'changed' },
  ];
  expect([...refusals(results)]).toEqual([['request-1', 'changed']]);
});
