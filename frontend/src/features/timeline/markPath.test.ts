import { describe, expect, it } from 'vitest';
import { outlineOf, signOf } from './markPath';

describe('signs', () => {
  it('differ by their shape in every state', () => {
    const drawn = (['done', 'planned', 'overdue', 'promise'] as const).map((state) => outlineOf(state, 14) + signOf(state, 14));
    expect(new Set(drawn).size).toBe(4);
  });

  it('are drawn out over the period that was stated', () => {
    expect(outlineOf('planned', 14, 100, 7)).toBe('M101 14l6 -6h0l6 6l-6 6h0z');
    expect(outlineOf('planned', 80, 100, 7)).toBe('M101 14l6 -6h66l6 6l-6 6h-66z');
  });
});
