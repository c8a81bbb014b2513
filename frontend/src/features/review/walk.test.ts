import { describe, expect, it } from 'vitest';
import { afterLeaving, daysWaiting, neighbour, refusals } from './walk';

describe('walking the queue', () => {
  it('goes down and up and stops at the ends', () => {
    expect(neighbour([5, 7, 9], 5, 1)).toBe(7);
    expect(neighbour([5, 7, 9], 9, 1)).toBe(9);
    expect(neighbour([5, 7, 9], 7, -1)).toBe(5);
    expect(neighbour([5, 7, 9], 5, -1)).toBe(5);
  });

  it('starts at the top when the report is no longer there', () => {
    expect(neighbour([5, 7], 6, 1)).toBe(5);
    expect(neighbour([], 6, 1)).toBe(0);
  });

  it('goes on with the next one after a decision, at the end with the one before', () => {
    expect(afterLeaving([5, 7, 9], 7)).toBe(9);
    expect(afterLeaving([5, 7, 9], 9)).toBe(7);
    expect(afterLeaving([5], 5)).toBe(0);
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
    { id: 1, done: true, message: null },
    { id: 2, done: false, message: 'changed' },
  ];
  expect([...refusals(results)]).toEqual([[2, 'changed']]);
});
